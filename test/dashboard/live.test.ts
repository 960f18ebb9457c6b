// The page's picture of the world: whatever frames are lost, doubled or late, it ends with the truth and holds no more than it needs.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { effect } from '@preact/signals'
import fc from 'fast-check'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import type { DeviceView, Frame, Have, PointView, Topic } from '../../daemon/stream/contract.ts'
import { judge } from '../../dashboard/live/fit.ts'
import { openLive } from '../../dashboard/live/socket.ts'
import { createStore } from '../../dashboard/live/store.ts'

const frame = (over: Partial<Frame>): Frame => ({ topic: 'overview', epoch: 'e1', since: 0, revision: 1, full: false, now: 1000, ...over })
const device = (id: string, name = id): DeviceView => ({
  id,
  name,
  kind: 'ups',
  address: '127.0.0.1',
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
  points: 0,
  headline: null,
})
const point = (no: number, on = 'ups-a', key = `p${no}`): PointView => ({
  no,
  device: on,
  key,
  label: { en: key },
  quantity: 'power',
  unit: 'W',
  cadence: 'fast',
  source: '1.3',
  profile: 'x',
  limits: {},
  states: null,
  scale: 1,
  offset: 0,
  alarmLimits: null,
})

describe('fitting frames', () => {
  const have: Have = { epoch: 'e1', revision: 5 }
  const table: readonly [string, Have | null, Partial<Frame>, ReturnType<typeof judge>][] = [
    ['a full frame fits a page that has nothing', null, { full: true, revision: 9 }, 'apply'],
    ['a difference does not fit a page that has nothing', null, { since: 0, revision: 1 }, 'gap'],
    ['the next difference fits', have, { since: 5, revision: 6 }, 'apply'],
    ['one that overlaps what is known fits', have, { since: 3, revision: 6 }, 'apply'],
    ['one that starts later leaves a gap', have, { since: 6, revision: 7 }, 'gap'],
    ['one that is known wholly is old', have, { since: 3, revision: 5 }, 'old'],
    ['a difference of another epoch never fits', have, { epoch: 'e2', since: 5, revision: 6 }, 'gap'],
    ['a full frame of another epoch fits though its revision is lower', have, { epoch: 'e2', full: true, revision: 1 }, 'apply'],
    ['a full frame older than what is known is old', have, { full: true, revision: 4 }, 'old'],
  ]
  for (const [says, has, over, expected] of table) it(says, () => assert.equal(judge(has, frame(over)), expected))
})

describe('the store of a page', () => {
  it('lets a reading change one signal and no other', () => {
    const store = createStore()
    store.apply(frame({ full: true, points: [point(1), point(2)], values: { nos: [1, 2], values: [10, 20], at: [100, 100] } }))
    let runs = 0
    const stop = effect(() => {
      runs += store.reading(2).value === null ? 0 : 1
    })
    store.apply(frame({ since: 1, revision: 2, values: { nos: [1], values: [11], at: [200] } }))
    stop()
    assert.equal(store.reading(1).value?.value, 11)
    assert.equal(runs, 1)
  })

  it('takes what the daemon tells last, also when its clock was set back', () => {
    const store = createStore()
    store.apply(frame({ full: true, values: { nos: [1], values: [11], at: [200] } }))
    store.apply(frame({ topic: 'devices', full: true, values: { nos: [1], values: [10], at: [100] } }))
    assert.deepEqual(store.reading(1).value, { value: 10, at: 100 })
  })

  it('takes out what is gone, and all that a full frame no longer names', () => {
    const store = createStore()
    store.apply(frame({ topic: 'site', full: true, devices: [device('a'), device('b'), device('c')] }))
    store.apply(frame({ topic: 'site', since: 1, revision: 2, gone: { devices: ['b'] } }))
    assert.deepEqual([...store.devices.value.keys()], ['a', 'c'])
    store.apply(frame({ topic: 'site', epoch: 'e2', full: true, revision: 1, devices: [device('c')] }))
    assert.deepEqual([...store.devices.value.keys()], ['c'])
    store.apply(frame({ topic: 'site', epoch: 'e3', full: true, revision: 1 }))
    assert.equal(store.devices.value.size, 0)
  })

  it('finds a point by the name people gave it, before and after it is known', () => {
    const store = createStore()
    const found = store.readingOf({ device: 'ups-a', key: 'output.power' })
    assert.equal(found.peek() === null, true)
    store.apply(frame({ full: true, points: [point(7, 'ups-a', 'output.power')], values: { nos: [7], values: [13_600], at: [5] } }))
    assert.equal(found.value?.value, 13_600)
  })

  it('frees what only a left topic held', () => {
    const store = createStore()
    store.apply(frame({ full: true, points: [point(1)], values: { nos: [1], values: [1], at: [1] } }))
    store.apply(frame({ topic: 'device:ups-a', full: true, points: [point(1), point(2)], values: { nos: [1, 2], values: [1, 2], at: [1, 1] } }))
    assert.equal(store.pointsOf('ups-a').value.length, 2)
    store.forget('device:ups-a')
    assert.equal(store.size(), 1)
    assert.deepEqual(
      store.pointsOf('ups-a').value.map(one => one.no),
      [1],
    )
  })

  it('changes nothing on a gap', () => {
    const store = createStore()
    store.apply(frame({ full: true, values: { nos: [1], values: [1], at: [1] } }))
    assert.equal(store.apply(frame({ since: 4, revision: 5, values: { nos: [1], values: [9], at: [9] } })), 'gap')
    assert.equal(store.reading(1).value?.value, 1)
    assert.deepEqual(store.have('overview'), { epoch: 'e1', revision: 1 })
  })
})

