// A list of holidays from outside, as ICS, CSV or JSON: what it says day by day, and every line that cannot be understood.
import { DateKey, Holiday } from '../../domain/calendar.ts'
import type { Entries, Entry, Mistake } from './entry.ts'
import { readIcs } from './ics.ts'
import { readTable } from './table.ts'

export interface HolidayList {
  readonly holidays: readonly Holiday[]
  readonly mistakes: readonly Mistake[]
}

/** Characters of a list, and days in it: a year has some thirty. */
const MOST = { characters: 1_000_000, days: 2_000 } as const

export function readList(text: string): HolidayList {
  if (text.length > MOST.characters) return { holidays: [], mistakes: [{ line: 0, reason: `longer than ${MOST.characters} characters` }] }
  const plain = text.replace(/^\uFEFF/, '').trim()
  if (plain === '') return { holidays: [], mistakes: [{ line: 0, reason: 'the list is empty' }] }
  const { entries, mistakes: unread } = /^BEGIN:VCALENDAR/i.test(plain) ? readIcs(plain) : /^[[{]/.test(plain) ? readJson(plain) : readTable(plain)
  const mistakes = [...unread]
  const holidays: Holiday[] = []
  const seen = new Set<string>()
  for (const entry of entries.slice(0, MOST.days)) {
    const made = holidayOf(entry)
    if (typeof made === 'string') mistakes.push({ line: entry.line, reason: made })
    else if (seen.has(`${made.date} ${made.name}`)) mistakes.push({ line: entry.line, reason: `${made.date} ${made.name} stands here twice` })
    else {
      seen.add(`${made.date} ${made.name}`)
      holidays.push(made)
    }
  }
  if (entries.length > MOST.days) mistakes.push({ line: entries[MOST.days]?.line ?? 0, reason: `more than ${MOST.days} days` })
  if (holidays.length === 0 && mistakes.length === 0) mistakes.push({ line: 0, reason: 'no holiday was found in it' })
  return {
    holidays: holidays.sort((one, other) => (one.date < other.date ? -1 : 1)),
    mistakes: mistakes.sort((one, other) => one.line - other.line),
  }
}

const KINDS: readonly (readonly [RegExp, Holiday['kind']])[] = [
  [/cuti\s*bersama|joint/i, 'joint-leave'],
  [/daerah|regional|provinsi|kabupaten|kota\b/i, 'regional'],
  [/nasional|national|public|libur|^$/i, 'national'],
]

function holidayOf({ date, name, kind, source }: Entry): Holiday | string {
  const day = dateIn(date)
  if (day === null) return `"${date.slice(0, 40)}" is no date; write 2027-01-31, 31/01/2027 or 31 Januari 2027`
  const told =
    kind.trim() !== ''
      ? KINDS.find(([pattern]) => pattern.test(kind.trim()))?.[1]
      : /cuti\s*bersama|joint (?:holiday|leave)/i.test(name)
        ? 'joint-leave'
        : 'national'
  if (told === undefined) return `"${kind.slice(0, 40)}" is no kind of holiday; write national, joint-leave or regional`
  const checked = Holiday.safeParse({ date: day, name, kind: told, source })
  return checked.success ? checked.data : `${checked.error.issues[0]?.path.join('.') ?? ''}: ${checked.error.issues[0]?.message ?? 'not understood'}`
}

const MONTHS = [
  /^jan/i,
  /^[fp]eb/i,
  /^mar/i,
  /^apr/i,
  /^(?:mei|may)/i,
  /^jun/i,
  /^jul/i,
  /^(?:agu|agt|ags|aug)/i,
  /^sep/i,
  /^o[kc]t/i,
  /^no[vp]/i,
  /^de[sc]/i,
]

/** `2027-01-31`, `20270131`, `31/01/2027`, `31 Januari 2027`; the weekday before it may stay. Null: none of these. */
function dateIn(text: string): string | null {
  const plain = text.trim().replace(/^[a-z’']+\s*,\s*/i, '')
  const two = (n: string | number) => String(n).padStart(2, '0')
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(plain)
  const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(plain)
  const words = /^(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})$/i.exec(plain)
  let date: string | null = null
  if (iso !== null) date = `${iso[1]}-${iso[2]}-${iso[3]}`
  else if (slashed !== null) date = `${slashed[3]}-${two(slashed[2] ?? '')}-${two(slashed[1] ?? '')}`
  else if (words !== null) date = `${words[3]}-${two(MONTHS.findIndex(month => month.test(words[2] ?? '')) + 1)}-${two(words[1] ?? '')}`
  return date !== null && DateKey.safeParse(date).success ? date : null
}

/** A list of objects, the same under `holidays`, or dates with names. JSON has no lines for us: entries are counted from 1. */
function readJson(text: string): Entries {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { entries: [], mistakes: [{ line: 0, reason: `not JSON: ${error instanceof Error ? error.message : String(error)}` }] }
  }
  const inner = isRecord(data) && Array.isArray(data['holidays']) ? data['holidays'] : data
  const rows: readonly unknown[] = Array.isArray(inner) ? inner : isRecord(inner) ? Object.entries(inner).map(([date, name]) => ({ date, name })) : []
  const entries: Entry[] = []
  const mistakes: Mistake[] = []
  for (const [i, row] of rows.entries()) {
    const at = (key: string) => (isRecord(row) && typeof row[key] === 'string' ? row[key] : '')
    const date = at('date')
    const name = at('name') || at('localName') || at('title')
    if (date === '' || name === '') mistakes.push({ line: i + 1, reason: 'an entry has a date and a name' })
    else entries.push({ line: i + 1, date, name, kind: at('kind'), source: at('source') })
  }
  return { entries, mistakes }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
