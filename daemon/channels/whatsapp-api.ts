// The WhatsApp Cloud API as a client: messages out, media in. Free text only while the customer's 24 hours run; after that an approved template.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock, Instant } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { type Answer, ask, jsonOf } from './ask.ts'
import { oneLine } from './enclosure.ts'
import { BOUNDS } from './incoming.ts'
import type { Carrier } from './outgoing.ts'
import { safeText } from './safe.ts'
import type { WhatsappSettings } from './settings.ts'
import type { Templates } from './template.ts'
import type { WhatsappMedia } from './whatsapp-words.ts'

/** Milliseconds. The window is 24 h; a minute is kept back for clocks and the way. */
const WINDOW = 24 * 3_600_000 - 60_000
const TIMEOUT = 20_000
const MEDIA_TIMEOUT = 120_000
const MOST_JSON = 1_048_576
/** Signs of a text message. */
const LONGEST = 4_096

const Fault = z.object({ error: z.object({ code: z.number().optional(), message: z.string().default('') }) })

/** Codes of developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. */
const BUSY: ReadonlySet<number> = new Set([4, 80007, 130429, 131000, 131016, 131048, 131056, 133004])
const CREDENTIAL: ReadonlySet<number> = new Set([0, 10, 190, 200, 131005])

export function whatsappApi(settings: WhatsappSettings) {
  const { api, version, phoneNumberId, token, appSecret, mediaHosts } = settings
  const secrets = [token, appSecret]
  const headers = { authorization: `Bearer ${token}` }

  function understood(answer: Answer): Outcome<unknown> {
    const json = jsonOf('WhatsApp', answer)
    if (answer.status >= 200 && answer.status < 300) return json
    const fault = json.ok ? Fault.safeParse(json.value).data?.error : undefined
    const why = `WhatsApp: ${answer.status}${fault?.code === undefined ? '' : ` (${fault.code})`} ${safeText(fault?.message ?? '', secrets)}`.trim()
    if (answer.status === 401 || (fault?.code !== undefined && CREDENTIAL.has(fault.code))) return failed('wrongCredential', why)
    if (answer.status >= 500 || answer.status === 429 || (fault?.code !== undefined && BUSY.has(fault.code))) return failed('busy', why)
    return failed('invalid', why)
  }

  /** Only where Meta keeps media, or the API itself stands: the token goes along. */
  function trusted(url: string): boolean {
    const base = new URL(api)
    const place = URL.canParse(url) ? new URL(url) : null
    if (place === null || place.username !== '' || place.password !== '') return false
    return place.origin === base.origin || (place.protocol === 'https:' && place.port === '' && mediaHosts.includes(place.hostname))
  }

  return {
    async send(body: object, signal: AbortSignal): Promise<Outcome<{ readonly remoteId: string | null }>> {
      const answer = await ask(
        'WhatsApp',
        `${api}/${version}/${phoneNumberId}/messages`,
        {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ messaging_product: 'whatsapp', recipient_type: 'individual', ...body }),
        },
        { signal, secrets, timeout: TIMEOUT, most: MOST_JSON },
      )
      if (!answer.ok) return answer
      const sent = understood(answer.value)
      if (!sent.ok) return sent
      const id = z.object({ messages: z.array(z.object({ id: z.string() })).min(1) }).safeParse(sent.value)
      return done({ remoteId: id.data?.messages[0]?.id ?? null })
    },

    /** `tooBig`, `notFound` (media live for 30 days); `garbage` when it is not what was announced. */
    async media({ id, sha256 }: WhatsappMedia, signal: AbortSignal): Promise<Outcome<Buffer>> {
      const asked = await ask('WhatsApp', `${api}/${version}/${id}`, { headers }, { signal, secrets, timeout: TIMEOUT, most: MOST_JSON })
      if (!asked.ok) return asked
      const told = understood(asked.value)
      if (!told.ok) return told
      const about = z.object({ url: z.string(), file_size: z.coerce.number().optional() }).safeParse(told.value)
      if (!about.success || !trusted(about.data.url)) return failed('garbage', 'WhatsApp: the place of a file is none of Meta')
      if ((about.data.file_size ?? 0) > BOUNDS.attachment) return failed('tooBig', 'WhatsApp: a file is too big')
      const got = await ask('WhatsApp', about.data.url, { headers }, { signal, secrets, timeout: MEDIA_TIMEOUT, most: BOUNDS.attachment })
      if (!got.ok) return got
      const { status, body } = got.value
      if (status !== 200) return failed(status >= 500 || status === 429 ? 'busy' : 'notFound', `WhatsApp: status ${status} for a file`)
      const hash = createHash('sha256').update(body)
      // Told as base 64 or as hexadecimal, by where it is told.
      const [hex, base64] = [hash.copy().digest('hex'), hash.digest('base64')]
      if (sha256 !== undefined && sha256 !== base64 && sha256.toLowerCase() !== hex) return failed('garbage', 'WhatsApp: a file came damaged', true)
      return done(body)
    },
  }
}
export type WhatsappApi = ReturnType<typeof whatsappApi>

export interface WhatsappCarrierOptions {
  readonly api: Pick<WhatsappApi, 'send'>
  readonly approved: WhatsappSettings['templates']
  readonly templates: Templates
  /** When this number last wrote to us. */
  readonly lastFrom: (number: string) => Promise<Instant | null>
  readonly clock: Clock
}

export function whatsappCarrier({ api, approved, templates, lastFrom, clock }: WhatsappCarrierOptions): Carrier {
  return {
    name: 'whatsapp',
    async send({ to, message }, { signal }) {
      if (!/^\d{5,20}$/.test(to)) return failed('invalid', 'The recipient is no telephone number in digits.')
      const last = await lastFrom(to)
      if (last !== null && clock() - last < WINDOW) {
        const filled = templates.fill(message.template, message.values, message.language)
        if (!filled.ok) return failed('invalid', filled.failure.message)
        const body = `*${filled.value.subject}*\n\n${filled.value.body}`.slice(0, LONGEST)
        return api.send({ to, type: 'text', text: { body, preview_url: false } }, signal)
      }
      const own = approved[message.template]
      if (own === undefined)
        return failed(
          'invalid',
          `WhatsApp: ${to} has not written within 24 hours, and no approved template stands for "${message.template}" in the settings.`,
        )
      // A parameter may hold no line feed, tab or row of blanks.
      const parameters = own.values.map(value => ({ type: 'text', text: oneLine(message.values[value] ?? '', 1_000) || '-' }))
      const components = parameters.length === 0 ? [] : [{ type: 'body', parameters }]
      return api.send({ to, type: 'template', template: { name: own.name, language: { code: own.language }, components } }, signal)
    },
  }
}
