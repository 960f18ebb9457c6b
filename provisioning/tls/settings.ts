// How certificates come to be: settings under `provisioning`.
import { z } from 'zod'

/** Whoever names a directory here agrees to its terms of service. */
export const AcmeSettings = z.strictObject({
  /** Of any authority: https://acme-v02.api.letsencrypt.org/directory, or one of the intranet. */
  directory: z.url({ protocol: /^https$/ }).default('https://acme-v02.api.letsencrypt.org/directory'),
  /** Told to the authority, for its own notices. */
  email: z.email(),
  /** File (PEM) that proves the directory, instead of the public roots. */
  ca: z.string().min(1).optional(),
  /** External account binding: what the authority gave (RFC 8555, 7.3.4). */
  eab: z
    .strictObject({ kid: z.string().min(1), hmacKey: z.string().regex(/^[A-Za-z0-9_-]+={0,2}$/, 'base64url, as the authority gave it') })
    .optional(),
  /** Which proof is preferred. A wildcard is always proved by DNS; a name in no zone of ours always by HTTP. */
  challenge: z.enum(['http-01', 'dns-01']).default('http-01'),
  /**
   * Whether what the authority will look at is looked at first, so that its limits on failures are not used up. `servers`: whom to ask for addresses
   * (host:port) instead of this machine's own; `port`: where web servers listen. False where names look otherwise from here than to the authority.
   */
  look: z
    .union([
      z.literal(false),
      z.strictObject({ servers: z.array(z.string().min(1)).min(1).optional(), port: z.int().min(1).max(65_535).default(80) }),
    ])
    .default({ port: 80 }),
})
export type AcmeSettings = z.output<typeof AcmeSettings>

/** Files in PEM: the authority's certificate, then those above it, and its key. */
export const OwnAuthoritySettings = z.strictObject({
  certificate: z.string().min(1),
  key: z.string().min(1),
  /** How long what it issues lives. Apple takes no more than 825. */
  days: z.int().min(1).max(825).default(90),
})
export type OwnAuthoritySettings = z.output<typeof OwnAuthoritySettings>

export const TlsSettings = z.strictObject({
  acme: AcmeSettings.optional(),
  own: OwnAuthoritySettings.optional(),
  /** Files (PEM) with roots that visitors here trust besides the public ones. */
  roots: z.array(z.string().min(1)).default([]),
})
export type TlsSettings = z.output<typeof TlsSettings>
