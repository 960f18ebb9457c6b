// Takes a table of organisations in over real records and the real registers, as the reception does.
import type { Outcome } from '../../../daemon/domain/outcome.ts'
import type { Organisation } from '../../../daemon/domain/people.ts'
import type { ImportAnswer } from '../../../daemon/domain/signin.ts'
import { importTable } from '../../../daemon/people/import.ts'
import { openPeopleDesk } from '../../../daemon/people/registers.ts'
import type { Records } from '../../../daemon/store/records.ts'

const BY = { name: 'Admin', account: 1, address: '127.0.0.1' }

/** `before`: asked of each line as it is written; what it gives instead of null is the answer. */
export function takeOrganisations(
  { people, accounts, audit }: Records,
  text: string,
  before: (value: Omit<Organisation, 'id'>) => Promise<Outcome<never> | null> = async () => null,
): Promise<Outcome<ImportAnswer>> {
  const { organisations } = openPeopleDesk({ kept: people, hasAccount: async () => true, audit, clock: () => 0, changed: () => undefined })
  const never = (): never => {
    throw new Error('organisations only')
  }
  return importTable('organisations', text, true, {
    together: audit.together,
    organisations: () => people.organisations.all(),
    persons: () => people.persons.all(),
    accounts: accounts.logins,
    async addOrganisation({ goneAt: _, ...value }) {
      return (await before({ ...value, goneAt: null })) ?? organisations.add(value, BY)
    },
    changeOrganisation: never,
    addPerson: never,
    changePerson: never,
    addAccount: never,
  })
}
