// The API's own shapes (/api/v1), shared with the dashboard. Errors are RFC 9457 problem details.

import type { Alarm } from '../domain/alarm.ts'
import type { ChannelTrouble, HeldWhy } from '../domain/channel-trouble.ts'
import type { FieldError } from '../domain/outcome.ts'
import type { WhatIf } from '../domain/plant.ts'
import type { PollStatus } from '../domain/reading.ts'
import type { Service } from '../domain/service.ts'
import type { Why } from '../domain/why.ts'

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

/** POST /api/v1/devices/:id/poll: what became of it; `why` is null when all was answered. */
export interface PollAnswer {
  readonly status: PollStatus
  readonly why: Why | null
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

/** GET /api/v1/desk/channels → { items } */
export interface DeskChannelView {
  /** `email in`, `email out`, `telegram in` … */
  readonly name: string
  readonly connectedSince: number | null
  readonly lastIn: number | null
  readonly lastOut: number | null
  readonly trouble: ChannelTrouble | null
}

/** A message that waits for a person. */
export interface HeldMessage {
  readonly id: number
  readonly source: string
  readonly sender: string
  readonly subject: string
  readonly at: number
  /** `held`: one sender wrote too many; `failed`: the desk could not take it. */
  readonly state: string
  readonly why: HeldWhy
}

/** GET /api/v1/desk/held */
export interface HeldAnswer {
  readonly items: readonly HeldMessage[]
  /** How many channels the desk has; without any nothing can be held. */
  readonly channels: number
}

/** GET /api/v1/account/chats */
export interface OwnChats {
  readonly items: readonly { readonly source: string; readonly address: string; readonly boundAt: number }[]
  /** Name of the desk's Telegram bot; null: there is none to bind a chat to. */
  readonly bot: string | null
}

/** POST /api/v1/account/chats/telegram */
export interface ChatLink {
  readonly link: string
  readonly code: string
  readonly expiresAt: number
  /** Milliseconds from now on: a phone's clock may be wrong. */
  readonly lives: number
}

/** Sign-in, one's own account, accounts, imports, the trail. */
export type {
  AccountRow,
  AuditRow,
  DemoAccount,
  ImportAnswer,
  OwnAccount,
  OwnSession,
  OwnToken,
  SessionView,
  SessionViewer,
  SignInAnswer,
} from '../domain/signin.ts'

/**
 * GET /api/v1/services?search= → { items: ServiceView[], troubles: string[] }; GET /services/:key and /services/:key/versions/:n → ServiceVersion;
 * POST /services/:key/check { answers, products?, partial?, version? } → { mistakes: FormMistake[], answers }.
 */
export interface ServiceView extends Pick<Service, 'key' | 'reference' | 'name' | 'summary' | 'group' | 'users'> {
  readonly version: number
  readonly products: readonly Pick<Service['products'][number], 'key' | 'name' | 'standard'>[]
  /** How many papers the requester must bring. */
  readonly papers: number
}

/** GET /plant/what-if: and whom nobody can reach then though they run, by the network's parents. */
export interface WhatIfView extends WhatIf {
  readonly cutOff: readonly { readonly device: string; readonly name: string }[]
}
