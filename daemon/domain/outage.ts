// When a service was not there, and what that makes of its month: SL5 "sekurang-kurangnya bernilai 90%" of the working time.
import { z } from 'zod'
import type { Instant } from './call.ts'
import type { Words } from './form.ts'

/** Milliseconds since 1970, in this century. */
const At = z.int().positive().max(Date.UTC(2100, 0))

/** Written down by people: what no device tells, and what is planned. */
export const OutageSent = z.strictObject({
  /** Keys of the catalogue. */
  services: z
    .array(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]*$/)
        .max(64),
    )
    .min(1)
    .max(50),
  from: At,
  /** Null: it goes on. */
  until: At.nullable(),
  /** Planned maintenance: shown apart, and counted like the rest. */
  planned: z.boolean(),
  reason: z.string().trim().min(3).max(500),
})
export type OutageSent = z.output<typeof OutageSent>

export interface Outage extends OutageSent {
  readonly id: number
  readonly by: string
}

/** A time a service was not there; `until` null: it still is not. */
export interface Downtime {
  readonly from: Instant
  readonly until: Instant | null
  readonly planned: boolean
  /** Names of the devices that did not answer, for those who watch them; empty where people wrote it down. */
  readonly devices: readonly string[]
  /** What people wrote down. */
  readonly outage: Outage | null
}

/** Times in milliseconds of working time, shares from 0 to 1. */
export interface MonthAvailability {
  /** `2026-11` */
  readonly month: string
  /** It is not over: what there is of it. */
  readonly running: boolean
  readonly working: number
  readonly down: number
  readonly planned: number
  readonly share: number
  readonly shareWithoutPlanned: number
  /** What the promise leaves of the whole month; null: nothing is promised. */
  readonly allowed: number | null
  readonly kept: boolean | null
}

export interface ServiceAvailability {
  readonly service: string
  readonly name: Words
  /** Percent, as the catalogue sheet says; null: it says nothing. */
  readonly guaranteed: number | null
  /** Whether the site says what it runs on; else only what people write down counts. */
  readonly monitored: boolean
  /** Newest first; a month that lies before the records, or has had no working time yet, is left out. */
  readonly months: readonly MonthAvailability[]
  /** Newest first. */
  readonly downtimes: readonly Downtime[]
}
