// Priority by impact and urgency: the matrix itself is the control, so that the outcome is seen before it is chosen.
import { useState } from 'preact/hooks'
import { LEVELS, type Level } from '../../../../daemon/domain/ticket.ts'
import { ErrorBox, Skeleton } from '../../../parts/index.ts'
import { t } from '../../../words/index.ts'
import { ActionForm, type FormProps } from './frame.tsx'
import { type PriorityMatrix, usePriorities } from './priorities.ts'

export interface Rating {
  readonly impact: Level
  readonly urgency: Level
}

interface MatrixProps {
  readonly matrix: PriorityMatrix
  readonly value: Rating | null
  readonly onChange: (value: Rating) => void
}

/** Rows impact, columns urgency. */
function Matrix({ matrix, value, onChange }: MatrixProps) {
  const { form: words, levels, priorities } = t.value.tickets
  return (
    <table class="matrix">
      <caption class="sr">{words.matrix}</caption>
      <thead>
        <tr>
          <td />
          <th colSpan={3} scope="colgroup">
            {words.urgency}
          </th>
        </tr>
        <tr>
          <th scope="col">{words.impact}</th>
          {LEVELS.map(one => (
            <th key={one} scope="col">
              {levels[one]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {LEVELS.toReversed().map(impact => (
          <tr key={impact}>
            <th scope="row">{levels[impact]}</th>
            {LEVELS.map(urgency => {
              const priority = matrix[impact][urgency]
              const chosen = value?.impact === impact && value.urgency === urgency
              return (
                <td key={urgency}>
                  <button
                    type="button"
                    class={`cell ${priority}`}
                    aria-pressed={chosen}
                    aria-label={`${words.impact} ${levels[impact]}, ${words.urgency} ${levels[urgency]}: ${priorities[priority]}`}
                    onClick={() => onChange({ impact, urgency })}
                  >
                    {priorities[priority]}
                  </button>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function RateForm(props: FormProps) {
  const { form: words, act, priorities } = t.value.tickets
  const rated = props.view.events.findLast(event => event.kind === 'rated')
  const [value, setValue] = useState<Rating | null>(rated?.kind === 'rated' ? { impact: rated.impact, urgency: rated.urgency } : null)
  const [tried, setTried] = useState(false)
  const { matrix, problem, reload } = usePriorities()
  return (
    <ActionForm
      {...props}
      label={act.rate.replace('…', '')}
      read={() => {
        setTried(true)
        return value === null ? null : { kind: 'rate', ...value }
      }}
    >
      {matrix !== null ? (
        <Matrix matrix={matrix} value={value} onChange={setValue} />
      ) : problem !== null ? (
        <ErrorBox problem={problem} retry={reload} />
      ) : (
        <Skeleton lines={4} />
      )}
      <p class={`small ${tried && value === null ? 't-crit' : 'mid'}`} role="status">
        {value === null || matrix === null
          ? tried
            ? words.fieldEmpty
            : ''
          : words.becomes(priorities[matrix[value.impact][value.urgency]].toLowerCase())}
      </p>
    </ActionForm>
  )
}
