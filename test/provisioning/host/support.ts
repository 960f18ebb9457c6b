// What the tests of managed hosts share.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../../../daemon/domain/json.ts'
import type { Outcome } from '../../../daemon/domain/outcome.ts'
import type { BrokerSource } from '../../../provisioning/host/broker-source.ts'
import type { ManagedHost } from '../../../provisioning/host/hands.ts'
import { asking } from '../../support/host/adopt.ts'
import type { TestHost } from '../../support/host/start.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const sourceOf = (text: string): BrokerSource => ({ text, sha256: sha256(text) })
const text = readFileSync(join(import.meta.dirname, 'standin.py'), 'utf8')
export const standin: BrokerSource = sourceOf(text)
/** The same of another version. */
export const newer: BrokerSource = sourceOf(text.replace('0.0.1', '0.0.2'))

export const valued = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}
export const failureOf = <T>(outcome: Outcome<T>) => {
  if (outcome.ok) throw new Error(`this should have failed: ${JSON.stringify(outcome.value)}`)
  return outcome.failure
}

/** Asks a host in the name of a change. */
export const asker =
  (managed: ManagedHost) =>
  async (verb: string, body: { readonly [key: string]: Json } = {}, contents: readonly string[] = [], signal = AbortSignal.timeout(30_000)) => {
    const call = { ...asking(), signal }
    const hands = await managed.hands('C-2026-0001', call)
    return hands.ok ? await hands.value.ask(verb, body, call, contents) : hands
  }

/** As changes do: again when that may help by itself. */
export async function patiently<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  for (let tried = 1; ; tried++) {
    const outcome = await work()
    if (outcome.ok || !outcome.failure.retry || tried === 3) return outcome
    await pause(100)
  }
}

/** Looks until it is so: a web server takes up its files a moment after it was told. */
export async function becomes<T>(look: () => Promise<T>, wanted: T): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!isDeepStrictEqual(await look(), wanted) && Date.now() < deadline) await pause(20)
  assert.deepEqual(await look(), wanted)
}

/** What every change of accounts leaves: copies of before, and logs. */
const IGNORED = /^\/(var\/(log|cache|tmp)\/|etc\/(passwd|shadow|group|gshadow|subuid|subgid)-$|etc\/\.pwd\.lock$|root\/)/

const stateOf = (path: string): string => {
  const is = lstatSync(path)
  const what = is.isSymbolicLink() ? readlinkSync(path) : is.isFile() ? sha256(readFileSync(path, 'latin1')) : 'special'
  return `${is.mode.toString(8)} ${is.uid}:${is.gid} ${what}`
}

/**
 * Every file of the host that is not as on this machine, or gone from it, with what it is; and every folder that this machine does not have.
 * A file that was changed and put back is not among them.
 */
export function differencesOf({ upper }: TestHost): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const entry of readdirSync(upper, { recursive: true, withFileTypes: true })) {
    const inside = join(entry.parentPath, entry.name)
    const path = inside.slice(upper.length)
    if (IGNORED.test(path)) continue
    if (entry.isDirectory()) {
      if (!existsSync(path)) found.set(path, 'folder')
    } else if (!lstatSync(path, { throwIfNoEntry: false })) {
      // A whiteout of what is not on this machine either hides nothing.
      if (!entry.isCharacterDevice()) found.set(path, stateOf(inside))
    } else if (stateOf(path) !== stateOf(inside)) found.set(path, stateOf(inside))
  }
  return found
}
