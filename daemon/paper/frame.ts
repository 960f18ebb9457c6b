// What every paper of an office has in common, and those who sign: small parts the kinds are made of.
import type { Instant } from '../domain/call.ts'
import type { Block, Cell, CivilDate, Fields, Letterhead, Paper, PaperKind, Party, SignatureMethod, Verification } from '../domain/paper.ts'
import type { Office } from '../domain/people.ts'
import type { Lang } from '../domain/words/lang.ts'
import { datePlain } from '../domain/words/terbilang.ts'
import { dateTime, MONTH_NAMES } from '../domain/words/time.ts'

export interface Frame {
  readonly letterhead: Letterhead | null
  /** The office, for the file's metadata. */
  readonly author: string
  /** Where papers are signed. */
  readonly place: string
  readonly language: Lang
  /** IANA zone of the times on it. */
  readonly zone: string
  /** The day it is dated. */
  readonly date: CivilDate
  /** When it is made. */
  readonly at: Instant
  readonly number: string | null
  readonly verification: Verification | null
  readonly size?: 'A4' | 'F4'
}

/** Who signs, as he is on the day of the paper. Null: not known, a line is left to write it on. */
export interface Signatory {
  readonly name: string | null
  readonly nip: string | null
  readonly position: string
  readonly unit: string
  readonly rank: string
  /** What stands instead of a signature by hand; null: room for one. */
  readonly instead: string | null
  /** Room for a wet stamp. */
  readonly stamp: boolean
}

/** The official of a chair on a day: a stand-in signs as one. */
export const positionHeld = (position: string, kind: Office['kind']): string =>
  kind === 'definitive' ? position : `${kind === 'plh' ? 'Plh.' : 'Plt.'} ${position}`

export const paperOf = (frame: Frame, kind: PaperKind, title: string, blocks: readonly Block[], wide = false): Paper => ({
  kind,
  title,
  number: frame.number,
  letterhead: frame.letterhead,
  blocks,
  footer: frame.number === null ? title : `${title} · ${frame.number}`,
  verification: frame.verification,
  language: frame.language,
  date: frame.at,
  author: frame.author,
  size: frame.size ?? 'A4',
  landscape: wide,
})

/** Title and number, as papers of an office begin. */
export const headed = (title: string, number: string | null): Block => ({
  kind: 'heading',
  level: 1,
  content: number === null ? title : `${title}\nNomor : ${number}`,
})

/** "20 November 2026". */
export const dayOf = ({ year, month, day }: CivilDate, language: Lang): string =>
  language === 'id' ? datePlain({ year, month, day }) : `${day} ${MONTH_NAMES.en[month - 1] ?? ''} ${year}`

/** "Pangkalpinang, 20 November 2026". */
export const placeAndDay = ({ place, date, language }: Frame): string => `${place}, ${dayOf(date, language)}`

/** A moment in the frame's zone; a dash for none. */
export const momentOf = (at: Instant | null, { zone, language }: Pick<Frame, 'zone' | 'language'>): string =>
  at === null ? '–' : dateTime(at, zone, language)

export const partyOf = (signatory: Signatory, title: readonly string[], place: string | null): Party => ({
  title,
  place,
  note: null,
  stamp: signatory.stamp,
  instead: signatory.instead,
  name: signatory.name,
  rank: signatory.rank === '' ? null : signatory.rank,
  nip: signatory.nip,
})

/** One official at the right, as letters end. */
export const signedBy = (frame: Frame, signatory: Signatory): Block => ({
  kind: 'signatures',
  parties: [partyOf(signatory, [`${signatory.position},`], placeAndDay(frame))],
})

const INSTEAD = {
  id: { approval: 'Disetujui secara elektronik', seal: 'Disegel secara elektronik', certified: 'Ditandatangani secara elektronik' },
  en: { approval: 'Approved electronically', seal: 'Sealed electronically', certified: 'Signed electronically' },
} as const

/** What stands on paper where a signature by hand would: how it was given and when. Null: by hand, room is left for it. */
export const insteadOf = (method: SignatureMethod, at: Instant, frame: Pick<Frame, 'zone' | 'language'>): string | null =>
  method === 'scan' ? null : `${INSTEAD[frame.language][method]}\n${dateTime(at, frame.zone, frame.language)}`

export const fieldsOf = (
  rows: readonly (readonly [label: string, value: string | null])[],
  more: Partial<Omit<Fields, 'kind' | 'rows'>> = {},
): Fields => ({
  kind: 'fields',
  rows: rows.map(([label, value]) => ({ label, value })),
  ...more,
})

export const cells = (...texts: readonly string[]): Cell[] => texts.map(content => ({ content }))

/** Paragraphs of what somebody typed: an empty line parts them. */
export const paragraphs = (text: string): Block[] =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map(content => ({ kind: 'paragraph', content }))
