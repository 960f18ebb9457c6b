// A year of maintenance on real records with a clock we turn: work orders ahead, overdue and told, begun with people who come in, done with a result.
import assert from 'node:assert/strict'
import { OWN_PROFILES, readProfiles } from '../../collectors/profile/shelf.ts'
import type { Care } from '../../daemon/care/care.ts'
import { AssetSent, PlanSent, StartSent } from '../../daemon/domain/care-sent.ts'
import type { Viewer } from '../../daemon/domain/people.ts'
import type { Profile } from '../../daemon/domain/profile.ts'
import { must } from '../store/support/must.ts'
import { DAY, HOUR, MINUTE, openYard, type Yard } from '../visits/support/yard.ts'
import { openPlant, type Plant } from './support/plant.ts'

describe('care', function () {
  this.timeout(30_000)
  let yard: Yard
  let care: Care
  let noc: Viewer
  let plant: Plant
  let profiles: readonly Profile[]

  const open = async () => {
    plant = await openPlant(yard)
    care = plant.care
  }
  const orders = async () => [...(await care.stream.all()).values()]
  const genset = async () =>
    must(await care.putAsset(0, AssetSent.parse({ kind: 'genset', name: 'Genset', room: 'power-room', device: 'genset' }), noc))
  const monthly = async (asset: number, more: object = {}) =>
    must(
      await care.putPlan(
        0,
        PlanSent.parse({
          asset,
          title: 'Uji jalan',
          every: { unit: 'month', n: 1 },
          first: '2026-11-25',
          checklist: ['Oli', 'Aki'],
          test: 'genset',
          ...more,
        }),
        noc,
      ),
    )

  before(async () => {
    profiles = (await readProfiles([OWN_PROFILES])).profiles
  })
  beforeEach(async () => {
    yard = await openYard()
    noc = await yard.as('noc')
    await open()
  })
  afterEach(async () => {
    await plant.close()
    await yard.close()
  })

  it('writes work ahead, each time once over a year and two restarts, and tells who looks', async () => {
    const { id } = await genset()
    await monthly(id)
    assert.deepEqual(
      (await orders()).map(({ number, state }) => [number, state]),
      [['WO-2026-0001', 'planned']],
    )
    assert.deepEqual(plant.told, ['1'])
    for (let week = 0; week < 53; week++) {
      yard.clock.now += 7 * DAY
      if (week % 20 === 7) {
        await plant.close()
        await open()
      }
      await Promise.all([care.tick(), care.tick()])
    }
    const days = (await orders()).map(({ dueAt }) => new Date(dueAt + 7 * HOUR).toISOString().slice(0, 16))
    assert.equal(days[0], '2026-11-25T08:00')
    assert.equal(days.length, 13)
    assert.deepEqual(days, [...new Set(days)])
    assert.ok(days.every(day => day.endsWith('-25T08:00')))
  })

  it('raises what is overdue, and ends it when the work begins', async () => {
    const { id } = await genset()
    await monthly(id)
    yard.clock.now += 7 * DAY
    await care.tick()
    const [order] = await orders()
    assert.equal(order?.state, 'overdue')
    assert.match(
      plant.alarms.get(`care.overdue.${order.id}`) ?? '',
      /Uji jalan \(Genset\) terlambat: jatuh tempo Rabu, 25 November 2026, WO-2026-0001/,
    )
    must(await care.start(order.id, StartSent.parse({}), noc))
    assert.equal(plant.alarms.size, 0)
    assert.equal((await care.start(order.id, StartSent.parse({}), noc)).ok, false, 'begun once')
  })

  it('lets its people in as a maintenance visit that explains the doors, and takes the result from the readings', async () => {
    const { id } = await genset()
    await monthly(id)
    const [order] = await orders()
    assert.ok(order)
    const begun = must(await care.start(order.id, StartSent.parse({ people: [{ name: 'Rudi Hartono', company: 'CV Daya Mandiri' }] }), noc))
    assert.ok(begun.visit)
    const [presence] = await yard.visits.presences(yard.clock.now)
    assert.deepEqual([presence?.kind, presence?.visit, presence?.doors.has('d2')], ['maintenance', begun.visit.id, true])

    // It ran for five minutes: whoever says it passed is told otherwise.
    const at = yard.clock.now
    yard.clock.now += 30 * MINUTE
    const himoinsa = profiles.find(({ name }) => name === 'himoinsa-genset')
    assert.ok(himoinsa)
    plant.points('genset', himoinsa, ['output.frequency', 'output.L1.voltage', 'output.power'])
    for (let i = 0; i <= 31; i++)
      for (const [key, value] of [
        ['output.frequency', i < 31 ? 50 : 0],
        ['output.L1.voltage', i < 31 ? 230 : 0],
        ['output.power', i < 31 ? 20_000 : 0],
      ] as const)
        await plant.tell('genset', key, value, at + i * 10_000)
    const ended = must(await care.finish(order.id, { done: [0], note: 'Berhenti sendiri', result: 'pass' }, noc))
    assert.deepEqual([ended.state, ended.result, ended.run?.faults], ['done', 'fail', ['short']])
    assert.deepEqual(ended.checklist, [
      { text: 'Oli', done: true },
      { text: 'Aki', done: false },
    ])
    const trail = (await yard.records.audit.page({ size: 20 })).map(({ action }) => action).filter(action => action.startsWith('care.'))
    assert.deepEqual(trail, ['care.finish', 'care.start', 'care.plan.add', 'care.asset.add'])
    assert.equal((await care.between(at - 1, at + 1)).length, 1)
  })

  it('calls off what is ahead when its rhythm changes, and writes it anew', async () => {
    const { id } = await genset()
    const plan = await monthly(id)
    must(
      await care.putPlan(
        plan.id,
        PlanSent.parse({ asset: id, title: 'Uji jalan', every: { unit: 'week', n: 1 }, first: '2026-11-26', test: 'genset' }),
        noc,
      ),
    )
    const states = (await orders()).map(({ state, dueAt }) => [state, new Date(dueAt).toISOString().slice(0, 10)])
    assert.deepEqual(states, [
      ['cancelled', '2026-11-25'],
      ['planned', '2026-11-26'],
      ['planned', '2026-12-03'],
    ])
    must(await care.dropAsset(id, noc))
    assert.ok((await orders()).every(({ state }) => state === 'cancelled'))
    assert.deepEqual([await care.assets(), await care.plans()], [[], []])
  })

  it('says which field is wrong', async () => {
    const lost = await care.putAsset(0, AssetSent.parse({ kind: 'hvac', name: 'CRAC', room: 'attic' }), noc)
    assert.match(lost.ok ? '' : lost.failure.message, /room: there is no room "attic"/)
    const silent = must(await care.putAsset(0, AssetSent.parse({ kind: 'genset', name: 'Genset lama' }), noc))
    const plan = await care.putPlan(
      0,
      PlanSent.parse({ asset: silent.id, title: 'Uji', every: { unit: 'month', n: 1 }, first: '2026-11-25', test: 'genset' }),
      noc,
    )
    assert.match(plan.ok ? '' : plan.failure.message, /name the device of this asset first/)
  })
})
