// Work orders by the month they are due in: searched, filtered, sorted and paged by the URL.
import type { WorkOrderView, WorkState } from '../../../daemon/domain/care.ts'
import { type Column, Empty, Pager, Panel, SearchField, Segmented, type Sort, Table } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { clockShort, dateLong, dateShort } from '../../words/say.ts'
import { hrefOf, monthOf } from './href.ts'
import { StateOfWork, UrgencyOf } from './state.tsx'

const SIZE = 25
const FILTERS = ['open', 'overdue', 'over'] as const
type Filter = (typeof FILTERS)[number]
const IN: Readonly<Record<Filter, readonly WorkState[]>> = {
  open: ['planned', 'due', 'overdue', 'running'],
  overdue: ['overdue'],
  over: ['done', 'cancelled'],
}
const KEYS: Readonly<Record<string, (order: WorkOrderView) => string | number>> = {
  due: ({ dueAt }) => dueAt,
  title: ({ title }) => title.toLowerCase(),
  asset: ({ asset }) => asset.name.toLowerCase(),
}

interface WorkListProps {
  readonly orders: readonly WorkOrderView[]
  readonly query: URLSearchParams
  readonly picked: number | null
}

export function WorkList({ orders, query, picked }: WorkListProps) {
  const words = t.value.care
  const filter: Filter = FILTERS.find(one => one === query.get('state')) ?? 'open'
  const search = query.get('q') ?? ''
  const sort: Sort = { key: query.get('sort')?.replace('-', '') ?? 'due', down: query.get('sort')?.startsWith('-') ?? filter === 'over' }
  const by = KEYS[sort.key] ?? KEYS['due']
  const found = orders
    .filter(({ state }) => IN[filter].includes(state))
    .filter(({ number, title, asset, fault }) => `${number} ${title} ${asset.name} ${fault}`.toLowerCase().includes(search.toLowerCase()))
    .sort((one, other) => {
      const [a, b] = [by?.(one) ?? 0, by?.(other) ?? 0]
      return (a < b ? -1 : a > b ? 1 : one.id - other.id) * (sort.down ? -1 : 1)
    })
  const pages = Math.max(1, Math.ceil(found.length / SIZE))
  const page = Math.min(pages, Math.max(1, Number(query.get('page') ?? 1) || 1))
  const shown = found.slice((page - 1) * SIZE, page * SIZE)
  // The heading has month and year already.
  const grouped = sort.key === 'due'
  const columns: readonly Column<WorkOrderView>[] = [
    {
      key: 'title',
      label: words.columns.title,
      sortable: true,
      cell: order => (
        <>
          <a href={hrefOf(query, order.id)}>
            <b>{order.title}</b>
          </a>
          <br />
          <span class="small dim">{order.number}</span>
          <span class="carephone">
            <StateOfWork order={order} />
            <UrgencyOf order={order} />
          </span>
        </>
      ),
    },
    { key: 'asset', label: words.columns.asset, sortable: true, wide: true, cell: ({ asset }) => asset.name },
    {
      key: 'due',
      label: words.columns.due,
      sortable: true,
      cell: ({ dueAt }) => (
        <>
          {grouped ? dateShort(dueAt) : dateLong(dueAt)}
          <br />
          <span class="small dim">{clockShort(dueAt)}</span>
        </>
      ),
    },
    {
      key: 'state',
      label: words.columns.state,
      wide: true,
      cell: order => (
        <span class="row wrap">
          <StateOfWork order={order} />
          <UrgencyOf order={order} />
        </span>
      ),
    },
    { key: 'by', label: words.columns.by, wide: true, cell: ({ by: who }) => who ?? '–' },
  ]
  return (
    <Panel
      label={words.parts.work}
      title={words.parts.work}
      end={
        <div class="row wrap">
          <SearchField label={words.search} value={search} onInput={q => setQuery({ q, page: null })} />
          <Segmented
            label={words.filter}
            chosen={filter}
            choices={FILTERS.map(key => ({ key, label: words.filters[key] }))}
            onChoose={state => setQuery({ state: state === 'open' ? null : state, page: null, sort: null })}
          />
        </div>
      }
    >
      {shown.length === 0 ? (
        <Empty title={words.none} hint={words.noneHint} />
      ) : (
        <Table
          label={words.parts.work}
          columns={columns}
          rows={shown}
          keyOf={({ id }) => id}
          selected={picked}
          sort={sort}
          onSort={next => setQuery({ sort: `${next.down ? '-' : ''}${next.key}`, page: null })}
          {...(grouped ? { groupOf: ({ dueAt }: WorkOrderView) => monthOf(dueAt) } : {})}
        />
      )}
      <Pager page={page} pages={pages} onPage={to => setQuery({ page: to === 1 ? null : to })} />
    </Panel>
  )
}
