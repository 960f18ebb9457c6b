// When a certificate is due for another one, when it is tried again after a failure, and when people are told. Pure.
import { createHash } from 'node:crypto'
import type { Instant } from '../../daemon/domain/call.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export interface Life {
  readonly fingerprint: string
  readonly notBefore: Instant
  readonly notAfter: Instant
}

/** When the authority would have it renewed (RFC 9773). */
export interface Window {
  readonly start: Instant
  readonly end: Instant
}

export interface Failures {
  readonly count: number
  /** Of the last. */
  readonly at: Instant
  /** Not before this, by the authority's word; null: it said nothing. */
  readonly until: Instant | null
}

/** From 0 to just below 1, the same for the same certificate, so that many that were made together are not asked for together. */
const spread = (fingerprint: string): number => createHash('sha256').update(`renewal ${fingerprint}`).digest().readUInt32BE(0) / 2 ** 32

/**
 * When it is to be renewed: within the authority's window where it gave one that can be, else when a third of its life is left, up to a tenth of that
 * third later. Always before it ends.
 */
export function renewAt({ fingerprint, notBefore, notAfter }: Life, window: Window | null = null): Instant {
  const share = spread(fingerprint)
  if (window !== null && window.start < notAfter && window.start < window.end)
    return Math.floor(window.start + share * (Math.min(window.end, notAfter) - window.start))
  const third = Math.max(0, notAfter - notBefore) / 3
  return Math.floor(notAfter - third + (share * third) / 10)
}

/** How long after the last of so many failures it is tried again: an hour, then twice as long each time, a day at most. */
export const backOff = (count: number): number => Math.min(DAY, HOUR * 2 ** Math.max(0, Math.min(count, 10) - 1))

export const tryAgainAt = ({ count, at, until }: Failures): Instant => Math.max(at + backOff(count), until ?? 0)

/** Whether a renewal may begin now: it is time, and a failure is long enough ago. */
export const isDue = (life: Life, now: Instant, { window = null, failures = null }: { window?: Window | null; failures?: Failures | null } = {}) =>
  now >= renewAt(life, window) && (failures === null || now >= tryAgainAt(failures))

/** Days before its end at which people hear of one that is not renewed by itself. */
export const MILESTONES = [60, 30, 14, 7, 1] as const

export type Warning =
  /** `days`: the milestone that was passed last. */
  | { readonly kind: 'ends'; readonly days: (typeof MILESTONES)[number]; readonly severity: 'warning' | 'critical' }
  | { readonly kind: 'ended'; readonly severity: 'critical' }
  | { readonly kind: 'notRenewed'; readonly severity: 'warning' | 'critical' }

/**
 * What people are to be told of a certificate now; null: nothing. Milestones of more than two thirds of a life are left out: a certificate of 45 days
 * would be warned of from its first day on. One that renews itself is warned of when that failed, or should have been long ago.
 */
export function warningOf(
  life: Life & { readonly source: 'acme' | 'own' | 'upload' },
  now: Instant,
  { window = null, failures = null }: { readonly window?: Window | null; readonly failures?: Failures | null } = {},
): Warning | null {
  const { source, notBefore, notAfter } = life
  const left = notAfter - now
  const whole = notAfter - notBefore
  if (left <= 0) return { kind: 'ended', severity: 'critical' }
  if (source === 'upload') {
    const passed = MILESTONES.filter(days => days * DAY < (whole * 2) / 3 && left <= days * DAY).at(-1)
    return passed === undefined ? null : { kind: 'ends', days: passed, severity: passed <= 7 ? 'critical' : 'warning' }
  }
  const late = now >= renewAt(life, window) + whole / 15
  return failures === null && !late ? null : { kind: 'notRenewed', severity: left < whole / 9 ? 'critical' : 'warning' }
}
