// Drift: what is held against what is found. It reports; repairing and adopting are changes with plans like any other.
import type { Call, Clock } from '../../daemon/domain/call.ts'
import type { ChangePlace, Wanted } from '../../daemon/domain/change.ts'
import type { DriftItem, DriftReport } from '../../daemon/domain/hosting-view.ts'
import { done, type Outcome } from '../../daemon/domain/outcome.ts'
import type { Hands } from '../hands.ts'
import type { Holding } from './book.ts'
import { equal } from './digest.ts'
import type { Shelf } from './plan.ts'

export interface Looking {
  readonly shelf: Shelf
  readonly hands: Hands
  readonly held: readonly Holding[]
  readonly clock: Clock
}

/** Fails when the place cannot be asked: silence is not a missing website. */
export async function driftOf(place: ChangePlace, { shelf, hands, held, clock }: Looking, call: Call): Promise<Outcome<DriftReport>> {
  const began = clock()
  const items: DriftItem[] = []
  let checked = 0
  let others = 0
  for (const [name, entry] of shelf) {
    if (entry.place !== place.kind) continue
    const ours = new Map(held.filter(({ resource }) => resource === name).map(holding => [holding.name, holding]))
    if (ours.size > 0) {
      const read = await entry.read(place.id, [...ours.keys()], hands, call)
      if (!read.ok) return read
      for (const holding of ours.values()) {
        checked++
        const found = read.value.get(holding.name) ?? { kind: 'absent' }
        const { resource, name, state: wanted } = holding
        if (found.kind === 'absent') items.push({ kind: 'missing', resource, place, name, wanted, found })
        // What lost its mark is not ours any more, whatever is in it.
        else if (found.kind === 'foreign' || !equal(found.state, wanted)) items.push({ kind: 'changed', resource, place, name, wanted, found })
      }
    }
    const listed = await entry.list(place.id, hands, call)
    // What a place cannot have, nobody else has there either.
    if (!listed.ok && listed.failure.kind !== 'notSupported') return listed
    for (const [one, found] of (listed.ok ? listed.value : null) ?? []) {
      if (ours.has(one) || found.kind === 'absent') continue
      // A zone is many people's: what others have there is theirs, and may be thousands.
      if (place.kind === 'zone') others++
      else items.push({ kind: 'foreign', resource: name, place, name: one, wanted: null, found })
    }
  }
  return done({ place, at: began, checked, tookMs: clock() - began, items, ...(place.kind === 'zone' ? { others } : {}) })
}

/** What puts it right: things as they are held; what was found instead is taken over, not written over unseen. */
export const repairOf = (items: readonly DriftItem[]): readonly Wanted[] =>
  items.flatMap(({ kind, resource, place, name, wanted, found }): Wanted[] =>
    kind === 'foreign' ? [] : [{ resource, place, name, state: wanted, ...(found.kind === 'foreign' ? { adopt: true as const } : {}) }],
  )

/** What takes over what somebody else made, as it is. */
export const adoptionOf = (items: readonly DriftItem[]): readonly Wanted[] =>
  items.flatMap(({ kind, resource, place, name, found }): Wanted[] =>
    kind === 'foreign' && found.kind === 'foreign' ? [{ resource, place, name, state: found.state, adopt: true }] : [],
  )
