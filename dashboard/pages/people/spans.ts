// Offices as bars on a line of time: who held which chair when. Pure.
import { holds, type Office } from '../../../daemon/domain/people.ts'

export interface Bar {
  readonly office: Office
  /** Parts of the window, 0 … 1. */
  readonly left: number
  readonly width: number
  /** Row within the chair, so that a stand-in lies under the one it stands in for. */
  readonly lane: number
}

export interface Chair {
  readonly position: string
  readonly bars: readonly Bar[]
  readonly lanes: number
  /** Who sits there at the moment: a stand-in before the one it stands in for. */
  readonly now: readonly Office[]
}

const RANK = { plh: 0, plt: 1, definitive: 2 } as const

/** Chairs in order of their names, with what of their offices falls into the window. */
export function chairsOf(offices: readonly Office[], from: number, until: number, at: number): readonly Chair[] {
  const positions = [...new Set(offices.flatMap(one => (one.position === null ? [] : [one.position])))].sort()
  return positions.map(position => {
    const all = offices
      .filter(one => one.position === position && (one.until ?? until) >= from && (one.from ?? from) <= until)
      .sort((a, b) => RANK[b.kind] - RANK[a.kind] || (a.from ?? 0) - (b.from ?? 0) || a.id - b.id)
    const ends: number[] = []
    const bars = all.map(office => {
      const begin = Math.max(from, office.from ?? from)
      const end = Math.min(until, office.until ?? until)
      let lane = ends.findIndex(last => last <= begin)
      if (lane < 0) lane = ends.length
      ends[lane] = end
      return { office, left: (begin - from) / (until - from), width: Math.max(0.004, (end - begin) / (until - from)), lane }
    })
    const now = offices.filter(one => one.position === position && holds(one, at)).sort((a, b) => RANK[a.kind] - RANK[b.kind] || a.id - b.id)
    return { position, bars, lanes: Math.max(1, ends.length), now }
  })
}

/** First instants of the months in the window, by the site's calendar. */
export function monthsOf(from: number, until: number, offset: (at: number) => number): readonly number[] {
  const found: number[] = []
  const start = new Date(from + offset(from))
  for (let month = start.getUTCMonth() + 1; ; month++) {
    const shown = Date.UTC(start.getUTCFullYear(), month, 1)
    const at = shown - offset(shown)
    if (at >= until) return found
    found.push(at)
  }
}
