// Care of the facility: what is kept up, when it is due, what was done and what the readings say of it.
import type { Instant } from './call.ts'

export const ASSET_KINDS = ['hvac', 'fire', 'genset', 'ups', 'access', 'floor', 'cabling', 'cctv', 'other'] as const
export type AssetKind = (typeof ASSET_KINDS)[number]

export const WORK_STATES = ['planned', 'due', 'overdue', 'running', 'done', 'cancelled'] as const
export type WorkState = (typeof WORK_STATES)[number]

/** One piece of work: of a plan, or for once. */
export interface WorkOrderView {
  readonly id: number
  /** `WO-2026-0031`. */
  readonly number: string
  readonly asset: { readonly id: number; readonly name: string; readonly kind: AssetKind }
  readonly plan: number | null
  readonly title: string
  readonly state: WorkState
  readonly dueAt: Instant
  readonly from: Instant | null
  readonly until: Instant | null
  readonly by: string | null
  /** Taken from telemetry where it can be: a genset's run test. */
  readonly result: 'pass' | 'fail' | null
  readonly revision: number
}
