// A page of websites: searched, filtered, sorted. Pure.
import type { PageOf, WebsiteRow } from './domain/hosting-view.ts'
import type { WebsiteQuery } from './http/routes/websites.ts'

type Sort = Exclude<WebsiteQuery['sort'], `-${string}`>
const SORTS: { readonly [K in Sort]: (row: WebsiteRow) => string | number } = {
  name: row => row.name,
  domain: row => row.domain,
  host: row => row.host,
  state: row => row.state,
  used: row => (row.used ?? 0) / row.quota,
  certificate: row => row.certificateUntil ?? Number.POSITIVE_INFINITY,
}

export function pageOf(rows: readonly WebsiteRow[], { search, state, host, sort, page, size }: WebsiteQuery): PageOf<WebsiteRow> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const down = sort.startsWith('-')
  const by = SORTS[(down ? sort.slice(1) : sort) as Sort]
  const items = rows
    .filter(row => (state === undefined || row.state === state) && (host === undefined || row.host === host))
    .filter(({ name, domain, organisationName }) => words.every(word => `${name} ${domain} ${organisationName}`.toLowerCase().includes(word)))
    .sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : a.name < b.name ? -1 : 1))
  if (down) items.reverse()
  return { items: items.slice((page - 1) * size, page * size), total: items.length, page, size }
}
