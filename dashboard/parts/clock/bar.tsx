// The day as a bar: dark what ran, hatched what paused, outlined what is left. Told in words for those who do not see it.
import { useComputed } from '@preact/signals'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { now } from '../../live/index.ts'
import { t } from '../../words/index.ts'
import { clockShort, text } from '../../words/say.ts'
import { dayBar, type Segment } from './day.ts'
import { toneOfUrgency } from './remaining.ts'

type Clocked = Pick<TicketView, 'clock' | 'clockAt' | 'today' | 'serviceDefinition'>

export function DayBar({ view }: { readonly view: Clocked }) {
  // Redrawn each quarter of a minute: the bar is a day wide.
  const at = useComputed(() => Math.floor(now.value / 15_000) * 15_000)
  const { clock } = view
  const bar = clock === null ? null : dayBar(clock, view, Math.max(at.value, view.clockAt))
  if (bar === null) return null
  const { clock: words } = t.value.tickets
  const stepName = (key: string | null): string => {
    const step = view.serviceDefinition.steps.find(one => one.key === key)
    return step === undefined ? '' : text(step.label)
  }
  const said = (one: Segment): string => {
    const [from, until] = [clockShort(one.from), clockShort(one.until)]
    if (one.kind === 'ran') return words.barPart.ran(stepName(one.step), from, until)
    if (one.kind === 'now') return words.barPart.now(stepName(one.step), from)
    return one.kind === 'left' ? words.barPart.left(until) : words.barPart[one.kind](from, until)
  }
  return (
    <div class="clock" role="img" aria-label={`${words.bar}: ${bar.segments.map(said).join(', ')}`}>
      <div class="bar">
        {bar.segments.map(one => (
          <i
            key={`${one.kind}${one.from}${one.step ?? ''}`}
            class={`${one.kind} ${toneOfUrgency(one.urgency)}`}
            title={said(one)}
            style={{ left: `${one.left}%`, width: `${one.width}%` }}
          />
        ))}
      </div>
      <div class="ticks" aria-hidden="true">
        {bar.ticks.map(one => (
          <span key={one.at} style={{ left: `${one.left}%` }}>
            {clockShort(one.at)}
          </span>
        ))}
      </div>
    </div>
  )
}
