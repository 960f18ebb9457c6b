// The audit trail: newest first and live, older on demand, filters in the URL, the chain verified by the daemon, all of it as a file.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { AuditRow, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now, store, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import {
  BusyButton,
  Button,
  type Column,
  Drawer,
  Empty,
  ErrorBox,
  Icon,
  PageHead,
  Panel,
  SearchField,
  Skeleton,
  Table,
  TextField,
} from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { clock, dateShort, moment, zone } from '../../words/say.ts'
import { instantOf } from '../people/days.ts'
import '../people/people.css'
import './audit.css'
import { Chain } from './chain.tsx'
import { freshOf, oneLine } from './detail.ts'

const SIZE = 100
/** Milliseconds after the last letter. */
const REST = 300
const FILTERS = ['search', 'actor', 'action', 'from', 'to'] as const

interface Page {
  readonly items: readonly AuditRow[]
  readonly more: boolean
  /** The newest entry that was known when it was loaded. */
  readonly head: number
}

export default function AuditPage({ query }: PageProps) {
  const { audit } = t.value.people
  const [page, setPage] = useState<Page | null>(null)
  /** The entry up to which the list stands still; null: it lives. */
  const [held, setHeld] = useState<number | null>(null)
  useTopic('audit')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() => Object.fromEntries(FILTERS.map(key => [key, query.get(key) ?? ''])))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const asked = FILTERS.map(key => query.get(key) ?? '').join('\n')
  const open = query.get('entry')

  /** What the daemon is asked: texts as they are, days as instants of the site's calendar. */
  const given = (): URLSearchParams => {
    const params = new URLSearchParams({ size: String(SIZE) })
    for (const key of FILTERS) {
      const value = query.get(key) ?? ''
      if (value === '') continue
      const at = key === 'from' || key === 'to' ? instantOf(value, zone.peek(), key === 'to') : null
      if (key !== 'from' && key !== 'to') params.set(key, value)
      else if (at !== null) params.set(key, String(at))
    }
    return params
  }
  const load = async (still: { current: boolean }, before: number | null): Promise<void> => {
    const params = given()
    if (before !== null) params.set('before', String(before))
    const answer = await api.get<Omit<Page, 'head'>>(`/api/v1/audit?${params}`)
    if (!still.current) return
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    const { items, more } = answer.value
    const head = Math.max(items[0]?.seq ?? 0, store.trail.peek()[0]?.seq ?? 0)
    setPage(was => (before === null || was === null ? { items, more, head } : { ...was, items: [...was.items, ...items], more }))
  }
  useEffect(() => {
    const still = { current: true }
    void load(still, null)
    return () => {
      still.current = false
    }
  }, [asked])

  const live = store.trail.value
  // So much came meanwhile that what is at hand no longer joins: asked anew.
  const torn = page !== null && (live.at(-1)?.seq ?? 0) > page.head + 1
  useEffect(() => {
    if (!torn) return
    const still = { current: true }
    void load(still, null)
    return () => {
      still.current = false
    }
  }, [torn])
  const params = given()
  const number = (key: string) => (params.has(key) ? Number(params.get(key)) : null)
  const fresh =
    page === null
      ? []
      : freshOf(live, page.items[0]?.seq ?? 0, {
          search: params.get('search') ?? '',
          actor: params.get('actor') ?? '',
          action: params.get('action') ?? '',
          from: number('from'),
          to: number('to'),
        })
  const shown = [...fresh.filter(({ seq }) => held === null || seq <= held), ...(page?.items ?? [])]
  const waiting = page === null ? 0 : fresh.length + page.items.length - shown.length

  const put = (key: string, value: string): void => {
    setTyped(was => ({ ...was, [key]: value }))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setQuery({ [key]: value.trim(), entry: null }), REST)
  }
  const columns: readonly Column<AuditRow>[] = [
    {
      key: 'at',
      label: audit.at,
      width: '150px',
      cell: row => (
        <span class="nw num left">
          <span class="dim">{dateShort(row.at)}</span> {clock(row.at)}
        </span>
      ),
    },
    { key: 'actor', label: audit.actor, width: '17%', cell: row => <b>{row.actor}</b> },
    { key: 'action', label: audit.action, width: '17%', cell: row => <span class="mono">{row.action}</span> },
    { key: 'subject', label: audit.subject, width: '18%', wide: true, cell: row => row.subject },
    { key: 'detail', label: audit.detail, wide: true, cell: row => <span class="small dim clamp1">{oneLine(row.detail)}</span> },
    { key: 'seq', label: '#', num: true, width: '76px', wide: true, cell: row => <span class="dim">{row.seq}</span> },
  ]
  const found = shown.find(row => String(row.seq) === open) ?? null
  const filtered = asked.replaceAll('\n', '') !== ''
  const span = new URLSearchParams([...given()].filter(([key]) => key === 'from' || key === 'to'))
  return (
    <>
      <PageHead
        title={audit.title}
        sub={audit.sub}
        actions={
          may('audit.export') ? (
            <a class="btn" href={`/api/v1/audit/export?${span}`} download>
              <Icon name="download" />
              {audit.export}
            </a>
          ) : undefined
        }
      />
      <Chain />
      <div class={found === null ? 'peoplegrid' : 'peoplegrid picked'}>
        <div class="stack">
          <div class="listbar auditbar">
            <SearchField label={audit.search} value={typed['search'] ?? ''} onInput={text => put('search', text)} />
            <TextField label={audit.actor} value={typed['actor'] ?? ''} onInput={text => put('actor', text)} maxLength={200} />
            <TextField label={audit.action} value={typed['action'] ?? ''} onInput={text => put('action', text)} maxLength={64} />
            <TextField label={audit.from} type="date" value={typed['from'] ?? ''} onInput={text => put('from', text)} />
            <TextField label={audit.to} type="date" value={typed['to'] ?? ''} onInput={text => put('to', text)} />
            {filtered ? (
              <Button
                kind="ghost"
                onClick={() => {
                  setTyped({})
                  setQuery(Object.fromEntries(FILTERS.map(key => [key, null])))
                }}
              >
                {audit.clear}
              </Button>
            ) : null}
            <span class="grow" />
            {waiting === 0 ? null : (
              <Button kind="ghost" onClick={() => setHeld(live[0]?.seq ?? null)}>
                {audit.newer(waiting)}
              </Button>
            )}
            <Button pressed={held === null} onClick={() => setHeld(held === null ? (live[0]?.seq ?? page?.head ?? 0) : null)}>
              <Icon name={held === null ? 'check' : 'play'} />
              {audit.tail}
            </Button>
          </div>
          {problem === null ? null : <ErrorBox problem={problem} retry={() => void load({ current: true }, null)} />}
          {page === null ? (
            problem === null ? (
              <Panel>
                <Skeleton lines={12} />
              </Panel>
            ) : null
          ) : shown.length === 0 ? (
            <Panel>
              <Empty title={audit.none} hint={audit.noneHint} />
            </Panel>
          ) : (
            <>
              <Panel class="peoplelist auditlist">
                <Table
                  label={audit.title}
                  columns={columns}
                  rows={shown}
                  keyOf={row => row.seq}
                  selected={found?.seq ?? null}
                  onSelect={row => setQuery({ entry: row.seq })}
                />
              </Panel>
              <div class="auditmore">
                {page.more ? (
                  <BusyButton onClick={() => load({ current: true }, page.items.at(-1)?.seq ?? null)}>{audit.more}</BusyButton>
                ) : (
                  <span class="small dim">{audit.end}</span>
                )}
              </div>
            </>
          )}
        </div>
        {found === null ? null : (
          <Drawer key={found.seq} label={`${found.action} ${found.seq}`} title={found.action} onClose={() => setQuery({ entry: null })}>
            <dl class="facts">
              <dt>{audit.at}</dt>
              <dd>
                {moment(found.at, now.peek())} · {clock(found.at)}
              </dd>
              <dt>{audit.actor}</dt>
              <dd>{found.actor}</dd>
              <dt>{audit.subject}</dt>
              <dd>{found.subject}</dd>
              <dt>#</dt>
              <dd class="num left">{found.seq}</dd>
              <dt>{audit.hash}</dt>
              <dd class="mono small">{found.hash}</dd>
            </dl>
            <pre class="auditdetail mono small">{JSON.stringify(found.detail, null, 2)}</pre>
          </Drawer>
        )}
      </div>
    </>
  )
}
