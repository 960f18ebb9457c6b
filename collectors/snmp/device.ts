// What is learnt about asking one device and kept between its polls: how much it can answer at a time, which tables have gaps.

export interface Manners {
  /** Varbinds to a PDU. */
  varbinds: number
  /** Octets of an answer that it manages. */
  octets: number
  /** Columns (the OID without the row) whose rows are not one after another in the device: asked by GET. */
  readonly sparse: Set<string>
  /** It did not answer last time: one PDU, asked once, until it does. */
  silent: boolean
  /** Ticks of sysUpTime at the last answer, and when that was (ms, monotonic). */
  uptime: number
  uptimeAt: number
  /** ifTableLastChange and entLastChangeTime, by OID. */
  readonly changes: Map<string, number>
}

/** Where everybody begins; the octets leave room for IP and UDP within an Ethernet frame. */
export const newManners = (): Manners => ({
  varbinds: 40,
  octets: 1400,
  sparse: new Set(),
  silent: false,
  uptime: Number.NaN,
  uptimeAt: 0,
  changes: new Map(),
})

/** Hundredths of a second after which sysUpTime begins again: 497 days. */
const WRAP = 2 ** 32

/**
 * Takes a new sysUpTime, asked at `asked` and told at `now`; true when the device was restarted in between (and not merely up for 497 days).
 * Several errands of a device run at once, and one may wait for its last answer while another is told: between those two nothing can be said.
 */
export function tellUptime(manners: Manners, ticks: number, now: number, asked = now): boolean {
  const { uptime, uptimeAt } = manners
  if (Number.isNaN(ticks) || (!Number.isNaN(uptime) && asked < uptimeAt)) return false
  manners.uptime = ticks
  manners.uptimeAt = now
  if (Number.isNaN(uptime) || ticks >= uptime) return false
  const expected = uptime + (now - uptimeAt) / 10
  // Within a minute of where the counter was to begin again.
  return Math.abs(expected - WRAP - ticks) > 6000
}

/** Takes a new time of last change; true when it is another one than before. */
export function tellChange(manners: Manners, oid: string, ticks: number): boolean {
  if (Number.isNaN(ticks)) return false
  const before = manners.changes.get(oid)
  manners.changes.set(oid, ticks)
  return before !== undefined && before !== ticks
}
