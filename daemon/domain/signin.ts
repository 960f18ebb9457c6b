// Sign-in as pages and the API see it: who one is, with what one signs in, what is open in one's name.
import { z } from 'zod'
import type { AgencyView } from './agency.ts'
import type { Instant } from './call.ts'
import { type Organisation, type Through, throughOf, type Viewer } from './people.ts'
import type { Permission, Scope } from './policy.ts'
import type { Role } from './roles.ts'

/** Who knocks: for sign-in, limits on tries, and the trail. */
export interface Knock {
  readonly address: string
  readonly agent: string
  /** The session's cookie or a token, as sent; null without. */
  readonly credential: string | null
  /** Under which origin the page was reached, for passkeys and links; empty when the request names none. */
  readonly origin?: string
}

/** Of an address as the socket has it. */
export const isLoopback = (address: string): boolean => /^(::1|(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/.test(address)

/** What a browser keeps when sign-in is done. */
export interface Opened {
  readonly secret: string
  readonly until: Instant
}

/** Who did something, for the trail: with the account, because names change. */
export interface By extends Through {
  readonly name: string
  readonly account: number
  readonly address: string
}

export const byOf = (viewer: Pick<Viewer, 'name' | 'account' | 'via' | 'token'>, knock: Pick<Knock, 'address'>): By => ({
  name: viewer.name,
  account: viewer.account,
  address: knock.address,
  ...throughOf(viewer),
})

export const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{1,63}$/, 'letters, digits, dot, hyphen, underscore or @; at least two')

/** `required`: officers, approvers and admins can do nothing before they have one. `off`: pages do not recommend it. */
export const SECOND_FACTORS = ['off', 'optional', 'required'] as const
export type SecondFactor = (typeof SECOND_FACTORS)[number]

export const METHODS = ['totp', 'recovery', 'passkey'] as const
export type Method = (typeof METHODS)[number]

/** Who is signed in, as pages show it; `organisations` with their names. */
export interface SessionViewer extends Omit<Viewer, 'organisations'> {
  readonly login: string
  readonly language: 'id' | 'en'
  /** Organisations this person asks for. */
  readonly organisations: readonly Pick<Organisation, 'id' | 'short' | 'name' | 'kind'>[]
}

/** One of the demonstration's people: signed in as by a press. */
export interface DemoAccount {
  readonly login: string
  readonly name: string
  readonly position: string
  readonly role: Role
  /** Short name. */
  readonly organisation: string
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
  /** Whom the steps of requests speak of, and where the desk is reached: for whoever is signed in. */
  readonly agency?: AgencyView
}

/** POST /api/v1/session, /session/code, /session/passkey: signed in, or the second factor is asked for with the pass of the first. */
export type SignInAnswer = { readonly next: 'done' } | { readonly next: 'code'; readonly pass: string; readonly methods: readonly Method[] }

/** GET /account */
export interface OwnAccount {
  readonly login: string
  readonly name: string
  readonly language: 'id' | 'en'
  readonly password: boolean
  readonly totp: boolean
  readonly recoveryLeft: number
  readonly passkeys: readonly { readonly id: number; readonly name: string; readonly createdAt: Instant; readonly usedAt: Instant | null }[]
  readonly secondFactor: SecondFactor
  readonly pending: Viewer['pending']
}

/** GET /account/sessions → { items } */
export interface OwnSession {
  readonly id: number
  readonly kind: 'person' | 'wall'
  readonly createdAt: Instant
  readonly seenAt: Instant
  readonly until: Instant
  readonly address: string
  readonly agent: string
  readonly current: boolean
}

/** GET /account/tokens → { items } */
export interface OwnToken {
  readonly id: number
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly createdAt: Instant
  readonly expiresAt: Instant | null
  readonly usedAt: Instant | null
}

/** GET /accounts → items */
export interface AccountRow {
  readonly id: number
  readonly login: string
  readonly person: number
  readonly name: string
  readonly organisation: string
  /** Held now. */
  readonly roles: readonly string[]
  readonly password: boolean
  readonly secondFactor: boolean
  readonly mustChange: boolean
  /** Too many wrong tries: until then; null: not locked. */
  readonly lockedUntil: Instant | null
  readonly createdAt: Instant
  readonly signedInAt: Instant | null
  readonly goneAt: Instant | null
}

/** A wrong line of a file, for the preview. */
export interface ImportMistake {
  readonly line: number
  readonly column: string
  readonly reason: string
  readonly words?: { readonly id: string; readonly en: string }
}

/** POST /import/:what: what it would do, or did. */
export interface ImportAnswer {
  readonly rows: number
  readonly added: readonly { readonly line: number; readonly name: string }[]
  readonly changed: readonly { readonly line: number; readonly name: string; readonly fields: readonly string[] }[]
  readonly same: number
  readonly mistakes: readonly ImportMistake[]
  readonly committed: boolean
  /** Of accounts that were made: where each sets the first password. */
  readonly links: readonly { readonly login: string; readonly link: string }[]
}

/** GET /audit → items, newest first */
export interface AuditRow {
  readonly seq: number
  readonly at: Instant
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail: unknown
  readonly hash: string
}
