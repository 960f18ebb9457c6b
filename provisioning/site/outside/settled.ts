// A server that was told to read its files again answers with the old ones for a moment, and a loaded one for a while.
import { setTimeout as pause } from 'node:timers/promises'
import type { Call } from '../../../daemon/domain/call.ts'
import type { Proof } from '../../../daemon/domain/change.ts'
import type { Outcome } from '../../../daemon/domain/outcome.ts'

const PATIENCE = 6_000
const BETWEEN = 150

/** Looks until it is found so, or until patience ends; the last look is what is told. One that could not look is told at once. */
export async function settled<T extends Proof | Outcome<Proof>>(look: () => Promise<T>, { signal }: Call): Promise<T> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const seen = await look()
    if (isFound(seen) || signal.aborted || Date.now() > end) return seen
    await pause(BETWEEN)
  }
}

const isFound = (seen: Proof | Outcome<Proof>): boolean => ('of' in seen ? seen.ok : !seen.ok || seen.value.ok)
