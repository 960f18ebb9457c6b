// Hosting and domains put together: managed hosts, zones and certificates under one engine; what is asked, seen, told and looked after of them.
import { fileURLToPath } from 'node:url'
import { zoneOf } from '../provisioning/dns/name.ts'
import { type Engine, type EngineOptions, openEngine } from '../provisioning/engine/engine.ts'
import { brokerSource } from '../provisioning/host/broker-source.ts'
import { installScript } from '../provisioning/host/install.ts'
import type { HostKeys } from '../provisioning/host/keys.ts'
import { hostLease } from '../provisioning/host/lease.ts'
import type { Resource } from '../provisioning/resource.ts'
import { openCertificates } from '../provisioning/tls/certificates.ts'
import type { Alarms } from './alarm/open.ts'
import type { Config } from './config.ts'
import type { Call, Clock } from './domain/call.ts'
import type { PlaceKind } from './domain/change.ts'
import { done, type Outcome } from './domain/outcome.ts'
import { HostId } from './domain/safe.ts'
import type { Follower } from './following.ts'
import { responsibleFor } from './hosting/responsible.ts'
import { openHostingAlarms } from './hosting-alarms.ts'
import { type Certificates, openCertificateDesk } from './hosting-certificates.ts'
import { type Changes, openChanges } from './hosting-changes.ts'
import { hostingFeeds } from './hosting-feeds.ts'
import { type Handovers, openHandovers } from './hosting-handovers.ts'
import { type HandsKeeper, openHands } from './hosting-hands.ts'
import { type Hosts, openHosts } from './hosting-hosts.ts'
import { instructionsFor } from './hosting-instructions.ts'
import { openHostingRounds } from './hosting-rounds.ts'
import { days } from './hosting-settings.ts'
import { type HostingTickets, openHostingTickets, type TicketSide } from './hosting-tickets.ts'
import { checksIn, openWebsiteWatch } from './hosting-watch.ts'
import { openWebsites, type WebsiteSources, type Websites } from './hosting-websites.ts'
import { openZones, type Zones } from './hosting-zones.ts'
import type { Route } from './http/route.ts'
import { certificateRoutes } from './http/routes/certificates.ts'
import { changeRoutes } from './http/routes/changes.ts'
import { handoverRoutes } from './http/routes/handovers.ts'
import { hostRoutes } from './http/routes/hosts.ts'
import { ticketHostingRoutes } from './http/routes/ticket-hosting.ts'
import { websiteRoutes } from './http/routes/websites.ts'
import { zoneRoutes } from './http/routes/zones.ts'
import { openRound } from './round.ts'
import { readShelf } from './shelf.ts'
import type { Records } from './store/records.ts'
import type { FeedOpener } from './stream/feed.ts'

/** As a follower of tickets: one that came to nothing lets its changes go. */
export interface Hosting extends Follower {
  readonly engine: Engine
  readonly keeper: HandsKeeper
  readonly changes: Changes
  readonly websites: Websites
  readonly hosts: Hosts
  readonly zones: Zones
  readonly certificates: Certificates
  readonly handovers: Handovers
  /** Null: there is no desk. */
  readonly tickets: HostingTickets | null
  readonly routes: readonly Route[]
  readonly feeds: readonly FeedOpener[]
  /** What is done each minute, and once a night. */
  night(): Promise<void>
  /** One sentence each; empty when all is well. */
  troubles(): readonly string[]
  close(): Promise<void>
}

export interface HostingOptions {
  readonly settings: Config['provisioning']
  readonly records: Records
  readonly alarms: Pick<Alarms, 'system' | 'open'>
  readonly base: () => string
  /** Time zone of the site. */
  readonly zone: () => string
  /** Absent: there is no desk, and no change is made on a ticket's word. */
  readonly tickets?: TicketSide
  readonly clock: Clock
  readonly log: Call['log']
  /** For tests: another shelf. */
  readonly shelf?: ReadonlyMap<string, Resource>
  readonly enter?: EngineOptions['enter']
  /** For tests: how long servers of a zone may take, and between two looks at a website, ms. */
  readonly patience?: number
  readonly every?: number
  /** For tests: between two rounds of looking after certificates, websites and zones, ms. */
  readonly round?: number
}

