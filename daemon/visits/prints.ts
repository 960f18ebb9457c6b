// The papers of the visits: the guest book of a month and of a site, and who is inside at this moment.
import type { Clock, Instant } from '../domain/call.ts'
import type { Inventory } from '../domain/inventory.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import { wallTime } from '../domain/words/time.ts'
import { instantOf } from './asked.ts'
import type { InsideLine, LogLine } from './books.ts'
import { WHY } from './reasons.ts'

interface Given<P> {
  readonly visits: {
    log(site: string, from: Instant, until: Instant): Promise<readonly LogLine[]>
    inside(): Promise<readonly InsideLine[]>
  }
  readonly inventory: () => Pick<Inventory, 'site' | 'sites'>
  readonly office: () => { frame(at: Instant): P; render(paper: unknown): Promise<Outcome<{ readonly pdf: Uint8Array }>> }
  readonly papers: {
    log(
      frame: P,
      book: { readonly site: string; readonly kind: 'dc' | 'drc'; readonly year: number; readonly month: number; readonly lines: readonly LogLine[] },
    ): unknown
    evacuation(frame: P, list: { readonly site: string; readonly at: Instant; readonly lines: readonly InsideLine[] }): unknown
  }
  readonly clock: Clock
}

export interface Pdf {
  readonly name: string
  readonly content: Uint8Array
}

/** First instant of a month (`2026-11`), and of the next. */
function monthOf(month: string, zone: string): { readonly from: Instant; readonly until: Instant } {
  const [year = 0, n = 0] = month.split('-').map(Number)
  const at = (y: number, m: number): Instant => instantOf(`${y}-${String(m).padStart(2, '0')}-01T00:00`, zone)
  return { from: at(year, n), until: n === 12 ? at(year + 1, 1) : at(year, n + 1) }
}

export function openPrints<P>({ visits, inventory, office, papers, clock }: Given<P>) {
  return {
    /** `month`: `2026-11`. */
    async logPdf(site: string, month: string): Promise<Outcome<Pdf>> {
      const { site: first, sites } = inventory()
      const found = [first, ...sites].find(({ id }) => id === site)
      if (found === undefined) return refused('notFound', WHY.unknownSite(site))
      const { from, until } = monthOf(month, first.timezone)
      const { year, month: n } = wallTime(from, first.timezone)
      const lines = await visits.log(site, from, until)
      const { frame, render } = office()
      const set = await render(papers.log(frame(clock()), { site: found.name, kind: found.kind, year, month: n, lines }))
      return set.ok ? done({ name: `buku-tamu-${site}-${month}.pdf`, content: set.value.pdf }) : set
    },
    async evacuationPdf(): Promise<Outcome<Pdf>> {
      const at = clock()
      const { frame, render } = office()
      const set = await render(papers.evacuation(frame(at), { site: inventory().site.name, at, lines: await visits.inside() }))
      return set.ok ? done({ name: 'daftar-evakuasi.pdf', content: set.value.pdf }) : set
    },
    monthOf: (month: string) => monthOf(month, inventory().site.timezone),
  }
}
