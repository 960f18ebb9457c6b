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

/** Goes to a URL of ours. `replace` leaves no step behind in the history. */
export function go(to: string, options: { readonly replace?: boolean } = {}): void {
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
