// The porter: hears what doors do, by whatever way it is told, and says why each opened.
import type { Alarms } from './alarm/open.ts'
import type { Call, Clock } from './domain/call.ts'
import type { Inventory } from './domain/inventory.ts'
import { DOOR_EVENTS, type DoorEvent, type DoorEventKind } from './domain/opening.ts'
import { done, failed, type Outcome } from './domain/outcome.ts'
import { throughOf } from './domain/people.ts'
import type { PointNo, Text } from './domain/point.ts'
import type { Batch } from './domain/reading.ts'
import { type Meaning, stateOf } from './domain/state.ts'
import { openRegister } from './door-register.ts'
import { readTable } from './doors/csv.ts'
import { type PlayedDoors, playDoors, withDemonstration } from './doors/demonstration.ts'
import { type Doors, openDoors } from './doors/doors.ts'
import { openingsTable } from './doors/export.ts'
import { readPush } from './doors/push.ts'
import type { DoorSettings } from './doors/settings.ts'
import { listenToSyslog, readSyslog } from './doors/syslog.ts'
import { listenToZkteco } from './doors/zkteco.ts'
import type { NumberedPoint } from './fleet/fleet.ts'
import type { Route } from './http/route.ts'
import { type DoorDesk, doorRoutes } from './http/routes/doors.ts'
import type { Records } from './store/records.ts'
import type { DemoView } from './stream/contract.ts'
import type { Visits } from './visits/visits.ts'

export interface Porter {
  readonly rows: Doors['rows']
  readonly routes: readonly Route[]
  /** Readings of door contacts are among them. */
  observe(batch: Pick<Batch, 'points' | 'values' | 'at'>): void
  /** Points of a device, when they are known or change. */
  setPoints(device: string, points: readonly NumberedPoint[]): void
  tick(): Promise<void>
  trouble(): Text | null
  /** Of the demonstration: its access controller tells of cards over HTTP, as its operator panel says. Elsewhere nothing is played. */
  play(
    url: string,
    place: { demo(): DemoView | null; onDemo(changed: () => void): void },
    guests: Pick<PlayedDoors, 'cardAt' | 'overstay'>,
  ): { close(): Promise<void> }
  close(): Promise<void>
}

export interface PorterOptions {
  readonly settings: DoorSettings
  readonly demonstration: boolean
  readonly records: Pick<Records, 'doors' | 'audit' | 'visits' | 'badges'>
  readonly visits: Pick<Visits, 'stream' | 'badgeOf'>
  readonly alarms: Pick<Alarms, 'system' | 'open'>
  readonly inventory: () => Pick<Inventory, 'doors' | 'site'>
  readonly working: (at: number) => boolean
  /** People work behind that door, or in that room, at the moment. */
  readonly visited: (door: string | null, room: string | null) => boolean
  readonly clock: Clock
  readonly log: Call['log']
}

/** What a contact's state says of the door; null: nothing. */
const MOVES: Partial<Record<Meaning, DoorEventKind>> = { doorOpen: 'opened', doorClosed: 'closed', doorForced: 'forced', doorHeld: 'held' }
const DAY = 86_400_000
/** Rows of a table that is taken home: some months of a busy site. */
const EXPORTED = 50_000

