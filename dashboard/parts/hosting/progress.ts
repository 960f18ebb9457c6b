// What the journal of a change says of each step of its plan. Pure: the page draws it, and draws it the same after it was left and opened again.
import type { Instant } from '../../../daemon/domain/call.ts'
import type { JournalEntry, PlanStep, Proof } from '../../../daemon/domain/change.ts'
import type { Failure } from '../../../daemon/domain/outcome.ts'

export type StepState = 'waiting' | 'doing' | 'done' | 'failed' | 'undoing' | 'undone' | 'undoFailed'

export interface StepProgress {
  readonly step: PlanStep
  readonly state: StepState
  /** When what it is now at began, and when it ended; null: not begun, not ended. */
  readonly from: Instant | null
  readonly to: Instant | null
  readonly failure: Failure | null
  /** The daemon was away while it was under way, and found it so. */
  readonly resumed: Extract<JournalEntry, { kind: 'resumed' }>['found'] | null
}

export interface Progress {
  readonly steps: readonly StepProgress[]
  readonly proofs: readonly Proof[]
  readonly stopped: Extract<JournalEntry, { kind: 'stopped' }> | null
  readonly began: Instant | null
  /** Of the last thing that was told; with `began` how long it took. */
  readonly told: Instant | null
  readonly done: number
}

const fresh = (step: PlanStep): StepProgress => ({ step, state: 'waiting', from: null, to: null, failure: null, resumed: null })

function change(was: StepProgress, entry: JournalEntry): StepProgress {
  switch (entry.kind) {
    case 'starting':
      return { ...was, state: 'doing', from: entry.at, to: null, failure: null }
    case 'did':
      return { ...was, state: 'done', from: was.from ?? entry.at, to: entry.at }
    case 'failed':
      return { ...was, state: 'failed', from: was.from ?? entry.at, to: entry.at, failure: entry.failure }
    case 'resumed':
      return { ...was, resumed: entry.found }
    case 'undoing':
      return { ...was, state: 'undoing', from: entry.at, to: null }
    case 'undid':
      return { ...was, state: 'undone', from: was.from ?? entry.at, to: entry.at }
    case 'undoFailed':
      return { ...was, state: 'undoFailed', from: was.from ?? entry.at, to: entry.at, failure: entry.failure }
    default:
      return was
  }
}

/** A change that begins anew forgets what came of it before; the proofs of the last look count. */
export function progressOf(plan: readonly PlanStep[], journal: readonly JournalEntry[]): Progress {
  let steps = new Map(plan.map(step => [step.no, fresh(step)]))
  let proofs: Proof[] = []
  let looked = false
  let stopped: Progress['stopped'] = null
  let began: Instant | null = null
  for (const entry of journal) {
    if (entry.kind === 'began') {
      steps = new Map(plan.map(step => [step.no, fresh(step)]))
      stopped = null
      began = entry.at
    }
    if (entry.kind === 'stopped') stopped = entry
    if (entry.kind === 'proof') {
      if (looked) proofs = []
      looked = false
      proofs.push(entry.proof)
    }
    if (entry.kind === 'verified' || entry.kind === 'unproven' || entry.kind === 'applied') looked = true
    if ('step' in entry) {
      const was = steps.get(entry.step)
      if (was !== undefined) steps.set(entry.step, change(was, entry))
    }
  }
  const all = plan.flatMap(({ no }) => steps.get(no) ?? [])
  return { steps: all, proofs, stopped, began, told: journal.at(-1)?.at ?? null, done: all.filter(({ state }) => state === 'done').length }
}

/** The step that is under way; null: none. */
export const nowAt = ({ steps }: Progress): StepProgress | null => steps.find(({ state }) => state === 'doing' || state === 'undoing') ?? null
