// Names that are for a time only: told a month and a week ahead, and when the last day is over. Looked at with each round, told once for each.
import type { Clock } from './domain/call.ts'
import { dateOf, numberOf, openZone } from './domain/zone.ts'
import type { DomainTerm } from './store/terms.ts'

/** Days ahead. */
const AHEAD = [30, 7, 0] as const

export interface TermsOptions {
  readonly terms: {
    until(date: string): Promise<readonly DomainTerm[]>
    told(ticket: string, days: number): Promise<void>
  }
  readonly zone: () => string
  /** Together with its being noted, or neither. */
  readonly tell: (term: DomainTerm, days: number, noted: () => Promise<void>) => Promise<void>
  readonly clock: Clock
}

/** What is to be told of a term `left` days before its last day is over: the nearest mark that was reached and not told; null: nothing new. */
export function dueOf(left: number, told: number | null): number | null {
  const reached = AHEAD.filter(days => left <= days).at(-1)
  return reached === undefined || (told !== null && told <= reached) ? null : reached
}

export const openTerms = ({ terms, zone, tell, clock }: TermsOptions) => ({
  async tick(): Promise<void> {
    const today = openZone(zone()).dayAt(clock())
    for (const term of await terms.until(dateOf(today + AHEAD[0]))) {
      // On the last day itself there is one left.
      const due = dueOf(numberOf(term.until) - today + 1, term.told)
      if (due !== null) await tell(term, due, () => terms.told(term.ticket, due))
    }
  },
})
