// Changes under way: each enters its places, walks, settles what it left, is proven; and is found again by whoever starts after a crash.
import type { Call, Clock } from '../../daemon/domain/call.ts'
import type { Change, ChangePlace, Hand, JournalEntry, Planned, PlanStep, Proof } from '../../daemon/domain/change.ts'
import { done, type Failure, failed, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import type { Hands } from '../hands.ts'
import type { ChangeBook, KeptChange } from './book.ts'
import { type Places, placesOf } from './places.ts'
import type { Shelf } from './plan.ts'
import { progressOf } from './progress.ts'
import { prove } from './prove.ts'
import { walk } from './walk.ts'

export type EngineEvent =
  /** The change was written: its state, or one more line of its journal. */
  | { readonly kind: 'change'; readonly number: string; readonly entry: JournalEntry | null }
  /** Several changes failed there one after the other: nothing is applied until somebody looked. */
  | { readonly kind: 'frozen'; readonly place: ChangePlace }

export interface RunOptions {
  readonly shelf: Shelf
  readonly handsFor: (change: string | null) => Hands
  readonly book: ChangeBook
  readonly places: Places
  readonly clock: Clock
  readonly log: Call['log']
  readonly tell: (event: EngineEvent) => void
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

export interface Begun {
  readonly change: Change
  /** Never rejects. */
  readonly ended: Promise<Change>
}

export interface Runs {
  /** Enters the places, then asks `start`, which may still refuse; from there on it goes by itself. */
  begin(number: string, steps: readonly PlanStep[], start: (call: Call) => Promise<Outcome<Change>>): Promise<Outcome<Begun>>
  note(change: Pick<Change, 'id' | 'number'>, entry: JournalEntry): Promise<void>
  /** The step under way is not waited for. */
  hurry(number: string): void
  working(): readonly string[]
  close(): Promise<void>
}

export const FAILURES_TO_FREEZE = 3
/** How long a closing daemon waits for steps under way, ms; what is cut off then is taken up at the next start. */
const CLOSING = 15_000

interface Run {
  readonly abort: AbortController
  readonly hurry: AbortController
  /** As it is kept: read once, then grown with it. */
  journal: JournalEntry[]
  ended: Promise<unknown>
}

export function openRuns({ shelf, handsFor, book, places, clock, log, tell, pause = waiting }: RunOptions): Runs {
  const running = new Map<string, Run>()
  let closing = false

  const note = async ({ id, number }: Pick<Change, 'id' | 'number'>, entry: JournalEntry) => {
    await book.append(id, entry)
    running.get(number)?.journal.push(entry)
    tell({ kind: 'change', number, entry })
  }

  async function count(places: readonly ChangePlace[], failure: boolean): Promise<void> {
    for (const place of places) {
      await book.countFailure(place, failure)
      if (failure && (await book.failures(place)) === FAILURES_TO_FREEZE) tell({ kind: 'frozen', place })
    }
  }

  async function walked(kept: KeptChange, change: Change & { state: 'applying' }, run: Run, call: Call): Promise<boolean> {
    const { steps } = change.plan
    // Once: what is noted from here on, also by a person who stops it, grows it. Read again when something came in between.
    for (let read: readonly JournalEntry[] | null = null; read === null; ) {
      const noted = run.journal.length
      const entries = await book.journal(change.id)
      if (run.journal.length === noted) read = run.journal = [...entries]
    }
    const journal = { read: () => run.journal, append: (entry: JournalEntry) => note(change, entry) }
    const halt = async () => closing || (await book.stopped()) !== null
    const hands = handsFor(change.number)
    const ended = await walk({ steps, shelf, hands, journal, halt, hurry: run.hurry.signal, clock, pause }, call)
    if (ended === 'halted') return false

    if (ended === 'applied') {
      const { applier, state: _, ...rest } = change
      await note(change, { at: clock(), kind: 'applied' })
      const applied: Change = { ...rest, state: 'applied', applied: { ...applier, endedAt: clock() } }
      const things = change.wanted.map(({ resource, place, name, state }) => ({ resource, place, name, state, website: change.website }))
      await settled(kept, applied, things)
      await count(placesOf(steps), false)
      return true
    }

    const entries = run.journal
    const why: Failure = progressOf(entries).why ?? failed('garbage', 'Nobody wrote down why.').failure
    const lost = entries.findLast(({ kind }) => kind === 'undoFailed')
    if (ended === 'undone') {
      await note(change, { at: clock(), kind: 'undone' })
      // As it was before; what was taken over from somebody else is his again.
      const things = steps.map(({ resource, place, name, before, action }) => ({
        ...{ resource, place, name, website: change.website },
        state: action === 'adopt' ? null : before,
      }))
      await settled(kept, { ...change, state: 'undone', endedAt: clock(), why }, things)
    } else {
      const failure = lost?.kind === 'undoFailed' ? lost.failure : why
      await written(kept, { ...change, state: 'undoFailed', endedAt: clock(), why: failure })
    }
    const broke = entries.findLast(({ kind }) => kind === 'failed' || kind === 'undoFailed' || kind === 'stopped')
    const at = broke !== undefined && 'step' in broke ? steps.find(({ no }) => no === broke.step)?.place : undefined
    if (at !== undefined) await count([at], true)
    return false
  }

  async function proven(kept: KeptChange, change: Change & Planned & { applied: Hand & { endedAt: number } }, call: Call): Promise<void> {
    const tellProof = (proof: Proof) => note(change, { at: clock(), kind: 'proof', proof })
    const all = await prove(change.wanted, { shelf, hands: handsFor(change.number), tell: tellProof }, call)
    if (call.signal.aborted) return
    const proofs = all.ok ? all.value : []
    const bad = proofs.filter(({ ok }) => !ok)
    const { id, number, purpose, title, ticket, organisation, website, wanted, requested, approved, plan, consent, applied } = change
    const base = { id, number, purpose, title, ticket, organisation, website, wanted, requested, approved, plan, consent, applied, proofs }
    if (all.ok && bad.length === 0) {
      await note(change, { at: clock(), kind: 'verified' })
      await written(kept, { ...base, state: 'verified', verifiedAt: clock() })
      return
    }
    const list = (lang: 'id' | 'en') => bad.map(({ words }) => words[lang]).join('; ')
    const why = all.ok ? refused('conflict', { id: `Tidak terbukti: ${list('id')}`, en: `Not found so: ${list('en')}` }).failure : all.failure
    await note(change, { at: clock(), kind: 'unproven', failure: why })
    await written(kept, { ...base, state: 'unproven', why })
  }

  async function written({ revision }: KeptChange, change: Change): Promise<void> {
    if (!(await book.put(change, revision))) throw new Error(`${change.number} was written by somebody else while it was under way`)
    tell({ kind: 'change', number: change.number, entry: null })
  }
  async function settled({ revision }: KeptChange, change: Change, things: Parameters<ChangeBook['settle']>[1]): Promise<void> {
    if (!(await book.settle({ change, revision }, things))) throw new Error(`${change.number} was written by somebody else while it was under way`)
    tell({ kind: 'change', number: change.number, entry: null })
  }
  const found = async (number: string): Promise<KeptChange> => {
    const kept = await book.find(number)
    if (kept === null) throw new Error(`${number} is gone`)
    return kept
  }

  async function go(number: string, run: Run, call: Call): Promise<Change> {
    let kept = await found(number)
    let on = true
    if (kept.change.state === 'applying') {
      on = await walked(kept, kept.change, run, call)
      kept = await found(number)
    }
    const { change } = kept
    if (on && (change.state === 'applied' || change.state === 'unproven' || change.state === 'verified')) await proven(kept, change, call)
    return (await found(number)).change
  }

  return {
    async begin(number, steps, start) {
      if (closing) return failed('cancelled', 'Suar is closing.')
      if (running.has(number)) return refused('conflict', { id: `${number} sedang dikerjakan.`, en: `${number} is being worked on.` })
      const run: Run = { abort: new AbortController(), hurry: new AbortController(), journal: [], ended: Promise.resolve() }
      running.set(number, run)
      const call: Call = { signal: run.abort.signal, log: log.child({ change: number }) }
      let leave: (() => Promise<void>) | null = null
      const over = async () => {
        running.delete(number)
        await leave?.().catch((error: unknown) => call.log.error({ error: String(error) }, 'a place was not left properly'))
        // Halted, it goes on another time, and nobody else may come in between.
        if ((await book.find(number))?.change.state !== 'applying') await places.letGo(number)
      }
      try {
        // Proofs look at all that is wanted of a host, changed or not, and that is done under its lease.
        const looked = (await found(number)).change.wanted.filter(({ place }) => place.kind === 'host')
        const entered = await places.enter(placesOf([...steps, ...looked]), number, call)
        if (!entered.ok) {
          await over()
          return entered
        }
        leave = entered.value
        const started = await start(call)
        if (!started.ok) {
          await over()
          return started
        }
        const ended = go(number, run, call)
          .catch((error: unknown) => {
            call.log.error(
              { error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
              'a change stopped in an unforeseen way',
            )
            return started.value
          })
          .finally(over)
        run.ended = ended
        return done({ change: started.value, ended })
      } catch (error) {
        await over()
        throw error
      }
    },
    note,
    hurry: number => running.get(number)?.hurry.abort(),
    working: () => [...running.keys()],
    async close() {
      closing = true
      const all = Promise.all([...running.values()].map(({ ended }) => ended))
      const late = setTimeout(() => {
        for (const { abort } of running.values()) abort.abort()
      }, CLOSING)
      await all
      clearTimeout(late)
    },
  }
}

const waiting = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true })
  })
