// What lists and searches hold of a ticket, worked out from its state when it changes.
import { applicationOf } from '../../domain/form-application.ts'
import { formText } from '../../domain/form-plain.ts'
import type { Service } from '../../domain/service.ts'
import { draftNumber, type TicketEvent } from '../../domain/ticket.ts'
import type { TicketFrame, TicketRow, TicketTexts } from '../../domain/ticket-record.ts'
import type { TicketHead } from '../../domain/ticket-view.ts'
import { stepOf, type TicketState } from './state.ts'
import type { Marks } from './timing.ts'

export interface Described {
  readonly frame: TicketFrame
  readonly service: Service
  readonly state: TicketState
  readonly marks: Marks
  readonly organisation: string
  /** Who sits alone on the chair whose turn it is. */
  readonly holder: string | null
  readonly title: string
  readonly changedAt: number
}

/** Whose turn it is: a chair of the house, or the requester where the papers are back with him or wait for his signature. */
function turnOf({ frame, service, state, holder }: Described): TicketHead['turn'] {
  if (state.status === 'draft' || state.endedAt !== null) return null
  const step = stepOf(state, service)
  const theirs = state.status === 'returned' || (step?.kind === 'minutes' && state.minutes?.state === 'sent')
  if (theirs) return { chair: 'requester', person: frame.requester.person, name: frame.requester.name }
  if (step === null) return null
  return { chair: step.owner, person: state.turn?.person ?? null, name: state.turn?.name ?? holder ?? '' }
}

export function rowOf(described: Described): TicketRow {
  const { frame, service, state, marks, organisation, title, changedAt } = described
  const step = state.step === null ? null : service.steps[state.step]
  const kind = step?.kind
  const turn = turnOf(described)
  const head: TicketHead = {
    id: frame.id,
    number: frame.number ?? draftNumber(frame.id),
    kind: frame.kind,
    service: frame.service,
    serviceName: service.name,
    title,
    organisation: frame.organisation,
    organisationName: organisation,
    requester: { person: frame.requester.person, name: frame.requester.name },
    channel: frame.channel,
    status: state.status,
    step: step ? { key: step.key, label: step.label, index: state.step ?? 0, of: service.steps.length } : null,
    turn,
    priority: state.priority,
    pause: state.pause,
    filedAt: state.filedAt,
    changedAt,
    endedAt: state.endedAt,
    stepDue: marks.stepDue,
    due: state.endedAt === null ? marks.due : null,
    lateness: 'fine',
    watchers: state.watchers,
    seq: state.seq,
  }
  return {
    head,
    shared: state.turn === null || kind === 'dispose' || kind === 'order' || turn?.chair === 'requester',
    assignee: state.assignee?.person ?? null,
    application: applicationOf(service.form, state.answers),
    soonAt: marks.soonAt,
    lateAt: marks.lateAt,
    breachAt: marks.breachAt,
    checkAt: marks.checkAt,
  }
}

/** A few pages of text at most: a search looks for words, not for whole letters. */
const MOST_TEXT = 20_000

export function textsOf(described: Described, events: readonly TicketEvent[]): TicketTexts {
  const { frame, service, state, organisation, title } = described
  const open = [frame.requester.name, organisation, service.name.id, service.name.en, formText(state.answers)]
  const inside: string[] = []
  for (const event of events) {
    if (event.kind === 'note') (event.visibility === 'public' ? open : inside).push(event.text)
    else if (event.kind === 'attached') (event.visibility === 'public' ? open : inside).push(event.name)
    else if (event.kind === 'returned' || event.kind === 'rejected' || event.kind === 'cancelled') open.push(event.reason)
    else if (event.kind === 'reported') open.push(event.text, event.recommendation)
    else if (event.kind === 'minuted') open.push(event.number)
    else if (event.kind === 'disposed' || event.kind === 'worked' || event.kind === 'sentBack') inside.push(event.note)
  }
  return { title, body: open.join('\n').slice(0, MOST_TEXT), internal: inside.join('\n').slice(0, MOST_TEXT) }
}
