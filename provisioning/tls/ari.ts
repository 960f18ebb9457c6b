// When an authority would have a certificate renewed (ARI, RFC 9773): asked as often as it says, between a minute and a day.
import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { Instant } from '../../daemon/domain/call.ts'
import { authorityOf, type Directory, jsonOf, refusal, speak } from './directory.ts'
import { authorityKeyId, factsOf } from './facts.ts'
import { backOff, type Window } from './renewal.ts'
import { AcmeTrouble, retryAfter, trouble } from './trouble.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** Where the authority does not say how soon. */
const USUAL = 6 * 3_600_000

export const WindowNote = z.object({
  window: z.object({ start: z.number(), end: z.number() }).nullable(),
  /** Not to be asked again before. */
  askAt: z.number(),
  /** How often in a row it did not answer. */
  misses: z.number(),
  /** Page on which the authority says why; null: none. */
  page: z.string().nullable(),
})
export type WindowNote = z.output<typeof WindowNote>

/** Key identifier of the issuer and serial number (RFC 9773, 4.1); null: the certificate does not say by which key it was issued. */
export function certificateId(chain: string): string | null {
  const facts = factsOf(new X509Certificate(chain))
  const issuer = facts === null ? null : authorityKeyId(facts)
  return facts === null || issuer === null ? null : `${issuer.toString('base64url')}.${facts.serial.toString('base64url')}`
}

/** Where the directory tells of renewals; null: it does not. */
export async function renewalInfoOf(directory: Directory, signal: AbortSignal): Promise<string | null> {
  const said = await heard(directory, directory.url, signal)
  const url = jsonOf(said.text)?.['renewalInfo']
  return typeof url === 'string' ? url : null
}

async function heard(directory: Directory, url: string, signal: AbortSignal) {
  const said = await speak(url, {}, { ...directory, signal })
  const refused = refusal(authorityOf(directory), said)
  if (refused !== null) throw refused
  return said
}

const Instants = z.object({
  suggestedWindow: z.object({ start: z.iso.datetime({ offset: true }), end: z.iso.datetime({ offset: true }) }),
  explanationURL: z.string().optional(),
})

/** Of one certificate. When the authority does not answer, what it said before goes on counting. */
export async function askWindow(
  {
    directory,
    url,
    id,
    before,
    now,
  }: { readonly directory: Directory; readonly url: string; readonly id: string; readonly before: WindowNote | null; readonly now: Instant },
  signal: AbortSignal,
): Promise<{ readonly note: WindowNote; readonly trouble: AcmeTrouble | null }> {
  try {
    const said = await heard(directory, `${url.replace(/\/$/, '')}/${id}`, signal)
    const found = Instants.safeParse(jsonOf(said.text))
    const window = found.success ? windowOf(found.data.suggestedWindow) : null
    if (!found.success || window === null) throw nonsense(directory)
    const wait = retryAfter(said.headers['retry-after'], now)
    const askAt = now + (wait === undefined ? USUAL : Math.min(DAY, Math.max(MINUTE, wait * 1000)))
    return { note: { window, askAt, misses: 0, page: found.data.explanationURL ?? null }, trouble: null }
  } catch (error) {
    if (!(error instanceof AcmeTrouble)) throw error
    const misses = (before?.misses ?? 0) + 1
    const askAt = now + Math.max(backOff(misses), (error.failure.after ?? 0) * 1000)
    return { note: { window: before?.window ?? null, askAt, misses, page: before?.page ?? null }, trouble: error }
  }
}

function windowOf({ start, end }: { readonly start: string; readonly end: string }): Window | null {
  const window = { start: Date.parse(start), end: Date.parse(end) }
  return window.end > window.start ? window : null
}

const nonsense = (directory: Directory) =>
  trouble('garbage', {
    id: `${authorityOf(directory)} memberi jangka pembaruan yang tidak dapat dibaca.`,
    en: `${authorityOf(directory)} gives a window of renewal that cannot be read.`,
  })
