// Letters out, for notices of alarms and for the desk: SMTP with STARTTLS or TLS and, where wanted, a login. One letter a connection.
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import type { SendMailOptions } from 'nodemailer'
import { z } from 'zod'
import { done, type FailureKind, failed, type Outcome } from './domain/outcome.ts'

/** How a mail server is reached, in the settings of whoever sends. */
export const SMTP_SERVER = {
  host: z.string().min(1),
  /** 587 for starttls, 465 for tls, 25 for none. */
  port: z.int().min(1).max(65_535).optional(),
  /** `starttls` refuses to go on in clear; `none` is for a relay on this machine and takes no password. */
  security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  user: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  /** A file with the certificate authority of a mail server of one's own. */
  caFile: z.string().min(1).optional(),
}
export type SmtpServer = z.output<z.ZodObject<typeof SMTP_SERVER>>

export const NEVER_CLEAR = 'a password is never sent in clear: use starttls or tls'

/** What no settings of a mail server may be, each with its place. */
export const loginGoesTogether = {
  holds: ({ user, password }: Pick<SmtpServer, 'user' | 'password'>): boolean => (user === undefined) === (password === undefined),
  says: { message: 'user and password go together', path: ['password'] },
}
export const neverInClear = {
  holds: ({ security, password }: Pick<SmtpServer, 'security' | 'password'>): boolean => security !== 'none' || password === undefined,
  says: { message: NEVER_CLEAR, path: ['security'] },
}

const PORTS = { starttls: 587, tls: 465, none: 25 } as const

/** Milliseconds; the call's own stop comes on top. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 5_000 }

export interface Posting {
  readonly signal: AbortSignal
  /** One line for people, with the secrets taken out: a server may say them back. */
  readonly say: (error: unknown, secrets: readonly string[]) => string
}

/** Hands one letter to the mail server. Failures are those of the server, by RFC 5321: 4yz may be tried again, 5yz not. */
export async function postLetter(server: SmtpServer, letter: SendMailOptions, { signal, say }: Posting): Promise<Outcome<void>> {
  const { host, port, security, user, password, caFile } = server
  try {
    // With the first letter: most houses that are only tried out send none.
    const { createTransport } = await import('nodemailer')
    const transport = createTransport({
      host,
      port: port ?? PORTS[security],
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password } }),
      tls: { minVersion: 'TLSv1.2', ...(isIP(host) ? {} : { servername: host }), ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }) },
      ...PATIENCE,
      // What people write never becomes a file or an address that is read.
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    const stop = (): void => transport.close()
    signal.addEventListener('abort', stop, { once: true })
    try {
      await transport.sendMail({ ...letter, signal })
    } finally {
      signal.removeEventListener('abort', stop)
      transport.close()
    }
    return done(undefined)
  } catch (error) {
    return failed(kindOf(error), `mail server: ${say(error, secretsOf(server))}`)
  }
}

/** The password as it may come back in a server's answer: plain, or as AUTH LOGIN and AUTH PLAIN encode it. */
function secretsOf({ user = '', password = '' }: SmtpServer): readonly string[] {
  const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')
  return password === '' ? [] : [base64(`\0${user}\0${password}`), base64(password), password]
}

function kindOf(error: unknown): FailureKind {
  const { code = '', responseCode = 0, message = '' } = (error ?? {}) as { code?: string; responseCode?: number; message?: string }
  if (code === 'EAUTH' || code === 'ENOAUTH' || responseCode === 530 || responseCode === 535) return 'wrongCredential'
  if (code === 'ETIMEDOUT' || code === 'EABORT') return 'timeout'
  if (/ECONNREFUSED/.test(message)) return 'refused'
  if (responseCode >= 500) return 'invalid'
  if (responseCode >= 400) return 'busy'
  if (code === 'EENVELOPE') return 'invalid'
  if (code === 'EPROTOCOL' || code === 'ETLS') return 'garbage'
  return 'unreachable'
}
