// A letter of the agency to who asked, such as a recommendation: numbered by the agenda book, where it stands as outgoing.
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import type { TicketFact } from '../../domain/ticket.ts'
import type { DocumentRow } from '../../domain/ticket-record.ts'
import type { TicketDocument } from '../../domain/ticket-view.ts'
import { documentsFor } from '../tickets/audience.ts'
import { put } from '../tickets/put.ts'
import type { Loaded, Room } from '../tickets/room.ts'
import type { Composer } from './compose.ts'
import type { DocumentSources } from './papers.ts'
import { partiesOf, signersOf } from './parties.ts'

export interface Reply {
  readonly subject: string
  /** An empty line parts paragraphs. */
  readonly text: string
  /** Tembusan. */
  readonly copies: readonly string[]
}

/** What the ticket tells of a document. */
export const factOf = ({ id, title, state, kind }: Pick<DocumentRow, 'id' | 'title' | 'state' | 'kind'>): TicketFact => ({
  kind: 'document',
  document: id,
  title,
  state,
  ...(kind === 'reply' ? { reply: true } : {}),
})

const NONE = failed('notFound', 'There is no such document.')

/** It is set on pages when it is first asked for: its number must be there before. */
export function openReplying(room: Room, { papers }: Pick<DocumentSources, 'papers'>, composer: Pick<Composer, 'title'>) {
  const { clock } = room.sources
  return async (loaded: Loaded, reply: Reply, viewer: Viewer): Promise<Outcome<TicketDocument>> => {
    const at = clock()
    const { frame, service } = loaded
    const { agency } = room.sources.services
    const year = Number(room.timing.dateOf(at).slice(0, 4))
    const organisation = await room.organisationName(frame.organisation)
    const title = `${composer.title('reply', loaded)}: ${reply.subject}`
    const signatures = await partiesOf(room, loaded, signersOf('reply', service), at)
    const code = papers.newCode()
    const numberOf = (no: number) =>
      agency.letterNumber.replaceAll('{no}', String(no)).replaceAll('{code}', agency.code).replaceAll('{year}', String(year))
    const facts = (document: number): TicketFact[] => [
      { kind: 'replied', document, ...reply },
      factOf({ id: document, title, state: 'draft', kind: 'reply' }),
    ]
    const by = await room.actor(viewer, loaded, await room.seats(service, at))
    const written = await put(room, loaded, facts(0), {
      by,
      action: 'document.make',
      draws: [
        { pattern: 'document', year: 0 },
        { pattern: 'agenda/out', year },
      ],
      factsWith: ([id = 0]) => facts(id),
      withNumbers: ([id = 0, no = 0]) => ({
        documents: [
          {
            id,
            ticket: frame.id,
            kind: 'reply',
            title,
            number: numberOf(no),
            state: 'draft',
            at,
            sha256: '',
            pages: 0,
            code,
            signatures,
            history: [],
            reason: null,
          },
        ],
        agenda: [
          {
            year,
            direction: 'out',
            no,
            at,
            ticket: frame.id,
            ticketNumber: frame.number,
            letter: numberOf(no),
            dated: room.timing.dateOf(at),
            from: agency.name,
            to: organisation,
            subject: reply.subject,
          },
        ],
      }),
    })
    if (!written.ok) return written
    const [shown] = documentsFor('internal', written.value.documents ?? [])
    return shown === undefined ? NONE : done(shown)
  }
}
