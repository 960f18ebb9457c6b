// The hub with real sockets: pages join, break off, come back, dawdle, lie; what they hold at the end is what is true.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { SILENT } from '../../daemon/log.ts'
import type { ClientToServer, Frame, Have, ServerToClient, Topic } from '../../daemon/stream/contract.ts'
import { type Hub, openHub } from '../../daemon/stream/hub.ts'
import { type Model, openModel } from '../../daemon/stream/model.ts'
import { asAnybody } from '../support/viewers.ts'

type Page = Socket<ServerToClient, ClientToServer>

describe('stream hub', () => {
  let http: Server
  let model: Model
  let hub: Hub
  const pages: Page[] = []

  beforeEach(async () => {
    http = createServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    model = openModel('e1')
    model.setDevice({
      id: 'a',
      name: 'A',
      kind: 'ups',
      address: '127.0.0.1:161',
      via: 'snmp',
      place: null,
      tenant: null,
      power: [],
      network: [],
      identity: null,
      status: 'up',
      statusSince: 0,
      why: null,
      lastSeen: null,
      points: 1,
      headline: null,
    })
    model.setPoints('a', [
      {
        no: 1,
        device: 'a',
        key: 'k',
        label: { en: 'K' },
        quantity: 'power',
        unit: 'W',
        cadence: 'fast',
        source: '1',
        profile: 'p',
        limits: {},
        states: null,
        scale: 1,
        offset: 0,
        alarmLimits: null,
      },
    ])
    hub = openHub({ http, model, epoch: 'e1', clock: () => 1, log: SILENT, allowed: origin => origin !== 'http://evil.example', viewerOf: asAnybody })
    hub.flush()
  })
  afterEach(async () => {
    for (const page of pages.splice(0)) page.close()
    await hub.close()
  })

  const url = () => `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const open = (headers: Record<string, string> = {}): Page => {
    const page: Page = io(url(), { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: headers })
    pages.push(page)
    return page
  }
  const follow = (page: Page, topic: Topic, have: Have | null = null) =>
    new Promise<string | null>(resolve => page.emit('follow', topic, have, resolve))
  const frame = (page: Page) => new Promise<Frame>(resolve => page.once('frame', resolve))
  const observe = (value: number, at: number) => model.observe(Uint32Array.of(1), Float64Array.of(value), Float64Array.of(at))

  it('sends a full frame on following, then differences to everybody who follows', async () => {
    observe(10, 100)
    const [one, two] = [open(), open()]
    const firsts = [frame(one), frame(two)]
    assert.equal(await follow(one, 'device:a'), null)
    assert.equal(await follow(two, 'device:a'), null)
    for (const first of await Promise.all(firsts)) assert.deepEqual([first.full, first.values?.values], [true, [10]])
    const seconds = [frame(one), frame(two)]
    observe(11, 200)
    for (const second of await Promise.all(seconds)) assert.deepEqual([second.full, second.values?.values], [false, [11]])
  })

  it('brings a page that was away up to date without a full frame', async () => {
    observe(10, 100)
    const page = open()
    const first = frame(page)
    await follow(page, 'device:a')
    const have = { epoch: 'e1', revision: (await first).revision }
    page.close()
    observe(12, 300)
    hub.flush()
    const again = open()
    const next = frame(again)
    await follow(again, 'device:a', have)
    assert.deepEqual([(await next).full, (await next).values?.values], [false, [12]])
  })

  it('refuses what it cannot read, what does not exist, and strangers’ pages', async () => {
    const page = open()
    assert.equal(await follow(page, 'device:zzz'), 'notFound')
    assert.equal(await follow(page, 'nonsense' as Topic), 'malformed')
    assert.equal(await follow(page, 'site', { epoch: 'e1', revision: -1 }), 'malformed')
    const stranger = open({ origin: 'http://evil.example' })
    const [error] = (await once(stranger as unknown as NodeJS.EventEmitter, 'connect_error')) as [Error]
    assert.match(error.message, /websocket error|forbidden/i)
  })

  it('sets a page that does not read aside and gives it only the newest when it reads again', async () => {
    observe(0, 1)
    const page = open()
    await follow(page, 'device:a')
    const raw = (page.io.engine as unknown as { transport: { ws: { _socket: { pause(): void; resume(): void } } } }).transport.ws._socket
    raw.pause()
    // Enough to fill the kernel's buffers and then the hub's patience: a wide topic, many beats.
    const wide = Array.from({ length: 4000 }, (_, i) => i + 1)
    model.setPoints(
      'a',
      wide.map(no => ({
        no,
        device: 'a',
        key: `k${no}`,
        label: { en: 'K' },
        quantity: 'power',
        unit: 'W',
        cadence: 'fast',
        source: '1',
        profile: 'p',
        limits: {},
        states: null,
        scale: 1,
        offset: 0,
        alarmLimits: null,
      })),
    )
    for (let beat = 1; beat <= 400; beat++) {
      model.observe(Uint32Array.from(wide), new Float64Array(wide.length).fill(beat), new Float64Array(wide.length).fill(beat + 10))
      hub.flush()
      if (beat % 20 === 0) await new Promise(resolve => setImmediate(resolve))
    }
    assert.ok(hub.figures().skipped > 0, 'no frame was skipped for a page that does not read')
    const received: Frame[] = []
    const newest = new Promise<void>(resolve =>
      page.on('frame', next => {
        received.push(next)
        if (next.values?.values.at(-1) === 400) resolve()
      }),
    )
    raw.resume()
    await newest
    assert.ok(received.length < 400, `${received.length} frames were queued instead of skipped`)
  })
})
