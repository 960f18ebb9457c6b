// The way back of records: from what was changed to what must be wanted, unless somebody changed it since. Pure.
import type { State, Wanted } from '../../daemon/domain/change.ts'
import { done, type FieldError, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import { sameState } from './state.ts'
import { said } from './words.ts'

export interface RecordChange {
  readonly zone: string
  /** `www.example.go.id. A` */
  readonly name: string
  readonly before: State | null
  readonly after: State | null
}

/**
 * `entries`: oldest first, of one zone or of several. `now` says how a thing stands at its server. `conflict`: some are no longer as the newest entry left
 * them; each is named, and nothing is wanted. What stands as it should already is not wanted again.
 */
export function revertOf(entries: readonly RecordChange[], now: (zone: string, name: string) => State | null): Outcome<readonly Wanted[]> {
  const ways = new Map<string, RecordChange>()
  for (const entry of entries) {
    const key = `${entry.zone} ${entry.name}`
    ways.set(key, { ...entry, before: ways.has(key) ? ways.get(key)!.before : entry.before })
  }
  const changed: FieldError[] = []
  const wanted: Wanted[] = []
  for (const { zone, name, before, after } of ways.values()) {
    const is = now(zone, name)
    if (sameState(is, before)) continue
    if (!sameState(is, after)) {
      const words = { id: `sekarang ${said(is, 'id')}`, en: `it is now ${said(is, 'en')}` }
      changed.push({ field: name, reason: words.en, words })
    } else wanted.push({ resource: 'rrset', place: { kind: 'zone', id: zone }, name, state: before })
  }
  if (changed.length > 0) {
    const list = (lang: 'id' | 'en') => changed.map(({ field, words }) => `${field}: ${words?.[lang]}`).join('; ')
    return refused(
      'conflict',
      {
        id: `Sudah diubah lagi sesudahnya, jadi tidak dapat dikembalikan begitu saja: ${list('id')}.`,
        en: `It was changed again since, so that it cannot simply be put back: ${list('en')}.`,
      },
      changed,
    )
  }
  return done(inOrder(wanted))
}

/** What goes, goes first: a CNAME leaves its name before others come there, and the other way round. */
export const inOrder = (wanted: readonly Wanted[]): readonly Wanted[] => [
  ...wanted.filter(({ state }) => state === null),
  ...wanted.filter(({ state }) => state !== null),
]
