// One order at an authority from its beginning, or from where a crash left it, to the certificate. Every step that cannot be found again is kept first.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import type acme from 'acme-client'
import type { Call } from '../../daemon/domain/call.ts'
import { forgetAccountUrl, openAccount } from './account.ts'
import type { KeyedCertificate } from './book.ts'
import { certificatesIn, covers, lifeOf, ordered } from './chain.ts'
import { authorityOf, withAcme } from './directory.ts'
import { asked, clearOrder, type Errand, keepOrder, keptOrder, looks, type Ordered, type Ordering, type OrderNote } from './errand.ts'
import { factsOf, namesIn } from './facts.ts'
import { prove } from './proving.ts'
import { AcmeTrouble, problem, trouble } from './trouble.ts'

/** Of everything, from the first word to the certificate. */
const DEADLINE = 240_000

/** Throws an `AcmeTrouble`; the books of certificates are not touched. */
export async function orderCertificate(given: Ordering, wish: Ordered, call: Call): Promise<KeyedCertificate> {
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(DEADLINE)])
  return await withAcme({ ...given.directory, signal }, async library => {
    const walk = async () => {
      const client = await given.queue(() => openAccount(library, given.directory, given.settings, given.book))
      return await carryOut({ ...given, ...wish, library, client, call: { ...call, signal } })
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

async function carryOut(errand: Errand): Promise<KeyedCertificate> {
  const { client } = errand
  const { note, order } = (await leftOver(errand)) ?? (await begin(errand))
  const proved = order.status === 'pending' ? await prove(errand, note, order) : order
  const ready = await until(errand, order, proved, ({ status }) => status !== 'pending')
  if (ready.status === 'ready') await asked(errand, client.finalizeOrder(ready, await requestOf(errand, note)))
  const valid = await until(errand, order, ready, ({ status }) => status === 'valid')
  return await take(errand, note, valid)
}

interface Begun {
  readonly note: OrderNote
  readonly order: acme.Order
}

/** What an earlier errand did not bring to its end, if it is for the same and still lives. */
async function leftOver(errand: Errand): Promise<Begun | null> {
  const note = await keptOrder(errand)
  if (note === null) return null
  const its = note.url !== '' && note.directory === errand.directory.url && same(note.names, errand.names)
  const order = its ? await find(asked(errand, errand.client.getOrder({ url: note.url } as acme.Order))) : null
  // The authority may be looking at the answers this very moment: they stay.
  if (order?.status === 'pending' && Date.parse(order.expires ?? '') > Date.now()) return { note, order }
  const lives =
    order !== null && order.status !== 'pending' && order.status !== 'invalid' && (order.status !== 'valid' || (await isNews(errand, note, order)))
  const left = await clearOrder(errand, note, !lives)
  return lives && left !== null ? { note: left, order } : null
}

/** One that came to its end: our books never heard of it. Else it was taken, and this errand is for the one after it. */
async function isNews(errand: Errand, note: OrderNote, order: acme.Order): Promise<boolean> {
  const got = await find(take(errand, note, order))
  return got !== null && !(await errand.book.versions(errand.website)).some(({ fingerprint }) => fingerprint === got.fingerprint)
}

/** Null: the authority no longer has it. */
async function find<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AcmeTrouble && !error.failure.retry && error.type !== 'accountDoesNotExist' && error.failure.kind !== 'cancelled')
      return null
    throw error
  }
}

async function begin(errand: Errand): Promise<Begun> {
  const { client, directory, names, replaces } = errand
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const plain = { identifiers: names.map(value => ({ type: 'dns', value })) }
  const create = (wish: typeof plain) => asked(errand, client.createOrder(wish))
  // An authority that does not take what it is said to replace takes the order without it.
  const order = (replaces === null ? null : await find(create({ ...plain, replaces } as typeof plain))) ?? (await create(plain))
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const note: OrderNote = { directory: directory.url, url: order.url, names: [...names], key, placed: [] }
  await keepOrder(errand, note)
  return { note, order }
}

async function until(errand: Errand, order: acme.Order, first: acme.Order, is: (order: acme.Order) => boolean): Promise<acme.Order> {
  let now = first
  for await (const _ of looks(errand)) {
    if (is(now)) break
    if (now.status === 'invalid') {
      await keepOrder(errand, null)
      const { type = '', detail = 'the order is invalid' } = (now.error ?? {}) as { readonly type?: string; readonly detail?: string }
      throw problem(authorityOf(errand.directory), 403, { type, detail })
    }
    now = await asked(errand, errand.client.getOrder(order))
    if (is(now)) break
  }
  return now
}

async function requestOf({ library }: Errand, { key, names }: OrderNote): Promise<Buffer> {
  const [, csr] = await library.crypto.createCsr({ altNames: [...names] }, key)
  return csr
}

async function take(errand: Errand, note: OrderNote, order: acme.Order): Promise<KeyedCertificate> {
  const pem = await asked(errand, errand.client.getCertificate(order))
  const given = certificatesIn(pem).filter(one => one !== null)
  const key = createPrivateKey(note.key)
  const leaf = given.find(one => one.checkPrivateKey(key))
  const facts = leaf === undefined ? null : factsOf(leaf)
  const names = facts === null ? [] : namesIn(facts)
  if (leaf === undefined || !note.names.every(name => covers(names, name))) {
    await keepOrder(errand, null)
    const whom = authorityOf(errand.directory)
    throw trouble('garbage', {
      id: `${whom} memberi sertifikat yang bukan untuk kunci dan nama-nama ini.`,
      en: `${whom} gave a certificate that is not for this key and these names.`,
    })
  }
  const chain = ordered(leaf, given).map(String).join('')
  return { ...lifeOf(leaf), source: 'acme', directory: note.directory, names: note.names, chain, key: note.key }
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every(name => b.includes(name))
