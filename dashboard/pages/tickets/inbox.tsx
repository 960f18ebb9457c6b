// The desk's list of tickets: what waits for me first. Rows change in place as the desk works; new ones are counted above, not pushed in.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { TicketPage } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { nowExact, store, useRows, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Empty, ErrorBox, Icon, PageHead, Pager, SearchField, Skeleton, Tabs } from '../../parts/index.ts'
import { NewsLine } from '../../parts/news.tsx'
import { setQuery } from '../../router.ts'
import { may, viewer } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { isMine } from '../ticket/names.ts'
import { BulkBar } from './bulk.tsx'
import { Filters } from './filters.tsx'
import { Held } from './held.tsx'
import { belongs, filterOf, isFiltered, mergeNews, readQuery, urlOf, VIEWS, type View } from './query.ts'
import { SavedViews } from './saved.tsx'
import { TicketTable } from './table.tsx'
import { type HeldList, useHeld } from './use-held.ts'

type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly page: TicketPage; readonly at: number }
  | { readonly kind: 'failed'; readonly problem: Problem }

type Counts = Partial<Readonly<Record<View, number>>>

export default function Inbox({ query: params }: PageProps) {
  useTopic('tickets')
  const { inbox: words } = t.value.tickets
  const home: View = may('ticket.work') || may('ticket.dispose') ? 'inbox' : 'all'
  const query = readQuery(params, home)
  const held = useHeld()
  const atHeld = params.get('view') === 'held'
  const [got, setGot] = useState<Got>({ kind: 'waiting' })
  const [typed, setTyped] = useState(query.search)
  const [turn, setTurn] = useState(0)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [counts, setCounts] = useState<Counts>({})
  const url = urlOf(query)
  useEffect(() => {
    let gone = false
    void api.get<TicketPage>(url).then(answer => {
      if (gone) return
      setGot(answer.ok ? { kind: 'ready', page: answer.value, at: nowExact() } : { kind: 'failed', problem: answer.problem })
      if (answer.ok) setCounts(answer.value.counts)
    })
    return () => {
      gone = true
    }
  }, [url, turn])
  // The search goes out when the typing rests, not with every letter.
  useEffect(() => {
    if (typed === query.search) return
    const timer = setTimeout(() => setQuery({ search: typed, page: null }), 250)
    return () => clearTimeout(timer)
  }, [typed, query.search])
  useCountsOfNews(setCounts)
  // What changed before this page followed the stream, or while the daemon was away, the stream does not tell: the list is asked again.
  const { anew } = store.desk
  const heard = useRef(anew.peek())
  useSignalEffect(() => {
    if (anew.value === heard.current) return
    heard.current = anew.value
    setTurn(n => n + 1)
  })
  useSignalEffect(() => {
    document.title = `${t.value.tickets.inbox.title} · Suar`
  })

  const eyes = { person: viewer.value?.person ?? -1, isMine }
  const merged =
    got.kind === 'ready'
      ? mergeNews(got.page.items, store.desk.heads.value, head => belongs(head, query, eyes), store.desk.discarded.value)
      : { rows: [], fresh: [] }
  // Where nothing stands nothing shifts: what is new is shown without being asked for. Once for the same news, whatever the answer.
  const news = got.kind === 'ready' && merged.rows.length === 0 ? merged.fresh.map(({ number, seq }) => `${number}/${seq}`).join() : ''
  const shown = useRef('')
  useEffect(() => {
    if (news === '' || news === shown.current) return
    shown.current = news
    setTurn(n => n + 1)
  }, [news])
  const soon = merged.rows.filter(row => !row.gone && row.head.lateness !== 'fine').length
  const works = may('ticket.work') || may('ticket.dispose')
  const total = got.kind === 'ready' ? got.page.total : 0
  const choose = (change: ReadonlySet<string>): void => setChosen(change)
  return (
    <div class="inboxpage">
      <PageHead
        title={words.title}
        sub={
          atHeld
            ? held.got.kind === 'ready'
              ? t.value.messages.held.sub(held.got.answer.items.length)
              : undefined
            : query.view === 'inbox' && got.kind === 'ready'
              ? words.subInbox(counts.inbox ?? total, soon)
              : undefined
        }
        actions={
          <>
            <SavedViews />
            {may('ticket.export') ? (
              <a class="btn desk-only" href={`/api/v1/tickets/export?${filterOf(query)}`} download>
                <Icon name="download" />
                {words.export}
              </a>
            ) : null}
            {may('ticket.work') ? (
              <a class="btn primary" href="/tickets/new">
                <Icon name="plus" />
                {words.newEntry}
              </a>
            ) : null}
          </>
        }
      />
      <Tabs<View | 'held'>
        label={words.views}
        chosen={atHeld ? 'held' : query.view}
        choices={[
          ...VIEWS.filter(view => works || view === 'late' || view === 'watched' || view === 'all').map(key => ({
            key,
            label: words.tabs[key],
            count: counts[key],
            href: key === home ? '/tickets' : `/tickets?view=${key}`,
          })),
          ...heldTab(held, atHeld),
        ]}
      />
      {atHeld ? (
        <Held list={held} />
      ) : (
        <>
          <div class="toolbar">
            <SearchField label={words.search} value={typed} onInput={setTyped} />
            <Filters query={query} />
          </div>
          <NewsLine text={merged.fresh.length === 0 ? null : words.more(merged.fresh.length)} onShow={() => setTurn(turn + 1)} />
          <BulkBar chosen={chosen} onChoose={choose} />
          <section class="panel">
            {got.kind === 'waiting' ? <Skeleton lines={8} height={20} /> : null}
            {got.kind === 'failed' ? <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} /> : null}
            {got.kind === 'ready' && merged.rows.length === 0 ? (
              isFiltered(query) ? (
                <Empty title={words.empty.search} hint={words.empty.searchHint} />
              ) : (
                <Empty title={words.empty[query.view]} hint={words.empty[`${query.view}Hint`]} />
              )
            ) : null}
            {got.kind === 'ready' && merged.rows.length > 0 ? (
              <>
                <TicketTable at={got.at} rows={merged.rows} sort={query.sort} chosen={chosen} onChoose={works ? choose : null} />
                <Pager
                  page={got.page.page}
                  pages={Math.max(1, Math.ceil(got.page.total / got.page.size))}
                  onPage={page => {
                    setQuery({ page: page === 1 ? null : page }, { push: true })
                    scrollTo(0, 0)
                  }}
                />
              </>
            ) : null}
          </section>
          <p class="small dim keyshint desk-only">{words.keys}</p>
        </>
      )}
    </div>
  )
}

/** Where there are channels, or something is held, or one came by its address. */
function heldTab({ got }: HeldList, here: boolean) {
  const ready = got.kind === 'ready' ? got.answer : null
  if (!here && (ready === null || (ready.channels === 0 && ready.items.length === 0))) return []
  return [{ key: 'held' as const, label: t.value.messages.held.tab, count: ready?.items.length, href: '/tickets?view=held' }]
}

/** The numbers on the tabs follow the desk. */
function useCountsOfNews(put: (counts: Counts | ((was: Counts) => Counts)) => void): void {
  const { rows } = useRows('counts')
  useSignalEffect(() => {
    const own = rows.value?.get('own')
    if (own === undefined) return
    const { inbox, mine, drafts, late, breached } = own
    put(was => ({ ...was, inbox, mine, drafts, late: Math.max(late, breached) }))
  })
}
