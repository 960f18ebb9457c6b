// The watch: the road of readings, wired once, readable top to bottom.
//
//   device → collector → readings → store → alarms → live stream → page
//
// It is one straight line on purpose: reading order is opening order, and each opened thing says at once how it is closed.
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { type ChannelEntry, isChannelEntry, openChannels } from './alarm/channel.ts'
import { type Alarms, openAlarms } from './alarm/open.ts'
import type { Relaxation } from './alarm/relax.ts'
import type { Config } from './config.ts'
import type { Call, Clock } from './domain/call.ts'
import type { Discovery } from './domain/collector.ts'
import type { Device, DeviceId } from './domain/device.ts'
import { done, type Outcome } from './domain/outcome.ts'
import type { Text } from './domain/point.ts'
import type { Batch } from './domain/reading.ts'
import { openShare } from './domain/share.ts'
import { whyWords } from './domain/words/why-words.ts'
import { type Fleet, type NumberedPoint, openFleet } from './fleet/fleet.ts'
import type { Route } from './http/route.ts'
import { alarmRoutes } from './http/routes/alarms.ts'
import { deviceRoutes } from './http/routes/devices.ts'
import { siteRoutes } from './http/routes/site.ts'
import type { Place } from './place.ts'
import type { DiscoveryReason } from './poll/messages.ts'
import { openPoller, type Poller } from './poll/poller.ts'
import { resumeDelays } from './resume-delays.ts'
import { readShelf } from './shelf.ts'
import { StoreFault } from './store/fault.ts'
import type { Records } from './store/records.ts'
import type { Telemetry } from './store/telemetry/telemetry.ts'
import { type Model, openModel } from './stream/model.ts'
import { layoutOf, viewOfDevice, viewOfPoint } from './stream/views.ts'
import { openTopology } from './topology.ts'
import { openAnswers } from './watch-answers.ts'

export interface Watch {
  readonly fleet: Fleet
  readonly alarms: Alarms
  readonly model: Model
  readonly poller: Poller
  /** Network parents of a device: drawn, or told by LLDP. */
  networkOf(device: Device): readonly DeviceId[]
  readonly routes: readonly Route[]
  /** Second limits while people work at a place; pages are told of them. */
  relax(next: Relaxation): void
  close(): Promise<void>
}

export interface WatchOptions {
  readonly config: Config
  readonly records: Records
  readonly telemetry: Telemetry
  readonly place: Place
  readonly epoch: string
  readonly clock: Clock
  readonly log: Call['log']
  /** Who else wants the readings: told after they are in the journal, and of points when they are known. */
  readonly also: {
    observe(batch: Batch): void
    setPoints(device: string, points: readonly NumberedPoint[]): void
  }
  /** For the people: something of Suar's own is not well. */
  readonly trouble: (text: Text) => void
}

