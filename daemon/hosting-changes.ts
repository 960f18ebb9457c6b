// Changes as people work with them: asked for, planned, agreed to, applied, stopped, undone, verified; each with its entry in the trail.

import type { Engine } from '../provisioning/engine/engine.ts'
import type { Call, Clock } from './domain/call.ts'
import type { Change, Hand, Requested } from './domain/change.ts'
import type { ChangeRow, ChangeView, PageOf } from './domain/hosting-view.ts'
import { openListeners } from './domain/listeners.ts'
import { done, type Failure, type Outcome, refused } from './domain/outcome.ts'
import { throughOf, type Viewer } from './domain/people.ts'
import { instructionsFor } from './hosting-instructions.ts'
import { mayDo } from './hosting-may.ts'
import { WHY } from './hosting-reasons.ts'
import { grantedIn } from './hosting-rights.ts'
import type { ChangeDeed, ChangeQuery } from './http/routes/changes.ts'
import type { ListedChange } from './store/changes.ts'
import type { Records } from './store/records.ts'
import type { WebsiteAim } from './store/websites.ts'

/** Who does it: somebody signed in, or Suar itself. */
export type Doer = Pick<Viewer, 'account' | 'name' | 'via' | 'token'>
export const SUAR: Doer = { account: 0, name: 'Suar', via: 'session' }

export interface Wish extends Pick<Requested, 'purpose' | 'title' | 'organisation' | 'website' | 'wanted'> {
  readonly ticket: string | null
  readonly reason: string
  /** The website before the change and after it; null where there is none. Absent: the change is about no website's document. */
  readonly aim?: { readonly before: WebsiteAim | null; readonly after: WebsiteAim | null }
  /** Its name is taken with the request, in one writing. */
  readonly makes?: WebsiteAim
  readonly approvedBy?: 'ticket' | 'person'
}

export interface Changes {
  /** Asked for and approved; the plan follows by itself. */
  ask(wish: Wish, doer: Doer): Promise<Outcome<Change>>
  row(number: string): Promise<ChangeRow | null>
  rows(numbers: readonly string[]): Promise<readonly ChangeRow[]>
  page(query: ChangeQuery): Promise<PageOf<ChangeRow>>
  view(number: string, viewer: Viewer): Promise<ChangeView | null>
  one(number: string, viewer: Viewer): Promise<Outcome<ChangeView>>
  act(number: string, deed: ChangeDeed, viewer: Viewer): Promise<Outcome<ChangeView>>
  /** Planned and applied by Suar itself where no second person is needed; gives how it ended. */
  carry(number: string, doer: Doer): Promise<Outcome<Change>>
  /** For the engine: something was written of it. */
  written(number: string): void
  /** What was under way when the daemon went, or waits for a host that did not answer then; in the background. */
  resume(): void
  onChange(listener: (numbers: readonly string[]) => void): () => void
  /** Told each time a change reaches another state. */
  onState(listener: (change: Change) => void): () => void
  close(): Promise<void>
}

export interface ChangesSources {
  readonly engine: Engine
  /** Who gave the word for a change on a ticket; refused as long as nobody did. Absent: tickets are taken as they are named. */
  readonly word?: (wish: Pick<Wish, 'purpose' | 'organisation'> & { readonly ticket: string }) => Promise<Outcome<Hand>>
  readonly records: Pick<Records, 'changes' | 'websites' | 'zones' | 'audit'>
  readonly clock: Clock
  readonly log: Call['log']
}

/** An answer does not wait longer for what goes on, ms. */
const ANSWER = 6_000

export const rowOf = ({ change, done, touched }: ListedChange): ChangeRow => {
  const { id, number, purpose, title, state, ticket, website, organisation, requested } = change
  const plan = 'plan' in change ? change.plan : null
  return {
    ...{ id, number, purpose, title, state, ticket, website, organisation, done, revision: touched },
    ...{ danger: plan?.danger ?? null, steps: plan?.steps.length ?? 0, by: requested.name, at: requested.at },
  }
}

