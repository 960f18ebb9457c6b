// The automatic changeover between grid and genset: waits, asks for the genset, transfers, and goes back when the grid has proved itself.
import { DEAD, isGood, type Supply } from './utility.ts'

export interface Ats {
  /** A is the grid, B the genset, none while the contacts move. */
  readonly position: 'A' | 'B' | 'none'
  readonly goingTo: 'A' | 'B' | null
  /** Seconds the present wish has stood. */
  readonly waited: number
  /** Seconds the grid has been bad. */
  readonly badFor: number
  /** Seconds the grid has been good. */
  readonly goodFor: number
  readonly wantsGenset: boolean
  readonly transfers: number
  readonly output: Supply
}

const ATS = {
  /** Dips shorter than this start no engine. */
  startAfter: 3,
  /** The genset's voltage must stand so long before it takes the load. */
  stableB: 2,
  /** The grid must stand so long before the load goes back; short beside the usual ten minutes, so that people can watch it. */
  stableA: 60,
  moveSeconds: 0.5,
} as const

export const restingAts = (grid: Supply): Ats => ({
  position: 'A',
  goingTo: null,
  waited: 0,
  badFor: 0,
  goodFor: 3600,
  wantsGenset: false,
  transfers: 41,
  output: grid,
})

export function stepAts(was: Ats, grid: Supply, genset: Supply, dt: number): Ats {
  const good = isGood(grid)
  const goodFor = good ? was.goodFor + dt : 0
  const badFor = good ? 0 : was.badFor + dt
  const bReady = isGood(genset)
  // The genset is held until the load is back on the grid.
  const wantsGenset = badFor >= ATS.startAfter || (was.wantsGenset && was.position !== 'A') || (was.wantsGenset && !good)
  const next = move({ ...was, goodFor, badFor, wantsGenset }, bReady, dt)
  const output = next.position === 'A' ? (good ? grid : DEAD) : next.position === 'B' ? (bReady ? genset : DEAD) : DEAD
  return { ...next, output }
}

function move(was: Ats, bReady: boolean, dt: number): Ats {
  if (was.goingTo !== null) {
    const waited = was.waited + dt
    if (waited < ATS.moveSeconds) return { ...was, waited }
    return { ...was, position: was.goingTo, goingTo: null, waited: 0, transfers: was.transfers + 1 }
  }
  const go = (to: 'A' | 'B'): Ats => ({ ...was, position: 'none', goingTo: to, waited: 0 })
  if (was.position === 'A') {
    if (was.badFor < ATS.startAfter || !bReady) return { ...was, waited: 0 }
    return was.waited + dt >= ATS.stableB ? go('B') : { ...was, waited: was.waited + dt }
  }
  // On the genset: back when the grid is proven, or at once when the genset has died under it.
  if (was.goodFor >= ATS.stableA || (was.goodFor > 5 && !bReady)) return go('A')
  return { ...was, waited: 0 }
}
