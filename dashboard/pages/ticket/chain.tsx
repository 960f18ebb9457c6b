// The chain of steps: who did what in which time of the standard, who has it now, what is still to come.
import { useComputed } from '@preact/signals'
import type { Standard } from '../../../daemon/domain/standard.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { now } from '../../live/index.ts'
import { chairName } from '../../parts/clock/chairs.ts'
import { partUsed, toneOfUrgency, urgencyOf, usedAt } from '../../parts/clock/remaining.ts'
import { standardsText, worked } from '../../parts/clock/words.ts'
import { Icon } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import './chain.css'
import { stepName } from './names.ts'
import { type ChainStep, chainOf } from './steps.ts'

export function Chain({ view }: { readonly view: TicketView }) {
  const steps = chainOf(view)
  return (
    <section class="panel chainpanel" aria-label={t.value.tickets.ticket.chain}>
      <ol class="chain" style={{ '--steps': String(steps.length) }}>
        {steps.map((one, i) => (
          <ChainItem key={one.step.key} view={view} one={one} index={i} />
        ))}
      </ol>
    </section>
  )
}

function ChainItem({ view, one, index }: { readonly view: TicketView; readonly one: ChainStep; readonly index: number }) {
  const words = t.value.tickets.ticket
  const { clock, state, step } = one
  const used = useComputed(() => (clock === null || clock.started === null ? '' : worked(usedAt(view, clock, now.value))))
  const part = useComputed(() => (clock === null ? 0 : (partUsed(view, clock, now.value) ?? partOfStandards(clock.used, clock.standards))))
  const tone = useComputed(() => (clock === null ? '' : toneOfUrgency(urgencyOf(view, clock, now.value))))
  const meter = useComputed(() => `meter ${tone.value}`)
  const width = useComputed(() => `width:${Math.round(part.value * 100)}%`)
  const usedTone = useComputed(() => `usedtime ${tone.value === '' ? '' : `t-${tone.value}`}`)
  const standards = clock?.standards ?? (step.standard === null ? [] : [step.standard])
  const standard = standards.length === 0 ? null : standardsText(standards)
  const began = clock !== null && clock.started !== null
  return (
    <li class={state} aria-current={state === 'now' ? 'step' : undefined}>
      <span class="dot">
        {state === 'done' ? <Icon name="check" label={words.done} /> : state === 'now' ? <span class="sr">{words.now}</span> : index + 1}
      </span>
      <div class="t" title={text(step.label)}>
        {stepName(step)}
      </div>
      <div class="who">{one.who ?? chairName(step.owner)}</div>
      <div class="std">
        {began ? (
          <span>
            <b class={usedTone}>{used}</b> {standard === null ? null : <span class="dim">{words.of(standard)}</span>}
          </span>
        ) : (
          <span class="dim">{state === 'skipped' ? words.skipped : standard === null ? '' : words.standard(standard)}</span>
        )}
      </div>
      <div class={meter} aria-hidden="true">
        <i style={began ? width : 'width:0'} />
      </div>
    </li>
  )
}

const HOUR = 3_600_000
/** About how long each is in working time: for a bar. */
const LONG: Readonly<Record<Standard['unit'], number>> = { minute: 60_000, hour: HOUR, workday: 8 * HOUR, week: 40 * HOUR, month: 168 * HOUR }

/** Of a step that is over nothing is left to measure by: its time against its standards. */
function partOfStandards(used: number, standards: readonly Standard[]): number {
  const whole = standards.reduce((sum, { max, unit }) => sum + max * LONG[unit], 0)
  return whole === 0 ? 0 : Math.min(1, used / whole)
}
