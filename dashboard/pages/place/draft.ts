// A draft of the place: what it was begun on, what it is now, and the steps between for undo and redo. Pure.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { afterEdits, editsBetween } from '../../../daemon/domain/overlay.ts'
import type { Edit } from '../../../daemon/domain/place.ts'

export interface Draft {
  readonly base: Layout
  readonly revision: number
  readonly now: Layout
  readonly past: readonly Layout[]
  readonly future: readonly Layout[]
  /** What the last step was about: a longer drag, or more letters in one field, are one step. */
  readonly tag: string | null
}

/** Steps that can be undone. */
const MOST = 200

export const begin = (base: Layout, revision: number): Draft => ({ base, revision, now: base, past: [], future: [], tag: null })

export function step(draft: Draft, now: Layout, tag: string | null = null): Draft {
  if (now === draft.now) return draft
  const past = tag !== null && tag === draft.tag ? draft.past : [...draft.past, draft.now].slice(-MOST)
  return { ...draft, now, past, future: [], tag }
}

export function undo(draft: Draft): Draft {
  const before = draft.past.at(-1)
  return before === undefined ? draft : { ...draft, now: before, past: draft.past.slice(0, -1), future: [draft.now, ...draft.future], tag: null }
}

export function redo(draft: Draft): Draft {
  const [next, ...future] = draft.future
  return next === undefined ? draft : { ...draft, now: next, past: [...draft.past, draft.now], future, tag: null }
}

const editsOf = (draft: Draft): readonly Edit[] => editsBetween(draft.base, draft.now)

/** The same changes over what others have made of it meanwhile. */
export const over = (draft: Draft, base: Layout, revision: number): Draft => ({ ...begin(base, revision), now: afterEdits(base, editsOf(draft)) })
