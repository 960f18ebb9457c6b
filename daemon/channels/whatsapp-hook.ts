// What Meta's webhook brings: proven by its signature, put aside at once and durably, worked on afterwards.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock, Log } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { oneLine } from './enclosure.ts'
import { BOUNDS } from './incoming.ts'
import { safeText } from './safe.ts'
import type { WhatsappSettings } from './settings.ts'
import { Notification, StatusWord, type WaitingWhatsapp, WhatsappMessage } from './whatsapp-words.ts'

export interface HookOptions {
  readonly settings: Pick<WhatsappSettings, 'appSecret' | 'verifyToken' | 'phoneNumberId'>
  readonly book: {
    find(source: string, externalId: string): Promise<unknown>
    wait(message: {
      readonly source: string
      readonly externalId: string
      readonly address: string
      readonly payload: unknown
      readonly at: number
    }): Promise<boolean>
  }
  /** Its later word about a message of ours. */
  readonly told: (remoteId: string, state: 'sent' | 'read' | 'failed', why: string | null) => Promise<void>
  /** A delivery bore the right signature. */
  readonly proven: () => void
  /** Something waits for work. */
  readonly came: () => void
  readonly clock: Clock
  readonly log: Log
}

export interface WhatsappHook {
  /** The handshake: gives the challenge back to who knows our token. `forbidden` to everybody else. */
  challenge(mode: string, token: string, challenge: string): Outcome<string>
  /** `forbidden`: not signed by the app. Otherwise everything is taken, or known already. */
  take(body: Uint8Array, signature: string | undefined): Promise<Outcome<void>>
}

/** Meta tries for 7 days; what is older was sent again by somebody else. Ms. */
const STALE = 7 * 86_400_000 + 3_600_000
const AHEAD = 10 * 60_000
const MESSAGES = 1_000

const same = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && timingSafeEqual(one, other)

export function openHook({ settings, book, told, proven, came, clock, log }: HookOptions): WhatsappHook {
  const signed = (body: Uint8Array, signature: string): boolean => {
    const given = /^sha256=([0-9a-f]{64})$/i.exec(signature)?.[1]
    return given !== undefined && same(Buffer.from(given, 'hex'), createHmac('sha256', settings.appSecret).update(body).digest())
  }

  async function keep(given: unknown, names: ReadonlyMap<string, string>): Promise<boolean> {
    const parsed = WhatsappMessage.safeParse(given)
    if (!parsed.success) {
      log.warn({ issues: parsed.error.issues.length }, 'a WhatsApp message of an unknown kind is passed over')
      return false
    }
    const message = parsed.data
    const at = Number(message.timestamp) * 1_000
    if (at < clock() - STALE || at > clock() + AHEAD) {
      log.warn({ id: message.id, at }, 'a WhatsApp message of another time is passed over')
      return false
    }
    // A thumb is no request.
    if (message.type === 'reaction' || message.type === 'system') return false
    if ((await book.find('whatsapp', message.id)) !== null) return false
    const payload: WaitingWhatsapp = { message, name: oneLine(names.get(message.from) ?? '', BOUNDS.name) }
    return book.wait({ source: 'whatsapp', externalId: message.id, address: message.from, payload, at })
  }

  async function hear(given: unknown): Promise<void> {
    const word = StatusWord.safeParse(given)
    if (!word.success) return
    const { id, status, errors } = word.data
    const why = errors?.map(({ code, title }) => `${code ?? ''} ${safeText(title ?? '', [settings.appSecret])}`.trim()).join('; ') ?? null
    if (status === 'failed') await told(id, 'failed', why ?? 'not delivered')
    else if (status === 'read') await told(id, 'read', null)
    else if (status === 'sent' || status === 'delivered') await told(id, 'sent', null)
  }

  return {
    challenge(mode, token, challenge) {
      // Digests, so that the length of ours is not told by the time it takes.
      const digest = (text: string): Buffer => createHmac('sha256', settings.verifyToken).update(text).digest()
      if (mode !== 'subscribe' || !same(digest(token), digest(settings.verifyToken)))
        return failed('forbidden', 'This is not the token that was agreed on.')
      return /^[\w.-]{1,200}$/.test(challenge) ? done(challenge) : failed('invalid', 'This is no challenge.')
    },

    async take(body, signature) {
      if (signature === undefined || !signed(body, signature)) return failed('forbidden', 'The signature is missing or wrong.')
      proven()
      let given: unknown
      try {
        given = JSON.parse(Buffer.from(body).toString('utf8'))
      } catch {
        return failed('invalid', 'The body is not JSON.')
      }
      const parsed = Notification.safeParse(given)
      // Signed, but of a kind we do not know: taken, or it would be sent for seven days.
      if (!parsed.success) {
        log.warn({}, 'a webhook of WhatsApp of an unknown kind is passed over')
        return done(undefined)
      }
      let fresh = false
      for (const { value } of parsed.data.entry.flatMap(({ changes }) => changes)) {
        // Another number of the same account may share the webhook.
        if (value.metadata !== undefined && value.metadata.phone_number_id !== settings.phoneNumberId) continue
        const names = new Map((value.contacts ?? []).map(({ wa_id, profile }) => [wa_id, profile?.name ?? '']))
        for (const message of (value.messages ?? []).slice(0, MESSAGES)) fresh = (await keep(message, names)) || fresh
        for (const status of (value.statuses ?? []).slice(0, MESSAGES)) await hear(status)
      }
      if (fresh) came()
      return done(undefined)
    },
  }
}
