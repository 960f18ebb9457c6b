// One's own requests: asked once, then changing with the stream. What waits for the viewer first, then drafts, what runs, what has ended.
import { computed, type ReadonlySignal } from '@preact/signals'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { TicketHead, TicketPage } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { store, useTopic } from '../../live/index.ts'
import { isMine } from '../ticket/names.ts'
import { withNews } from './merge.ts'

export type OwnGroup = 'yours' | 'drafts' | 'running' | 'ended'
export const GROUPS: readonly OwnGroup[] = ['yours', 'drafts', 'running', 'ended']

export const groupOf = (head: TicketHead): OwnGroup =>
  head.status === 'draft' ? 'drafts' : head.endedAt !== null ? 'ended' : isMine(head) ? 'yours' : 'running'

export type Own =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'ready'; readonly heads: readonly TicketHead[]; readonly total: number }

interface OwnRequests {
  readonly own: ReadonlySignal<Own>
  readonly retry: () => void
}

type Got = { readonly page: TicketPage; readonly drafts: TicketPage } | { readonly problem: Problem } | null

/** `search` and `size`: of those handed in. Drafts are always there whole. */
export function useOwn({ search = '', size = 50 }: { readonly search?: string; readonly size?: number } = {}): OwnRequests {
  useTopic('tickets')
  const [got, setGot] = useState<Got>(null)
  const [turn, setTurn] = useState(0)
  // What changed while nobody listened only the daemon knows.
  const anew = store.desk.anew.value
  const heard = useRef(anew)
  useEffect(() => {
    if (heard.current === anew) return
    heard.current = anew
    setTurn(n => n + 1)
  }, [anew])
  useEffect(() => {
    let gone = false
    const asked = new URLSearchParams({ view: 'all', sort: '-changed', size: String(size) })
    if (search !== '') asked.set('search', search)
    void Promise.all([api.get<TicketPage>(`/api/v1/tickets?${asked}`), api.get<TicketPage>('/api/v1/tickets?view=drafts&size=50')]).then(
      ([page, drafts]) => {
        if (gone) return
        if (!page.ok) setGot({ problem: page.problem })
        else if (!drafts.ok) setGot({ problem: drafts.problem })
        else setGot({ page: page.value, drafts: drafts.value })
      },
    )
    return () => {
      gone = true
    }
  }, [search, size, turn])
  const own = useMemo(
    () =>
      computed((): Own => {
        if (got === null) return { kind: 'waiting' }
        if ('problem' in got) return { kind: 'failed', problem: got.problem }
        const asked = [...got.page.items, ...got.drafts.items.filter(head => search === '' || fits(head, search))].filter(
          head => !store.desk.discarded.value.has(head.id),
        )
        // A search knows its answer only from the daemon; the stream may change what was found, not add to it.
        const ids = new Set(asked.map(head => head.id))
        const news = search === '' ? store.desk.heads.value : new Map([...store.desk.heads.value].filter(([id]) => ids.has(id)))
        return { kind: 'ready', heads: withNews(asked, news), total: got.page.total }
      }),
    [got, search],
  )
  return { own, retry: () => setTurn(turn + 1) }
}

const fits = (head: TicketHead, search: string): boolean =>
  search
    .toLowerCase()
    .split(/\s+/)
    .every(word => `${head.number} ${head.title} ${head.serviceName.id} ${head.serviceName.en}`.toLowerCase().includes(word))
