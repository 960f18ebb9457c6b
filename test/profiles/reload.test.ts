// A profile laid into the site's folder while the daemon runs is in use at once: devices ask to be looked at anew.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import snmp from '../../collectors/snmp.ts'
import { TYPE } from '../../collectors/wire/session.ts'
import type { Collector, ErrandResult, Target } from '../../daemon/domain/collector.ts'
import type { Point } from '../../daemon/domain/point.ts'
import { SILENT } from '../../daemon/log.ts'
import { until } from '../support/daemon.ts'
import { type RecordingAgent, startAgent } from '../support/recording-agent.ts'
import { gauge, inOrder, text, ticks } from './made-device.ts'

const BASE = '1.3.6.1.4.1.99999.1'

const profile = (points: string) => `title: Made device
priority: 60
match:
  - { sysObjectID: ${BASE} }
proof: [simulated]
points:
${points}`

describe('a profile laid into the folder', () => {
  let folder: string
  let agent: RecordingAgent
  let collector: Collector
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'suar-profiles-'))
    agent = await startAgent(
      inOrder(
        text('1.3.6.1.2.1.1.1.0', 'made'),
        { oid: '1.3.6.1.2.1.1.2.0', type: TYPE.oid, value: BASE },
        ticks('1.3.6.1.2.1.1.3.0', 100_000),
        gauge(`${BASE}.1.0`, 231),
        gauge(`${BASE}.2.0`, 17),
      ),
      {},
    )
    collector = await snmp.open({ log: SILENT, timeout: 500, retries: 1, siteProfiles: folder })
  })
  after(async () => {
    await collector.close()
    await agent.close()
    rmSync(folder, { recursive: true })
  })

  it('asks for a new look at the devices, and is content after it; a broken one changes nothing', async () => {
    const target: Target = { address: { host: '127.0.0.1', port: agent.port }, access: { via: 'snmp', version: '2c', community: 'public' } }
    const call = { signal: new AbortController().signal, log: SILENT }
    const look = async (): Promise<readonly Point[]> => {
      const found = await collector.discover(target, call)
      assert.ok(found.ok)
      return found.value.points
    }
    const poll = (points: readonly Point[]) =>
      new Promise<ErrandResult>(finished => collector.compile(target, points).run(new Float64Array(points.length), finished))

    const uptime = (await look()).filter(point => point.cadence === 'fast' || point.key.includes('uptime'))
    assert.equal((await poll(uptime)).rediscover, null)
    const voltage = '  - { key: made.voltage, label: Voltage, object: made, oid: 1.3.6.1.4.1.99999.1.1.0, quantity: voltage, unit: V }\n'
    writeFileSync(join(folder, 'made.yaml'), profile(voltage))
    await until(
      'a wish for a new look',
      () => poll(uptime),
      ({ rediscover }) => rediscover === 'profiles',
      10_000,
    )
    const found = await look()
    assert.ok(found.some(point => point.key === 'made.voltage'))
    assert.equal((await poll(found.filter(point => point.cadence === 'fast'))).rediscover, null)

    writeFileSync(join(folder, 'made.yaml'), profile(`${voltage}  - { key: made.current, colour: red }\n`))
    writeFileSync(
      join(folder, 'made.yaml'),
      profile(
        `${voltage}  - { key: made.current, label: Current, object: made, oid: 1.3.6.1.4.1.99999.1.2.0, quantity: current, unit: A, scale: 0.1 }\n`,
      ),
    )
    await until(
      'another wish for a new look',
      () => poll(uptime),
      ({ rediscover }) => rediscover === 'profiles',
      10_000,
    )
    assert.deepEqual(
      (await look())
        .filter(point => point.profile === 'made')
        .map(point => point.key)
        .toSorted(),
      ['made.current', 'made.voltage'],
    )
  })
})
