// What of certificates is kept over a restart, keys under lock by whoever keeps it.
import type { Instant } from '../../daemon/domain/call.ts'

export interface KeptCertificate {
  /** SHA-256 of the leaf, hexadecimal. */
  readonly fingerprint: string
  readonly source: 'acme' | 'own' | 'upload'
  /** PEM, the leaf first, each issued by the next. */
  readonly chain: string
  /** Those it was wanted for; of one that was handed in and not yet taken, all that it bears. */
  readonly names: readonly string[]
  readonly issuer: string
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Of ACME: the authority that issued it. */
  readonly directory?: string
}
export type KeyedCertificate = KeptCertificate & { readonly key: string }

export interface CertificateBook {
  current(website: string): Promise<KeyedCertificate | null>
  /** Of all websites, without their keys. */
  currents(): Promise<readonly (KeptCertificate & { readonly website: string })[]>
  /** The current one first, then those before it, as many as are kept. */
  versions(website: string): Promise<readonly KeyedCertificate[]>
  /** The newest is the current one; the one before is kept. */
  put(website: string, certificate: KeyedCertificate, at: Instant): Promise<void>
  /** An older one is current again, or none. False: there is no such. */
  restore(website: string, fingerprint: string | null): Promise<boolean>
  /** Handed in: what the next change puts in place. */
  hand(website: string, certificate: KeyedCertificate, at: Instant): Promise<void>
  handed(website: string): Promise<KeyedCertificate | null>
  /** Account keys, orders under way, failures and windows of renewals: by name, as texts, under lock. */
  note(name: string): Promise<string | null>
  putNote(name: string, text: string | null): Promise<void>
  notes(head: string): Promise<ReadonlyMap<string, string>>
}
