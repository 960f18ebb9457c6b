// What a guard's device can tell by itself from the list it keeps: whose a code is, who is called so, and how the list looks after what was noted. Pure but for the hash.
import type { DoorActKind, DoorBook, VisitView } from '../../../daemon/domain/visit.ts'

export interface Act {
  readonly client: string
  readonly kind: DoorActKind
  readonly visit: number
  readonly visitor: number
  readonly code?: string
  /** By this device's clock. */
  readonly at: number
  readonly badge?: string
  readonly accepted?: boolean
  readonly matched?: boolean
  readonly reason?: string
  /** It could not be told at once: whoever stood there has gone on. */
  readonly kept?: true
}

const QR = 20
const SHORT = 8

const hex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map(octet => octet.toString(16).padStart(2, '0')).join('')
const octets = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text.match(/../g) ?? [], pair => Number.parseInt(pair, 16))

/** Whether this could be a code: of a QR, or eight characters of those that codes are written in. A name may look so too. */
export const looksLikeCode = (typed: string): boolean =>
  /^(SUAR-?[0-9A-Z]{20}|[2-9A-HJKMNP-TV-Z]{4}[ -]?[2-9A-HJKMNP-TV-Z]{4})$/.test(typed.trim().toUpperCase())

/** The hash a code is listed under; null: it has not the shape of one, or this browser keeps no secrets (no HTTPS). */
export async function hashOf(
  typed: string,
  { salt, rounds }: Pick<DoorBook, 'salt' | 'rounds'>,
  subtle: (typeof crypto)['subtle'] | undefined,
): Promise<string | null> {
  if (subtle === undefined) return null
  const plain = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  const text = new TextEncoder()
  if (plain.startsWith('SUAR') && plain.length === 4 + QR) return hex(await subtle.digest('SHA-256', text.encode(`SUAR-${plain.slice(4)}`)))
  if (plain.length !== SHORT) return null
  const key = await subtle.importKey('raw', text.encode(plain), 'PBKDF2', false, ['deriveBits'])
  return hex(await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: octets(salt), iterations: rounds }, key, 128))
}

/** Visits with somebody whose name, office or number has all the words. */
export function searchIn(visits: readonly VisitView[], typed: string): readonly VisitView[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return visits
  return visits.filter(visit => {
    const text = [
      visit.number,
      visit.ticket ?? '',
      visit.organisation?.name ?? '',
      visit.purpose,
      ...visit.visitors.flatMap(({ name, company }) => [name, company]),
    ]
      .join(' ')
      .toLowerCase()
    return words.every(word => text.includes(word))
  })
}

/** The list as it will be once the daemon has heard of it: what was noted shows at once. */
export function applied(book: DoorBook, act: Act): DoorBook {
  const visits = book.visits.map((visit): VisitView => {
    if (visit.id !== act.visit) return visit
    if (act.kind === 'goodsIn' || act.kind === 'goodsOut') {
      const goods = visit.goods.map(one =>
        one.id !== act.visitor ? one : act.kind === 'goodsIn' ? { ...one, inAt: one.inAt ?? act.at } : { ...one, outAt: one.outAt ?? act.at },
      )
      return { ...visit, goods }
    }
    const visitors = visit.visitors.map(one => {
      if (one.id !== act.visitor) return one
      if (act.kind === 'in')
        return {
          ...one,
          state: 'inside' as const,
          inAt: act.at,
          outAt: null,
          badge: act.badge ?? null,
          acceptedAt: act.accepted === true ? act.at : one.acceptedAt,
        }
      return act.kind === 'out' ? { ...one, state: 'out' as const, outAt: act.at } : { ...one, state: 'refused' as const }
    })
    return {
      ...visit,
      visitors,
      state: visitors.some(({ state }) => state === 'inside') ? 'inside' : visit.state === 'inside' ? 'approved' : visit.state,
    }
  })
  const codes =
    act.kind !== 'in'
      ? book.codes
      : Object.fromEntries(
          Object.entries(book.codes).map(([hash, of]) => [
            hash,
            of.visit === act.visit && of.visitor === act.visitor ? { ...of, spentAt: of.spentAt ?? act.at } : of,
          ]),
        )
  const handed = act.kind === 'in' ? act.badge : undefined
  return { ...book, visits, codes, badges: handed === undefined ? book.badges : book.badges.filter(card => card !== handed) }
}

export const insideIn = (visits: readonly VisitView[]): number =>
  visits.reduce((sum, visit) => sum + visit.visitors.filter(({ state }) => state === 'inside').length, 0)
