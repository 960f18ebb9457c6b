// Thousands of points say the same of themselves: the states of a port, the limits of a profile. Each such thing is kept once: in memory, and
// in the processor's cache when they are polled one after the other.
import type { Point } from './point.ts'

/** Gives points whose equal parts are one object. What it remembers is as much as profiles can say, not as much as devices there are. */
export function openShare(): <P extends Point>(point: P) => P {
  const kept = new Map<string, unknown>()
  const one = <T>(part: T): T => {
    if (part === null) return part
    const text = JSON.stringify(part)
    const known = kept.get(text)
    if (known !== undefined) return known as T
    kept.set(text, part)
    return part
  }
  return point => ({
    ...point,
    label: one(point.label),
    states: one(point.states),
    rules: one(point.rules),
    decode: one(point.decode),
    limits: one(point.limits),
  })
}
