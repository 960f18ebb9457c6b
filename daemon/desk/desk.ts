// The service desk: everything that is done with tickets, in one place that routes, channels and the stream ask.
import { openListeners } from '../domain/listeners.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import { throughOf, type Viewer } from '../domain/people.ts'
import type { TicketAction } from '../domain/ticket-action.ts'
import type { TicketFilter, TicketFrame } from '../domain/ticket-record.ts'
import type { TicketView } from '../domain/ticket-view.ts'
import { openAttaching } from './attachments/attaching.ts'
import { openStriking } from './attachments/striking.ts'
import { openBooks } from './documents/books.ts'
import { openDocuments } from './documents/documents.ts'
import { openDrawer } from './drawer.ts'
import type { Sources } from './sources.ts'
import { openActing } from './tickets/acting.ts'
import { openApplications } from './tickets/applications.ts'
import { audienceOf } from './tickets/audience.ts'
import { openDelivering } from './tickets/delivering.ts'
import { openEscalating } from './tickets/escalating.ts'
import { csvOf } from './tickets/export.ts'
import { openFiling } from './tickets/filing.ts'
import type { Matrix } from './tickets/guards.ts'
import { openPlanning } from './tickets/planning.ts'
import { openProving } from './tickets/proving.ts'
import { openRoom, sees } from './tickets/room.ts'
import { headFor, openViewing } from './tickets/viewing.ts'

/** Drafts thrown away that are remembered. */
const DISCARDED = 1_000

export type Desk = ReturnType<typeof openDesk>

export function openDesk(given: Sources) {
  const { tell, onChange } = openListeners<[tickets: readonly number[]]>(given.log)
  const book = openListeners<[ids: readonly string[]]>(given.log)
  /** For those who follow them: whose they were. */
  const discarded = new Map<number, TicketFrame>()
  // Whoever follows a ticket is told as soon as it is written.
  const sources: Sources = {
    ...given,
    tickets: {
      ...given.tickets,
      async commit(needs, write) {
        const written = await given.tickets.commit(needs, write)
        if (!written.ok) return written
        const { tickets, agenda = [], relettered } = written.value
        if (tickets.length > 0) tell(tickets.map(({ frame }) => frame.id))
        const known = relettered === undefined ? null : await given.agenda.incoming(relettered.ticket)
        const entries = known === null ? agenda : [...agenda, known]
        if (entries.length > 0) book.tell(entries.map(({ year, direction, no }) => `${year}/${direction}/${no}`))
        return written
      },
      async removeDraft(id, audit) {
        const frame = (await given.tickets.frames([id])).get(id)
        const removed = await given.tickets.removeDraft(id, audit)
        if (!removed || frame === undefined) return removed
        discarded.set(id, frame)
        for (const oldest of discarded.keys()) if (discarded.size > DISCARDED) discarded.delete(oldest)
        tell([id])
        return removed
      },
    },
  }
  const room = openRoom(sources)
  const filing = openFiling(room)
  const acting = openActing(room)
  const viewing = openViewing(room)
  const attaching = openAttaching(room)
  const striking = openStriking(room)
  const documents = openDocuments(room, sources.documentRoom)
  const escalating = openEscalating(room)
  const delivering = openDelivering(room, attaching)
  const { shelf, people, clock, together } = sources
  /** Beside what was changed, in one `together` with it. */
  const note = (viewer: Viewer, action: string, subject: string, detail: object) =>
    sources.tickets.commit({ draws: [] }, () => ({
      tickets: [],
      audit: [{ at: clock(), actor: viewer.name, action, subject, detail: { account: viewer.account, ...throughOf(viewer), ...detail } }],
    }))

  async function act(number: string, action: TicketAction, viewer: Viewer, seen?: number): Promise<Outcome<TicketView>> {
    const acted = await acting.act(number, action, viewer, seen)
    return acted.ok ? viewing.view(number, viewer) : acted
  }

  return {
    room,
    ...filing,
    ...documents,
    ...openBooks(room, sources.documentRoom),
    ...escalating,
    ...delivering,
    year: () => Number(room.timing.dateOf(clock()).slice(0, 4)),
    page: viewing.page,
    view: viewing.view,
    summary: viewing.summary,
    ...openPlanning(room),
    ...openProving(room),
    ...openApplications(room, viewing),
    attach: attaching.attach,
    attachment: attaching.content,
    strike: striking.strike,
    act,

    async bulk(numbers: readonly string[], action: TicketAction, viewer: Viewer) {
      const items = []
      // One after the other: each is its own decision and its own transaction.
      for (const number of new Set(numbers)) {
        const acted = await acting.act(number, action, viewer)
        items.push({ number, done: acted.ok, reason: acted.ok ? null : acted.failure.message })
      }
      return done({ items })
    },

    async export(filter: TicketFilter, viewer: Viewer) {
      const heads = await viewing.all(filter, viewer)
      const at = clock()
      const written = await sources.tickets.commit({ draws: [] }, () => ({
        tickets: [],
        audit: [
          {
            at,
            actor: viewer.name,
            action: 'ticket.export',
            subject: filter.view,
            detail: { account: viewer.account, ...throughOf(viewer), rows: heads.length, filter },
          },
        ],
      }))
      if (!written.ok) return written
      return done({ name: `tickets-${room.timing.dateOf(at)}.csv`, content: csvOf(heads, room.timing.time().calendar.timezone) })
    },

    /** For the live stream: what was written, and what of it whom may see. */
    stream: {
      tell,
      onChange,
      /** Told of entries of the agenda book, as `2026/in/12`. */
      onAgenda: book.onChange,
      async changed(ids: readonly number[]) {
        const frames = await sources.tickets.frames(ids)
        const gone = ids.flatMap(id => {
          const frame = discarded.get(id)
          return frame === undefined ? [] : [{ head: { id }, headFor: () => null, wasFor: (viewer: Viewer) => sees(viewer, frame) }]
        })
        const there = (await sources.lists.rows(ids)).flatMap(({ head }) => {
          const frame = frames.get(head.id)
          if (frame === undefined) return []
          return [{ head, headFor: (viewer: Viewer) => (sees(viewer, frame) ? headFor(audienceOf(viewer), head) : null) }]
        })
        return [...there, ...gone]
      },
      async view(number: string, viewer: Viewer) {
        const found = await viewing.view(number, viewer)
        return found.ok ? found.value : null
      },
    },

    priorities: () => room.matrix(),
    async setPriorities(matrix: Matrix, viewer: Viewer) {
      return await together(async () => {
        const was = await room.matrix()
        await sources.settings.set('desk.priority', matrix)
        const noted = await note(viewer, 'desk.priority', 'desk', { was, is: matrix })
        return noted.ok ? done(matrix) : noted
      })
    },
    ...openDrawer({ shelf, people, together, note }),
  }
}
