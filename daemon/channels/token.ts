// Names by which an answer finds its ticket, made so that nobody can guess one: an address with a token, and Message-IDs of ours.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** RFC 4648 base 32, lower case: mail addresses do not tell cases apart. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Signs of a mac: 60 bits, against a guess by letter. */
const LENGTH = 12

/** A ticket has a number; a draft, which an officer has yet to open, has the one of its row. */
const TICKET = '(?:T-\\d{4}-\\d{4,9}|D-\\d{1,12})'

const NAMED = new RegExp(`\\b${TICKET}\\b`, 'g')

/** The first few ticket numbers that a text names; each proves nothing by itself. */
export const namedIn = (text: string): readonly string[] => [...new Set(text.slice(0, 2_000).toUpperCase().match(NAMED) ?? [])].slice(0, 3)

export interface Tokens {
  /** `layanan+T-2026-0412.k3j9abcdefgh@dc.example`; the plain address where the server does not know plus addresses. */
  replyAddress(ticket: string): string
  /** The ticket of an address of ours; null for anything forged or foreign. */
  ticketOfAddress(address: string): string | null
  /** `<T-2026-0412.name.mac@dc.example>`: the same for the same name. */
  messageId(ticket: string | null, name: string): string
  /** Of a Message-ID of ours: its ticket (null: of none). `undefined`: not ours. */
  ticketOfMessageId(id: string): string | null | undefined
}

export interface TokenOptions {
  /** At least 32 octets. */
  readonly key: Uint8Array
  /** The desk's own address. */
  readonly address: string
  /** Whether the mail server delivers `name+anything@` to `name@`. */
  readonly plus: boolean
}

export function openTokens({ key, address, plus }: TokenOptions): Tokens {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const domain = address.slice(at + 1).toLowerCase()

  const mac = (what: string): string => {
    const digest = createHmac('sha256', key).update(what).digest()
    let bits = 0n
    for (const octet of digest.subarray(0, 8)) bits = (bits << 8n) | BigInt(octet)
    let text = ''
    for (let i = 0; i < LENGTH; i++) {
      text += ALPHABET[Number(bits & 31n)] ?? ''
      bits >>= 5n
    }
    return text
  }
  const proven = (what: string, given: string): boolean => {
    const right = Buffer.from(mac(what))
    const shown = Buffer.from(given.toLowerCase())
    return right.length === shown.length && timingSafeEqual(right, shown)
  }

  const addressPattern = new RegExp(`^(.+)\\+(${TICKET})\\.([a-z2-7]{${LENGTH}})@(.+)$`, 'i')
  const idPattern = new RegExp(`^<?(${TICKET}|0)\\.([a-z0-9-]{1,60})\\.([a-z2-7]{${LENGTH}})@([^<>@]+)>?$`, 'i')

  return {
    replyAddress: ticket => (plus ? `${local}+${ticket}.${mac(`address ${ticket}`)}@${domain}` : address),
    ticketOfAddress(given) {
      if (given.length > 320) return null
      const [, name = '', ticket = '', token = '', host = ''] = addressPattern.exec(given.trim()) ?? []
      if (name.toLowerCase() !== local.toLowerCase() || host.toLowerCase() !== domain) return null
      const number = ticket.toUpperCase()
      return proven(`address ${number}`, token) ? number : null
    },
    messageId: (ticket, name) => `<${ticket ?? '0'}.${name}.${mac(`id ${ticket ?? '0'} ${name}`)}@${domain}>`,
    ticketOfMessageId(id) {
      if (id.length > 320) return undefined
      const [, ticket = '', name = '', token = '', host = ''] = idPattern.exec(id.trim()) ?? []
      if (host.toLowerCase() !== domain || !proven(`id ${ticket.toUpperCase()} ${name}`, token)) return undefined
      return ticket === '0' ? null : ticket.toUpperCase()
    },
  }
}
