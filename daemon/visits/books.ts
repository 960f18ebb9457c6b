// The guest book: who was here in a month, as CSV and as the paper's lines; and who is inside now, for the list at the assembly point.
import type { Instant } from '../domain/call.ts'
import type { Layout } from '../domain/inventory.ts'
import type { VisitorRecord, VisitRecord } from '../domain/visit-record.ts'
import { dateTime } from '../domain/words/time.ts'
import { masked } from './identity.ts'
import type { VisitRoom } from './room.ts'

/** One line of the guest book. */
export interface LogLine {
  readonly no: number
  readonly visit: string
  readonly ticket: string
  readonly name: string
  readonly identity: string
  readonly company: string
  readonly organisation: string
  readonly purpose: string
  readonly place: string
  readonly escort: string
  readonly goods: string
  readonly badge: string
  readonly inAt: Instant
  readonly outAt: Instant | null
  readonly kind: VisitRecord['kind']
}

export interface InsideLine {
  readonly visit: number
  readonly visitor: number
  readonly number: string
  readonly site: string
  readonly name: string
  readonly company: string
  readonly badge: string
  readonly rooms: string
  readonly escort: string
  readonly mobile: string
  readonly inAt: Instant
  readonly overstay: boolean
}

const MOST = 20_000

const placeOf = ({ rooms, racks }: Pick<VisitRecord, 'rooms' | 'racks'>, plan: Pick<Layout, 'rooms' | 'racks'>): string =>
  [
    rooms.map(id => plan.rooms.find(one => one.id === id)?.name ?? id).join(', '),
    racks.map(id => plan.racks.find(one => one.id === id)?.name ?? id.toUpperCase()).join(', '),
  ]
    .filter(one => one !== '')
    .join(' · ')

export function openBooks({ sources, zone }: VisitRoom) {
  const { visits, layout } = sources

  /** People who came in within the span, the earliest first; of one site. */
  async function log(site: string, from: Instant, until: Instant): Promise<readonly LogLine[]> {
    const passes = await visits.passes(from, until, MOST)
    const byId = new Map((await visits.some([...new Set(passes.map(({ visit }) => visit))])).map(visit => [visit.id, visit]))
    const plan = layout()
    const lines: LogLine[] = []
    for (const pass of passes) {
      const visit = byId.get(pass.visit)
      const visitor = visit?.visitors.find(({ id }) => id === pass.visitor)
      if (visit === undefined || visitor === undefined || visit.site !== site) continue
      lines.push({
        no: lines.length + 1,
        visit: visit.number,
        ticket: visit.ticket?.number ?? '',
        name: visitor.name,
        identity: visitor.last === null || visitor.last === '' ? '' : masked(visitor.last),
        company: visitor.company,
        organisation: visit.organisation?.name ?? '',
        purpose: visit.purpose,
        place: placeOf(visit, plan),
        escort: visit.escort?.name ?? '',
        goods: visit.goods.map(({ kind, serial }) => `${kind}${serial === '' ? '' : ` (${serial})`}`).join('; '),
        badge: pass.badge ?? '',
        inAt: pass.inAt,
        outAt: pass.outAt,
        kind: visit.kind,
      })
    }
    return lines
  }

  return {
    log,
    /** Everybody who is inside, room by room. */
    async inside(now: Instant): Promise<readonly InsideLine[]> {
      const plan = layout()
      const line = (visit: VisitRecord, visitor: VisitorRecord): InsideLine => ({
        visit: visit.id,
        visitor: visitor.id,
        number: visit.number,
        site: visit.site,
        name: visitor.name,
        company: visitor.company,
        badge: visitor.badge ?? '',
        rooms: visit.rooms.map(id => plan.rooms.find(one => one.id === id)?.name ?? id).join(', '),
        escort: visit.escort?.name ?? '',
        mobile: visitor.mobile,
        inAt: visitor.inAt ?? now,
        overstay: visit.until < now,
      })
      return (await visits.live())
        .flatMap(visit => visit.visitors.filter(({ state }) => state === 'inside').map(visitor => line(visit, visitor)))
        .toSorted((one, other) => one.rooms.localeCompare(other.rooms) || one.name.localeCompare(other.name))
    },
    csv(lines: readonly LogLine[]): string {
      const at = (when: Instant | null) => (when === null ? '' : dateTime(when, zone(), 'id'))
      const rows = lines.map(one => [
        one.no,
        one.visit,
        one.ticket,
        at(one.inAt),
        at(one.outAt),
        one.name,
        one.identity,
        one.company,
        one.organisation,
        one.purpose,
        one.place,
        one.escort,
        one.badge,
        one.goods,
      ])
      return `\uFEFF${[HEADS, ...rows].map(row => row.map(cell).join(',')).join('\r\n')}\r\n`
    },
  }
}

const HEADS = [
  'No.',
  'Kunjungan',
  'Tiket',
  'Masuk',
  'Keluar',
  'Nama',
  'Identitas',
  'Perusahaan/Instansi',
  'Perangkat Daerah',
  'Keperluan',
  'Ruang/rak',
  'Pendamping',
  'Lencana',
  'Barang',
]

/** RFC 4180; a spreadsheet takes a cell that begins so for a formula. */
const cell = (value: string | number): string => {
  const text = String(value)
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
