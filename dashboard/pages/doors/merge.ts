// The log of doors: a page of the records, with what the stream has told since. Pure.
import type { Explanation, OpeningView } from '../../../daemon/domain/opening.ts'

export const KINDS = ['unexplained', 'visit', 'maintenance', 'emergency', 'badge', 'noted', 'pending'] as const satisfies Explanation['kind'][]

export interface Filter {
  readonly door: string
  readonly kind: string
  readonly search: string
  /** First instant and the one after the last, ms; null: any. */
  readonly from: number | null
  readonly to: number | null
}

const textOf = (explanation: Explanation): string => {
  switch (explanation.kind) {
    case 'visit':
    case 'emergency':
    case 'maintenance':
      return explanation.number
    case 'badge':
      return explanation.holder
    case 'noted':
      return `${explanation.by} ${explanation.reason}`
    case 'unexplained':
    case 'pending':
      return ''
  }
}

export function fits(one: OpeningView, { door, kind, search, from, to }: Filter): boolean {
  if (door !== '' && one.door !== door) return false
  if (kind !== '' && one.explanation.kind !== kind) return false
  if (from !== null && one.openedAt < from) return false
  if (to !== null && one.openedAt >= to) return false
  const wanted = search.trim().toLowerCase()
  return wanted === '' || `${one.name} ${one.card ?? ''} ${textOf(one.explanation)}`.toLowerCase().includes(wanted)
}

const newestFirst = (a: OpeningView, b: OpeningView): number => b.openedAt - a.openedAt || b.id - a.id

interface Merging {
  readonly filter: Filter
  readonly size: number
  /** The first page of the newest: what has just come stands on it too. */
  readonly top: boolean
}

/** Rows of the page as they are now: each as the stream last told it, none twice, none that no longer fits. */
export function merged(
  asked: readonly OpeningView[],
  live: ReadonlyMap<string, OpeningView>,
  { filter, size, top }: Merging,
): readonly OpeningView[] {
  const rows = asked.map(one => live.get(String(one.id)) ?? one).filter(one => fits(one, filter))
  if (!top) return rows
  const there = new Set(rows.map(({ id }) => id))
  const fresh = [...live.values()].filter(one => !there.has(one.id) && fits(one, filter))
  return [...fresh, ...rows].sort(newestFirst).slice(0, size)
}
