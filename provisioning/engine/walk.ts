// A planned change carried out step by step, each written down before and after; backwards when a step fails or a person stops it.
import type { Call, Clock } from '../../daemon/domain/call.ts'
import type { JournalEntry, PlanStep } from '../../daemon/domain/change.ts'
import { type Failure, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { Hands } from '../hands.ts'
import { equal } from './digest.ts'
import { readOne, type Shelf } from './plan.ts'
import { nextBack, nextStep, progressOf } from './progress.ts'

/** `halted`: by the stop switch or because the daemon closes, between two steps; taken up again later. */
export type Walked = 'applied' | 'undone' | 'undoFailed' | 'halted'

export interface Walking {
  readonly steps: readonly PlanStep[]
  readonly shelf: Shelf
  readonly hands: Hands
  readonly journal: { read(): readonly JournalEntry[]; append(entry: JournalEntry): Promise<void> }
  /** Asked before every step. */
  readonly halt: () => Promise<boolean>
  /** A person stopped it, and the journal says so: the step under way is not waited for. */
  readonly hurry: AbortSignal
  readonly clock: Clock
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Before the second and the third try of what may succeed without anybody changing anything, ms. */
const PAUSES = [500, 2000]
/** Within which one step must be through, ms: a certificate waits for others. */
const DEADLINE = 180_000

/** Steps are done at least once: whoever finds one begun and not ended does it again, and the place itself compares before it writes. */
export async function walk({ steps, shelf, hands, journal, halt, hurry, clock, pause }: Walking, call: Call): Promise<Walked> {
  for (;;) {
    const progress = progressOf(journal.read())
    if (call.signal.aborted || (await halt())) return 'halted'
    const now = clock()

    if (progress.direction === 'forward') {
      const step = nextStep(steps, progress)
      if (step === null) return 'applied'
      await journal.append(
        progress.open === step.no
          ? { at: now, kind: 'resumed', step: step.no, found: await foundOf(step, shelf, hands, call) }
          : { at: now, kind: 'starting', step: step.no },
      )
      const hurried = { ...call, signal: AbortSignal.any([call.signal, hurry]) }
      const { deadline = DEADLINE } = shelf.get(step.resource)!
      const undo = await patiently(signal => shelf.get(step.resource)!.apply(step, hands, { ...call, signal }), deadline, hurried, pause)
      if (undo.ok) await journal.append({ at: clock(), kind: 'did', step: step.no, undo: undo.value })
      else if (call.signal.aborted) return 'halted'
      else await journal.append({ at: clock(), kind: 'failed', step: step.no, failure: undo.failure })
      continue
    }

    const back = nextBack(steps, progress)
    if (back === null) return 'undone'
    const { step, undo } = back
    await journal.append({ at: now, kind: 'undoing', step: step.no })
    const { deadline = DEADLINE } = shelf.get(step.resource)!
    const undid = await patiently(signal => shelf.get(step.resource)!.undo(step, undo, hands, { ...call, signal }), deadline, call, pause)
    if (undid.ok) await journal.append({ at: clock(), kind: 'undid', step: step.no })
    else if (call.signal.aborted) return 'halted'
    else {
      await journal.append({ at: clock(), kind: 'undoFailed', step: step.no, failure: undid.failure })
      return 'undoFailed'
    }
  }
}

async function foundOf(step: PlanStep, shelf: Shelf, hands: Hands, call: Call): Promise<'before' | 'after' | 'between' | 'unknown'> {
  const now = await readOne(step, shelf, hands, call)
  if (!now.ok) return 'unknown'
  return equal(now.value, step.after) ? 'after' : equal(now.value, step.before) ? 'before' : 'between'
}

async function patiently<T>(
  work: (signal: AbortSignal) => Promise<Outcome<T>>,
  deadline: number,
  call: Call,
  pause: Walking['pause'],
): Promise<Outcome<T>> {
  for (let tried = 0; ; tried++) {
    const outcome = await guarded(work, deadline, call)
    const wait = PAUSES[tried]
    if (outcome.ok || !outcome.failure.retry || wait === undefined || call.signal.aborted) return outcome
    await pause(Math.max(wait, Math.min((outcome.failure.after ?? 0) * 1000, 10_000)), call.signal)
  }
}

/** A bug in one resource must not leave a host half changed: it is a failure of the step, and the change goes back. */
async function guarded<T>(work: (signal: AbortSignal) => Promise<Outcome<T>>, deadline: number, { signal, log }: Call): Promise<Outcome<T>> {
  try {
    return await work(AbortSignal.any([signal, AbortSignal.timeout(deadline)]))
  } catch (error) {
    log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'a step failed in an unforeseen way')
    const unforeseen: { readonly ok: false; readonly failure: Failure } = failed(
      'garbage',
      'The step failed in a way nobody foresaw; the log says more.',
      false,
    )
    return unforeseen
  }
}
