// Files that come with a ticket: streamed to the disk, known by their content, looked at by the scanner, then on the ticket.
import type { Readable } from 'node:stream'
import { done, failed, type Outcome, refused } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import { ENDED, type TicketFact, type Visibility } from '../../domain/ticket.ts'
import type { AttachmentRow } from '../../domain/ticket-record.ts'
import type { Attachment } from '../../domain/ticket-view.ts'
import { audienceOf } from '../tickets/audience.ts'
import { put } from '../tickets/put.ts'
import { WHY } from '../tickets/reasons.ts'
import { type Room, sees } from '../tickets/room.ts'
import { cleanName, kindOf, SHOWN } from './kind.ts'
import type { Verdict } from './scan.ts'

export interface Incoming {
  readonly name: string
  readonly content: Readable
}

export interface Attaching {
  attach(
    number: string,
    files: AsyncIterable<Outcome<Incoming>>,
    how: { readonly slot: string | null; readonly visibility: Visibility },
    viewer: Viewer,
  ): Promise<Outcome<{ readonly items: readonly Attachment[] }>>
  /** `notFound` also for those of tickets, and of visibilities, that are none of the viewer's business. */
  content(
    id: number,
    viewer: Viewer,
  ): Promise<Outcome<{ readonly name: string; readonly type: string; readonly content: Readable; readonly inline: boolean }>>
  /** Into the store only, judged as the others: for messages that become tickets. */
  take(file: Incoming): Promise<Outcome<Taken>>
}

export interface Taken {
  readonly name: string
  readonly type: string
  readonly size: number
  readonly sha256: string
  readonly scan: Verdict
}

const NONE = failed('notFound', 'There is no such attachment.')
/** On one ticket. */
const MOST = 200

/** Into the store: known by its content, looked at by the scanner. Also for rooms that keep files of their own among these. */
export const taking =
  ({ files, scan, most }: Room['sources']['attachments']): Attaching['take'] =>
  async ({ name: given, content }) => {
    const name = cleanName(given)
    const kept = await files.receive(content, most, async ({ path, size }) => {
      const known = await kindOf(path, name, size)
      if (!known.ok) return known
      const verdict = await scan(path)
      if (verdict === 'infected')
        return refused('invalid', { id: `"${name}" mengandung virus dan tidak disimpan.`, en: `"${name}" carries a virus and was not kept.` })
      return done({ type: known.value.type, scan: verdict })
    })
    return kept.ok
      ? done({ name, type: kept.value.judged.type, size: kept.value.size, sha256: kept.value.sha256, scan: kept.value.judged.scan })
      : kept
  }

export function openAttaching(room: Room): Attaching {
  const { tickets, clock, attachments } = room.sources
  const { files } = attachments
  const take = taking(attachments)

  return {
    take,

    async attach(number, given, { slot, visibility }, viewer) {
      const found = await room.see(number, viewer)
      if (!found.ok) return found
      const { frame, state } = found.value
      const about = { organisation: frame.organisation }
      if (!may(viewer, 'ticket.note', about)) return failed('forbidden', 'You may not add files to this ticket.')
      if (visibility === 'internal' && !may(viewer, 'ticket.internal')) return failed('forbidden', 'Internal files are for staff.')
      if (ENDED.has(state.status)) return refused('conflict', WHY.ended)
      if ((await tickets.attachments(frame.id)).length >= MOST) return failed('tooBig', `No more than ${MOST} files on one ticket.`)
      const items: Attachment[] = []
      for await (const file of given) {
        if (!file.ok) return file
        const taken = await take(file.value)
        if (!taken.ok) return taken
        // Afresh each time: an upload takes long, and others go on meanwhile.
        const added = await onTicket(number, taken.value, { slot, visibility }, viewer)
        if (!added.ok) return added
        items.push(added.value)
      }
      return items.length === 0 ? failed('invalid', 'Send at least one file.') : done({ items })
    },

    async content(id, viewer) {
      const row = await tickets.attachment(id)
      if (row === null) return NONE
      const loaded = await room.loadById(row.ticket)
      if (loaded === null || !sees(viewer, loaded.frame)) return NONE
      // What was struck may have been meant for somebody else.
      const withheld = row.visibility === 'internal' || loaded.state.struck.some(({ attachment }) => attachment === id)
      if (withheld && audienceOf(viewer) === 'public') return NONE
      const content = await files.stream(row.sha256)
      return content.ok ? done({ name: row.name, type: row.type, content: content.value, inline: SHOWN.has(row.type) }) : content
    },
  }

  async function onTicket(
    number: string,
    taken: Taken,
    { slot, visibility }: { readonly slot: string | null; readonly visibility: Visibility },
    viewer: Viewer,
  ): Promise<Outcome<Attachment>> {
    for (let tries = 0; ; tries++) {
      const found = await room.see(number, viewer)
      if (!found.ok) return found
      const loaded = found.value
      const at = clock()
      const by = await room.actor(viewer, loaded, await room.seats(loaded.service, at))
      const rowOf = (id: number): AttachmentRow => ({ id, ticket: loaded.frame.id, ...taken, slot, visibility, at, by: by.name })
      const factOf = (id: number): TicketFact => ({ kind: 'attached', attachment: id, name: taken.name, slot, visibility })
      const written = await put(room, loaded, [factOf(0)], {
        by,
        action: 'attach',
        draws: [{ pattern: 'attachment', year: 0 }],
        factsWith: ([id = 0]) => [factOf(id)],
        attachmentsWith: ([id = 0]) => [rowOf(id)],
        detail: { name: taken.name, sha256: taken.sha256 },
      })
      const row = written.ok ? written.value.tickets[0]?.attachments?.[0] : undefined
      if (row !== undefined) {
        const { ticket: _, ...attachment } = row
        return done({ ...attachment, removal: loaded.state.status === 'draft' ? 'delete' : 'strike' })
      }
      if (!written.ok && (written.failure.kind !== 'conflict' || tries >= 5)) return written
    }
  }
}
