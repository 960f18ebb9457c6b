// Care of the facility: what is kept up, when it is due, what was done and what the readings say of it.
import type { Instant } from './call.ts'
import type { Text } from './point.ts'

export const ASSET_KINDS = ['hvac', 'fire', 'genset', 'ups', 'access', 'floor', 'cabling', 'cctv', 'other'] as const
export type AssetKind = (typeof ASSET_KINDS)[number]

export const WORK_STATES = ['planned', 'due', 'overdue', 'running', 'done', 'cancelled'] as const
export type WorkState = (typeof WORK_STATES)[number]

export const EVERY_UNITS = ['day', 'week', 'month', 'year'] as const

/** How soon work that nobody planned must be done. */
export const URGENCIES = ['low', 'normal', 'high', 'critical'] as const
export type Urgency = (typeof URGENCIES)[number]

/** Tests whose result is taken from readings. */
export const CARE_TESTS = ['genset', 'battery'] as const
export type CareTest = (typeof CARE_TESTS)[number]

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

export type BatteryFault = 'neverTested' | 'saysFailed' | 'lost' | 'low'

/** A quantity as it was before a test, at its lowest, and at the end of the work; null: not read. */
export interface Dip {
  readonly before: number | null
  readonly lowest: number | null
  readonly after: number | null
}

/** A battery test of a UPS, as its readings tell it. */
export interface BatteryRun {
  readonly startedAt: Instant | null
  /** Minutes on the battery; as fine as it is polled. */
  readonly minutes: number
  /** %. */
  readonly charge: Dip
  /** Seconds. */
  readonly runtime: Dip
  /** V. */
  readonly voltage: Dip
  /** %, mean while it was on the battery. */
  readonly load: number | null
  /** What the UPS itself says of this test (RFC 1628 upsTestResultsSummary and its like); null: nothing of this one. */
  readonly said: 'pass' | 'warning' | 'fail' | null
  readonly faults: readonly BatteryFault[]
}

/** A counter of running hours. Seconds. */
export interface Meter {
  readonly device: string
  readonly key: string
  /** What it told last, and when. */
  readonly raw: number
  readonly at: Instant
  /** Grows with what it counts, through resets and another counter in its place. */
  readonly total: number
  /** One a day at most, oldest first: how fast it grows. */
  readonly days: readonly { readonly at: Instant; readonly total: number }[]
  /** It was set back, or another one took its place. */
  readonly changes: readonly { readonly at: Instant; readonly from: number; readonly to: number }[]
}

/** When work is due by running hours, as it stands on its order. Seconds of the meter's total; `due` null: the counter was never read. */
export interface HoursOwed {
  readonly key: string
  /** Hours between two times. */
  readonly every: number
  readonly due: number | null
  /** When it is due by the calendar, whatever the counter says. */
  readonly calendar: Instant
  /** When the counter came to it; null: not yet. */
  readonly reachedAt: Instant | null
  /** The total when the work was over. */
  readonly done: number | null
}

/** A counter as pages show it: hours on its display. */
export interface MeterView {
  readonly key: string
  readonly label: Text
  /** Null: never read. */
  readonly hours: number | null
  /** Hours a day of late; null: not watched for a day yet. */
  readonly perDay: number | null
  readonly changes: Meter['changes']
}

/** A file of a work order: a photograph, a report of the vendor. */
export interface CareFile {
  readonly id: number
  readonly name: string
  readonly type: string
  readonly size: number
  readonly at: Instant
  readonly by: string
  /** Taken off again: by whom, when and why. The file itself stays in the records. */
  readonly withdrawn: { readonly at: Instant; readonly by: string; readonly reason: string } | null
}

/** One piece of work: of a plan, or for once. */
export interface WorkOrderView {
  readonly id: number
  /** `WO-2026-0031`. */
  readonly number: string
  readonly asset: { readonly id: number; readonly name: string; readonly kind: AssetKind }
  readonly plan: number | null
  readonly title: string
  /** What is wrong, of work that nobody planned. */
  readonly fault: string
  readonly urgency: Urgency | null
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
  readonly test: CareTest | null
  readonly run: GensetRun | null
  readonly battery: BatteryRun | null
  readonly hours: HoursOwed | null
  readonly files: readonly CareFile[]
  /** Those who came in for it, so that the doors they opened are explained. */
  readonly visit: { readonly id: number; readonly number: string } | null
  readonly revision: number
}

/** As it is kept: whether it is due is a matter of the hour. */
export interface WorkOrder extends Omit<WorkOrderView, 'state' | 'files'> {
  readonly state: 'open' | 'running' | 'done' | 'cancelled'
  /** Which time of its plan; null: for once. */
  readonly turn: number | null
}
