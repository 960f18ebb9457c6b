// The papers of the visits: the guest book of a month and of a site, and who is inside at this moment.
import type { Clock, Instant } from '../domain/call.ts'
import type { Inventory } from '../domain/inventory.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { Paper } from '../domain/paper.ts'
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
    evacuation(frame: P, list: { readonly site: string; readonly at: Instant; readonly lines: readonly InsideLine[] }): Paper
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
    /** One list for each site, each on a page of its own: an assembly point counts its own people. */
    async evacuationPdf(): Promise<Outcome<Pdf>> {
      const at = clock()
      const { frame, render } = office()
      const { site: first, sites } = inventory()
      const inside = await visits.inside()
      const known = [first, ...sites]
      // Nobody is left out for a site that is no longer in the inventory.
      const others = [...new Set(inside.map(({ site }) => site))].filter(id => known.every(one => one.id !== id)).map(id => ({ id, name: id }))
      const lists = [...known, ...others].map(({ id, name }) =>
        papers.evacuation(frame(at), { site: name, at, lines: inside.filter(({ site }) => site === id) }),
      )
      const blocks = lists.flatMap((list, i) => (i === 0 ? list.blocks : [{ kind: 'page-break' as const }, ...list.blocks]))
      const set = await render({ ...lists[0], blocks })
      return set.ok ? done({ name: 'daftar-evakuasi.pdf', content: set.value.pdf }) : set
    },
    monthOf: (month: string) => monthOf(month, inventory().site.timezone),
  }
}
