// A planned change carried out step by step, each written down before and after; backwards when a step fails or a person stops it.
import type { Call, Clock } from '../../daemon/domain/call.ts'
import type { JournalEntry, PlanStep, Undo } from '../../daemon/domain/change.ts'
import { done, type Failure, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { Hands } from '../hands.ts'
import type { Resource, StepBack } from '../resource.ts'
import { equal } from './digest.ts'
import { readOne, type Shelf } from './plan.ts'
import { nextBack, nextSteps, progressOf } from './progress.ts'

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
      const batch = nextSteps(steps, progress, shelf)
      const [first] = batch
      if (first === undefined) return 'applied'
      for (const step of batch)
        await journal.append(
          progress.open.has(step.no)
            ? { at: now, kind: 'resumed', step: step.no, found: await foundOf(step, shelf, hands, call) }
            : { at: now, kind: 'starting', step: step.no },
        )
      const hurried = { ...call, signal: AbortSignal.any([call.signal, hurry]) }
      const entry = shelf.get(first.resource)!
      const undos = await patiently(signal => applied(entry, batch, hands, { ...call, signal }), entry.deadline ?? DEADLINE, hurried, pause)
      if (undos.ok)
        for (const [i, { no }] of batch.entries()) await journal.append({ at: clock(), kind: 'did', step: no, undo: undos.value[i] ?? {} })
      else if (call.signal.aborted) return 'halted'
      else await journal.append({ at: clock(), kind: 'failed', step: culprit(batch, undos.failure), failure: undos.failure })
      continue
    }

    const back = nextBack(steps, progress, shelf)
    const [last] = back
    if (last === undefined) return 'undone'
    for (const { step } of back) await journal.append({ at: now, kind: 'undoing', step: step.no })
    const entry = shelf.get(last.step.resource)!
    const undid = await patiently(signal => takenBack(entry, back, hands, { ...call, signal }), entry.deadline ?? DEADLINE, call, pause)
    if (undid.ok) for (const { step } of back) await journal.append({ at: clock(), kind: 'undid', step: step.no })
    else if (call.signal.aborted) return 'halted'
    else {
      const steps = back.map(({ step }) => step)
      await journal.append({ at: clock(), kind: 'undoFailed', step: culprit(steps, undid.failure), failure: undid.failure })
      return 'undoFailed'
    }
  }
}

/** More than one only where the resource takes them together. */
async function applied(entry: Resource, batch: readonly PlanStep[], hands: Hands, call: Call): Promise<Outcome<readonly Undo[]>> {
  const [first] = batch
  if (batch.length > 1 && entry.together !== undefined) return await entry.together.apply(batch, hands, call)
  const undo = await entry.apply(first!, hands, call)
  return undo.ok ? done([undo.value]) : undo
}

async function takenBack(entry: Resource, batch: readonly StepBack[], hands: Hands, call: Call): Promise<Outcome<void>> {
  const [first] = batch
  if (batch.length > 1 && entry.together !== undefined) return await entry.together.undo(batch, hands, call)
  return await entry.undo(first!.step, first!.undo, hands, call)
}

/** Of steps that were done together the one that the failure names; else the first stands for all. */
const culprit = (batch: readonly PlanStep[], { errors }: Failure): number =>
  (batch.find(({ name }) => errors?.some(({ field }) => field === name)) ?? batch[0]!).no

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
