// Letters out: SMTP with STARTTLS or TLS and, where wanted, a login.
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import { done, type FailureKind, failed } from '../domain/outcome.ts'
import { compose, type Sender } from './compose.ts'
import type { Carrier } from './outgoing.ts'
import { safeText } from './safe.ts'
import type { SmtpSettings } from './settings.ts'
import type { Templates } from './template.ts'

const PORTS = { starttls: 587, tls: 465, none: 25 } as const

/** Milliseconds; the call's own stop comes on top. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 5_000 }

export function smtpCarrier(settings: SmtpSettings, sender: Sender, templates: Templates): Carrier {
  const { host, security, user, password, caFile } = settings
  const secrets = password === undefined ? [] : [Buffer.from(`\0${user ?? ''}\0${password}`).toString('base64'), password]

  const open = () =>
    createTransport({
      host,
      port: settings.port ?? PORTS[security],
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

  return {
    name: 'email',
    async send(dispatch, { signal }) {
      const filled = templates.fill(dispatch.message.template, dispatch.message.values, dispatch.message.language)
      if (!filled.ok) return failed('invalid', filled.failure.message)
      const composed = compose(dispatch, filled.value, sender)
      if (!composed.ok) return composed
      const { headers, references, ...letter } = composed.value
      try {
        const transport = open()
        const stop = (): void => transport.close()
        signal.addEventListener('abort', stop, { once: true })
        try {
          await transport.sendMail({ ...letter, headers, references: [...references], date: new Date(dispatch.createdAt), signal })
        } finally {
          signal.removeEventListener('abort', stop)
          transport.close()
        }
        return done({ remoteId: letter.messageId })
      } catch (error) {
        return failed(kindOf(error), `mail server: ${safeText(error, secrets)}`)
      }
    },
  }
}

/** RFC 5321: 4yz try again, 5yz do not. */
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
