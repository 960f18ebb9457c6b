// The doors: takes what controllers and contacts tell, keeps it once, finds each opening its explanation, and raises what has none.
import type { Instant } from '../domain/call.ts'
import { openListeners } from '../domain/listeners.ts'
import type { DoorEvent, Explanation, OpeningView } from '../domain/opening.ts'
import { done, failed, type Outcome, refused } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Text } from '../domain/point.ts'
import { alarmOf, doorCode } from './alarms.ts'
import { openClocks } from './clocks.ts'
import { openLedger } from './ledger.ts'
import type { Opening } from './opening.ts'
import { NOBODY } from './register.ts'
import type { DoorSources, KeptEvent, KeptOpening } from './sources.ts'
import { doorOf, factsOf, identityOf, keptOf, newestFirst, viewOf } from './views.ts'

/** Openings since then are at hand when the house opens: late news may still belong to them. */
const AT_HAND = 24 * 3_600_000
/** Openings that a page keeps. */
const SHOWN = 200
/** Events taken at once; more are worked off in turns, so that pages and polls go on between. */
const AT_ONCE = 250
/** Unexplained openings asked again at once: there may be thousands after a bad night. */
const AGAIN = 100
/** After a look that failed, ms. */
const RETRY = 1_000

export type Doors = Awaited<ReturnType<typeof openDoors>>

