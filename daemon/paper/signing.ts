// Who signs when, and what is kept of it: signatures in order, each record bound to the paper and to the one before. Pure.
import { createHash } from 'node:crypto'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { DocumentStatus, SignatureMethod } from '../domain/paper.ts'

/** One signature as it is kept, by whatever way it came about. Names do not change when people do. */
export interface SignatureFacts {
  /** Counted from 0, in signing order. */
  readonly party: number
  readonly person: number | null
  readonly name: string
  readonly position: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly method: SignatureMethod
  /** Of the file that was signed, hexadecimal. */
  readonly sha256: string
}

export interface SignatureRecord extends SignatureFacts {
  /** The hash of the record before; of the first, the hash of the paper as it was made. */
  readonly previous: string
  /** Over all of the above. */
  readonly hash: string
}

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

/** Whose turn it is, counted from 0; null: all have signed. */
export function turn(parties: number, signed: readonly Pick<SignatureFacts, 'party'>[]): number | null {
  for (let party = 0; party < parties; party++) if (!signed.some(one => one.party === party)) return party
  return null
}

/** Whether `party` may sign now. `conflict`: it has signed, or another comes first. `invalid`: there is no such party. `titles`: PIHAK PERTAMA, … */
export function maySign(titles: readonly string[], signed: readonly Pick<SignatureFacts, 'party'>[], party: number): Outcome<void> {
  const title = titles[party]
  if (title === undefined) return failed('invalid', `the document has ${titles.length} parties; there is no party ${party + 1}`)
  if (signed.some(one => one.party === party)) return failed('conflict', `${title} has signed already`)
  const next = turn(titles.length, signed)
  return next === party ? done(undefined) : failed('conflict', `${titles[next ?? 0] ?? ''} signs before ${title}`)
}

/**
 * What the signatures make of a paper: nobody yet a draft, some `signing`, all `signed`. `sent`: it went to the one whose turn it is;
 * `archived` and `void` are decided elsewhere and stay.
 */
export function statusAfter(was: DocumentStatus, parties: number, signed: readonly Pick<SignatureFacts, 'party'>[]): DocumentStatus {
  if (was === 'archived' || was === 'void') return was
  if (turn(parties, signed) === null) return 'signed'
  if (was === 'sent') return 'sent'
  return signed.length === 0 ? 'draft' : 'signing'
}

/** Names the field of a party in the file. */
export const fieldOf = (party: number): string => `Pihak${party + 1}`
