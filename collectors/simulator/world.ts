// The whole demonstration at one moment, and one step of it. Pure: the same plan, world, faults and seconds give the same next world.
import type { DeviceId } from '../../daemon/domain/device.ts'
import { type Ats, restingAts, stepAts } from './physics/ats.ts'
import { type Crac, cracWatts, restingCrac, stepCrac } from './physics/crac.ts'
import { closedDoor, type Door, stepDoor } from './physics/doors.ts'
import { type Genset, restingGenset, stepGenset } from './physics/genset.ts'
import { type Host, restingHost, stepHost } from './physics/host.ts'
import { busy, type GearState, localHour, OUTLETS, stepLoad } from './physics/load.ts'
import { inlet, type Room, restingRoom, stepRoom, drawn as warmed } from './physics/room.ts'
import { PER_PORT, type Port, stepTraffic } from './physics/traffic.ts'
import { feeds, restingUps, stepUps, type Ups } from './physics/ups.ts'
import { isGood, type Supply, utilityAt } from './physics/utility.ts'
import type { Plan } from './plan.ts'
import type { Fault } from './scenarios.ts'

export interface World {
  readonly seed: number
  /** Milliseconds since 1970, of the demonstration's clock. */
  readonly now: number
  /** Seconds since it began. */
  readonly t: number
  readonly faults: ReadonlySet<Fault>
  readonly grid: Supply
  readonly genset: Genset
  readonly ats: Ats
  /** W through the changeover. */
  readonly atsWatts: number
  /** W of lights, sockets and the power room's cooler. */
  readonly houseWatts: number
  readonly ups: readonly Ups[]
  readonly gear: readonly GearState[]
  readonly pduLive: readonly boolean[]
  readonly outlets: readonly Float64Array[]
  /** Wh each outlet has given. */
  readonly energy: readonly Float64Array[]
  readonly cracs: readonly Crac[]
  readonly room: Room
  readonly doors: readonly Door[]
  readonly traffic: readonly Float64Array[]
  readonly hosts: readonly Host[]
  /** Since when (world seconds) each device's own electronics have had power; a device without is not in it. */
  readonly powered: ReadonlyMap<DeviceId, number>
  /** Devices whose agents answer: powered, started, and a network path to them lives. */
  readonly answering: ReadonlySet<DeviceId>
}

/** W that a rack PDU takes for itself, and the share lost in cables and breakers between UPS and rack. */
const PDU_OWN = 5
export const CABLE = 0.01
const HOUSE = 1300

/** A calm world: grid good, batteries full, air settled. */
export function beginWorld(plan: Plan, seed: number, now: number): World {
  const grid = utilityAt(seed, 0, false)
  const world: World = {
    seed,
    now,
    t: 0,
    faults: new Set(),
    grid,
    genset: restingGenset(),
    ats: restingAts(grid),
    atsWatts: 0,
    houseWatts: 0,
    ups: plan.upses.map(() => restingUps(grid, restingRoom.power)),
    gear: plan.gears.map(({ watts }) => ({ since: -1e6, tooHot: false, watts })),
    pduLive: plan.pdus.map(() => true),
    outlets: plan.pdus.map(() => new Float64Array(OUTLETS)),
    energy: plan.pdus.map((_, k) => new Float64Array(OUTLETS).fill(40_000 + 1000 * k)),
    cracs: plan.cracs.map((_, k) => restingCrac(9120 + 340 * k)),
    room: restingRoom,
    doors: plan.doors.map(() => closedDoor),
    traffic: plan.switches.map(({ ports }) => new Float64Array(ports.length * PER_PORT)),
    hosts: plan.hosts.map(restingHost),
    powered: new Map([...plan.devices].map(([id, { uptime }]) => [id, -uptime])),
    answering: new Set(plan.devices.keys()),
  }
  return settle(plan, world)
}

/** Lets the air and the machines find their balance without the clock or the counters moving. */
function settle(plan: Plan, from: World): World {
  let world = from
  for (let k = 0; k < 300; k++) world = { ...step(plan, world, 1), t: 0, now: from.now }
  return { ...world, energy: from.energy, genset: from.genset, traffic: from.traffic, hosts: from.hosts, powered: from.powered }
}

