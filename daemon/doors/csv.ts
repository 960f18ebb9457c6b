// Events as a table: what controllers that tell nothing by themselves let one save.
import type { Instant } from '../domain/call.ts'
import { readCsv } from '../domain/csv.ts'
import { DOOR_EVENTS, type DoorEvent, type DoorEventKind } from '../domain/opening.ts'
import { done, type FieldError, type Outcome, refused } from '../domain/outcome.ts'
import { openZone } from '../domain/zone.ts'

const HEADS = {
  time: ['time', 'waktu', 'date', 'tanggal', 'timestamp'],
  door: ['door', 'pintu', 'reader', 'pembaca'],
  event: ['event', 'kejadian', 'status'],
  card: ['card', 'kartu', 'cardno', 'badge'],
  sequence: ['sequence', 'index', 'no', 'nomor'],
} as const

/** The words that tables use, besides our own. */
const WORDS: Readonly<Record<string, DoorEventKind>> = {
  dibuka: 'opened',
  buka: 'opened',
  open: 'opened',
  ditutup: 'closed',
  tutup: 'closed',
  close: 'closed',
  diterima: 'granted',
  'akses diterima': 'granted',
  'access granted': 'granted',
  ditolak: 'denied',
  'akses ditolak': 'denied',
  'access denied': 'denied',
  'dibuka paksa': 'forced',
}
const MISTAKES_TOLD = 50

/** `invalid` tells every mistake by its line; nothing is taken then. Times without an offset are the site's. */
export function readTable(
  text: string,
  { controller, timezone, received }: { controller: string; timezone: string; received: Instant },
): Outcome<readonly DoorEvent[]> {
  const sheet = readCsv(text)
  if (!sheet.ok) return sheet
  const zone = openZone(timezone)
  const head = sheet.value.head.map(name => name.trim().toLowerCase())
  const at = (what: keyof typeof HEADS): number => head.findIndex(name => (HEADS[what] as readonly string[]).includes(name))
  const columns = { time: at('time'), door: at('door'), event: at('event'), card: at('card'), sequence: at('sequence') }
  const missing = (['time', 'door', 'event'] as const).filter(what => columns[what] < 0)
  if (missing.length > 0)
    return refused('invalid', {
      id: `Kolom tidak ditemukan: ${missing.map(what => HEADS[what][1]).join(', ')}. Baris pertama harus berisi nama kolom.`,
      en: `Columns are missing: ${missing.join(', ')}. The first line must name the columns.`,
    })
  const errors: FieldError[] = []
  const events: DoorEvent[] = []
  for (const { line, cells } of sheet.value.rows) {
    const cell = (what: keyof typeof columns): string => cells[columns[what]]?.trim() ?? ''
    const told = momentOf(cell('time'), zone)
    const word = cell('event').toLowerCase()
    const kind = DOOR_EVENTS.find(known => known === word) ?? WORDS[word]
    const wrong = (field: string, id: string, en: string) => errors.push({ field: `${line}.${field}`, reason: en, words: { id, en } })
    if (told === null)
      wrong('time', `Baris ${line}: waktu "${cell('time')}" tidak terbaca`, `Line ${line}: the time "${cell('time')}" cannot be read`)
    else if (told > received + 86_400_000) wrong('time', `Baris ${line}: waktu di masa depan`, `Line ${line}: the time lies in the future`)
    if (cell('door') === '') wrong('door', `Baris ${line}: pintu kosong`, `Line ${line}: no door`)
    if (kind === undefined)
      wrong('event', `Baris ${line}: kejadian "${cell('event')}" tidak dikenal`, `Line ${line}: the event "${cell('event')}" is not known`)
    if (told === null || kind === undefined) continue
    const card = cell('card').slice(0, 64)
    events.push({
      controller,
      reader: cell('door').slice(0, 100),
      kind,
      card: card === '' ? null : card,
      leaving: false,
      told,
      received,
      sequence: cell('sequence') === '' ? null : cell('sequence').slice(0, 64),
      via: 'csv',
    })
  }
  if (errors.length === 0) return done(events)
  return refused(
    'invalid',
    { id: `${errors.length} kesalahan; tidak ada yang diambil.`, en: `${errors.length} mistakes; nothing was taken.` },
    errors.slice(0, MISTAKES_TOLD),
  )
}

/** ISO 8601 with an offset, or the site's own wall clock: `2026-11-20 14:05[:09]`, `20/11/2026 14.05[.09]`. */
function momentOf(text: string, zone: ReturnType<typeof openZone>): Instant | null {
  if (/(Z|[+-]\d{2}:?\d{2})$/.test(text) && text.includes('T')) {
    const at = Date.parse(text)
    return Number.isNaN(at) ? null : at
  }
  const found = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/-](\d{1,2})[/-](\d{4}))[T ](\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(text)
  if (found === null) return null
  const [y, m, d, d2, m2, y2, hour = 0, minute = 0, second = 0] = found.slice(1).map(part => (part === undefined ? undefined : Number(part)))
  const [year = 0, month = 0, day = 0] = y === undefined ? [y2, m2, d2] : [y, m, d]
  const midnight = Date.UTC(year, month - 1, day)
  if (new Date(midnight).getUTCDate() !== day || month > 12 || hour > 23 || minute > 59 || second > 59) return null
  return zone.at(midnight / 86_400_000, hour * 60 + minute) + second * 1000
}
