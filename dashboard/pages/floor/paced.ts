// Many signals that change at once, passed on over several frames: a large plan is never drawn anew in one.
import { effect, type ReadonlySignal, signal } from '@preact/signals'

/** Changes that one frame of the browser takes. */
const SLICE = 80

/** The same values, at most some frames later: `frame` asks the browser for the next one. Fewer than a slice come through as they are. `close` lets go. */
export function paced<T>(
  given: readonly ReadonlySignal<T>[],
  frame: (work: () => void) => unknown,
): { readonly shown: readonly ReadonlySignal<T>[]; close(): void } {
  if (given.length <= SLICE) return { shown: given, close: () => undefined }
  const shown = given.map(one => signal(one.peek()))
  const waiting = new Set<number>()
  let asked = false
  let closed = false
  const pass = (): void => {
    asked = false
    if (closed) return
    let left = SLICE
    for (const index of waiting) {
      if (left-- === 0) break
      waiting.delete(index)
      const [from, to] = [given[index], shown[index]]
      if (from !== undefined && to !== undefined) to.value = from.peek()
    }
    ask()
  }
  const ask = (): void => {
    if (asked || waiting.size === 0) return
    asked = true
    frame(pass)
  }
  const stops = given.map((one, index) =>
    effect(() => {
      if (one.value === shown[index]?.peek()) return
      waiting.add(index)
      ask()
    }),
  )
  return {
    shown,
    close: () => {
      closed = true
      for (const stop of stops) stop()
    },
  }
}
