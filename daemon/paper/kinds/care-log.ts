// Buku pemeliharaan: of one register its assets, what is planned for them, and what was done in a year, as an office keeps it.
import type { Instant } from '../../domain/call.ts'
import type { Block, Cell, Paper } from '../../domain/paper.ts'
import { dateShort, wallTime } from '../../domain/words/time.ts'
import { cells, dayOf, type Frame, headed, paperOf } from '../frame.ts'

export interface CareLogInput {
  readonly site: string
  /** Name of the register. */
  readonly register: string
  readonly year: number
  readonly assets: readonly {
    readonly name: string
    readonly room: string
    readonly make: string
    readonly serial: string
    readonly kib: string
    readonly vendor: string
    /** Last day of the contract, `2026-12-31`. */
    readonly contract: string
  }[]
  readonly plans: readonly { readonly asset: string; readonly work: string; readonly rhythm: string; readonly next: Instant }[]
  readonly work: readonly {
    readonly number: string
    readonly from: Instant
    readonly until: Instant | null
    readonly asset: string
    readonly work: string
    readonly by: string
    readonly result: string
    /** What was found and what the readings showed. */
    readonly found: string
  }[]
}

const WORDS = {
  id: {
    title: (register: string, year: number) => `BUKU PEMELIHARAAN\n${register.toUpperCase()}\nTAHUN ${year}`,
    parts: ['A. DAFTAR ASET', 'B. RENCANA PEMELIHARAAN', 'C. CATATAN PEKERJAAN DAN UJI'],
    assets: ['NO.', 'NAMA', 'RUANG', 'MEREK DAN TIPE', 'NOMOR SERI', 'KODE BARANG', 'PENYEDIA', 'KONTRAK S.D.'],
    plans: ['NO.', 'ASET', 'PEKERJAAN', 'BERKALA', 'BERIKUTNYA'],
    work: ['NO.', 'NOMOR', 'MULAI', 'SELESAI', 'ASET', 'PEKERJAAN', 'PELAKSANA', 'HASIL', 'TEMUAN DAN PEMBACAAN'],
    none: 'Tidak ada.',
  },
  en: {
    title: (register: string, year: number) => `MAINTENANCE LOG\n${register.toUpperCase()}\n${year}`,
    parts: ['A. ASSETS', 'B. MAINTENANCE PLANS', 'C. WORK AND TESTS'],
    assets: ['NO.', 'NAME', 'ROOM', 'MAKE AND MODEL', 'SERIAL NUMBER', 'INVENTORY CODE', 'VENDOR', 'CONTRACT UNTIL'],
    plans: ['NO.', 'ASSET', 'WORK', 'RHYTHM', 'NEXT'],
    work: ['NO.', 'NUMBER', 'BEGAN', 'ENDED', 'ASSET', 'WORK', 'BY', 'RESULT', 'FINDINGS AND READINGS'],
    none: 'None.',
  },
} as const

export function careLogPaper(frame: Frame, { site, register, year, assets, plans, work }: CareLogInput): Paper {
  const words = WORDS[frame.language]
  const title = words.title(register, year)
  const day = (at: Instant | null) => (at === null ? '–' : `${dateShort(at, frame.zone, frame.language)}`)
  const whole = (at: Instant) => dayOf(wallTime(at, frame.zone), frame.language)
  const contract = (day: string) => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
    return day === '' ? '' : dayOf({ year, month, day: date }, frame.language)
  }
  const dash = (text: string) => (text === '' ? '–' : text)
  const table = (part: number, widths: readonly number[], heads: readonly string[], rows: readonly (readonly string[])[]): readonly Block[] => [
    { kind: 'heading', level: 2, content: words.parts[part] ?? '' },
    {
      kind: 'table',
      size: 8.5,
      columns: widths.map((width, i) => (i === 0 ? { width, align: 'center' } : { width })),
      head: [cells(...heads)],
      rows:
        rows.length === 0
          ? [[{ content: words.none, columns: heads.length, align: 'center' } satisfies Cell]]
          : rows.map(row => cells(...row.map(dash))),
    },
    { kind: 'space', height: 8 },
  ]
  return paperOf(
    frame,
    'careLog',
    title.replaceAll('\n', ' '),
    [
      headed(title, null),
      { kind: 'paragraph', content: site, align: 'center' },
      ...table(
        0,
        [4, 20, 14, 18, 13, 15, 18, 12],
        words.assets,
        assets.map((one, i) => [String(i + 1), one.name, one.room, one.make, one.serial, one.kib, one.vendor, contract(one.contract)]),
      ),
      ...table(
        1,
        [4, 24, 36, 26, 14],
        words.plans,
        plans.map((one, i) => [String(i + 1), one.asset, one.work, one.rhythm, whole(one.next)]),
      ),
      ...table(
        2,
        [4, 11, 10, 10, 15, 22, 12, 9, 32],
        words.work,
        work.map((one, i) => [String(i + 1), one.number, day(one.from), day(one.until), one.asset, one.work, one.by, one.result, one.found]),
      ),
    ],
    true,
  )
}
