// Work of plans whose time comes near: written ahead, each time once, and moved while its counter runs faster or slower than it was foreseen.
import type { Instant } from '../domain/call.ts'
import type { HoursOwed, Meter, WorkOrder } from '../domain/care.ts'
import type { Asset, Plan } from '../domain/care-sent.ts'
import { dueAt, dueByHours, foreseen, turnsOwed } from './due.ts'
import { metered } from './meter.ts'
import type { CareRoom } from './room.ts'

const DAY = 86_400_000
/** How fast a counter grows is told by so much of its past when it is first watched. */
const PAST = 28 * DAY
/** A counter that stands still is noted so often, ms. */
const NOTED = 3_600_000

export type Ahead = ReturnType<typeof openAhead>

const idOf = (device: string, key: string): string => `${device}/${key}`

/** The total at which the counter showed `last` hours; without one: now. */
export const baseOf = (last: number | null, meter: Meter | null): number | null =>
  meter === null ? null : last === null ? meter.total : meter.total - meter.raw + last * 3_600

export function openAhead(room: CareRoom) {
  const { books, readings, clock } = room.sources

  /** A counter with what it says now. Null: it was never read. */
  async function count(device: string, key: string, known: ReadonlyMap<string, Meter>): Promise<Meter | null> {
    const now = clock()
    let meter = known.get(idOf(device, key)) ?? null
    const was = meter
    if (meter === null)
      for (const { at, value } of await readings.counted(device, key, now - PAST, now)) meter = metered(meter, { device, key }, at, value)
    const reading = readings.counters(device)?.find(one => one.key === key)?.reading ?? null
    if (reading !== null) meter = metered(meter, { device, key }, reading.at, reading.value)
    if (meter !== null && (was === null || meter.raw !== was.raw || meter.at - was.at >= NOTED)) await books.putMeter(meter)
    return meter
  }
  const all = async (): Promise<ReadonlyMap<string, Meter>> => new Map((await books.meters()).map(one => [idOf(one.device, one.key), one]))

  const meterOf = async (plan: Pick<Plan, 'hours'>, asset: Pick<Asset, 'device'> | undefined): Promise<Meter | null> =>
    plan.hours === null || asset?.device == null ? null : await count(asset.device, plan.hours.key, await all())

  /** Null: as it is. A day's move is not worth telling. */
  function moved(order: WorkOrder, owed: HoursOwed, plan: Plan, meter: Meter | null): WorkOrder | null {
    const { at, hours } = foreseen(owed, plan, meter, room.zone())
    const isReached = hours.reachedAt !== owed.reachedAt
    if (!isReached && Math.abs(at - order.dueAt) < DAY) return null
    return { ...order, hours, dueAt: isReached ? Math.min(order.dueAt, at) : at }
  }

  async function byHours(plan: Plan & { readonly hours: NonNullable<Plan['hours']> }, asset: Asset, meter: Meter | null, now: Instant) {
    const last = await books.last(plan.id)
    if (last !== null && (last.state === 'open' || last.state === 'running')) {
      const move = last.state === 'running' || last.hours === null ? null : moved(last, last.hours, plan, meter)
      const written = move === null ? null : await room.write(move)
      return written?.ok === true ? written.value : null
    }
    let { base } = plan
    if (base === null && last === null && meter !== null) {
      base = baseOf(plan.hours.last, meter)
      await books.putPlan({ ...plan, base })
    }
    const { turn, at, hours } = dueByHours({ ...plan, base }, last, meter, room.zone())
    if (at - plan.lead * DAY > now) return null
    const { title, checklist, test } = plan
    return await room.newOrder(asset, { plan: plan.id, turn, title, dueAt: at, checklist, test, hours })
  }

  return {
    meterOf,
    meters: all,

    /** Whatever was missed while nobody looked is written too. Ids of what is new or has moved. */
    async generate(now: Instant): Promise<readonly number[]> {
      const assets = new Map((await books.assets()).map(one => [one.id, one]))
      const known = await all()
      const made: number[] = []
      for (const plan of await books.plans()) {
        const asset = assets.get(plan.asset)
        if (asset === undefined) continue
        const { hours } = plan
        if (hours !== null) {
          const meter = asset.device === null ? null : await count(asset.device, hours.key, known)
          const order = await byHours({ ...plan, hours }, asset, meter, now)
          if (order !== null) made.push(order.id)
          continue
        }
        for (const { turn, at } of turnsOwed(plan, (await books.last(plan.id))?.turn ?? null, now, room.zone())) {
          const { title, checklist, test } = plan
          const order = await room.newOrder(asset, { plan: plan.id, turn, title, dueAt: at, checklist, test, hours: null })
          if (order !== null) made.push(order.id)
        }
      }
      return made
    },

    /** When a plan comes next beyond what is written; by hours, what is written is the next. */
    async next(plan: Plan, meter: Meter | null): Promise<{ readonly at: Instant; readonly by: 'calendar' | 'hours'; readonly left: number | null }> {
      const { hours } = plan
      const last = await books.last(plan.id)
      if (hours === null) return { at: dueAt(plan, (last?.turn ?? -1) + 1, room.zone()), by: 'calendar', left: null }
      const is =
        last !== null && last.hours !== null && (last.state === 'open' || last.state === 'running')
          ? { ...foreseen(last.hours, plan, meter, room.zone()), at: last.dueAt }
          : dueByHours({ ...plan, hours }, last, meter, room.zone())
      return { at: is.at, by: is.by, left: meter === null || is.hours.due === null ? null : (is.hours.due - meter.total) / 3_600 }
    },
  }
}
