// How work stands, in shape and word; and how urgent it is.
import type { Urgency, WorkOrderView, WorkState } from '../../../daemon/domain/care.ts'
import { Pill, StateShape, type Tone } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

const TONES: Readonly<Record<WorkState, Tone>> = {
  planned: 'unknown',
  due: 'work',
  overdue: 'warn',
  running: 'work',
  done: 'ok',
  cancelled: 'unknown',
}
const toneOf = (order: WorkOrderView): Tone => (order.result === 'fail' ? 'warn' : TONES[order.state])
const wordOf = (order: WorkOrderView): string => {
  const words = t.value.care
  return `${words.states[order.state]}${order.result === null ? '' : ` · ${words.results[order.result]}`}`
}

export const StateOfWork = ({ order }: { readonly order: WorkOrderView }) => <Pill tone={toneOf(order)}>{wordOf(order)}</Pill>

/** The shape alone, its word for those who do not see it. */
export const StateShapeOf = ({ order }: { readonly order: WorkOrderView }) => <StateShape tone={toneOf(order)} label={wordOf(order)} />

const LOUD: ReadonlySet<Urgency> = new Set(['high', 'critical'])

/** Only what is more urgent than usual is said. */
export function UrgencyOf({ order: { urgency, state } }: { readonly order: WorkOrderView }) {
  if (urgency === null || !LOUD.has(urgency) || state === 'done' || state === 'cancelled') return null
  return <Pill tone={urgency === 'critical' ? 'crit' : 'warn'}>{t.value.care.urgencies[urgency]}</Pill>
}
