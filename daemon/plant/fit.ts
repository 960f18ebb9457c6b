// Where in a rack several things go: one on top of the other where a free run is long enough, otherwise wherever each fits.
import type { ItemPlace, PlacementItem } from '../domain/placement.ts'
import { type Face, type Run, runs, take, type UnitMap } from './units.ts'

export interface Fitted {
  readonly places: readonly ItemPlace[]
  readonly contiguous: boolean
}

/** How long a tricky rack is tried: some thousand ways are a millisecond. */
const PATIENCE = 4_000

/** Null: they do not fit. The rack's map is as before. */
export function fitIn(map: UnitMap, items: readonly Pick<PlacementItem, 'height' | 'depth'>[]): Fitted | null {
  return together(map, items) ?? apart(map, items)
}

/** In the smallest run that takes all of them, so that long ones stay whole; the lowest of equal ones; the first thing at the top. */
function together(map: UnitMap, items: readonly Pick<PlacementItem, 'height' | 'depth'>[]): Fitted | null {
  const need = items.reduce((sum, { height }) => sum + height, 0)
  const faces: readonly Face[] = items.every(({ depth }) => depth === 'half') ? ['front', 'rear'] : ['both']
  for (const face of faces) {
    const run = smallest(runs(map, face).filter(({ length }) => length >= need))
    if (run === undefined) continue
    let top = run.u + need
    const places = items.map(({ height, depth }, item): ItemPlace => {
      top -= height
      return { item, u: top, height, face: depth === 'full' ? 'both' : face === 'both' ? 'front' : face }
    })
    return { places, contiguous: true }
  }
  return null
}

const smallest = (list: readonly Run[]): Run | undefined => list.toSorted((a, b) => a.length - b.length || a.u - b.u)[0]

/** Deepest and tallest first, each in the smallest run left; other runs are tried while there is patience. */
function apart(map: UnitMap, items: readonly Pick<PlacementItem, 'height' | 'depth'>[]): Fitted | null {
  const order = [...items.keys()].sort((a, b) => {
    const [one, other] = [items[a]!, items[b]!]
    return Number(other.depth === 'full') - Number(one.depth === 'full') || other.height - one.height || a - b
  })
  const places: ItemPlace[] = []
  let patience = PATIENCE
  const next = (k: number): boolean => {
    const item = order[k]
    if (item === undefined) return true
    if (patience-- <= 0) return false
    const { height, depth } = items[item]!
    for (const face of depth === 'full' ? (['both'] as const) : (['front', 'rear'] as const)) {
      // Runs of one length are alike for what stands on this face alone; for what needs both, what lies behind makes them differ.
      const list = runs(map, face)
        .filter(run => run.length >= height)
        .sort((a, b) => a.length - b.length || a.u - b.u)
      for (const { u } of list) {
        take(map, u, height, face)
        places.push({ item, u, height, face })
        const fitted = next(k + 1)
        take(map, u, height, face, 0)
        if (fitted) return true
        places.pop()
      }
    }
    return false
  }
  return next(0) ? { places: places.toSorted((a, b) => a.item - b.item), contiguous: false } : null
}
