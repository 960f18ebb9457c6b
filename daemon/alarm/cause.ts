// Why an alarm is there: which other open alarm explains it. Pure, decided anew whenever the open alarms change.
//
// A silence that another alarm explains (a device behind a dead switch, without power, a point of a silent device) is suppressed.
// A measured consequence (UPS on battery, CRAC stopped, rack inlet warm) is grouped under its cause, and stays visible and counted.
import type { Alarm } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import type { DeviceId } from '../domain/device.ts'
import type { Sensor } from '../domain/inventory.ts'
import type { Quantity } from '../domain/quantity.ts'
import type { Meaning } from '../domain/state.ts'
import { type DeviceFacts, meaningOf, older, type PowerView, powerView, type World } from './power.ts'

export interface Explained {
  readonly cause: number
  readonly suppressed: boolean
}

/** What threatens people or comes from outside is never explained away. */
const OWN: ReadonlySet<Meaning> = new Set(['fire', 'smoke', 'leak', 'doorOpen', 'doorForced', 'doorHeld', 'unlocked', 'motion', 'batteryReplace'])

/** What a failed mains does to each kind of device between it and the load. */
const OF_UPS: ReadonlySet<Meaning> = new Set(['onBattery', 'batteryLow', 'discharged', 'outputOff', 'noSource', 'redundancyLost', 'boost', 'bypass'])
const OF_ATS: ReadonlySet<Meaning> = new Set(['sourceA', 'sourceB', 'noSource', 'redundancyLost', 'outputOff', 'fault'])
const OF_GENSET: ReadonlySet<Meaning> = new Set(['starting', 'running', 'startFailed', 'cooldown', 'standby', 'on'])
const ELECTRIC: ReadonlySet<Quantity> = new Set(['voltage', 'frequency', 'current', 'power'])
const OF_BATTERY: ReadonlySet<Quantity> = new Set(['charge', 'runtime', 'voltage', 'frequency'])

/** Milliseconds that a device may take to start again after its supply was interrupted. */
const RESTART = 300_000
/** Milliseconds by which a device may have fallen silent before the failure was read: it was heard at its last poll only. */
const SEEN_LATE = 60_000

/** Open alarms → what explains each at `now`; those not named stand for themselves. */
export function explain(
  alarms: readonly Alarm[],
  world: World,
  now: Instant = Math.max(...alarms.map(alarm => alarm.raisedAt)),
): ReadonlyMap<number, Explained> {
  const ordered = [...alarms].sort(older)
  const byDevice = new Map<DeviceId, Alarm[]>()
  const down = new Map<DeviceId, Alarm>()
  for (const alarm of ordered) {
    if (alarm.device === null) continue
    const list = byDevice.get(alarm.device)
    if (list === undefined) byDevice.set(alarm.device, [alarm])
    else list.push(alarm)
    if (alarm.condition.kind === 'down') down.set(alarm.device, alarm)
  }
  const cut = cutOff(down, world)
  const power = powerView(ordered, world, id => cut(id) !== null)
  const cooling = coolingAlarms(ordered, world, power)
  const found = new Map<number, Explained>()

  const candidates = (alarm: Alarm): readonly (Alarm | null)[] => {
    const device = alarm.device === null ? undefined : world.devices.get(alarm.device)
    if (device === undefined) return []
    switch (alarm.condition.kind) {
      case 'system':
        return []
      case 'down':
        // A refused credential or a changed key is an answer: neither power nor path is missing.
        return isAnswer(alarm.condition.why)
          ? []
          : [power.feeding(device).cause, cut(device.id), restarting(power.interrupted(device), alarm.condition.since, now)]
      case 'stale': {
        const mute =
          alarm.point === null ? null : (byDevice.get(device.id)?.find(one => one.condition.kind === 'stale' && one.point === null) ?? null)
        return [down.get(device.id) ?? null, mute, power.feeding(device).cause]
      }
      case 'state':
      case 'above':
      case 'below':
        return consequence(alarm, device, byDevice.get(device.id) ?? [], power, cooling, world)
    }
  }

  for (const alarm of ordered) {
    for (const cause of candidates(alarm)) {
      if (cause === null || cause.id === alarm.id || leadsTo(cause.id, alarm.id, found)) continue
      found.set(alarm.id, { cause: cause.id, suppressed: isSilence(alarm) || meaningOf(alarm) === 'utilityFailed' })
      break
    }
  }
  return found
}

