// Liars among healthy devices: each is told of in clear words, and nobody else suffers.
import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TYPE } from '../../collectors/wire/session.ts'
import { whyText } from '../../daemon/domain/words/why-words.ts'
import { asking } from '../support/asking.ts'
import { type Daemon, dataFolder, startDaemon, until } from '../support/daemon.ts'
import { startUps } from '../support/made-ups.ts'

interface Answerer {
  readonly port: number
  close(): Promise<void> | void
}

/** Answers every packet with these octets. */
async function answering(bytes: (request: Buffer) => Buffer): Promise<Answerer> {
  const socket: Socket = createSocket('udp4')
  socket.on('message', (request, from) => socket.send(bytes(request), from.port, from.address))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { port: socket.address().port, close: () => void socket.close() }
}

/** The same bytes at every run of the test. */
function noise(length: number): Buffer {
  let state = 88_172_645
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff
      return state >> 16
    }),
  )
}

const LIARS: Readonly<Record<string, () => Promise<Answerer>>> = {
  'no-snmp': () => answering(() => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')),
  noise: () => answering(() => noise(700)),
  echo: () => answering(request => request),
  huge: () => answering(() => noise(65_000)),
  cut: () => answering(request => request.subarray(0, request.length >> 1)),
  /** A table that never ends: every next is the same again. */
  'going-round': () =>
    startUps(new Map(), {
      twist: (answer, request) => ({ ...answer, varbinds: request.varbinds.map(({ oid }) => ({ oid, type: TYPE.integer, value: 1 })) }),
    }),
  /** Texts where numbers belong and numbers where texts belong. */
  'wrong-types': () =>
    startUps(new Map(), {
      twist: answer => ({
        ...answer,
        varbinds: answer.varbinds.map(varbind =>
          varbind.type === TYPE.integer || varbind.type === TYPE.gauge32
            ? { ...varbind, type: TYPE.octets, value: Uint8Array.from(Buffer.from('n/a')) }
            : varbind.type === TYPE.octets
              ? { ...varbind, type: TYPE.integer, value: -1 }
              : varbind,
        ),
      }),
    }),
  /** Half of what was asked for, in every answer. */
  half: () => startUps(new Map(), { twist: answer => ({ ...answer, varbinds: answer.varbinds.slice(0, answer.varbinds.length >> 1) }) }),
  /** Dies in the middle of its first look. */
  dying: () => startUps(new Map(), { dies: 5 }),
}

const HEALTHY = 5
const NOTHING_TO_SAY: ReadonlySet<string> = new Set(['wrong-types'])

describe('garbage among the healthy', function () {
  this.timeout(120_000)
  const data = dataFolder()
  const open: Answerer[] = []
  let daemon: Daemon | undefined
  after(async () => {
    await daemon?.stop()
    for (const each of open) await each.close()
    data.remove()
  })

  it('is said plainly, device by device, while all others are read on time', async () => {
    const lines: string[] = []
    const take = (id: string, answerer: Answerer): void => {
      open.push(answerer)
      lines.push(
        `  - { id: ${id}, name: ${id}, kind: ups, address: { host: 127.0.0.1, port: ${answerer.port} }, access: { via: snmp, version: 2c, community: public } }`,
      )
    }
    for (let n = 1; n <= HEALTHY; n++) take(`healthy-${n}`, await startUps())
    for (const [id, start] of Object.entries(LIARS)) take(id, await start())
    writeFileSync(join(data.path, 'site.yaml'), `site: { id: liars, name: Liars }\ndevices:\n${lines.join('\n')}\n`)
    writeFileSync(join(data.path, 'suar.yaml'), 'site: site.yaml\nsnmp: { timeout: 0.5s, retries: 1 }\n')
    const running = await startDaemon({ data: data.path })
    daemon = running
    const api = asking(() => running)

    const telling = Object.keys(LIARS).filter(id => !NOTHING_TO_SAY.has(id))
    const all = await until(
      'a word about every liar',
      async () =>
        (await api.devices()).filter(device => telling.includes(device.id)).map(({ id, status, points, why }) => ({ id, status, points, why })),
      liars => liars.length === telling.length && liars.every(({ why }) => why !== null),
      60_000,
    )
    const words = new Map(all.map(({ id, why }) => [id, why === null ? '' : whyText(why, 'en')]))
    for (const id of telling) {
      const why = words.get(id) ?? ''
      assert.ok(why.length > 12 && why.length < 400, `${id}: ${why}`)
      assert.doesNotMatch(why, /undefined|\[object|NaN|TypeError|internal fault/, `${id}: ${why}`)
    }
    for (const id of ['no-snmp', 'noise', 'echo', 'huge', 'cut']) assert.match(words.get(id) ?? '', /answers, but with nothing that is an answer/)

    for (let n = 1; n <= HEALTHY; n++) {
      const healthy = await api.device(`healthy-${n}`)
      assert.deepEqual([healthy.status, healthy.why], ['up', null])
      const charge = (await api.points(healthy.id)).find(point => point.key === 'battery.charge')
      assert.equal(charge?.reading?.value, 97)
      assert.ok(charge.reading.at > Date.now() - 30_000, 'read in its cycle')
    }
    assert.deepEqual(
      (await api.alarms()).filter(alarm => alarm.device?.startsWith('healthy-')),
      [],
    )
    const metrics = await (await fetch(`${running.url}metrics`)).text()
    assert.match(metrics, /^suar_poll_late_total 0$/m)
    assert.deepEqual((await api.health()).troubles, [])
    assert.doesNotMatch(running.log(), /"level":50/, 'no fault of our own')
  })
})
