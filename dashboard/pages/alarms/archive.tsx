// Alarms that have cleared: searched, sorted and paged by the daemon, addressed by the URL.
import { useComputed } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Alarm } from '../../../daemon/domain/alarm.ts'
import { SEVERITY_WORDS } from '../../../daemon/domain/words/alarm-words.ts'
import type { AlarmPage, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now, store } from '../../live/index.ts'
import { type Column, Empty, ErrorBox, Icon, Pager, Panel, SearchField, Skeleton, type Sort, Table, toneOfAlarm } from '../../parts/index.ts'
import { NewsLine, useSince } from '../../parts/news.tsx'
import { setQuery } from '../../router.ts'
import { lang, t } from '../../words/index.ts'
import { age, moment, numberOf, titleOf } from '../../words/say.ts'

const SIZE = 50
const SORTS = { raised: 'raised', severity: 'severity', device: 'device' } as const

type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly page: AlarmPage }
  | { readonly kind: 'failed'; readonly problem: Problem }

interface ArchiveProps {
  readonly query: URLSearchParams
  readonly selected: number | null
}

/** What the daemon is asked for; the page's URL says the same. */
function archiveUrl(query: URLSearchParams): string {
  const asked = new URLSearchParams({ state: 'cleared', size: String(SIZE), page: query.get('page') ?? '1', sort: query.get('sort') ?? '-raised' })
  for (const key of ['search', 'device']) {
    const value = query.get(key)
    if (value !== null && value !== '') asked.set(key, value)
  }
  return `/api/v1/alarms?${asked}`
}

export function Archive({ query, selected }: ArchiveProps) {
  const words = t.value.pages.alarms
  const [got, setGot] = useState<Got>({ kind: 'waiting' })
  const [typed, setTyped] = useState(query.get('search') ?? '')
  const [turn, setTurn] = useState(0)
  const url = archiveUrl(query)
  useEffect(() => {
    let gone = false
    void api.get<AlarmPage>(url).then(answer => {
      if (!gone) setGot(answer.ok ? { kind: 'ready', page: answer.value } : { kind: 'failed', problem: answer.problem })
    })
    return () => {
      gone = true
    }
  }, [url, turn])
  // The search goes out when the typing rests, not with every letter.
  useEffect(() => {
    if (typed === (query.get('search') ?? '')) return
    const timer = setTimeout(() => setQuery({ search: typed, page: null }), 250)
    return () => clearTimeout(timer)
  }, [typed, query])
  const asked = query.get('sort') ?? '-raised'
  const sort: Sort = { key: asked.replace('-', ''), down: asked.startsWith('-') }
  // What has just cleared is known here already: rows change in place, others are counted.
  const cleared = useComputed(
    () => new Map([...store.alarms.value].flatMap(([id, alarm]): [string, Alarm][] => (alarm.clearedAt === null ? [] : [[String(id), alarm]]))),
  ).value
  const since = useSince(cleared, `${url} ${turn} ${store.layout.value === null}`)
  const items = got.kind === 'ready' ? got.page.items.map(alarm => cleared.get(String(alarm.id)) ?? alarm) : []
  const known = new Set(items.map(({ id }) => id))
  const device = query.get('device') ?? ''
  const fresh = [...since.values()].filter(
    alarm => (query.get('search') ?? '') === '' && (device === '' || alarm.device === device) && !known.has(alarm.id),
  ).length
  const columns: readonly Column<Alarm>[] = [
    {
      key: 'severity',
      label: words.severity,
      width: '84px',
      sortable: true,
      cell: alarm => (
        <Icon
          name={alarm.severity === 'critical' ? 'crit-o' : alarm.severity === 'warning' ? 'warn-o' : 'unknown'}
          class={toneOfAlarm(alarm)}
          label={SEVERITY_WORDS[lang.value][alarm.severity]}
        />
      ),
    },
    {
      key: 'what',
      label: words.what,
      cell: alarm => (
        <a class="quiet rowlink" href={`/alarms?${withAlarm(query, alarm.id)}`}>
          {titleOf(alarm)}
        </a>
      ),
    },
    {
      key: 'raised',
      label: words.raised,
      width: '130px',
      sortable: true,
      cell: alarm => <span class="nw">{moment(alarm.raisedAt, now.peek())}</span>,
    },
    { key: 'lasted', label: words.lastedColumn, num: true, width: '90px', cell: alarm => age((alarm.clearedAt ?? alarm.raisedAt) - alarm.raisedAt) },
    { key: 'by', label: words.by, width: '128px', wide: true, cell: alarm => <span class="mid">{alarm.acknowledged?.by ?? words.nobody}</span> },
    { key: 'number', label: words.number, num: true, width: '118px', wide: true, cell: alarm => <span class="dim">{numberOf(alarm)}</span> },
  ]
  return (
    <Panel
      title={words.tabs.archive}
      end={
        <>
          <span>{got.kind === 'ready' ? words.closed(got.page.total) : ''}</span>
          <SearchField label={words.archiveSearch} value={typed} onInput={setTyped} />
        </>
      }
      class="archive"
    >
      <NewsLine
        text={fresh === 0 ? null : words.archiveNews(fresh)}
        empty={got.kind === 'ready' && items.length === 0}
        onShow={() => setTurn(turn + 1)}
      />
      {got.kind === 'waiting' ? <Skeleton lines={8} /> : null}
      {got.kind === 'failed' ? <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} /> : null}
      {got.kind === 'ready' && got.page.items.length === 0 ? (
        query.get('search') ? (
          <Empty title={words.archiveNone} />
        ) : (
          <Empty title={words.archiveEmpty} hint={words.archiveEmptyHint} />
        )
      ) : null}
      {got.kind === 'ready' && got.page.items.length > 0 ? (
        <>
          <Table
            label={words.tabs.archive}
            columns={columns}
            rows={items}
            keyOf={alarm => alarm.id}
            selected={selected}
            onSelect={alarm => setQuery({ alarm: alarm.id })}
            sort={sort}
            onSort={to => (to.key in SORTS ? setQuery({ sort: `${to.down ? '-' : ''}${to.key}`, page: null }) : undefined)}
          />
          <Pager
            page={got.page.page}
            pages={Math.max(1, Math.ceil(got.page.total / got.page.size))}
            onPage={page => setQuery({ page: page === 1 ? null : page })}
          />
        </>
      ) : null}
    </Panel>
  )
}

/** The URL's parameters with another alarm picked. */
export function withAlarm(query: URLSearchParams, id: number): string {
  const next = new URLSearchParams(query)
  next.set('alarm', String(id))
  return next.toString()
}
