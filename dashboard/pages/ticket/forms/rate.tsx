// Priority by impact and urgency: the matrix itself is the control, so that the outcome is seen before it is chosen.
import { useState } from 'preact/hooks'
import type { Level } from '../../../../daemon/domain/ticket.ts'
import { ErrorBox, Skeleton } from '../../../parts/index.ts'
import { PriorityMatrix } from '../../../parts/priority-matrix.tsx'
import { t } from '../../../words/index.ts'
import { ActionForm, type FormProps } from './frame.tsx'
import { usePriorities } from './priorities.ts'

interface Rating {
  readonly impact: Level
  readonly urgency: Level
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
        <PriorityMatrix
          class="matrix"
          caption={words.matrix}
          matrix={matrix}
          cell={({ impact, urgency, priority, label }) => (
            <button
              type="button"
              class={`cell ${priority}`}
              aria-pressed={value?.impact === impact && value.urgency === urgency}
              aria-label={`${label}: ${priorities[priority]}`}
              onClick={() => setValue({ impact, urgency })}
            >
              {priorities[priority]}
            </button>
          )}
        />
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
