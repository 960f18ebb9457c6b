// A server that was told to read its files again answers with the old ones for a moment, and a loaded one for a while.
import { setTimeout as pause } from 'node:timers/promises'
import type { Call } from '../../../daemon/domain/call.ts'
import type { Proof } from '../../../daemon/domain/change.ts'

const PATIENCE = 6_000
const BETWEEN = 150

/** Looks until it is found so, or until patience ends; the last look is what is told. */
export async function settled(look: () => Promise<Proof>, { signal }: Call): Promise<Proof> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const seen = await look()
    if (seen.ok || signal.aborted || Date.now() > end) return seen
    await pause(BETWEEN)
  }
}
