// An engine over folders: what the tests of the engine and the process that is killed in the middle have in common.
import type { Change, Hand, Requested, Wanted } from '../../daemon/domain/change.ts'
import { done } from '../../daemon/domain/outcome.ts'
import type { ChangeBook } from '../../provisioning/engine/book.ts'
import { type Engine, type EngineEvent, openEngine } from '../../provisioning/engine/engine.ts'
import type { Hands } from '../../provisioning/hands.ts'
import { type Mishap, notes } from './folder-place.ts'

export const hand = (account: number, name = `officer ${account}`): Hand => ({ account, name, at: 1_790_000_000_000 })

const nothing = () => undefined
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => quiet }
export const quietCall = { signal: new AbortController().signal, log: quiet }

/** Notes reach nothing but their folder. */
const NO_HANDS = {} as Hands

export interface EngineStage {
  readonly engine: Engine
  readonly events: readonly EngineEvent[]
}

export function engineOver(root: string, book: ChangeBook, mishap?: Mishap, patience = 5_000, isTogether = false): EngineStage {
  const events: EngineEvent[] = []
  const engine = openEngine({
    shelf: new Map([['note', notes(root, mishap, isTogether)]]),
    handsFor: change => ({ ...NO_HANDS, change }),
    book,
    enter: () => Promise.resolve(done(() => Promise.resolve())),
    guard: { least: 10, share: 0.3 },
    clock: () => 1_790_000_000_000,
    log: quiet,
    tell: event => events.push(event),
    pause: () => Promise.resolve(),
    patience,
  })
  return { engine, events }
}

export const note = (name: string, content: string | null, more: Partial<Wanted> & { risky?: true; lost?: true } = {}): Wanted => {
  const { risky, lost, ...rest } = more
  const marks = { ...(risky === undefined ? {} : { risky }), ...(lost === undefined ? {} : { lost }) }
  return { resource: 'note', place: { kind: 'host', id: 'alpha' }, name, state: content === null ? null : { content, ...marks }, ...rest }
}

export const wish = (wanted: readonly Wanted[], more: Partial<Requested> = {}): Omit<Requested, 'id' | 'number'> => ({
  purpose: 'edit',
  title: { id: 'Ubah catatan', en: 'Change notes' },
  ticket: null,
  organisation: null,
  website: null,
  wanted,
  requested: { ...hand(1), reason: 'because it must be so' },
  ...more,
})

const must = <T>(outcome: { ok: true; value: T } | { ok: false; failure: { message: string } }): T => {
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

/** Asked for, approved and planned. */
export async function plannedChange(engine: Engine, wanted: readonly Wanted[], more?: Partial<Requested>): Promise<Change & { state: 'planned' }> {
  const { number } = must(await engine.request(wish(wanted, more)))
  must(await engine.approve(number, hand(2), 'person'))
  const planned = must(await engine.plan(number, quietCall))
  if (planned.state !== 'planned') throw new Error(`it is ${planned.state}`)
  return planned
}

/** Carried out to its end, whatever that is. */
export async function carriedOut(engine: Engine, wanted: readonly Wanted[], more?: Partial<Requested>): Promise<Change> {
  const { number, plan } = await plannedChange(engine, wanted, more)
  return await must(await engine.apply(number, hand(1), plan.digest)).ended
}