/** Opens half-way? Then everything that was opened is closed again, and the failure says what to do. */
export async function openWatch({ config, records, telemetry, place, epoch, clock, log, also, trouble }: WatchOptions): Promise<Outcome<Watch>> {
  await using doors = new AsyncDisposableStack()
  // Who is watched.
  const fleet = openFleet(clock)
  const share = openShare()
  const pointsOf = new Map<number, NumberedPoint[]>()
  for (const { no, device, point } of await records.points.all()) {
    const list = pointsOf.get(device) ?? []
    list.push(share({ ...point, no }))
    pointsOf.set(device, list)
  }
  /** As the records have them, before equipment says where they stand. */
  const own = new Map<string, Device>()
  for (const { no, device, identity } of await records.devices.reconcile(place.inventory.devices)) {
    own.set(device.id, device)
    fleet.put(no, place.placed(device), identity, pointsOf.get(no) ?? [])
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
  const topology = await openTopology({
    store: records.neighbours,
    members: () => fleet.members(),
    changed: ids => {
      alarms.setDevices(watchedDevices())
      for (const id of ids) showDevice(id)
    },
    clock,
    log: log.child({ room: 'fleet' }),
  })
  doors.defer(() => topology.close())
  const watchedDevices = () => {
    topology.refresh()
    return [...fleet.members()].map(({ no, device }) => ({ ...device, no, network: topology.of(device).parents }))
  }

  // What pages see.
  const model = openModel(epoch)
  const showDevice = (id: string) => {
    const member = fleet.byId(id)
    if (member !== undefined) model.setDevice(viewOfDevice(member, topology.of(member.device)))
  }
  const showPoints = (id: string) => {
    const member = fleet.byId(id)
    if (member === undefined) return
    alarms.setPoints(id, member.points)
    also.setPoints(id, member.points)
    model.setPoints(
      id,
      member.points.map(point => viewOfPoint(id, point, alarms.limits(point.no))),
    )
  }
  const showLayout = () => {
    const layout = layoutOf(place.inventory)
    model.setLayout(layout)
    alarms.setLayout(layout)
    alarms.setDevices(watchedDevices())
  }
  showLayout()
  model.setDemo(place.demo())
  place.onDemo(() => model.setDemo(place.demo()))
  for (const { device } of fleet.members()) {
    showDevice(device.id)
    showPoints(device.id)
  }
  const latest = await telemetry.latest()
  model.observe(latest.points, latest.values, latest.at)
  await resumeDelays({ alarms, telemetry, latest, clock, log: log.child({ room: 'alarm' }) })
  model.setAlarms(alarms.open(), clock())
  doors.defer(alarms.onChange(changed => model.setAlarms(changed, clock())))

  // Somebody changed the place: devices go where their equipment stands now.
  doors.defer(
    place.onChange(() => {
      const described = new Map(place.inventory.devices.map(device => [device.id, device]))
      for (const { no, device, identity, points } of [...fleet.members()]) {
        const plain = described.get(device.id) ?? own.get(device.id) ?? device
        own.set(device.id, plain)
        const now = place.placed(plain)
        if (isDeepStrictEqual(now.place, device.place)) continue
        fleet.put(no, now, identity, points)
        showDevice(device.id)
      }
      showLayout()
    }),
  )

  /** What hangs on a switch that is back is asked at once, not when its patience ends: until then it would stand there without a cause. */
  const askBehind = (back: ReadonlySet<string>) => {
    if (back.size === 0) return
    for (const { no, device, status } of fleet.members())
      if (status === 'down' && topology.of(device).parents.some(id => back.has(id))) void poller.pollNow(no)
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
    also.observe(batch)
  }
  const onDiscovered = async (no: number, discovery: Discovery, reason: DiscoveryReason) => {
    const nos = await records.points.register(no, discovery.points)
    await records.devices.setIdentity(no, discovery.identity)
    await topology.learn(no, discovery)
    const points = discovery.points.map((point, i) => share({ ...point, no: nos[i]! }))
    const member = fleet.discovered(no, discovery.identity, points)
    if (member !== undefined) {
      showPoints(member.device.id)
      showDevice(member.device.id)
      if (reason === 'reboot') await records.happenings.add({ at: clock(), kind: 'restart', device: member.device.id })
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
    onTrouble: what => {
      log.warn({ ...what }, 'the poller has trouble')
      const words = whyWords(what.why)
      const name = what.device === null ? undefined : fleet.byNo(what.device)?.device.name
      trouble(name === undefined ? words : { id: `${name}: ${words.id}`, en: `${name}: ${words.en}` })
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

  const answers = openAnswers({
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
  const rooms = doors.move()
  return done({
    fleet,
    alarms,
    model,
    poller,
    networkOf: device => topology.of(device).parents,
    routes: [...deviceRoutes(answers), ...alarmRoutes(answers), ...siteRoutes(answers)],
    relax(next) {
      for (const id of alarms.relax(next)) showPoints(id)
    },
    close: () => rooms.disposeAsync(),
  })
}
