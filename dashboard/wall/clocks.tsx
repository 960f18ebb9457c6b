// The wall's service clocks: which steps run out soonest and who has them. Asked once, then followed by the stream; its height never changes.
import { computed, type ReadonlySignal, signal, useComputed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { DeskSummary } from '../../daemon/domain/ticket-record.ts'
import type { TicketHead } from '../../daemon/domain/ticket-view.ts'
import { api } from '../api.ts'
import { live, now, store } from '../live/index.ts'
import { chairName } from '../parts/clock/chairs.ts'
import { may } from '../signin/session.ts'
import { t } from '../words/index.ts'
import { age, clockShort, countdown, dateLong, dateShort, text } from '../words/say.ts'
import './clocks.css'

const ROWS = 3
const HOUR = 3_600_000

const first = signal<readonly TicketHead[] | null>(null)

const dueOf = (head: TicketHead): number => head.stepDue ?? head.due ?? Number.POSITIVE_INFINITY

/** Running steps, the soonest first: as they were asked for, with what the stream has told since. */
const running = computed((): readonly TicketHead[] | null => {
  if (first.value === null) return null
  const all = new Map(first.value.map(head => [head.id, head]))
  for (const [id, head] of store.desk.heads.value) if (head.seq >= (all.get(id)?.seq ?? 0)) all.set(id, head)
  return [...all.values()].filter(head => head.status === 'open' && dueOf(head) < Number.POSITIVE_INFINITY).sort((a, b) => dueOf(a) - dueOf(b))
})

const pressing = computed(() => {
  const head = running.value?.[0]
  return head !== undefined && (head.lateness !== 'fine' || dueOf(head) - now.value < HOUR)
})

/** Follows the desk while the wall is shown; true while a step is past its time, or will be within the hour. False for who may see no tickets. */
export function useSlaClocks(): ReadonlySignal<boolean> {
  const allowed = may('ticket.internal')
  const again = store.desk.anew.value
  useEffect(() => (allowed ? live.follow('tickets') : undefined), [allowed])
  useEffect(() => {
    let gone = false
    if (allowed)
      void api.get<DeskSummary>('/api/v1/desk/summary').then(answer => {
        if (!gone && answer.ok) first.value = answer.value.next
      })
    return () => {
      gone = true
    }
  }, [again, allowed])
  return pressing
}

export function SlaClocks() {
  const words = t.value.tickets.clock
  const more = useComputed(() => {
    const rest = (running.value?.length ?? 0) - ROWS
    return rest > 0 ? words.wallMore(rest) : ''
  })
  return (
    <section class="panel slaclocks" aria-label={words.wallTitle}>
      <header>
        <h2>{words.wallTitle}</h2>
        <span class="end">{more}</span>
      </header>
      <ul>
        {Array.from({ length: ROWS }, (_, i) => (
          <ClockRow key={i} at={i} />
        ))}
      </ul>
    </section>
  )
}

/** A fixed row whose texts change. */
function ClockRow({ at }: { readonly at: number }) {
  const mine = useComputed(() => running.value?.[at])
  const what = useComputed(() => {
    const head = mine.value
    return head === undefined ? '' : head.title === '' ? text(head.serviceName) : head.title
  })
  const who = useComputed(() => {
    const turn = mine.value?.turn
    return turn === undefined || turn === null ? '' : turn.name === '' ? chairName(turn.chair) : turn.name
  })
  const left = useComputed(() => {
    const head = mine.value
    if (head === undefined) return ''
    const due = dueOf(head)
    const rest = due - now.value
    if (rest < 0) return t.value.tickets.sentence.over(dateLong(due) === dateLong(now.value) ? age(-rest) : dateShort(due))
    if (dateLong(due) !== dateLong(now.value)) return `${dateShort(due)} ${clockShort(due)}`
    return rest < HOUR ? countdown(rest / 1000) : age(rest)
  })
  const name = useComputed(() => {
    const head = mine.value
    if (head === undefined) return 'left'
    return dueOf(head) < now.value || head.lateness === 'breached' ? 'left crit' : head.lateness === 'fine' ? 'left' : 'left warn'
  })
  return (
    <li>
      <span class="what">{what}</span>
      <span class="who">{who}</span>
      <span class={name}>{left}</span>
    </li>
  )
}
