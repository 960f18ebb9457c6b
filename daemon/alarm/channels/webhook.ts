// Notices by webhook: an HTTPS POST of JSON, signed over the raw body, so that the receiver knows it is from here and unchanged.
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Call } from '../../domain/call.ts'
import { done, type FailureKind, failed, type Outcome } from '../../domain/outcome.ts'
import type { ChannelEntry, Parcel } from '../channel.ts'
import { safeText } from '../letter.ts'

const Target = z.url({ protocol: /^https?$/ }).refine(isPrivateEnough, 'use https; plain http only to this machine')

const Settings = z.strictObject({
  /** Where recipients named by a path of their own (`/team-a`) are resolved against; a recipient may also be a whole URL. */
  url: Target,
  /** Key of the HMAC-SHA256 in `X-Suar-Signature-256: sha256=<hex>`. */
  secret: z.string().min(16),
})
type Settings = z.infer<typeof Settings>

function isPrivateEnough(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, username, password } = new URL(url)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/** What of an answer is read for the error text. */
const ANSWER = 200

const channel: ChannelEntry<Settings> = {
  name: 'webhook',
  settings: Settings,
  async send({ id, to, message }: Parcel, { url, secret }: Settings, { signal }: Call): Promise<Outcome<void>> {
    const target = URL.canParse(to, url) ? new URL(to, url).href : ''
    if (!isPrivateEnough(target)) return failed('invalid', `the recipient is no https address: ${safeText(to, [secret])}`)
    const body = JSON.stringify({ id, ...message })
    try {
      const answer = await fetch(target, {
        method: 'POST',
        // A redirect would carry the signed body to a place nobody named.
        redirect: 'manual',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Suar',
          'idempotency-key': id,
          'x-suar-signature-256': `sha256=${sign(body, secret)}`,
        },
        body,
        signal,
      })
      if (answer.ok) {
        await answer.body?.cancel()
        return done(undefined)
      }
      const said = await beginning(answer)
      const kind = kindOf(answer.status)
      const text = safeText(`the receiver answered ${answer.status}${said === '' ? '' : `: ${said}`}`, [secret])
      // A redirect stays one until somebody corrects the address.
      return kind === 'refused' ? failed(kind, text, false) : failed(kind, text)
    } catch (error) {
      return failureOf(error, secret)
    }
  },
}

export default channel

/** HMAC-SHA256 over the raw body, hex. */
export const sign = (body: string, secret: string): string => createHmac('sha256', secret).update(body, 'utf8').digest('hex')

async function beginning(answer: Response): Promise<string> {
  const reader = answer.body?.getReader()
  if (reader === undefined) return ''
  const { value } = await reader.read()
  await reader.cancel()
  return new TextDecoder().decode(value).slice(0, ANSWER)
}

function kindOf(status: number): FailureKind {
  if (status === 401 || status === 403) return 'wrongCredential'
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'busy'
  return status >= 300 && status < 400 ? 'refused' : 'invalid'
}

function failureOf(error: unknown, secret: string): Outcome<void> {
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return failed('timeout', 'the receiver did not answer in time')
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = (cause as { code?: string } | null)?.code ?? ''
  const kind: FailureKind = code === 'ECONNREFUSED' ? 'refused' : /TIMEOUT|TIMEDOUT/.test(code) ? 'timeout' : 'unreachable'
  return failed(kind, `the receiver cannot be reached: ${safeText(cause, [secret])}`)
}
