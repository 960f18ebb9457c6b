// Where things stand and what feeds what: site, rooms, racks, doors, sensors, the power chain. Read from YAML or made on the page.
import { z } from 'zod'
import { Device, Id } from './device.ts'

/** A point of a device, by names that people write. */
export const PointRef = z.strictObject({ device: Id, key: z.string().min(1) })
export type PointRef = z.infer<typeof PointRef>

const metres = z.number().finite()

/** A rectangle on the floor plan: metres from the site's north-west corner, x east, y south. */
const Box = { x: metres, y: metres, width: metres.positive(), depth: metres.positive() }

export const Site = z.strictObject({
  id: Id,
  name: z.string().min(1),
  /** IANA time zone. */
  timezone: z.string().default('Asia/Jakarta'),
  /** Limits of rack inlet air in °C (ASHRAE TC 9.9 class A1: recommended 27, allowable 32). */
  inlet: z.strictObject({ warning: z.number().default(27), critical: z.number().default(32) }).prefault({}),
})

export const Room = z.strictObject({ id: Id, name: z.string().min(1), kind: z.enum(['server', 'power', 'noc', 'other']).default('other'), ...Box })
export type Room = z.infer<typeof Room>

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
  feeds: z.array(Feed).default([]),
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
  face: z.enum(['front', 'rear', 'both']).default('both'),
  device: Id.optional(),
  tenant: z.string().optional(),
  /** kg. */
  weight: z.number().nonnegative().optional(),
  /** Power supplies: the feed each hangs on and, where known, the outlet's power point. */
  psus: z.array(z.strictObject({ feed: z.enum(['A', 'B', 'C', 'D']), power: PointRef.optional() })).default([]),
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
  state: PointRef,
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
  kind: z.enum(['utility', 'genset', 'ats', 'panel', 'ups', 'pdu', 'cooling', 'load']),
  from: z.array(Id).default([]),
  device: Id.optional(),
  /** Where its figures come from: power (W), load (%), state, charge (%), runtime (s), voltage (V), frequency (Hz), level (%) … */
  measures: z.record(z.string(), z.union([PointRef, z.array(PointRef)])).default({}),
  /** What it can carry, W. */
  capacity: z.number().positive().optional(),
})
export type PowerNode = z.infer<typeof PowerNode>

export const Inventory = z.strictObject({
  site: Site,
  rooms: z.array(Room).default([]),
  rows: z.array(Row).default([]),
  racks: z.array(Rack).default([]),
  equipment: z.array(Equipment).default([]),
  doors: z.array(Door).default([]),
  sensors: z.array(Sensor).default([]),
  fixtures: z.array(Fixture).default([]),
  power: z.array(PowerNode).default([]),
  devices: z.array(Device).default([]),
})
export type Inventory = z.infer<typeof Inventory>

/** What pages may know of the inventory: everything but the ways in. */
export type Layout = Omit<Inventory, 'devices'>