/** A device that fell silent with its supply starts again when a genset has taken over; for so long the failure explains it. */
function restarting(failure: Alarm | null, since: Instant, now: Instant): Alarm | null {
  if (failure === null || now - failure.raisedAt >= RESTART) return null
  return since >= failure.raisedAt - SEEN_LATE ? failure : null
}

/** Silence says nothing of its own, and neither does the second voice that tells of the same failed supply. */
const isSilence = ({ condition: { kind } }: Alarm): boolean => kind === 'down' || kind === 'stale'

const isAnswer = (why: string): boolean => why === 'wrongCredential' || why === 'hostKeyChanged' || why === 'hostKeyUnknown'

/** Would make a ring. */
function leadsTo(from: number, to: number, found: ReadonlyMap<number, Explained>): boolean {
  for (let id: number | undefined = from; id !== undefined; id = found.get(id)?.cause) if (id === to) return true
  return false
}

/** The down alarm that cuts a device off: all its network parents are down, or cut off themselves. */
function cutOff(down: ReadonlyMap<DeviceId, Alarm>, world: World): (device: DeviceId) => Alarm | null {
  const known = new Map<DeviceId, Alarm | null>()
  return function cut(id: DeviceId): Alarm | null {
    const before = known.get(id)
    if (before !== undefined) return before
    known.set(id, null)
    const parents = world.devices.get(id)?.network ?? []
    const dead = parents.map(parent => down.get(parent) ?? cut(parent))
    const first = dead.filter(alarm => alarm !== null).sort(older)[0] ?? null
    const decided = dead.length > 0 && dead.every(alarm => alarm !== null) ? first : null
    known.set(id, decided)
    return decided
  }
}

function consequence(
  alarm: Alarm,
  device: DeviceFacts,
  sameDevice: readonly Alarm[],
  power: PowerView,
  cooling: (alarm: Alarm) => Alarm | null,
  world: World,
): readonly (Alarm | null)[] {
  const meaning = meaningOf(alarm)
  if (meaning !== null && OWN.has(meaning)) return []
  const quantity = alarm.point === null ? null : world.quantity(alarm.point.no)
  if (meaning === 'utilityFailed') return [first(power, alarm)]
  switch (device.kind) {
    case 'ups': {
      const fed = power.feeding(device).cause
      const discharging = sameDevice.find(one => meaningOf(one) === 'onBattery') ?? null
      if (meaning === 'onBattery') return [fed]
      if (meaning !== null && OF_UPS.has(meaning)) return [discharging, fed]
      const worn = alarm.point?.key.startsWith('battery.') ? (sameDevice.find(one => meaningOf(one) === 'batteryReplace') ?? null) : null
      return quantity !== null && alarm.condition.kind === 'below' && OF_BATTERY.has(quantity) ? [discharging, fed, worn] : [worn]
    }
    case 'ats':
      return (meaning !== null && OF_ATS.has(meaning)) || (quantity !== null && ELECTRIC.has(quantity)) ? [power.failedUtility(device.id)] : []
    case 'genset':
      // Its common alarm only repeats that it did not start.
      if (meaning === 'fault') return [sameDevice.find(one => meaningOf(one) === 'startFailed') ?? null]
      return meaning !== null && OF_GENSET.has(meaning) ? [power.failedUtility(device.id)] : []
    case 'crac':
    case 'chiller':
      return [power.feeding(device).cause, worseOf(alarm, sameDevice, world), isHeat(alarm, quantity) ? cooling(alarm) : null]
    case 'environment':
      return [isHeat(alarm, quantity) ? cooling(alarm) : null]
    default:
      return [power.feeding(device).cause, isHeat(alarm, quantity) && isSensor(alarm, world) !== null ? cooling(alarm) : null]
  }
}

/** The first alarm that says the same supply failed. */
function first(power: PowerView, alarm: Alarm): Alarm | null {
  for (const same of power.failures.values()) if (same.some(one => one.id === alarm.id)) return same[0] ?? null
  return null
}

