// The service clock of a ticket: what is left now, until when, what ran and paused today, and why the deadline is what it is.
import { useComputed } from '@preact/signals'
import type { StepClock } from '../../../daemon/domain/clock.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { now } from '../../live/index.ts'
import { t } from '../../words/index.ts'
import { clockShort, dateTime, zoneName } from '../../words/say.ts'
import { when } from '../../words/when.ts'
import { Panel } from '../layout.tsx'
import { DayBar } from './bar.tsx'
import './clock.css'
import { isOver, toneOfUrgency, urgencyOf, usedAt } from './remaining.ts'
import { Why } from './why.tsx'
import { leftText, standardsText, worked } from './words.ts'

export function ClockPanel({ view }: { readonly view: TicketView }) {
  const { clock } = view
  const { clock: words } = t.value.tickets
  if (clock === null) return null
  const { today } = view
  const [first, last] = [today[0], today.at(-1)]
  const end =
    first === undefined || last === undefined ? words.dayOff : words.hours(clockShort(first.from), clockShort(last.until), zoneName(view.clockAt))
  const step = clock.steps.find(one => one.key === view.step?.key && one.ended === null) ?? null
  return (
    <Panel title={words.title} end={view.endedAt === null ? end : undefined} class="clockpanel" padded>
      <div class="clockhead">
        <Left view={view} step={step} />
        <p class="mid">
          {step === null ? null : (
            <>
              {step.started === null
                ? null
                : step.due === null
                  ? words.stepFrom(when(step.started))
                  : words.stepDue(when(step.started), when(step.due))}{' '}
              {step.standards.length === 0 ? words.noStandard : words.standard(standardsText(step.standards))}
              <br />
            </>
          )}
          <Due view={view} />
        </p>
        <Used view={view} />
      </div>
      {clock.needsAgreement && view.endedAt === null ? <p class="t-crit small agreement">{words.agreement}</p> : null}
      {view.endedAt === null ? <DayBar view={view} /> : null}
      <Why view={view} />
    </Panel>
  )
}

function Left({ view, step }: { readonly view: TicketView; readonly step: StepClock | null }) {
  const { clock: words, awaited } = t.value.tickets
  const text = useComputed(() => (step === null ? '' : leftText(view, step, now.value)))
  const tone = useComputed(() => (step === null ? '' : toneOfUrgency(urgencyOf(view, step, now.value))))
  const used = useComputed(() => worked(step === null ? (view.clock?.whole.used ?? 0) : usedAt(view, step, now.value)))
  const over = useComputed(() => step !== null && isOver(view, step, now.value))
  const definition = view.serviceDefinition.steps.find(one => one.key === step?.key)
  const what = definition === undefined ? '' : awaited[definition.kind]
  if (view.endedAt !== null && view.clock !== null) {
    return (
      <div>
        <div class="small mid">{words.ended}</div>
        <div class="clockleft words">{worked(view.clock.whole.used)}</div>
      </div>
    )
  }
  if (step === null || step.remaining === null) {
    return (
      <div>
        <div class="small mid">{step === null || step.state === 'paused' ? words.stands : words.spent(what)}</div>
        <div class="clockleft words">{used}</div>
      </div>
    )
  }
  return (
    <div>
      <div class="small mid">{step.state === 'paused' ? words.stands : over.value ? words.over(what) : words.left(what)}</div>
      <div class={`clockleft ${tone.value === '' ? '' : `t-${tone.value}`} ${text.value.includes(':') ? '' : 'words'}`} role="timer">
        {text}
      </div>
    </div>
  )
}

/** The deadline of the whole; what was promised before stands beside it when both sides agreed on another. */
function Due({ view }: { readonly view: TicketView }) {
  const { clock: words } = t.value.tickets
  const { clock } = view
  if (clock === null || view.due === null) return null
  const agreed = clock.agreed
  return (
    <>
      {agreed !== null ? words.agreedDue : view.endedAt === null ? words.due : words.wasDue} <b class="nw duedate">{dateTime(view.due)}</b>
      {agreed === null || clock.promised === null ? null : <span class="dim"> ({words.was(dateTime(clock.promised.due))})</span>}
    </>
  )
}

function Used({ view }: { readonly view: TicketView }) {
  const { clock: words } = t.value.tickets
  const { clock } = view
  const used = useComputed(() => (clock === null ? '' : words.used(worked(usedAt(view, clock.whole, now.value)))))
  if (clock === null) return null
  return (
    <div class="small dim clockused">
      {used}
      {clock.whole.paused > 0 ? (
        <>
          <br />
          {words.paused(worked(clock.whole.paused))}
        </>
      ) : null}
    </div>
  )
}
