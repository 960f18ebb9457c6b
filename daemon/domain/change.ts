// A change on real servers: requested → approved → planned → applied → verified. The order is in the types: none can be taken out of turn.
import type { Instant } from './call.ts'
import type { Words } from './form.ts'
import type { Json } from './json.ts'
import type { Failure } from './outcome.ts'

/** How a thing is, wholly and without secrets; the contents of a file stand under `content`. */
export type State = { readonly [key: string]: Json }

/** What stands somewhere now. `foreign`: made by somebody else; it is shown and never written over. */
export type Found =
  | { readonly kind: 'absent' }
  | { readonly kind: 'ours'; readonly state: State }
  | { readonly kind: 'foreign'; readonly state: State; readonly what: string }

/** A managed host, a zone with its servers, or Suar's own books (addresses, checks, backup policies). One change at a time in each. */
export const PLACE_KINDS = ['host', 'zone', 'books'] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]
export interface ChangePlace {
  readonly kind: PlaceKind
  /** Id of the host, name of the zone, `suar`. */
  readonly id: string
}

/** Names one thing: a resource of the shelf, where it is, and its name there. */
export interface ThingRef {
  readonly resource: string
  readonly place: ChangePlace
  readonly name: string
}

export interface Wanted extends ThingRef {
  /** Null: it must not be there. */
  readonly state: State | null
  /** Take over what somebody else made, as it is or as wanted here. Without it such a thing is a conflict, never overwritten. */
  readonly adopt?: true
}

/** `privileged`: opens something to others or reaches beyond one website. `destructive`: data or a public name is lost. Both want a second person. */
export const DANGERS = ['plain', 'privileged', 'destructive'] as const
export type Danger = (typeof DANGERS)[number]

export const STEP_ACTIONS = ['create', 'change', 'remove', 'adopt'] as const
export type StepAction = (typeof STEP_ACTIONS)[number]

export interface PlanStep extends ThingRef {
  /** From 1, in the order of applying. */
  readonly no: number
  readonly action: StepAction
  readonly before: State | null
  readonly after: State | null
  readonly danger: Danger
  /** One sentence: what is done. */
  readonly words: Words
}

export interface Plan {
  readonly steps: readonly PlanStep[]
  /** SHA-256 over the steps, hexadecimal: what people agree to and what is applied are the same. */
  readonly digest: string
  readonly danger: Danger
  /** Why it may not be applied without force: too much at once. Force is a second person's. */
  readonly guard: Words | null
  readonly madeAt: Instant
  /** What is there and stays as it is. */
  readonly kept: number
}

/** Who did something, with the account, because names change. */
export interface Hand {
  readonly account: number
  readonly name: string
  readonly at: Instant
}

export const CHANGE_PURPOSES = ['create', 'edit', 'suspend', 'resume', 'move', 'clone', 'decommission', 'adopt', 'repair', 'revert', 'dns'] as const
export type ChangePurpose = (typeof CHANGE_PURPOSES)[number]

export interface Requested {
  readonly id: number
  /** `C-2026-0001`. */
  readonly number: string
  readonly purpose: ChangePurpose
  readonly title: Words
  /** Number of the ticket; null: begun by an officer. */
  readonly ticket: string | null
  readonly organisation: number | null
  /** Name of the website it is about; null: of none. */
  readonly website: string | null
  readonly wanted: readonly Wanted[]
  readonly requested: Hand & { readonly reason: string }
}
export interface Approved extends Requested {
  /** By the dispositions of the ticket, or by an officer's own word. */
  readonly approved: Hand & { readonly by: 'ticket' | 'person' }
}
export interface Planned extends Approved {
  readonly plan: Plan
  /** The second person's word on this very digest; null: not given (yet), or not needed. */
  readonly consent: (Hand & { readonly digest: string }) | null
}
export interface Applied extends Planned {
  readonly applied: Hand & { readonly endedAt: Instant }
}
export interface Verified extends Applied {
  readonly proofs: readonly Proof[]
  readonly verifiedAt: Instant
}

/** One thing that was looked at after a change, from where a user of it is, or from within. */
export interface Proof {
  readonly of: ThingRef
  readonly from: 'outside' | 'inside'
  readonly ok: boolean
  readonly words: Words
  /** Figures as they came: addresses, codes, fingerprints. Never a secret. */
  readonly facts: State
  readonly at: Instant
}

/** What a step leaves to be undone by: the id of what was put aside on the host and the like. */
export type Undo = State

/** What the journal of a change says, each written before (`starting`, `undoing`) or after what it tells of. */
export type JournalEntry = { readonly at: Instant } & (
  | { readonly kind: 'began'; readonly by: Hand }
  | { readonly kind: 'starting'; readonly step: number }
  | { readonly kind: 'did'; readonly step: number; readonly undo: Undo }
  | { readonly kind: 'failed'; readonly step: number; readonly failure: Failure }
  | { readonly kind: 'resumed'; readonly found: 'before' | 'after' | 'between' | 'unknown'; readonly step: number }
  | { readonly kind: 'stopped'; readonly by: Hand | null; readonly why: Words }
  | { readonly kind: 'undoing'; readonly step: number }
  | { readonly kind: 'undid'; readonly step: number }
  | { readonly kind: 'undoFailed'; readonly step: number; readonly failure: Failure }
  | { readonly kind: 'applied' }
  | { readonly kind: 'undone' }
  | { readonly kind: 'proof'; readonly proof: Proof }
  | { readonly kind: 'verified' }
  | { readonly kind: 'unproven'; readonly failure: Failure }
)

/**
 * `applying`: under way, or to be taken up after a restart. `undoFailed`: a person must go there; what to do is said. `unproven`: applied, and a
 * look from outside did not find it so. `ended`: withdrawn before anything was done.
 */
export const CHANGE_STATES = [
  'requested',
  'approved',
  'planned',
  'applying',
  'applied',
  'verified',
  'unproven',
  'undone',
  'undoFailed',
  'ended',
] as const
export type ChangeState = (typeof CHANGE_STATES)[number]

/** A change as it is kept: exactly one of these. */
export type Change =
  | ({ readonly state: 'requested' } & Requested)
  | ({ readonly state: 'approved' } & Approved)
  | ({ readonly state: 'planned' } & Planned)
  | ({ readonly state: 'applying' } & Planned & { readonly applier: Hand })
  | ({ readonly state: 'undone' | 'undoFailed' } & Planned & { readonly applier: Hand; readonly endedAt: Instant; readonly why: Failure })
  | ({ readonly state: 'applied' } & Applied)
  | ({ readonly state: 'unproven' } & Applied & { readonly proofs: readonly Proof[]; readonly why: Failure })
  | ({ readonly state: 'verified' } & Verified)
  | ({ readonly state: 'ended' } & Requested & { readonly ended: Hand & { readonly reason: string } })

export const placeKey = ({ kind, id }: ChangePlace): string => `${kind}/${id}`
export const thingKey = ({ resource, place, name }: ThingRef): string => `${placeKey(place)}/${resource}/${name}`