export async function openDoors(sources: DoorSources) {
  const { kept, settings, clock, log } = sources
  let register = NOBODY
  const lookUp = async () => {
    register = await sources.register()
  }
  const facts = (key: string, id: string | null, name: string) => factsOf(sources.doors(), key, id, name)
  const clocks = openClocks()
  const standing = await kept.standing(clock() - AT_HAND)
  let next = await kept.nextId()
  const ledger = openLedger({
    register: { presences: (at, door) => register.presences(at, door), card: (card, door, at) => register.card(card, door, at) },
    settle: settings.settle * 1000,
    held: door => (sources.visited(door) ? Math.max(settings.held, settings.visited) : settings.held) * 1000,
    pass: settings.pass * 1000,
    nextId: () => next++,
    past: standing.map(({ key, door, name, ...rest }) => ({
      ...rest,
      door: facts(key, door, name),
      due: rest.explanation.kind === 'pending' ? clock() : null,
      leaving: false,
    })),
  })
  const listeners = openListeners<[ids: readonly string[]]>(log)
  /** Written when the records take it: nothing that was heard is lost to a full disk. */
  const unsaved = new Map<number, Opening>()
  const unsavedEvents = new Map<string, KeptEvent>()
  const used = new WeakSet<Opening>()
  const heardOf = new Map<string, Instant>()
  const opened = clock()
  let shown: Opening[] = ledger
    .doors()
    .flatMap(({ key }) => ledger.of(key))
    .sort(newestFirst)
    .slice(0, SHOWN)
  let turn: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  let trouble: string | null = null
  let closed = false

  const view = (one: Opening): OpeningView => viewOf(one, sources.alarmNumber)

  /** After every change: records, then alarms, then pages. */
  async function settle(events: readonly KeptEvent[], changed: readonly Opening[]): Promise<Outcome<void>> {
    for (const one of changed) unsaved.set(one.id, one)
    for (const event of events) unsavedEvents.set(event.identity, event)
    if (unsavedEvents.size > 0 || unsaved.size > 0) {
      const these = [...unsaved.values()]
      try {
        await kept.put([...unsavedEvents.values()], these.map(keptOf))
        unsavedEvents.clear()
        for (const one of these) if (unsaved.get(one.id) === one) unsaved.delete(one.id)
        trouble = null
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        if (trouble === null) log.error({ reason: message }, 'what doors told cannot be written; it is kept in memory and tried again')
        trouble = message
      }
    }
    for (const one of changed) {
      if (one.explanation.kind !== 'badge' || one.card === null || used.has(one)) continue
      used.add(one)
      sources.used(one.card, one.openedAt)
    }
    const touched = new Map(changed.map(({ door }) => [door.key, door]))
    for (const [key, door] of touched) sources.alarm(doorCode(key), alarmOf(door, ledger.of(key), sources))
    if (changed.length > 0) {
      const ids = new Set(changed.map(({ id }) => id))
      const before = shown
      shown = [...changed, ...shown.filter(({ id }) => !ids.has(id))].sort(newestFirst).slice(0, SHOWN)
      // Those that others have pushed out of the list are told too: pages then let them go.
      const gone = before.filter(one => !shown.includes(one) && !ids.has(one.id))
      listeners.tell([...changed, ...gone].map(({ id }) => String(id)))
    }
    schedule()
    return trouble === null ? done(undefined) : failed('busy', `The events cannot be written at the moment: ${trouble}`)
  }

  function schedule(least = 10): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const due = ledger.due()
    if (closed || due === null) return
    timer = setTimeout(() => void inTurn(timely), Math.max(least, Math.min(due - clock(), 60_000)))
    timer.unref()
  }

  /** One thing after the other: what comes first is decided first. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work)
    turn = result.catch((error: unknown) => log.error({ error: String(error) }, 'a turn of the doors failed'))
    return result
  }

  async function takeSome(some: readonly DoorEvent[]): Promise<Outcome<number>> {
    const events = new Map(some.map(event => [identityOf(event), event]))
    const known = await kept.known([...events.keys()])
    await lookUp()
    const fresh = [...events].filter(([identity]) => !known.has(identity) && !unsavedEvents.has(identity)).sort(([, a], [, b]) => a.told - b.told)
    const changed = new Set<Opening>()
    const written: KeptEvent[] = []
    for (const [identity, event] of fresh) {
      // A polled contact is read by our own clock; a table tells nothing of the controller's.
      const ours = event.via === 'contact' || event.via === 'csv'
      const { at, skew } = ours
        ? { at: Math.min(event.told, event.received), skew: null }
        : clocks.reckon(event.controller, event.told, event.received)
      heardOf.set(event.controller, event.received)
      written.push({ ...event, at, identity })
      if (event.kind === 'alive' || event.reader === '') continue
      for (const one of ledger.take(doorOf(sources.doors(), event), { ...event, at, skew })) changed.add(one)
    }
    const settled = await settle(
      written.filter(({ kind }) => kind !== 'alive'),
      [...changed],
    )
    // Not written is not taken: they are told again, and known again by what is kept in memory.
    return settled.ok ? done(written.filter(({ kind }) => kind !== 'alive').length) : settled
  }

  const timely = async () => {
    try {
      await lookUp()
      return await settle([], ledger.tick(clock(), AT_ONCE))
    } catch (error) {
      // Who may be where cannot be asked at the moment: what waits is looked at again.
      schedule(RETRY)
      throw error
    }
  }

  const pause = () => new Promise(resolve => setImmediate(resolve))
  let looking: Promise<Outcome<void>> | null = null
  let wanted = false
  /** In turns of a few, so that events, pages and polls go on between. Asked while it looks, it looks once more. */
  async function reconsider(): Promise<Outcome<void>> {
    let last: Outcome<void> = done(undefined)
    while (wanted && !closed) {
      wanted = false
      const these = ledger.unexplained()
      for (let i = 0; i < these.length && !closed; i += AGAIN) {
        const settled = await inTurn(async () => {
          await lookUp()
          return await settle([], ledger.reconsider(clock(), these.slice(i, i + AGAIN)))
        })
        if (!settled.ok) last = settled
        await pause()
      }
    }
    return last
  }

  schedule()
  return {
    /** Events in any order, told twice or late: each is taken once. How many were new; `busy`: tell them again. */
    hear: (events: readonly DoorEvent[]): Promise<Outcome<number>> =>
      inTurn(async () => {
        let taken = 0
        for (let i = 0; i < events.length; i += AT_ONCE) {
          const some = await takeSome(events.slice(i, i + AT_ONCE))
          if (!some.ok) return some
          taken += some.value
          // Whoever else asks is answered in between.
          await pause()
        }
        return done(taken)
      }),

    /** Somebody knows more about who is where: what was unexplained is asked again. */
    reconsider(): Promise<Outcome<void>> {
      wanted = true
      looking ??= reconsider().finally(() => {
        looking = null
      })
      return looking
    },

    /** `conflict`: it has an explanation; `notFound`: there is none, or it is long past. */
    explain: (id: number, reason: string, viewer: Viewer): Promise<Outcome<OpeningView>> =>
      inTurn(async () => {
        const opening = ledger.find(id)
        if (opening === null) return failed('notFound', `There is no opening ${id} at hand.`)
        const was: Explanation = opening.explanation
        if (ledger.note(id, viewer.name, reason, clock()) === null)
          return refused('conflict', { id: 'Pembukaan ini sudah ada penjelasannya.', en: 'This opening has its explanation already.' })
        try {
          await kept.noted(keptOf(opening), viewer.name, clock())
        } catch (error) {
          opening.explanation = was
          throw error
        }
        await settle([], [opening])
        return done(view(opening))
      }),

    /** The register of rows that pages follow: the newest openings. */
    rows: {
      topic: 'openings' as const,
      all: async () => new Map(shown.map(one => [String(one.id), view(one)])),
      some: async (ids: readonly string[]) => new Map(shown.filter(one => ids.includes(String(one.id))).map(one => [String(one.id), view(one)])),
      onChange: listeners.onChange,
    },
    viewOf: (one: KeptOpening): OpeningView => view({ ...one, door: facts(one.key, one.door, one.name), due: null, leaving: false }),

    /** Once a second: controllers that are silent, clocks that are wrong, what could not be written. */
    async tick(): Promise<void> {
      for (const [name, controller] of Object.entries(settings.controllers)) {
        const heartbeat = 'heartbeat' in controller ? controller.heartbeat : undefined
        const silent = heartbeat !== undefined && clock() - (heardOf.get(name) ?? opened) > heartbeat * 1000
        sources.alarm(
          `door.silent.${name}`,
          silent ? { severity: 'warning', text: { en: `Access controller ${name} says nothing`, id: `Pengendali akses ${name} diam` } } : null,
        )
        const skew = clocks.skew(name)
        const off = skew === null ? 0 : Math.round(Math.abs(skew) / 1000)
        sources.alarm(
          `door.clock.${name}`,
          skew === null
            ? null
            : {
                severity: 'warning',
                text: {
                  en: `The clock of access controller ${name} is ${off} s ${skew > 0 ? 'behind' : 'ahead'}`,
                  id: `Jam pengendali akses ${name} ${skew > 0 ? 'terlambat' : 'terlalu cepat'} ${off} detik`,
                },
              },
        )
      }
      if (unsaved.size > 0 || unsavedEvents.size > 0) await inTurn(() => settle([], []))
    },
    /** Those of the settings: when each was last heard since Suar started, and how wrong its clock is. */
    controllers: () =>
      Object.entries(settings.controllers).map(([name, { via }]) => ({ name, via, heardAt: heardOf.get(name) ?? null, skew: clocks.skew(name) })),
    prune(): Promise<number> {
      const before = clock() - settings.keep * 1000
      ledger.forget(before)
      return kept.prune(before)
    },
    trouble: (): Text | null =>
      trouble === null ? null : { en: `What doors tell cannot be written: ${trouble}`, id: `Kejadian pintu tidak dapat ditulis: ${trouble}` },
    async close(): Promise<void> {
      closed = true
      if (timer !== null) clearTimeout(timer)
      // A look that failed was told to who asked for it.
      await looking?.catch(() => undefined)
      await turn
      if (unsaved.size > 0 || unsavedEvents.size > 0) await settle([], [])
      listeners.clear()
    },
  }
}
