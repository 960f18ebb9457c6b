// Where things stand and what feeds what: site, rooms, racks, doors, sensors, the power chain. Read from YAML or made on the page.
import { z } from 'zod'
import { Device, Id } from './device.ts'
import { readIp, readRange, readSubnet } from './ip.ts'

/** A point of a device, by names that people write. */
export const PointRef = z.strictObject({ device: Id, key: z.string().min(1) })
export type PointRef = z.infer<typeof PointRef>

const metres = z.number().finite()

/** A rectangle on the floor plan: metres from the site's north-west corner, x east, y south. */
const Box = { x: metres, y: metres, width: metres.positive(), depth: metres.positive() }

export const Site = z.strictObject({
  id: Id,
  name: z.string().min(1),
  kind: z.enum(['dc', 'drc']).default('dc'),
  /** Tier of the Uptime Institute's topology standard that it is built for (S3 F.3: 2). */
  tier: z.int().min(1).max(4).default(2),
  /** IANA time zone. */
  timezone: z.string().default('Asia/Jakarta'),
  /** Limits of rack inlet air in °C (ASHRAE TC 9.9 class A1: recommended 27, allowable 32). */
  inlet: z.strictObject({ warning: z.number().default(27), critical: z.number().default(32) }).prefault({}),
})
export type Site = z.infer<typeof Site>

export const Room = z.strictObject({
  id: Id,
  name: z.string().min(1),
  kind: z.enum(['server', 'power', 'noc', 'other']).default('other'),
  /** Missing: the inventory's first site. */
  site: Id.optional(),
  ...Box,
  /** Edge of a floor tile, m; the plan's grid. */
  tile: metres.positive().default(0.6),
})
export type Room = z.infer<typeof Room>

/** A fenced part of a room. */
export const Cage = z.strictObject({ id: Id, name: z.string().min(1), room: Id, ...Box })
export type Cage = z.infer<typeof Cage>

export const Row = z.strictObject({ id: Id, name: z.string().min(1), room: Id })
export type Row = z.infer<typeof Row>

/** One of the feeds into a rack. */
export const Feed = z.strictObject({
  name: z.enum(['A', 'B', 'C', 'D']),
  /** Node of the power chain: normally the rack's PDU on that side. */
  node: Id,
  /** Rating of the breaker, A, and its nominal voltage and phases. */
  breaker: z.number().positive().default(16),
  voltage: z.number().positive().default(230),
  phases: z.union([z.literal(1), z.literal(3)]).default(1),
  /** Of a single-phase feed: which phase of the panel it hangs on. */
  phase: z.enum(['L1', 'L2', 'L3']).optional(),
})
export type Feed = z.infer<typeof Feed>

export const Rack = z.strictObject({
  id: Id,
  name: z.string().min(1),
  row: Id,
  room: Id,
  ...Box,
  /** Where its front looks. */
  facing: z.enum(['north', 'east', 'south', 'west']),
  units: z.int().min(1).max(60).default(42),
  /** Floor and frame together, kg. */
  maxWeight: z.number().positive().default(900),
  /** What it may draw in all, W; missing: what its feeds carry. */
  maxPower: z.number().positive().optional(),
  /** Network ports that reach it (patch panel). */
  ports: z.int().nonnegative().default(0),
  cage: Id.optional(),
  feeds: z.array(Feed).default([]),
  /** Short name of the organisation that has all of it. */
  tenant: z.string().optional(),
  use: z.string().optional(),
})
export type Rack = z.infer<typeof Rack>

/** What stands in a rack, polled or not. */
export const Equipment = z.strictObject({
  id: Id,
  name: z.string().min(1),
  rack: Id,
  u: z.int().min(1),
  height: z.int().min(1).default(1),
  /** Half: the other face stays free for another. */
  face: z.enum(['front', 'rear', 'both']).default('both'),
  device: Id.optional(),
  /** Short name of the organisation that owns it. */
  tenant: z.string().optional(),
  /** kg. */
  weight: z.number().nonnegative().optional(),
  /** W: of the name plate, and what was agreed with the tenant. */
  nameplate: z.number().positive().optional(),
  agreed: z.number().positive().optional(),
  make: z.string().optional(),
  serial: z.string().optional(),
  /** Inventory number of the owner (KIB). */
  asset: z.string().optional(),
  /** Network ports it takes, and its addresses. */
  ports: z.int().nonnegative().default(0),
  addresses: z.array(z.string()).default([]),
  /** Power supplies: the feed each hangs on and, where known, the outlet's name and its power point. */
  psus: z.array(z.strictObject({ feed: z.enum(['A', 'B', 'C', 'D']), outlet: z.string().min(1).optional(), power: PointRef.optional() })).default([]),
})
export type Equipment = z.infer<typeof Equipment>

