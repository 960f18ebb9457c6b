// Where the page is: History API, plain links. Whatever can be pointed at has a URL that can be sent to a colleague.
import { computed, type ReadonlySignal, signal } from '@preact/signals'

export interface Where {
  readonly path: string
  readonly query: URLSearchParams
}

const read = (): Where => ({ path: location.pathname.replace(/(.)\/+$/, '$1'), query: new URLSearchParams(location.search) })
const current = signal<Where>(read())

export const where: ReadonlySignal<Where> = current
export const path: ReadonlySignal<string> = computed(() => current.value.path)

let held: ((to: string) => void) | null = null

/** While a page holds something unsaved, going anywhere asks it instead; what is returned lets go. */
export function holdLeaving(ask: (to: string) => void): () => void {
  held = ask
  return () => {
    if (held === ask) held = null
  }
}

/** True: the page was asked, and stays. */
function isHeld(to: string): boolean {
  if (held === null || to === location.pathname + location.search) return false
  held(to)
  return true
}

/** The browser went back already: it is brought to where the page still is, and the page is asked. */
function isHeldBack(was: string, to: string): boolean {
  const query = current.peek().query.toString()
  const stays = was + (query === '' ? '' : `?${query}`)
  if (held === null || to === stays) return false
  history.pushState(null, '', stays)
  held(to)
  return true
}

/** Goes to a URL of ours. `replace` leaves no step behind in the history. */
export function go(to: string, options: { readonly replace?: boolean } = {}): void {
  if (isHeld(to)) return
  if (options.replace === true) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  const was = current.peek().path
  current.value = read()
  if (current.peek().path !== was) scrollTo(0, 0)
}

/** Sets or (null) takes away parameters of the URL and leaves the rest; by default without a new step in the history. */
export function setQuery(change: Readonly<Record<string, string | number | null>>, options: { readonly push?: boolean } = {}): void {
  const query = new URLSearchParams(location.search)
  for (const [key, value] of Object.entries(change)) {
    if (value === null || value === '') query.delete(key)
    else query.set(key, String(value))
  }
  const text = query.toString()
  go(location.pathname + (text === '' ? '' : `?${text}`), { replace: options.push !== true })
}

/** Lets every plain `<a href="/…">` go without loading the page anew. */
export function startRouter(): void {
  addEventListener('popstate', () => {
    const was = current.peek()
    const to = location.pathname + location.search
    if (isHeldBack(was.path, to)) return
    current.value = read()
  })
  addEventListener('click', event => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!(link instanceof HTMLAnchorElement) || link.target !== '' || link.hasAttribute('download') || link.origin !== location.origin) return
    if (link.pathname.startsWith('/api/') || /\.\w+$/.test(link.pathname)) return
    event.preventDefault()
    if (link.pathname === location.pathname && link.search === location.search && link.hash !== '') {
      document.getElementById(link.hash.slice(1))?.focus()
      return
    }
    go(link.pathname + link.search)
  })
}

/** `/racks/:id` against `/racks/a4` → `{ id: 'a4' }`; null when it does not match. */
export function match(pattern: string, at: string): Readonly<Record<string, string>> | null {
  const want = pattern.split('/')
  const is = at.split('/')
  if (want.length !== is.length) return null
  const params: Record<string, string> = {}
  for (let i = 0; i < want.length; i++) {
    const a = want[i] ?? ''
    const b = is[i] ?? ''
    if (a.startsWith(':')) {
      try {
        params[a.slice(1)] = decodeURIComponent(b)
      } catch {
        return null
      }
    } else if (a !== b) return null
  }
  return params
}
