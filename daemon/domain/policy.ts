// The one place that says who may do what: asked by API, live stream, pages and exports alike.
import type { Viewer } from './people.ts'
import { type Role, STAFF } from './roles.ts'

interface Rule {
  readonly roles: readonly Role[]
  /** What a token must have been made for. */
  readonly scope: Scope
  /** A requester only about own organisations. Staff always about all. */
  readonly scoped?: boolean
}

export const SCOPES = ['watch', 'watch.act', 'desk', 'desk.act', 'people', 'audit', 'admin'] as const
export type Scope = (typeof SCOPES)[number]
/** Look and change nothing: what a token may be made for that is not one's own. */
export const READING: readonly Scope[] = ['watch', 'desk', 'people', 'audit']

const WATCHERS = ['noc', 'officer', 'approver', 'auditor', 'admin'] as const
const EVERYBODY = ['noc', 'officer', 'approver', 'requester', 'auditor', 'admin'] as const

/** Every permission there is. A route, a topic and a button name one of them. */
export const RULES = {
  // The hardware.
  'watch.read': { roles: WATCHERS, scope: 'watch' },
  'watch.export': { roles: WATCHERS, scope: 'watch' },
  'alarm.act': { roles: ['noc', 'officer', 'admin'], scope: 'watch.act' },
  'device.poll': { roles: ['noc', 'officer', 'admin'], scope: 'watch.act' },
  'device.manage': { roles: ['admin'], scope: 'admin' },
  'channel.read': { roles: ['noc', 'auditor', 'admin'], scope: 'watch' },
  'channel.test': { roles: ['admin'], scope: 'admin' },
  'demo.play': { roles: ['noc', 'officer', 'approver', 'admin'], scope: 'watch.act' },
  'metrics.read': { roles: ['noc', 'auditor', 'admin'], scope: 'watch' },
  // The premises: what stands where, who is inside, which doors opened.
  'place.manage': { roles: ['officer', 'admin'], scope: 'admin' },
  'place.export': { roles: WATCHERS, scope: 'watch' },
  'plant.read': { roles: WATCHERS, scope: 'watch' },
  'reservation.make': { roles: ['officer'], scope: 'desk.act' },
  /** Goods in and out, installation, move, end of stay. */
  'stay.work': { roles: ['officer', 'noc'], scope: 'desk.act' },
  /** What stands in the racks for one's own organisation. */
  'stay.read': { roles: EVERYBODY, scope: 'desk', scoped: true },
  'visit.read': { roles: EVERYBODY, scope: 'watch', scoped: true },
  'visit.file': { roles: ['requester', 'officer', 'noc'], scope: 'desk.act', scoped: true },
  'visit.approve': { roles: ['approver', 'officer'], scope: 'desk.act' },
  /** At the door: check in, check out, walk-ins, badges handed out. */
  'visit.guard': { roles: ['noc', 'officer'], scope: 'watch.act' },
  /** Standing badges, block list, freezes, reviews. */
  'visit.manage': { roles: ['officer', 'admin'], scope: 'admin' },
  'visit.export': { roles: WATCHERS, scope: 'desk' },
  'door.read': { roles: WATCHERS, scope: 'watch' },
  'door.explain': { roles: ['noc', 'officer'], scope: 'watch.act' },
  'timeline.read': { roles: WATCHERS, scope: 'watch' },
  'timeline.note': { roles: ['noc', 'officer', 'approver', 'admin'], scope: 'watch.act' },
  'care.read': { roles: WATCHERS, scope: 'watch' },
  'care.work': { roles: ['noc', 'officer', 'admin'], scope: 'watch.act' },
  // The desk.
  'catalogue.read': { roles: EVERYBODY, scope: 'desk' },
  'calendar.read': { roles: EVERYBODY, scope: 'desk' },
  'calendar.manage': { roles: ['admin'], scope: 'admin' },
  'ticket.read': { roles: EVERYBODY, scope: 'desk', scoped: true },
  'ticket.file': { roles: ['requester', 'officer'], scope: 'desk.act', scoped: true },
  /** What the one who asked may still do: answer, cancel, complain, ask for a change, say how it was. */
  'ticket.answer': { roles: ['requester', 'officer'], scope: 'desk.act', scoped: true },
  'ticket.note': { roles: ['requester', 'officer', 'approver'], scope: 'desk.act', scoped: true },
  'ticket.internal': { roles: ['noc', 'officer', 'approver', 'auditor', 'admin'], scope: 'desk' },
  'ticket.work': { roles: ['officer'], scope: 'desk.act' },
  /** Dispositions; whose turn it is the ticket knows by the chair. */
  'ticket.dispose': { roles: ['approver'], scope: 'desk.act' },
  /** Over the matrix of impact and urgency: a leader's word, logged. */
  'ticket.override': { roles: ['approver'], scope: 'desk.act' },
  'ticket.export': { roles: ['officer', 'approver', 'auditor', 'admin'], scope: 'desk' },
  'application.read': { roles: EVERYBODY, scope: 'desk', scoped: true },
  /** Say since when a service is not there, and what is planned. */
  'outage.manage': { roles: ['noc', 'officer', 'admin'], scope: 'desk.act' },
  'document.read': { roles: EVERYBODY, scope: 'desk', scoped: true },
  'document.sign': { roles: ['requester', 'officer', 'approver'], scope: 'desk.act', scoped: true },
  'agenda.read': { roles: ['officer', 'approver', 'auditor', 'admin'], scope: 'desk' },
  // Hosting and domains: what stands on managed hosts and in zones, and the changes that put it there.
  'website.read': { roles: EVERYBODY, scope: 'desk', scoped: true },
  'change.read': { roles: ['officer', 'approver', 'auditor', 'admin'], scope: 'desk' },
  /** Make, plan, apply, stop, undo, verify. */
  'change.work': { roles: ['officer', 'admin'], scope: 'desk.act' },
  /** The second person's word: never of who asked for the change, or applies it. */
  'change.consent': { roles: ['officer', 'approver', 'admin'], scope: 'desk.act' },
  'host.read': { roles: WATCHERS, scope: 'watch' },
  'host.manage': { roles: ['admin'], scope: 'admin' },
  'zone.manage': { roles: ['admin'], scope: 'admin' },
  /** The switch that stops every change. */
  'provisioning.stop': { roles: ['noc', 'officer', 'admin'], scope: 'desk.act' },
  /** Credentials behind a link that opens once: for the person it was made for alone. */
  'handover.open': { roles: ['requester', 'officer'], scope: 'desk.act', scoped: true },
  // The people.
  'people.read': { roles: WATCHERS, scope: 'people' },
  'people.manage': { roles: ['admin'], scope: 'admin' },
  'account.manage': { roles: ['admin'], scope: 'admin' },
  /** One's own sign-in: password, second factor, sessions, tokens. */
  'account.own': { roles: EVERYBODY, scope: 'admin' },
  'audit.read': { roles: ['auditor', 'admin'], scope: 'audit' },
  'audit.export': { roles: ['auditor', 'admin'], scope: 'audit' },
} as const satisfies Record<string, Rule>
export type Permission = keyof typeof RULES

