// The house: opens what is kept, then its roads, then the front; closes in reverse. Nobody imports it but the start command.
//
//   watch.ts          device → collector → readings → store → alarms → live stream → page
//   service-desk.ts   ticket → dispositions → work → report → minutes → archive
//
// It is one straight line on purpose: reading order is opening order, and each opened thing says at once how it is closed.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { openCorrespondence } from './correspondence.ts'
import type { AgencyView } from './domain/agency.ts'
import type { Call, Clock } from './domain/call.ts'
import { done, type Outcome } from './domain/outcome.ts'
import { figuresOf } from './figures.ts'
import { type Follower, followedBy } from './following.ts'
import { healthOf, pointsOf, troubleBoard } from './health.ts'
import { openHosting } from './hosting.ts'
import { allowing } from './http/guard.ts'
import { placeRoutes } from './http/routes/place.ts'
import { plantRoutes } from './http/routes/plant.ts'
import { guardOf, type Outside, openFront } from './http/server.ts'
import { papersOf } from './papers.ts'
import { openPlace } from './place.ts'
import { openPlaceAnswers } from './place-answers.ts'
import { openPlantAnswers } from './plant-answers.ts'
import { openPorter, type Porter } from './porter.ts'
import { CLOSED, type Office, openPremises } from './premises.ts'
import { openReception } from './reception.ts'
import { openRooms } from './rooms.ts'
import { openSeal } from './seal.ts'
import { everySecond } from './second.ts'
import { openServiceDesk } from './service-desk.ts'
import type { PasswordOptions } from './signin/password.ts'
import { openStaying, promisedBy, watchedBy } from './staying.ts'
import { openRecords } from './store/records.ts'
import { openTelemetry } from './store/telemetry/telemetry.ts'
import { openHub } from './stream/hub.ts'
import { rowFeed } from './stream/rows.ts'
import { ticketFeed } from './stream/tickets.ts'
import { trailFeed } from './stream/trail.ts'
import { openWatch, type WatchOptions } from './watch.ts'

export interface House {
  readonly url: string
  /** Where the first account is made; null when there is one. */
  readonly setup: string | null
  close(): Promise<void>
}

export interface HouseOptions {
  readonly config: Config
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  readonly log: Call['log']
  readonly version: string
  /** Folder of the built dashboard. */
  readonly dashboard: string
  /** For tests: cheaper hashes. */
  readonly hashing?: PasswordOptions
}

