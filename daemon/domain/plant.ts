// What the building carries: power traced and loaded, what fails with what, what it used. Words of the answers.
import type { Instant } from './call.ts'
import type { Feed, PointRef, PowerNode } from './inventory.ts'

/** The value of a point in its canonical unit, now or as some day's figure; null: none is known. */
export type Readings = (ref: PointRef) => { readonly value: number; readonly at: Instant } | null

export type FeedName = Feed['name']
export const PHASES = ['L1', 'L2', 'L3'] as const
export type Phase = (typeof PHASES)[number]

/** Nodes of the inventory by their own id; derived ones as `feed:<rack>:<A>`, `outlet:<rack>:<A>:<outlet>`, `psu:<equipment>:<1…>`, `item:<equipment>`. */
export type NodeId = string
export type NodeKind = PowerNode['kind'] | 'rackFeed' | 'outlet' | 'psu' | 'item'

export interface PlantNode {
  readonly id: NodeId
  readonly name: string
  readonly kind: NodeKind
  readonly device: string | null
  readonly rack: string | null
  /** Of what stands in a rack: its equipment's id. */
  readonly equipment: string | null
}

/**
 * Where a figure comes from: read at the very thing; summed of what hangs below it; agreed with the tenant; of the name plate; not known at all.
 * A sum is as good as its parts: `measured` says which share of it was read somewhere.
 */
export type Basis = 'measured' | 'summed' | 'agreed' | 'nameplate' | 'unknown'

export interface Amount {
  /** Null: nothing is known. */
  readonly value: number | null
  readonly basis: Basis
  /** 0…1: the share of `value` that was read. */
  readonly measured: number
  /** Things below of which nothing is known: with any, `value` is at least so much. */
  readonly missing: number
  /** When the oldest reading in it was taken. */
  readonly at: Instant | null
}

/** How much of what may flow does: `breaker` counts to 80 % of its rating (continuous load), `capacity` to all of it. */
export interface Burden {
  readonly node: NodeId
  readonly by: 'breaker' | 'capacity'
  /** Of a breaker in A on its fullest phase, of a capacity in W. */
  readonly value: number
  readonly rating: number
  /** What counts as full: 0.8 × rating, or rating. */
  readonly limit: number
  /** Of the rating. */
  readonly percent: number
  readonly over: boolean
  /** The fullest phase; null where one-phase or not known. */
  readonly phase: Phase | null
}

export interface NodeLoad {
  readonly node: NodeId
  /** W. */
  readonly power: Amount
  /** A: read, or W over the nominal voltage; of three phases the fullest. */
  readonly current: Amount
  /** W on L1, L2, L3; null where it is not known how the load lies on them. */
  readonly phases: readonly [number, number, number] | null
  /** W that reservations will add. */
  readonly planned: number
  /** W read here that nothing known below explains. */
  readonly unexplained: number
  readonly burdens: readonly Burden[]
}

export interface TraceEdge {
  readonly from: NodeId
  readonly to: NodeId
  /** 0: the source that carries while it lives. */
  readonly preference: number
}

export interface Trace {
  readonly node: PlantNode
  /** Everything it can be fed by, and every way there, from the node to a source. */
  readonly up: {
    readonly nodes: readonly PlantNode[]
    readonly edges: readonly TraceEdge[]
    readonly paths: readonly (readonly NodeId[])[]
    readonly more: boolean
  }
  readonly down: { readonly nodes: readonly PlantNode[]; readonly edges: readonly TraceEdge[] }
  readonly loads: readonly NodeLoad[]
}

export interface Shifted {
  readonly node: NodeId
  /** W. */
  readonly before: number
  readonly after: number
}

export interface WhatIf {
  readonly failed: readonly NodeId[]
  /** Equipment that stands still. */
  readonly dark: readonly NodeId[]
  /** Equipment that had several feeds and is left with one. */
  readonly oneLeg: readonly NodeId[]
  /** Nodes of the chain, cooling too, that are without power (without the failed themselves). */
  readonly dead: readonly NodeId[]
  /** UPSs that run on battery, and for how long by their reading, s. */
  readonly battery: readonly { readonly node: NodeId; readonly runtime: number | null }[]
  readonly shifted: readonly Shifted[]
  /** Beyond its limit then. */
  readonly over: readonly Burden[]
  readonly cooling: readonly RoomCooling[]
  /** W of racks whose load is known only in sum, taken to move wholly to the surviving feeds. */
  readonly assumed: number
  /** W that go out. */
  readonly lost: number
}

