// What people enter of care: assets, plans, work. Read at the door; inside, the types are the truth.
import { z } from 'zod'
import type { Instant } from './call.ts'
import { ASSET_KINDS, CARE_TESTS, EVERY_UNITS, type MeterView, URGENCIES } from './care.ts'

const Text = z.string().trim().max(200)
const Day = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day is written 2026-11-20')

/** What is kept up, as people enter it. */
export const AssetSent = z.strictObject({
  kind: z.enum(ASSET_KINDS),
  name: Text.min(1),
  room: z.string().max(64).nullable().default(null),
  make: Text.default(''),
  serial: Text.default(''),
  /** Inventory code of the state's goods, as on its label. */
  kib: Text.default(''),
  /** The device that tells of it. */
  device: z.string().max(64).nullable().default(null),
  vendor: Text.default(''),
  /** Last day of the maintenance contract. */
  contract: Day.nullable().default(null),
  note: z.string().trim().max(2_000).default(''),
})
export type AssetSent = z.output<typeof AssetSent>
export interface Asset extends AssetSent {
  readonly id: number
}

/** What is done again and again. */
export const PlanSent = z.strictObject({
  asset: z.int().positive(),
  title: Text.min(3),
  every: z.strictObject({ unit: z.enum(EVERY_UNITS), n: z.int().min(1).max(120) }),
  /** Of the first time; the others follow from it, so that the 31st is the month's last day and not lost. */
  first: Day,
  /** Time of day on the site's clocks. */
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is written 08:00')
    .default('08:00'),
  /** Days before which its work order is written. */
  lead: z.int().min(0).max(365).default(14),
  checklist: z.array(Text.min(1)).max(40).default([]),
  /** Its result is taken from the readings of the asset's device. */
  test: z.enum(CARE_TESTS).nullable().default(null),
  /** Also by a counter of running hours, whichever comes first; then each time follows from when the one before was done. */
  hours: z
    .strictObject({
      /** Point of the asset's device. */
      key: z.string().min(1).max(120),
      every: z.number().min(1).max(100_000),
      /** What the counter showed when it was last done, hours; null: count from now. */
      last: z.number().min(0).max(10_000_000).nullable().default(null),
    })
    .nullable()
    .default(null),
})
export type PlanSent = z.output<typeof PlanSent>
export interface Plan extends PlanSent {
  readonly id: number
  /** Times before this one are not asked for: the plan did not stand then. */
  readonly since: Instant
  /** Seconds of its meter's total from which the first time counts; null: it was never read. */
  readonly base: number | null
}

/** A plan as pages show it. */
export interface PlanView extends Plan {
  /** When it comes next, beyond what is written already; by the counter where that is sooner. */
  readonly next: { readonly at: Instant; readonly by: 'calendar' | 'hours' }
  /** Hours that are left until the next time; null: it does not go by hours, or they were never read. */
  readonly left: number | null
}
export interface AssetView extends Asset {
  readonly plans: readonly PlanView[]
  /** Counters of running hours that its device has. */
  readonly meters: readonly MeterView[]
}

export const OnceSent = z.strictObject({
  asset: z.int().positive(),
  title: Text.min(3),
  due: z.int().positive(),
  fault: z.string().trim().max(2_000).default(''),
  urgency: z.enum(URGENCIES).default('normal'),
  test: z.enum(CARE_TESTS).nullable().default(null),
  checklist: z.array(Text.min(1)).max(40).default([]),
})

export const StartSent = z.strictObject({
  /** Who comes in for it; none: nobody enters, or they have badges. */
  people: z
    .array(z.strictObject({ name: Text.min(3), company: Text.default('') }))
    .max(10)
    .default([]),
  /** Hours that they stay at most. */
  hours: z.int().min(1).max(72).default(4),
})

export const FinishSent = z.strictObject({
  /** Lines of the checklist that were done, from 0. */
  done: z.array(z.int().min(0)).max(40).default([]),
  note: z.string().trim().max(4_000).default(''),
  result: z.enum(['pass', 'fail']),
})
export type OnceSent = z.output<typeof OnceSent>
export type StartSent = z.output<typeof StartSent>
export type FinishSent = z.output<typeof FinishSent>
