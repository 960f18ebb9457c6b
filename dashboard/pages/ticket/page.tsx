// One ticket: what is awaited, the chain of steps, the clock and why, its course, documents, and the next action with exactly its form.
import { useComputed, useSignalEffect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { store } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { ClockPanel } from '../../parts/clock/panel.tsx'
import { Empty, ErrorBox, Icon, Skeleton, toast } from '../../parts/index.ts'
import { go } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { AnswersPanel } from './answers.tsx'
import { Chain } from './chain.tsx'
import { Conflict } from './conflict.tsx'
import { Documents } from './documents.tsx'
import { Facts, Links, Tasks } from './facts.tsx'
import { TicketHeader } from './header.tsx'
import { asksForHosting, HostingPanel } from './hosting.tsx'
import { isWatching } from './names.ts'
import { Next } from './next.tsx'
import { NOTE_FIELD, NoteBox } from './note-box.tsx'
import '../../style/pages.css'
import './ticket.css'
import { Timeline } from './timeline.tsx'
import { Unsent } from './unsent.tsx'
import { type OpenTicket, useTicket } from './use-ticket.ts'
import { VisitLink } from './visit-link.tsx'

export default function TicketPage({ params }: PageProps) {
  const number = params['number'] ?? ''
  const ticket = useTicket(number)
  const { shown } = ticket
  const became = useComputed(() => store.desk.became(number)).value
  useEffect(() => {
    // Handed in on another page: there it goes on under its number.
    if (typeof became === 'string') go(`/tickets/${encodeURIComponent(became)}`, { replace: true })
  }, [became])
  const title = shown.kind === 'ready' ? `${shown.view.number} ${shown.view.title}` : number
  useSignalEffect(() => {
    document.title = `${title} · Suar`
  })
  if (became === null) return <NotFound />
  if (shown.kind === 'waiting') return <Skeleton lines={10} height={20} />
  if (shown.kind === 'failed') {
    if (shown.problem.status !== 404) return <ErrorBox problem={shown.problem} retry={() => void ticket.ask()} />
    return <NotFound />
  }
  return <Ticket view={shown.view} ticket={ticket} />
}

function NotFound() {
  const { ticket: words } = t.value.tickets
  return (
    <Empty
      page
      title={words.notFound}
      hint={words.notFoundHint}
      action={
        <a class="btn primary" href="/tickets">
          {words.toList}
        </a>
      }
    />
  )
}

function Ticket({ view, ticket }: { readonly view: TicketView; readonly ticket: OpenTicket }) {
  const staff = may('ticket.internal')
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
      if (event.key !== 'n' || typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return
      const field = document.getElementById(NOTE_FIELD)
      if (field === null) return
      event.preventDefault()
      field.focus()
      field.scrollIntoView({ block: 'center' })
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  const canNote = view.actions.some(one => one.kind === 'note' && one.why === null)
  return (
    <article class={`ticket ${staff ? 'staff' : 'own'}`}>
      <TicketHeader view={view} actions={<HeadActions view={view} ticket={ticket} />} />
      {ticket.conflict === null ? null : <Conflict view={view} since={ticket.conflict} onSeen={ticket.settle} />}
      <div class="ticketgrid">
        {view.status === 'draft' ? null : <Chain view={view} />}
        <div class="ticketside">
          <Next view={view} ticket={ticket} />
          <Unsent view={view} />
          <Tasks view={view} act={ticket.act} />
        </div>
        <div class="ticketmain">
          <ClockPanel view={view} />
          {canNote ? <NoteBox view={view} act={ticket.act} /> : null}
          {asksForHosting(view) && may('change.read') ? <HostingPanel view={view} /> : null}
          <Timeline view={view} />
          <AnswersPanel view={view} />
        </div>
        <div class="ticketrest">
          <Documents view={view} onChanged={() => void ticket.ask()} />
          {Array.isArray(view.answers['visitors']) && view.status !== 'draft' ? <VisitLink number={view.number} /> : null}
          <Facts view={view} />
          <Links view={view} />
        </div>
      </div>
    </article>
  )
}

function HeadActions({ view, ticket }: { readonly view: TicketView; readonly ticket: OpenTicket }) {
  const words = t.value.tickets.ticket
  const watching = isWatching(view)
  const canWatch = view.actions.some(one => one.kind === 'watch' && one.why === null)
  const watch = async (): Promise<void> => {
    const answer = await ticket.act({ kind: 'watch', on: !watching })
    if (!answer.ok) toast('failed', answer.problem.title, answer.problem.detail)
  }
  return (
    <>
      {Array.isArray(view.answers['devices']) && view.service === 'colocation' && view.status !== 'draft' && may('plant.read') ? (
        <a class="btn" href={`/placement/${encodeURIComponent(view.number)}`}>
          {t.value.stays.placement.link}
        </a>
      ) : null}
      {canWatch ? (
        <button type="button" class="btn" aria-pressed={watching} onClick={() => void watch()}>
          {watching ? words.unwatch : words.watch}
        </button>
      ) : null}
      <button type="button" class="btn" onClick={() => print()}>
        <Icon name="print" />
        {words.print}
      </button>
    </>
  )
}
