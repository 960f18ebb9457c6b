// Writes what was decided: events, head, numbers, other tickets that it touches, messages and the trail, all at once.
import type { Instant } from '../../domain/call.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { throughOf } from '../../domain/people.ts'
import type { Actor, TicketEvent, TicketFact } from '../../domain/ticket.ts'
import type { AttachmentRow, DeskCommit, Draw, Place, TicketDraft, TicketWrite } from '../../domain/ticket-record.ts'
import { registeredFact, toRegister } from './registering.ts'
import type { Loaded, Moved, Room } from './room.ts'
import { addressed, messagesOf, tellings } from './tell.ts'

export interface Put {
  readonly by: Actor
  /** When it was, of what is written down later; now when absent. */
  readonly at?: Instant
  /** For the trail. */
  readonly action: string
  readonly draft?: TicketDraft | null
  readonly attachmentsWith?: (numbers: readonly number[]) => readonly AttachmentRow[]
  /** Files of a draft that go. */
  readonly detached?: readonly number[]
  readonly draws?: readonly Draw[]
  /** The same facts with the numbers that were drawn; what goes along with them. */
  readonly withNumbers?: (numbers: readonly number[], moved: Moved) => Partial<Pick<DeskCommit, 'agenda' | 'documents' | 'over' | 'incoming'>>
  readonly factsWith?: (numbers: readonly number[]) => readonly TicketFact[]
  readonly also?: readonly TicketWrite[]
  readonly detail?: unknown
  readonly incoming?: DeskCommit['incoming']
}

const GOES_AWAY: ReadonlySet<TicketEvent['kind']> = new Set(['rejected', 'cancelled', 'merged'])

/** `conflict`: somebody else wrote to it in between. */
export async function put(room: Room, loaded: Loaded, facts: readonly TicketFact[], how: Put): Promise<Outcome<DeskCommit>> {
  const { tickets, notices, clock } = room.sources
  const at = how.at ?? clock()
  const { frame, service } = loaded
  const { by, action, draws = [], factsWith, withNumbers, also = [], attachmentsWith } = how
  const seats = await room.seats(service, at)
  const organisation = await room.organisationName(frame.organisation)
  const dry = room.move(loaded, facts, by, at)
  const fresh = await toRegister(room, loaded, dry, at)
  const kept = how.draft === undefined ? {} : { draft: how.draft }
  // Whom to tell does not hang on numbers: it is looked up before the transaction.
  const merged = facts.find(fact => fact.kind === 'merged')
  const into = merged === undefined ? null : ((await tickets.frames([merged.into])).get(merged.into)?.number ?? null)
  const letters = await addressed(room.sources, frame, tellings({ frame, service, moved: dry, seats, into }))
  return tickets.commit({ draws, applications: fresh === null ? [] : [fresh.wanted] }, ({ numbers, applications: [entered] }) => {
    const told = factsWith === undefined ? facts : factsWith(numbers)
    const registered = fresh === null || entered === undefined ? [] : [registeredFact(fresh.field, entered)]
    const moved = factsWith === undefined && registered.length === 0 ? dry : room.move(loaded, [...told, ...registered], by, at)
    return {
      tickets: [
        room.written(loaded, moved, { organisation, seats, ...kept, attachments: attachmentsWith?.(numbers) ?? [], detached: how.detached ?? [] }),
        ...also,
      ],
      messages: messagesOf(notices, letters, { frame, service, moved }),
      audit: [
        {
          at: clock(),
          actor: by.name,
          action: `ticket.${action}`,
          subject: frame.number ?? `D-${frame.id}`,
          detail: {
            account: by.account,
            ...throughOf(by),
            facts: moved.added.map(({ kind }) => kind),
            ...(how.detail === undefined ? {} : { detail: how.detail }),
          },
        },
        ...(entered?.added === true
          ? [
              {
                at,
                actor: by.name,
                action: 'application.add',
                subject: entered.name,
                detail: { account: by.account, ...throughOf(by), id: entered.id, organisation: frame.organisation, ticket: frame.number },
              },
            ]
          : []),
      ],
      ...(how.incoming === undefined ? {} : { incoming: how.incoming }),
      ...relettered(loaded, moved),
      freed: placeGivenBack(room, loaded, moved),
      ...withNumbers?.(numbers, moved),
    }
  })
}

/** The agenda book says of the letter what is known last. */
function relettered({ frame, state }: Loaded, moved: Moved): Pick<DeskCommit, 'relettered'> {
  const { letter } = moved.state
  return state.incoming === null || letter === state.letter ? {} : { relettered: { ticket: frame.id, letter } }
}

/** Whoever is turned away, withdraws or is merged leaves the day's place to the next; what was worked to its end keeps it. */
function placeGivenBack(room: Room, { frame, state }: Loaded, moved: Moved): Place | null {
  if (state.received === null || !moved.added.some(({ kind }) => GOES_AWAY.has(kind))) return null
  return { service: frame.service, day: state.slot ?? room.timing.dateOf(state.received) }
}
