// What an organisation sees of the racks: its own equipment in custody, what that draws, the air before it, its own alarms. Nothing of neighbours.
import type { Instant } from './call.ts'
import type { FeedName } from './plant.ts'
import type { Severity } from './rule.ts'
import type { StayFace } from './stay.ts'

interface TenancyItem {
  readonly stay: number
  readonly item: number
  readonly name: string
  readonly u: number
  readonly height: number
  readonly face: StayFace
  /** W. */
  readonly agreed: number
  /** W of its outlets; null: not all of them are read. */
  readonly watts: number | null
  /** Of the oldest reading in it. */
  readonly at: Instant | null
  readonly feeds: readonly { readonly feed: FeedName; readonly watts: number | null }[]
}

interface TenancyAlarm {
  readonly severity: Severity
  readonly since: Instant
  readonly text: { readonly id: string; readonly en: string }
}

export interface TenancyRack {
  readonly id: string
  readonly name: string
  readonly site: string
  /** U of the rack in all: the size of the drawing. */
  readonly units: number
  /** From the top. */
  readonly items: readonly TenancyItem[]
  /** °C at the warmest sensor of its inlet; null: none is read. */
  readonly inlet: { readonly value: number; readonly at: Instant; readonly warning: number; readonly critical: number } | null
  readonly alarms: readonly TenancyAlarm[]
}

export interface TenancyView {
  readonly racks: readonly TenancyRack[]
  readonly stays: readonly { readonly id: number; readonly ticket: string; readonly until: Instant | null; readonly minutes: string | null }[]
}
