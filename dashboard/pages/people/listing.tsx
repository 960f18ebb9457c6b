// A list of the registers and the accounts: searched, sorted and paged by the daemon, its state in the URL, the picked row beside it.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { CheckField, type Column, Drawer, Empty, ErrorBox, Pager, Panel, SearchField, Skeleton, Table } from '../../parts/index.ts'
import { NewsLine, useNewsOf } from '../../parts/news.tsx'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import type { Listed } from './lookup.ts'

const SIZE = 50
/** Milliseconds after the last letter. */
const REST = 250

interface Identified {
  readonly id: number
  readonly goneAt?: number | null
}

/** As the stream tells of a row of such a list. */
interface Told<T> {
  readonly row: T
  readonly left: boolean
}

export interface Listing<T> {
  readonly list: Listed<T> | null
  readonly problem: Problem | null
  readonly search: string
  readonly sort: string
  /** Also what is no longer in use. */
  readonly gone: boolean
  /** Rows that are new or changed since it was asked for and not shown. */
  readonly news: number
  readonly reload: () => void
  /** Changes what is shown, in place. */
  readonly change: (next: (list: Listed<T>) => Listed<T>) => void
}

/** Of a list the stream's rows, by number. */
function useTold<T extends Identified>(path: string, asked: string) {
  const topic = path === 'accounts' ? ('accounts' as const) : ('people' as const)
  const news = useNewsOf<'accounts' | 'people'>(topic, asked)
  const told = (rows: typeof news.rows): ReadonlyMap<number, Told<T>> =>
    new Map(
      [...rows.values()].flatMap((one): [number, Told<T>][] => {
        if (!('of' in one)) return [[one.id, { row: one as unknown as T, left: one.goneAt !== null }]]
        return one.of === path ? [[one.row.id, { row: one.row as unknown as T, left: one.left }]] : []
      }),
    )
  return { anew: news.anew, all: told(news.rows), since: told(news.since) }
}

/** `path`: below /api/v1/. `first`: the column it is sorted by until another is chosen. */
export function useListing<T extends Identified>(path: string, query: URLSearchParams, first: string): Listing<T> {
  const [list, setList] = useState<Listed<T> | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const search = query.get('search') ?? ''
  const sort = query.get('sort') ?? first
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1)
  const gone = query.get('gone') === 'true'

  const [turn, setTurn] = useState(0)
  const told = useTold<T>(path, [path, search, sort, page, gone, turn].join(' '))

  const load = async (asked: { current: boolean }): Promise<void> => {
    const given = new URLSearchParams({ search, sort, page: String(page), size: String(SIZE), gone: String(gone) })
    const answer = await api.get<Listed<T>>(`/api/v1/${path}?${given}`)
    if (!asked.current) return
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setList(answer.value)
  }
  useEffect(() => {
    const asked = { current: true }
    void load(asked)
    return () => {
      asked.current = false
    }
  }, [path, search, sort, page, gone, turn, told.anew])
  const items = list?.items.flatMap(item => {
    const now = told.all.get(item.id)
    return now === undefined ? [item] : now.left && !gone ? [] : [now.row]
  })
  const known = new Set(list?.items.map(({ id }) => id))
  return {
    list: list === null || items === undefined ? null : { ...list, items },
    news: [...told.since].filter(([id, { left }]) => !known.has(id) && (gone || !left)).length,
    problem,
    search,
    sort,
    gone,
    reload: () => setTurn(n => n + 1),
    change: next => setList(was => (was === null ? was : next(was))),
  }
}

/** The list with one row in another's place. */
export const withRow = <T extends Identified>(list: Listed<T>, row: T): Listed<T> => ({
  ...list,
  items: list.items.map(one => (one.id === row.id ? row : one)),
})

interface ListingProps<T> {
  readonly listing: Listing<T>
  readonly label: string
  readonly searchLabel: string
  readonly columns: readonly Column<T>[]
  /** Said when there is nothing at all, with what to do next. */
  readonly none: string
  readonly noneHint: string
  /** At the end of the bar. */
  readonly actions?: ComponentChildren
  readonly selected: number | null
  readonly onSelect: (row: T) => void
  /** What is picked; null: nothing is open. */
  readonly beside: { readonly key: string; readonly title: string; readonly children: ComponentChildren } | null
  readonly onClose: () => void
}

export function ListingPage<T extends Identified>(props: ListingProps<T>) {
  const { listing, label, searchLabel, columns, none, noneHint, actions, selected, onSelect, beside, onClose } = props
  const { list, problem, search, sort, gone, news, reload } = listing
  const { register } = t.value.people
  const [typed, setTyped] = useState(search)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  return (
    <div class={beside === null ? 'peoplegrid' : 'peoplegrid picked'}>
      <div class="stack">
        <div class="listbar">
          <SearchField
            label={searchLabel}
            value={typed}
            onInput={text => {
              setTyped(text)
              clearTimeout(timer.current)
              timer.current = setTimeout(() => setQuery({ search: text.trim(), page: null }), REST)
            }}
          />
          <CheckField label={register.showGone} checked={gone} onChange={checked => setQuery({ gone: checked ? 'true' : null, page: null })} />
          <span class="grow" />
          {list === null ? null : <span class="small dim nw">{register.count(number(list.total))}</span>}
          {actions}
        </div>
        {problem === null ? null : <ErrorBox problem={problem} retry={reload} />}
        <NewsLine text={news === 0 ? null : register.news(number(news))} empty={list?.items.length === 0} onShow={reload} />
        {list === null ? (
          problem === null ? (
            <Panel>
              <Skeleton lines={8} />
            </Panel>
          ) : null
        ) : list.items.length === 0 ? (
          <Panel>
            <Empty title={search === '' ? none : register.nothing} hint={search === '' ? noneHint : register.nothingHint} />
          </Panel>
        ) : (
          <Panel class="peoplelist">
            <Table
              label={label}
              columns={columns}
              rows={list.items}
              keyOf={row => row.id}
              sort={{ key: sort.replace(/^-/, ''), down: sort.startsWith('-') }}
              onSort={next => setQuery({ sort: `${next.down ? '-' : ''}${next.key}`, page: null })}
              selected={selected}
              onSelect={onSelect}
            />
          </Panel>
        )}
        {list === null ? null : (
          <Pager page={list.page} pages={Math.ceil(list.total / list.size)} onPage={next => setQuery({ page: next === 1 ? null : next })} />
        )}
      </div>
      {beside === null || (list === null && beside.key !== 'new') ? null : (
        <Drawer key={beside.key} label={beside.title} title={beside.title} onClose={onClose}>
          {beside.children}
        </Drawer>
      )}
    </div>
  )
}
