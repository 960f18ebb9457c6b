// Whether a room was left as it was found: how it was when a visit came in, and what of that is not so after it went.
import type { Instant } from './call.ts'
import type { PointRef } from './inventory.ts'
import type { Text } from './point.ts'

/** How the room was when the first one of the visit came in. */
export interface RoomSnapshot {
  readonly at: Instant
  readonly rooms: readonly string[]
  readonly doors: readonly string[]
  /** Air into the racks, °C. */
  readonly inlets: readonly { readonly point: PointRef; readonly name: string; readonly value: number }[]
  /** Alarms that stood already. */
  readonly alarms: readonly number[]
}

export type NotAsFound =
  | { readonly kind: 'door'; readonly door: string; readonly name: string }
  | { readonly kind: 'warm'; readonly name: string; readonly was: number; readonly is: number }
  | { readonly kind: 'alarm'; readonly alarm: number; readonly title: Text }

/** GET /api/v1/visits/:id/found */
export interface AsFound {
  readonly visit: number
  readonly number: string
  readonly before: RoomSnapshot
  /** When the last one went; null: somebody is inside. */
  readonly leftAt: Instant | null
  readonly checkedAt: Instant | null
  /** When nothing was amiss any more; null: not yet. */
  readonly passedAt: Instant | null
  readonly wrong: readonly NotAsFound[]
  /** Somebody has looked after it and says why it stays as it is; absent or null: nobody has. `wrong` is then what was left so. */
  readonly settled?: { readonly by: string; readonly at: Instant; readonly reason: string } | null
}
