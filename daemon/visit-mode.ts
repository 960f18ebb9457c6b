// Visit mode: while people work in a room its doors, leak sensors and airflow go by their second limits, and when they leave it must be as they found it.
import type { Alarms } from './alarm/open.ts'
import { type Relaxation, type Relaxed, relaxationOf, type Zone } from './alarm/relax.ts'
import type { Call, Clock } from './domain/call.ts'
import type { AsFound, NotAsFound, RoomSnapshot } from './domain/found.ts'
import type { Inventory, PointRef } from './domain/inventory.ts'
import { done, failed, type Outcome, refused } from './domain/outcome.ts'
import { throughOf, type Viewer } from './domain/people.ts'
import { stateOf } from './domain/state.ts'
import type { VisitRecord } from './domain/visit-record.ts'
import { type NameBook, namesOf } from './domain/words/alarm-names.ts'
import { alarmTitle } from './domain/words/alarm-words.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { Route } from './http/route.ts'
import { foundRoutes } from './http/routes/found.ts'
import type { Records } from './store/records.ts'
import type { Model } from './stream/model.ts'
import { isAbout, scopeOf } from './timeline/scope.ts'
import { notAsFound, wordsOf } from './visits/as-found.ts'
import { insideOf } from './visits/rules.ts'
import type { Visits } from './visits/visits.ts'

export interface VisitMode {
  /** People work behind that door, or in that room, at the moment. */
  visited(door: string | null, room: string | null): boolean
  readonly routes: readonly Route[]
  /** Somebody has looked after what is not as it was found: it is reminded of no more. `conflict`: nothing is amiss, or somebody is inside. */
  settle(visit: number, reason: string, viewer: Viewer): Promise<Outcome<AsFound>>
  /** Looks at the visits and the rooms anew; every few seconds, and when a visit changed. */
  tick(): Promise<void>
  trouble(): string | null
  close(): Promise<void>
}

export interface VisitModeOptions {
  readonly records: Pick<Records, 'found' | 'doors' | 'visits' | 'audit'>
  readonly visits: Pick<Visits, 'stream' | 'room'>
  readonly alarms: Pick<Alarms, 'open' | 'system'>
  readonly relax: (next: Relaxation) => void
  readonly by: Relaxed
  readonly inventory: () => Inventory
  readonly fleet: Pick<Fleet, 'members' | 'byId'>
  readonly model: Pick<Model, 'point' | 'pointsOf' | 'value'>
  readonly clock: Clock
  readonly log: Call['log']
}

const EVERY = 15_000
const DAY = 86_400_000
/** Doors swing shut and contacts are asked in turns: before this nobody is reminded. */
const GRACE = 120_000
const NOBODY_CAME = failed('notFound', 'Nobody of this visit has come in yet.')
const STILL_INSIDE = {
  id: 'Masih ada orang di dalam; ruang diperiksa setelah semuanya keluar.',
  en: 'Somebody is still inside; the room is looked at when all have left.',
}
const PASSED = { id: 'Ruang ini sudah dinyatakan beres.', en: 'This room has been found well already.' }
const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => one.size === other.size && [...one].every(id => other.has(id))
const code = (visit: number): string => `found.${visit}`

