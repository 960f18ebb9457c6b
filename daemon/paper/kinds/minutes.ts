// Berita acara: the parties as they are on its day, the clauses of the catalogue, the signatures in their order.
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { type Block, type CivilDate, marked, type Paper } from '../../domain/paper.ts'
import type { MinutesInput } from '../../domain/paper-input.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { nipInGroups } from '../../domain/words/nip.ts'
import { isDate, terbilang } from '../../domain/words/terbilang.ts'
import { MONTH_NAMES, WEEKDAY_NAMES } from '../../domain/words/time.ts'
import { fillMarked, fillText } from '../fill.ts'
import { type Frame, fieldsOf, headed, paperOf, partyOf, type Signatory } from '../frame.ts'

/** `invalid`: a text names what is not known, there is no such day, or the parties are not as many as the minutes have. */
export function minutesPaper(frame: Frame, { minutes, parties, values, annexes = [] }: MinutesInput): Outcome<Paper> {
  const { language } = frame
  if (!isDate(frame.date)) return failed('invalid', `there is no day ${frame.date.year}-${frame.date.month}-${frame.date.day}`)
  if (parties.length !== minutes.parties.length)
    return failed('invalid', `the minutes have ${minutes.parties.length} parties, ${parties.length} officials are known for them`)
  const all = { ...values, ...dateValues(frame.date, language) }
  const title = fillText(minutes.title[language], all)
  if (!title.ok) return title
  const texts: Block[][] = []
  for (const text of [minutes.opening, ...minutes.clauses, minutes.closing]) {
    const filled = fillMarked(text[language], all)
    if (!filled.ok) return filled
    texts.push([{ kind: 'paragraph', content: filled.value, gap: 7 }])
  }
  const titles = minutes.parties.map(party => party.title[language])
  const [opening = [], ...others] = texts
  const blocks: Block[] = [
    headed(title.value, frame.number),
    ...opening,
    { kind: 'list', marker: 'roman', items: parties.map((party, i) => introduced(party, titles[i] ?? '', language)), gap: 7 },
    ...others.flat(),
    { kind: 'signatures', parties: parties.map((party, i) => partyOf(party, [`${titles[i] ?? ''},`], null)) },
    ...annexes.flatMap(({ title: name, blocks: content }): Block[] => [
      { kind: 'page-break' },
      { kind: 'heading', level: 2, content: name },
      ...content,
    ]),
  ]
  return done(paperOf(frame, 'minutes', title.value, blocks))
}

const LABELS = {
  id: { name: 'N a m a', position: 'Jabatan', unit: 'Unit', called: 'Selanjutnya disebut' },
  en: { name: 'Name', position: 'Position', unit: 'Unit', called: 'Hereafter called the' },
} as const

function introduced({ name, nip, position, unit }: Signatory, title: string, language: Lang): Block[] {
  const label = LABELS[language]
  const rows = [
    [label.name, name],
    ['NIP', nip === null ? null : nipInGroups(nip)],
    [label.position, position === '' ? null : position],
    [label.unit, unit === '' ? null : unit],
  ] as const
  return [
    fieldsOf(rows, { label: 62, keep: true, gap: 4 }),
    { kind: 'paragraph', content: marked(`**${label.called} ${title}**`), align: 'left', gap: 2 },
  ]
}

const two = (n: number): string => String(n).padStart(2, '0')

/** What minutes may name of their day. In English day and year stay in figures. */
function dateValues({ year, month, day }: CivilDate, language: Lang): Readonly<Record<string, string>> {
  const weekday = WEEKDAY_NAMES[language][new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? ''
  const words = language === 'id'
  return {
    weekday,
    day: words ? terbilang(day) : ordinal(day),
    month: MONTH_NAMES[language][month - 1] ?? '',
    year: words ? terbilang(year) : String(year),
    date: `${two(day)}-${two(month)}-${year}`,
  }
}

const ordinal = (n: number): string => `${n}${(n % 100 > 10 && n % 100 < 14 ? undefined : { 1: 'st', 2: 'nd', 3: 'rd' }[n % 10]) ?? 'th'}`
