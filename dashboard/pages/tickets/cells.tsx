// What a row of the list says: what is to be done and by whom, how much of the step's time is left, when the whole is due.

import type { TicketHead } from '../../../daemon/domain/ticket-view.ts'
import { useDerived } from '../../live/derived.ts'
import { now } from '../../live/index.ts'
import { chairName } from '../../parts/clock/chairs.ts'
import { Icon } from '../../parts/icons.tsx'
import { t } from '../../words/index.ts'
import { age, clockShort, countdown, dateLong, dateShort, text } from '../../words/say.ts'
import { dayNow, when } from '../../words/when.ts'
import { isMine, turnName } from '../ticket/names.ts'
import { kindOfStep } from './groups.ts'

/** The next action, in ink when it is the viewer's. */
export function Todo({ head }: { readonly head: TicketHead }) {
  const { todo, awaited, statuses, pauses, inbox } = t.value.tickets
  const kind = head.step === null ? null : kindOfStep(head.step.key)
  const place = head.step === null || head.endedAt !== null ? null : <span class="block small dim">{inbox.step(head.step.index, head.step.of)}</span>
  if (head.endedAt !== null || head.status === 'draft') return <span class="mid">{statuses[head.status]}</span>
  if (head.status === 'paused' || head.status === 'returned') {
    return (
      <>
        <span class="mid">{statuses[head.status]}</span>
        <span class="block small dim">{head.pause === null ? chairName('requester') : pauses[head.pause]}</span>
      </>
    )
  }
  if (isMine(head)) {
    return (
      <>
        <b>{kind === null ? text(head.step?.label ?? head.serviceName) : todo[kind]}</b>
        {place}
      </>
    )
  }
  return (
    <>
      <span class="mid">
        {kind === null ? text(head.step?.label ?? head.serviceName) : awaited[kind].slice(0, 1).toUpperCase() + awaited[kind].slice(1)}
      </span>
      <span class="block small dim ell">{turnName(head)}</span>
    </>
  )
}

const HOUR = 3_600_000

/** Until the step is due: running down within the hour, in hours on its day, else the day and time. */
function leftOf(head: TicketHead, at: number): { readonly text: string; readonly tone: '' | 't-warn' | 't-crit' } {
  const due = head.stepDue ?? head.due
  if (head.endedAt !== null || due === null || head.status !== 'open') return { text: '', tone: '' }
  const { sentence } = t.value.tickets
  const sameDay = dateLong(due) === dateLong(at)
  if (due < at) return { text: sentence.over(sameDay ? age(at - due) : dateShort(due)), tone: 't-crit' }
  const tone = head.lateness === 'breached' ? 't-crit' : head.lateness === 'fine' ? '' : 't-warn'
  if (!sameDay) return { text: `${dateShort(due)} ${clockShort(due)}`, tone }
  return { text: due - at < HOUR ? countdown((due - at) / 1000) : age(due - at), tone }
}

export function Left({ head }: { readonly head: TicketHead }) {
  const left = useDerived(() => leftOf(head, now.value), [head])
  const name = useDerived(() => `left ${left.value.tone}`, [left])
  const shown = useDerived(() => left.value.text, [left])
  return <span class={name}>{shown}</span>
}

export function Due({ head }: { readonly head: TicketHead }) {
  const due = head.endedAt ?? head.due
  if (due === null) return null
  const today = dateLong(due) === dateLong(dayNow.value)
  return <span class="nw">{today ? clockShort(due) : `${dateShort(due)} ${clockShort(due)}`}</span>
}

/** Title, number, who asks. */
export function What({ head, gone }: { readonly head: TicketHead; readonly gone: boolean }) {
  const { inbox, priorities, kinds } = t.value.tickets
  const high = head.priority === 'critical' || head.priority === 'high'
  return (
    <>
      <span class="whattitle">
        {high ? (
          <Icon
            name="up"
            class={head.priority === 'critical' ? 'crit' : 'warn'}
            label={`${inbox.priority} ${priorities[head.priority].toLowerCase()}`}
          />
        ) : null}
        <a class="quiet rowlink" href={`${head.status === 'draft' ? '/requests/draft' : '/tickets'}/${encodeURIComponent(head.number)}`}>
          {head.title === '' ? text(head.serviceName) : head.title}
        </a>
        {gone ? <span class="gonemark">{inbox.moved}</span> : null}
      </span>
      <span class="block small dim ell">
        <span class="nw">{head.number}</span> · {head.kind === 'request' ? text(head.serviceName) : kinds[head.kind]} · {head.organisationName}
      </span>
    </>
  )
}

export const Changed = ({ head }: { readonly head: TicketHead }) => <span class="nw dim">{when(head.changedAt)}</span>
