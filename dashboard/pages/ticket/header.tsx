// The head of a ticket: its number, the sentence of what is awaited, its title, and who asks.
import { useComputed } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { toneOfUrgency } from '../../parts/clock/remaining.ts'
import { Icon, Pill } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { useSentence } from './names.ts'

export function TicketHeader({ view, actions }: { readonly view: TicketView; readonly actions: ComponentChildren }) {
  const words = t.value.tickets
  return (
    <header class="pagehead tickethead">
      <div class="grow">
        <div class="row wrap">
          <span class="ticketnumber mid nw">{view.number}</span>
          {view.urgent ? <Pill tone="crit">{words.ticket.urgentMark}</Pill> : null}
          {may('ticket.internal') && (view.priority === 'critical' || view.priority === 'high') ? (
            <Pill tone={view.priority === 'critical' ? 'crit' : 'warn'} shape="up">
              {words.inbox.priority} {words.priorities[view.priority].toLowerCase()}
            </Pill>
          ) : null}
          <Awaited view={view} />
        </div>
        <h1>{view.title}</h1>
        <p class="sub">
          {view.organisationName}
          {view.requester.name === '' ? '' : ` · ${words.ticket.requester(view.requester.name)}`}
          {!may('ticket.internal') || (view.contact.phone === '' && view.contact.email === '') ? null : (
            <span class="dim"> · {[view.contact.phone, view.contact.email].filter(one => one !== '').join(', ')}</span>
          )}
        </p>
        {view.owed.length === 0 ? null : <p class="small t-warn">{words.ticket.owed(view.owed.length)}</p>}
      </div>
      <div class="actions">{actions}</div>
    </header>
  )
}

/** In a capsule of its own width: the seconds may run in it without moving what stands beside. */
function Awaited({ view }: { readonly view: TicketView }) {
  const sentence = useSentence(view)
  const tone = useComputed(() => toneOfUrgency(sentence.value.urgency))
  const text = useComputed(() => sentence.value.text)
  const pill = tone.value === '' ? (view.status === 'paused' || view.status === 'returned' ? 'unknown' : 'ok') : tone.value
  return (
    <span class={`pill ${pill} awaited`}>
      <Icon name={pill === 'ok' ? (view.endedAt === null ? 'clock' : 'check') : pill} />
      <span>{text}</span>
    </span>
  )
}
