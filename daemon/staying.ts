// Colocation put together: what is asked of the desk's tickets, kept in the racks, and seen by whom it belongs to.
import type { Alarms } from './alarm/open.ts'
import type { Call, Clock } from './domain/call.ts'
import { done, failed } from './domain/outcome.ts'
import type { Reservation } from './domain/placement.ts'
import { CADENCES, type Cadence, staleAfter } from './domain/point.ts'
import { type NameBook, namesOf } from './domain/words/alarm-names.ts'
import { alarmTitle } from './domain/words/alarm-words.ts'
import type { Lang } from './domain/words/lang.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { Follower } from './following.ts'
import type { Route } from './http/route.ts'
import { stayRoutes } from './http/routes/stays.ts'
import type { Place } from './place.ts'
import { placementFor } from './plant/placement.ts'
import type { PlantAnswers } from './plant-answers.ts'
import type { Poller } from './poll/poller.ts'
import { openRound } from './round.ts'
import type { ServiceDeskOptions } from './service-desk.ts'
import { stayNotices } from './stay-notices.ts'
import { annexOf } from './stays/annex.ts'
import { playStays } from './stays/demonstration.ts'
import { leavingOf } from './stays/leaving.ts'
import type { Told } from './stays/room.ts'
import type { StayPaper, StaySources } from './stays/sources.ts'
import { openStays, promised, type Stays } from './stays/stays.ts'
import type { Records } from './store/records.ts'
import type { Telemetry } from './store/telemetry/telemetry.ts'
import type { FeedOpener } from './stream/feed.ts'
import { rowFeed } from './stream/rows.ts'
import { tenancyFeed } from './stream/tenancy.ts'

/** As a follower of tickets: what is kept for one is free as soon as it comes to nothing. */
export interface Staying extends Follower {
  readonly stays: Stays
  readonly feeds: readonly FeedOpener[]
  readonly routes: readonly Route[]
  /** One sentence each; empty when all is well. */
  troubles(): readonly string[]
  /** Stays of what stands there already, for the demonstration; nothing where there are some. */
  play(): Promise<void>
  close(): Promise<void>
}

export interface StayingOptions {
  readonly records: Records
  readonly place: Pick<Place, 'inventory' | 'change'>
  readonly plant: Pick<PlantAnswers, 'ground'>
  readonly alarms: Pick<Alarms, 'system' | 'open'>
  readonly readings: Pick<StaySources, 'known' | 'current' | 'past' | 'poll' | 'portsAt'>
  /** Where the names of alarms are looked up. */
  readonly names: () => NameBook
  readonly carriers: () => readonly string[]
  readonly base: () => string
  readonly language: Lang
  readonly clock: Clock
  readonly log: Call['log']
}

const MINUTE = 60_000
/** Minutes that came back signed by all. */
const SIGNED: ReadonlySet<string> = new Set(['returned', 'archived'])
/** Alarms of Suar itself have this before their code. */
const OWN = 'suar/-/'

/** What is promised and not there yet, as the planner counts it. */
export async function promisedBy(records: Pick<Records, 'stays' | 'people'>): Promise<readonly Reservation[]> {
  const held = await records.stays.held()
  const organisations = await records.people.organisationsById([...new Set(held.map(({ organisation }) => organisation.id))])
  const short = new Map(organisations.map(one => [one.id, one.short]))
  return held.map(one => promised(one, short.get(one.organisation.id) ?? one.organisation.name))
}

interface Papering {
  readonly records: Pick<Records, 'stays'>
  readonly place: Pick<Place, 'inventory'>
  readonly language: Lang
}

/** What a stay gives to the papers of its ticket: the list behind the minutes of custody, and what leaves. */
export const papersOf = ({ records, place, language }: Papering): Required<Pick<ServiceDeskOptions, 'annexes' | 'leaving'>> => ({
  annexes: async ticket => annexOf(await records.stays.stayOf(ticket), place.inventory, language),
  leaving: async (ticket, at) => leavingOf(await records.stays.stayOf(ticket), place.inventory, at),
})

/** Readings of points that the layout names, and their past. */
export interface ReadingSources {
  readonly model: {
    pointsOf(device: string): ReadonlyMap<string, { readonly no: number; readonly cadence: Cadence }>
    value(no: number): { readonly value: number | null; readonly at: number } | null
  }
  readonly telemetry: Pick<Telemetry, 'history'>
  readonly poll: StaySources['poll']
  /** Switches that serve a rack, with their names. */
  readonly switchesAt: (rack: string) => readonly { readonly id: string; readonly name: string }[]
  readonly clock: Clock
}

/** Rows of a history that are enough to see a turn in. */
const ROWS = 1_000

/** The state of a port, as IF-MIB names them. */
const PORT = /^port\.(.+)\.state$/
/** IF-MIB ifOperStatus. */
const UP = 1

export const readingsOf = ({ model, telemetry, poll, switchesAt, clock }: ReadingSources): StayingOptions['readings'] => ({
  poll,
  portsAt: rack =>
    switchesAt(rack).flatMap(({ id: device, name: deviceName }) =>
      [...model.pointsOf(device)].flatMap(([key, { no }]) => {
        const name = PORT.exec(key)?.[1]
        const value = model.value(no)?.value ?? null
        return name === undefined ? [] : [{ device, key, deviceName, name, up: value === null ? null : value === UP }]
      }),
    ),
  known: ({ device, key }) => model.pointsOf(device).has(key),
  current({ device, key }) {
    const point = model.pointsOf(device).get(key)
    const reading = point === undefined ? null : model.value(point.no)
    return point === undefined || reading === null || clock() - reading.at > staleAfter(point.cadence) ? null : reading
  },
  async past({ device, key }, from, to) {
    const no = model.pointsOf(device).get(key)?.no
    const found = no === undefined ? null : await telemetry.history([no], from, to, ROWS)
    const series = found?.ok === true ? found.value.series[0] : undefined
    return series === undefined ? [] : series.at.map((at, i) => ({ at, lowest: series.min[i] ?? null, highest: series.max[i] ?? null }))
  },
})

