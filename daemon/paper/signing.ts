// What is kept of signatures: each record bound to the paper and to the one before. Pure.
import { createHash } from 'node:crypto'
import type { SignatureFacts, SignatureRecord } from '../domain/paper-input.ts'

/** Binds a signature to the ones before it. `made`: the hash of the paper as it was made. */
export function bind(made: string, before: readonly SignatureRecord[], facts: SignatureFacts): SignatureRecord {
  const previous = before.at(-1)?.hash ?? made
  return { ...facts, previous, hash: hashOf(facts, previous) }
}

/** The index of the first record that was changed, taken out or put in; null: all hold. */
export function brokenAt(made: string, records: readonly SignatureRecord[]): number | null {
  let previous = made
  for (const [i, record] of records.entries()) {
    if (record.previous !== previous || record.hash !== hashOf(record, previous)) return i
    previous = record.hash
  }
  return null
}

/** A list, not an object: its order is fixed by this line, not by who made the record. */
function hashOf({ party, person, name, position, at, method, sha256 }: SignatureFacts, previous: string): string {
  return createHash('sha256')
    .update(JSON.stringify([previous, party, person, name, position, at, method, sha256]))
    .digest('hex')
}

/** Names the field of a party in the file. */
export const fieldOf = (party: number): string => `Pihak${party + 1}`