export const PERMISSIONS = Object.keys(RULES) as Permission[]

/** What a permission is asked about. */
export interface About {
  /** Whose it is; null: nobody's in particular, for staff only. */
  readonly organisation: number | null
}

/**
 * Whether this viewer may. Without `about`: whether there is anything at all of the kind that the viewer may (enough for a page or a list, which
 * then filters by `reach`). Nobody (null) may nothing; who must first change the password or enrol a second factor may only that.
 */
export function may(viewer: Viewer | null, permission: Permission, about?: About): boolean {
  if (viewer === null) return false
  if (viewer.pending !== null && permission !== 'account.own') return false
  const rule: Rule = RULES[permission]
  if (viewer.scopes !== null && !viewer.scopes.includes(rule.scope)) return false
  const held = viewer.roles.filter(role => rule.roles.includes(role))
  if (held.length === 0) return false
  if (about === undefined || rule.scoped !== true || held.some(role => STAFF.has(role))) return true
  return about.organisation !== null && viewer.organisations.includes(about.organisation)
}

/** Over which organisations the permission reaches: for lists. `all`, or the ids (empty: none). */
export function reach(viewer: Viewer | null, permission: Permission): 'all' | readonly number[] {
  if (viewer === null || !may(viewer, permission)) return []
  const rule: Rule = RULES[permission]
  if (rule.scoped !== true || viewer.roles.some(role => STAFF.has(role) && rule.roles.includes(role))) return 'all'
  return viewer.organisations
}
