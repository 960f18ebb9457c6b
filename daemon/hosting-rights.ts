// Who may ask for which names in a zone of ours, looked at before a change is made of it.
import { belongsToOthers } from '../provisioning/dns/rights.ts'
import type { Requested } from './domain/change.ts'
import { done, type FieldError, type Outcome, refused } from './domain/outcome.ts'
import { WHY } from './hosting-reasons.ts'
import type { Records } from './store/records.ts'

/**
 * On a ticket nobody gets what was given to others, and a plan that waits for a second person would only say so late. An officer may ask for it
 * without one: then a second person must agree. What the organisation has already stays its own.
 */
export async function grantedIn(
  { ticket, organisation, website, wanted }: Pick<Requested, 'ticket' | 'organisation' | 'website' | 'wanted'>,
  { zones, changes }: Pick<Records, 'zones' | 'changes'>,
): Promise<Outcome<void>> {
  if (ticket === null || organisation === null) return done(undefined)
  const errors: FieldError[] = []
  const records = wanted.filter(({ resource }) => resource === 'rrset')
  for (const [zone, asked] of Map.groupBy(records, ({ place }) => place.id)) {
    const rights = (await zones.find(zone))?.rights ?? []
    if (rights.length === 0) continue
    const own = new Set((await changes.held({ kind: 'zone', id: zone })).filter(one => one.organisation === organisation).map(({ name }) => name))
    for (const { name } of asked)
      if (!own.has(name) && belongsToOthers(rights, organisation, name)) {
        const words = WHY.othersName(name)
        errors.push({ field: website === null ? name : `records.${name}`, reason: words.en, words })
      }
  }
  const [first] = errors
  return first?.words === undefined ? done(undefined) : refused('forbidden', first.words, errors)
}
