// A collector: one way of asking devices. It knows nothing of schedules, stores or pages.
import type { Call, Instant } from './call.ts'
import type { Access, Address, Identity } from './device.ts'
import type { Outcome } from './outcome.ts'
import type { Point } from './point.ts'
import type { PollStatus } from './reading.ts'
import type { Why } from './why.ts'

/** Whom to ask, and with what credential. */
export interface Target {
  readonly address: Address
  readonly access: Access
}

export interface Interface {
  readonly index: number
  readonly name: string
  readonly alias: string
  /** IANAifType. */
  readonly type: number
  /** bit/s. */
  readonly speed: number
  readonly admin: string
  readonly oper: string
}

/** A device seen on the other end of a port (LLDP-MIB). */
export interface Neighbour {
  readonly localPort: string
  readonly sysName: string
  readonly port: string
  readonly chassis: string
}

/** A neighbour, and when it was last seen there. */
export interface Sighting extends Neighbour {
  readonly at: Instant
}

/** What a look at a device finds: who it is and every point it offers. */
export interface Discovery {
  readonly identity: Identity
  readonly points: readonly Point[]
  readonly interfaces: readonly Interface[]
  readonly neighbours: readonly Neighbour[]
  /** Tables half read, columns of a wrong type, walks that went backwards: for people, one sentence each. */
  readonly remarks: readonly string[]
  /** The device fell silent in the middle: what is not named here may be there all the same. */
  readonly partial?: boolean
}

export interface ErrandResult {
  readonly status: PollStatus
  /** When it is not `answered`. */
  readonly why: Why | null
  readonly pdus: number
  readonly timeouts: number
  /** Why the points should be looked for again, or null. */
  readonly rediscover: 'reboot' | 'tableChanged' | 'vanished' | 'profiles' | null
}

/** The compiled asking of some points of one device, run again and again. */
export interface Errand {
  readonly points: readonly Point[]
  /**
   * Asks once. `values` (as long as `points`) is filled with raw counters or canonical numbers, NaN where the device has none;
   * `finished` is called exactly once, never before `run` returns. Not run again before that.
   */
  run(values: Float64Array, finished: (result: ErrandResult) => void): void
}

export interface CompileOptions {
  /** Instead of the collector's own: 0 for the one packet a cycle by which a silent device is asked whether it is back. */
  readonly retries?: number
}

/** One way of asking, opened once for many devices. */
export interface Collector {
  discover(target: Target, call: Call): Promise<Outcome<Discovery>>
  /** All points share one cadence. Throws only on points that `discover` cannot have given. */
  compile(target: Target, points: readonly Point[], options?: CompileOptions): Errand
  /** The target is asked no more: lets go what was kept open for it. */
  leave?(target: Target): void
  /** Figures for /metrics: packets sent, dropped, late, malformed … */
  counters(): Readonly<Record<string, number>>
  close(): Promise<void>
}

/** A shelf entry under `collectors/`: default export of its file. */
export interface CollectorEntry {
  readonly via: Access['via']
  open(options: CollectorOptions): Promise<Collector>
}

export interface CollectorOptions {
  readonly log: Call['log']
  /** Milliseconds until a PDU is asked again. */
  readonly timeout: number
  readonly retries: number
  /** The site's own profiles, laid over ours; null when there are none. */
  readonly siteProfiles: string | null
}
