// Priority by impact and urgency as a table; what stands in a cell is the page's: a word, a choice, a button.
import type { ComponentChildren } from 'preact'
import { LEVELS, type Level, type Priority } from '../../daemon/domain/ticket.ts'
import { t } from '../words/index.ts'

/** By impact, then by urgency. */
export type Matrix = Readonly<Record<Level, Readonly<Record<Level, Priority>>>>

export interface MatrixCell {
  readonly impact: Level
  readonly urgency: Level
  readonly priority: Priority
  /** Both levels in words, for those who do not see the heads. */
  readonly label: string
}

interface MatrixProps {
  readonly class: string
  readonly caption: string
  readonly matrix: Matrix
  readonly cell: (cell: MatrixCell) => ComponentChildren
}

/** Rows impact, the highest on top; columns urgency. */
export function PriorityMatrix({ class: name, caption, matrix, cell }: MatrixProps) {
  const { form: words, levels } = t.value.tickets
  return (
    <table class={name}>
      <caption class="sr">{caption}</caption>
      <thead>
        <tr>
          <td />
          <th colSpan={3} scope="colgroup">
            {words.urgency}
          </th>
        </tr>
        <tr>
          <th scope="col">{words.impact}</th>
          {LEVELS.map(urgency => (
            <th key={urgency} scope="col">
              {levels[urgency]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {LEVELS.toReversed().map(impact => (
          <tr key={impact}>
            <th scope="row">{levels[impact]}</th>
            {LEVELS.map(urgency => (
              <td key={urgency}>
                {cell({
                  impact,
                  urgency,
                  priority: matrix[impact][urgency],
                  label: `${words.impact} ${levels[impact]}, ${words.urgency} ${levels[urgency]}`,
                })}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