/** Moves the world by `seconds`, in steps of at most one second. */
export function advance(plan: Plan, world: World, seconds: number): World {
  let next = world
  for (let left = seconds; left > 1e-9; left -= 1) next = step(plan, next, Math.min(1, left))
  return next
}

export function step(plan: Plan, was: World, dt: number): World {
  const { seed, faults } = was
  const t = was.t + dt
  const now = was.now + dt * 1000
  const has = (fault: Fault): boolean => faults.has(fault)
  const { hour, day } = localHour(now, plan.offset)
  const busyness = busy(hour, day)
  const lit = isGood(was.ats.output)

  // What the racks draw from the outputs as they are.
  const pduLive = plan.pdus.map(({ id, ups }) => {
    const source = was.ups[ups]
    return source !== undefined && feeds(source) && !(id === 'pdu-a4-a' && has('feed-a4-a'))
  })
  const inletOf = (rack: number): number => inlet(was.room, was.cracs, plan.racks[rack] ?? { along: 0, warm: 0 }, 0.6)
  const dead = new Set([...(has('switch-dead') ? ['sw-b3'] : []), ...(has('tenant-server') ? [] : plan.guests)])
  const { gear, outlets } = stepLoad(plan.gears, was.gear, pdu => pduLive[pdu] ?? false, plan.pdus.length, { busyness, seed, t, dead, inletOf })
  const energy = was.energy.map((row, k) => row.map((wh, n) => wh + ((outlets[k]?.[n] ?? 0) * dt) / 3600))
  const heat = gear.reduce((sum, { watts }) => sum + watts, 0)

  // The UPS carry them, from the changeover or from their batteries.
  const demand = upsDemand(plan, outlets, pduLive)
  const ups = was.ups.map((one, k) =>
    stepUps(one, was.ats.output, demand[k] ?? [0, 0, 0], was.room.power, k === 0 && has('ups-a-battery') ? 0.3 : 1, dt),
  )

  // Cooling hangs on the changeover itself.
  const drawn = warmed(was.room, was.cracs, heat)
  const hottest = Math.max(...plan.racks.map(rack => inlet(was.room, was.cracs, rack, 1)))
  const outdoor = 27 + 4 * Math.sin(((hour - 9) / 24) * 2 * Math.PI)
  const cracs = was.cracs.map((one, k) =>
    stepCrac(one, { powered: lit, fault: k === 0 && has('crac-1-stopped'), dirty: k === 1 && has('crac-2-airflow'), drawn, outdoor, hottest }, dt),
  )
  const houseWatts = lit ? HOUSE : 0
  const atsWatts = lit ? houseWatts + ups.reduce((sum, one) => sum + one.inputWatts, 0) + cracs.reduce((sum, one) => sum + cracWatts(one), 0) : 0
  const upsHeat = ups.reduce((sum, one) => sum + one.lossWatts, 0)
  const room = stepRoom(was.room, { cracs, heat, upsHeat, powered: lit }, dt)

  // Sources, last: consumers above saw what stood before this step.
  const grid = utilityAt(seed, t, has('utility-failed'))
  const genset = stepGenset(
    was.genset,
    { seed, t, wanted: was.ats.wantsGenset, refuses: has('genset-refuses'), load: was.ats.position === 'B' ? atsWatts : 0 },
    dt,
  )
  const ats = stepAts(was.ats, grid, genset.supply, dt)

  const doors = was.doors.map((door, k) => stepDoor(door, handsOn(k, has), dt))
  const next = { ...was, t, now, grid, genset, ats, atsWatts, houseWatts, ups, gear, pduLive, outlets, energy, cracs, room, doors }
  const powered = poweredDevices(plan, next)
  const answering = answeringDevices(plan, powered, t)
  const alive = (port: Port): boolean => port.peer !== null && (powered.has(port.peer) || gearUp(plan, gear, port.peer))
  const traffic = was.traffic.map((counters, k) => {
    const self = plan.switches[k]
    if (self === undefined || !powered.has(self.id)) return new Float64Array(counters.length)
    return stepTraffic(counters, self.ports, alive, { seed, t, busyness, dt })
  })
  const hosts = was.hosts.map((host, k) => {
    const own = plan.hosts[k]
    if (own === undefined) return host
    if (!powered.has(own.id)) return { ...restingHost(own), full: host.full }
    return stepHost(host, own, own.id === 'web-1' && has('disk-filling'), { busyness, seed, t, dt })
  })
  return { ...next, powered, answering, traffic, hosts }
}

