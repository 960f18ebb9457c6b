// One order at an authority from its beginning, or from where a crash left it, to the certificate. Every step that cannot be found again is kept first.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type acme from 'acme-client'
import { z } from 'zod'
import type { Call } from '../../daemon/domain/call.ts'
import type { ChallengePlace } from '../hands.ts'
import { forgetAccountUrl, openAccount } from './account.ts'
import type { CertificateBook, KeyedCertificate } from './book.ts'
import { certificatesIn, covers, lifeOf, ordered } from './chain.ts'
import { type Placed, proofOf, takeAway, valued, type ZoneOf } from './challenges.ts'
import { type Acme, authorityOf, type Directory, lawful, withAcme } from './directory.ts'
import { factsOf, namesIn } from './facts.ts'
import type { AcmeSettings } from './settings.ts'
import { AcmeTrouble, problem, trouble } from './trouble.ts'

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

const Note = z.object({
  directory: z.string(),
  url: z.string(),
  names: z.array(z.string()),
  /** PEM of the certificate's key. */
  key: z.string(),
  placed: z.array(z.object({ owner: z.string().nullable(), text: z.string() })),
})
type Note = z.output<typeof Note>

export const orderNote = (website: string): string => `order ${website}`

/** Of everything, from the first word to the certificate. */
const DEADLINE = 240_000
const FIRST = 150
const LONGEST = 5000

/** Throws an `AcmeTrouble`; the books of certificates are not touched. */
export async function orderCertificate(given: Ordering, order: Ordered, call: Call): Promise<KeyedCertificate> {
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(DEADLINE)])
  const errand: Call = { ...call, signal }
  return await withAcme({ ...given.directory, signal }, async library => {
    const walk = async () => {
      const client = await given.queue(() => openAccount(library, given.directory, given.settings, given.book))
      return await new Order(library, client, given, order, errand).walk()
    }
    try {
      return await walk()
    } catch (error) {
      if (!(error instanceof AcmeTrouble) || error.type !== 'accountDoesNotExist') throw error
      await forgetAccountUrl(given.directory, given.book)
      return await walk()
    }
  })
}

class Order {
  readonly #library: Acme
  readonly #client: acme.Client
  readonly #given: Ordering
  readonly #wish: Ordered
  readonly #call: Call

  constructor(library: Acme, client: acme.Client, given: Ordering, wish: Ordered, call: Call) {
    this.#library = library
    this.#client = client
    this.#given = given
    this.#wish = wish
    this.#call = call
  }

  async walk(): Promise<KeyedCertificate> {
    const left = await this.#leftOver()
    const { note, order } = left ?? (await this.#begin())
    const proved = order.status === 'pending' ? await this.#prove(note, order) : order
    const ready = await this.#until(order, proved, ({ status }) => status !== 'pending')
    if (ready.status === 'ready') await this.#lawful(this.#client.finalizeOrder(ready, await this.#request(note)))
    const valid = await this.#until(order, ready, ({ status }) => status === 'valid')
    return await this.#take(note, valid)
  }

  #lawful<T>(work: Promise<T>): Promise<T> {
    return lawful(this.#given.directory, work)
  }

  #keep(note: Note | null): Promise<void> {
    return this.#given.book.putNote(orderNote(this.#wish.website), note === null ? null : JSON.stringify(note))
  }

  /** What an earlier errand did not bring to its end, if it is for the same and still lives. */
  async #leftOver(): Promise<{ readonly note: Note; readonly order: acme.Order } | null> {
    const { book, directory } = this.#given
    const { website, names } = this.#wish
    const kept = await book.note(orderNote(website))
    if (kept === null) return null
    const note = Note.parse(JSON.parse(kept))
    const order = note.directory === directory.url && same(note.names, names) ? await this.#find(note.url) : null
    // The authority may be looking at the answers this very moment.
    if (order?.status === 'pending' && Date.parse(order.expires ?? '') > Date.now()) return { note, order }
    await this.#clear(note.placed)
    const clean = { ...note, placed: [] }
    // One that came to its end is either unknown to our books, or was taken before this one was due.
    const lives = order !== null && order.status !== 'invalid' && !(order.status === 'valid' && (await this.#isKnown(note, order)))
    if (lives) return { note: clean, order }
    await this.#keep(null)
    return null
  }

  async #isKnown(note: Note, order: acme.Order): Promise<boolean> {
    const { fingerprint } = await this.#take(note, order)
    return (await this.#given.book.versions(this.#wish.website)).some(one => one.fingerprint === fingerprint)
  }

  async #find(url: string): Promise<acme.Order | null> {
    try {
      return await this.#lawful(this.#client.getOrder({ url } as acme.Order))
    } catch (error) {
      if (error instanceof AcmeTrouble && !error.failure.retry && error.type !== 'accountDoesNotExist') return null
      throw error
    }
  }

