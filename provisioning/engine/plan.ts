// A plan: what is, held against what is wanted, as steps in order. It looks and touches nothing.
import type { Call, Clock } from '../../daemon/domain/call.ts'
import {
  type ChangePlace,
  DANGERS,
  type Danger,
  type Found,
  type Plan,
  type PlanStep,
  placeKey,
  type Requested,
  type State,
  type Wanted,
} from '../../daemon/domain/change.ts'
import type { Json } from '../../daemon/domain/json.ts'
import { done, type FieldError, failed, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import type { Hands } from '../hands.ts'
import type { Resource } from '../resource.ts'
import { digestOf, equal } from './digest.ts'
import { type Guard, guardOf } from './guard.ts'

export type Shelf = ReadonlyMap<string, Resource>

export interface Planning {
  readonly shelf: Shelf
  readonly hands: Hands
  readonly guard: Guard
  readonly clock: Clock
}

/**
 * `invalid`: something that is wanted cannot be, each with its reason. `conflict`: something of somebody else's stands where ours should; it is named, and
 * adopting it is another wish. Other failures are the place's own.
 */
export async function planOf(change: Requested, { shelf, hands, guard, clock }: Planning, call: Call): Promise<Outcome<Plan>> {
  const wrong = mistakesIn(change.wanted, shelf)
  if (wrong.length > 0)
    return refused(
      'invalid',
      { id: `Yang diminta tidak dapat dibuat: ${sayAll(wrong, 'id')}`, en: `What is wanted cannot be made: ${sayAll(wrong, 'en')}` },
      wrong,
    )
  const found = await readAll(change.wanted, shelf, hands, call)
  if (!found.ok) return found

  const steps: PlanStep[] = []
  const taken: FieldError[] = []
  let kept = 0
  for (const wanted of change.wanted) {
    const now = found.value.get(keyOf(wanted))
    if (now === undefined) return failed('garbage', `${keyOf(wanted)} was asked for, and nothing was said of it.`)
    if (now.kind === 'foreign' && wanted.adopt !== true) {
      if (wanted.state === null) kept++
      else taken.push(takenBy(wanted, now.what))
      continue
    }
    const step = stepOf(wanted, now, shelf)
    if (step === null) kept++
    else steps.push({ ...step, no: steps.length + 1 })
  }
  if (taken.length > 0)
    return refused(
      'conflict',
      {
        id: `Sudah ada yang bukan buatan Suar: ${sayAll(taken, 'id')} Ambil alih dahulu, atau pilih nama lain.`,
        en: `Something that Suar did not make is there already: ${sayAll(taken, 'en')} Adopt it first, or choose another name.`,
      },
      taken,
    )
  const over = await guardOf(change, steps, { shelf, hands, guard }, call)
  if (!over.ok) return over
  const weighed = await weighAll(change, steps, shelf, hands, call)
  if (!weighed.ok) return weighed
  const danger = weighed.value.reduce<Danger>((most, step) => worse(most, step.danger), 'plain')
  return done({ steps: weighed.value, digest: digestOf(weighed.value as unknown as Json), danger, guard: over.value, madeAt: clock(), kept })
}

const keyOf = ({ resource, place, name }: Pick<Wanted, 'resource' | 'place' | 'name'>): string => `${placeKey(place)}/${resource}/${name}`

function stepOf({ resource, place, name, state: after, adopt }: Wanted, now: Found, shelf: Shelf): Omit<PlanStep, 'no'> | null {
  const before = now.kind === 'absent' ? null : now.state
  const takenOver = now.kind === 'foreign' && adopt === true
  if (before === null && after === null) return null
  if (!takenOver && before !== null && after !== null && equal(before, after)) return null
  const entry = shelf.get(resource)!
  return {
    resource,
    place,
    name,
    action: takenOver ? 'adopt' : before === null ? 'create' : after === null ? 'remove' : 'change',
    before,
    after,
    ...entry.diff(name, before, after),
  }
}

/** A thing twice, a kind that does not exist, a state that its kind does not know. */
function mistakesIn(wanted: readonly Wanted[], shelf: Shelf): FieldError[] {
  const wrong: FieldError[] = []
  const seen = new Set<string>()
  for (const one of wanted) {
    const field = keyOf(one)
    const entry = shelf.get(one.resource)
    if (entry === undefined || entry.place !== one.place.kind) wrong.push({ field, reason: 'there is no such kind of thing there' })
    else if (seen.has(field)) wrong.push({ field, reason: 'it is wanted twice' })
    else if (one.state !== null) {
      const read = entry.state.safeParse(one.state)
      if (!read.success) for (const { path, message } of read.error.issues) wrong.push({ field: [field, ...path].join('.'), reason: message })
    }
    seen.add(field)
  }
  return wrong
}

const takenBy = (wanted: Wanted, what: string): FieldError => ({ field: keyOf(wanted), reason: what })

const sayAll = (wrong: readonly FieldError[], lang: 'id' | 'en'): string =>
  `${wrong
    .slice(0, 5)
    .map(({ field, reason, words }) => `${field}: ${words?.[lang] ?? reason}`)
    .join('; ')}${wrong.length > 5 ? ` … +${wrong.length - 5}` : ''}.`

/** One request a place and kind, all at the same time. */
async function readAll(wanted: readonly Wanted[], shelf: Shelf, hands: Hands, call: Call): Promise<Outcome<ReadonlyMap<string, Found>>> {
  const groups = new Map<string, { readonly entry: Resource; readonly place: ChangePlace; readonly names: string[] }>()
  for (const { resource, place, name } of wanted) {
    const key = `${placeKey(place)}/${resource}`
    const group = groups.get(key) ?? { entry: shelf.get(resource)!, place, names: [] }
    group.names.push(name)
    groups.set(key, group)
  }
  const found = new Map<string, Found>()
  const answers = await Promise.all(
    [...groups].map(async ([key, { entry, place, names }]) => ({ key, answer: await entry.read(place.id, names, hands, call) })),
  )
  for (const { key, answer } of answers) {
    if (!answer.ok) return answer
    for (const [name, one] of answer.value) found.set(`${key}/${name}`, one)
  }
  return done(found)
}

const worse = (a: Danger, b: Danger): Danger => (DANGERS.indexOf(b) > DANGERS.indexOf(a) ? b : a)

async function weighAll(
  change: Requested,
  steps: readonly PlanStep[],
  shelf: Shelf,
  hands: Hands,
  call: Call,
): Promise<Outcome<readonly PlanStep[]>> {
  const more = new Map<number, Danger>()
  for (const group of Map.groupBy(steps, ({ resource, place }) => `${placeKey(place)}/${resource}`).values()) {
    const { resource, place } = group[0]!
    const weighed = await shelf.get(resource)?.weigh?.(place.id, group, change, hands, call)
    if (weighed === undefined) continue
    if (!weighed.ok) return weighed
    for (const [no, danger] of weighed.value) more.set(no, danger)
  }
  return done(steps.map(step => ({ ...step, danger: worse(step.danger, more.get(step.no) ?? 'plain') })))
}

/** How a thing is now, for a step that was cut off. */
export async function readOne(
  step: Pick<PlanStep, 'resource' | 'place' | 'name'>,
  shelf: Shelf,
  hands: Hands,
  call: Call,
): Promise<Outcome<State | null>> {
  const found = await readAll([{ ...step, state: null }], shelf, hands, call)
  if (!found.ok) return found
  const now = found.value.get(keyOf(step))
  return done(now === undefined || now.kind === 'absent' ? null : now.state)
}