/** What is done to the door of that number: D1, D2, D3. */
const handsOn = (k: number, has: (fault: Fault) => boolean) => ({
  open: k === 0 && has('door-held'),
  forced: k === 2 && has('door-forced'),
  passes: (k === 0 && has('door-visitor')) || (k === 2 && has('door-opened')),
})

/** W on each phase of each UPS. */
function upsDemand(plan: Plan, outlets: readonly Float64Array[], live: readonly boolean[]): [number, number, number][] {
  const demand = plan.upses.map((): [number, number, number] => [0, 0, 0])
  plan.pdus.forEach(({ ups, phase }, k) => {
    const row = demand[ups]
    if (row !== undefined && live[k] === true) row[phase] += pduWatts(outlets[k]) * (1 + CABLE)
  })
  return demand
}

/** W into a live rack PDU. */
export function pduWatts(outlets: Float64Array | undefined): number {
  let watts = PDU_OWN
  for (const one of outlets ?? []) watts += one
  return watts
}

const gearUp = (plan: Plan, gear: readonly GearState[], id: string): boolean => gear[plan.gearOf.get(id) ?? -1]?.since != null

/** Which devices have power now, and since when. */
function poweredDevices(plan: Plan, world: World): Map<DeviceId, number> {
  const powered = new Map<DeviceId, number>()
  for (const [id, { device, gear }] of plan.devices) {
    const on = gear !== null ? world.gear[gear]?.since !== null : hasPower(plan, world, device.id, device.kind, device.power)
    if (on) powered.set(id, world.powered.get(id) ?? world.t)
  }
  return powered
}

function hasPower(plan: Plan, world: World, id: DeviceId, kind: string, power: readonly string[]): boolean {
  // A UPS answers while it has an input or an output; changeover, genset and fire panel have batteries of their own.
  if (kind === 'ups') return isGood(world.ats.output) || nodeLive(plan, world, id)
  return power.length === 0 || power.some(node => nodeLive(plan, world, node))
}

/** True while a node of the power chain carries voltage. */
function nodeLive(plan: Plan, world: World, id: string): boolean {
  const pdu = plan.pduOf.get(id)
  if (pdu !== undefined) return world.pduLive[pdu] ?? false
  const node = plan.nodes.get(id)
  if (node === undefined) return false
  if (node.kind === 'utility') return isGood(world.grid)
  if (node.kind === 'genset') return isGood(world.genset.supply)
  if (node.kind === 'ats') return isGood(world.ats.output)
  if (node.kind === 'ups') {
    const ups = world.ups[plan.upsOf.get(id) ?? -1]
    return ups !== undefined && feeds(ups)
  }
  return node.from.some(source => nodeLive(plan, world, source))
}

/** Devices that are started and whose path to the core lives. */
function answeringDevices(plan: Plan, powered: ReadonlyMap<DeviceId, number>, t: number): Set<DeviceId> {
  const known = new Map<DeviceId, boolean>()
  const answers = (id: DeviceId): boolean => {
    const before = known.get(id)
    if (before !== undefined) return before
    known.set(id, false)
    const own = plan.devices.get(id)
    const since = powered.get(id)
    const up =
      own !== undefined && since !== undefined && t - since >= own.boot && (own.device.network.length === 0 || own.device.network.some(answers))
    known.set(id, up)
    return up
  }
  return new Set([...plan.devices.keys()].filter(answers))
}
