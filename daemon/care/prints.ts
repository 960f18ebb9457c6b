// The registers on paper and as tables: what is kept up, how often, and what was done and tested in a year.
import type { Clock, Instant } from '../domain/call.ts'
import type { AssetKind, WorkOrderView } from '../domain/care.ts'
import type { AssetView } from '../domain/care-sent.ts'
import { writeCsv } from '../domain/csv.ts'
import type { Layout } from '../domain/inventory.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import { CARE_WORDS, rhythmSaid, testSaid } from '../domain/words/care-words.ts'
import type { Lang } from '../domain/words/lang.ts'
import { dateTime, wallTime } from '../domain/words/time.ts'
import { dayIn, instantAt } from './due.ts'

export interface CareFilePrinted {
  readonly name: string
  readonly content: Uint8Array
}

interface LogLines {
  readonly site: string
  readonly register: string
  readonly year: number
  readonly assets: readonly Readonly<Record<'name' | 'room' | 'make' | 'serial' | 'kib' | 'vendor' | 'contract', string>>[]
  readonly plans: readonly { readonly asset: string; readonly work: string; readonly rhythm: string; readonly next: Instant }[]
  readonly work: readonly (Readonly<Record<'number' | 'asset' | 'work' | 'by' | 'result' | 'found', string>> & {
    readonly from: Instant
    readonly until: Instant | null
  })[]
}

interface Given<P extends { readonly language: Lang }> {
  register(): Promise<readonly AssetView[]>
  /** Begun by `to`, and not over before `from`. */
  between(from: Instant, to: Instant): Promise<readonly WorkOrderView[]>
  /** Open and of late. */
  live(): Promise<readonly WorkOrderView[]>
  readonly layout: () => Layout
  readonly office: () => { frame(at: Instant): P; render(paper: unknown): Promise<Outcome<{ readonly pdf: Uint8Array }>> }
  readonly paper: (frame: P, log: LogLines) => unknown
  readonly clock: Clock
}

export function openCarePrints<P extends { readonly language: Lang }>({ register, between, live, layout, office, paper, clock }: Given<P>) {
  const zone = (): string => layout().site.timezone
  const rooms = (): ReadonlyMap<string, string> => new Map(layout().rooms.map(({ id, name }) => [id, name]))
  const found = (one: WorkOrderView, lang: Lang): string => {
    const checks = one.checklist.filter(line => !line.done).map(line => `☐ ${line.text}`)
    return [one.fault, testSaid(one, lang), one.note, one.state === 'done' ? checks.join(', ') : ''].filter(text => text !== '').join('. ')
  }

  async function log(kind: AssetKind, year: number): Promise<Outcome<CareFilePrinted>> {
    const { frame: frameAt, render } = office()
    const frame = frameAt(clock())
    const lang = frame.language
    const names = rooms()
    const assets = (await register()).filter(one => one.kind === kind)
    const [from, to] = [year, year + 1].map(one => instantAt(Date.UTC(one, 0, 1), zone()))
    const work = (await between(from ?? 0, (to ?? 0) - 1)).filter(({ asset }) => asset.kind === kind)
    const set = await render(
      paper(frame, {
        site: layout().site.name,
        register: CARE_WORDS[lang].kinds[kind],
        year,
        assets: assets.map(one => ({ ...one, room: names.get(one.room ?? '') ?? '', contract: one.contract ?? '' })),
        plans: assets.flatMap(({ name, plans }) =>
          plans.map(plan => ({ asset: name, work: plan.title, rhythm: rhythmSaid(plan, lang), next: plan.next.at })),
        ),
        work: work.map(one => ({
          ...{ number: one.number, asset: one.asset.name, work: one.title, by: one.by ?? '' },
          ...{ from: one.from ?? one.dueAt, until: one.until, found: found(one, lang) },
          result: one.result === null ? CARE_WORDS[lang].states[one.state] : CARE_WORDS[lang].results[one.result],
        })),
      }),
    )
    return set.ok ? done({ name: `buku-pemeliharaan-${kind}-${year}.pdf`, content: set.value.pdf }) : set
  }

  async function assetsTable(kind: AssetKind | null): Promise<string> {
    const names = rooms()
    return writeCsv(
      ['jenis', 'nama', 'ruang', 'merek', 'nomor seri', 'kode barang', 'perangkat', 'penyedia', 'kontrak sampai', 'rencana', 'catatan'],
      (await register())
        .filter(one => kind === null || one.kind === kind)
        .map(one => [
          ...[one.kind, one.name, names.get(one.room ?? '') ?? '', one.make, one.serial, one.kib, one.device ?? '', one.vendor],
          ...[one.contract ?? '', one.plans.map(plan => `${plan.title}: ${rhythmSaid(plan, 'id')}`).join('; '), one.note],
        ]),
    )
  }
  async function ordersTable(kind: AssetKind | null): Promise<string> {
    const time = (at: Instant | null) => (at === null ? '' : dateTime(at, zone(), 'id'))
    return writeCsv(
      [
        'nomor',
        'aset',
        'pekerjaan',
        'keadaan',
        'mendesak',
        'jatuh tempo',
        'mulai',
        'selesai',
        'oleh',
        'hasil',
        'kunjungan',
        'kerusakan',
        'uji',
        'catatan',
      ],
      (await live())
        .filter(one => kind === null || one.asset.kind === kind)
        .map(one => [
          ...[one.number, one.asset.name, one.title, one.state, one.urgency ?? '', time(one.dueAt), time(one.from), time(one.until), one.by ?? ''],
          ...[one.result ?? '', one.visit?.number ?? '', one.fault, testSaid(one, 'id'), one.note],
        ]),
    )
  }

  return {
    /** `year` null: this one. */
    log: (kind: AssetKind, year: number | null) => log(kind, year ?? wallTime(clock(), zone()).year),
    async table(table: 'assets' | 'orders', kind: AssetKind | null): Promise<CareFilePrinted> {
      const name = `perawatan-${[table, kind, dayIn(clock(), zone())].filter(part => part !== null).join('-')}.csv`
      return { name, content: Buffer.from(table === 'assets' ? await assetsTable(kind) : await ordersTable(kind)) }
    },
  }
}
