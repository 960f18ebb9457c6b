// An alarm: an open condition on a point, a device or a job, with a severity.
import type { Instant } from './call.ts'
import type { DeviceId } from './device.ts'
import type { PointNo, Text } from './point.ts'
import { type AlarmRule, SEVERITIES, type Severity } from './rule.ts'
import type { Meaning } from './state.ts'

export { type AlarmRule, SEVERITIES, type Severity }

/** What an alarm says, as a code with its figures: pages and messages put it in words in the reader's language. */
export type Condition =
  | { readonly kind: 'above' | 'below'; readonly value: number; readonly limit: number; readonly clear: number; readonly from: LimitSource }
  | { readonly kind: 'state'; readonly value: number; readonly name: string; readonly meaning: Meaning | null }
  | { readonly kind: 'stale'; readonly since: Instant }
  | { readonly kind: 'down'; readonly since: Instant; readonly why: string }
  | { readonly kind: 'system'; readonly code: string; readonly text: Text }

/** Who set a limit, shown beside it; `visit`: the second one, while people work there. */
export type LimitSource = 'device' | 'profile' | 'site' | 'visit'

export interface Acknowledgement {
  readonly by: string
  readonly at: Instant
  readonly comment: string
}

export interface AlarmNote {
  readonly at: Instant
  readonly kind: 'raised' | 'severity' | 'acknowledged' | 'comment' | 'suppressed' | 'released' | 'notified' | 'notifyFailed' | 'cleared'
  readonly by: string | null
  readonly text: string
}

export interface Alarm {
  /** Running number over all years; pages show it as AL-<year>-<number>. */
  readonly id: number
  /** One open alarm per key: `<device>/<point key>/<rule>`. */
  readonly key: string
  readonly device: DeviceId | null
  readonly point: { readonly no: PointNo; readonly key: string } | null
  readonly severity: Severity
  readonly condition: Condition
  readonly raisedAt: Instant
  readonly clearedAt: Instant | null
  readonly acknowledged: Acknowledgement | null
  /** The alarm that explains this one; null when it is a cause itself. */
  readonly cause: number | null
  /** Not counted and not notified, because the cause is already an alarm. */
  readonly suppressed: boolean
  readonly notes: readonly AlarmNote[]
}
