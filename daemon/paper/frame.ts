// What every paper of an office has in common, and those who sign: small parts the kinds are made of.
import type { Instant } from '../domain/call.ts'
import type { Block, Cell, CivilDate, Fields, Paper, PaperKind, Party, SignatureMethod } from '../domain/paper.ts'
import type { ApplicationInput, PaperFrame as Frame, Signatory } from '../domain/paper-input.ts'
import type { Office } from '../domain/people.ts'
import type { Lang } from '../domain/words/lang.ts'
import { datePlain } from '../domain/words/terbilang.ts'
import { dateTime, MONTH_NAMES } from '../domain/words/time.ts'

export type { Frame, Signatory }

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

const ANSWERS = {
  id: { structural: 'Penanggung jawab struktural', technical: 'Penanggung jawab teknis' },
  en: { structural: 'Structurally responsible', technical: 'Technically responsible' },
} as const

/** The application and who answers for it on the day of the paper; no rows where there is none. */
export function applicationRows(label: string, application: ApplicationInput | null, language: Lang): (readonly [label: string, value: string])[] {
  if (application === null) return []
  const answering = (['structural', 'technical'] as const).flatMap(as => {
    const official = application[as]
    const said = official === null ? '' : `${official.name}${official.position === '' ? '' : `, ${official.position}`}`
    return official === null ? [] : [[ANSWERS[language][as], said] as const]
  })
  return [[label, application.name], ...answering]
}

export const cells = (...texts: readonly string[]): Cell[] => texts.map(content => ({ content }))

/** Paragraphs of what somebody typed: an empty line parts them. */
export const paragraphs = (text: string): Block[] =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map(content => ({ kind: 'paragraph', content }))
