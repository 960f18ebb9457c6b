// The pages: a folder each under pages/ (page.tsx, default export), loaded when first opened.
import type { ComponentType } from 'preact'
import type { Permission } from '../daemon/domain/policy.ts'
import type { NavKey } from './nav.ts'
import { match } from './router.ts'

export { type NavEntry, type NavKey, navOf } from './nav.ts'

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

const ROUTES: readonly Route[] = [
  { pattern: '/wall', page: 'wall', nav: 'wall', needs: 'watch.read' },
  { pattern: '/floor', page: 'floor', nav: 'floor', needs: 'watch.read' },
  { pattern: '/place', page: 'place', nav: 'floor', needs: 'watch.read' },
  { pattern: '/racks', page: 'racks', nav: 'racks', needs: 'watch.read' },
  { pattern: '/racks/:id', page: 'rack', nav: 'racks', needs: 'watch.read' },
  { pattern: '/power', page: 'power', nav: 'power', needs: 'plant.read' },
  { pattern: '/capacity', page: 'capacity', nav: 'capacity', needs: 'plant.read' },
  { pattern: '/devices', page: 'devices', nav: 'devices', needs: 'watch.read' },
  { pattern: '/devices/:id', page: 'device', nav: 'devices', needs: 'watch.read' },
  { pattern: '/timeline', page: 'timeline', nav: 'alarms', needs: 'timeline.read' },
  { pattern: '/alarms', page: 'alarms', nav: 'alarms', needs: 'watch.read' },
  { pattern: '/home', page: 'home', nav: 'home', needs: 'ticket.read' },
  { pattern: '/placement/:ticket', page: 'placement', nav: 'tickets', needs: 'plant.read' },
  { pattern: '/stays', page: 'stays', nav: 'stays', needs: 'stay.read' },
  { pattern: '/stays/:id', page: 'stays', nav: 'stays', needs: 'stay.read' },
  { pattern: '/my-racks', page: 'my-racks', nav: 'mine', needs: 'stay.read' },
  { pattern: '/requests', page: 'requests', nav: 'requests', needs: 'catalogue.read' },
  { pattern: '/requests/new/:service', page: 'form', nav: 'requests', needs: 'ticket.file' },
  { pattern: '/requests/draft/:number', page: 'form', nav: 'requests', needs: 'ticket.file' },
  { pattern: '/requests/sent/:number', page: 'form', nav: 'requests', needs: 'ticket.file' },
  { pattern: '/tickets', page: 'tickets', nav: 'tickets', needs: 'ticket.read' },
  // Before the number of a ticket: "new" is none.
  { pattern: '/tickets/new', page: 'form', nav: 'tickets', needs: 'ticket.work' },
  { pattern: '/tickets/:number', page: 'ticket', nav: 'tickets', needs: 'ticket.read' },
  { pattern: '/applications/:id', page: 'application', nav: 'tickets', needs: 'application.read' },
  { pattern: '/websites', page: 'websites', nav: 'websites', needs: 'website.read' },
  // Before the name of a website: "new" is none.
  { pattern: '/websites/new', page: 'website-form', nav: 'websites', needs: 'change.work' },
  { pattern: '/websites/:name', page: 'website', nav: 'websites', needs: 'website.read' },
  { pattern: '/websites/:name/edit', page: 'website-form', nav: 'websites', needs: 'change.work' },
  { pattern: '/changes', page: 'changes', nav: 'websites', needs: 'change.read' },
  { pattern: '/changes/:number', page: 'change', nav: 'websites', needs: 'change.read' },
  { pattern: '/hosts', page: 'hosts', nav: 'websites', needs: 'host.read' },
  { pattern: '/hosts/:id', page: 'host', nav: 'websites', needs: 'host.read' },
  { pattern: '/zones', page: 'zones', nav: 'websites', needs: 'host.read' },
  { pattern: '/zones/:name', page: 'zone', nav: 'websites', needs: 'host.read' },
  { pattern: '/certificates', page: 'certificates', nav: 'websites', needs: 'host.read' },
  { pattern: '/handover/:token', page: 'handover', nav: null, needs: 'handover.open' },
  { pattern: '/calendar', page: 'calendar', nav: 'calendar', needs: 'calendar.read' },
  { pattern: '/care', page: 'care', nav: 'care', needs: 'care.read' },
  { pattern: '/visits', page: 'visits', nav: 'visits', needs: 'visit.read' },
  { pattern: '/visits/:part', page: 'visits', nav: 'visits', needs: 'visit.read' },
  { pattern: '/doors', page: 'doors', nav: 'doors', needs: 'door.read' },
  { pattern: '/doors/:part', page: 'doors', nav: 'doors', needs: 'door.read' },
  { pattern: '/checkin', page: 'checkin', nav: 'visits', needs: 'visit.guard' },
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
