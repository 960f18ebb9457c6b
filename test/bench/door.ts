// How soon a door's opening is explained, or an alarm, on every open page; ten thousand events at once; and how long it keeps others waiting.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { io, type Socket } from 'socket.io-client'
import type { Door } from '../../daemon/domain/inventory.ts'
import type { DoorEvent, OpeningView } from '../../daemon/domain/opening.ts'
import { openDoors } from '../../daemon/doors/doors.ts'
import type { Register } from '../../daemon/doors/register.ts'
import { DoorSettings } from '../../daemon/doors/settings.ts'
import { SILENT } from '../../daemon/log.ts'
import { openRecords } from '../../daemon/store/records.ts'
import type { Frame } from '../../daemon/stream/contract.ts'
import { openGate, startWithGate } from '../journeys/doors/support.ts'
import { must } from '../store/support/must.ts'
import { asking } from '../support/asking.ts'
import { controlKey, type Daemon, dataFolder, until } from '../support/daemon.ts'
import { type Bench, type Figure, main, median } from './run.ts'

const PAGES = 20
const ROUNDS = 30
const EVENTS = 10_000
const DOORS = 40
/** A standing badge of the demonstration. */
const CARD = '10-0001'
const NAMES = { d1: 'D1 ruang server', d2: 'D2 ruang daya', d3: 'D3 pintu belakang' } as const
const KNOWN = ['d1', 'd2', 'd3'] as const
/** ms between two rounds: a door that opens again this soon has not been shut. */
const REST = 1_100

const p95 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN

/** Pages that follow the doors and the alarms; each keeps what it was told. */
async function openPages(daemon: Daemon) {
  const told: { readonly openings: Map<string, OpeningView>; readonly alarms: Set<string> }[] = []
  const sockets: Socket[] = []
  const waiting = new Set<() => void>()
  for (let i = 0; i < PAGES; i++) {
    const page = { openings: new Map<string, OpeningView>(), alarms: new Set<string>() }
    const socket = io(daemon.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: `suar-session=${controlKey(daemon)}` },
    })
    socket.on('frame', (frame: Frame) => {
      for (const [id, row] of Object.entries(frame.rows?.put ?? {})) page.openings.set(id, row as OpeningView)
      for (const alarm of frame.alarms ?? []) if (alarm.clearedAt === null) page.alarms.add(alarm.key)
      for (const look of waiting) look()
    })
    await new Promise<void>(resolve => socket.once('connect', resolve))
    for (const topic of ['openings', 'site'] as const) await new Promise(resolve => socket.emit('follow', topic, null, resolve))
    told.push(page)
    sockets.push(socket)
  }
  return {
    told,
    /** ms from `began` until every page was told what is looked for. */
    all: (began: number, seen: (page: (typeof told)[number]) => boolean): Promise<number> =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('a page was never told')), 60_000)
        const look = () => {
          if (!told.every(seen)) return
          clearTimeout(late)
          waiting.delete(look)
          resolve(performance.now() - began)
        }
        waiting.add(look)
        look()
      }),
    close: () => {
      for (const socket of sockets) socket.close()
    },
  }
}

