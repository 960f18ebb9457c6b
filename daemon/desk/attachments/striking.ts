// A file taken off its ticket again: deleted from a draft, struck with a reason once the request is in the register. The trail tells of both.
import { done, failed, type Outcome, refused } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import type { Removal } from '../../domain/ticket-view.ts'
import { audienceOf } from '../tickets/audience.ts'
import { put } from '../tickets/put.ts'
import { WHY } from '../tickets/reasons.ts'
import { type Room, sees } from '../tickets/room.ts'
import { removalOf } from './removal.ts'

export interface Striking {
  /** `invalid` where a reason is wanted; `notFound` also for what is none of the viewer's business. */
  strike(id: number, reason: string, viewer: Viewer): Promise<Outcome<{ readonly id: number; readonly removal: Removal }>>
}

const NONE = failed('notFound', 'There is no such attachment.')
const NO_REASON = { id: 'tuliskan alasannya', en: 'say why in a few words' }
/** Of a write that meets others. */
const TRIES = 5

export function openStriking(room: Room): Striking {
  const { tickets } = room.sources

  async function strike(id: number, reason: string, viewer: Viewer, tries: number): ReturnType<Striking['strike']> {
    const row = await tickets.attachment(id)
    const loaded = row === null ? null : await room.loadById(row.ticket)
    if (row === null || loaded === null || !sees(viewer, loaded.frame)) return NONE
    if (row.visibility === 'internal' && audienceOf(viewer) === 'public') return NONE
    const removal = removalOf(viewer, loaded, id)
    if (removal === null) return refused('conflict', loaded.state.struck.some(({ attachment }) => attachment === id) ? WHY.struck : WHY.stays)
    if (removal === 'strike' && reason.length < 3)
      return refused('invalid', WHY.mistakes(1), [{ field: 'reason', reason: NO_REASON.en, words: NO_REASON }])
    const { name, slot, visibility, sha256 } = row
    const by = await room.actor(viewer, loaded, await room.seats(loaded.service, room.sources.clock()))
    const written = await put(room, loaded, [{ kind: 'struck', attachment: id, name, slot, visibility, reason }], {
      by,
      action: removal === 'delete' ? 'detach' : 'strike',
      detail: { name, sha256, ...(reason === '' ? {} : { reason }) },
      ...(removal === 'delete' ? { detached: [id] } : {}),
    })
    if (written.ok) return done({ id, removal })
    return written.failure.kind === 'conflict' && tries < TRIES ? strike(id, reason, viewer, tries + 1) : written
  }

  return { strike: (id, reason, viewer) => strike(id, reason, viewer, 1) }
}
