// Devices made up for tests: variables in the order agents walk, and a profile that reads them.
import assert from 'node:assert/strict'
import { discover } from '../../collectors/profile/discover.ts'
import { readProfile } from '../../collectors/profile/read.ts'
import type { Profiles } from '../../collectors/profile/shelf.ts'
import { compareOids } from '../../collectors/wire/oid.ts'
import { type SnmpSession, TYPE, type Varbind } from '../../collectors/wire/session.ts'
import type { Discovery } from '../../daemon/domain/collector.ts'
import { sayMistake } from '../../daemon/domain/document.ts'
import type { Profile } from '../../daemon/domain/profile.ts'

export const integer = (oid: string, value: number): Varbind => ({ oid, type: TYPE.integer, value })
export const gauge = (oid: string, value: number): Varbind => ({ oid, type: TYPE.gauge32, value })
export const text = (oid: string, value: string): Varbind => ({ oid, type: TYPE.octets, value: Uint8Array.from(Buffer.from(value)) })
export const ticks = (oid: string, value: number): Varbind => ({ oid, type: TYPE.timeTicks, value })

export const inOrder = (...variables: Varbind[]): Varbind[] => variables.sort((a, b) => compareOids(a.oid, b.oid))

export const system = (): Varbind[] => [
  text('1.3.6.1.2.1.1.1.0', 'A made device'),
  ticks('1.3.6.1.2.1.1.3.0', 100_000),
  text('1.3.6.1.2.1.1.5.0', 'made'),
]

export function profile(name: string, yaml: string): Profile {
  const read = readProfile(`${name}.yaml`, `title: ${name}\nproof: [a test]\n${yaml}`)
  assert.ok(read.ok, read.ok ? '' : read.mistakes.map(sayMistake).join('\n'))
  return read.value
}

/** A shelf of these. */
export const shelfOf = (profiles: readonly Profile[]): Profiles => ({
  heads: profiles,
  take(name) {
    const value = profiles.find(one => one.name === name)
    return value === undefined ? { ok: false, mistakes: [] } : { ok: true, value }
  },
})

export async function look(session: SnmpSession, profiles: readonly Profile[], old = false): Promise<Discovery> {
  const found = await discover(session, shelfOf(profiles), { old, signal: AbortSignal.timeout(10_000) })
  assert.ok(found.ok, found.ok ? '' : found.failure.message)
  return found.value
}
