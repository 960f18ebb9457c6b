// The list itself: grouped rows that change in place; chosen ones for many at once; j and k walk, x chooses, Enter opens.
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../words/index.ts'
import { zone } from '../../words/say.ts'
import { offsetOf } from '../../words/zone.ts'
import { Changed, Due, Left, Todo, What } from './cells.tsx'
import { grouped, type RowGroup } from './groups.ts'
import type { Row, SortKey } from './query.ts'

const DAY = 86_400_000

/** When the site's present day is over. */
const tomorrow = (at: number): number => {
  const offset = offsetOf(at, zone.value)
  return (Math.floor((at + offset) / DAY) + 1) * DAY - offset
}

interface TableProps {
  readonly rows: readonly Row[]
  readonly sort: SortKey
  /** When the list was asked for, on the daemon's clock. */
  readonly at: number
  readonly chosen: ReadonlySet<string>
  readonly onChoose: ((numbers: ReadonlySet<string>) => void) | null
}

export function TicketTable({ rows, sort, at, chosen, onChoose }: TableProps) {
  const { inbox: words } = t.value.tickets
  const body = useRef<HTMLTableElement>(null)
  const toggle = (number: string): void => {
    const next = new Set(chosen)
    if (!next.delete(number)) next.add(number)
    onChoose?.(next)
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
      const box = event.target instanceof HTMLInputElement && event.target.type === 'checkbox'
      if ((typing && !box) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return
      const links = [...(body.current?.querySelectorAll<HTMLElement>('.rowlink') ?? [])]
      const at = links.findIndex(link => link.closest('tr')?.contains(document.activeElement) === true)
      if (event.key === 'j' || event.key === 'k') links[Math.max(0, Math.min(links.length - 1, event.key === 'j' ? at + 1 : at - 1))]?.focus()
      else if (event.key === 'x' && at >= 0 && onChoose !== null) toggle(links[at]?.closest('tr')?.dataset['number'] ?? '')
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
  const list = sort === 'due' ? grouped(rows, at, tomorrow(at)) : rows.map(row => ({ row, group: null }))
  let group: RowGroup | null = null
  return (
    <table class="table ticketlist" aria-label={words.title} ref={body}>
      <thead>
        <tr>
          {onChoose === null ? null : (
            <th scope="col" class="pickcell">
              <input
                type="checkbox"
                aria-label={words.selectAll}
                checked={rows.length > 0 && rows.every(row => chosen.has(row.head.number))}
                onChange={event => onChoose(event.currentTarget.checked ? new Set(rows.map(row => row.head.number)) : new Set())}
              />
            </th>
          )}
          <th scope="col" class="todocell">
            {words.columns.step}
          </th>
          <th scope="col">{words.columns.what}</th>
          <th scope="col" class="num leftcell">
            {words.columns.left}
          </th>
          <th scope="col" class="num duecell">
            {words.columns.due}
          </th>
          <th scope="col" class="num changedcell">
            {words.columns.changed}
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map(({ row: { head, gone }, group: next }) => {
          const first = next !== null && next !== group
          group = next
          return [
            first ? (
              <tr key={`group ${next}${head.id}`} class={`grouphead ${next === 'breached' ? 't-crit' : ''}`}>
                <th colSpan={onChoose === null ? 5 : 6} scope="rowgroup">
                  {words.groups[next]}
                </th>
              </tr>
            ) : null,
            <tr key={head.id} class={gone ? 'gone' : ''} data-number={head.number} data-selected={chosen.has(head.number) ? '' : undefined}>
              {onChoose === null ? null : (
                <td class="pickcell">
                  <input
                    type="checkbox"
                    aria-label={words.select(head.number)}
                    checked={chosen.has(head.number)}
                    onChange={() => toggle(head.number)}
                  />
                </td>
              )}
              <td class="todocell">
                <Todo head={head} />
              </td>
              <td class="whatcell">
                <What head={head} gone={gone} />
              </td>
              <td class="num leftcell">
                <Left head={head} />
              </td>
              <td class="num duecell">
                <Due head={head} />
              </td>
              <td class="num changedcell">
                <Changed head={head} />
              </td>
            </tr>,
          ]
        })}
      </tbody>
    </table>
  )
}
