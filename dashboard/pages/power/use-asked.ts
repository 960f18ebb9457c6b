// What the daemon was asked, kept while it is asked anew; and when the readings have changed so much that it should be.
import { effect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Layout, PointRef } from '../../../daemon/domain/inventory.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { liveReader } from '../floor/live.ts'

export interface Asked<T> {
  /** The newest answer; that of another question is no answer. */
  readonly value: T | null
  readonly problem: Problem | null
  readonly again: () => void
}

/** `path` null: nothing is asked. `stir`: with another number the same is asked anew, and what is known stays on the page meanwhile. */
export function useAsked<T>(path: string | null, stir: number): Asked<T> {
  const [known, know] = useState<{ readonly path: string; readonly value: T | null; readonly problem: Problem | null } | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (path === null) return
    const gone = new AbortController()
    void api.get<T>(path, { signal: AbortSignal.any([gone.signal, AbortSignal.timeout(15_000)]) }).then(answer => {
      if (gone.signal.aborted) return
      know(was => {
        const before = was?.path === path ? was.value : null
        return answer.ok ? { path, value: answer.value, problem: null } : { path, value: before, problem: answer.problem }
      })
    })
    return () => gone.abort()
  }, [path, stir, tries])
  const mine = known !== null && known.path === path ? known : null
  return { value: mine?.value ?? null, problem: mine?.problem ?? null, again: () => setTries(n => n + 1) }
}

/** So much a reading must move, in W or in parts of itself, and so long the page waits for others that move with it. */
const LEAST = 25
const SHARE = 0.03
const GATHER = 3_000

const refsOf = (layout: Layout): readonly PointRef[] => [
  ...layout.power.flatMap(({ measures }) => [measures['power'] ?? [], measures['state'] ?? []].flat()),
  ...layout.equipment.flatMap(({ psus }) => psus.flatMap(({ power }) => power ?? [])),
]

const moved = (was: number | undefined, is: number): boolean =>
  was === undefined || Number.isNaN(was) !== Number.isNaN(is) || Math.abs(is - was) > Math.max(LEAST, SHARE * Math.abs(was))

/** Rises when readings of the power chain have moved by more than noise, or a state or the layout changed. Follow `overview` with it. */
export function useStir(layout: Layout): number {
  const [stir, setStir] = useState(0)
  useEffect(() => {
    const refs = refsOf(layout)
    const states = new Set(layout.power.flatMap(({ measures }) => [measures['state'] ?? []].flat()))
    let held: readonly number[] | null = null
    let waiting: ReturnType<typeof setTimeout> | null = null
    setStir(n => n + 1)
    const stop = effect(() => {
      const is = refs.map(ref => liveReader(ref)?.value ?? Number.NaN)
      const was = held
      if (was === null) {
        held = is
        return
      }
      if (waiting !== null || !is.some((value, i) => (states.has(refs[i] as PointRef) ? !Object.is(value, was[i]) : moved(was[i], value)))) return
      waiting = setTimeout(() => {
        waiting = null
        held = refs.map(ref => liveReader(ref)?.value ?? Number.NaN)
        setStir(n => n + 1)
      }, GATHER)
    })
    return () => {
      stop()
      if (waiting !== null) clearTimeout(waiting)
    }
  }, [layout])
  return stir
}
