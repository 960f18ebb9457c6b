// What stories about zones stand on: a call that ends with the story, a zone opened, an outcome taken apart.
import assert from 'node:assert/strict'
import type { Call } from '../../../daemon/domain/call.ts'
import type { Failure, Outcome } from '../../../daemon/domain/outcome.ts'
import { stateOf } from '../../../provisioning/dns/state.ts'
import { openZone } from '../../../provisioning/dns/zones.ts'
import type { ZoneHands } from '../../../provisioning/hands.ts'
import type { NamedKey, NamedPair } from '../../support/named.ts'

const quiet: Call['log'] = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quiet }
export const call = (ms = 30_000): Call => ({ signal: AbortSignal.timeout(ms), log: quiet })

export function good<T>(outcome: Outcome<T>): T {
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.failure.message)
  return outcome.value
}
export function bad<T>(outcome: Outcome<T>): Failure {
  assert.ok(!outcome.ok, 'it should have failed')
  return outcome.failure
}

export const rrset = (type: string, ttl: number, ...data: readonly string[]) => stateOf(type, ttl, data)

/** As an officer of ours opens it: both servers answer, the primary is written to. */
export const zoneOn = (
  pair: NamedPair,
  name: string,
  more: { readonly servers?: readonly string[]; readonly key?: NamedKey; readonly patience?: number; readonly ours?: readonly string[] } = {},
): ZoneHands =>
  good(
    openZone(
      { kind: 'bind', name, servers: more.servers ?? [pair.primary, pair.secondary], rights: [], key: more.key ?? pair.key },
      { ours: async () => new Set(more.ours), patience: more.patience ?? 10_000 },
    ),
  )
