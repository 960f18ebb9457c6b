// The house: opens every room in order, wires the one road of readings, closes in reverse. Nobody imports it but the start command.
//
//   device → collector → readings → store → alarms → live stream → page
//
// It is one straight line on purpose: reading order is opening order, and each opened thing says at once how it is closed.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ChannelEntry, isChannelEntry, openChannels } from './alarm/channel.ts'
import { openAlarms } from './alarm/open.ts'
import type { Config } from './config.ts'
import { openCorrespondence } from './correspondence.ts'
import { openDesk } from './desk.ts'
import type { Call, Clock } from './domain/call.ts'
import type { Discovery } from './domain/collector.ts'
import { done, type Outcome } from './domain/outcome.ts'
import type { Batch } from './domain/reading.ts'
import { openShare } from './domain/share.ts'
import { figuresOf } from './figures.ts'
import { type NumberedPoint, openFleet } from './fleet/fleet.ts'
import { healthOf, troubleBoard } from './health.ts'
import { allowing } from './http/guard.ts'
import { alarmRoutes } from './http/routes/alarms.ts'
import { deviceRoutes } from './http/routes/devices.ts'
import { siteRoutes } from './http/routes/site.ts'
import { guardOf, type Outside, openFront } from './http/server.ts'
import { openPlace } from './place.ts'
import { openPoller } from './poll/poller.ts'
import { openReception } from './reception.ts'
import { openSeal } from './seal.ts'
import { openServiceDesk } from './service-desk.ts'
import { readShelf } from './shelf.ts'
import { StoreFault } from './store/fault.ts'
import { openRecords } from './store/records.ts'
import { openTelemetry } from './store/telemetry/telemetry.ts'
import { openHub } from './stream/hub.ts'
import { openModel } from './stream/model.ts'
import { layoutOf, viewOfDevice, viewOfPoint } from './stream/views.ts'

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
}

