// A work order from its writing to its result: for once, begun with those who come in for it, ended with what the readings say.
import type { Instant } from '../domain/call.ts'
import type { HoursOwed, WorkOrder, WorkOrderView } from '../domain/care.ts'
import type { FinishSent, OnceSent, StartSent } from '../domain/care-sent.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Ahead } from './ahead.ts'
import { judgeBattery } from './battery.ts'
import { judgeRun } from './genset.ts'
import { WHY } from './reasons.ts'
import type { CareRoom } from './room.ts'

type Judged = Pick<WorkOrder, 'run' | 'battery'>

/** `changed`: an order is another now, so that its alarm may be over. */
export function openWork(room: CareRoom, ahead: Ahead, changed: () => Promise<void>) {
  const { books, together, append, layout, readings, enter, clock } = room.sources

  async function judged({ test, from, asset }: WorkOrder, until: Instant): Promise<Judged> {
    const device = (await room.assetOf(asset.id))?.device ?? null
    if (test === null || from === null || device === null) return { run: null, battery: null }
    return test === 'genset'
      ? { run: judgeRun(await readings.genset(device, from, until), readings.capacity(device)), battery: null }
      : { run: null, battery: judgeBattery(await readings.battery(device, from, until)) }
  }

  /** Where its counter stood when it was over: the next time counts from there. */
  async function closed({ hours, asset }: WorkOrder): Promise<HoursOwed | null> {
    if (hours === null) return null
    const meter = await ahead.meterOf({ hours: { ...hours, last: null } }, await room.assetOf(asset.id))
    return { ...hours, done: meter?.total ?? null }
  }

  /** What comes after work that is over, of plans that count from then. */
  async function after(order: WorkOrder): Promise<Outcome<WorkOrderView>> {
    room.tell([order.id, ...(order.hours === null ? [] : await ahead.generate(clock()))])
    room.tellAssets([order.asset.id])
    await changed()
    return done(await room.viewOf(order))
  }

  return {
    async once(given: OnceSent, viewer: Viewer): Promise<Outcome<WorkOrderView>> {
      const asset = await room.assetOf(given.asset)
      if (asset === undefined) return WHY.noAsset()
      const { title, due, checklist, test, fault, urgency } = given
      if (test !== null && asset.device === null) return WHY.noReadings()
      const made = await together(async () => {
        const order = await room.newOrder(asset, { plan: null, turn: null, title, dueAt: due, checklist, test, hours: null, fault, urgency })
        if (order === null) return WHY.changed()
        await append(viewer.name, 'care.order', order.number, { asset: asset.id, title, fault, urgency })
        return done(order)
      })
      if (!made.ok) return made
      room.tell([made.value.id])
      return done(await room.viewOf(made.value))
    },

    async start(id: number, given: StartSent, viewer: Viewer): Promise<Outcome<WorkOrderView>> {
      const order = await books.order(id)
      if (order === null) return WHY.noOrder()
      if (order.state !== 'open') return WHY.notOpen()
      let visit: WorkOrder['visit'] = null
      if (given.people.length > 0) {
        const where = (await room.assetOf(order.asset.id))?.room ?? null
        const doors = layout()
          .doors.filter(door => door.room === where)
          .map(door => door.id)
        if (doors.length === 0) return WHY.noDoor()
        const entered = await enter(`${order.number} ${order.title}`, doors, given, viewer)
        if (!entered.ok) return entered
        visit = entered.value
      }
      const begun = await together(async () => {
        const written = await room.write({ ...order, state: 'running', from: clock(), by: viewer.name, visit })
        if (written.ok) await append(viewer.name, 'care.start', order.number, { visit: visit?.number ?? null })
        return written
      })
      if (!begun.ok) return begun
      room.tell([id])
      await changed()
      return done(await room.viewOf(begun.value))
    },

    async finish(id: number, given: FinishSent, viewer: Viewer): Promise<Outcome<WorkOrderView>> {
      const order = await books.order(id)
      if (order === null) return WHY.noOrder()
      if (order.state !== 'running') return WHY.notRunning()
      const until = clock()
      const { run, battery } = await judged(order, until)
      const hours = await closed(order)
      const faults = run?.faults ?? battery?.faults ?? []
      // What the readings say nobody says better.
      const result = faults.length === 0 ? given.result : 'fail'
      const checklist = order.checklist.map(({ text }, i) => ({ text, done: given.done.includes(i) }))
      const ended = await together(async () => {
        const over = { state: 'done', until, by: viewer.name, note: given.note, checklist, run, battery, result, hours } as const
        const written = await room.write({ ...order, ...over })
        if (written.ok) await append(viewer.name, 'care.finish', order.number, { result, faults })
        return written
      })
      return ended.ok ? await after(ended.value) : ended
    },

    async cancel(id: number, reason: string, viewer: Viewer): Promise<Outcome<WorkOrderView>> {
      const order = await books.order(id)
      if (order === null) return WHY.noOrder()
      if (order.state !== 'open') return WHY.notOpen()
      const hours = await closed(order)
      const ended = await together(async () => {
        const written = await room.write({ ...order, state: 'cancelled', until: clock(), by: viewer.name, note: reason, hours })
        if (written.ok) await append(viewer.name, 'care.cancel', order.number, { reason })
        return written
      })
      return ended.ok ? await after(ended.value) : ended
    },
  }
}
