// What every entry of the shelf `resources/` is: a kind of thing on a host, in a zone or in our books, and how it is read, changed and undone.
import type { z } from 'zod'
import type { Call } from '../daemon/domain/call.ts'
import type { Danger, Found, PlaceKind, PlanStep, Proof, Requested, State, ThingRef, Undo } from '../daemon/domain/change.ts'
import type { Words } from '../daemon/domain/form.ts'
import type { Outcome } from '../daemon/domain/outcome.ts'
import type { Hands } from './hands.ts'

export interface Together {
  /** Of what one call can take, 0 to 1. */
  share(step: PlanStep): number
  /** As `apply`, one each in their order; a failure names the step by the field of its first error. */
  apply(steps: readonly PlanStep[], hands: Hands, call: Call): Promise<Outcome<readonly Undo[]>>
  undo(steps: readonly StepBack[], hands: Hands, call: Call): Promise<Outcome<void>>
}

export interface StepBack {
  readonly step: PlanStep
  /** What it left; null: it was cut off. */
  readonly undo: Undo | null
}

export interface Resource<S extends State = State> {
  /** As it stands in plans: `user`, `nginx`, `rrset`. The file's name. */
  readonly name: string
  readonly place: PlaceKind
  readonly words: Words
  /** What may be wanted of it; checked again where it is written. */
  readonly state: z.ZodType<S>
  /** Looks, touches nothing. Many names in one request where the place allows it; every name asked for is in the answer. */
  read(place: string, names: readonly string[], hands: Hands, call: Call): Promise<Outcome<ReadonlyMap<string, Found>>>
  /** All there are, ours and others'; for drift. Null: the place cannot tell. */
  list(place: string, hands: Hands, call: Call): Promise<Outcome<ReadonlyMap<string, Found> | null>>
  /** One sentence and how dangerous it is. Pure. `before` and `after` are never both null and never equal. */
  diff(name: string, before: S | null, after: S | null): { readonly danger: Danger; readonly words: Words }
  /**
   * What only the place knows, over all steps of one plan there: how dangerous each is (by its number; never less than `diff` says), or why they
   * cannot stand together.
   */
  weigh?(place: string, steps: readonly PlanStep[], change: Requested, hands: Hands, call: Call): Promise<Outcome<ReadonlyMap<number, Danger>>>
  /**
   * From `before` to `after`, compared and swapped at the place itself: `conflict` when it is neither. Done twice it is done once: a step that was cut off
   * is applied again as it is. What it gives is enough for `undo`.
   */
  apply(step: PlanStep, hands: Hands, call: Call): Promise<Outcome<Undo>>
  /** Back to `before`. `undo` is null when the step was cut off before it said anything; a thing that already is as before is left. */
  undo(step: PlanStep, undo: Undo | null, hands: Hands, call: Call): Promise<Outcome<void>>
  /**
   * Where a place takes several steps at once, all of them or none: consecutive steps of a plan are applied, and undone, by one call. In the journal each
   * has its own lines, as if it were alone.
   */
  readonly together?: Together
  /** Within which a step of it must be through, ms, where that may take longer than others: what carries whole websites. */
  readonly deadline?: number
  /** Looks again with fresh eyes, from outside where one can; a proof each, also of what was not found so. Fails only when it could not look. */
  verify(thing: ThingRef & { readonly state: State | null }, hands: Hands, call: Call): Promise<Outcome<readonly Proof[]>>
}

/** Steps of the engine must not depend on how a resource is typed inside. */
export const resource = <S extends State>(given: Resource<S>): Resource => given as unknown as Resource
