// Holidays of an iCalendar file (RFC 5545): its whole-day events. What repeats by a rule is a mistake, because holidays are decided, not reckoned.
import type { Entries, Entry, Mistake } from './entry.ts'

const DAY = 86_400_000
/** A holiday of more days than this is a misread date. */
const LONGEST = 31

interface Line {
  readonly no: number
  readonly name: string
  readonly parameters: string
  readonly value: string
}

/** Lines with what was folded joined again (3.1); numbered by where they begin. */
function linesOf(text: string): Line[] {
  const joined: { no: number; text: string }[] = []
  for (const [i, line] of text.split(/\r\n|\n|\r/).entries()) {
    const last = joined.at(-1)
    if (/^[ \t]/.test(line) && last !== undefined) last.text += line.slice(1)
    else if (line !== '') joined.push({ no: i + 1, text: line })
  }
  return joined.flatMap(({ no, text: line }) => {
    const found = /^([A-Za-z0-9-]+)((?:;[^:;"]*(?:"[^"]*"[^:;"]*)*)*):(.*)$/.exec(line)
    return found === null ? [] : [{ no, name: (found[1] ?? '').toUpperCase(), parameters: found[2] ?? '', value: found[3] ?? '' }]
  })
}

const unescaped = (value: string): string => value.replace(/\\([\\;,nN])/g, (_, mark: string) => (mark.toLowerCase() === 'n' ? ' ' : mark)).trim()

/** Milliseconds of a DATE, or of a DATE-TIME at local midnight; null for others. */
function dayOf(value: string): number | null {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T0{6}Z?)?$/.exec(value.trim())
  return found === null ? null : Date.parse(`${found[1]}-${found[2]}-${found[3]}T00:00:00Z`)
}

export function readIcs(text: string): Entries {
  const entries: Entry[] = []
  const mistakes: Mistake[] = []
  let event: { readonly no: number; readonly lines: Map<string, Line> } | null = null
  for (const line of linesOf(text)) {
    if (line.name === 'BEGIN' && line.value.toUpperCase() === 'VEVENT') event = { no: line.no, lines: new Map() }
    else if (line.name === 'END' && line.value.toUpperCase() === 'VEVENT' && event !== null) {
      const read = entriesOf(event.no, event.lines)
      if (typeof read === 'string') mistakes.push({ line: event.no, reason: read })
      else entries.push(...read)
      event = null
    } else if (event !== null && !event.lines.has(line.name)) event.lines.set(line.name, line)
  }
  if (event !== null) mistakes.push({ line: event.no, reason: 'the file ends in the middle of this event' })
  return { entries, mistakes }
}

function entriesOf(no: number, lines: ReadonlyMap<string, Line>): Entry[] | string {
  const value = (name: string) => lines.get(name)?.value ?? ''
  if (value('STATUS').toUpperCase() === 'CANCELLED') return []
  if (lines.has('RRULE') || lines.has('RDATE')) return 'it repeats by a rule; write each day out'
  const name = unescaped(value('SUMMARY'))
  if (name === '') return 'it has no name (SUMMARY)'
  const begin = dayOf(value('DTSTART'))
  if (begin === null || Number.isNaN(begin)) return `it is no whole day (DTSTART:${value('DTSTART').slice(0, 30)})`
  // DTEND is the first day that is free no longer (3.6.1).
  const end = lines.has('DTEND') ? dayOf(value('DTEND')) : begin + DAY
  if (end === null || Number.isNaN(end) || end < begin) return `its end is no day after its beginning (DTEND:${value('DTEND').slice(0, 30)})`
  const days = Math.max(1, (end - begin) / DAY)
  if (days > LONGEST) return `it lasts ${days} days`
  return Array.from({ length: days }, (_, i) => ({
    line: lines.get('DTSTART')?.no ?? no,
    date: new Date(begin + i * DAY).toISOString().slice(0, 10),
    name,
    kind: '',
    source: '',
  }))
}
