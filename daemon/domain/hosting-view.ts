// Hosts, websites, changes, zones and certificates as pages, commands and the API see them.
import type { Instant } from './call.ts'
import type { Change, ChangeState, Danger, Found, JournalEntry, Plan, State, ThingRef } from './change.ts'
import type { Words } from './form.ts'
import type { Website } from './website.ts'

/** `waiting`: made known, its key not yet approved or its broker not yet installed. `frozen`: three changes failed on it one after the other. */
export const HOST_STATES = ['waiting', 'ready', 'frozen', 'unreachable', 'keyChanged', 'otherBroker'] as const
export type HostState = (typeof HOST_STATES)[number]

export interface HostView {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly port: number
  readonly state: HostState
  /** As ssh-keygen prints it: `SHA256:…`; null: none was shown yet. */
  readonly hostKey: string | null
  /** Shown, and waiting for a person to compare it. */
  readonly shownKey: string | null
  readonly broker: string | null
  /** What it can: system, servers, PHP versions, quota; null: it never answered. */
  readonly facts: State | null
  readonly websites: number
  readonly seenAt: Instant | null
  /** Why it is not ready, in one sentence with the remedy. */
  readonly trouble: Words | null
  readonly drift: DriftSummary | null
  readonly revision: number
}

export interface DriftSummary {
  readonly at: Instant
  readonly missing: number
  readonly changed: number
  readonly foreign: number
}

export interface DriftItem extends ThingRef {
  readonly kind: 'missing' | 'changed' | 'foreign'
  /** As it is wanted; null of a foreign one. */
  readonly wanted: State | null
  readonly found: Found
}

export interface DriftReport {
  readonly place: ThingRef['place']
  readonly at: Instant
  readonly checked: number
  readonly tookMs: number
  readonly items: readonly DriftItem[]
  /** Of a zone: how many records others made there. They are theirs by nature, and no finding. */
  readonly others?: number
}

/** `making`: its first change is not through. `removed`: within its days of grace; its data is kept. */
export const WEBSITE_VIEW_STATES = ['making', 'live', 'suspended', 'troubled', 'removed'] as const
export type WebsiteState = (typeof WEBSITE_VIEW_STATES)[number]

export interface WebsiteRow {
  readonly name: string
  readonly domain: string
  readonly aliases: number
  readonly host: string
  readonly organisation: number
  readonly organisationName: string
  readonly state: WebsiteState
  readonly runtime: string
  /** MiB. */
  readonly used: number | null
  readonly quota: number
  readonly certificateUntil: Instant | null
  /** Last look from outside. */
  readonly up: boolean | null
  readonly drift: number
  readonly revision: number
}

export interface WebsiteView extends WebsiteRow {
  readonly wanted: Website
  readonly tickets: readonly string[]
  readonly changes: readonly ChangeRow[]
  readonly certificate: CertificateView | null
  readonly drifts: readonly DriftItem[]
  /** MiB of the database; null: none, or not measured. */
  readonly databaseUsed: number | null
  /** To whom credentials may be handed: the registered responsible persons. */
  readonly responsible: readonly { readonly person: number | null; readonly name: string; readonly kind: 'structural' | 'technical' }[]
  readonly handovers: readonly HandoverView[]
  readonly removedAt: Instant | null
  /** Until when what is put aside is kept. */
  readonly graceUntil: Instant | null
}

export interface HandoverView {
  readonly id: number
  readonly what: Words
  readonly to: string
  readonly madeAt: Instant
  readonly until: Instant
  readonly openedAt: Instant | null
}

export interface ChangeRow {
  readonly id: number
  readonly number: string
  readonly purpose: Change['purpose']
  readonly title: Words
  readonly state: ChangeState
  readonly ticket: string | null
  readonly website: string | null
  readonly organisation: number | null
  readonly danger: Danger | null
  readonly steps: number
  readonly done: number
  readonly by: string
  readonly at: Instant
  readonly revision: number
}

export interface ChangeView extends ChangeRow {
  readonly change: Change
  readonly plan: Plan | null
  readonly journal: readonly JournalEntry[]
  /** What the viewer may do now, and why not otherwise. */
  readonly may: readonly ('plan' | 'consent' | 'apply' | 'stop' | 'undo' | 'verify' | 'end')[]
  readonly why: Words | null
  /** Of `undoFailed`: what a person does now, line by line. */
  readonly instructions: readonly Words[]
}

export interface ZoneView {
  readonly name: string
  readonly kind: 'bind' | 'powerdns'
  readonly servers: readonly ZoneServerView[]
  readonly records: number
  readonly dnssec: 'signed' | 'unsigned' | 'unknown'
  readonly trouble: Words | null
  readonly revision: number
}
/** POST /zones. `change`: the one that makes it on a managed host; null: nothing is left to do. */
export interface ZoneAdded extends ZoneView {
  readonly change: string | null
}
export interface ZoneServerView {
  readonly server: string
  readonly serial: number | null
  readonly reachable: boolean
}
export interface RecordView {
  /** `www.example.go.id. A`. */
  readonly name: string
  readonly state: State
  /** Website or ticket it belongs to; null: not ours. */
  readonly owner: string | null
}
export interface ZoneChangeView {
  readonly id: number
  readonly zone: string
  readonly name: string
  readonly before: State | null
  readonly after: State | null
  readonly at: Instant
  readonly by: string
  readonly change: string | null
}

export interface CertificateView {
  readonly website: string | null
  readonly names: readonly string[]
  readonly source: 'acme' | 'own' | 'upload'
  readonly issuer: string
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** When it is renewed by itself; null: it is not. */
  readonly renewAt: Instant | null
  /** Why the last renewal failed; what runs was not touched. */
  readonly trouble: Words | null
  readonly fingerprint: string
}

/** GET /websites, /changes, /zones/:name: one page of a list. */
export interface PageOf<T> {
  readonly items: readonly T[]
  readonly total: number
  readonly page: number
  readonly size: number
}

/** GET /websites/new/draft?ticket=: the website as the ticket's answers give it. Of what was not answered a field is missing. */
export interface WebsiteDraft {
  readonly ticket: string | null
  readonly organisation: number | null
  readonly organisationName: string | null
  /** As the input of `Website`, not yet checked. */
  readonly website: Readonly<Record<string, unknown>>
  /** What a person must still say or look at: path of the field and why. */
  readonly open: readonly { readonly field: string; readonly words: Words }[]
  /** Where it may live, ready ones only. */
  readonly hosts: readonly { readonly id: string; readonly name: string; readonly php: readonly string[] }[]
  /** Zones of ours in which its names may stand. */
  readonly zones: readonly string[]
}

/** GET /provisioning: whether changes may be applied at all. */
export interface ProvisioningView {
  readonly stopped: boolean
  readonly by: string | null
  readonly at: Instant | null
  readonly reason: string | null
}

/** GET /zones/:name?search&type&page */
export interface ZoneRecords extends PageOf<RecordView> {
  readonly zone: ZoneView
}

/** GET /handovers/:token: what waits behind the link; the secret itself is told once, by POST …/open. */
export interface HandoverOffer {
  readonly what: Words
  readonly website: string
  readonly to: string
  readonly madeAt: Instant
  readonly until: Instant
  /** `foreign`: it is for somebody else. */
  readonly state: 'ready' | 'opened' | 'expired' | 'foreign'
  readonly openedAt: Instant | null
}
export interface HandoverSecret {
  readonly what: Words
  /** Line by line, in the order they are typed in; `secret`: hidden until it is asked for. */
  readonly lines: readonly { readonly label: Words; readonly value: string; readonly secret: boolean }[]
}
