// Small things all store tests, and their child processes, share.
import type { Log } from '../../../daemon/domain/call.ts'
import type { Outcome } from '../../../daemon/domain/outcome.ts'

export const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quiet }

export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`)
  return outcome.value
}

export const NOON = Date.UTC(2026, 10, 20, 12)
