// What a signer is: an entry of the shelf `signers/`, and one opened with its settings. The seal of the agency is one; the state's service of signatures can be another.
import { z } from 'zod'
import type { Call } from '../domain/call.ts'
import { failed, type Outcome } from '../domain/outcome.ts'
import type { SignatureMethod } from '../domain/paper.ts'

export interface SignRequest {
  /** Of the signature in the file, unique: `Pihak1`. */
  readonly field: string
  /** As the reader of the file shows it. */
  readonly name: string
  readonly reason: string
  readonly place: string
  /** Milliseconds since 1970, and minutes east of Greenwich for writing it. */
  readonly at: number
  readonly offset: number
  /** Of a personal certificate: who signs, as the service knows him, and what he typed for this one signature. Never kept, never logged. */
  readonly personal: { readonly id: string; readonly passphrase: string } | null
}

export interface Signer {
  readonly method: SignatureMethod
  /** Whether every signature needs what only the person knows. */
  readonly asksPerson: boolean
  /**
   * Appends a signature; the bytes it was given stay the beginning of what it returns.
   * Failures: `conflict` the field is signed already; `wrongCredential`; `invalid` the file, or a certificate that is not valid then; those of a network.
   */
  sign(pdf: Uint8Array, request: SignRequest, call: Call): Promise<Outcome<Uint8Array>>
}

export interface SignerEntry<Settings = unknown> {
  readonly name: string
  readonly settings: z.ZodType<Settings>
  open(settings: Settings): Promise<Outcome<Signer>>
}

/** For reading the shelf. */
export const isSignerEntry = (value: unknown): value is SignerEntry =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'settings' in value &&
  value.settings instanceof z.ZodType &&
  'open' in value &&
  typeof value.open === 'function'

/** Opens the signer the settings name. `notFound`: no such entry on the shelf. `invalid`: its settings are wrong. */
export async function openSigner(
  { via, ...settings }: { readonly via: string; readonly [key: string]: unknown },
  shelf: ReadonlyMap<string, SignerEntry>,
): Promise<Outcome<Signer>> {
  const entry = shelf.get(via)
  if (entry === undefined) return failed('notFound', `signer.via: there is no signer "${via}"; use one of: ${[...shelf.keys()].join(', ')}`)
  const checked = entry.settings.safeParse(settings)
  if (!checked.success) {
    const issue = checked.error.issues[0]
    return failed('invalid', `signer.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`)
  }
  const opened = await entry.open(checked.data)
  return opened.ok ? { ok: true, value: appendingOnly(opened.value) } : opened
}

/** Holds every signer to its promise: one that writes the file anew breaks the signatures before it. */
const appendingOnly = (signer: Signer): Signer => ({
  ...signer,
  async sign(pdf, request, call) {
    const signed = await signer.sign(pdf, request, call)
    if (!signed.ok) return signed
    const kept = signed.value.length > pdf.length && Buffer.compare(signed.value.subarray(0, pdf.length), pdf) === 0
    return kept
      ? signed
      : failed('garbage', 'the signer wrote the document anew instead of appending to it; earlier signatures would be broken', false)
  },
})
