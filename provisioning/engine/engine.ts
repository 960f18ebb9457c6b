// The engine: takes a change from requested to verified, or back to how it was; one at a time at each place, through crashes and stops.
import type { Call } from '../../daemon/domain/call.ts'
import type { Change, ChangePlace, Hand, Planned, Requested, Wanted } from '../../daemon/domain/change.ts'
import type { Words } from '../../daemon/domain/form.ts'
import type { DriftReport } from '../../daemon/domain/hosting-view.ts'
import { done, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import type { KeptChange } from './book.ts'
import { driftOf } from './drift.ts'
import { type Enter, openPlaces, placesOf } from './places.ts'
import { planOf } from './plan.ts'
import { mayApply, mayConsent, notNow } from './rights.ts'
import { type EngineEvent, FAILURES_TO_FREEZE, openRuns, type RunOptions } from './run.ts'

export type { EngineEvent }

export interface EngineOptions extends Omit<RunOptions, 'places'> {
  readonly enter: Enter
  /** From how many things at a place on, and from which share, a plan is too much at once. */
  readonly guard: { readonly least: number; readonly share: number }
  /** How long a change waits for others at its places, ms. */
  readonly patience?: number
}

export interface Engine {
  request(given: Omit<Requested, 'id' | 'number'>): Promise<Outcome<Change>>
  approve(number: string, by: Hand, how: 'ticket' | 'person'): Promise<Outcome<Change>>
  /** Looks and writes the plan down; again when it was planned before. */
  plan(number: string, call: Call): Promise<Outcome<Change>>
  consent(number: string, by: Hand, digest: string): Promise<Outcome<Change>>
  /** Refuses a plan that no longer fits what is there. Once begun it goes on by itself; `ended` tells what came of it. */
  apply(number: string, by: Hand, digest: string): Promise<Outcome<{ readonly change: Change; readonly ended: Promise<Change> }>>
  /** One that is under way goes back as soon as its step is through. */
  stop(number: string, by: Hand, reason: string): Promise<Outcome<void>>
  /** One that was applied, or that could not be undone to its end. Refuses when something of it was changed since. */
  undo(number: string, by: Hand, reason: string): Promise<Outcome<{ readonly ended: Promise<Change> }>>
  verify(number: string): Promise<Outcome<{ readonly ended: Promise<Change> }>>
  /** Before anything was done. */
  end(number: string, by: Hand, reason: string): Promise<Outcome<Change>>
  /** What was under way when the daemon went, and what the stop switch held. */
  resume(): Promise<readonly Promise<Change>[]>
  drift(place: ChangePlace, call: Call): Promise<Outcome<DriftReport>>
  /** Changes that are being worked on here and now. */
  working(): readonly string[]
  /** Waits for the steps under way; what is left is taken up at the next start. */
  close(): Promise<void>
}

const PATIENCE = 600_000

export function openEngine(options: EngineOptions): Engine {
  const { shelf, handsFor, book, guard, clock, log, tell } = options
  const places = openPlaces(book, options.enter, options.patience ?? PATIENCE)
  const runs = openRuns({ ...options, places })
  const guarded = { ...guard, held: book.held }

  const find = async (number: string): Promise<Outcome<KeptChange>> => {
    const kept = await book.find(number)
    return kept === null ? refused('notFound', { id: `Perubahan ${number} tidak ada.`, en: `There is no change ${number}.` }) : done(kept)
  }
  const write = async (kept: KeptChange, change: Change): Promise<Outcome<Change>> => {
    if (!(await book.put(change, kept.revision)))
      return refused('conflict', {
        id: `${change.number} baru saja diubah orang lain. Lihat lagi.`,
        en: `Somebody else changed ${change.number} just now. Look again.`,
      })
    tell({ kind: 'change', number: change.number, entry: null })
    return done(change)
  }
  const planned = async (
    number: string,
    call: Call,
  ): Promise<Outcome<{ readonly kept: KeptChange; readonly next: Change & { state: 'planned' } }>> => {
    const kept = await find(number)
    if (!kept.ok) return kept
    const { change } = kept.value
    if (change.state !== 'approved' && change.state !== 'planned') return notNow(change, change.state)
    const plan = await planOf(change, { shelf, hands: handsFor(change.number), guard: guarded, clock }, call)
    if (!plan.ok) return plan
    return done({ kept: kept.value, next: { ...change, state: 'planned', plan: plan.value, consent: null } })
  }

  async function mayWork(steps: Planned['plan']['steps']): Promise<Outcome<void>> {
    const stop = await book.stopped()
    if (stop !== null) return stoppedBy(stop.name, stop.reason)
    for (const place of placesOf(steps))
      if ((await book.failures(place)) >= FAILURES_TO_FREEZE)
        return refused('forbidden', {
          id: `${place.id} dibekukan: ${FAILURES_TO_FREEZE} perubahan berturut-turut gagal di sana. Periksa, lalu cairkan.`,
          en: `${place.id} is frozen: ${FAILURES_TO_FREEZE} changes failed there one after the other. Look at it, then thaw it.`,
        })
    return done(undefined)
  }

  return {
    async request(given) {
      const change: Change = { ...given, ...(await book.draw(given.requested.at)), state: 'requested' }
      return await write({ change, revision: 0 }, change)
    },
    async approve(number, by, how) {
      const kept = await find(number)
      if (!kept.ok) return kept
      const { change } = kept.value
      if (change.state !== 'requested') return notNow(change, change.state)
      return await write(kept.value, { ...change, state: 'approved', approved: { ...by, by: how } })
    },
    async plan(number, call) {
      const made = await planned(number, call)
      if (!made.ok) return made
      const { kept, next } = made.value
      // The same plan again keeps the second person's word on it.
      const consent = kept.change.state === 'planned' && kept.change.plan.digest === next.plan.digest ? kept.change.consent : null
      return await write(kept, { ...next, consent })
    },
    async consent(number, by, digest) {
      const kept = await find(number)
      if (!kept.ok) return kept
      const { change } = kept.value
      if (change.state !== 'planned') return notNow(change, change.state)
      const may = mayConsent(change, by, digest)
      return may.ok ? await write(kept.value, { ...change, consent: { ...by, digest } }) : may
    },
    async apply(number, by, digest) {
      const kept = await find(number)
      if (!kept.ok) return kept
      const { change } = kept.value
      if (change.state !== 'planned') return notNow(change, change.state)
      const may = mayApply(change, by, digest)
      if (!may.ok) return may
      const open = await mayWork(change.plan.steps)
      if (!open.ok) return open
      return await runs.begin(kept.value.change.number, change.plan.steps, async call => {
        const fresh = await planned(number, call)
        if (!fresh.ok) return fresh
        if (fresh.value.next.plan.digest !== digest) return stale(change, fresh.value.next)
        const applying: Change = { ...change, state: 'applying', applier: by }
        const written = await write(kept.value, applying)
        if (!written.ok) return written
        await runs.note(change, { at: clock(), kind: 'began', by })
        return written
      })
    },
    async stop(number, by, reason) {
      const kept = await find(number)
      if (!kept.ok) return kept
      const { change } = kept.value
      if (change.state !== 'applying') return notNow(change, change.state)
      const why: Words = { id: `Dihentikan oleh ${by.name}: ${reason}`, en: `Stopped by ${by.name}: ${reason}` }
      await runs.note(change, { at: clock(), kind: 'stopped', by, why })
      runs.hurry(number)
      return done(undefined)
    },
    async undo(number, by, reason) {
      const kept = await find(number)
      if (!kept.ok) return kept
      const { change } = kept.value
      if (change.state === 'requested' || change.state === 'approved' || change.state === 'ended' || change.state === 'undone')
        return notNow(change, change.state)
      if (change.state === 'planned' || change.state === 'applying') return notNow(change, change.state)
      const open = await mayWork(change.plan.steps)
      if (!open.ok) return open
      const begun = await runs.begin(number, change.plan.steps, async call => {
        if (change.state !== 'undoFailed') {
          const same = await asLeft(change, call)
          if (!same.ok) return same
        }
        const { id, plan, consent, approved } = change
        const { ticket, organisation, website, wanted, requested, title, purpose } = change
        const back: Change = {
          ...{ id, number, purpose, title, ticket, organisation, website, wanted, requested, approved, plan, consent },
          state: 'applying',
          applier: by,
        }
        const written = await write(kept.value, back)
        if (!written.ok) return written
        const why: Words = { id: `Dibatalkan oleh ${by.name}: ${reason}`, en: `Undone by ${by.name}: ${reason}` }
        await runs.note(change, { at: clock(), kind: 'stopped', by, why })
        return written
      })
      return begun
    },
    async verify(number) {
      const kept = await find(number)
      if (!kept.ok) return kept
      const { change } = kept.value
      if (change.state !== 'applied' && change.state !== 'unproven' && change.state !== 'verified') return notNow(change, change.state)
      return await runs.begin(number, change.plan.steps, () => Promise.resolve(done(change)))
    },
    async end(number, by, reason) {
      const kept = await find(number)
      if (!kept.ok) return kept
      const { change } = kept.value
      if (change.state !== 'requested' && change.state !== 'approved' && change.state !== 'planned') return notNow(change, change.state)
      const { id, purpose, title, ticket, organisation, website, wanted, requested } = change
      return await write(kept.value, {
        ...{ id, number, purpose, title, ticket, organisation, website, wanted, requested },
        state: 'ended',
        ended: { ...by, reason },
      })
    },
    async resume() {
      if ((await book.stopped()) !== null) return []
      const begun: Promise<Change>[] = []
      for (const { change } of await book.underWay()) {
        if (runs.working().includes(change.number) || !('plan' in change)) continue
        const run = await runs.begin(change.number, change.plan.steps, () => Promise.resolve(done(change)))
        if (run.ok) begun.push(run.value.ended)
        else log.warn({ change: change.number, reason: run.failure.message }, 'a change that was under way waits to be taken up')
      }
      return begun
    },
    async drift(place, call) {
      return await driftOf(place, { shelf, hands: handsFor(null), held: await book.held(place), clock }, call)
    },
    working: runs.working,
    close: runs.close,
  }

  /** Whether everything a change did is still as it left it. */
  async function asLeft(change: Planned, call: Call): Promise<Outcome<void>> {
    const wanted = change.plan.steps.map(({ resource, place, name, after }): Wanted => ({ resource, place, name, state: after }))
    const now = await planOf({ ...change, wanted }, { shelf, hands: handsFor(change.number), guard: guarded, clock }, call)
    if (!now.ok) return now
    const [first] = now.value.steps
    return first === undefined
      ? done(undefined)
      : refused('conflict', {
          id: `${change.number} tidak dapat dibatalkan: ${first.resource} ${first.name} sudah diubah sesudahnya.`,
          en: `${change.number} cannot be undone: ${first.resource} ${first.name} was changed since.`,
        })
  }
}

const stoppedBy = (name: string, reason: string) =>
  refused('forbidden', {
    id: `Semua perubahan dihentikan oleh ${name}: ${reason}`,
    en: `All changes are stopped by ${name}: ${reason}`,
  })

function stale(was: Planned, is: Planned): Outcome<never> {
  const text = (step: Planned['plan']['steps'][number]) => `${step.resource} ${step.name}`
  const before = new Set(was.plan.steps.map(step => JSON.stringify(step)))
  const other = is.plan.steps.filter(step => !before.has(JSON.stringify(step))).map(text)
  const named = other.length > 0 ? other : was.plan.steps.map(text)
  const list = `${named.slice(0, 5).join(', ')}${named.length > 5 ? ' …' : ''}`
  return refused('conflict', {
    id: `Rencana sudah usang: sejak dibuat ada yang berubah (${list}). Buat rencana baru dan baca lagi.`,
    en: `The plan is stale: something changed since it was made (${list}). Plan again and read it anew.`,
  })
}
