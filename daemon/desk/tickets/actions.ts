// What a viewer may do to a ticket now: the next step of the procedure first, then the rest; what cannot be done yet says why.
import type { Words } from '../../domain/form.ts'
import type { Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import type { ActionKind } from '../../domain/ticket-action.ts'
import { allowed } from './decide.ts'
import type { Context, Kind } from './guards.ts'
import { isOpen, type TicketState } from './state.ts'

/** The procedure in its order; then what stops and moves the clock; then what ends it; then what stands around it. */
const ORDER: readonly Kind[] = [
  'resubmit', 'resume', 'verify', 'return', 'dispose', 'ratify', 'sendBack', 'work', 'phase', 'report', 'minutes', 'archive', 'take', 'evaluate',
  'urgent', 'officerFields', 'pause', 'rate', 'difficulty', 'override', 'agree', 'task', 'taskDone', 'note', 'watch', 'reject', 'cancel', 'merge',
] // biome-ignore format: read as one order

export interface Offered {
  readonly kind: ActionKind
  readonly why: Words | null
}

/** `toSign`: a paper waits for this viewer's signature. */
export function actionsOf(state: TicketState, viewer: Viewer, context: Context, toSign: boolean): Offered[] {
  const about = { organisation: context.frame.organisation }
  const offered: Offered[] = []
  const filler = may(viewer, 'ticket.answer', about)
  if (filler && state.status === 'returned') offered.push({ kind: 'answer', why: null })
  for (const kind of ORDER) {
    const answer = allowed(kind, state, viewer, context)
    if (answer !== 'hidden') offered.push({ kind, why: answer })
  }
  if (state.status === 'draft') return offered
  if (toSign) offered.unshift({ kind: 'sign', why: null })
  if (may(viewer, 'ticket.note', about) && isOpen(state)) offered.push({ kind: 'attach', why: null })
  if (filler && state.status !== 'merged') offered.push({ kind: 'complain', why: null })
  if (filler && state.status === 'closed') offered.push({ kind: 'change', why: null })
  // A free hand comes before one that must wait; within each the order above stays.
  return [...offered.filter(({ why }) => why === null), ...offered.filter(({ why }) => why !== null)]
}