const MINUTE = 60_000
const SHELF = fileURLToPath(new URL('../provisioning/resources/', import.meta.url))

const isResource = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && 'apply' in value && 'undo' in value && 'verify' in value

export async function openHosting(options: HostingOptions): Promise<Outcome<Hosting>> {
  const { settings, records, alarms, base, zone, clock } = options
  const log = options.log.child({ room: 'hosting' })
  const shelf = options.shelf === undefined ? await readShelf(SHELF, isResource) : done(options.shelf)
  if (!shelf.ok) return shelf
  await records.changes.release()

  // Proofs by DNS ask for zones, which the hands give; the hands give certificates as well.
  let keeper: HandsKeeper | null = null
  const certified = await openCertificates({
    book: records.certificates,
    settings: settings.tls,
    async zoneOf(name, call) {
      const found = zoneOf(
        name,
        (await records.zones.all()).map(one => one.name),
      )
      return found === null || keeper === null ? done(null) : await keeper.handsFor(null).zone(found, call)
    },
    clock,
  })
  if (!certified.ok) return certified
  const room = certified.value
  const hands = openHands({ records, certificates: room, log, ...(options.patience === undefined ? {} : { patience: options.patience }) })

  keeper = hands
  const enter = options.enter ?? hostLease(hands.handsFor)
  let changes: Changes | null = null
  const engine = openEngine({
    shelf: shelf.value,
    handsFor: hands.handsFor,
    book: records.changes,
    enter,
    guard: settings.guard,
    clock,
    log,
    tell(event) {
      if (event.kind === 'change') changes?.written(event.number)
      else hosts.tell([event.place.id])
    },
  })
  const tickets: HostingTickets | null =
    options.tickets === undefined
      ? null
      : openHostingTickets({
          ...options.tickets,
          ...{ records, keeper: hands, base, zone, clock, log },
          changes: () => work,
          websites: () => websites,
          handovers: () => handovers,
        })
  const work = openChanges({ engine, records, clock, log, ...(tickets === null ? {} : { word: tickets.desk.word }) })
  changes = work

  const hosts = openHosts({
    records,
    keeper: hands,
    engine,
    script: (id: string, keys: HostKeys) =>
      installScript(
        { id: HostId.parse(id), keys: { broker: keys.broker.publicKey, inbox: keys.inbox.publicKey }, from: settings.from },
        brokerSource(),
      ),
    resume: work.resume,
    clock,
    log,
  })
  const zones = openZones({ records, keeper: hands, changes: work, compare: hosts.compare, log })
  const certificates = openCertificateDesk({ records, room, changes: work, clock, log })
  const watch = openWebsiteWatch({
    async checks() {
      const reached = new Map<string, { readonly address: string; readonly https: number }>()
      for (const { id, address, facts } of await records.hosts.all()) {
        const listen = facts?.['listen'] as { readonly address: string; readonly https: number } | undefined
        if (listen !== undefined)
          reached.set(id, { address: /^(\*|0\.0\.0\.0)$/.test(listen.address) ? address : listen.address, https: listen.https })
      }
      return checksIn(await records.hosts.things('check')).flatMap(({ host, ...check }) => {
        const reach = reached.get(host)
        return reach === undefined ? [] : [{ ...check, reach }]
      })
    },
    roots: room.roots,
    clock,
    log,
    ...(options.every === undefined ? {} : { every: options.every }),
  })
  const told = hostingFeeds({ changes: work, hosts, zones, certificates, log })
  const responsible: WebsiteSources['responsible'] = async website =>
    tickets === null
      ? await responsibleFor({ organisation: website.organisation, answers: null, at: clock() }, records.people)
      : await tickets.desk.responsible(website)
  const websites = openWebsites({
    records,
    changes: work,
    up: watch.up,
    certificates: certificates.all,
    handovers: website => handovers.of(website),
    asked: ticket => tickets?.desk.asked(ticket) ?? Promise.resolve(done(null)),
    responsible,
    grace: days(settings.graceDays),
    days: { grace: settings.graceDays, archive: settings.archiveDays },
    ownAuthority: settings.tls.own !== undefined,
    clock,
  })
  const send = tickets?.send ?? (() => Promise.resolve())
  const handovers = openHandovers({ records, responsible, send, base, good: days(settings.handoverDays), clock })

  // Zones are looked at as soon as something became of them, not only in the next round.
  const stop = new AbortController()
  let seeing = Promise.resolve()
  const see = (names?: readonly string[]): void => {
    const call = { signal: AbortSignal.any([stop.signal, AbortSignal.timeout(MINUTE)]), log }
    seeing = Promise.all([seeing, zones.look(call, names)]).then(
      () => undefined,
      (error: unknown) => log.error({ error: String(error) }, 'zones were not looked at'),
    )
  }

  // What Suar itself is to say, one after the other: what was read first must not be told last.
  let telling = Promise.resolve()
  const say = openHostingAlarms(alarms)
  work.onState(change => {
    const tell = async () => {
      say.change(change, change.state === 'undoFailed' ? instructionsFor(change, await records.changes.journal(change.id)) : [])
      if (change.website !== null) told.websites([change.website])
      if (change.state === 'requested' || change.state === 'approved' || change.state === 'planned') return
      certificates.tell(change.website === null ? [] : [change.website])
      const touched = (kind: PlaceKind) => [
        ...new Set('plan' in change ? change.plan.steps.flatMap(({ place }) => (place.kind === kind ? [place.id] : [])) : []),
      ]
      hosts.tell(touched('host'))
      // Also one that was made on its host just now.
      const zonesOf = [...touched('zone'), ...change.wanted.flatMap(({ resource, name }) => (resource === 'zone' ? [name] : []))]
      if (change.state !== 'applying' && zonesOf.length > 0) see(zonesOf)
    }
    telling = telling
      .then(tell)
      .catch((error: unknown) => log.error({ change: change.number, error: String(error) }, 'what came of a change was not told'))
  })
  const lookAtHosts = async (ids: readonly string[]) => {
    for (const id of ids) {
      const host = await hosts.one(id)
      if (host.ok) say.host(host.value)
      else say.noHost(id)
    }
  }
  hosts.onChange(ids => {
    telling = telling.then(() => lookAtHosts(ids)).catch((error: unknown) => log.error({ error: String(error) }, 'alarms of hosts were not told'))
  })
  hosts.onDrift(report => {
    say.drift(report)
    told.everyWebsite()
  })
  watch.onChange((name, domain, trouble) => {
    say.website(name, domain, trouble)
    told.websites([name])
  })

  const rounds = openHostingRounds({
    ...{ records, hosts, keeper: hands, changes: work, certificates, room, enter, clock, log, zone },
    hour: settings.night,
    tell: told.websites,
  })
  const round = openRound({
    every: options.round ?? MINUTE,
    work: rounds.tick,
    trouble: 'Websites and certificates are not looked after: the log says why.',
    log,
  })
  const looking = openRound({
    every: options.round ?? MINUTE,
    async work() {
      work.resume()
      await zones.look({ signal: AbortSignal.timeout(MINUTE), log })
      await tickets?.tick()
      say.certificates(await room.alarms(clock()))
      say.websites(new Set((await records.hosts.things('check')).keys()))
    },
    trouble: 'Zones and certificates are not looked at: the log says why.',
    log,
  })
  const second = setInterval(watch.tick, 1000)
  await lookAtHosts((await records.hosts.all()).map(({ id }) => id))
  see()
  await tickets?.begin()
  work.resume()

  return done({
    ...{ engine, keeper: hands, changes: work, websites, hosts, zones, certificates, handovers, tickets },
    routes: [
      ...websiteRoutes(websites),
      ...changeRoutes(work),
      ...hostRoutes(hosts),
      ...zoneRoutes(zones),
      ...certificateRoutes(certificates),
      ...handoverRoutes(handovers),
      ...(tickets === null ? [] : ticketHostingRoutes(tickets.desk)),
    ],
    feeds: told.feeds(websites),
    night: rounds.tick,
    follow: tickets?.follow ?? (() => Promise.resolve(done(() => undefined))),
    troubles: () => [...round.troubles(), ...looking.troubles(), ...(tickets?.troubles() ?? [])],
    async close() {
      clearInterval(second)
      stop.abort()
      rounds.stop()
      await engine.close()
      await Promise.all([round.close(), looking.close(), watch.close()])
      await tickets?.close()
      await work.close()
      await telling
      await seeing
      hands.close()
    },
  })
}
