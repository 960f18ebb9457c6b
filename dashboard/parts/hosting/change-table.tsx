// Changes in rows: what, of what kind, how far, by whom.
import type { ChangeRow } from '../../../daemon/domain/hosting-view.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { when } from '../../words/when.ts'
import { type Column, Table } from '../table.tsx'
import { Breaking } from './domain.tsx'
import { ChangePill, DangerMark } from './pills.tsx'

function columnsOf(linked: boolean, own: boolean): readonly Column<ChangeRow>[] {
  const { hosting } = t.value
  const words = hosting.change
  const purpose: Column<ChangeRow> = { key: 'purpose', label: words.columns.purpose, wide: true, cell: row => hosting.purposes[row.purpose] }
  return [
    {
      key: 'title',
      label: words.columns.title,
      cell: row => (
        <span class="namecell">
          {linked ? (
            <a href={`/changes/${row.number}`}>
              <b>
                <Breaking>{text(row.title)}</Breaking>
              </b>
            </a>
          ) : (
            <b>
              <Breaking>{text(row.title)}</Breaking>
            </b>
          )}
          <span class="small">
            {[row.number, ...(own ? [] : [row.website]), row.ticket]
              .filter(part => part !== null)
              .flatMap((part, i) => [
                i === 0 ? '' : ' · ',
                <span key={part} class="nw">
                  {part}
                </span>,
              ])}
          </span>
        </span>
      ),
    },
    ...(own ? [] : [purpose]),
    {
      key: 'state',
      label: words.columns.state,
      cell: row => (
        <span class="row wrap">
          <ChangePill state={row.state} />
          {row.danger === null ? null : <DangerMark danger={row.danger} />}
        </span>
      ),
    },
    {
      key: 'progress',
      label: words.columns.progress,
      num: true,
      wide: true,
      width: '90px',
      cell: row => (row.steps === 0 ? hosting.none : row.state === 'applying' ? `${row.done}/${row.steps}` : row.steps),
    },
    { key: 'by', label: words.columns.by, wide: true, cell: row => row.by },
    { key: 'at', label: words.columns.at, wide: true, cell: row => <span class="nw">{when(row.at)}</span> },
  ]
}

interface ChangeTableProps {
  readonly rows: readonly ChangeRow[]
  /** The viewer may open them. */
  readonly linked?: boolean
  /** All of one website, on its own page. */
  readonly own?: boolean
}

export const ChangeTable = ({ rows, linked = true, own = false }: ChangeTableProps) => (
  <Table label={t.value.hosting.change.listTitle} columns={columnsOf(linked, own)} rows={rows} keyOf={row => row.number} />
)
