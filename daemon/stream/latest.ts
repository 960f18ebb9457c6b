// The newest value of every point, with the revision in which it last changed: all that is needed to tell any page what it missed.
import type { PointNo } from '../domain/point.ts'
import type { Values } from './contract.ts'

/** An older reading by more than so many ms is no late one: the clock was set back, and what is held lies in a future that never was. */
const LATE = 10_000

export interface Latest {
  /** Takes readings over; one that is a little older than what is held is left aside. Returns nothing: what changed shows in `since`. */
  observe(points: Uint32Array, values: Float64Array, at: Float64Array, revision: number): void
  value(no: PointNo): { readonly value: number | null; readonly at: number } | null
  /** Of `nos`, those that changed after `revision`; null when none did. */
  since(nos: Iterable<PointNo>, revision: number): Values | null
  forget(no: PointNo): void
}

export function latestValues(): Latest {
  let size = 1024
  let values = new Float64Array(size)
  let ats = new Float64Array(size)
  let revisions = new Float64Array(size).fill(-1)

  const grow = (no: number): void => {
    const wanted = Math.max(size * 2, no + 1)
    const longer = <T extends Float64Array>(old: T, filler: number) => {
      const next = new Float64Array(wanted).fill(filler)
      next.set(old)
      return next
    }
    values = longer(values, 0)
    ats = longer(ats, 0)
    revisions = longer(revisions, -1)
    size = wanted
  }

  return {
    observe(points, newer, at, revision) {
      for (let i = 0; i < points.length; i++) {
        const no = points[i]!
        if (no >= size) grow(no)
        const behind = ats[no]! - at[i]!
        if (behind > 0 && behind <= LATE) continue
        values[no] = newer[i]!
        ats[no] = at[i]!
        revisions[no] = revision
      }
    },
    value(no) {
      if (no >= size || revisions[no]! < 0) return null
      const value = values[no]!
      return { value: Number.isNaN(value) ? null : value, at: ats[no]! }
    },
    since(nos, revision) {
      const changed: number[] = []
      for (const no of nos) if (no < size && revisions[no]! > revision && revisions[no]! >= 0) changed.push(no)
      if (changed.length === 0) return null
      return {
        nos: changed,
        // Telemetry has at most some six significant figures; the rest is noise of binary scaling and costs bytes on every screen.
        values: changed.map(no => {
          const value = values[no]!
          return Number.isFinite(value) ? (Math.abs(value) < 1e15 ? Number(value.toPrecision(12)) : value) : null
        }),
        at: changed.map(no => ats[no]!),
      }
    },
    forget(no) {
      if (no >= size) return
      revisions[no] = -1
      ats[no] = 0
    },
  }
}
