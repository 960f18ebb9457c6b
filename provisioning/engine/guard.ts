// Too much at once: a mistake in what is wanted must not take a whole zone or every website of a host with it. After octoDNS.
import type { Call } from '../../daemon/domain/call.ts'
import { type ChangePlace, type PlanStep, placeKey, type Requested } from '../../daemon/domain/change.ts'
import type { Words } from '../../daemon/domain/form.ts'
import { done, type Outcome } from '../../daemon/domain/outcome.ts'
import type { Hands } from '../hands.ts'
import type { Resource } from '../resource.ts'
import type { Holding } from './book.ts'

export interface Guard {
  /** From how many things at a place on shares are looked at. */
  readonly least: number
  /** Largest share that may be changed or removed without force, 0 to 1. */
  readonly share: number
  held(place: ChangePlace): Promise<readonly Holding[]>
}

interface Looking {
  readonly shelf: ReadonlyMap<string, Resource>
  readonly hands: Hands
  readonly guard: Guard
}

/** Null: within measure. A change about one website touches its own things as it likes: only what else is at the place is counted. */
export async function guardOf(
  change: Requested,
  steps: readonly PlanStep[],
  { shelf, hands, guard }: Looking,
  call: Call,
): Promise<Outcome<Words | null>> {
  const places = new Map(steps.map(({ place }) => [placeKey(place), place]))
  for (const [key, place] of places) {
    const touched = steps.filter(step => placeKey(step.place) === key && step.action !== 'create')
    const entry = shelf.get(touched[0]?.resource ?? '')
    if (entry === undefined) continue
    const held = await guard.held(place)
    const own = new Set(
      held.filter(({ website }) => change.website !== null && website === change.website).map(({ resource, name }) => `${resource}/${name}`),
    )
    const others = touched.filter(({ resource, name }) => !own.has(`${resource}/${name}`))
    let there = held.length - own.size
    if (place.kind === 'zone') {
      const listed = await entry.list(place.id, hands, call)
      if (!listed.ok) return listed
      if (listed.value !== null) there = listed.value.size - own.size
    }
    if (there < guard.least || others.length <= there * guard.share) continue
    const percent = Math.round((others.length / there) * 100)
    return done({
      id: `Rencana ini mengubah atau menghapus ${others.length} dari ${there} yang ada di ${place.id} (${percent} %): harus dibenarkan orang kedua.`,
      en: `This plan changes or removes ${others.length} of the ${there} things at ${place.id} (${percent} %): a second person must agree.`,
    })
  }
  return done(null)
}
