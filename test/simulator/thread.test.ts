// The demonstration in its own thread, as the daemon runs it.
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { openDemonstration } from '../../collectors/simulator/client.ts'
import type { Log } from '../../daemon/domain/call.ts'

const lines: string[] = []
const log: Log = { debug: () => undefined, info: (_, text) => void lines.push(text), warn: () => undefined, error: () => undefined, child: () => log }

describe('the demonstration in its thread', () => {
  it('opens with its inventory, obeys, tells who listens, and ends', async () => {
    const opened = await openDemonstration({ log, port: 0, address: '127.43.0.0' })
    assert.ok(opened.ok)
    const demonstration = opened.value
    assert.equal(demonstration.inventory.devices[0]?.address.host, '127.43.1.1')
    assert.ok(lines.some(line => line.includes('running')))
    let heard = 0
    demonstration.onChange(() => heard++)
    const smoke = (): boolean | undefined => demonstration.scenarios().find(({ id }) => id === 'smoke')?.active
    assert.equal(smoke(), false)
    assert.ok((await demonstration.set('smoke', true)).ok)
    assert.equal(smoke(), true)
    const unknown = await demonstration.set('meteor', true)
    assert.ok(!unknown.ok && unknown.failure.kind === 'notFound')
    assert.ok(heard >= 1)
    await demonstration.close()
    const late = await demonstration.set('smoke', false)
    assert.ok(!late.ok && late.failure.kind === 'cancelled')
    await demonstration.close()
  })

  it('says why it cannot open', async () => {
    const squatter = createSocket('udp4')
    squatter.bind(0, '127.44.1.2')
    await once(squatter, 'listening')
    const { port } = squatter.address()
    const refused = await openDemonstration({ log, port, address: '127.44.0.0' })
    squatter.close()
    assert.ok(!refused.ok)
    assert.match(refused.failure.message, new RegExp(`127\\.44\\.1\\.2:${port}`))
  })
})