/** A daemon in small: a history of revisions, from which any difference can be told. */
function history(writes: readonly { readonly no: number; readonly value: number }[]) {
  const tell = (since: number, upTo: number, full: boolean): Frame => {
    const from = full ? 0 : since
    const latest = new Map(writes.slice(from, upTo).map((write, i) => [write.no, { value: write.value, at: from + i + 1 }]))
    const nos = [...latest.keys()]
    return frame({
      since,
      revision: upTo,
      full,
      values: { nos, values: nos.map(no => latest.get(no)?.value ?? null), at: nos.map(no => latest.get(no)?.at ?? 0) },
    })
  }
  const follow = (have: Have | null, upTo: number): Frame => (have?.epoch === 'e1' ? tell(have.revision, upTo, false) : tell(0, upTo, true))
  return { tell, follow }
}

describe('a page on a bad line', () => {
  it('ends with the truth whatever was lost, doubled or out of order', () => {
    const write = fc.record({ no: fc.integer({ min: 1, max: 6 }), value: fc.integer() })
    const fate = fc.record({ lost: fc.boolean(), twice: fc.boolean(), size: fc.integer({ min: 1, max: 4 }) })
    fc.assert(
      fc.property(fc.array(write, { minLength: 1, maxLength: 40 }), fc.array(fate, { minLength: 1, maxLength: 40 }), (writes, fates) => {
        const store = createStore()
        const daemon = history(writes)
        let told = 0
        for (const one of fates) {
          const upTo = Math.min(writes.length, told + one.size)
          const next = told === 0 ? daemon.follow(null, upTo) : daemon.tell(told, upTo, false)
          told = upTo
          if (one.lost) continue
          for (let again = one.twice ? 2 : 1; again > 0; again--) {
            if (store.apply(next) === 'gap') assert.notEqual(store.apply(daemon.follow(store.have('overview'), told)), 'gap')
          }
        }
        store.apply(daemon.follow(store.have('overview'), writes.length))
        const truth = new Map(writes.map(one => [one.no, one.value]))
        for (const [no, value] of truth) assert.equal(store.reading(no).value?.value, value)
      }),
    )
  })
})

describe('the live socket', () => {
  it('follows again after a break with what it has, and misses nothing', async () => {
    const asked: { readonly topic: Topic; readonly have: Have | null }[] = []
    const http = createServer()
    const server = new Server(http)
    let revision = 1
    server.on('connection', socket => {
      socket.on('follow', (topic: Topic, have: Have | null, refused: (reason: string | null) => void) => {
        asked.push({ topic, have })
        refused(null)
        socket.emit(
          'frame',
          frame({ topic, full: have === null, since: have?.revision ?? 0, revision, values: { nos: [1], values: [revision], at: [revision] } }),
        )
      })
    })
    await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
    const { port } = http.address() as AddressInfo
    const store = createStore()
    const live = openLive(
      io(`http://127.0.0.1:${port}`, { transports: ['websocket'], reconnectionDelay: 20, reconnectionDelayMax: 50 }),
      store,
      () => undefined,
    )
    const reaches = (value: number): Promise<void> =>
      new Promise(resolve => {
        const stop = effect(() => {
          if (store.reading(1).value?.value === value)
            queueMicrotask(() => {
              stop()
              resolve()
            })
        })
      })
    const leave = live.follow('overview')
    live.follow('overview')()
    await reaches(1)
    const cut = new Promise<void>(resolve => {
      const stop = live.link.subscribe(link => {
        if (link.kind === 'lost')
          queueMicrotask(() => {
            stop()
            resolve()
          })
      })
    })
    revision = 2
    for (const socket of await server.fetchSockets()) socket.disconnect(true)
    await cut
    live.retry()
    await reaches(2)
    assert.deepEqual(asked, [
      { topic: 'overview', have: null },
      { topic: 'overview', have: { epoch: 'e1', revision: 1 } },
    ])
    leave()
    live.close()
    await server.close()
  })

  it('asks again for what the daemon could not give just then, and not for what it refuses', async () => {
    const http = createServer()
    const server = new Server(http)
    const asked: Topic[] = []
    server.on('connection', socket => {
      socket.on('follow', (topic: Topic, _have: Have | null, refused: (reason: string | null) => void) => {
        asked.push(topic)
        if (topic === 'audit') return refused('forbidden')
        if (asked.filter(one => one === topic).length === 1) return refused('busy')
        refused(null)
        socket.emit('frame', frame({ topic, full: true }))
      })
    })
    await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
    const { port } = http.address() as AddressInfo
    const live = openLive(io(`http://127.0.0.1:${port}`, { transports: ['websocket'] }), createStore(), () => undefined)
    const leave = [live.follow('audit'), live.follow('overview')]
    const seen: string[] = []
    await new Promise<void>(resolve =>
      live.status('overview')?.subscribe(({ kind }) => {
        seen.push(kind)
        if (kind === 'ready') resolve()
      }),
    )
    assert.deepEqual(seen, ['waiting', 'ready'])
    assert.deepEqual(asked, ['audit', 'overview', 'overview'])
    assert.deepEqual(live.status('audit')?.value, { kind: 'refused', reason: 'forbidden' })
    for (const one of leave) one()
    live.close()
    await server.close()
  })
})
