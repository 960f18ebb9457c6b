// Limits of the site: which of its wishes is meant for a point. Pure.
import type { Severity } from '../domain/alarm.ts'
import type { DeviceId } from '../domain/device.ts'

/** Limits of the site for some points; what is undefined stays as device and profile have it. Seconds and canonical units. */
export interface LimitOverride {
  readonly device?: DeviceId | undefined
  /** A point's key; `*` stands for any part of it. */
  readonly point: string
  readonly low?: { readonly warning?: number | undefined; readonly critical?: number | undefined } | undefined
  readonly high?: { readonly warning?: number | undefined; readonly critical?: number | undefined } | undefined
  readonly hysteresis?: number | undefined
  readonly delay?: number | undefined
  readonly clearDelay?: number | undefined
  /** Every alarm of the point gets this severity. */
  readonly severity?: Exclude<Severity, 'unknown'> | undefined
  /** No alarms at all, not even for missing data. */
  readonly off?: boolean | undefined
}

export const isOff = (override: LimitOverride | null): boolean => override?.off === true

/** The override that fits best: named device before any, longest pattern before short ones, later before earlier. */
export function overrideFor(overrides: readonly LimitOverride[], device: DeviceId, key: string): LimitOverride | null {
  let best: LimitOverride | null = null
  const weight = (one: LimitOverride): number => (one.device === undefined ? 0 : 1_000) + one.point.replaceAll('*', '').length
  for (const one of overrides) {
    if (one.device !== undefined && one.device !== device) continue
    if (matches(one.point, key) && (best === null || weight(one) >= weight(best))) best = one
  }
  return best
}

function matches(pattern: string, key: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === key
  if (!key.startsWith(first) || !key.endsWith(last) || key.length < first.length + last.length) return false
  let at = first.length
  for (const part of rest) {
    at = key.indexOf(part, at)
    if (at < 0) return false
    at += part.length
  }
  return at <= key.length - last.length
}
