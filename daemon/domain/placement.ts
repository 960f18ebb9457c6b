// Where a thing fits: what is asked for, what is promised already, what is offered and why not. Words of the planner.
import { z } from 'zod'
import { Id } from './device.ts'
import type { FeedName, NodeId } from './plant.ts'

export const PlacementItem = z.strictObject({
  name: z.string().min(1).max(120),
  /** U. */
  height: z.int().min(1).max(60),
  /** Half: one face is enough. */
  depth: z.enum(['half', 'full']).default('full'),
  /** kg, and W that it draws at most. */
  weight: z.number().nonnegative().max(5_000),
  watts: z.number().nonnegative().max(100_000),
  psus: z.int().min(0).max(8).default(2),
  ports: z.int().nonnegative().max(1_000).default(0),
  addresses: z.int().nonnegative().max(1_000).default(0),
})
export type PlacementItem = z.infer<typeof PlacementItem>

export const PlacementRequest = z.strictObject({
  items: z.array(PlacementItem).min(1).max(60),
  /** Short name of the organisation it is for. */
  tenant: z.string().min(1).max(120),
  site: Id.optional(),
  /** Its power supplies hang on two feeds that fail apart. */
  redundantFeed: z.boolean().default(true),
  /** Short names of organisations whose racks it shall not stand in or right beside. */
  notBeside: z.array(z.string().min(1).max(120)).max(50).default([]),
})
export type PlacementRequest = z.infer<typeof PlacementRequest>

/** What is promised and not yet there: counts as taken. */
export interface Reservation {
  readonly id: string
  readonly rack: string
  readonly tenant: string
  readonly places: readonly { readonly u: number; readonly height: number; readonly face: 'front' | 'rear' | 'both' }[]
  readonly weight: number
  readonly watts: number
  /** On which feeds its supplies will hang; several share it, and each must carry all of it. */
  readonly feeds: readonly FeedName[]
  readonly ports: number
  readonly addresses: number
}

export interface ItemPlace {
  /** Index into the request's items. */
  readonly item: number
  readonly u: number
  readonly height: number
  readonly face: 'front' | 'rear' | 'both'
}

interface Margin {
  readonly value: number
  readonly limit: number
  readonly left: number
}

/** With what was asked for added, now and at the day's peak (p95). Null: nothing was read that would tell. */
export interface Headroom {
  /** °C at the warmest inlet against the site's critical limit. */
  readonly inlet: { readonly now: Margin; readonly peak: Margin | null } | null
  /** W on each feed used with any one component gone, against 80 % of its breaker. */
  readonly feeds: readonly { readonly feed: FeedName; readonly now: Margin; readonly peak: Margin }[]
  /** The fullest thing up the chain with one component gone, W. */
  readonly upstream: { readonly node: NodeId; readonly now: Margin; readonly peak: Margin } | null
  /** How far the fullest phase lies above the mean of the three, %, before and after. */
  readonly phases: { readonly node: NodeId; readonly before: number; readonly after: number } | null
  readonly units: { readonly free: number; readonly longest: number }
  readonly weight: Margin
  readonly ports: Margin | null
  readonly addresses: Margin | null
  /** W of heat in the room, against its cooling without the largest unit. */
  readonly cooling: { readonly now: Margin; readonly peak: Margin } | null
}

/** Why a rack does not do, with its figures. */
export interface ObstacleFigures {
  readonly otherTenant: { readonly tenant: string }
  readonly otherSite: { readonly site: string }
  readonly besideTenant: { readonly rack: string; readonly tenant: string }
  readonly units: { readonly need: number; readonly free: number; readonly longest: number }
  readonly weight: { readonly need: number; readonly left: number }
  readonly rackPower: { readonly need: number; readonly left: number }
  readonly noFeed: object
  readonly oneFeed: { readonly feed: FeedName }
  /** Both feeds hang on this one thing. */
  readonly feedsMeet: { readonly node: NodeId }
  /** W; `when`: by the readings of now or at the day's peak. */
  readonly feed: { readonly feed: FeedName; readonly need: number; readonly left: number; readonly when: 'now' | 'peak' }
  readonly upstream: { readonly node: NodeId; readonly need: number; readonly left: number; readonly when: 'now' | 'peak' }
  readonly inlet: { readonly celsius: number; readonly limit: number; readonly when: 'now' | 'peak' }
  readonly cooling: { readonly room: string; readonly need: number; readonly left: number; readonly when: 'now' | 'peak' }
  readonly ports: { readonly need: number; readonly left: number }
  readonly addresses: { readonly need: number; readonly left: number }
}
export type Obstacle = { readonly [Code in keyof ObstacleFigures]: { readonly code: Code } & ObstacleFigures[Code] }[keyof ObstacleFigures]

/** What could not be judged for want of a figure; it fits as far as is known. */
export type Unjudged = 'inlet' | 'cooling' | 'upstream' | 'weights' | 'ports' | 'addresses' | 'load'

/** What makes the order: 0…1 each, times its weight. */
export interface ScorePart {
  readonly of: 'inlet' | 'power' | 'cooling' | 'phases' | 'units' | 'tenant' | 'weight'
  readonly value: number
  readonly weight: number
}

export interface Offer {
  readonly rack: string
  readonly score: number
  readonly parts: readonly ScorePart[]
  readonly feeds: readonly FeedName[]
  readonly places: readonly ItemPlace[]
  readonly contiguous: boolean
  readonly headroom: Headroom
  readonly unjudged: readonly Unjudged[]
}

export interface Placement {
  /** Best first. */
  readonly offers: readonly Offer[]
  readonly refused: readonly { readonly rack: string; readonly why: readonly Obstacle[] }[]
}
