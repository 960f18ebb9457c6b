// The numbers of visits: `KJ-2026-0017`, running within the year of the site's own calendar.
import type { Instant } from '../domain/call.ts'
import { wallTime } from '../domain/words/time.ts'
import type { VisitBooks } from './sources.ts'

/** Within the transaction that writes the visit: what is given up gives its number back. */
export async function numberOf(
  visits: Pick<VisitBooks, 'draw'>,
  at: Instant,
  zone: string,
): Promise<{ readonly id: number; readonly number: string }> {
  const { year } = wallTime(at, zone)
  return { id: await visits.draw(0), number: `KJ-${year}-${String(await visits.draw(year)).padStart(4, '0')}` }
}
