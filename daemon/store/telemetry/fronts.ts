// What an append touches of each series, in columns over all of them.
import { NONE } from './arena.ts'

export interface Fronts {
  /** Of the window the last reading went to: its start, the next free slot in its last chunk (NONE: no room), its last record. */
  start: Float64Array
  slot: Uint32Array
  seq: Float64Array
  /** Newest reading that has left memory; NaN when none has. */
  at: Float64Array
  value: Float64Array
}

/** For so many series, taking over what is known of the first ones. */
export const fronts = (length: number, from?: Fronts): Fronts => {
  const wide = {
    start: new Float64Array(length),
    slot: new Uint32Array(length).fill(NONE),
    seq: new Float64Array(length),
    at: new Float64Array(length).fill(Number.NaN),
    value: new Float64Array(length),
  }
  if (from !== undefined) for (const name of ['start', 'slot', 'seq', 'at', 'value'] as const) wide[name].set(from[name])
  return wide
}