/** The whole daemon: events over its own hook, signed, to pages on its own sockets. */
async function toPages(): Promise<readonly Figure[]> {
  const data = dataFolder()
  const daemon = await startWithGate(data.path)
  const api = asking(() => daemon)
  const gate = openGate(() => daemon)
  try {
    await until(
      'the badges of the demonstration',
      () => api.get<{ badges: readonly { readonly card: string }[] }>('badges'),
      ({ badges }) => badges.some(({ card }) => card === CARD),
      120_000,
    )
    const pages = await openPages(daemon)
    const decided = (name: string, openedAt: number) => (page: (typeof pages.told)[number]) =>
      [...page.openings.values()].some(one => one.name === name && one.openedAt === openedAt && one.explanation.kind !== 'pending')
    let sequence = 0
    const explained: number[] = []
    const alarmed: number[] = []
    for (let i = 0; i < ROUNDS; i++) {
      const key = KNOWN[i % KNOWN.length] ?? 'd1'
      const at = Date.now()
      const began = performance.now()
      void gate.tell(
        { door: key, event: 'granted', card: CARD, at, sequence: ++sequence },
        { door: key, event: 'opened', at: at + 1, sequence: ++sequence },
      )
      explained.push(await pages.all(began, decided(NAMES[key], at + 1)))
      await gate.tell({ door: key, event: 'closed', at: at + 2, sequence: ++sequence })
      // A door that nobody has described, and no card: an alarm of its own.
      const door = `lawang-${i}`
      const again = performance.now()
      void gate.tell({ door, event: 'opened', at: Date.now(), sequence: ++sequence })
      alarmed.push(await pages.all(again, page => page.alarms.has(`suar/-/door.gerbang/${door}`)))
      await new Promise(resolve => setTimeout(resolve, REST))
    }
    const from = Date.now() - 9 * 3_600_000
    const events = Array.from({ length: EVENTS }, (_, i) => ({
      door: `ramai-${i % DOORS}`,
      event: i % (2 * DOORS) < DOORS ? 'opened' : 'closed',
      at: from + i * 3_000,
      sequence: ++sequence,
    }))
    const last = events.findLast(({ event }) => event === 'opened')
    const slow: number[] = []
    let over = false
    const asked = (async () => {
      while (!over) {
        const began = performance.now()
        await api.get('doors/controllers')
        slow.push(performance.now() - began)
      }
    })()
    const began = performance.now()
    const telling = gate.tell(...events)
    const shown = pages.all(began, decided(`gerbang/${last?.door}`, last?.at ?? 0))
    await telling
    const taken = performance.now() - began
    const whole = await shown
    over = true
    await asked
    pages.close()
    return [
      { name: `card and opening, explained on ${PAGES} pages: median`, value: median(explained), unit: 'ms' },
      { name: `card and opening, explained on ${PAGES} pages: 95th percentile`, value: p95(explained), unit: 'ms', goal: 1_000 },
      { name: `opening without a card, an alarm on ${PAGES} pages: median`, value: median(alarmed), unit: 'ms' },
      { name: `opening without a card, an alarm on ${PAGES} pages: 95th percentile`, value: p95(alarmed), unit: 'ms', goal: 1_000 },
      { name: `${EVENTS} events at once: taken`, value: taken, unit: 'ms' },
      {
        name: `${EVENTS} events at once: after the last was taken, decided on ${PAGES} pages`,
        value: Math.max(0, whole - taken),
        unit: 'ms',
        goal: 1_000,
      },
      { name: `${EVENTS} events at once: slowest answer to others meanwhile`, value: Math.max(...slow), unit: 'ms' },
    ]
  } finally {
    await daemon.stop()
    data.remove()
  }
}

/** The room of doors by itself, on records on disk: the longest time for which the loop belongs to nobody else. */
async function alone(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'suar-doors-'))
  const records = must(await openRecords({ folder, log: SILENT, clock: Date.now }))
  const door = (id: string): Door => ({ id, name: id, room: 'server-room', x: 0, y: 0, toX: 1, toY: 0, zone: 'server', readers: [`c3/${id}`] })
  const all = Array.from({ length: DOORS }, (_, i) => door(`d${i}`))
  let register: Register = { presences: () => [], card: () => ({ kind: 'fault', fault: 'unknown' }) }
  const doors = await openDoors({
    kept: records.doors,
    register: async () => register,
    settings: DoorSettings.parse({ controllers: {} }),
    doors: () => all,
    working: () => true,
    visited: () => false,
    alarm: () => undefined,
    used: () => undefined,
    alarmNumber: () => null,
    timezone: () => 'Asia/Jakarta',
    clock: Date.now,
    log: SILENT,
  })
  async function pauses(work: () => Promise<unknown>): Promise<{ readonly longest: number; readonly took: number }> {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const began = performance.now()
    await work()
    const took = performance.now() - began
    delay.disable()
    return { longest: delay.max / 1e6, took }
  }
  const from = Date.now() - 9 * 3_600_000
  const events = Array.from(
    { length: EVENTS },
    (_, i): DoorEvent => ({
      ...{ controller: 'c3', reader: `d${i % DOORS}`, kind: i % (2 * DOORS) < DOORS ? 'opened' : 'closed', card: null, leaving: false },
      ...{ told: from + i * 3_000, received: Date.now(), sequence: String(i), via: 'push' },
    }),
  )
  try {
    const heard = await pauses(async () => {
      must(await doors.hear(events))
      const left = () => records.doors.page({ search: '', kind: 'pending', page: 1, size: 1 })
      while ((await left()).total > 0) await new Promise(resolve => setTimeout(resolve, 20))
    })
    const presence = { kind: 'maintenance', visit: 3, number: 'KJ-2026-0003', from: 0, until: Date.now() + 3_600_000, inside: 1 } as const
    const everywhere = [{ ...presence, doors: new Set(all.map(({ id }) => id)), badges: new Set<string>() }]
    register = { ...register, presences: () => everywhere }
    const again = await pauses(() => doors.reconsider())
    return [
      { name: `${EVENTS} events at once: longest pause of the loop`, value: heard.longest, unit: 'ms', goal: 50 },
      { name: `${EVENTS / 2} unexplained openings asked again: longest pause of the loop`, value: again.longest, unit: 'ms', goal: 50 },
      { name: `${EVENTS / 2} unexplained openings asked again: all explained`, value: again.took, unit: 'ms' },
    ]
  } finally {
    await doors.close()
    await records.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const bench: Bench = { name: 'door', run: async () => [...(await alone()), ...(await toPages())] }
export default bench
await main(import.meta, bench)
