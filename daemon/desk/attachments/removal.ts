// Who may take a file off a ticket again: what was never handed in goes away, what is in the register is struck and stays.
import type { Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import { ENDED } from '../../domain/ticket.ts'
import type { Removal } from '../../domain/ticket-view.ts'
import type { Loaded } from '../tickets/room.ts'

/** Null: not at all, or not by this viewer. What came in from outside is nobody's own. */
export function removalOf(viewer: Viewer, { frame, state, events }: Pick<Loaded, 'frame' | 'state' | 'events'>, attachment: number): Removal | null {
  const brought = events.find(event => event.kind === 'attached' && event.attachment === attachment)
  const about = { organisation: frame.organisation }
  if (brought === undefined || ENDED.has(state.status) || state.struck.some(one => one.attachment === attachment)) return null
  if (!may(viewer, 'ticket.note', about)) return null
  const own = brought.by.account !== null && brought.by.account === viewer.account
  if (state.status === 'draft') return own ? 'delete' : may(viewer, 'ticket.work') ? 'strike' : null
  if (may(viewer, 'ticket.work')) return 'strike'
  const theirs = own || brought.by.organisation === frame.organisation
  return state.status === 'returned' && theirs && may(viewer, 'ticket.answer', about) ? 'strike' : null
}
