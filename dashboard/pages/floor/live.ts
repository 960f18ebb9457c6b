// Reading the plan's points: live, or as they were at a moment of the past.

import type { Layout, PointRef } from '../../../daemon/domain/inventory.ts'
import { rowAt } from '../../charts/rows.ts'
import type { Track } from '../../charts/track.ts'
import { staleAfter, store } from '../../live/index.ts'
import type { Reader } from '../rack/reading.ts'

/** The newest value. Inside a computed signal it follows the point. */
export const liveReader: Reader = ref => {
  const point = store.pointOf(ref).value
  return point === null ? null : store.reading(point.no).value
}

/** Values as they stood at `at`; a state is told by the gravest its bucket held. */
export function pastReader(tracks: readonly Track[], at: number): Reader {
  const byNo = new Map(tracks.map(track => [track.point, track]))
  return ref => {
    const point = store.pointOf(ref).value
    const track = point === null ? undefined : byNo.get(point.no)
    if (point === null || track === undefined) return null
    const found = rowAt(track, at)
    const first = track.at[0]
    // The range moves on with the clock: a moment at its very beginning is told by the first row still held.
    const row = found < 0 && first !== undefined && first - at <= 2 * track.step ? 0 : found
    if (row < 0) return null
    return { value: (point.quantity === 'state' ? track.max[row] : track.mean[row]) ?? null, at: track.at[row] ?? at }
  }
}

/** True when the reading of a point is older than three of its cycles. */
export function isStale(ref: PointRef, read: { readonly at: number } | null, now: number): boolean {
  const point = store.pointOf(ref).value
  return read !== null && point !== null && now - read.at > staleAfter(point)
}

/** Every point the plan shows, for asking the past. */
export function refsOf(layout: Layout): readonly PointRef[] {
  const power = layout.power.flatMap(node => {
    const refs = node.measures['power']
    return refs === undefined ? [] : 'device' in refs ? [refs] : refs
  })
  return [
    ...layout.sensors.map(sensor => sensor.point),
    ...layout.doors.flatMap(door => door.state ?? []),
    ...layout.fixtures.flatMap(fixture => fixture.shows),
    ...power,
  ]
}

/** Their numbers, as far as they are known; each once. */
export function numbersOf(refs: readonly PointRef[]): readonly number[] {
  const nos = new Set<number>()
  for (const ref of refs) {
    const point = store.pointOf(ref).value
    if (point !== null) nos.add(point.no)
  }
  return [...nos].sort((one, other) => one - other)
}
