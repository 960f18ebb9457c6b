// Does a frame fit what the page has? Pure, so that every order of frames can be tried in a test.
import type { Frame, Have } from '../../daemon/stream/contract.ts'

/**
 * - `apply`: merge it, newest wins.
 * - `old`: all of it is known already.
 * - `gap`: something between is missing, or the daemon was restarted: follow again with what we have.
 */
export type Fit = 'apply' | 'old' | 'gap'

export function judge(have: Have | null, frame: Pick<Frame, 'epoch' | 'since' | 'revision' | 'full'>): Fit {
  const known = have !== null && have.epoch === frame.epoch
  if (frame.full) return known && frame.revision < have.revision ? 'old' : 'apply'
  if (!known || frame.since > have.revision) return 'gap'
  return frame.revision <= have.revision ? 'old' : 'apply'
}

/** Rows by key after a frame: all of them replaced by a full one, else changed ones put in and gone ones taken out. */
export function mergeRows<Key, Row>(
  was: ReadonlyMap<Key, Row>,
  rows: readonly Row[] | undefined,
  gone: readonly Key[] | undefined,
  full: boolean,
  keyOf: (row: Row) => Key,
): ReadonlyMap<Key, Row> {
  if (rows === undefined && (gone === undefined || gone.length === 0)) return was
  const is = new Map<Key, Row>(full && rows !== undefined ? [] : was)
  for (const row of rows ?? []) is.set(keyOf(row), row)
  for (const key of gone ?? []) is.delete(key)
  return is
}
