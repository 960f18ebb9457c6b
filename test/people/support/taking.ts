// Takes a table in over real records, as the reception does.
import type { Outcome } from '../../../daemon/domain/outcome.ts'
import type { ImportAnswer } from '../../../daemon/domain/signin.ts'
import { type Import, importTable } from '../../../daemon/people/import.ts'
import type { ImportInto } from '../../../daemon/people/import-rows.ts'
import type { Records } from '../../../daemon/store/records.ts'

export function take(
  what: Import,
  { people, accounts, audit }: Records,
  text: string,
  change: Partial<ImportInto> = {},
): Promise<Outcome<ImportAnswer>> {
  const { organisations, persons } = people
  return importTable(what, text, true, {
    organisations,
    persons,
    accounts,
    writes: () => organisations.writes() + persons.writes() + accounts.writes(),
    trail: entries => audit.ready(entries.map(entry => ({ actor: 'Admin', ...entry }))),
    links: async ids => ids.map(String),
    together: audit.together,
    ...change,
  })
}