export const Door = z.strictObject({
  id: Id,
  name: z.string().min(1),
  room: Id,
  /** Hinge, and where the leaf ends when it is closed. */
  x: metres,
  y: metres,
  toX: metres,
  toY: metres,
  /** Its contact, where it is polled. */
  state: PointRef.optional(),
  /** How closely it is watched: an unexplained opening weighs more the further in it is. */
  zone: z.enum(['public', 'office', 'power', 'server', 'rack']).default('server'),
  /** Of a rack's own door. */
  rack: Id.optional(),
  /** Names under which access controllers tell of it: `<controller>/<door>`. */
  readers: z.array(z.string().min(1)).default([]),
  /** Page of the camera that looks at it. */
  camera: z.url({ protocol: /^https?$/ }).optional(),
})
export type Door = z.infer<typeof Door>

export const Sensor = z.strictObject({
  id: Id,
  name: z.string().min(1),
  room: Id,
  x: metres,
  y: metres,
  /** At a rack: which, on which side, at which U. */
  rack: Id.optional(),
  side: z.enum(['inlet', 'outlet']).optional(),
  u: z.number().optional(),
  /** Of one in the room: metres above the floor. */
  height: metres.optional(),
  point: PointRef,
})
export type Sensor = z.infer<typeof Sensor>

/** A thing on the floor that is no rack: cooling unit, UPS, battery, panel, desk. */
export const Fixture = z.strictObject({
  id: Id,
  name: z.string().min(1),
  room: Id,
  kind: z.enum(['crac', 'ups', 'battery', 'ats', 'panel', 'genset', 'fire', 'desk', 'screen', 'other']),
  ...Box,
  device: Id.optional(),
  /** Up to two figures shown in its box, first one first. */
  shows: z.array(PointRef).max(2).default([]),
})
export type Fixture = z.infer<typeof Fixture>

/** A node of the power chain; `from` are its sources, in order of preference. */
export const PowerNode = z.strictObject({
  id: Id,
  name: z.string().min(1),
  kind: z.enum(['utility', 'genset', 'ats', 'panel', 'ups', 'feed', 'pdu', 'cooling', 'load']),
  from: z.array(Id).default([]),
  device: Id.optional(),
  /** Where its figures come from: power (W), load (%), state, charge (%), runtime (s), voltage (V), frequency (Hz), level (%) … */
  measures: z.record(z.string(), z.union([PointRef, z.array(PointRef)])).default({}),
  /** What it can carry, W; of cooling: the heat it takes away, W. */
  capacity: z.number().positive().optional(),
  /** Breaker before it, A, and the phase of its panel that it hangs on; missing: all three. */
  breaker: z.number().positive().optional(),
  phase: z.enum(['L1', 'L2', 'L3']).optional(),
  /** Of cooling: the room it cools. */
  room: Id.optional(),
})
export type PowerNode = z.infer<typeof PowerNode>

/** A pool of addresses: a subnet, as a rule that of a VLAN. */
export const Network = z
  .strictObject({
    id: Id,
    name: z.string().min(1),
    /** Missing: the inventory's first site. */
    site: Id.optional(),
    /** IEEE 802.1Q. */
    vlan: z.int().min(1).max(4094).optional(),
    cidr: z.string().refine(text => readSubnet(text) !== null, 'write a subnet such as 10.20.0.0/24, no bits beyond its prefix'),
    gateway: z
      .string()
      .refine(text => readIp(text) !== null, 'write an address')
      .optional(),
    /** Not to be given out: addresses, or ranges such as `10.20.0.1-10.20.0.20`. */
    reserved: z.array(z.string().refine(text => readRange(text) !== null, 'write an address, or a range such as 10.20.0.1-10.20.0.20')).default([]),
  })
  .refine(
    ({ cidr, gateway, reserved }) => {
      const subnet = readSubnet(cidr)
      const within = [...(gateway === undefined ? [] : [gateway]), ...reserved].map(readRange)
      return (
        subnet === null ||
        within.every(one => one === null || (one.version === subnet.version && one.first >= subnet.first && one.last <= subnet.last))
      )
    },
    { path: ['reserved'], message: 'the gateway and everything reserved lie inside the subnet' },
  )
export type Network = z.infer<typeof Network>

/** What a service of the catalogue runs on: it is there as long as one device of each group answers. */
const RunsOn = z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]*$/), needs: z.array(z.array(Id).min(1)).min(1) })

export const Inventory = z.strictObject({
  site: Site,
  /** Further sites: a DRC. */
  sites: z.array(Site).default([]),
  rooms: z.array(Room).default([]),
  cages: z.array(Cage).default([]),
  rows: z.array(Row).default([]),
  racks: z.array(Rack).default([]),
  equipment: z.array(Equipment).default([]),
  doors: z.array(Door).default([]),
  sensors: z.array(Sensor).default([]),
  fixtures: z.array(Fixture).default([]),
  power: z.array(PowerNode).default([]),
  networks: z.array(Network).default([]),
  services: z.array(RunsOn).default([]),
  devices: z.array(Device).default([]),
})
export type Inventory = z.infer<typeof Inventory>

/** What pages may know of the inventory: everything but the ways in. */
export type Layout = Omit<Inventory, 'devices' | 'services'>