  async #begin(): Promise<{ readonly note: Note; readonly order: acme.Order }> {
    const { directory } = this.#given
    const { names, replaces } = this.#wish
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const identifiers = names.map(value => ({ type: 'dns', value }))
    const plain = { identifiers }
    const create = (wish: acme.Order | typeof plain) => this.#lawful(this.#client.createOrder(wish))
    const order = replaces === null ? await create(plain) : await create({ ...plain, replaces } as typeof plain).catch(again(() => create(plain)))
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const note: Note = { directory: directory.url, url: order.url, names: [...names], key, placed: [] }
    await this.#keep(note)
    return { note, order }
  }

  /** All answers are put there and looked at before the authority is asked to look at the first. */
  async #prove(note: Note, order: acme.Order): Promise<acme.Order> {
    const open = (await this.#lawful(this.#client.getAuthorizations(order))).filter(({ status }) => status !== 'valid')
    const proving = { settings: this.#given.settings, zoneOf: this.#given.zoneOf, place: this.#wish.place, call: this.#call }
    const proofs = []
    for (const one of open) proofs.push(await proofOf(one, challenge => this.#client.getChallengeKeyAuthorization(challenge), proving))
    const placed: Placed[] = [...note.placed, ...proofs.map(proof => proof.placed)]
    await this.#keep({ ...note, placed })
    try {
      for (const proof of proofs) valued(await proof.put())
      for (const proof of proofs) {
        const wrong = await proof.look()
        if (wrong !== null) throw new AcmeTrouble(wrong)
      }
      for (const { challenge } of proofs) if (challenge.status === 'pending') await this.#lawful(this.#client.completeChallenge(challenge))
      return await this.#proved(order)
    } finally {
      // What was left is taken away by the next errand.
      await this.#keep({ ...note, placed: [...(await this.#clear(placed))] })
    }
  }

  async #proved(order: acme.Order): Promise<acme.Order> {
    for (let rest = FIRST; ; rest = Math.min(rest * 1.5, LONGEST)) {
      const all = await this.#lawful(this.#client.getAuthorizations(order))
      const dead = all.find(({ status }) => status !== 'pending' && status !== 'valid')
      if (dead !== undefined) throw this.#disproved(dead)
      if (all.every(({ status }) => status === 'valid')) return await this.#lawful(this.#client.getOrder(order))
      await this.#rest(rest)
    }
  }

  #disproved({ identifier, challenges, status }: acme.Authorization): AcmeTrouble {
    const error = challenges.map(one => one.error as { readonly type?: string; readonly detail?: string } | undefined).find(one => one !== undefined)
    const detail = `${identifier.value}: ${error?.detail ?? status}`
    return problem(authorityOf(this.#given.directory), 403, { type: error?.type ?? '', detail })
  }

  async #until(order: acme.Order, first: acme.Order, is: (order: acme.Order) => boolean): Promise<acme.Order> {
    let now = first
    for (let rest = FIRST; !is(now); rest = Math.min(rest * 1.5, LONGEST)) {
      if (now.status === 'invalid') {
        await this.#keep(null)
        const { type = '', detail = 'the order is invalid' } = (now.error ?? {}) as { readonly type?: string; readonly detail?: string }
        throw problem(authorityOf(this.#given.directory), 403, { type, detail })
      }
      if (now !== first) await this.#rest(rest)
      now = await this.#lawful(this.#client.getOrder(order))
    }
    return now
  }

  /** Beyond the deadline the order stays kept, and the next errand takes it up. */
  async #rest(ms: number): Promise<void> {
    const { signal } = this.#call
    await pause(ms, undefined, { signal }).catch(() => undefined)
    if (!signal.aborted) return
    const whom = authorityOf(this.#given.directory)
    throw trouble('timeout', {
      id: `${whom} belum selesai memeriksa; dilanjutkan pada percobaan berikutnya.`,
      en: `${whom} is not through with it yet; the next try goes on from here.`,
    })
  }

  async #request({ key, names }: Note): Promise<Buffer> {
    const [, csr] = await this.#library.crypto.createCsr({ altNames: [...names] }, key)
    return csr
  }

  async #take(note: Note, order: acme.Order): Promise<KeyedCertificate> {
    const pem = await this.#lawful(this.#client.getCertificate(order))
    const given = certificatesIn(pem).filter(one => one !== null)
    const key = createPrivateKey(note.key)
    const leaf = given.find(one => one.checkPrivateKey(key))
    const facts = leaf === undefined ? null : factsOf(leaf)
    const names = facts === null ? [] : namesIn(facts)
    if (leaf === undefined || !note.names.every(name => covers(names, name))) {
      await this.#keep(null)
      const whom = authorityOf(this.#given.directory)
      throw trouble('garbage', {
        id: `${whom} memberi sertifikat yang bukan untuk kunci dan nama-nama ini.`,
        en: `${whom} gave a certificate that is not for this key and these names.`,
      })
    }
    return {
      ...lifeOf(leaf),
      source: 'acme',
      directory: note.directory,
      names: note.names,
      chain: ordered(leaf, given).map(String).join(''),
      key: note.key,
    }
  }

  #clear(placed: readonly Placed[]): Promise<readonly Placed[]> {
    return takeAway(placed, { zoneOf: this.#given.zoneOf, place: this.#wish.place, call: this.#call })
  }
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every(name => b.includes(name))

/** An authority that does not take what it is said to replace takes the order without it. */
const again =
  <T>(without: () => Promise<T>) =>
  (error: unknown): Promise<T> => {
    if (error instanceof AcmeTrouble && !error.failure.retry && error.type !== 'accountDoesNotExist') return without()
    throw error
  }
