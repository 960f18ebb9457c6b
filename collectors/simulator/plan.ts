// The demonstration's plan: inventory and plant data joined into what the physics step over. Nothing here changes while it runs.
import type { Device, DeviceId } from '../../daemon/domain/device.ts'
import type { Inventory, PowerNode, Sensor } from '../../daemon/domain/inventory.ts'
import { type HostPlan, hostPlan } from './physics/host.ts'
import { type Gear, gearChannel } from './physics/load.ts'
import { chance } from './physics/noise.ts'
import type { RackAir } from './physics/room.ts'
import type { DemoSite } from './site.ts'
import { type SwitchPlan, switchPlans } from './wiring.ts'

interface PduPlan {
  readonly id: DeviceId
  readonly rack: string
  /** Phase of the UPS it hangs on. */
  readonly phase: 0 | 1 | 2
  /** UPS that feeds it, by number. */
  readonly ups: number
}

interface DevicePlan {
  readonly device: Device
  /** Seconds from power to its first answer. */
  readonly boot: number
  /** Seconds it had been up when the world began. */
  readonly uptime: number
  /** Equipment it is, by number, when it stands in a rack as such. */
  readonly gear: number | null
}

export interface Plan {
  readonly inventory: Inventory
  /** Minutes east of UTC. */
  readonly offset: number
  readonly racks: readonly (RackAir & { readonly id: string })[]
  /** Equipment of the inventory; and guests, which are in none and run only while they are plugged in. */
  readonly gears: readonly Gear[]
  readonly guests: readonly string[]
  readonly pdus: readonly PduPlan[]
  readonly upses: readonly PowerNode[]
  readonly cracs: readonly DeviceId[]
  readonly doors: readonly DeviceId[]
  readonly hosts: readonly HostPlan[]
  readonly switches: readonly SwitchPlan[]
  readonly sensors: readonly Sensor[]
  readonly devices: ReadonlyMap<DeviceId, DevicePlan>
  readonly nodes: ReadonlyMap<string, PowerNode>
  /** Numbers by id. */
  readonly gearOf: ReadonlyMap<string, number>
  readonly pduOf: ReadonlyMap<string, number>
  readonly upsOf: ReadonlyMap<string, number>
}

/** Seconds from power to the first answer, by kind; a network card of a UPS is slow, a sensor hub is not. */
const BOOT: Readonly<Partial<Record<Device['kind'], number>>> = { server: 70, switch: 80, ups: 25, pdu: 12, crac: 15, environment: 20, door: 8 }

/** Joins everything; `seed` spreads uptimes and the like. */
export function makePlan({ inventory, plant }: DemoSite, seed: number, now: number): Plan {
  const nodes = new Map(inventory.power.map(node => [node.id, node]))
  const upses = inventory.power.filter(({ kind }) => kind === 'ups')
  const racks = inventory.racks.map(rack => ({ id: rack.id, along: along(inventory, rack.x), warm: plant.racks[rack.id]?.warm ?? 0.3 }))
  const pdus = inventory.devices
    .filter(({ kind }) => kind === 'pdu')
    .map(({ id, place }): PduPlan => {
      const rack = place?.rack ?? ''
      return { id, rack, phase: phaseOf(inventory.racks.findIndex(known => known.id === rack)), ups: Math.max(0, upsOf(id, nodes, upses)) }
    })
  const standing = inventory.equipment
    .filter(({ psus }) => psus.length > 0)
    .map((item): Gear => {
      const named = gearChannel(item.id)
      return {
        id: item.id,
        rack: racks.findIndex(rack => rack.id === item.rack),
        watts: plant.watts[item.id] ?? 200,
        psus: item.psus.flatMap(({ power }) =>
          power === undefined ? [] : [{ pdu: pdus.findIndex(({ id }) => id === power.device), outlet: Number(/\d+/.exec(power.key)?.[0] ?? 1) }],
        ),
        split: 0.49 + 0.04 * chance(seed, named, 1),
        channel: named,
        boot: 60 + 60 * chance(seed, named, 2),
      }
    })
  const visiting = Object.entries(plant.guests).map(([id, { rack, watts, outlets }]): Gear & { readonly at: string } => ({
    id,
    at: rack,
    rack: racks.findIndex(one => one.id === rack),
    watts,
    psus: Object.entries(outlets).map(([device, outlet]) => ({ pdu: pdus.findIndex(({ id: pdu }) => pdu === device), outlet })),
    split: 0.5,
    channel: gearChannel(id),
    boot: 60,
  }))
  const gears = [...standing, ...visiting]
  const devices = new Map(
    inventory.devices.map((device): [DeviceId, DevicePlan] => {
      const equipment = inventory.equipment.find(item => item.device === device.id)
      const gear = equipment === undefined ? -1 : gears.findIndex(({ id }) => id === equipment.id)
      return [
        device.id,
        { device, boot: BOOT[device.kind] ?? 0, uptime: 86_400 * (20 + 180 * chance(seed, gearChannel(device.id), 3)), gear: gear < 0 ? null : gear },
      ]
    }),
  )
  const of = (kind: Device['kind']): DeviceId[] => inventory.devices.filter(device => device.kind === kind).map(({ id }) => id)
  return {
    inventory,
    offset: offsetOf(inventory.site.timezone, now),
    racks,
    gears,
    guests: visiting.map(({ id }) => id),
    pdus,
    upses,
    cracs: of('crac'),
    doors: of('door'),
    hosts: of('server').map(id => hostPlan(id, id.includes('db'))),
    switches: switchPlans(inventory, gears, visiting),
    sensors: inventory.sensors,
    devices,
    nodes,
    gearOf: numbers(gears),
    pduOf: numbers(pdus),
    upsOf: numbers(upses),
  }
}

const numbers = (list: readonly { readonly id: string }[]): Map<string, number> => new Map(list.map(({ id }, k) => [id, k]))

const phaseOf = (n: number): 0 | 1 | 2 => (n % 3 === 0 ? 0 : n % 3 === 1 ? 1 : 2)

/** 0 at the west end of the rows, 1 at the east end. */
function along({ racks }: Inventory, x: number): number {
  const all = racks.map(rack => rack.x)
  const west = Math.min(...all)
  return (x - west) / Math.max(1e-9, Math.max(...all) - west)
}

/** Number of the UPS that a node hangs on, or −1. */
function upsOf(id: string, nodes: ReadonlyMap<string, PowerNode>, upses: readonly PowerNode[]): number {
  const here = upses.findIndex(node => node.id === id)
  if (here >= 0) return here
  for (const source of nodes.get(id)?.from ?? []) {
    const found = upsOf(source, nodes, upses)
    if (found >= 0) return found
  }
  return -1
}

/** Minutes that the zone is east of UTC at `now`. */
function offsetOf(zone: string, now: number): number {
  const name =
    new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(now).find(({ type }) => type === 'timeZoneName')
      ?.value ?? 'GMT'
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
