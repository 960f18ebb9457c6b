// The timeline of a place, a visit or an alarm: what the rooms keep of it within a window, as one list.
import type { Alarm } from '../domain/alarm.ts'
import type { Clock, Instant } from '../domain/call.ts'
import type { WorkOrder } from '../domain/care.ts'
import type { Layout } from '../domain/inventory.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { PlaceVersion } from '../domain/place.ts'
import type { Text } from '../domain/point.ts'
import type { Fact, FactKind, PlaceNote, PlaceOf, TicketHappened, TimelineOf, TimelineView } from '../domain/timeline.ts'
import type { Pass, VisitRecord } from '../domain/visit-record.ts'
import {
  factOfOpening,
  factOfRestart,
  factsOfAlarm,
  factsOfNote,
  factsOfPass,
  factsOfTicket,
  factsOfVersion,
  factsOfWork,
  type KeptOpening,
} from './facts.ts'
import { merge } from './merge.ts'
import { EVERYTHING, isAbout, type Placed, type Scope, scopeOf } from './scope.ts'

export interface Restart {
  readonly id: number
  readonly at: Instant
  readonly device: string
}

export interface TimelineSources {
  /** Standing at any moment of the window. */
  alarms(from: Instant, to: Instant): Promise<readonly Alarm[]>
  alarm(id: number): Promise<Alarm | null>
  titleOf(alarm: Alarm): { readonly title: Text; readonly where: string | null }
  openings(from: Instant, to: Instant): Promise<readonly KeptOpening[]>
  /** Somebody was in, at any moment of the window. */
  passes(from: Instant, to: Instant): Promise<readonly Pass[]>
  passesOf(visit: number): Promise<readonly Pass[]>
  visits(ids: readonly number[]): Promise<readonly VisitRecord[]>
  /** Newest first. */
  versions(before: number | undefined, size: number): Promise<readonly PlaceVersion[]>
  restarts(from: Instant, to: Instant): Promise<readonly Restart[]>
  /** Under way at any moment of the window, with where it is done. */
  works(from: Instant, to: Instant): Promise<readonly (WorkOrder & { readonly room: string | null; readonly device: string | null })[]>
  /** Of tickets that a visit is for, or whose equipment has a place. */
  tickets(from: Instant, to: Instant): Promise<readonly TicketHappened[]>
  /** Written or withdrawn within the window. */
  notes(from: Instant, to: Instant): Promise<readonly PlaceNote[]>
  layout(): Layout
  placed(): Iterable<Placed & { readonly name: string }>
  readonly clock: Clock
}

export interface TimelineQuery {
  readonly of: TimelineOf
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
  /** Of the window only what is from then on. */
  readonly since?: Instant | undefined
  readonly kinds?: readonly FactKind[] | undefined
  readonly before?: { readonly at: Instant; readonly id: string } | undefined
  readonly size: number
}

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
/** Around an alarm, and around the work of a visit. */
const AROUND = 30 * MINUTE
/** A place is looked back at for so long when nobody says otherwise. */
const USUAL = 7 * DAY
const VERSIONS = 200

