// How long what a request left behind is kept: by the agency's rule for its service, to the end of the year.
import type { Agency } from '../../domain/agency.ts'
import type { CivilDate } from '../../domain/paper.ts'

/** The last day in the archive of what was closed on `closed`; null: it is kept for ever. */
export function keptUntil({ retention }: Pick<Agency, 'retention'>, service: string, closed: CivilDate): CivilDate | null {
  const kept = retention.services[service] ?? retention.years
  return kept === 'permanent' ? null : { year: closed.year + kept, month: 12, day: 31 }
}
