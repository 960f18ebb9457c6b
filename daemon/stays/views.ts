// What of a stay whom may see: staff all of it; its organisation what is in custody, from the minutes on until it is gone.
import type { Viewer } from '../domain/people.ts'
import { reach } from '../domain/policy.ts'
import { isKept, type StayView, stateOfStay } from '../domain/stay.ts'

/** Null: none of this viewer's business, or not yet, or no more. */
export function stayFor(stay: StayView, viewer: Viewer): StayView | null {
  const scope = reach(viewer, 'stay.read')
  if (scope === 'all') return stay
  if (!scope.includes(stay.organisation.id)) return null
  const items = stay.items
    .filter(isKept)
    .map(item => ({ ...item, in: null, out: null, accepted: null, reservation: null, leaving: null, media: null }))
  return items.length === 0 ? null : { ...stay, items, state: stateOfStay(items), unlisted: [] }
}
