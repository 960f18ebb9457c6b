// Facts of several sources as one list: newest first, none twice, a page at a time. Pure.
import type { Instant } from '../domain/call.ts'
import type { Fact, FactKind } from '../domain/timeline.ts'

export interface Slice {
  readonly from: Instant
  readonly to: Instant
  readonly kinds: ReadonlySet<FactKind> | null
  /** The last fact that the asker has: older ones are wanted. */
  readonly before: { readonly at: Instant; readonly id: string } | null
  readonly size: number
}

/** Newest first; of the same moment by id, so that pages fit together. */
export const newestFirst = (a: Pick<Fact, 'at' | 'id'>, b: Pick<Fact, 'at' | 'id'>): number => b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

export function merge(
  sources: readonly (readonly Fact[])[],
  { from, to, kinds, before, size }: Slice,
): { readonly facts: readonly Fact[]; readonly more: boolean } {
  const byId = new Map<string, Fact>()
  for (const facts of sources)
    for (const fact of facts) {
      if (fact.at < from || fact.at > to || (kinds !== null && !kinds.has(fact.kind))) continue
      if (before !== null && newestFirst(before, fact) >= 0) continue
      byId.set(fact.id, fact)
    }
  const sorted = [...byId.values()].sort(newestFirst)
  return { facts: sorted.slice(0, size), more: sorted.length > size }
}
