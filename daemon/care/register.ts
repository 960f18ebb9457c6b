// The register: assets that are kept up, each with its plans; what goes out of it takes along the work that has not begun.
import type { Instant } from '../domain/call.ts'
import type { MeterView } from '../domain/care.ts'
import type { Asset, AssetSent, AssetView, Plan, PlanSent } from '../domain/care-sent.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import { type Ahead, baseOf } from './ahead.ts'
import { rateOf } from './meter.ts'
import { WHY } from './reasons.ts'
import type { CareRoom } from './room.ts'

export function openRegister(room: CareRoom, ahead: Ahead) {
  const { books, together, append, layout, isDevice, readings, clock } = room.sources

  /** Each asset with its plans and its counters. */
  async function views(assets: readonly Asset[]): Promise<readonly AssetView[]> {
    const plans = Map.groupBy(await books.plans(), ({ asset }) => asset)
    const meters = await ahead.meters()
    return await Promise.all(
      assets.map(async asset => ({
        ...asset,
        plans: await Promise.all(
          (plans.get(asset.id) ?? []).map(async plan => {
            const { left, ...next } = await ahead.next(plan, meters.get(`${asset.device}/${plan.hours?.key}`) ?? null)
            return { ...plan, next, left }
          }),
        ),
        meters:
          asset.device === null
            ? []
            : (readings.counters(asset.device) ?? []).map(({ key, label, reading }): MeterView => {
                const meter = meters.get(`${asset.device}/${key}`)
                const rate = meter === undefined ? null : rateOf(meter)
                const seconds = reading?.value ?? meter?.raw ?? null
                return {
                  key,
                  label,
                  hours: seconds === null ? null : seconds / 3_600,
                  perDay: rate === null ? null : rate * 24,
                  changes: meter?.changes ?? [],
                }
              }),
      })),
    )
  }

  const planOf = async (id: number): Promise<Plan | undefined> => (await books.plans()).find(one => one.id === id)
  /** Of work that has not begun. */
  const openOf = async (now: Instant, isOf: (order: { readonly plan: number | null; readonly asset: { readonly id: number } }) => boolean) =>
    (await books.live(now)).filter(one => one.state === 'open' && isOf(one))

  async function tellAfter<T>(asset: number, gone: readonly number[], outcome: Outcome<T>): Promise<Outcome<T>> {
    if (!outcome.ok) return outcome
    room.tell([...gone, ...(await ahead.generate(clock()))])
    room.tellAssets([asset])
    return outcome
  }

  /** Another device has other counters: plans that go by hours count anew from now, and go by the calendar alone where it has none like it. */
  async function anotherDevice({ id, device }: Asset, now: Instant): Promise<Outcome<readonly number[]>> {
    const gone: number[] = []
    for (const plan of await books.plans()) {
      const { hours } = plan
      if (plan.asset !== id || hours === null) continue
      const off = await room.callOff(await openOf(now, one => one.plan === plan.id), now)
      if (!off.ok) return off
      gone.push(...off.value)
      const has = device !== null && readings.counters(device)?.some(({ key }) => key === hours.key) !== false
      await books.dropPlan(plan.id, now)
      await books.putPlan({ ...plan, id: 0, since: now, base: null, hours: has ? { ...hours, last: null } : null })
    }
    return done(gone)
  }

  return {
    views,

    async putAsset(id: number, given: AssetSent, viewer: Viewer): Promise<Outcome<Asset>> {
      const before = await room.assetOf(id)
      if (id !== 0 && before === undefined) return WHY.noAsset()
      if (given.room !== null && !layout().rooms.some(one => one.id === given.room)) return WHY.noRoom(given.room)
      if (given.device !== null && !isDevice(given.device)) return WHY.noDevice(given.device)
      let gone: readonly number[] = []
      const put = await together(async () => {
        const asset = await books.putAsset({ ...given, id })
        if (before !== undefined && before.device !== given.device) {
          const off = await anotherDevice(asset, clock())
          if (!off.ok) return off
          gone = off.value
        }
        await append(viewer.name, id === 0 ? 'care.asset.add' : 'care.asset.change', String(asset.id), { ...given })
        return done(asset)
      })
      return put.ok ? await tellAfter(put.value.id, gone, put) : put
    },

    async dropAsset(id: number, viewer: Viewer): Promise<Outcome<void>> {
      const asset = await room.assetOf(id)
      if (asset === undefined) return WHY.noAsset()
      const now = clock()
      let gone: readonly number[] = []
      const dropped = await together(async () => {
        if ((await books.live(now)).some(one => one.asset.id === id && one.state === 'running')) return WHY.hasWork()
        for (const plan of await books.plans()) if (plan.asset === id) await books.dropPlan(plan.id, now)
        const off = await room.callOff(await openOf(now, one => one.asset.id === id), now)
        if (!off.ok) return off
        gone = off.value
        await books.dropAsset(id, now)
        await append(viewer.name, 'care.asset.remove', String(id), { name: asset.name })
        return done(undefined)
      })
      return await tellAfter(id, gone, dropped)
    },

    async putPlan(id: number, given: PlanSent, viewer: Viewer): Promise<Outcome<Plan>> {
      const asset = await room.assetOf(given.asset)
      if (asset === undefined) return WHY.noAsset()
      if (given.test !== null && asset.device === null) return WHY.noReadings()
      const { hours } = given
      if (hours !== null && (asset.device === null || readings.counters(asset.device)?.some(({ key }) => key === hours.key) === false))
        return WHY.noCounter(hours.key)
      const before = await planOf(id)
      if (id !== 0 && before === undefined) return WHY.noPlan()
      const now = clock()
      const meter = await ahead.meterOf(given, asset)
      let gone: readonly number[] = []
      const written = await together(async () => {
        // Another rhythm is another plan: turns that are written keep their numbers, and those ahead are written anew.
        const isAnother = before !== undefined && rhythmOf(before) !== rhythmOf(given)
        if (isAnother) {
          const off = await room.callOff(await openOf(now, one => one.plan === id), now)
          if (!off.ok) return off
          gone = off.value
          await books.dropPlan(id, now)
        }
        // Its counter goes on from when it was last done, unless people say otherwise.
        const isSameCounter = before?.hours?.key === hours?.key && before?.hours?.last === hours?.last
        const since = isSameCounter && before !== undefined ? ((await countsFrom(before.id)) ?? before.base) : null
        const base = hours === null ? null : (since ?? baseOf(hours.last, meter))
        const kept = isAnother || before === undefined
        const plan = await books.putPlan({ ...given, id: isAnother ? 0 : id, since: kept ? now : before.since, base: kept ? base : before.base })
        await append(viewer.name, id === 0 ? 'care.plan.add' : 'care.plan.change', String(plan.id), { ...given })
        return done(plan)
      })
      return await tellAfter(asset.id, gone, written)
    },

    async dropPlan(id: number, viewer: Viewer): Promise<Outcome<void>> {
      const plan = await planOf(id)
      if (plan === undefined) return WHY.noPlan()
      const now = clock()
      let gone: readonly number[] = []
      const dropped = await together(async () => {
        const off = await room.callOff(await openOf(now, one => one.plan === id), now)
        if (!off.ok) return off
        gone = off.value
        await books.dropPlan(id, now)
        await append(viewer.name, 'care.plan.remove', String(id), { title: plan.title })
        return done(undefined)
      })
      return await tellAfter(plan.asset, gone, dropped)
    },
  }

  /** The total from which a plan counts at present. */
  async function countsFrom(plan: number): Promise<number | null> {
    const hours = (await books.last(plan))?.hours ?? null
    return hours === null ? null : (hours.done ?? (hours.due === null ? null : hours.due - hours.every * 3_600))
  }
}

const rhythmOf = ({ first, at, every, hours }: Pick<PlanSent, 'first' | 'at' | 'every' | 'hours'>): string =>
  JSON.stringify([first, at, every.unit, every.n, hours === null ? null : [hours.key, hours.every, hours.last]])