interface Watching extends Omit<ReadingSources, 'poll' | 'switchesAt'> {
  readonly model: ReadingSources['model'] & Pick<NameBook, 'device' | 'point'>
  readonly place: Pick<Place, 'inventory'>
  readonly fleet: Pick<Fleet, 'byId' | 'members'>
  readonly poller: Pick<Poller, 'pollNow'>
}

/** What the watch lends: readings with their past, asked for out of turn, and the names that alarms are told with. */
export const watchedBy = ({ model, telemetry, place, fleet, poller, clock }: Watching): Pick<StayingOptions, 'readings' | 'names'> => ({
  readings: readingsOf({
    model,
    telemetry,
    async poll(device) {
      const member = fleet.byId(device)
      return member === undefined ? failed('notFound', `There is no device "${device}".`) : await poller.pollNow(member.no)
    },
    switchesAt(rack) {
      const devices = [...fleet.members()].map(({ device }) => device)
      const behind = new Set(devices.flatMap(({ kind, place: at, network }) => (kind === 'pdu' && at?.rack === rack ? network : [])))
      return devices.filter(({ kind, id, place: at }) => kind === 'switch' && (at?.rack === rack || behind.has(id)))
    },
    clock,
  }),
  names: () => ({ layout: place.inventory, device: model.device, point: model.point }),
})

export function openStaying(options: StayingOptions): Staying {
  const { records, place, plant, alarms, readings, names, carriers, base, language, clock } = options
  const log = options.log.child({ room: 'stays' })
  const stays = openStays({
    books: records.stays,
    together: records.audit.together,
    append: records.audit.append,
    settings: records.settings,
    ticketBy: records.desk.tickets.find,
    async organisation(id) {
      const [found] = await records.people.organisationsById([id])
      return found === undefined ? null : { id, name: found.name, short: found.short }
    },
    layout: () => place.inventory,
    async placement(request) {
      const ground = await plant.ground()
      return ground.ok ? { ok: true, value: placementFor(ground.value, request) } : ground
    },
    standing(rack, { u, height, face }) {
      const there = place.inventory.equipment.find(
        one => one.rack === rack && one.u < u + height && u < one.u + one.height && (one.face === 'both' || face === 'both' || one.face === face),
      )
      return there?.name ?? null
    },
    change: place.change,
    ...readings,
    async present(organisation, from, to) {
      const visits = await records.visits.page({ from, until: to, organisations: [organisation], states: ['inside', 'ended'], limit: 200 })
      return visits
        .filter(({ visitors }) => visitors.some(({ inAt, outAt }) => inAt !== null && inAt <= to && (outAt === null || outAt >= from)))
        .map(({ id, number, racks }) => ({ id, number, organisation, racks }))
    },
    async photosOf(ticket) {
      const record = await records.desk.tickets.find(ticket)
      return record === null ? [] : (await records.desk.tickets.attachments(record.frame.id)).map(({ id }) => id)
    },
    async papersOf(ticket) {
      const record = await records.desk.tickets.find(ticket)
      const documents = record === null ? [] : await records.desk.documents.of(record.frame.id)
      return documents
        .flatMap(({ kind, state, number, at }): StayPaper[] =>
          (kind === 'minutes' || kind === 'removal' || kind === 'wipe') && state !== 'void'
            ? [{ kind, number: number ?? '', at, signed: SIGNED.has(state) }]
            : [],
        )
        .reverse()
    },
    notify: stayNotices({ records, carriers, base, zone: () => place.inventory.site.timezone, language, clock }),
    alarm: alarms.system,
    alarmed: () => alarms.open().flatMap(({ key }) => (key.startsWith(`${OWN}stay.`) ? [key.slice(OWN.length)] : [])),
    openAlarms: () =>
      alarms.open().map(alarm => {
        const text = (lang: Lang) => alarmTitle(alarm, namesOf(alarm, names(), lang), lang)
        const { device, point, severity, raisedAt: since, condition } = alarm
        return {
          code: condition.kind === 'system' ? condition.code : null,
          device,
          point: device === null || point === null ? null : { device, key: point.key },
          severity,
          since,
          text: { id: text('id'), en: text('en') },
        }
      }),
    clock,
    log,
  })

  const round = openRound({ every: MINUTE, work: stays.tick, trouble: 'Reservations and stays are not looked after: the log says why.', log })

  const looking = openRound({
    every: CADENCES.fast * 1000,
    work: stays.look,
    trouble: 'Installations are not looked at: the log says why.',
    log,
  })

  return {
    stays,
    feeds: [rowFeed(stays.streams.stays), rowFeed(stays.streams.reservations), tenancyFeed({ view: stays.tenancy })],
    routes: stayRoutes(stays),
    async play() {
      const played = await playStays({ room: stays.room, organisations: records.people.organisations.all, clock })
      if (!played.ok) log.warn({ reason: played.failure.message }, 'the stays of the demonstration could not be played')
    },
    async follow(written) {
      const told: Told = { reservations: new Set(), stays: new Set() }
      for (const ticket of written) {
        const followed = await stays.follow(ticket, told)
        if (!followed.ok) return followed
      }
      return done(() => stays.room.tell(told))
    },
    troubles: () => [...round.troubles(), ...looking.troubles()],
    async close() {
      await Promise.all([round.close(), looking.close()])
    },
  }
}
