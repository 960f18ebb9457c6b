// Care of the facility: what is kept up, when it is due, what was done and what the readings say of it.
import type { Instant } from './call.ts'

export const ASSET_KINDS = ['hvac', 'fire', 'genset', 'ups', 'access', 'floor', 'cabling', 'cctv', 'other'] as const
export type AssetKind = (typeof ASSET_KINDS)[number]

export const WORK_STATES = ['planned', 'due', 'overdue', 'running', 'done', 'cancelled'] as const
export type WorkState = (typeof WORK_STATES)[number]

export const EVERY_UNITS = ['day', 'week', 'month', 'year'] as const

export type RunFault = 'neverRan' | 'slow' | 'short' | 'light' | 'unstable'

/** A run test of a genset, as its readings tell it. */
export interface GensetRun {
  readonly startedAt: Instant | null
  /** Seconds from the start until voltage and frequency stood; null: they never did. As fine as it is polled. */
  readonly stableAfter: number | null
  /** Minutes that it ran. */
  readonly minutes: number
  /** W, mean while it ran; null: nobody measures it. */
  readonly load: number | null
  /** Of what it can carry, 0 … 1. */
  readonly share: number | null
  /** Parts of the tank, 0 … 1. */
  readonly fuel: number | null
  readonly faults: readonly RunFault[]
}

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
  readonly checklist: readonly { readonly text: string; readonly done: boolean }[]
  readonly note: string
  /** Its result is taken from the readings of the asset's device. */
  readonly test: 'genset' | null
  readonly run: GensetRun | null
  /** Those who came in for it, so that the doors they opened are explained. */
  readonly visit: { readonly id: number; readonly number: string } | null
  readonly revision: number
}

/** As it is kept: whether it is due is a matter of the hour. */
export interface WorkOrder extends Omit<WorkOrderView, 'state'> {
  readonly state: 'open' | 'running' | 'done' | 'cancelled'
  /** Which time of its plan; null: for once. */
  readonly turn: number | null
}
