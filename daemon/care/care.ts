// Care: the register of assets, plans, and work orders from their writing to their result.
import type { Instant } from '../domain/call.ts'
import type { WorkOrder, WorkOrderView } from '../domain/care.ts'
import type { Asset, AssetSent, FinishSent, OnceSent, Plan, PlanSent, StartSent } from '../domain/care-sent.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import { dateLong, wallTime } from '../domain/words/time.ts'
import { dueAt, stateOfWork, turnsOwed } from './due.ts'
import { judgeRun } from './genset.ts'
import { WHY } from './reasons.ts'
import type { CareSources } from './sources.ts'

export type Care = ReturnType<typeof openCare>

/** Those that ended stay on the pages for so long. */
const SHOWN = 90 * 86_400_000
const code = (order: number): string => `care.overdue.${order}`

export function openCare(sources: CareSources) {
  const { books, together, append, layout, clock } = sources
  const listeners = new Set<(ids: readonly string[]) => void>()
  const tell = (ids: readonly number[]): void => {
    if (ids.length > 0) for (const listener of listeners) listener(ids.map(String))
  }
  const zone = (): string => layout().site.timezone
  const viewOf = (order: WorkOrder): WorkOrderView => {
    const { turn: _turn, ...rest } = order
    return { ...rest, state: stateOfWork(order, clock()) }
  }
  const rows = (orders: readonly WorkOrder[]): ReadonlyMap<string, WorkOrderView> => new Map(orders.map(one => [String(one.id), viewOf(one)]))
  const assetOf = async (id: number): Promise<Asset | undefined> => (await books.assets()).find(one => one.id === id)
  const brief = ({ id, name, kind }: Asset) => ({ id, name, kind })

  async function write(order: WorkOrder): Promise<Outcome<WorkOrder>> {
    const written = await books.putOrder({ ...order, revision: order.revision + 1 })
    return written === null ? WHY.changed() : done(written)
  }

  async function newOrder(
    asset: Asset,
    given: Pick<WorkOrder, 'plan' | 'turn' | 'title' | 'dueAt' | 'test'> & { readonly checklist: readonly string[] },
  ): Promise<WorkOrder | null> {
    const year = wallTime(clock(), zone()).year
    return await books.putOrder({
      ...given,
      ...{ id: 0, number: `WO-${year}-${String(await books.draw(year)).padStart(4, '0')}`, asset: brief(asset), state: 'open' },
      ...{ from: null, until: null, by: null, result: null, note: '', run: null, visit: null, revision: 1 },
      checklist: given.checklist.map(text => ({ text, done: false })),
    })
  }

  /** Work orders of plans whose time has come near; whatever was missed while nobody looked is written too. */
  async function generate(now: Instant): Promise<readonly number[]> {
    const assets = new Map((await books.assets()).map(one => [one.id, one]))
    const made: number[] = []
    for (const plan of await books.plans()) {
      const asset = assets.get(plan.asset)
      if (asset === undefined) continue
      for (const { turn, at } of turnsOwed(plan, await books.lastTurn(plan.id), now, zone())) {
        const { title, checklist, test } = plan
        const order = await newOrder(asset, { plan: plan.id, turn, title, dueAt: at, checklist, test })
        if (order !== null) made.push(order.id)
      }
    }
    return made
  }

  /** States by the hour, as they were told last. */
  const told = new Map<number, string>()
  async function watch(now: Instant): Promise<void> {
    const live = await books.live(now - SHOWN)
    const overdue = live.filter(one => stateOfWork(one, now) === 'overdue')
    for (const { id, number, title, asset, dueAt: due } of overdue)
      sources.alarm(code(id), {
        severity: 'warning',
        text: {
          id: `${title} (${asset.name}) terlambat: jatuh tempo ${dateLong(due, zone(), 'id')}, ${number}`,
          en: `${title} (${asset.name}) is overdue: was due ${dateLong(due, zone(), 'en')}, ${number}`,
        },
      })
    const codes = new Set(overdue.map(({ id }) => code(id)))
    for (const one of sources.alarmed()) if (!codes.has(one)) sources.alarm(one, null)
    const changed = live.filter(one => told.has(one.id) && told.get(one.id) !== stateOfWork(one, now)).map(({ id }) => id)
    told.clear()
    for (const one of live) told.set(one.id, stateOfWork(one, now))
    tell(changed)
  }

  async function runOf(order: WorkOrder, until: Instant): Promise<WorkOrder['run']> {
    if (order.test !== 'genset' || order.from === null) return null
    const device = (await assetOf(order.asset.id))?.device ?? null
    return device === null ? null : judgeRun(await sources.readings(device, order.from, until), sources.capacity(device))
  }

  return {
    /** Once a minute. */
    async tick(): Promise<void> {
      const now = clock()
      tell(await together(async () => done(await generate(now))).then(made => (made.ok ? made.value : [])))
      await watch(now)
    },

    assets: books.assets,
    plans: books.plans,
    /** When a plan comes next, beyond what is written already. */
    next: async (plan: Plan): Promise<Instant> => dueAt(plan, ((await books.lastTurn(plan.id)) ?? -1) + 1, zone()),

    async putAsset(id: number, given: AssetSent, viewer: Viewer): Promise<Outcome<Asset>> {
      if (id !== 0 && (await assetOf(id)) === undefined) return WHY.noAsset()
      if (given.room !== null && !layout().rooms.some(room => room.id === given.room)) return WHY.noRoom(given.room)
      if (given.device !== null && !sources.isDevice(given.device)) return WHY.noDevice(given.device)
      return await together(async () => {
        const asset = await books.putAsset({ ...given, id })
        await append(viewer.name, id === 0 ? 'care.asset.add' : 'care.asset.change', String(asset.id), { ...given })
        return done(asset)
      })
    },
    async dropAsset(id: number, viewer: Viewer): Promise<Outcome<void>> {
      const asset = await assetOf(id)
      if (asset === undefined) return WHY.noAsset()
      const now = clock()
      const gone: number[] = []
      const dropped = await together(async () => {
        const open = (await books.live(now)).filter(one => one.asset.id === id)
        if (open.some(({ state }) => state === 'running')) return WHY.hasWork()
        for (const plan of await books.plans()) if (plan.asset === id) await books.dropPlan(plan.id, now)
        for (const one of open) {
          await write({ ...one, state: 'cancelled', until: now })
          gone.push(one.id)
        }
        await books.dropAsset(id, now)
        await append(viewer.name, 'care.asset.remove', String(id), { name: asset.name })
        return done(undefined)
      })
      if (dropped.ok) tell(gone)
      return dropped
    },

    async putPlan(id: number, given: PlanSent, viewer: Viewer): Promise<Outcome<Plan>> {
      const asset = await assetOf(given.asset)
      if (asset === undefined) return WHY.noAsset()
      if (given.test !== null && asset.device === null) return WHY.noReadings()
      const before = (await books.plans()).find(one => one.id === id)
      if (id !== 0 && before === undefined) return WHY.noPlan()
      const now = clock()
      const gone: number[] = []
      const written = await together(async () => {
        // Another rhythm is another plan: turns that are written keep their numbers, and those ahead are written anew.
        const another =
          before !== undefined &&
          (before.first !== given.first || before.at !== given.at || before.every.unit !== given.every.unit || before.every.n !== given.every.n)
        if (another) {
          for (const one of (await books.live(now)).filter(one => one.plan === id && one.state === 'open' && one.dueAt > now)) {
            await write({ ...one, state: 'cancelled', until: now })
            gone.push(one.id)
          }
          await books.dropPlan(id, now)
        }
        const plan = await books.putPlan({ ...given, id: another ? 0 : id, since: another || before === undefined ? now : before.since })
        await append(viewer.name, id === 0 ? 'care.plan.add' : 'care.plan.change', String(plan.id), { ...given })
        return done(plan)
      })
      if (written.ok) tell([...gone, ...(await generate(now))])
      return written
    },
    async dropPlan(id: number, viewer: Viewer): Promise<Outcome<void>> {
      const plan = (await books.plans()).find(one => one.id === id)
      if (plan === undefined) return WHY.noPlan()
      const now = clock()
      const gone: number[] = []
      const dropped = await together(async () => {
        for (const one of (await books.live(now)).filter(one => one.plan === id && one.state === 'open')) {
          await write({ ...one, state: 'cancelled', until: now })
          gone.push(one.id)
        }
        await books.dropPlan(id, now)
        await append(viewer.name, 'care.plan.remove', String(id), { title: plan.title })
        return done(undefined)
      })
      if (dropped.ok) tell(gone)
      return dropped
    },

    async once(given: OnceSent, viewer: Viewer): Promise<Outcome<WorkOrderView>> {
      const asset = await assetOf(given.asset)
      if (asset === undefined) return WHY.noAsset()
      const made = await together(async () => {
        const order = await newOrder(asset, { plan: null, turn: null, title: given.title, dueAt: given.due, checklist: given.checklist, test: null })
        if (order === null) return WHY.changed()
        await append(viewer.name, 'care.order', order.number, { asset: asset.id, title: order.title })
        return done(order)
      })
      if (!made.ok) return made
      tell([made.value.id])
      return done(viewOf(made.value))
    },
    async start(id: number, given: StartSent, viewer: Viewer): Promise<Outcome<WorkOrderView>> {
      const order = await books.order(id)
      if (order === null) return WHY.noOrder()
      if (order.state !== 'open') return WHY.notOpen()
      let visit: WorkOrder['visit'] = null
      if (given.people.length > 0) {
        const room = (await assetOf(order.asset.id))?.room ?? null
        const doors = layout()
          .doors.filter(door => door.room === room)
          .map(door => door.id)
        if (doors.length === 0) return WHY.noDoor()
        const entered = await sources.enter(`${order.number} ${order.title}`, doors, given, viewer)
        if (!entered.ok) return entered
        visit = entered.value
      }
      const begun = await together(async () => {
        const written = await write({ ...order, state: 'running', from: clock(), by: viewer.name, visit })
        if (written.ok) await append(viewer.name, 'care.start', order.number, { visit: visit?.number ?? null })
        return written
      })
      if (!begun.ok) return begun
      tell([id])
      await watch(clock())
      return done(viewOf(begun.value))
    },
    async finish(id: number, given: FinishSent, viewer: Viewer): Promise<Outcome<WorkOrderView>> {
      const order = await books.order(id)
      if (order === null) return WHY.noOrder()
      if (order.state !== 'running') return WHY.notRunning()
      const until = clock()
      const run = await runOf(order, until)
      // What the readings say nobody says better.
      const result = run === null ? given.result : run.faults.length === 0 ? given.result : 'fail'
      const checklist = order.checklist.map(({ text }, i) => ({ text, done: given.done.includes(i) }))
      const ended = await together(async () => {
        const written = await write({ ...order, state: 'done', until, by: viewer.name, note: given.note, checklist, run, result })
        if (written.ok) await append(viewer.name, 'care.finish', order.number, { result, faults: run?.faults ?? [] })
        return written
      })
      if (!ended.ok) return ended
      tell([id])
      return done(viewOf(ended.value))
    },
    async cancel(id: number, reason: string, viewer: Viewer): Promise<Outcome<WorkOrderView>> {
      const order = await books.order(id)
      if (order === null) return WHY.noOrder()
      if (order.state !== 'open') return WHY.notOpen()
      const ended = await together(async () => {
        const written = await write({ ...order, state: 'cancelled', until: clock(), by: viewer.name, note: reason })
        if (written.ok) await append(viewer.name, 'care.cancel', order.number, { reason })
        return written
      })
      if (!ended.ok) return ended
      tell([id])
      await watch(clock())
      return done(viewOf(ended.value))
    },

    /** For the timeline. */
    between: books.between,
    stream: {
      topic: 'care' as const,
      onChange(listener: (ids: readonly string[]) => void) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      all: async () => rows(await books.live(clock() - SHOWN)),
      some: async (ids: readonly string[]) => rows(await books.orders(ids.map(Number))),
    },
  }
}