export async function openVisitMode(options: VisitModeOptions): Promise<VisitMode> {
  const { records, visits, alarms, relax, by, inventory, fleet, model, clock, log } = options
  let zone: Zone = { rooms: new Set(), doors: new Set() }
  let inside: readonly VisitRecord[] = []
  const raised = new Map<number, string>()
  let trouble: string | null = null

  const names = (): NameBook => ({ layout: inventory(), device: id => fleet.byId(id)?.device, point: no => model.point(no) })
  const roomOf = (id: string): string | null => {
    const place = fleet.byId(id)?.device.place
    return place?.room ?? inventory().racks.find(rack => rack.id === place?.rack)?.room ?? null
  }
  const roomsOf = ({ rooms, racks }: VisitRecord): ReadonlySet<string> =>
    new Set([
      ...rooms,
      ...inventory()
        .racks.filter(({ id }) => racks.includes(id))
        .map(({ room }) => room),
    ])
  const valueAt = ({ device, key }: PointRef): number | null => {
    const point = model.pointsOf(device).get(key)
    const value = point === undefined ? undefined : model.value(point.no)?.value
    return value === undefined || value === null || Number.isNaN(value) ? null : value
  }

  function rearm(): void {
    const next: Zone = { rooms: new Set(inside.flatMap(one => [...roomsOf(one)])), doors: new Set(inside.flatMap(one => one.doors)) }
    if (isSame(next.rooms, zone.rooms) && isSame(next.doors, zone.doors)) return
    zone = next
    log.info(
      { rooms: [...zone.rooms], doors: [...zone.doors] },
      zone.rooms.size === 0 ? 'usual limits again' : 'second limits while people work there',
    )
    relax(relaxationOf(zone, inventory(), roomOf, by))
  }

  const alarmsAbout = (rooms: readonly string[], doors: readonly string[]) => {
    const scope = scopeOf(
      { rooms, doors },
      inventory(),
      [...fleet.members()].map(({ device }) => ({ id: device.id, place: device.place ?? null })),
    )
    return alarms.open().filter(one => !one.suppressed && isAbout(one, scope, new Set()))
  }

  function snapshot(visit: VisitRecord): RoomSnapshot {
    const rooms = [...roomsOf(visit)]
    const inlets = inventory()
      .sensors.filter(({ room, side }) => side === 'inlet' && rooms.includes(room))
      .flatMap(({ point, name }) => {
        const value = valueAt(point)
        return value === null ? [] : [{ point, name, value }]
      })
    return { at: clock(), rooms, doors: visit.doors, inlets, alarms: alarmsAbout(rooms, visit.doors).map(({ id }) => id) }
  }

  /** By its contact where it has one, else by what its controller told. */
  async function openDoors({ rooms, doors }: RoomSnapshot): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const mine = inventory().doors.filter(door => rooms.includes(door.room) || doors.includes(door.id))
    const now = clock()
    const told = await records.doors.page({ search: '', from: now - DAY, to: now + 1, page: 1, size: 500 })
    return mine.filter(({ id, state }) => {
      const point = state === undefined ? undefined : model.pointsOf(state.device).get(state.key)
      const value = state === undefined ? null : valueAt(state)
      if (point?.states != null && value !== null) {
        const { meaning } = stateOf(point.states, value)
        return meaning === 'doorOpen' || meaning === 'doorForced' || meaning === 'doorHeld'
      }
      return told.items.find(one => one.door === id)?.closedAt === null
    })
  }

  async function lookAt({ before, leftAt }: AsFound): Promise<readonly NotAsFound[]> {
    const book = names()
    const about = alarmsAbout(before.rooms, before.doors)
    return notAsFound(before, {
      // An alarm waits a moment before it is one.
      until: (leftAt ?? clock()) + GRACE,
      open: await openDoors(before),
      inlet: valueAt,
      alarms: about.map(alarm => {
        const [id, en] = (['id', 'en'] as const).map(lang => {
          const names = namesOf(alarm, book, lang)
          return alarmTitle(alarm, names, lang)
        })
        return { alarm, title: { id: id ?? '', en: en ?? '' } }
      }),
    })
  }

  function quieten(visit: number): void {
    if (raised.delete(visit)) alarms.system(code(visit), null)
  }

  function remind(found: AsFound): void {
    const { visit, number, wrong, leftAt } = found
    if (wrong.length === 0 || leftAt === null || clock() - leftAt < GRACE) {
      quieten(visit)
      return
    }
    const words = wordsOf(wrong)
    if (raised.get(visit) === words.id) return
    raised.set(visit, words.id)
    const text = {
      id: `Ruang belum seperti semula setelah kunjungan ${number}: ${words.id}`,
      en: `Room not as found after visit ${number}: ${words.en}`,
    }
    alarms.system(code(visit), { severity: 'warning', text })
  }

  async function check(found: AsFound): Promise<void> {
    const wrong = await lookAt(found)
    const now = clock()
    const next: AsFound = { ...found, checkedAt: now, wrong, passedAt: wrong.length === 0 ? now : null }
    await records.found.put(next)
    remind(next)
    // The page of the visit asks anew when its row is told.
    if (found.checkedAt === null || next.passedAt !== null || JSON.stringify(wrong) !== JSON.stringify(found.wrong)) visits.room.tell([found.visit])
  }

  async function look(): Promise<void> {
    inside = (await records.visits.live()).filter(one => insideOf(one) > 0)
    rearm()
    const pending = await records.found.pending()
    for (const visit of inside) {
      const known = pending.find(one => one.visit === visit.id) ?? (await records.found.find(visit.id))
      if (known === null)
        await records.found.put({
          visit: visit.id,
          number: visit.number,
          before: snapshot(visit),
          leftAt: null,
          checkedAt: null,
          passedAt: null,
          wrong: [],
        })
      else if (known.leftAt !== null) {
        // Back again: it goes on from how the room was at first, unless it was found well in between.
        const again = {
          ...known,
          before: known.passedAt === null ? known.before : snapshot(visit),
          leftAt: null,
          checkedAt: null,
          passedAt: null,
          wrong: [],
          settled: null,
        }
        await records.found.put(again)
        remind(again)
      }
    }
    // Of rooms that passed meanwhile, such as in the moment before a restart, nothing is left to remind of.
    const standing = new Set(pending.map(({ visit }) => visit))
    for (const visit of raised.keys()) if (!standing.has(visit)) quieten(visit)
    const here = new Set(inside.map(({ id }) => id))
    for (const found of pending) {
      if (here.has(found.visit)) continue
      // Others still work in the room: it is looked at when the last has gone.
      if (inside.some(one => [...roomsOf(one)].some(room => found.before.rooms.includes(room)))) continue
      await check(found.leftAt === null ? { ...found, leftAt: clock() } : found)
    }
  }

  async function settle(visit: number, reason: string, viewer: Viewer): Promise<Outcome<AsFound>> {
    const found = await records.found.find(visit)
    if (found === null) return NOBODY_CAME
    if (found.leftAt === null || found.passedAt !== null) return refused('conflict', found.leftAt === null ? STILL_INSIDE : PASSED)
    const at = clock()
    const next: AsFound = { ...found, passedAt: at, settled: { by: viewer.name, at, reason } }
    const written = await records.audit.together(async () => {
      await records.found.put(next)
      await records.visits.note(visit, { at, by: viewer.name, kind: 'settled', detail: { reason } })
      const detail = { visit, account: viewer.account, ...throughOf(viewer), reason, wrong: found.wrong.map(({ kind }) => kind) }
      await records.audit.append(viewer.name, 'visit.settle', found.number, detail)
      return done(next)
    })
    if (!written.ok) return written
    quieten(visit)
    visits.room.tell([visit])
    return written
  }

  let line: Promise<unknown> = Promise.resolve()
  /** One after the other: who settles does not write over what a look sees at that moment, nor the other way. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = line.then(work)
    line = result.catch(() => undefined)
    return result
  }

  const settled: VisitMode['settle'] = (visit, reason, viewer) => inTurn(() => settle(visit, reason, viewer))

  let turn: Promise<void> | null = null
  let again = false
  function tick(): Promise<void> {
    if (turn !== null) {
      again = true
      return turn
    }
    turn = (async () => {
      do {
        again = false
        try {
          await inTurn(look)
          trouble = null
        } catch (error) {
          trouble = 'Whether rooms were left as found is not known: the log says why.'
          log.error({ error: String(error) }, 'the rooms of visits could not be looked at')
        }
      } while (again)
    })().finally(() => {
      turn = null
    })
    return turn
  }

  // What was raised before a restart is known again by what stands in the records.
  for (const { key } of alarms.open()) {
    const visit = /^suar\/-\/found\.(\d+)$/.exec(key)?.[1]
    if (visit !== undefined) raised.set(Number(visit), '?')
  }
  await tick()
  const stop = visits.stream.onChange(() => void tick())
  const timer = setInterval(() => void tick(), EVERY)
  return {
    visited: (door, room) => (door !== null && zone.doors.has(door)) || (room !== null && zone.rooms.has(room)),
    settle: settled,
    routes: foundRoutes({
      async found(id): Promise<Outcome<AsFound>> {
        const found = await records.found.find(id)
        return found === null ? NOBODY_CAME : done(found)
      },
      settle: settled,
    }),
    tick,
    trouble: () => trouble,
    async close() {
      stop()
      clearInterval(timer)
      await turn
    },
  }
}
