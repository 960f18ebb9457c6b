// Maintenance by running hours as well as by the calendar: foretold, moved by how much it runs, reached, done, and counted anew from there.
import assert from 'node:assert/strict'
import { OWN_PROFILES, readProfiles } from '../../collectors/profile/shelf.ts'
import { AssetSent, FinishSent, PlanSent, StartSent } from '../../daemon/domain/care-sent.ts'
import type { Viewer } from '../../daemon/domain/people.ts'
import { must } from '../store/support/must.ts'
import { DAY, HOUR, openYard, type Yard } from '../visits/support/yard.ts'
import { openPlant, type Plant } from './support/plant.ts'

const KEY = 'engine.hours.duration'

describe('maintenance by running hours', function () {
  this.timeout(60_000)
  let yard: Yard
  let plant: Plant
  let noc: Viewer
  /** Hours on its display. */
  let shows = 386

  beforeEach(async () => {
    yard = await openYard()
    noc = await yard.as('noc')
    plant = await openPlant(yard)
    const { profiles } = await readProfiles([OWN_PROFILES])
    const himoinsa = profiles.find(({ name }) => name === 'himoinsa-genset')
    assert.ok(himoinsa)
    plant.points('genset', himoinsa, [KEY, 'output.power'])
    shows = 386
  })
  afterEach(async () => {
    await plant.close()
    await yard.close()
  })

  const orders = async () => [...(await plant.care.stream.all()).values()]
  const open = async () => (await orders()).filter(({ state }) => state !== 'done' && state !== 'cancelled')
  /** Days go by, of which it runs so many hours each. */
  async function run(days: number, hours: number): Promise<void> {
    for (let day = 0; day < days; day++) {
      yard.clock.now += DAY
      shows += hours
      await plant.tell('genset', KEY, shows * 3_600)
      await plant.care.tick()
    }
  }
  async function oil(given: object = {}) {
    await plant.tell('genset', KEY, shows * 3_600)
    const { id } = must(await plant.care.putAsset(0, AssetSent.parse({ kind: 'genset', name: 'Genset', room: 'power-room', device: 'genset' }), noc))
    const plan = {
      asset: id,
      title: 'Ganti oli',
      every: { unit: 'month', n: 6 },
      first: '2027-05-20',
      at: '09:00',
      hours: { key: KEY, every: 250, last: 300 },
    }
    return must(await plant.care.putPlan(0, PlanSent.parse({ ...plan, ...given }), noc))
  }
  async function done(id: number): Promise<void> {
    must(await plant.care.start(id, StartSent.parse({}), noc))
    must(await plant.care.finish(id, FinishSent.parse({ result: 'pass' }), noc))
  }

  it('foretells by how much it runs of late, writes the work ahead, and moves it when it runs more', async () => {
    await oil()
    await run(10, 2)
    let [asset] = await plant.care.register()
    assert.equal(asset?.plans[0]?.left, 550 - 406)
    assert.ok(Math.abs((asset?.meters[0]?.perDay ?? 0) - 2) < 0.01)
    // 144 h at 2 h a day: 72 days, long before the six months.
    const next = asset?.plans[0]?.next
    assert.equal(next?.by, 'hours')
    assert.ok(Math.abs((next?.at ?? 0) - (yard.clock.now + 72 * DAY)) < 2 * DAY)
    assert.deepEqual(await open(), [], 'not near enough')

    await run(60, 2)
    const [written] = await open()
    assert.equal(written?.hours?.every, 250)
    const due = written?.dueAt ?? 0
    assert.ok(Math.abs(due - (yard.clock.now + 12 * DAY)) < 2 * DAY)
    // The utility is away for days: it runs all the time.
    await run(2, 8)
    const [sooner] = await open()
    assert.ok((sooner?.dueAt ?? 0) < due - 2 * DAY, 'it is due sooner')
    assert.deepEqual([sooner?.id, sooner?.hours?.reachedAt], [written?.id, null])
    await run(1, 8)
    const [reached] = await open()
    assert.deepEqual([reached?.id, reached?.state, reached?.hours?.reachedAt], [written?.id, 'due', yard.clock.now])
    await run(2, 0)
    assert.match([...plant.alarms.values()][0] ?? '', /Ganti oli \(Genset\) terlambat/)

    // Done at what it shows now: the next 250 hours, and the next six months, count from here.
    await done(written?.id ?? 0)
    assert.equal(plant.alarms.size, 0)
    ;[asset] = await plant.care.register()
    assert.equal(asset?.plans[0]?.left, 250)
    await run(1, 1)
    ;[asset] = await plant.care.register()
    assert.equal(asset?.plans[0]?.left, 249)
  })

  it('is due by the calendar when it does not run, from when it was last done', async () => {
    await oil({ first: '2026-12-01' })
    await run(3, 0)
    const [first] = await open()
    assert.equal(new Date((first?.dueAt ?? 0) + 7 * HOUR).toISOString().slice(0, 16), '2026-12-01T09:00')
    assert.equal((await plant.care.register())[0]?.plans[0]?.next.by, 'calendar')
    await done(first?.id ?? 0)
    const next = (await plant.care.register())[0]?.plans[0]?.next
    assert.equal(new Date((next?.at ?? 0) + 7 * HOUR).toISOString().slice(0, 16), '2027-05-23T09:00', 'six months from when it was done')
  })

  it('goes on through a reset and a new controller, and says that there was one', async () => {
    await oil()
    await run(5, 2)
    shows = 0
    await run(5, 2)
    const [asset] = await plant.care.register()
    assert.equal(asset?.plans[0]?.left, 550 - 406)
    assert.deepEqual([asset?.meters[0]?.hours, asset?.meters[0]?.changes.length], [10, 1])
  })

  it('knows the past of a counter that nobody watched till now', async () => {
    for (let day = 28; day >= 0; day--) await plant.tell('genset', KEY, (386 - day * 3) * 3_600, yard.clock.now - day * DAY)
    await oil()
    const [asset] = await plant.care.register()
    assert.ok(Math.abs((asset?.meters[0]?.perDay ?? 0) - 3) < 0.2, `${asset?.meters[0]?.perDay}`)
    assert.equal(asset?.plans[0]?.next.by, 'hours')
  })

  it('keeps what it counts from when its rhythm changes, and refuses a counter that is none', async () => {
    const plan = await oil()
    await run(5, 2)
    must(await plant.care.putPlan(plan.id, PlanSent.parse({ ...sentOf(plan), hours: { key: KEY, every: 200, last: 300 } }), noc))
    assert.equal((await plant.care.register())[0]?.plans[0]?.left, 500 - 396)
    const wrong = await plant.care.putPlan(0, PlanSent.parse({ ...sentOf(plan), hours: { key: 'output.power', every: 200 } }), noc)
    assert.match(wrong.ok ? '' : wrong.failure.message, /has no counter "output\.power"/)
  })

  it('counts anew when another device stands in its place, and goes by the calendar where that has no counter', async () => {
    const plan = await oil({ lead: 365 })
    await run(5, 2)
    assert.equal((await open()).length, 1)
    const { profiles } = await readProfiles([OWN_PROFILES])
    const himoinsa = profiles.find(({ name }) => name === 'himoinsa-genset')
    assert.ok(himoinsa)
    plant.points('genset-2', himoinsa, [KEY])
    await plant.tell('genset-2', KEY, 5 * 3_600)
    const asset = { kind: 'genset', name: 'Genset', room: 'power-room' }
    must(await plant.care.putAsset(plan.asset, AssetSent.parse({ ...asset, device: 'genset-2' }), noc))
    assert.equal((await plant.care.register())[0]?.plans[0]?.left, 250)
    assert.deepEqual(
      (await orders()).map(({ state }) => state).toSorted(),
      ['cancelled', 'planned'],
      'what was owed by the old counter is called off',
    )
    plant.points('genset-3', himoinsa, ['output.power'])
    must(await plant.care.putAsset(plan.asset, AssetSent.parse({ ...asset, device: 'genset-3' }), noc))
    const [only] = (await plant.care.register())[0]?.plans ?? []
    assert.deepEqual([only?.hours, only?.left, only?.next.by], [null, null, 'calendar'])
  })

  const sentOf = ({ id: _, since: _since, base: _base, ...plan }: Awaited<ReturnType<typeof oil>>) => plan
})
