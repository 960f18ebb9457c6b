// The U of a rack, face by face: what is taken, what is free, the longest free run.

import type { FreeUnits } from '../domain/capacity.ts'
import type { Rack } from '../domain/inventory.ts'
import type { Standing } from './standing.ts'

export type Face = 'front' | 'rear' | 'both'

/** 1: taken; index 0 is U1. */
export interface UnitMap {
  readonly front: Uint8Array
  readonly rear: Uint8Array
}

export interface Run {
  /** Lowest U of it, and how many U it has. */
  readonly u: number
  readonly length: number
}

export function unitsOf({ units }: Rack, things: readonly Standing[]): UnitMap {
  const map = { front: new Uint8Array(units), rear: new Uint8Array(units) }
  for (const { places } of things) for (const { u, height, face } of places) take(map, u, height, face)
  return map
}

/** What would stand above the rack or below it takes only what there is. */
export function take({ front, rear }: UnitMap, u: number, height: number, face: Face, taken = 1): void {
  for (let at = Math.max(0, u - 1); at < Math.min(front.length, u - 1 + height); at++) {
    if (face !== 'rear') front[at] = taken
    if (face !== 'front') rear[at] = taken
  }
}

export const isFree = ({ front, rear }: UnitMap, at: number, face: Face): boolean =>
  (face === 'rear' || front[at] === 0) && (face === 'front' || rear[at] === 0)

/** Free runs on a face, from the bottom. */
export function runs(map: UnitMap, face: Face): Run[] {
  const found: Run[] = []
  let length = 0
  for (let at = 0; at <= map.front.length; at++) {
    if (at < map.front.length && isFree(map, at, face)) {
      length++
      continue
    }
    if (length > 0) found.push({ u: at - length + 1, length })
    length = 0
  }
  return found
}

export function freeUnits(map: UnitMap): FreeUnits {
  const [front, rear, both] = [runs(map, 'front'), runs(map, 'rear'), runs(map, 'both')]
  const sum = (list: readonly Run[]) => list.reduce((all, { length }) => all + length, 0)
  const longest = (list: readonly Run[]) => list.reduce((most, { length }) => Math.max(most, length), 0)
  return {
    total: map.front.length,
    front: sum(front),
    rear: sum(rear),
    both: sum(both),
    longest: { front: longest(front), rear: longest(rear), both: longest(both) },
  }
}
