// What is half-way done: the first proof given, the second awaited; a challenge given to a passkey. In memory: who is half-way at a restart begins anew.
import type { Clock, Instant } from '../domain/call.ts'
import { freshSecret } from './secret.ts'

export interface Passes<T> {
  give(value: T): string
  look(pass: string): T | null
  /** Gone for good. */
  take(pass: string): T | null
}

/** `life` in ms. At most `most` at a time: the oldest makes room. */
export function openPasses<T>({ clock, life, most = 10_000 }: { clock: Clock; life: number; most?: number }): Passes<T> {
  const open = new Map<string, { readonly value: T; readonly until: Instant }>()
  const look = (pass: string): T | null => {
    const found = open.get(pass)
    if (found === undefined) return null
    if (found.until > clock()) return found.value
    open.delete(pass)
    return null
  }
  return {
    give(value) {
      for (const [pass, { until }] of open) {
        if (until > clock() && open.size < most) break
        open.delete(pass)
      }
      const pass = freshSecret()
      open.set(pass, { value, until: clock() + life })
      return pass
    },
    look,
    take(pass) {
      const value = look(pass)
      open.delete(pass)
      return value
    },
  }
}