/** Of one component's failure: enough to rank them. */
export interface Loss {
  readonly node: NodeId
  readonly kind: NodeKind
  readonly dark: number
  readonly oneLeg: number
  readonly over: readonly Burden[]
  /** Rooms whose heat the rest of the cooling cannot take. */
  readonly hot: readonly string[]
  readonly lost: number
}

/** The chain down to the rack PDUs with what each node carries; what hangs in racks is asked by its trace. */
export interface PowerView {
  readonly nodes: readonly PlantNode[]
  readonly edges: readonly TraceEdge[]
  readonly loads: readonly NodeLoad[]
}

/** Losing any one of UPS, panel, feed, PDU, cooling unit: those that would cost something, worst first. */
export interface Survey {
  readonly tried: number
  readonly losses: readonly Loss[]
}

export interface RoomCooling {
  readonly room: string
  /** Heat: the power of what stands in its racks, W. */
  readonly heat: Amount
  readonly units: number
  /** Of the running units, W; null where the rating of one is not known. */
  readonly capacity: number | null
  /** Without the largest unit, W. */
  readonly spare: number | null
  readonly over: boolean
}

// What it is built for, and what it used.

/** Against the tier that the site is built for (Uptime Institute, Tier Standard: Topology). */
export interface FindingFigures {
  /** Nobody wrote down what feeds the racks, nor what cools them. */
  readonly powerUnknown: object
  readonly upsNone: object
  readonly upsSingle: { readonly node: NodeId }
  readonly upsUnrated: { readonly node: NodeId }
  /** With `failed` gone this one carries W of `capacity`. */
  readonly upsOver: { readonly node: NodeId; readonly failed: NodeId; readonly load: number; readonly capacity: number }
  readonly upsMet: { readonly units: number }
  readonly gensetNone: object
  readonly gensetSingle: { readonly node: NodeId }
  readonly gensetUnrated: { readonly node: NodeId }
  readonly gensetOver: { readonly failed: NodeId; readonly load: number; readonly capacity: number }
  readonly gensetMet: { readonly units: number }
  readonly coolingNone: { readonly room: string }
  readonly coolingSingle: { readonly room: string; readonly node: NodeId }
  readonly coolingUnrated: { readonly room: string; readonly node: NodeId }
  readonly coolingOver: { readonly room: string; readonly heat: number; readonly spare: number }
  readonly coolingMet: { readonly room: string; readonly units: number }
  readonly transferNone: object
  /** Both feeds of the rack hang on it: allowed up to tier II, named so that nobody counts on two. */
  readonly feedsMeet: { readonly racks: readonly string[]; readonly node: NodeId }
  readonly singleCord: { readonly equipment: readonly string[] }
  /** Its loss, or its maintenance, darkens what has two cords: not concurrently maintainable (tier III). */
  readonly notMaintainable: { readonly node: NodeId; readonly dark: number }
}
export type Finding = {
  readonly [Code in keyof FindingFigures]: { readonly code: Code; readonly says: 'met' | 'lacking' | 'unknown' | 'remark' } & FindingFigures[Code]
}[keyof FindingFigures]

export interface Redundancy {
  readonly site: string
  readonly tier: number
  /** `unknown`: nothing is lacking as far as is known, but a rating or reading is missing. */
  readonly verdict: 'met' | 'lacking' | 'unknown'
  readonly findings: readonly Finding[]
}

/** Wh over a span. */
export interface Energy {
  readonly wh: number
  /** 0…1: the share of `wh` that was read; the rest is carried over gaps or split by what was agreed. */
  readonly measured: number
  /** 0…1: the share of the span from which something was read. With less than half of it nothing is carried over gaps. */
  readonly covered: number
}

export interface EnergyReport {
  readonly from: Instant
  readonly to: Instant
  /** What the building took; null: no meter before everything. */
  readonly facility: Energy | null
  /** What the racks took. */
  readonly it: Energy | null
  /** Power usage effectiveness (ISO/IEC 30134-2): facility over IT. */
  readonly pue: number | null
  /** By organisation, most first; tenant null: racks that are nobody's and what no tenant explains. */
  readonly tenants: readonly { readonly tenant: string | null; readonly energy: Energy }[]
  /** Racks with a meter at none of their feeds and not at every outlet: what they took is not, or not wholly, in these figures. */
  readonly unread: readonly string[]
}
