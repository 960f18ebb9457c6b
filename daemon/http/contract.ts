// The API's own shapes (/api/v1), shared with the dashboard. Errors are RFC 9457 problem details.
import type { Alarm } from '../domain/alarm.ts'
import type { FieldError } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Permission } from '../domain/policy.ts'
import type { Role } from '../domain/roles.ts'

export interface Problem {
  /** `about:blank`; `urn:suar:unproven`: POST /session/prove, then again; `urn:suar:pending`: first the password or the second factor. */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  /** Seconds, of a 429. */
  readonly retryAfter?: number
  /** For bad input: field, reason, remedy. */
  readonly errors?: readonly FieldError[]
  /** `detail` in the languages of the pages, where there is one. */
  readonly words?: { readonly id: string; readonly en: string }
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

/** Who is signed in, as the pages show it. */
export interface SessionViewer extends Omit<Viewer, 'organisations' | 'scopes'> {
  readonly login: string
  /** Organisations this person asks for. */
  readonly organisations: readonly { readonly id: number; readonly short: string; readonly name: string }[]
}

/** One of the demonstration's people: signed in as by a press. */
export interface DemoAccount {
  readonly login: string
  readonly name: string
  readonly position: string
  readonly role: Role
}

/** GET /api/v1/session, for anybody: who asks, and by which ways one may sign in here. */
export interface SessionView {
  readonly viewer: SessionViewer | null
  readonly permissions: readonly Permission[]
  /** No account exists yet: the link printed at the start makes the first. */
  readonly setup: boolean
  readonly demo: { readonly accounts: readonly DemoAccount[] } | null
  readonly oidc: { readonly name: string } | null
  readonly methods: { readonly passkey: boolean }
  /** For those who may not watch the hardware, and so do not hear it from the stream. */
  readonly site?: { readonly name: string; readonly timezone: string }
}

/** POST /api/v1/session: signed in, or the second factor is asked for with the pass of the first. */
export type SignInAnswer =
  | { readonly next: 'done' }
  | { readonly next: 'code'; readonly pass: string; readonly methods: readonly ('totp' | 'recovery' | 'passkey')[] }
