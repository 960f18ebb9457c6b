// The pages: a folder each under pages/ (page.tsx, default export), loaded when first opened.
import type { ComponentType } from 'preact'
import type { Permission } from '../daemon/domain/policy.ts'
import { match } from './router.ts'

export interface PageProps {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

interface PageFile {
  readonly default: ComponentType<PageProps>
}

interface Route {
  readonly pattern: string
  /** Folder under pages/. */
  readonly page: string
  /** Entry of the rail it belongs to. */
  readonly nav: NavKey | null
  /** What the viewer must be allowed; `anybody`: also without a sign-in; `viewer`: whoever is signed in. */
  readonly needs: Permission | 'viewer' | 'anybody'
}

export type NavKey =
  | 'home'
  | 'wall'
  | 'floor'
  | 'racks'
  | 'devices'
  | 'alarms'
  | 'tickets'
  | 'requests'
  | 'calendar'
  | 'agenda'
  | 'people'
  | 'accounts'
  | 'audit'
  | 'admin'

export interface NavEntry {
  readonly key: NavKey
  readonly href: string
  /** Follows `g`. */
  readonly letter: string
  readonly group: 'own' | 'watch' | 'desk' | 'house'
  readonly needs: Permission
  /** Only for those who ask, or only for those who serve the house. */
  readonly only?: 'requesters' | 'staff'
}

/** The rail in its order, for everybody; `navOf` leaves what a viewer may. */
export const NAV: readonly NavEntry[] = [
  { key: 'home', href: '/home', letter: 'h', group: 'own', needs: 'ticket.read', only: 'requesters' },
  { key: 'wall', href: '/wall', letter: 'w', group: 'watch', needs: 'watch.read' },
  { key: 'floor', href: '/floor', letter: 'f', group: 'watch', needs: 'watch.read' },
  { key: 'racks', href: '/racks', letter: 'r', group: 'watch', needs: 'watch.read' },
  { key: 'devices', href: '/devices', letter: 'd', group: 'watch', needs: 'watch.read' },
  { key: 'alarms', href: '/alarms', letter: 'a', group: 'watch', needs: 'watch.read' },
  { key: 'tickets', href: '/tickets', letter: 't', group: 'desk', needs: 'ticket.read' },
  { key: 'requests', href: '/requests', letter: 'l', group: 'desk', needs: 'catalogue.read' },
  { key: 'calendar', href: '/calendar', letter: 'k', group: 'desk', needs: 'calendar.read', only: 'staff' },
  { key: 'agenda', href: '/agenda', letter: 'b', group: 'desk', needs: 'agenda.read' },
  { key: 'people', href: '/people', letter: 'o', group: 'house', needs: 'people.read' },
  { key: 'accounts', href: '/admin/accounts', letter: 'u', group: 'house', needs: 'account.manage' },
  { key: 'audit', href: '/audit', letter: 'j', group: 'house', needs: 'audit.read' },
  { key: 'admin', href: '/admin', letter: 's', group: 'house', needs: 'watch.read' },
]

export const navOf = (may: (permission: Permission) => boolean): readonly NavEntry[] => {
  const staff = may('watch.read')
  return NAV.filter(one => may(one.needs) && (one.only === undefined || (one.only === 'staff') === staff))
}

const ROUTES: readonly Route[] = [
  { pattern: '/wall', page: 'wall', nav: 'wall', needs: 'watch.read' },
  { pattern: '/floor', page: 'floor', nav: 'floor', needs: 'watch.read' },
  { pattern: '/racks', page: 'racks', nav: 'racks', needs: 'watch.read' },
  { pattern: '/racks/:id', page: 'rack', nav: 'racks', needs: 'watch.read' },
  { pattern: '/devices', page: 'devices', nav: 'devices', needs: 'watch.read' },
  { pattern: '/devices/:id', page: 'device', nav: 'devices', needs: 'watch.read' },
  { pattern: '/alarms', page: 'alarms', nav: 'alarms', needs: 'watch.read' },
  { pattern: '/home', page: 'home', nav: 'home', needs: 'ticket.read' },
  { pattern: '/requests', page: 'requests', nav: 'requests', needs: 'catalogue.read' },
  { pattern: '/requests/new/:service', page: 'form', nav: 'requests', needs: 'ticket.file' },
  { pattern: '/requests/draft/:number', page: 'form', nav: 'requests', needs: 'ticket.file' },
  { pattern: '/tickets', page: 'tickets', nav: 'tickets', needs: 'ticket.read' },
  // Before the number of a ticket: "new" is none.
  { pattern: '/tickets/new', page: 'form', nav: 'tickets', needs: 'ticket.work' },
  { pattern: '/tickets/:number', page: 'ticket', nav: 'tickets', needs: 'ticket.read' },
  { pattern: '/calendar', page: 'calendar', nav: 'calendar', needs: 'calendar.read' },
  { pattern: '/agenda', page: 'agenda', nav: 'agenda', needs: 'agenda.read' },
  { pattern: '/catalogue/:service', page: 'catalogue', nav: 'requests', needs: 'catalogue.read' },
  { pattern: '/people', page: 'people', nav: 'people', needs: 'people.read' },
  { pattern: '/people/:part', page: 'people', nav: 'people', needs: 'people.read' },
  { pattern: '/people/:part/:id', page: 'people', nav: 'people', needs: 'people.read' },
  { pattern: '/admin', page: 'admin', nav: 'admin', needs: 'watch.read' },
  { pattern: '/admin/accounts', page: 'accounts', nav: 'accounts', needs: 'account.manage' },
  { pattern: '/audit', page: 'audit', nav: 'audit', needs: 'audit.read' },
  { pattern: '/account', page: 'account', nav: null, needs: 'viewer' },
  { pattern: '/verify/:code', page: 'verify', nav: null, needs: 'anybody' },
  { pattern: '/setup', page: 'setup', nav: null, needs: 'anybody' },
  { pattern: '/signin', page: 'signin', nav: null, needs: 'anybody' },
]

export interface Found {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

export function findRoute(path: string): Found | null {
  for (const route of ROUTES) {
    const params = match(route.pattern, path)
    if (params !== null) return { route, params }
  }
  return null
}

const files = import.meta.glob<PageFile>('./pages/*/page.tsx')

/** null when there is no such page. Rejects when its file cannot be loaded. */
export async function loadPage(page: string): Promise<ComponentType<PageProps> | null> {
  const load = files[`./pages/${page}/page.tsx`]
  return load === undefined ? null : (await load()).default
}