export function openChanges({ engine, word, records, clock, log }: ChangesSources): Changes {
  const { changes, websites, audit } = records
  const told = openListeners<[numbers: readonly string[]]>(log)
  const reached = openListeners<[change: Change]>(log)
  const states = new Map<string, string>()
  /** Why the last that was begun came to nothing; until something is begun again. */
  const refusals = new Map<string, Failure>()
  const under = new Set<Promise<unknown>>()
  /** Plans being made: who asks for one meanwhile waits for the same. */
  const planning = new Map<string, Promise<Outcome<Change>>>()
  const stop = new AbortController()
  const call: Call = { signal: stop.signal, log }

  const hand = ({ account, name }: Doer): Hand => ({ account, name, at: clock() })
  const note = (doer: Doer, action: string, subject: string, detail: object) =>
    audit.append(doer.name, action, subject, { account: doer.account, ...throughOf(doer), ...detail })
  const known = async (number: string): Promise<Outcome<ListedChange>> => {
    const kept = await changes.find(number)
    return kept === null ? refused('notFound', WHY.noChange(number)) : done(kept)
  }

  /** Waited for when the house closes. */
  function keep(work: Promise<unknown>): void {
    const kept: Promise<unknown> = work
      .catch((error: unknown) =>
        log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'work on a change failed'),
      )
      .finally(() => under.delete(kept))
    under.add(kept)
  }

  function planned(number: string): Promise<Outcome<Change>> {
    const now = planning.get(number) ?? engine.plan(number, call).finally(() => planning.delete(number))
    planning.set(number, now)
    return now
  }

  /** Waits a little; what takes longer goes on by itself, and a refusal is shown with the change. */
  async function begun<T>(number: string, work: Promise<Outcome<T>>): Promise<Outcome<T | null>> {
    refusals.delete(number)
    const whole = work.then(outcome => {
      if (!outcome.ok) refusals.set(number, outcome.failure)
      told.tell([number])
      return outcome
    })
    keep(whole)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<Outcome<null>>(resolve => {
      timer = setTimeout(() => resolve(done(null)), ANSWER)
    })
    const first = await Promise.race([whole, late])
    clearTimeout(timer)
    return first
  }

  /** The end of a run is told, and stands in the trail. */
  function follow(number: string, ended: Promise<Change>): void {
    keep(
      ended.then(async change => {
        // Halted: taken up again at the next start.
        if (change.state !== 'applying') await note(SUAR, 'change.end', number, { state: change.state })
        told.tell([number])
      }),
    )
  }

  function written(number: string): void {
    told.tell([number])
    keep(
      changes.find(number).then(kept => {
        if (kept === null || states.get(number) === kept.change.state) return
        states.set(number, kept.change.state)
        reached.tell(kept.change)
      }),
    )
  }

  async function view(number: string, viewer: Viewer): Promise<ChangeView | null> {
    const kept = await changes.find(number)
    if (kept === null) return null
    const { change } = kept
    const journal = await changes.journal(change.id)
    return {
      ...rowOf(kept),
      change,
      plan: 'plan' in change ? change.plan : null,
      journal,
      ...mayDo(change, viewer, {
        by: hand(viewer),
        isWorking: engine.working().includes(number),
        refusal: refusals.get(number) ?? null,
        stopped: await changes.stopped(),
      }),
      instructions: change.state === 'undoFailed' ? instructionsFor(change, journal) : [],
    }
  }

  async function deed(kept: ListedChange, given: ChangeDeed, viewer: Viewer): Promise<Outcome<unknown>> {
    const { number, state } = kept.change
    const by = hand(viewer)
    switch (given.kind) {
      case 'plan': {
        if (state === 'requested') {
          const approved = await engine.approve(number, by, 'person')
          if (!approved.ok) return approved
        }
        return await begun(number, planned(number))
      }
      case 'consent':
        return viewer.account === 0 ? refused('forbidden', WHY.aPerson) : await engine.consent(number, by, given.digest)
      case 'apply':
        return await begun(number, followed(number, engine.apply(number, by, given.digest)))
      case 'stop':
        return await engine.stop(number, by, given.reason)
      case 'undo':
        return await begun(number, followed(number, engine.undo(number, by, given.reason)))
      case 'verify':
        return await begun(number, followed(number, engine.verify(number)))
      case 'end':
        return await audit.together(async () => {
          const ended = await engine.end(number, by, given.reason)
          if (ended.ok) await forgotten(number)
          return ended
        })
    }
  }
  const followed = async <T extends { readonly ended: Promise<Change> }>(number: string, run: Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const outcome = await run
    if (outcome.ok) follow(number, outcome.value.ended)
    return outcome
  }

  /** Of a website that was never made, the name is free again. */
  async function forgotten(number: string): Promise<void> {
    const aim = await websites.aimOf(number)
    if (aim === null || aim.before !== null) return
    if ((await websites.find(aim.website))?.state === 'making') await websites.remove(aim.website)
  }

  let taking: Promise<void> | null = null
  async function takeUp(): Promise<void> {
    const waiting = (await changes.underWay()).filter(({ change }) => !engine.working().includes(change.number))
    for (const { change } of waiting) log.info({ change: change.number, state: change.state }, 'a change that was under way is taken up')
    if (waiting.length === 0 || stop.signal.aborted) return
    for (const ended of await engine.resume())
      keep(
        ended.then(async change => {
          if (change.state !== 'applying') await note(SUAR, 'change.end', change.number, { state: change.state })
        }),
      )
  }

  return {
    async ask({ reason, aim, makes, approvedBy = 'person', ...given }, doer) {
      const by = hand(doer)
      const said = given.ticket === null ? undefined : await word?.({ ...given, ticket: given.ticket })
      if (said?.ok === false) return said
      const granted = await grantedIn(given, records)
      if (!granted.ok) return granted
      const asked = await audit.together(async () => {
        if (makes !== undefined && given.website !== null && !(await websites.add(given.website, makes, by.at)))
          return refused('conflict', WHY.nameTaken(given.website))
        const requested = await engine.request({ ...given, requested: { ...by, reason } })
        if (!requested.ok) return requested
        const { number } = requested.value
        if (aim !== undefined && given.website !== null) await websites.aim(number, given.website, aim.before, aim.after)
        await note(doer, 'change.request', number, {
          ...{ purpose: given.purpose, website: given.website, ticket: given.ticket, reason },
          things: given.wanted.length,
        })
        return await (said === undefined ? engine.approve(number, by, approvedBy) : engine.approve(number, said.value, 'ticket'))
      })
      if (asked.ok) {
        written(asked.value.number)
        void begun(asked.value.number, planned(asked.value.number)).catch(() => undefined)
      }
      return asked
    },
    async row(number) {
      const kept = await changes.find(number)
      return kept === null ? null : rowOf(kept)
    },
    rows: async numbers => (await changes.some(numbers)).map(rowOf),
    async page(query) {
      const { items, total } = await changes.page(query)
      return { items: items.map(rowOf), total, page: query.page, size: query.size }
    },
    view,
    async one(number, viewer) {
      const found = await view(number, viewer)
      return found === null ? refused('notFound', WHY.noChange(number)) : done(found)
    },
    async act(number, given, viewer) {
      const kept = await known(number)
      if (!kept.ok) return kept
      const { kind, ...detail } = given
      const outcome = await deed(kept.value, given, viewer)
      if (!outcome.ok) return outcome
      await note(viewer, `change.${kind}`, number, detail)
      written(number)
      const seen = await view(number, viewer)
      return seen === null ? refused('notFound', WHY.noChange(number)) : done(seen)
    },
    async carry(number, doer) {
      const made = await planned(number)
      if (!made.ok) return made
      if (made.value.state !== 'planned') return done(made.value)
      const { plan } = made.value
      if (plan.steps.length === 0) return await engine.end(number, hand(doer), 'nothing to do')
      const applied = await engine.apply(number, hand(doer), plan.digest)
      if (!applied.ok) return applied
      await note(doer, 'change.apply', number, { digest: plan.digest })
      follow(number, applied.value.ended)
      return done(await applied.value.ended)
    },
    written,
    resume() {
      taking ??= takeUp().finally(() => {
        taking = null
      })
      keep(taking)
    },
    onChange: told.onChange,
    onState: reached.onChange,
    async close() {
      stop.abort()
      await Promise.allSettled([...under])
      told.clear()
      reached.clear()
    },
  }
}