export async function openPorter(options: PorterOptions): Promise<Outcome<Porter>> {
  const settings = options.demonstration ? withDemonstration(options.settings) : options.settings
  const { records, visits, alarms, inventory, working, visited, clock, log } = options
  await using rooms = new AsyncDisposableStack()
  const timezone = () => inventory().site.timezone
  const grumble = (error: unknown) => log.error({ error: String(error) }, 'what doors told could not be taken')
  const raised = new Map<string, string>()
  const doors = await openDoors({
    kept: records.doors,
    register: openRegister({ records, inventory, clock, onChange: changed => void visits.stream.onChange(changed) }),
    settings,
    doors: () => inventory().doors,
    working,
    visited: ({ id, room }) => visited(id, room),
    alarm(code, state) {
      // The alarm room is told of changes only.
      const says = JSON.stringify(state)
      if ((raised.get(code) ?? 'null') === says && raised.has(code)) return
      raised.set(code, says)
      alarms.system(code, state)
    },
    used: (card, at) => void visits.badgeOf(card, at).catch(grumble),
    alarmNumber: code => alarms.open().find(({ key }) => key === `suar/-/${code}`)?.id ?? null,
    timezone,
    clock,
    log,
  })
  rooms.defer(() => doors.close())
  // Controllers that are in the settings no more are neither silent nor wrong.
  for (const { key } of alarms.open()) {
    const [, code, name = ''] = /^suar\/-\/(door\.(?:silent|clock)\.(.+))$/.exec(key) ?? []
    if (code !== undefined && !Object.hasOwn(settings.controllers, name)) alarms.system(code, null)
  }

  // A check-in, also one that was made without a network, may explain what nobody could.
  rooms.defer(visits.stream.onChange(() => void doors.reconsider().catch(grumble)))
  const hear = (events: readonly DoorEvent[]) => void doors.hear(events).catch(grumble)

  const { controllers } = settings
  const of = (via: string) => Object.values(controllers).some(one => one.via === via)
  if (of('syslog')) {
    const listening = await listenToSyslog(settings.syslog, { read: readSyslog(controllers), hear, clock, log })
    if (!listening.ok) return listening
    rooms.defer(() => listening.value.close())
  }
  if (of('zkteco')) {
    const listening = await listenToZkteco(settings.zkteco, { controllers, timezone, hear: doors.hear, clock, log })
    if (!listening.ok) return listening
    rooms.defer(() => listening.value.close())
  }

  // Polled contacts: a change of state is an event.
  const contacts = new Map<
    PointNo,
    { readonly door: string; readonly device: string; readonly states: NumberedPoint['states']; was: Meaning | null }
  >()
  const byDevice = new Map<string, readonly PointNo[]>()

  const desk: DoorDesk = {
    async openings(query) {
      const { items, total } = await records.doors.page(query)
      return done({ items: items.map(doors.viewOf), total, page: query.page, size: query.size })
    },
    async export({ lang, ...query }, viewer) {
      const { items, total } = await records.doors.page({ ...query, page: 1, size: EXPORTED })
      await records.audit.append(viewer.name, 'opening.export', 'openings', {
        ...{ account: viewer.account, ...throughOf(viewer), rows: items.length, total },
        ...{ door: query.door ?? null, kind: query.kind ?? null, from: query.from ?? null, to: query.to ?? null },
      })
      return done({ name: `${lang === 'id' ? 'log-pintu' : 'door-log'}.csv`, content: openingsTable(items.map(doors.viewOf), timezone(), lang) })
    },
    explain: (id, reason, viewer) => doors.explain(id, reason, viewer),
    controllers: async () => done({ items: doors.controllers() }),
    async push(given) {
      const events = readPush(controllers, { ...given, received: clock() })
      if (!events.ok) return events
      const taken = await doors.hear(events.value)
      return taken.ok ? done({ taken: taken.value }) : taken
    },
    async table(controller, text, viewer) {
      if (!Object.hasOwn(controllers, controller)) return failed('notFound', `There is no controller "${controller}" under doors.controllers.`)
      const events = readTable(text, { controller, timezone: timezone(), received: clock() })
      if (!events.ok) return events
      const taken = await doors.hear(events.value)
      if (!taken.ok) return taken
      await records.audit.append(viewer.name, 'doors.table', controller, { events: events.value.length, taken: taken.value })
      return done({ events: events.value.length, taken: taken.value })
    },
  }

  let swept = 0
  const kept = rooms.move()
  return done({
    rows: doors.rows,
    routes: doorRoutes(desk),
    setPoints(device, points) {
      for (const no of byDevice.get(device) ?? []) contacts.delete(no)
      const nos: PointNo[] = []
      for (const { id, state } of inventory().doors) {
        const point = state?.device === device ? points.find(({ key }) => key === state.key) : undefined
        if (point === undefined) continue
        contacts.set(point.no, { door: id, device, states: point.states, was: null })
        nos.push(point.no)
      }
      byDevice.set(device, nos)
    },
    observe({ points, values, at }) {
      if (contacts.size === 0) return
      const events: DoorEvent[] = []
      for (let i = 0; i < points.length; i++) {
        const contact = contacts.get(points[i]!)
        const value = values[i]!
        if (contact === undefined || Number.isNaN(value)) continue
        const { meaning } = stateOf(contact.states ?? [], value)
        const kind = meaning === null ? undefined : MOVES[meaning]
        if (meaning === contact.was) continue
        contact.was = meaning
        if (kind === undefined || !DOOR_EVENTS.includes(kind)) continue
        const told = at[i]!
        events.push({
          ...{ controller: contact.device, reader: contact.door, kind, card: null, leaving: false },
          ...{ told, received: clock(), sequence: null, via: 'contact' },
        })
      }
      if (events.length > 0) hear(events)
    },
    async tick() {
      await doors.tick()
      if (clock() - swept < DAY) return
      swept = clock()
      const gone = (await records.audit.leapt()) ? 0 : await doors.prune()
      if (gone > 0) log.info({ gone }, 'openings and events past their time were taken away')
    },
    trouble: doors.trouble,
    play: (url, place, guests) =>
      options.demonstration
        ? playDoors({ settings, url, scenarios: () => place.demo()?.scenarios ?? [], onScenario: place.onDemo, ...guests, log })
        : { close: async () => undefined },
    close: () => kept.disposeAsync(),
  })
}
