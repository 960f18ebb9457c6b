// Tracks of some points for a component: history once, then every live reading as it comes, coalesced to one change a frame.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Problem } from '../../daemon/http/contract.ts'
import { nowExact, store } from '../live/index.ts'
import { history } from './book.ts'
import type { Range } from './range.ts'
import { returned } from './returned.ts'
import { append, forget, type Track, trackOf } from './track.ts'

export type TracksState =
  | { readonly kind: 'loading' }
  /** `turn` grows with every change inside the tracks. */
  | { readonly kind: 'ready'; readonly tracks: readonly Track[]; readonly turn: number }
  | { readonly kind: 'failed'; readonly problem: Problem }

export interface TracksOptions {
  /** Takes live readings in and lets go of what left the range. */
  readonly live: boolean
  readonly buckets?: number
}

/** Raw rows answered for a short range are folded no finer than what a screen can show. */
const empty = (point: number, step: number): Track => trackOf({ point, at: [], mean: [], min: [], max: [] }, step)

function follow(tracks: readonly Track[], range: Range, state: Signal<TracksState>): () => void {
  const span = range.to - range.from
  let due = 0
  const tell = (): void => {
    due = 0
    const is = state.peek()
    if (is.kind === 'ready') state.value = { ...is, turn: is.turn + 1 }
  }
  const stops = tracks.map(track =>
    store.reading(track.point).subscribe(live => {
      if (live === null || !append(track, live.at, live.value)) return
      forget(track, live.at - span)
      if (due === 0) due = requestAnimationFrame(tell)
    }),
  )
  return () => {
    for (const stop of stops) stop()
    if (due !== 0) cancelAnimationFrame(due)
  }
}

/** `points` by number. Asks again when points or range change; keeps the old picture until the new one is there. */
export function useTracks(points: readonly number[], range: Range, { live, buckets = 600 }: TracksOptions): ReadonlySignal<TracksState> {
  const state = useMemo(() => signal<TracksState>({ kind: 'loading' }), [])
  const key = points.join()
  const back = returned.value
  // `key` stands for the points: the same numbers in a new array are no change.
  useEffect(() => {
    let gone = false
    let leave = (): void => undefined
    // After a break the stretch up to now is asked for, at its full length, so that no hole stays where the line was cut.
    const late = live && back > 0 ? Math.max(0, Math.ceil((nowExact() - range.to) / 1000) * 1000) : 0
    void history.get({ points, from: range.from + late, to: range.to + late, buckets }).then(got => {
      if (gone) return
      if (!got.ok) {
        state.value = { kind: 'failed', problem: got.problem }
        return
      }
      const { series, step } = got.history
      const tracks = points.map(point => {
        const one = series.find(each => each.point === point)
        return one ? trackOf(one, step) : empty(point, step)
      })
      state.value = { kind: 'ready', tracks, turn: 0 }
      if (live) leave = follow(tracks, range, state)
    })
    return () => {
      gone = true
      leave()
    }
  }, [key, range.from, range.to, live, buckets, back])
  return state
}
