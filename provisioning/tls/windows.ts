// The authorities' windows of renewal, kept by certificate and asked for anew when they are old.
import { z } from 'zod'
import type { Call, Instant } from '../../daemon/domain/call.ts'
import { askWindow, certificateId, renewalInfoOf, WindowNote } from './ari.ts'
import type { CertificateBook } from './book.ts'
import type { Directory } from './directory.ts'
import { backOff, type Window } from './renewal.ts'
import { AcmeTrouble } from './trouble.ts'

const DAY = 86_400_000

export const windowNote = (fingerprint: string): string => `window ${fingerprint}`
export const readWindow = (text: string | null | undefined): WindowNote | null =>
  text === null || text === undefined ? null : WindowNote.parse(JSON.parse(text))

/** As last heard; null: never. */
export const windowOf = async (book: CertificateBook, fingerprint: string): Promise<Window | null> =>
  readWindow(await book.note(windowNote(fingerprint)))?.window ?? null

/** Asks for each certificate of this authority whose answer is old. */
export async function hearWindows(
  { book, directory }: { readonly book: CertificateBook; readonly directory: Directory | null },
  now: Instant,
  call: Call,
): Promise<void> {
  if (directory === null) return
  const notes = await book.notes(windowNote(''))
  const currents = await book.currents()
  const mine = currents.filter(one => one.source === 'acme' && one.directory === directory.url)
  const kept = new Set(currents.map(({ fingerprint }) => windowNote(fingerprint)))
  for (const name of notes.keys()) if (!kept.has(name)) await book.putNote(name, null)
  const open = mine
    .map(one => ({ ...one, before: readWindow(notes.get(windowNote(one.fingerprint))) }))
    .filter(({ before }) => (before?.askAt ?? 0) <= now)
  const url = open.length === 0 ? null : await whereTold(book, directory, now, call)
  if (url === null) return
  for (const { website, fingerprint, chain, before } of open) {
    const id = certificateId(chain)
    if (id === null) continue
    const { note, trouble } = await askWindow({ directory, url, id, before, now }, call.signal)
    if (trouble?.failure.kind === 'cancelled') return
    if (trouble !== null) call.log.warn({ website, why: trouble.message }, 'the authority did not say when to renew')
    await book.putNote(windowNote(fingerprint), JSON.stringify(note))
  }
}

const Silence = z.object({ askAt: z.number(), misses: z.number() })
const silenceNote = ({ url }: Directory) => `silence ${url}`

/** Null: it tells of no renewals, and is not asked again for a day; or it does not answer, and is asked less and less. */
async function whereTold(book: CertificateBook, directory: Directory, now: Instant, call: Call): Promise<string | null> {
  const name = silenceNote(directory)
  const kept = await book.note(name)
  const silence = kept === null ? null : Silence.parse(JSON.parse(kept))
  if (silence !== null && now < silence.askAt) return null
  const put = (next: z.output<typeof Silence>) => book.putNote(name, JSON.stringify(next))
  try {
    const url = await renewalInfoOf(directory, call.signal)
    if (url === null) await put({ askAt: now + DAY, misses: 0 })
    else if (silence !== null) await book.putNote(name, null)
    return url
  } catch (error) {
    if (!(error instanceof AcmeTrouble)) throw error
    if (error.failure.kind === 'cancelled') return null
    const misses = (silence?.misses ?? 0) + 1
    await put({ askAt: now + Math.max(backOff(misses), (error.failure.after ?? 0) * 1000), misses })
    call.log.warn({ why: error.message }, 'the authority did not say when to renew')
    return null
  }
}