/** Opens half-way? Then everything that was opened is closed again, and the failure says what to do. */
export async function openHouse({ config, env, clock, log, version, dashboard, hashing }: HouseOptions): Promise<Outcome<House>> {
  await using doors = new AsyncDisposableStack()
  const startedAt = clock()
  const epoch = randomUUID()
  const troubles = troubleBoard(clock)

  // What is kept.
  const opened = await openRecords({ folder: config.data, log: log.child({ room: 'store' }), clock, environmentKey: env['SUAR_SECRET_KEY'] })
  if (!opened.ok) return opened
  const records = doors.adopt(opened.value, records => records.close())
  const kept = await openTelemetry({
    folder: join(config.data, 'telemetry'),
    log: log.child({ room: 'telemetry' }),
    retention: { raw: config.history.raw * 1000, minutes: config.history.minute * 1000, quarters: config.history.quarter * 1000 },
  })
  if (!kept.ok) return kept
  const telemetry = doors.adopt(kept.value, telemetry => telemetry.close())

  let url = ''
  const base = () => config.http.publicUrl ?? url
  let agency: AgencyView | null = null
  // What stands where.
  const standing = await openPlace({ config, records, clock, log: log.child({ room: 'place' }) })
  if (!standing.ok) return standing
  const place = doors.adopt(standing.value, place => place.close())

  const placing = doors.adopt(openPlaceAnswers({ place, records, base, clock, log: log.child({ room: 'place' }) }), placing => placing.close())

  // The road of readings.
  let porter: Porter | null = null
  const also: WatchOptions['also'] = {
    observe: batch => porter?.observe(batch),
    setPoints: (device, points) => porter?.setPoints(device, points),
  }
  const watching = await openWatch({ config, records, telemetry, place, epoch, clock, log, also, trouble: troubles.say })
  if (!watching.ok) return watching
  const { fleet, alarms, model, poller, networkOf, routes, relax, close } = watching.value
  doors.defer(close)

  // What the building carries.
  const plant = openPlantAnswers({
    layout: () => model.layout(),
    point: ({ device, key }) => model.pointsOf(device).get(key),
    value: no => model.value(no),
    history: (points, from, to, buckets) => telemetry.history(points, from, to, buckets),
    devices: () =>
      [...fleet.members()].map(({ device }) => ({ id: device.id, name: device.name, host: device.address.host, network: networkOf(device) })),
    days: records.capacity,
    reservations: () => promisedBy(records),
    clock,
  })
  doors.defer(plant.counting(log.child({ room: 'plant' })))

  // Who comes in.
  const reception = await openReception({
    config,
    records,
    clock,
    log: log.child({ room: 'signin' }),
    base,
    site: () => ({ name: place.inventory.site.name, timezone: place.inventory.site.timezone }),
    agency: () => agency,
    env,
    ...(hashing === undefined ? {} : { hashing }),
  })
  doors.defer(() => reception.close())

  // Who may come in.
  let office: Office | null = null
  let carriers: readonly string[] = []
  const premising = await openPremises({
    records,
    alarms,
    inventory: () => place.inventory,
    office: () => office ?? CLOSED,
    carriers: () => carriers,
    base,
    language: config.language,
    clock,
    log: log.child({ room: 'premises' }),
  })
  if (!premising.ok) return premising
  const premises = doors.adopt(premising.value, premises => premises.close())
  const followers: Follower[] = [premises]

  // The service desk, and its correspondence.
  const seal = await openSeal(config.desk.signer, env['SUAR_SEAL_PASSWORD'])
  if (!seal.ok) return seal
  const tickets = await openServiceDesk({
    records,
    data: config.data,
    catalogue: config.catalogue === undefined ? [] : [config.catalogue],
    calendar: config.desk.calendar,
    language: config.language,
    base,
    carriers: () => carriers,
    scan: config.desk.scan ?? null,
    seal: seal.value,
    runsOn: () => place.inventory.services,
    deviceName: id => fleet.byId(id)?.device.name ?? id,
    most: config.desk.attachment * 1_048_576,
    following: followedBy(records.audit.together, () => followers),
    ...premises.forms,
    ...papersOf({ records, place, language: config.language }),
    clock,
    log: log.child({ room: 'desk' }),
  })
  if (!tickets.ok) return tickets
  const serviceDesk = doors.adopt(tickets.value, desk => desk.close())
  agency = serviceDesk.agency
  office = serviceDesk.office
  if (config.demonstration.enabled) serviceDesk.play(premises.play)
  const post = await openCorrespondence({
    settings: config.desk.channels,
    records,
    desk: serviceDesk.desk,
    language: config.language,
    clock,
    log: log.child({ room: 'channels' }),
  })
  if (!post.ok) return post
  doors.defer(() => post.value.close())
  carriers = post.value.carriers

  // What stands in the racks for others.
  const [zone, language] = [() => place.inventory.site.timezone, config.language]
  const shared = { records, place, alarms, carriers: () => carriers, base, language, zone, clock, log }
  const watched = watchedBy({ model, telemetry, place, fleet, poller, clock })
  const staying = doors.adopt(openStaying({ ...shared, ...watched, plant }), staying => staying.close())
  followers.push(staying)
  if (config.demonstration.enabled) await staying.play()

  // What is hosted, on which hosts and under which names.
  const hosted = await openHosting({ ...shared, settings: config.provisioning, tickets: { ...shared, desk: serviceDesk.desk, fleet } })
  if (!hosted.ok) return hosted
  const hosting = doors.adopt(hosted.value, hosting => hosting.close())
  followers.push(hosting)

  // What goes on in the rooms.
  const going = await openRooms({ ...shared, config, visits: premises.visits, relax, fleet, model, telemetry, desk: serviceDesk })
  doors.defer(() => going.close())

  // What doors do, and why.
  const keeping = await openPorter({
    settings: config.doors,
    demonstration: config.demonstration.enabled,
    records,
    visits: premises.visits,
    alarms,
    inventory: () => place.inventory,
    working: serviceDesk.working,
    visited: going.visited,
    clock,
    log: log.child({ room: 'doors' }),
  })
  if (!keeping.ok) return keeping
  porter = doors.adopt(keeping.value, porter => porter.close())
  for (const member of fleet.members()) porter.setPoints(member.device.id, member.points)

  // The front.
  const { publicUrl = null, names, tls = null, proxy } = config.http
  const outside: Outside = { publicUrl, names, tls, trusted: proxy?.trusted ?? [] }
  const front = openFront({
    routes: [
      ...reception.routes,
      ...serviceDesk.routes,
      ...premises.routes,
      ...going.routes,
      ...keeping.value.routes,
      ...post.value.routes,
      ...routes,
      ...placeRoutes(placing),
      ...plantRoutes(plant),
      ...staying.routes,
      ...hosting.routes,
    ],
    viewerOf: reception.viewerOf,
    outside,
    dashboard,
    version,
    figures: () => figuresOf({ fleet, alarms, poller, telemetry, hub }),
    notReady: () => ([...fleet.members()].some(member => member.status !== 'new') || fleet.size === 0 ? null : 'no device has been polled yet'),
    log: log.child({ room: 'http' }),
  })
  const hub = openHub({
    http: front.server,
    model,
    epoch,
    clock,
    log: log.child({ room: 'stream' }),
    allowed: allowing(guardOf(outside)),
    viewerOf: reception.peek,
    feeds: [
      ticketFeed(serviceDesk.desk.stream),
      trailFeed(records.audit),
      ...reception.feeds,
      ...serviceDesk.feeds,
      rowFeed(premises.rows),
      rowFeed(keeping.value.rows),
      ...going.rows,
      going.timeline(keeping.value.rows),
      ...staying.feeds,
      ...hosting.feeds,
    ],
  })
  // At once after a change; and every half minute, because offices and sessions also end by themselves.
  const review = () => void hub.review().catch((error: unknown) => log.error({ error: String(error) }, 'the review of open pages failed'))
  reception.onChange(review)
  const reviewing = setInterval(review, 30_000)
  doors.defer(() => clearInterval(reviewing))
  // Together: the hub waits for the last request, and the front lets none go on for long.
  doors.defer(async () => {
    await Promise.all([front.close(), hub.close()])
  })

  // Once a second: delays, silences, notices; and how Suar itself does.
  doors.defer(
    everySecond({
      tell: () =>
        model.setHealth(
          healthOf({
            clock,
            startedAt,
            points: () => pointsOf(fleet.members()),
            value: no => model.value(no),
            poller: poller.figures,
            storeBehind: () => telemetry.stats().behind,
            troubles: () => [
              ...alarms.troubles(),
              ...telemetry.stats().troubles.map(en => ({ en })),
              ...[serviceDesk, premises, going, staying, hosting].flatMap(room => room.troubles().map(en => ({ en }))),
              ...post.value.troubles(),
              ...[keeping.value.trouble(), reception.trouble()].filter(trouble => trouble !== null),
              ...troubles.list(),
            ],
          }),
        ),
      work: () => Promise.all([alarms.tick(), keeping.value.tick()]),
      trouble: 'the tick of alarms and doors failed',
      log,
    }),
  )

  const listening = await front.listen(config.http.host, config.http.port)
  if (!listening.ok) return listening
  url = listening.value.url.replace(/\/$/, '')
  doors.adopt(keeping.value.play(listening.value.url, place, premises.guests), played => played.close())
  const announced = records.announce(url)
  if (!announced.ok) log.warn({ reason: announced.failure.message }, 'commands find this daemon by http.host and http.port only')
  const setup = await reception.setupLink()
  // The link itself is told to whoever starts it: whoever reads the log could make the first account.
  if (setup !== null) log.info({}, 'there is no account yet: the link on standard output makes the first, once, within a day')
  const rooms = doors.move()
  return done({ url: listening.value.url, setup, close: () => rooms.disposeAsync() })
}
