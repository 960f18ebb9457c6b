// Whether a device answers: three failed polls in a row are down, a refused credential or a changed host key is told at once. Pure.
import type { Severity } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import type { DeviceId } from '../domain/device.ts'
import type { PollStatus } from '../domain/reading.ts'
import type { Signal } from './judge.ts'

export interface Reach {
  /** Failed polls in a row. */
  readonly failed: number
  /** End of the last poll that was answered; null when none was. */
  readonly heard: Instant | null
  /** First poll of the run that fails now. */
  readonly failingSince: Instant | null
  readonly down: { readonly since: Instant; readonly why: PollStatus; readonly severity: Severity } | null
}

export const UNHEARD: Reach = { failed: 0, heard: null, failingSince: null, down: null }

/** Failed polls in a row that make a device down. */
const TRIES = 3

/** Waiting does not mend these. */
const AT_ONCE: Partial<Record<PollStatus, Severity>> = { wrongCredential: 'warning', hostKeyChanged: 'critical', hostKeyUnknown: 'warning' }

/** The device after one poll. */
export function afterPoll(was: Reach, status: PollStatus, at: Instant): Reach {
  if (status === 'answered' || status === 'partial') return { failed: 0, heard: at, failingSince: null, down: null }
  const failed = was.failed + 1
  const failingSince = was.failingSince ?? at
  const since = was.heard ?? failingSince
  const atOnce = AT_ONCE[status]
  // Once down it stays down whatever the polls after it fail of; the newest reason is told.
  const isDown = atOnce !== undefined || was.down !== null || failed >= TRIES
  return {
    failed,
    heard: was.heard,
    failingSince,
    down: isDown ? { since: was.down?.since ?? since, why: status, severity: atOnce ?? 'unknown' } : null,
  }
}

export const downKey = (device: DeviceId): string => `${device}/-/down`

/** What of the change is news; null when nothing is. */
export function reachSignal(device: DeviceId, was: Reach, now: Reach, at: Instant): Signal | null {
  const about = { key: downKey(device), device, point: null, at }
  if (now.down === null) return was.down === null ? null : { ...about, severity: null, condition: null }
  const { since, why, severity } = now.down
  if (was.down?.why === why && was.down.severity === severity) return null
  return { ...about, severity, condition: { kind: 'down', since, why } }
}
