// How page models ask for a value: by the names the inventory writes, live or at a moment of the past.
import type { PointRef } from '../../../daemon/domain/inventory.ts'

/** `value` null: the device says it has none. */
export interface Read {
  readonly value: number | null
  /** Milliseconds since 1970. */
  readonly at: number
}

/** null: no such point, or nothing read yet. Inside a computed signal, asking is also following. */
export type Reader = (ref: PointRef) => Read | null

/** The sum of several points; null as soon as none has a value. */
export function sumOf(read: Reader, refs: PointRef | readonly PointRef[] | undefined): number | null {
  if (refs === undefined) return null
  let sum: number | null = null
  for (const ref of 'device' in refs ? [refs] : refs) {
    const value = read(ref)?.value ?? null
    if (value !== null) sum = (sum ?? 0) + value
  }
  return sum
}
