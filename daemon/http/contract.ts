// The API's own shapes (/api/v1), shared with the dashboard. Errors are RFC 9457 problem details.
import type { Alarm } from '../domain/alarm.ts'

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  /** For bad input: field, reason, remedy. */
  readonly errors?: readonly { readonly field: string; readonly reason: string }[]
}

/**
 * GET /api/v1/history?points=1,2&from=ms&to=ms&buckets=n
 * The resolution is picked to give at most `buckets` rows (10 … 5,000, default 600); `step` says which in ms, 0 = raw readings.
 */
export type { History, Series } from '../domain/history.ts'

/** GET /api/v1/alarms?state=open|acknowledged|suppressed|cleared&device=&search=&sort=&page=&size= */
export interface AlarmPage {
  readonly items: readonly Alarm[]
  readonly total: number
  readonly page: number
  readonly size: number
}

/** POST /api/v1/alarms/:id/acknowledge, /comment */
export interface CommentBody {
  readonly comment: string
  readonly by: string
}

/** POST /api/v1/demo/:scenario */
export interface DemoBody {
  readonly active: boolean
}

/** GET /api/v1/channels → { items } */
export interface ChannelView {
  readonly name: string
  readonly via: string
  /** Where it sends to, for people; never a secret. */
  readonly to: string
}
