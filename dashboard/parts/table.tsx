// A table of rows with fixed columns. Cells may hold live parts, so that readings change texts and not rows.
import type { ComponentChildren } from 'preact'
import { t } from '../words/index.ts'
import { Icon } from './icons.tsx'

export interface Column<Row> {
  readonly key: string
  readonly label: string
  readonly cell: (row: Row) => ComponentChildren
  /** Numbers stand right. */
  readonly num?: boolean
  readonly sortable?: boolean
  /** CSS width, to keep the column still. */
  readonly width?: string
  /** Left out on a phone. */
  readonly wide?: boolean
}

export interface Sort {
  readonly key: string
  readonly down: boolean
}

interface TableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string | number
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  readonly selected?: string | number | null
  readonly onSelect?: (row: Row) => void
  /** A heading above the rows of one group; rows must come grouped. */
  readonly groupOf?: (row: Row) => string
}

export function Table<Row>({ label, columns, rows, keyOf, sort, onSort, selected = null, onSelect, groupOf }: TableProps<Row>) {
  let group: string | null = null
  // A heading must not span columns that a phone leaves out: they would be there again, empty.
  const wide = columns.filter(column => column.wide === true).length
  return (
    <table class="table" aria-label={label}>
      <thead>
        <tr>
          {columns.map(column => (
            <Head key={column.key} column={column} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => {
          const key = keyOf(row)
          const next = groupOf?.(row) ?? null
          const head = next !== null && next !== group
          group = next
          return [
            head ? (
              <tr key={`group ${next}`} class="grouphead">
                <th colSpan={columns.length - wide} scope="rowgroup">
                  {next}
                </th>
                {wide === 0 ? null : <td class="wide" colSpan={wide} />}
              </tr>
            ) : null,
            <tr
              key={key}
              class={onSelect === undefined ? '' : 'pick'}
              data-selected={selected === key ? '' : undefined}
              onClick={onSelect === undefined ? undefined : () => onSelect(row)}
            >
              {columns.map(column => (
                <td key={column.key} class={`${column.num === true ? 'num' : ''} ${column.wide === true ? 'wide' : ''}`}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>,
          ]
        })}
      </tbody>
    </table>
  )
}

interface HeadProps<Row> {
  readonly column: Column<Row>
  readonly sort: Sort | undefined
  readonly onSort: ((sort: Sort) => void) | undefined
}

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const name = `${column.num === true ? 'num' : ''} ${column.wide === true ? 'wide' : ''}`
  const style = column.width === undefined ? {} : { width: column.width }
  if (column.sortable !== true || onSort === undefined) {
    return (
      <th scope="col" class={name} style={style}>
        {column.label}
      </th>
    )
  }
  const mine = sort?.key === column.key ? sort : null
  return (
    <th scope="col" class={name} style={style} aria-sort={mine === null ? 'none' : mine.down ? 'descending' : 'ascending'}>
      <button
        type="button"
        class="sort"
        title={t.value.parts.sortBy(column.label)}
        onClick={() => onSort({ key: column.key, down: mine !== null && !mine.down })}
      >
        {column.label}
        {mine === null ? null : <Icon name={mine.down ? 'down' : 'up'} />}
      </button>
    </th>
  )
}

/** Where in a long list, and the way on. */
export function Pager({ page, pages, onPage }: { readonly page: number; readonly pages: number; readonly onPage: (page: number) => void }) {
  if (pages <= 1) return null
  const { parts } = t.value
  return (
    <nav class="pager" aria-label={parts.page(page, pages)}>
      <button type="button" class="btn" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {parts.previous}
      </button>
      <span>{parts.page(page, pages)}</span>
      <button type="button" class="btn" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {parts.next}
      </button>
    </nav>
  )
}
