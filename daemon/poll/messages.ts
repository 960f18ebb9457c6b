// What the poller's handle and its thread say to each other, and the words both use. Everything here passes structured cloning.
import type { Instant } from '../domain/call.ts'
import type { Discovery, Target } from '../domain/collector.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Point } from '../domain/point.ts'
import type { Batch, PollStatus } from '../domain/reading.ts'
import type { Why } from '../domain/why.ts'

/** Points with their numbers in the records, parallel. */
export interface Known {
  readonly points: readonly Point[]
  readonly nos: Uint32Array
}

/** Why a device is looked at anew. */
export type DiscoveryReason = 'new' | 'asked' | 'daily' | 'reboot' | 'tableChanged' | 'vanished' | 'profiles'

export interface PollOptions {
  /** Milliseconds until a PDU is asked again. */
  readonly timeout: number
  readonly retries: number
  readonly siteProfiles: string | null
}

/** What went wrong in the poller itself, not in a device. */
export interface Trouble {
  readonly at: Instant
  readonly code: 'crashed' | 'hung' | 'collector' | 'errand' | 'store' | 'register'
  readonly device: number | null
  /** What pages say of it. */
  readonly why: Why
  /** For the log, with what only whoever mends Suar can use. */
  readonly message: string
}

/** Totals count since the poller was opened and survive a restart of its thread. */
export interface Figures {
  readonly polls: number
  readonly pollsPerSecond: number
  /** Milliseconds, 95th percentile over the last minute: begun after due. */
  readonly lagP95: number
  readonly pdus: number
  readonly timeouts: number
  readonly readings: number
  /** Slots that went by because the poll before was still running, or the store was behind. */
  readonly late: number
  /** Exceptions and errands that never ended: bugs of a collector, contained. */
  readonly faults: number
  readonly discoveries: number
  readonly devices: number
  /** Devices that do not answer now. */
  readonly silent: number
  /** Batches the store has not acknowledged. */
  readonly unstored: number
  /** Of each collector in use, in its own words. */
  readonly collectors: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** What an immediate poll came to. */
export interface PollAnswer {
  readonly status: PollStatus
  readonly why: Why | null
}

/** Device number, and why its last poll failed; null when it answers again. */
export type News = readonly [device: number, why: Why | null]

export type ToWorker =
  | { readonly kind: 'adopt'; readonly no: number; readonly target: Target; readonly known: Known | null }
  | { readonly kind: 'remove'; readonly no: number }
  | { readonly kind: 'pollNow'; readonly no: number; readonly ticket: number }
  | { readonly kind: 'rediscover'; readonly no: number; readonly ticket: number }
  | { readonly kind: 'registered'; readonly ticket: number; readonly nos: Outcome<Uint32Array> }
  | { readonly kind: 'stored'; readonly sequence: number }
  | { readonly kind: 'close' }

export type FromWorker =
  | { readonly kind: 'batch'; readonly batch: Batch; readonly whys: readonly News[] }
  | { readonly kind: 'discovered'; readonly no: number; readonly ticket: number; readonly discovery: Discovery; readonly reason: DiscoveryReason }
  | { readonly kind: 'polled'; readonly ticket: number; readonly answer: Outcome<PollAnswer> }
  | { readonly kind: 'rediscovered'; readonly ticket: number; readonly points: Outcome<number> }
  | { readonly kind: 'figures'; readonly figures: Figures }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  | { readonly kind: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly fields: object; readonly message: string }
  | { readonly kind: 'closed' }

/** What the thread is started with. */
export interface WorkerData {
  readonly options: PollOptions
  /** Folder of the collectors' shelf. */
  readonly collectors: string
  /** Batches that may be on their way to the store. */
  readonly unstored: number
  /** One number shared by both threads: the device whose code runs now, or −1. */
  readonly running: Int32Array
}