const isHeat = (alarm: Alarm, quantity: Quantity | null): boolean =>
  alarm.condition.kind === 'above' && (quantity === 'temperature' || quantity === 'dewpoint' || quantity === 'humidity')

/** How near to the root of a cooling unit's trouble an alarm is: standing still, air, filter, then what is measured. */
function coolingRank(alarm: Alarm, quantity: Quantity | null): number | null {
  switch (meaningOf(alarm)) {
    case 'stopped':
    case 'off':
    case 'outputOff':
    case 'fault':
      return 0
    case 'fanFailed':
    case 'airflowLow':
      return 1
    case 'filterDirty':
      return 2
    default:
      if (alarm.condition.kind === 'below' && quantity === 'airflow') return 1
      if (quantity === 'pressure') return 2
      return alarm.condition.kind === 'above' || alarm.condition.kind === 'below' ? 3 : null
  }
}

/** On one cooling unit the deepest trouble explains the rest: no air explains the filter's reading and the return temperature. */
function worseOf(alarm: Alarm, sameDevice: readonly Alarm[], world: World): Alarm | null {
  const rankOf = (one: Alarm): number | null => coolingRank(one, one.point === null ? null : world.quantity(one.point.no))
  const own = rankOf(alarm)
  if (own === null) return null
  const deeper = sameDevice.filter(one => (rankOf(one) ?? own) < own)
  return deeper.sort((a, b) => (rankOf(a) ?? 0) - (rankOf(b) ?? 0) || older(a, b))[0] ?? null
}

const isSensor = (alarm: Alarm, world: World): Sensor | null =>
  world.layout.sensors.find(sensor => sensor.point.device === alarm.device && sensor.point.key === alarm.point?.key) ?? null

/** The trouble of the cooling in the room where an alarm is measured: a unit that stands still before one that lacks air. */
function coolingAlarms(ordered: readonly Alarm[], world: World, power: PowerView): (alarm: Alarm) => Alarm | null {
  const rooms = new Map<string, { readonly alarm: Alarm; readonly rank: number }[]>()
  const note = (device: DeviceFacts, alarm: Alarm, rank: number): void => {
    for (const room of coolsRooms(device, world)) {
      const list = rooms.get(room)
      if (list === undefined) rooms.set(room, [{ alarm, rank }])
      else list.push({ alarm, rank })
    }
  }
  for (const alarm of ordered) {
    const device = alarm.device === null ? undefined : world.devices.get(alarm.device)
    if (device === undefined || !isCooling(device)) continue
    const rank = coolingRank(alarm, alarm.point === null ? null : world.quantity(alarm.point.no))
    if (rank !== null && rank <= 1) note(device, alarm, rank)
  }
  // A unit without power cools nothing, even when it cannot say so any more.
  for (const device of world.devices.values()) {
    const cause = isCooling(device) ? power.feeding(device).cause : null
    if (cause !== null) note(device, cause, 9)
  }
  for (const list of rooms.values()) list.sort((a, b) => a.rank - b.rank || older(a.alarm, b.alarm))
  return alarm => {
    const room = roomOf(alarm, world)
    return room === null ? null : (rooms.get(room)?.find(one => one.alarm.device !== alarm.device)?.alarm ?? null)
  }
}

const isCooling = ({ kind }: DeviceFacts): boolean => kind === 'crac' || kind === 'chiller'

/** A chiller cools every room that has a unit of its own; a CRAC the room it stands in. */
function coolsRooms(device: DeviceFacts, world: World): readonly string[] {
  if (device.kind === 'chiller') return world.layout.rooms.filter(room => room.kind === 'server').map(room => room.id)
  const room = device.place?.room ?? world.layout.fixtures.find(fixture => fixture.device === device.id)?.room
  return room === undefined ? [] : [room]
}

function roomOf(alarm: Alarm, world: World): string | null {
  const sensor = isSensor(alarm, world)
  if (sensor !== null) return sensor.room
  const device = alarm.device === null ? undefined : world.devices.get(alarm.device)
  const rack = world.layout.racks.find(one => one.id === device?.place?.rack)
  return rack?.room ?? device?.place?.room ?? world.layout.fixtures.find(fixture => fixture.device === alarm.device)?.room ?? null
}
