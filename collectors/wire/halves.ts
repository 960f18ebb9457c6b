// Asking for less at a time, when a device or the way to it cannot carry the whole answer.
import { done, type Outcome } from '../../daemon/domain/outcome.ts'
import type { Varbind } from './session.ts'

type Answered = Outcome<readonly Varbind[]>

/** Asks for all; on `tooBig` for each half, and so on down to single variables. Answers stay in the order asked. */
export async function inHalves(oids: readonly string[], ask: (oids: readonly string[]) => Promise<Answered>): Promise<Answered> {
  const all = await ask(oids)
  if (all.ok || all.failure.kind !== 'tooBig' || oids.length < 2) return all
  const middle = oids.length >> 1
  const first = await inHalves(oids.slice(0, middle), ask)
  if (!first.ok) return first
  const second = await inHalves(oids.slice(middle), ask)
  return second.ok ? done([...first.value, ...second.value]) : second
}
