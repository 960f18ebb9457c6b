// What the list's address says, what the daemon is asked for it, and whether a ticket that just changed belongs to it. Pure.
import { PRIORITIES, type Priority, TICKET_STATUSES, type TicketStatus } from '../../../daemon/domain/ticket.ts'
import type { TicketHead } from '../../../daemon/domain/ticket-view.ts'

export const VIEWS = ['inbox', 'mine', 'late', 'watched', 'all', 'drafts'] as const
export type View = (typeof VIEWS)[number]
export const SORTS = ['due', '-changed', '-priority', '-number'] as const
export type SortKey = (typeof SORTS)[number]

export interface ListQuery {
  readonly view: View
  readonly status: TicketStatus | null
  readonly service: string | null
  readonly organisation: number | null
  readonly priority: Priority | null
  readonly search: string
  readonly sort: SortKey
  readonly page: number
}

const SIZE = 50

const pick = <T extends string>(of: readonly T[], given: string | null): T | null => of.find(one => one === given) ?? null

/** Whatever stands in the address; what is not known there is left out. `home`: where one begins who says nothing. */
export function readQuery(query: URLSearchParams, home: View): ListQuery {
  const view = pick(VIEWS, query.get('view')) ?? home
  const organisation = Number(query.get('organisation') ?? '')
  const page = Number(query.get('page') ?? '1')
  return {
    view,
    status: pick(TICKET_STATUSES, query.get('status')),
    service: query.get('service') || null,
    organisation: Number.isSafeInteger(organisation) && organisation > 0 ? organisation : null,
    priority: pick(PRIORITIES, query.get('priority')),
    search: query.get('search') ?? '',
    sort: pick(SORTS, query.get('sort')) ?? (view === 'inbox' || view === 'late' ? 'due' : '-changed'),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  }
}

/** Of the list or of its export, without paging. */
export function filterOf(query: ListQuery): URLSearchParams {
  const asked = new URLSearchParams({ view: query.view })
  for (const key of ['status', 'service', 'organisation', 'priority'] as const) {
    const value = query[key]
    if (value !== null) asked.set(key, String(value))
  }
  if (query.search !== '') asked.set('search', query.search)
  return asked
}

export function urlOf(query: ListQuery): string {
  const asked = filterOf(query)
  asked.set('sort', query.sort)
  asked.set('page', String(query.page))
  asked.set('size', String(SIZE))
  return `/api/v1/tickets?${asked}`
}

export const isFiltered = ({ status, service, organisation, priority, search }: ListQuery): boolean =>
  status !== null || service !== null || organisation !== null || priority !== null || search !== ''

/** Whose list it is. */
export interface Eyes {
  readonly person: number
  readonly isMine: (head: TicketHead) => boolean
}

/** null: only the daemon knows (full text, whose work it was). */
export function belongs(head: TicketHead, query: ListQuery, eyes: Eyes): boolean | null {
  if (query.status !== null && head.status !== query.status) return false
  if (query.service !== null && head.service !== query.service) return false
  if (query.organisation !== null && head.organisation !== query.organisation) return false
  if (query.priority !== null && head.priority !== query.priority) return false
  if (query.view === 'drafts' ? head.status !== 'draft' : head.status === 'draft') return false
  if (query.search !== '') return null
  switch (query.view) {
    case 'inbox':
      return eyes.isMine(head)
    case 'late':
      return head.endedAt === null && (head.lateness === 'late' || head.lateness === 'breached')
    case 'watched':
      return head.watchers.includes(eyes.person)
    case 'mine':
      return null
    case 'all':
    case 'drafts':
      return true
  }
}

export interface Row {
  readonly head: TicketHead
  /** As it was when the list was asked for: where the row stands. */
  readonly asked: TicketHead
  /** It has left this list since it was asked for; it stays where it is until the viewer asks anew. */
  readonly gone: boolean
}

/** The page as it was asked for with what has changed since: rows change in place, new ones are only counted. */
export function mergeNews(
  items: readonly TicketHead[],
  news: ReadonlyMap<number, TicketHead>,
  belongsTo: (head: TicketHead) => boolean | null,
  discarded: ReadonlySet<number> = new Set(),
): { readonly rows: readonly Row[]; readonly fresh: readonly TicketHead[] } {
  const known = new Set(items.map(item => item.id))
  const rows = items.map(item => {
    if (discarded.has(item.id)) return { head: item, asked: item, gone: true }
    const now = news.get(item.id)
    return now === undefined || now.seq <= item.seq
      ? { head: item, asked: item, gone: false }
      : { head: now, asked: item, gone: belongsTo(now) === false }
  })
  return { rows, fresh: [...news.values()].filter(head => !known.has(head.id) && belongsTo(head) === true) }
}
