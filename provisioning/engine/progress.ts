// How far a change has come, told from its journal alone: so that whoever reads it after a crash knows what the one before knew.
import { type JournalEntry, type PlanStep, placeKey, type Undo } from '../../daemon/domain/change.ts'
import type { Failure } from '../../daemon/domain/outcome.ts'
import type { StepBack } from '../resource.ts'
import type { Shelf } from './plan.ts'

export interface Progress {
  readonly direction: 'forward' | 'back'
  /** Steps that were done and not undone, with what undoes them. */
  readonly done: ReadonlyMap<number, Undo>
  /** Steps that were begun, and of which nobody said that they were done or undone. More than one only where steps are done together. */
  readonly open: ReadonlySet<number>
  /** Why it goes back. */
  readonly why: Failure | null
}

export function progressOf(journal: readonly JournalEntry[]): Progress {
  let direction: Progress['direction'] = 'forward'
  const open = new Set<number>()
  let why: Failure | null = null
  const done = new Map<number, Undo>()
  for (const entry of journal) {
    switch (entry.kind) {
      case 'starting':
        open.add(entry.step)
        break
      case 'did':
        done.set(entry.step, entry.undo)
        open.delete(entry.step)
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
        open.delete(entry.step)
        break
      default:
        break
    }
  }
  return { direction, done, open, why }
}

/** The next steps forward, to be done by one call; none: all are done. */
export function nextSteps(steps: readonly PlanStep[], { done }: Progress, shelf: Shelf): readonly PlanStep[] {
  const at = steps.findIndex(({ no }) => !done.has(no))
  return at < 0 ? [] : batchOf(steps.slice(at), shelf)
}

/** The next steps back, the last first; none: nothing of the change is left. */
export function nextBack(steps: readonly PlanStep[], { done, open }: Progress, shelf: Shelf): readonly StepBack[] {
  const left = steps.filter(({ no }) => open.has(no) || done.has(no)).toReversed()
  return batchOf(left, shelf).map(step => ({ step, undo: done.get(step.no) ?? null }))
}

/** The first, with those behind it that its place takes with it at once. */
function batchOf(steps: readonly PlanStep[], shelf: Shelf): readonly PlanStep[] {
  const [first] = steps
  if (first === undefined) return []
  const together = shelf.get(first.resource)?.together
  if (together === undefined) return [first]
  let share = 0
  const end = steps.findIndex(step => {
    share += together.share(step)
    return step !== first && (step.resource !== first.resource || placeKey(step.place) !== placeKey(first.place) || share > 1)
  })
  return end < 0 ? steps : steps.slice(0, end)
}
