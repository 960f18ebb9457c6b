// Who must be told of what was just done: the requester, who watches, and whose turn it is now. Not the one who did it, but for the receipt.
import type { Instant } from '../../domain/call.ts'
import type { Person } from '../../domain/people.ts'
import type { Service } from '../../domain/service.ts'
import type { TicketEvent } from '../../domain/ticket.ts'
import type { Chat, DeskNotice, NoticeKind, OutMessage, TicketFrame } from '../../domain/ticket-record.ts'
import type { Reach } from '../../domain/ticket-view.ts'
import type { Notices, Sources } from '../sources.ts'
import type { Moved, Seats } from './room.ts'
import { stepOf } from './state.ts'

type Figures = DeskNotice['figures']

/** `null`: the requester, whoever that is. */
export interface Telling {
  readonly kind: NoticeKind
  readonly person: number | null
  readonly seq: number
  readonly at: Instant
  readonly figures: Figures
}

export interface Letter extends Telling {
  readonly to: DeskNotice['to']
}

interface Told {
  readonly frame: TicketFrame
  readonly service: Service
  readonly moved: Moved
  readonly seats: Seats
  /** Number of the ticket it was merged into. */
  readonly into?: string | null
}

/** What the requester, and those who watch, hear of. */
function toRequester(event: TicketEvent, { moved, service, into = null }: Told): readonly [NoticeKind, Figures] | null {
  const due = moved.marks.due
  switch (event.kind) {
    case 'submitted':
      return [event.slot === null ? 'received' : 'overload', { received: event.received, slot: event.slot, due }]
    case 'returned':
      return ['returned', { reason: event.reason }]
    case 'paused':
      return ['paused', { reason: event.reason, note: event.note }]
    case 'resumed':
      return ['resumed', { due }]
    case 'rejected':
    case 'cancelled':
      return [event.kind, { reason: event.reason }]
    case 'merged':
      return ['merged', { into }]
    case 'agreed':
      return ['agreed', { due: event.due, reason: event.reason }]
    case 'archived':
      return ['closed', { evaluation: service.evaluation.length > 0 }]
    case 'note':
      return event.visibility === 'public' ? ['note', { text: event.text, by: event.by.name }] : null
    case 'document':
      if (event.reply === true) return event.state === 'returned' ? ['note', { text: event.title, by: event.by.name }] : null
      return event.state === 'sent' ? ['sign', { document: event.document, title: event.title }] : null
    default:
      return null
  }
}

const HANDS_ON: ReadonlySet<TicketEvent['kind']> = new Set(['submitted', 'resubmitted', 'verified', 'disposed', 'taken', 'urgent', 'sentBack'])

/** Whoever the ticket waits for now: the one who was named, else everybody on the chair. */
export function owners({
  moved,
  service,
  seats,
}: {
  readonly moved: Pick<Moved, 'state'>
  readonly service: Service
  readonly seats: Seats
}): number[] {
  const { state } = moved
  if (state.turn !== null) return [state.turn.person]
  return (seats.chairs.get(stepOf(state, service)?.owner ?? '') ?? []).map(({ person }) => person)
}

export function tellings(told: Told): Telling[] {
  const { frame, moved, service } = told
  const made: Telling[] = []
  for (const event of moved.added) {
    const say = (kind: NoticeKind, person: number | null, figures: Figures) => {
      const self = person === null ? frame.requester.person : person
      // The receipt is for whoever handed it in, too.
      const receipt = kind === 'received' || kind === 'overload'
      if (receipt || self === null || self !== event.by.person) made.push({ kind, person, seq: event.seq, at: event.at, figures })
    }
    const open = toRequester(event, told)
    if (open !== null) {
      say(open[0], null, open[1])
      for (const watcher of moved.state.watchers) if (watcher !== frame.requester.person) say(open[0], watcher, open[1])
    }
    if (HANDS_ON.has(event.kind)) {
      const step = stepOf(moved.state, service)
      const note = event.kind === 'disposed' ? event.note : event.kind === 'sentBack' ? event.note : ''
      for (const person of owners(told))
        say(event.kind === 'sentBack' || event.kind === 'resubmitted' ? event.kind : 'turn', person, {
          step: step?.label.id ?? '',
          note,
          due: moved.marks.stepDue,
        })
    }
    if (event.kind === 'task' && event.person !== null) say('task', event.person, { title: event.title, due: event.due })
    // A note of the requester's goes to who has the ticket in hand.
    if (event.kind === 'note' && event.visibility === 'public' && event.by.person === frame.requester.person)
      for (const person of owners(told)) say('note', person, { text: event.text, by: event.by.name })
  }
  return made
}

/** How the requester hears of his ticket, as it would be told now. */
export async function reachOf(sources: Pick<Sources, 'people' | 'chats' | 'notices'>, frame: TicketFrame): Promise<Reach> {
  const [letter] = await addressed(sources, frame, [{ kind: 'note', person: null, seq: 0, at: 0, figures: {} }])
  return sources.notices.reach(letter?.to ?? { email: '', chats: [] })
}

export async function addressed(
  { people, chats }: Pick<Sources, 'people' | 'chats'>,
  frame: TicketFrame,
  list: readonly Telling[],
): Promise<Letter[]> {
  const wanted = [...new Set(list.flatMap(({ person }) => person ?? frame.requester.person ?? []))]
  const known = new Map<number, Person>((await people.personsById(wanted)).map(person => [person.id, person]))
  const bound = (await chats?.chatsOfAll(wanted)) ?? new Map<number, readonly Chat[]>()
  return list.flatMap(telling => {
    const person = known.get(telling.person ?? frame.requester.person ?? 0)
    // Who has left hears no more of it; the requester's own address may be an office's.
    if (telling.person !== null && (person === undefined || person.goneAt !== null)) return []
    const { name, email, phone } = frame.requester
    const whom =
      telling.person === null
        ? { person: frame.requester.person, name, email: email || (person?.email ?? ''), mobile: phone || (person?.mobile ?? '') }
        : { person: telling.person, name: person?.name ?? '', email: person?.email ?? '', mobile: person?.mobile ?? '' }
    // Of who has left, not even the requester's: a chat is the person's own.
    const chats = person === undefined || person.goneAt !== null ? [] : (bound.get(person.id) ?? [])
    return [{ ...telling, to: { ...whom, chats } }]
  })
}

export function messagesOf(
  notices: Notices,
  letters: readonly Letter[],
  { frame, service, moved }: { readonly frame: TicketFrame; readonly service: Service; readonly moved: Moved },
): OutMessage[] {
  const ticket = { number: frame.number ?? '', title: moved.state.title, service: service.name.id, status: moved.state.status }
  return letters.flatMap(({ kind, to, seq, at, figures }) =>
    notices.compose({ id: `${frame.id}/${seq}/${kind}/${to.person ?? to.email}`, kind, at, ticket, to, figures }),
  )
}
