// Who stands in each rack, and which racks stand right beside it.
import type { Rack } from '../domain/inventory.ts'
import type { Graph } from './graph.ts'

/** Short names of the organisations of a rack: of all of it, or of what stands in it. */
export function tenantsOf({ layout, inRack }: Graph, no: number): ReadonlySet<string> {
  const found = new Set<string>()
  const whole = layout.racks[no]!.tenant
  if (whole !== undefined) found.add(whole)
  for (const { standing } of inRack[no]!) if (standing.tenant !== null) found.add(standing.tenant)
  return found
}

/** Frames closer than this stand side by side, m: a filler panel is no distance. */
const BESIDE = 0.35

/** Numbers of the racks beside each rack, by their boxes on the floor. */
export function besides(racks: readonly Rack[]): readonly (readonly number[])[] {
  const rows = Map.groupBy(racks.keys(), no => `${racks[no]!.room} ${racks[no]!.row}`)
  const beside: number[][] = racks.map(() => [])
  for (const row of rows.values()) {
    const sorted = row.toSorted((a, b) => racks[a]!.x - racks[b]!.x || racks[a]!.y - racks[b]!.y)
    for (const [place, one] of sorted.entries())
      for (const other of sorted.slice(place + 1)) {
        if (racks[other]!.x - (racks[one]!.x + racks[one]!.width) > BESIDE) break
        if (!touch(racks[one]!, racks[other]!)) continue
        beside[one]!.push(other)
        beside[other]!.push(one)
      }
  }
  return beside
}

function touch(a: Rack, b: Rack): boolean {
  const apart = (from: number, length: number, other: number, otherLength: number) => Math.max(other - (from + length), from - (other + otherLength))
  const [x, y] = [apart(a.x, a.width, b.x, b.width), apart(a.y, a.depth, b.y, b.depth)]
  // Side by side, not across a corner.
  return (x <= BESIDE && y < 0) || (y <= BESIDE && x < 0)
}