export function openTimeline(sources: TimelineSources) {
  const { clock } = sources

  interface Asked {
    readonly scope: Scope
    readonly from: Instant
    readonly to: Instant
    readonly span: TimelineView['span']
    /** Of a visit: it alone, whoever else was there. */
    readonly visit: number | null
  }

  async function asked({ of, from, to }: TimelineQuery): Promise<Outcome<Asked>> {
    const now = clock()
    const layout = sources.layout()
    const window = { from: from ?? now - USUAL, to: to ?? now, span: null, visit: null }
    const scope = (given: Parameters<typeof scopeOf>[0]) => scopeOf(given, layout, sources.placed())
    const none = (what: string) => failed('notFound', `There is no ${what}.`)
    switch (of.of) {
      case 'site':
        return done({ ...window, scope: EVERYTHING })
      case 'room':
        return layout.rooms.some(({ id }) => id === of.id) ? done({ ...window, scope: scope({ rooms: [of.id] }) }) : none(`room "${of.id}"`)
      case 'rack':
        return layout.racks.some(({ id }) => id === of.id) ? done({ ...window, scope: scope({ racks: [of.id] }) }) : none(`rack "${of.id}"`)
      case 'door':
        return layout.doors.some(({ id }) => id === of.id) ? done({ ...window, scope: scope({ doors: [of.id] }) }) : none(`door "${of.id}"`)
      case 'device':
        return [...sources.placed()].some(({ id }) => id === of.id)
          ? done({ ...window, scope: scope({ devices: [of.id] }) })
          : none(`device "${of.id}"`)
      case 'alarm': {
        const alarm = await sources.alarm(of.id)
        if (alarm === null) return none(`alarm ${of.id}`)
        const end = alarm.clearedAt ?? now
        return done({
          scope: aroundAlarm(alarm, layout, scope),
          from: from ?? alarm.raisedAt - AROUND,
          to: to ?? Math.min(now, end + AROUND),
          span: { from: alarm.raisedAt, until: alarm.clearedAt },
          visit: null,
        })
      }
      case 'visit': {
        const [visit] = await sources.visits([of.id])
        if (visit === undefined) return none(`visit ${of.id}`)
        const passes = await sources.passesOf(of.id)
        const began = passes.length === 0 ? visit.from : Math.min(...passes.map(({ inAt }) => inAt))
        const inside = passes.some(({ outAt }) => outAt === null)
        const ended = inside || passes.length === 0 ? null : Math.max(...passes.map(({ outAt }) => outAt ?? 0))
        return done({
          scope: scope({ racks: visit.racks, rooms: visit.racks.length > 0 ? [] : visit.rooms, doors: visit.doors }),
          from: from ?? Math.min(began, now) - AROUND,
          to: to ?? Math.min(now, (ended ?? now) + AROUND),
          span: passes.length === 0 ? null : { from: began, until: ended },
          visit: of.id,
        })
      }
    }
  }

  /** Rack or room of the alarm's device or sensor; the whole site for what has no place. */
  function aroundAlarm(alarm: Alarm, layout: Layout, scope: (given: Parameters<typeof scopeOf>[0]) => Scope): Scope {
    const door = /^suar\/-\/door\.(.+)$/.exec(alarm.key)?.[1]
    const room = layout.doors.find(({ id }) => id === door)?.room
    if (door !== undefined && room !== undefined) return scope({ rooms: [room], doors: [door] })
    if (alarm.device === null) return EVERYTHING
    const sensor = layout.sensors.find(({ point }) => point.device === alarm.device && point.key === alarm.point?.key)
    const place = [...sources.placed()].find(({ id }) => id === alarm.device)?.place ?? null
    const rack = sensor?.rack ?? place?.rack
    if (rack !== undefined) return scope({ racks: [rack], devices: [alarm.device] })
    const inRoom = sensor?.room ?? place?.room
    return scope({ rooms: inRoom === undefined ? [] : [inRoom], devices: [alarm.device] })
  }

  async function versionsBetween(from: Instant, to: Instant): Promise<readonly PlaceVersion[]> {
    const found: PlaceVersion[] = []
    let before: number | undefined
    for (;;) {
      const some = await sources.versions(before, VERSIONS)
      found.push(...some.filter(({ at }) => at >= from && at <= to))
      const last = some.at(-1)
      if (last === undefined || some.length < VERSIONS || last.at < from) return found
      before = last.version
    }
  }

  return async function timeline(query: TimelineQuery): Promise<Outcome<TimelineView>> {
    const is = await asked(query)
    if (!is.ok) return is
    const { scope, to, span, visit } = is.value
    if (is.value.from > to) return failed('invalid', 'from: the window ends before it begins.')
    const from = Math.min(to, Math.max(is.value.from, query.since ?? 0))
    const [alarms, openings, passes, versions, restarts, works, tickets, notes] = await Promise.all([
      sources.alarms(from, to),
      sources.openings(from, to),
      sources.passes(from, to),
      versionsBetween(from, to),
      sources.restarts(from, to),
      sources.works(from, to),
      sources.tickets(from, to),
      sources.notes(from, to),
    ])
    const visits = new Map(
      (await sources.visits([...new Set([...passes.map(pass => pass.visit), ...tickets.flatMap(ticket => ticket.visits)])])).map(one => [
        one.id,
        one,
      ]),
    )
    const touches = (one: VisitRecord): boolean =>
      scope.all ||
      one.id === visit ||
      one.racks.some(id => scope.racks.has(id)) ||
      one.rooms.some(id => scope.rooms.has(id)) ||
      one.doors.some(id => scope.doors.has(id))
    const here = new Set([...visits.values()].filter(touches).map(({ id }) => id))
    const about = alarms.filter(alarm => isAbout(alarm, scope, here))
    const names = new Map([...sources.placed()].map(({ id, name }) => [id, name]))
    const layout = sources.layout()
    const rackOf = (id: string) => layout.equipment.find(item => item.id === id)?.rack
    const facts: readonly (readonly Fact[])[] = [
      about.flatMap(alarm => {
        const { title, where } = sources.titleOf(alarm)
        return factsOfAlarm(alarm, title, where)
      }),
      openings.filter(({ door }) => scope.all || (door !== null && scope.doors.has(door))).map(factOfOpening),
      passes.flatMap(pass => {
        const one = visits.get(pass.visit)
        return one === undefined || !here.has(one.id) ? [] : factsOfPass(pass, one)
      }),
      versions.flatMap(version =>
        factsOfVersion(version, ({ kind, id }) => {
          if (scope.all) return true
          if (kind === 'racks') return scope.racks.has(id)
          if (kind === 'equipment') return scope.racks.has(rackOf(id) ?? '')
          if (kind === 'doors') return scope.doors.has(id)
          return kind === 'rooms' && scope.rooms.has(id)
        }),
      ),
      restarts
        .filter(({ device }) => scope.all || scope.devices.has(device))
        .map(one => factOfRestart({ ...one, name: names.get(one.device) ?? one.device })),
      works
        .filter(({ room, device }) => scope.all || (room !== null && scope.rooms.has(room)) || (device !== null && scope.devices.has(device)))
        .flatMap(factsOfWork),
      tickets.filter(one => scope.all || one.visits.some(id => here.has(id)) || one.racks.some(id => scope.racks.has(id))).flatMap(factsOfTicket),
      notes.filter(({ place }) => isOn(place, scope)).flatMap(note => factsOfNote(note, nameOf(note.place, layout, names))),
    ]
    const { facts: shown, more } = merge(facts, {
      from,
      to,
      kinds: query.kinds === undefined ? null : new Set(query.kinds),
      before: query.before ?? null,
      size: query.size,
    })
    const during =
      visit === null || span === null
        ? []
        : about.filter(({ raisedAt }) => raisedAt >= span.from && raisedAt <= (span.until ?? to)).map(({ id }) => `alarm:${id}`)
    return done({ facts: shown, from, to, more, span, during })
  }
}

/** Whether a note is on the place that is asked about, or on what stands in it. */
function isOn(place: PlaceOf, scope: Scope): boolean {
  if (scope.all) return true
  if (place.of === 'site') return false
  const within = { room: scope.rooms, rack: scope.racks, door: scope.doors, device: scope.devices }[place.of]
  return within.has(place.id)
}

function nameOf(place: PlaceOf, { site, rooms, racks, doors }: Layout, devices: ReadonlyMap<string, string>): string | null {
  if (place.of === 'site') return site.name
  if (place.of === 'device') return devices.get(place.id) ?? place.id
  const list: readonly { readonly id: string; readonly name: string }[] = { room: rooms, rack: racks, door: doors }[place.of]
  return list.find(({ id }) => id === place.id)?.name ?? place.id
}
