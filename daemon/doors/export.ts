// Openings as a table: for a spreadsheet, or for whoever looks into what happened at a door.
import { writeCsv } from '../domain/csv.ts'
import type { CardFault, Explanation, OpeningView } from '../domain/opening.ts'
import type { Lang } from '../domain/words/lang.ts'
import { dateTime } from '../domain/words/time.ts'

const HEADS: Readonly<Record<Lang, readonly string[]>> = {
  id: ['No.', 'Dibuka', 'Ditutup', 'Pintu', 'Kartu', 'Penjelasan', 'Oleh', 'Keterangan', 'Dibuka paksa', 'Dibiarkan terbuka', 'Berdua satu kartu'],
  en: ['No.', 'Opened', 'Closed', 'Door', 'Card', 'Explanation', 'By', 'Detail', 'Forced', 'Held open', 'Two on one card'],
}
const KINDS: Readonly<Record<Lang, Readonly<Record<Explanation['kind'], string>>>> = {
  id: {
    pending: 'Sedang dicocokkan',
    visit: 'Kunjungan',
    emergency: 'Masuk darurat',
    maintenance: 'Pemeliharaan',
    badge: 'Lencana tetap',
    noted: 'Dijelaskan petugas',
    unexplained: 'Tidak terjelaskan',
  },
  en: {
    pending: 'Being matched',
    visit: 'Visit',
    emergency: 'Emergency entry',
    maintenance: 'Maintenance',
    badge: 'Standing badge',
    noted: 'Explained by staff',
    unexplained: 'Unexplained',
  },
}
const FAULTS: Readonly<Record<Lang, Readonly<Record<CardFault, string>>>> = {
  id: {
    unknown: 'kartu tidak dikenal',
    notHere: 'kartu bukan untuk pintu ini',
    notNow: 'kartu di luar waktunya',
    revoked: 'kartu sudah dicabut',
    blocked: 'kartu orang yang diblokir',
  },
  en: {
    unknown: 'unknown card',
    notHere: 'card not for this door',
    notNow: 'card not for this time',
    revoked: 'card was revoked',
    blocked: 'card of a blocked person',
  },
}
const YES: Readonly<Record<Lang, string>> = { id: 'ya', en: 'yes' }

/** Whose it was, and what else there is to say of it. */
function told(explanation: Explanation, lang: Lang): readonly [string, string] {
  switch (explanation.kind) {
    case 'visit':
    case 'emergency':
    case 'maintenance':
      return [explanation.number, '']
    case 'badge':
      return [explanation.holder, '']
    case 'noted':
      return [explanation.by, explanation.reason]
    case 'unexplained':
      return ['', explanation.card === null ? '' : FAULTS[lang][explanation.card]]
    case 'pending':
      return ['', '']
  }
}

/** CSV with a byte order mark; times are the zone's. Cards stand masked, as on the page. */
export function openingsTable(openings: readonly OpeningView[], zone: string, lang: Lang): string {
  const rows = openings.map(({ id, openedAt, closedAt, name, card, explanation, forced, heldSince, tailgating }) => [
    String(id),
    dateTime(openedAt, zone, lang),
    closedAt === null ? '' : dateTime(closedAt, zone, lang),
    name,
    card ?? '',
    KINDS[lang][explanation.kind],
    ...told(explanation, lang),
    forced ? YES[lang] : '',
    heldSince === null ? '' : YES[lang],
    tailgating ? YES[lang] : '',
  ])
  return writeCsv(HEADS[lang], rows)
}
