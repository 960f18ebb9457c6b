// How far a change has come, told from its journal alone: so that whoever reads it after a crash knows what the one before knew.
import type { JournalEntry, PlanStep, Undo } from '../../daemon/domain/change.ts'
import type { Failure } from '../../daemon/domain/outcome.ts'

export interface Progress {
  readonly direction: 'forward' | 'back'
  /** Steps that were done and not undone, with what undoes them. */
  readonly done: ReadonlyMap<number, Undo>
  /** A step that was begun, and of which nobody said that it was done or undone. */
  readonly open: number | null
  /** Why it goes back. */
  readonly why: Failure | null
}

export function progressOf(journal: readonly JournalEntry[]): Progress {
  let direction: Progress['direction'] = 'forward'
  let open: number | null = null
  let why: Failure | null = null
  const done = new Map<number, Undo>()
  for (const entry of journal) {
    switch (entry.kind) {
      case 'starting':
        open = entry.step
        break
      case 'did':
        done.set(entry.step, entry.undo)
        open = null
        break
      case 'failed':
        direction = 'back'
        why = entry.failure
        break
      case 'stopped':
        direction = 'back'
        why = { kind: 'cancelled', message: entry.why.en, words: entry.why, retry: false }
        break
      case 'undid':
        done.delete(entry.step)
        if (open === entry.step) open = null
        break
      default:
        break
    }
  }
  return { direction, done, open, why }
}

/** The next step forward; null: all are done. */
export const nextStep = (steps: readonly PlanStep[], { done }: Progress): PlanStep | null => steps.find(({ no }) => !done.has(no)) ?? null

/** The next step back, the last first, with what undoes it (null: it was cut off); null: nothing of the change is left. */
export function nextBack(steps: readonly PlanStep[], { done, open }: Progress): { readonly step: PlanStep; readonly undo: Undo | null } | null {
  const step = steps.findLast(({ no }) => no === open || done.has(no))
  return step === undefined ? null : { step, undo: done.get(step.no) ?? null }
}
