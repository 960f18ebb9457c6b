// What every step of an order has at hand, and what it keeps so that another errand can go on from there.
import { setTimeout as pause } from 'node:timers/promises'
import type acme from 'acme-client'
import { z } from 'zod'
import type { Call } from '../../daemon/domain/call.ts'
import type { ChallengePlace } from '../hands.ts'
import type { CertificateBook } from './book.ts'
import { takeAway, type ZoneOf } from './challenges.ts'
import { type Acme, authorityOf, type Directory, lawful } from './directory.ts'
import type { AcmeSettings } from './settings.ts'
import { stopped } from './trouble.ts'

export interface Ordering {
  readonly directory: Directory
  readonly settings: AcmeSettings
  readonly book: CertificateBook
  readonly zoneOf: ZoneOf
  /** One errand after the other: for the account. */
  queue<T>(work: () => Promise<T>): Promise<T>
}

export interface Ordered {
  readonly website: string
  readonly names: readonly string[]
  readonly place: ChallengePlace
  /** Identifier (RFC 9773) of the one that it comes after; null: none. */
  readonly replaces: string | null
}

export interface Errand extends Ordering, Ordered {
  readonly library: Acme
  readonly client: acme.Client
  readonly call: Call
}

const Note = z.object({
  directory: z.string(),
  /** Empty: the order is dead, and only what it left has to be taken away. */
  url: z.string(),
  names: z.array(z.string()),
  /** PEM of the certificate's key. */
  key: z.string(),
  placed: z.array(z.object({ owner: z.string().nullable(), text: z.string() })),
})
export type OrderNote = z.output<typeof Note>

export const orderNote = (website: string): string => `order ${website}`

export async function keptOrder({ book, website }: Errand): Promise<OrderNote | null> {
  const text = await book.note(orderNote(website))
  return text === null ? null : Note.parse(JSON.parse(text))
}

export const keepOrder = ({ book, website }: Errand, note: OrderNote | null): Promise<void> =>
  book.putNote(orderNote(website), note === null ? null : JSON.stringify(note))

/** Takes away what stands there because of it. A dead one is forgotten as soon as nothing is left of it. */
export async function clearOrder(errand: Errand, note: OrderNote, dead: boolean): Promise<OrderNote | null> {
  const placed = [...(await takeAway(note.placed, errand))]
  const left = dead ? (placed.length === 0 ? null : { ...note, url: '', placed }) : { ...note, placed }
  await keepOrder(errand, left)
  return left
}

export const asked = <T>({ directory }: Errand, work: Promise<T>): Promise<T> => lawful(directory, work)

const FIRST = 150
const LONGEST = 5000

/** Between two looks at what the authority has to do, longer each time. When it is stopped or too late, the order stays kept. */
export async function* looks({ call, directory }: Errand): AsyncGenerator<void> {
  for (let rest = FIRST; ; rest = Math.min(rest * 1.5, LONGEST)) {
    yield
    await pause(rest, undefined, { signal: call.signal }).catch(() => undefined)
    if (call.signal.aborted) throw stopped(authorityOf(directory), call.signal)
  }
}
