// Certificates of websites: had from an authority, from the agency's own CA, or from who hands one in; kept, due, and told of.
import { readFile } from 'node:fs/promises'
import type { Call, Clock, Instant } from '../../daemon/domain/call.ts'
import type { Words } from '../../daemon/domain/form.ts'
import type { CertificateView } from '../../daemon/domain/hosting-view.ts'
import { done, type Failure, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { CertificateHands, CertificateMaterial } from '../hands.ts'
import type { WindowNote } from './ari.ts'
import type { CertificateBook, KeptCertificate, KeyedCertificate } from './book.ts'
import { certificatesIn } from './chain.ts'
import type { ZoneOf } from './challenges.ts'
import type { Directory } from './directory.ts'
import { orderNote } from './errand.ts'
import { allFailures, type FailureNote, failureOf, forgetFailure, noteFailure } from './failures.ts'
import { type Ground, isForeign, obtainNew, reusable } from './obtain.ts'
import { openOwnAuthority } from './own.ts'
import { renewAt, tryAgainAt, type Warning, type Window, warningOf } from './renewal.ts'
import type { AcmeSettings, TlsSettings } from './settings.ts'
import { readUpload, type Upload } from './upload.ts'
import { hearWindows, readWindow, windowNote, windowOf } from './windows.ts'
import { warningWords } from './words.ts'

const DAY = 86_400_000

export interface Due {
  readonly website: string
  readonly source: 'acme' | 'own' | 'upload'
  readonly names: readonly string[]
  /** `handed`: another one was handed in. `authority`: it is from another authority than the settings say. */
  readonly why: 'age' | 'authority' | 'handed'
  readonly since: Instant
}

export interface CertificateAlarm {
  readonly website: string
  readonly warning: Warning
  readonly notAfter: Instant
  readonly words: Words
}

export interface Certificates extends CertificateHands {
  /** Handed in for a website whose names these are: checked, and kept until a change puts it in place. The failure names the field. */
  hand(website: string, upload: Upload, names: readonly string[]): Promise<Outcome<CertificateView>>
  /** Those whose renewal may begin now: it is time, and the last failure is long enough ago. Asks nobody. */
  due(now: Instant): Promise<readonly Due[]>
  /** Asks authorities when they would have certificates renewed, each as often as it wants to be asked. */
  hear(call: Call): Promise<void>
  /** Due from now on, by a person's word, as if its authority had asked for it. */
  hasten(website: string): Promise<void>
  /** A renewal failed, here or elsewhere, and was undone: the next one waits. Told twice it counts once. */
  renewalFailed(website: string, failure: Failure): Promise<void>
  alarms(now: Instant): Promise<readonly CertificateAlarm[]>
  /** Of all websites that have one. */
  views(now: Instant): Promise<readonly CertificateView[]>
  /** The website is gone: nothing is renewed, tried or told for it any more. */
  forget(website: string): Promise<void>
}

export interface CertificatesOptions {
  readonly book: CertificateBook
  readonly settings: TlsSettings
  readonly zoneOf: ZoneOf
  readonly clock: Clock
}

type Told = KeptCertificate & { readonly website: string }
/** What besides a certificate itself decides when it is due. */
interface Around {
  readonly window: Window | null
  readonly failures: FailureNote | null
}

/** Reads the files that the settings name; the failure says which one cannot be used. */
export async function openCertificates({ book, settings, zoneOf, clock }: CertificatesOptions): Promise<Outcome<Certificates>> {
  const own = settings.own === undefined ? null : await openOwnAuthority(settings.own)
  if (own !== null && !own.ok) return own
  const directory = settings.acme === undefined ? null : await directoryOf(settings.acme)
  if (directory !== null && !directory.ok) return directory
  const roots: string[] = [...(own?.value.roots ?? [])]
  for (const file of settings.roots) {
    const pems = await pemsOf(file, 'provisioning.roots')
    if (!pems.ok) return pems
    roots.push(...pems.value)
  }
  const queue = oneByOne()
  return done(
    certificates({ book, queue, clock, zoneOf, roots, own: own?.value ?? null, acme: settings.acme ?? null, directory: directory?.value ?? null }),
  )
}

async function directoryOf({ directory, ca }: AcmeSettings): Promise<Outcome<Directory>> {
  if (ca === undefined) return done({ url: directory, ca: null })
  const pems = await pemsOf(ca, 'provisioning.acme.ca')
  return pems.ok ? done({ url: directory, ca: pems.value.join('') }) : pems
}

async function pemsOf(file: string, setting: string): Promise<Outcome<readonly string[]>> {
  try {
    const all = certificatesIn(await readFile(file, 'utf8'))
    const whole = all.filter(one => one !== null)
    return whole.length > 0 && whole.length === all.length
      ? done(whole.map(String))
      : failed('invalid', `There is no certificate (PEM) in ${file}. Check ${setting}.`)
  } catch (error) {
    return failed('invalid', `${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Check ${setting}.`)
  }
}

function certificates(ground: Ground): Certificates {
  const { book, clock, roots, directory } = ground
  const whyDue = (one: KeptCertificate, handed: boolean, window: Window | null, now: Instant): Due['why'] | null => {
    if (handed) return 'handed'
    if (one.source === 'upload') return null
    return isForeign(one, directory) ? 'authority' : now >= renewAt(one, window) ? 'age' : null
  }
  const material = ({ directory: _, ...one }: KeyedCertificate, due: boolean): CertificateMaterial => ({ ...one, ...(due ? { due: true } : {}) })

  const around = async (): Promise<(one: Told) => Promise<Around & { readonly handed: boolean }>> => {
    const failures = await allFailures(book)
    const windows = await book.notes(windowNote(''))
    return async ({ website, fingerprint, source }) => ({
      failures: [failures.get(website)].find(note => note?.of === fingerprint) ?? null,
      window: readWindow(windows.get(windowNote(fingerprint)))?.window ?? null,
      handed: source === 'upload' && (await isHanded(book, website, fingerprint)),
    })
  }

  return {
    async current(website) {
      const one = await book.current(website)
      if (one === null) return null
      const handed = one.source === 'upload' && (await isHanded(book, website, one.fingerprint))
      return material(one, whyDue(one, handed, await windowOf(book, one.fingerprint), clock()) !== null)
    },
    versions: async website => (await book.versions(website)).map(one => material(one, false)),
    roots: () => roots,
    async restore(website, fingerprint) {
      return (await book.restore(website, fingerprint))
        ? done(undefined)
        : failed('notFound', `The certificate ${fingerprint} of ${website} is no longer kept. Make a change that obtains another one.`)
    },

    async obtain(website, wanted, place, call) {
      const now = clock()
      const there = await reusable(ground, website, wanted, now)
      if (there !== null) {
        await book.put(website, there, now)
        return done(material(there, false))
      }
      const got = await obtainNew(ground, { website, names: wanted.names, place }, wanted.source, call)
      if (!got.ok) return got
      await book.put(website, got.value, clock())
      await book.putNote(orderNote(website), null)
      return done(material(got.value, false))
    },

    async hand(website, upload, names) {
      const read = readUpload(upload, { names, roots, now: clock() })
      if (!read.ok) return read
      await book.hand(website, read.value, clock())
      return done(viewOf({ ...read.value, website }, { window: null, failures: null }))
    },

    async due(now) {
      const of = await around()
      const due: Due[] = []
      for (const one of await book.currents()) {
        const { window, failures, handed } = await of(one)
        const why = whyDue(one, handed, window, now)
        if (why === null || (failures !== null && now < tryAgainAt(failures))) continue
        const { website, source, names } = one
        due.push({ website, source, names, why, since: why === 'age' ? renewAt(one, window) : now })
      }
      return due
    },

    hear: call => hearWindows(ground, clock(), call),

    async hasten(website) {
      const current = await book.current(website)
      if (current === null) return
      const now = clock()
      const note: WindowNote = { window: { start: now - 2, end: now - 1 }, askAt: now + DAY, misses: 0, page: null }
      await book.putNote(windowNote(current.fingerprint), JSON.stringify(note))
    },

    async renewalFailed(website, failure) {
      const [note, current] = [await failureOf(book, website), await book.current(website)]
      // Remembered already, where it failed.
      if (note !== null && note.of === (current?.fingerprint ?? null) && clock() < tryAgainAt(note)) return
      await noteFailure(book, website, failure, clock())
    },

    async alarms(now) {
      const of = await around()
      const alarms: CertificateAlarm[] = []
      for (const one of await book.currents()) {
        const about = await of(one)
        const warning = warningOf(one, now, about)
        if (warning === null) continue
        const { website, notAfter } = one
        alarms.push({ website, warning, notAfter, words: warningWords(website, warning, notAfter, about.failures?.words ?? null) })
      }
      return alarms
    },

    async views() {
      const of = await around()
      return Promise.all((await book.currents()).map(async one => viewOf(one, await of(one))))
    },

    async forget(website) {
      await forgetFailure(book, website)
      await book.putNote(orderNote(website), null)
    },
  }
}

const isHanded = async (book: CertificateBook, website: string, current: string): Promise<boolean> => {
  const handed = await book.handed(website)
  return handed !== null && handed.fingerprint !== current
}

function viewOf({ website, names, source, issuer, notBefore, notAfter, fingerprint }: Told, { window, failures }: Around): CertificateView {
  const at = source === 'upload' ? null : renewAt({ fingerprint, notBefore, notAfter }, window)
  return {
    ...{ website, names, source, issuer, notBefore, notAfter, fingerprint },
    renewAt: at === null || failures === null ? at : Math.max(at, tryAgainAt(failures)),
    trouble: failures?.words ?? null,
  }
}

/** Two that begin together would make two accounts. */
function oneByOne(): Ground['queue'] {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}
