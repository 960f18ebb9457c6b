// Notices by e-mail: SMTP with STARTTLS or TLS and, where wanted, a login. One letter a recipient, so that one bad address spoils no other.
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'
import type { Call } from '../../domain/call.ts'
import { done, type FailureKind, failed, type Outcome } from '../../domain/outcome.ts'
import type { ChannelEntry, Parcel } from '../channel.ts'
import { bodyOf, safeText, subjectOf } from '../letter.ts'

const Settings = z
  .strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).optional(),
    /** `starttls` refuses to go on in clear; `none` is for a relay on this machine. */
    security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
    user: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    /** A file with the certificate authority of a mail server of one's own. */
    caFile: z.string().min(1).optional(),
    from: z.string().min(3),
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), { message: 'user and password go together', path: ['password'] })
  .refine(({ security, password }) => security !== 'none' || password === undefined, {
    message: 'a password is never sent in clear: use starttls or tls',
    path: ['security'],
  })
type Settings = z.infer<typeof Settings>

const PORTS = { starttls: 587, tls: 465, none: 25 } as const

/** Milliseconds; the call's own stop comes on top. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000, dnsTimeout: 5_000 }

const channel: ChannelEntry<Settings> = {
  name: 'email',
  settings: Settings,
  async send({ id, to, message }: Parcel, settings: Settings, { signal }: Call): Promise<Outcome<void>> {
    const { host, security, user, password, caFile, from } = settings
    const explain = (error: unknown): Outcome<void> => failureOf(error, secretsOf(user, password))
    try {
      // With the first notice: most houses that are only tried out send none.
      const { createTransport } = await import('nodemailer')
      const transport = createTransport({
        host,
        port: settings.port ?? PORTS[security],
        secure: security === 'tls',
        requireTLS: security === 'starttls',
        ignoreTLS: security === 'none',
        ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password } }),
        tls: { minVersion: 'TLSv1.2', ...(isIP(host) ? {} : { servername: host }), ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }) },
        ...PATIENCE,
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      const stop = (): void => transport.close()
      signal.addEventListener('abort', stop, { once: true })
      try {
        await transport.sendMail({
          from,
          // An object, so that a comma in it does not make two recipients.
          to: { name: '', address: to },
          subject: subjectOf(message),
          text: bodyOf(message),
          messageId: `<${id}@suar>`,
          // Everything about one alarm is one thread.
          ...(message.alarm === null ? {} : { references: `<al${message.alarm}@suar>` }),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Suar-Notice': id, 'Idempotency-Key': id },
          date: new Date(message.at),
          signal,
        })
      } finally {
        signal.removeEventListener('abort', stop)
        transport.close()
      }
      return done(undefined)
    } catch (error) {
      return explain(error)
    }
  },
}

export default channel

/** The password as it may come back in a server's answer: plain, or as AUTH LOGIN and AUTH PLAIN encode it. */
function secretsOf(user = '', password = ''): readonly string[] {
  const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')
  return password === '' ? [] : [base64(`\0${user}\0${password}`), base64(password), password]
}

interface SmtpError {
  readonly code?: string
  readonly responseCode?: number
  readonly command?: string
}

function failureOf(error: unknown, secrets: readonly (string | undefined)[]): Outcome<void> {
  const { code = '', responseCode = 0 } = (error ?? {}) as SmtpError
  return failed(kindOf(code, responseCode, String((error as Error | null)?.message ?? '')), `mail server: ${safeText(error, secrets)}`)
}

/** RFC 5321: 4yz try again, 5yz do not. */
function kindOf(code: string, response: number, message: string): FailureKind {
  if (code === 'EAUTH' || code === 'ENOAUTH' || response === 530 || response === 535) return 'wrongCredential'
  if (code === 'ETIMEDOUT' || code === 'EABORT') return 'timeout'
  if (/ECONNREFUSED/.test(message)) return 'refused'
  if (response >= 500) return 'invalid'
  if (response >= 400) return 'busy'
  if (code === 'EENVELOPE') return 'invalid'
  if (code === 'EPROTOCOL' || code === 'ETLS') return 'garbage'
  return 'unreachable'
}
