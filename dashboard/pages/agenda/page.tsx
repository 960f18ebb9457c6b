// The agenda book: letters in and out under their running numbers, by year, searched and printed.
import { useComputed, useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { AgendaEntry, AgendaPage } from '../../../daemon/domain/ticket-record.ts'
import { dateLong } from '../../../daemon/domain/words/time.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { type Column, Empty, ErrorBox, Icon, PageHead, Pager, Panel, SearchField, Segmented, Skeleton, Table } from '../../parts/index.ts'
import { NewsLine, useNewsOf } from '../../parts/news.tsx'
import { setQuery } from '../../router.ts'
import { lang, t } from '../../words/index.ts'
import { dateShort, zone } from '../../words/say.ts'
import { offsetOf } from '../../words/zone.ts'
import './agenda.css'

const SIZE = 50
type Direction = 'all' | 'in' | 'out'

type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly page: AgendaPage }
  | { readonly kind: 'failed'; readonly problem: Problem }

/** As the stream names it. */
const keyOf = ({ year, direction, no }: AgendaEntry): string => `${year}/${direction}/${no}`

export default function AgendaBookPage({ query }: PageProps) {
  const words = t.value.tickets.agenda
  const thisYear = useComputed(() => new Date(now.value + offsetOf(now.value, zone.value)).getUTCFullYear()).value
  const year = Number(query.get('year') ?? thisYear) || thisYear
  const direction = (['in', 'out'] as const).find(one => one === query.get('direction')) ?? 'all'
  const search = query.get('search') ?? ''
  const [typed, setTyped] = useState(search)
  const [turn, setTurn] = useState(0)
  const [got, setGot] = useState<Got>({ kind: 'waiting' })
  const asked = new URLSearchParams({ year: String(year), page: query.get('page') ?? '1', size: String(SIZE) })
  if (direction !== 'all') asked.set('direction', direction)
  if (search !== '') asked.set('search', search)
  const url = `/api/v1/agenda?${asked}`
  const { rows: told, since, anew } = useNewsOf('agenda', `${url} ${turn}`)
  useEffect(() => {
    let gone = false
    void api.get<AgendaPage>(url).then(answer => {
      if (!gone) setGot(answer.ok ? { kind: 'ready', page: answer.value } : { kind: 'failed', problem: answer.problem })
    })
    return () => {
      gone = true
    }
  }, [url, turn, anew])
  useEffect(() => {
    if (typed === search) return
    const timer = setTimeout(() => setQuery({ search: typed, page: null }), 250)
    return () => clearTimeout(timer)
  }, [typed, search])
  useSignalEffect(() => {
    document.title = `${t.value.tickets.agenda.title} · Suar`
  })
  const page = got.kind === 'ready' ? got.page : null
  const items = (page?.items ?? []).map(entry => told.get(keyOf(entry)) ?? entry)
  const known = new Set(items.map(keyOf))
  // Which of them a search would find the daemon knows.
  const fresh = [...since.values()].filter(
    one => search === '' && one.year === year && (direction === 'all' || one.direction === direction) && !known.has(keyOf(one)),
  ).length
  const years = [...new Set([thisYear, year, ...(page?.years ?? [])])].sort((a, b) => b - a)
  const columns: readonly Column<AgendaEntry>[] = [
    {
      key: 'no',
      label: words.columns.no,
      width: '96px',
      cell: entry => (
        <span class="nw">
          <b>{entry.no}</b> <span class="dim small">{words.directions[entry.direction].toLowerCase()}</span>
        </span>
      ),
    },
    { key: 'date', label: words.columns.date, width: '84px', wide: true, cell: entry => <span class="nw">{dateShort(entry.at)}</span> },
    { key: 'letter', label: words.columns.number, width: '210px', wide: true, cell: entry => <LetterCell entry={entry} /> },
    { key: 'party', label: words.columns.party, width: '230px', wide: true, cell: entry => (entry.direction === 'in' ? entry.from : entry.to) },
    {
      key: 'subject',
      label: words.columns.subject,
      cell: entry => (
        <>
          {entry.subject}
          <span class="phone-only small dim">
            {[
              dateShort(entry.at),
              entry.letter,
              entry.dated === '' ? '' : words.dated(dayOf(entry.dated)),
              entry.direction === 'in' ? entry.from : entry.to,
            ]
              .filter(one => one !== '')
              .join(' · ')}
          </span>
          {entry.ticketNumber === null ? null : (
            <a class="phone-only small" href={`/tickets/${encodeURIComponent(entry.ticketNumber)}`}>
              {entry.ticketNumber}
            </a>
          )}
        </>
      ),
    },
    {
      key: 'ticket',
      label: words.columns.ticket,
      width: '124px',
      wide: true,
      cell: entry =>
        entry.ticketNumber === null ? null : (
          <a class="nw" href={`/tickets/${encodeURIComponent(entry.ticketNumber)}`}>
            {entry.ticketNumber}
          </a>
        ),
    },
  ]
  return (
    <div class="agendapage">
      <PageHead
        title={words.title}
        sub={page === null ? undefined : words.sub(year, page.total)}
        actions={
          <a class="btn" href={`/api/v1/agenda/print?year=${year}`} target="_blank" rel="noreferrer">
            <Icon name="print" />
            {words.print}
          </a>
        }
      />
      <Panel
        title={
          <label class="yearpick">
            <span class="sr">{words.year}</span>
            <select class="input" value={String(year)} onChange={event => setQuery({ year: event.currentTarget.value, page: null })}>
              {years.map(one => (
                <option key={one} value={String(one)}>
                  {one}
                </option>
              ))}
            </select>
          </label>
        }
        end={
          <>
            <Segmented<Direction>
              label={words.direction}
              chosen={direction}
              onChoose={key => setQuery({ direction: key === 'all' ? null : key, page: null })}
              choices={(['all', 'in', 'out'] as const).map(key => ({ key, label: words.directions[key] }))}
            />
            <SearchField label={words.search} value={typed} onInput={setTyped} />
          </>
        }
        class="agenda"
      >
        <NewsLine text={fresh === 0 ? null : words.news(fresh)} empty={page?.items.length === 0} onShow={() => setTurn(turn + 1)} />
        {got.kind === 'waiting' ? <Skeleton lines={8} /> : null}
        {got.kind === 'failed' ? <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} /> : null}
        {page === null ? null : page.items.length === 0 ? (
          search === '' ? (
            <Empty title={words.empty} hint={words.emptyHint} />
          ) : (
            <Empty title={words.none} />
          )
        ) : (
          <>
            <Table label={words.title} columns={columns} rows={items} keyOf={keyOf} />
            <Pager
              page={page.page}
              pages={Math.max(1, Math.ceil(page.total / page.size))}
              onPage={to => setQuery({ page: to === 1 ? null : to }, { push: true })}
            />
          </>
        )}
      </Panel>
    </div>
  )
}

/** On nobody's clock: the day as it stands on the letter. */
const dayOf = (date: string): string => dateLong(Date.parse(`${date}T12:00:00Z`), 'UTC', lang.value)

function LetterCell({ entry }: { readonly entry: AgendaEntry }) {
  return (
    <>
      <span class="wraps">{entry.letter}</span>
      {entry.dated === '' ? null : <span class="block small dim">{t.value.tickets.agenda.dated(dayOf(entry.dated))}</span>}
    </>
  )
}
