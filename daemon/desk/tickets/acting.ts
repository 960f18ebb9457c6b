// An action of a person on a ticket: read, decided, written. What another did in between is told, not written over.
import { check } from '../../domain/form-check.ts'
import { done, type Outcome, refused } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import type { TicketEvent, TicketFact } from '../../domain/ticket.ts'
import type { TicketAction } from '../../domain/ticket-action.ts'
import { partiesOf } from '../documents/parties.ts'
import { decide } from './decide.ts'
import type { Context } from './guards.ts'
import { type Put, put } from './put.ts'
import { WHY } from './reasons.ts'
import type { Loaded, Room } from './room.ts'
import { isOpen } from './state.ts'

export interface Acting {
  /** `seen`: how many events the page had; `conflict` when the procedure went on since. */
  act(number: string, action: TicketAction, viewer: Viewer, seen?: number): Promise<Outcome<{ readonly number: string }>>
}

/** What may happen beside a person's work without getting in its way. */
const BESIDE: ReadonlySet<TicketEvent['kind']> = new Set([
  'note',
  'attached',
  'struck',
  'watched',
  'escalated',
  'task',
  'taskDone',
  'absorbed',
  'linked',
  'document',
])

export function openActing(room: Room): Acting {
  return {
    async act(number, action, viewer, seen) {
      const found = await room.see(number, viewer)
      if (!found.ok) return found
      const loaded = found.value
      const since = seen === undefined ? undefined : loaded.events.find(({ seq, kind }) => seq > seen && !BESIDE.has(kind))
      if (since !== undefined && !BESIDE.has(kindOf(action))) {
        const what = `${since.by.name} (${since.kind})`
        return refused('conflict', WHY.changed(what))
      }
      const context = await room.context(loaded, viewer, await extras(room, loaded, action))
      const facts = decide(loaded.state, action, viewer, context)
      if (!facts.ok) return facts
      const written = await put(room, loaded, facts.value, await manner(room, loaded, action, viewer, context))
      return written.ok ? done({ number }) : written
    },
  }
}

const kindOf = (action: TicketAction): TicketEvent['kind'] => (action.kind === 'watch' ? 'watched' : (action.kind as TicketEvent['kind']))

/** What some actions need to know beside the ticket. */
async function extras(room: Room, { frame, state, service }: Loaded, action: TicketAction): Promise<Partial<Context>> {
  if (action.kind === 'officerFields') {
    const { mistakes, answers } = check(service.form, { ...state.answers, ...action.answers }, 'officer', {
      products: state.products,
      was: state.answers,
      applications: await room.applications(frame.organisation, state.answers),
      ...room.sent(room.sources.clock()),
      partial: true,
    })
    return { mistakes: { requester: [], officer: mistakes }, filled: { requester: null, officer: answers } }
  }
  if (action.kind === 'merge') {
    const target = await room.load(action.into)
    return {
      into:
        target === null || target.frame.number === null
          ? null
          : { id: target.frame.id, organisation: target.frame.organisation, open: isOpen(target.state) },
    }
  }
  return {}
}

/** How it is written: with which numbers, papers, and other tickets. */
async function manner(room: Room, loaded: Loaded, action: TicketAction, viewer: Viewer, context: Context): Promise<Put> {
  const by = context.actor
  const { frame, service, state } = loaded
  const plain: Put = { by, action: action.kind, ...(action.kind === 'resubmit' ? { draft: null } : {}) }
  const today = room.timing.dateOf(context.at)
  const year = Number(today.slice(0, 4))
  const retell = (drawn: Context['drawn']): readonly TicketFact[] => {
    const again = decide(state, action, viewer, { ...context, drawn })
    if (!again.ok) throw new Error(`decided twice, differently: ${again.failure.message}`)
    return again.value
  }
  if (action.kind === 'minutes') {
    const { minutes } = service
    const pattern = minutes?.number ?? `{no}/BA/${room.sources.services.agency.code}/{year}`
    const numberOf = (no: number) => pattern.replaceAll('{no}', String(no)).replaceAll('{year}', String(year))
    const code = room.sources.documentRoom.papers.newCode()
    const signatures = await partiesOf(
      room,
      loaded,
      (minutes?.parties ?? []).map(({ who }) => who),
      context.at,
    )
    return {
      ...plain,
      draws: [
        { pattern: 'document', year: 0 },
        { pattern, year },
      ],
      factsWith: ([document = 0, no = 0]) => retell({ document, minutes: numberOf(no), agenda: 0 }),
      withNumbers: ([document = 0, no = 0]) => ({
        documents: [
          {
            id: document,
            ticket: frame.id,
            kind: 'minutes',
            title: minutes?.title.id ?? 'Berita Acara',
            number: numberOf(no),
            state: 'draft',
            at: context.at,
            // Set on pages when it is first asked for: the number must be there before.
            sha256: '',
            pages: 0,
            code,
            signatures,
            history: [],
            reason: null,
          },
        ],
      }),
    }
  }
  if (action.kind === 'archive') {
    const { agency } = room.sources.services
    const organisation = await room.organisationName(frame.organisation)
    return {
      ...plain,
      draws: [{ pattern: 'agenda/out', year }],
      factsWith: ([agenda = 0]) => retell({ document: 0, minutes: '', agenda }),
      withNumbers: ([no = 0]) => ({
        agenda: [
          {
            year,
            direction: 'out',
            no,
            at: context.at,
            ticket: frame.id,
            ticketNumber: frame.number,
            letter: state.minutes?.number ?? '',
            dated: state.minutes === null ? '' : datedOf(loaded, room),
            from: agency.name,
            to: organisation,
            subject: state.title,
          },
        ],
      }),
    }
  }
  if (action.kind === 'merge') {
    const target = await room.load(action.into)
    if (target === null) return plain
    const at = context.at
    const carried: TicketFact[] = [
      { kind: 'absorbed', ticket: frame.id },
      ...state.watchers
        .filter(person => !target.state.watchers.includes(person))
        .map((person): TicketFact => ({ kind: 'watched', person, on: true })),
      ...loaded.events.flatMap((event): TicketFact[] =>
        event.kind === 'note'
          ? [{ kind: 'note', text: `${frame.number ?? ''} · ${event.by.name}: ${event.text}`, visibility: event.visibility, channel: event.channel }]
          : [],
      ),
    ]
    const moved = room.move(target, carried, by, at)
    const more = { organisation: await room.organisationName(target.frame.organisation), seats: await room.seats(target.service, at) }
    return { ...plain, also: [room.written(target, moved, more)] }
  }
  return plain
}

/** When the minutes were drawn up that go out. */
const datedOf = ({ events }: Loaded, room: Room): string => {
  const minuted = events.findLast(({ kind }) => kind === 'minuted')
  return minuted === undefined ? '' : room.timing.dateOf(minuted.at)
}
