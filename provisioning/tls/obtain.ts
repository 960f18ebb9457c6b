// Having a certificate: from the one that is there already, from the agency's own CA, from what was handed in, or from an authority.
import type { Call, Clock, Instant } from '../../daemon/domain/call.ts'
import { done, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import type { ChallengePlace } from '../hands.ts'
import { certificateId, renewalInfoOf } from './ari.ts'
import type { CertificateBook, KeptCertificate, KeyedCertificate } from './book.ts'
import type { ZoneOf } from './challenges.ts'
import type { Directory } from './directory.ts'
import { failureOf, noteFailure } from './failures.ts'
import { orderCertificate } from './order.ts'
import type { OwnAuthority } from './own.ts'
import { renewAt } from './renewal.ts'
import type { AcmeSettings } from './settings.ts'
import { AcmeTrouble } from './trouble.ts'
import { readUpload } from './upload.ts'
import { windowOf } from './windows.ts'
import { NONE } from './words.ts'

export interface Ground {
  readonly book: CertificateBook
  readonly clock: Clock
  readonly zoneOf: ZoneOf
  readonly roots: readonly string[]
  /** Null: not set up. */
  readonly own: OwnAuthority | null
  readonly acme: AcmeSettings | null
  readonly directory: Directory | null
  /** One errand after the other. */
  queue<T>(work: () => Promise<T>): Promise<T>
}

interface Wish {
  readonly website: string
  readonly names: readonly string[]
  readonly place: ChallengePlace
}

/** From another authority than the settings say. */
export const isForeign = ({ source, directory: from }: KeptCertificate, directory: Directory | null): boolean =>
  source === 'acme' && from !== undefined && directory !== null && from !== directory.url

/** What fails is remembered; what is in use is not touched. */
export async function obtainNew(ground: Ground, wish: Wish, source: 'acme' | 'own' | 'upload', call: Call): Promise<Outcome<KeyedCertificate>> {
  const { book, clock } = ground
  if (source === 'upload') return await takeHanded(ground, wish.website, wish.names, clock())
  const early = source === 'acme' ? await tooEarly(ground, wish.website) : null
  if (early !== null) return early
  const got = source === 'own' ? issueOwn(ground, wish.names, clock()) : await askAuthority(ground, wish, call)
  // Stopped by a person or the end of the daemon: that is nobody's failure.
  if (!got.ok && got.failure.kind !== 'cancelled') await noteFailure(book, wish.website, got.failure, clock())
  return got
}

/** One of ours that fits and is not due, so that what was undone and is done again does not ask an authority again. Its limits are few. */
export async function reusable(
  { book, directory }: Ground,
  website: string,
  { source, names }: { readonly source: 'acme' | 'own' | 'upload'; readonly names: readonly string[] },
  now: Instant,
): Promise<KeyedCertificate | null> {
  if (source !== 'acme' || directory === null) return null
  const fits = (one: KeptCertificate) =>
    one.source === 'acme' && one.directory === directory.url && one.names.length === names.length && names.every(name => one.names.includes(name))
  const current = await book.current(website)
  for (const one of await book.versions(website)) {
    // One that is due is not replaced by what came before it.
    const newer = current === null || !fits(current) || one.fingerprint === current.fingerprint || one.notBefore > current.notBefore
    if (fits(one) && newer && now < renewAt(one, await windowOf(book, one.fingerprint))) return one
  }
  return null
}

function issueOwn({ own }: Ground, names: readonly string[], now: Instant): Outcome<KeyedCertificate> {
  return own === null ? refused('invalid', NONE.own) : own.issue(names, now)
}

async function takeHanded({ book, roots }: Ground, website: string, names: readonly string[], now: Instant): Promise<Outcome<KeyedCertificate>> {
  const handed = (await book.handed(website)) ?? (await book.versions(website)).find(one => one.source === 'upload') ?? null
  if (handed === null) return refused('notFound', NONE.upload)
  // The names wanted may be others than when it was handed in, and it may have ended since.
  const read = readUpload({ certificate: handed.chain, key: handed.key }, { names, roots, now })
  return read.ok ? done({ ...read.value, names }) : read
}

/** The authority said until when it wants to be left alone: so it is, whoever asks. */
async function tooEarly({ book, clock }: Ground, website: string): Promise<Outcome<never> | null> {
  const note = await failureOf(book, website)
  const left = (note?.until ?? 0) - clock()
  if (note === null || left <= 0) return null
  return { ok: false, failure: { kind: 'tooMany', message: note.words.en, words: note.words, retry: true, after: Math.ceil(left / 1000) } }
}

async function askAuthority({ book, queue, acme, directory, zoneOf }: Ground, order: Wish, call: Call): Promise<Outcome<KeyedCertificate>> {
  if (acme === null || directory === null) return refused('invalid', NONE.acme)
  try {
    const was = await book.current(order.website)
    const tells = was?.source === 'acme' && was.directory === directory.url && (await renewalInfoOf(directory, call.signal)) !== null
    return done(
      await orderCertificate(
        { directory, settings: acme, book, queue, zoneOf },
        { ...order, replaces: tells ? certificateId(was.chain) : null },
        call,
      ),
    )
  } catch (error) {
    if (!(error instanceof AcmeTrouble)) throw error
    return { ok: false, failure: error.failure }
  }
}