/** Opens half-way? Then everything that was opened is closed again, and the failure says what to do. */
export async function openHouse({ config, env, clock, log, version, dashboard }: HouseOptions): Promise<Outcome<House>> {
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

  // What stands where.
  const standing = await openPlace({ config, log: log.child({ room: 'place' }) })
  if (!standing.ok) return standing
  const place = doors.adopt(standing.value, place => place.close())
  const layout = layoutOf(place.inventory)
  const before = await records.layout.current()
  const saved = await records.layout.save(layout, place.source, before?.version ?? 0)
  if (!saved.ok) return saved

  // Who is watched.
  const fleet = openFleet(clock)
  const share = openShare()
  const pointsOf = new Map<number, NumberedPoint[]>()
  for (const { no, device, point } of await records.points.all()) {
    const list = pointsOf.get(device) ?? []
    list.push(share({ ...point, no }))
    pointsOf.set(device, list)
  }
  for (const { no, device, identity } of await records.devices.reconcile(place.inventory.devices)) {
    fleet.put(no, device, identity, pointsOf.get(no) ?? [])
  }

  // What is wrong, and who is told.
  const shelf = await readShelf<ChannelEntry>(fileURLToPath(new URL('./alarm/channels/', import.meta.url)), isChannelEntry)
  if (!shelf.ok) return shelf
  const channels = openChannels(config.notify.channels, shelf.value)
  if (!channels.ok) return channels
  const alarms = await openAlarms({
    store: records.alarms,
    outbox: records.outbox,
    channels: channels.value,
    settings: { limits: config.alarms.limits, recipients: config.notify.recipients },
    clock,
    log: log.child({ room: 'alarm' }),
  })
  doors.defer(() => alarms.close())
  const watchedDevices = () => [...fleet.members()].map(({ no, device }) => ({ ...device, no }))

  // What pages see.
  const model = openModel(epoch)
  const showDevice = (id: string) => {
    const member = fleet.byId(id)
    if (member !== undefined) model.setDevice(viewOfDevice(member))
  }
  const showPoints = (id: string) => {
    const member = fleet.byId(id)
    if (member === undefined) return
    alarms.setPoints(id, member.points)
    model.setPoints(
      id,
      member.points.map(point => viewOfPoint(id, point, alarms.limits(point.no))),
    )
  }
  model.setLayout(layout)
  model.setDemo(place.demo())
  place.onDemo(() => model.setDemo(place.demo()))
  alarms.setLayout(layout)
  alarms.setDevices(watchedDevices())
  for (const { device } of fleet.members()) {
    showDevice(device.id)
    showPoints(device.id)
  }
  const latest = await telemetry.latest()
  model.observe(latest.points, latest.values, latest.at)
  model.setAlarms(alarms.open(), clock())
  doors.defer(alarms.onChange(changed => model.setAlarms(changed, clock())))

  /** What hangs on a switch that is back is asked at once, not when its patience ends: until then it would stand there without a cause. */
  const askBehind = (back: ReadonlySet<string>) => {
    if (back.size === 0) return
    for (const { no, device, status } of fleet.members()) if (status === 'down' && device.network.some(id => back.has(id))) void poller.pollNow(no)
  }

  // The road: every batch is in the journal before anybody sees it.
  const onBatch = async (batch: Batch) => {
    try {
      await telemetry.append(batch)
    } catch (error) {
      // A full disk keeps them in memory until there is space and says so itself; only what was refused is tried again.
      if (!(error instanceof StoreFault) || error.failure.retry) throw error
      if (error.failure.kind === 'invalid')
        log.error({ readings: batch.points.length, reason: error.failure.message }, 'readings were refused for good')
    }
    const changed = fleet.polled(batch.polls, poller.why)
    for (const { device } of changed) showDevice(device.id)
    askBehind(new Set(changed.filter(({ status }) => status === 'up').map(({ device }) => device.id)))
    model.observe(batch.points, batch.values, batch.at)
    alarms.observe(batch)
  }
  const onDiscovered = async (no: number, discovery: Discovery) => {
    const nos = await records.points.register(no, discovery.points)
    await records.devices.setIdentity(no, discovery.identity)
    const points = discovery.points.map((point, i) => share({ ...point, no: nos[i]! }))
    const member = fleet.discovered(no, discovery.identity, points)
    if (member !== undefined) {
      showPoints(member.device.id)
      showDevice(member.device.id)
      for (const remark of discovery.remarks) log.info({ device: member.device.id }, remark)
    }
    return nos
  }
  const poller = openPoller({
    log: log.child({ room: 'poll' }),
    clock,
    options: { timeout: config.snmp.timeout * 1000, retries: config.snmp.retries, siteProfiles: config.profiles ?? null },
    onBatch,
    onDiscovered,
    onTrouble: trouble => {
      log.warn({ ...trouble }, 'the poller has trouble')
      troubles.say(trouble.message)
    },
  })
  doors.defer(() => poller.close())
  const adopt = (no: number) => {
    const member = fleet.byNo(no)
    if (member === undefined) return
    const known = member.points.length === 0 ? null : { points: member.points, nos: Uint32Array.from(member.points, point => point.no) }
    poller.adopt(no, { address: member.device.address, access: member.device.access }, known)
  }
  for (const { no } of fleet.members()) adopt(no)

  // Who comes in.
  let url = ''
  const reception = await openReception({ config, records, clock, log: log.child({ room: 'signin' }), base: () => config.http.publicUrl ?? url, env })
  doors.defer(() => reception.close())

  // The service desk, and its correspondence.
  const seal = await openSeal(config.desk.signer, env['SUAR_SEAL_PASSWORD'])
  if (!seal.ok) return seal
  let carriers: readonly string[] = []
  const tickets = await openServiceDesk({
    records,
    data: config.data,
    catalogue: config.catalogue === undefined ? [] : [config.catalogue],
    calendar: config.desk.calendar,
    language: config.language,
    base: () => config.http.publicUrl ?? url,
    carriers: () => carriers,
    scan: config.desk.scan ?? null,
    seal: seal.value,
    most: config.desk.attachment * 1_048_576,
    clock,
    log: log.child({ room: 'desk' }),
  })
  if (!tickets.ok) return tickets
  const serviceDesk = doors.adopt(tickets.value, desk => desk.close())
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

  // The front.
  const { publicUrl = null, names, tls = null, proxy } = config.http
  const outside: Outside = { publicUrl, names, tls, trusted: proxy?.trusted ?? [] }
  const desk = openDesk({
    fleet,
    model,
    records,
    telemetry,
    alarms,
    poller,
    place,
    channels: config.notify,
    clock,
    adopt,
    showDevice,
    showPoints,
    watchedDevices,
  })
  const front = openFront({
    routes: [...reception.routes, ...serviceDesk.routes, ...post.value.routes, ...deviceRoutes(desk), ...alarmRoutes(desk), ...siteRoutes(desk)],
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
    desk: serviceDesk.desk.stream,
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
  let ticking = false
  const second = setInterval(() => {
    model.setHealth(
      healthOf({
        clock,
        startedAt,
        points: function* () {
          for (const member of fleet.members()) yield* member.points
        },
        value: no => model.value(no),
        poller: poller.figures,
        storeBehind: () => telemetry.stats().behind,
        troubles: () => [
          ...alarms.troubles(),
          ...telemetry.stats().troubles,
          ...serviceDesk.troubles(),
          ...post.value.troubles(),
          ...troubles.list(),
        ],
      }),
    )
    if (ticking) return
    ticking = true
    alarms
      .tick()
      .catch((error: unknown) => log.error({ error: String(error) }, 'the alarm tick failed'))
      .finally(() => {
        ticking = false
      })
  }, 1000)
  doors.defer(() => clearInterval(second))

  const listening = await front.listen(config.http.host, config.http.port)
  if (!listening.ok) return listening
  url = listening.value.url.replace(/\/$/, '')
  const setup = await reception.setupLink()
  if (setup !== null) log.info({ setup }, 'there is no account yet: this link makes the first, once, within a day')
  const rooms = doors.move()
  return done({ url: listening.value.url, setup, close: () => rooms.disposeAsync() })
}
