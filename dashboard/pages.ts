// The pages: a folder each under pages/ (page.tsx, default export), loaded when first opened.
import type { ComponentType } from 'preact'
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
  readonly nav: NavKey
}

export type NavKey = 'wall' | 'floor' | 'racks' | 'devices' | 'alarms' | 'admin'

/** The rail, and the letter that follows `g`. */
export const NAV: readonly { readonly key: NavKey; readonly href: string; readonly letter: string }[] = [
  { key: 'wall', href: '/wall', letter: 'w' },
  { key: 'floor', href: '/floor', letter: 'f' },
  { key: 'racks', href: '/racks', letter: 'r' },
  { key: 'devices', href: '/devices', letter: 'd' },
  { key: 'alarms', href: '/alarms', letter: 'a' },
  { key: 'admin', href: '/admin', letter: 's' },
]

const ROUTES: readonly Route[] = [
  { pattern: '/wall', page: 'wall', nav: 'wall' },
  { pattern: '/floor', page: 'floor', nav: 'floor' },
  { pattern: '/racks', page: 'racks', nav: 'racks' },
  { pattern: '/racks/:id', page: 'rack', nav: 'racks' },
  { pattern: '/devices', page: 'devices', nav: 'devices' },
  { pattern: '/devices/:id', page: 'device', nav: 'devices' },
  { pattern: '/alarms', page: 'alarms', nav: 'alarms' },
  { pattern: '/admin', page: 'admin', nav: 'admin' },
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
