// Stories of power: the mains fail, the genset starts or does not, batteries empty, feeds trip.
import assert from 'node:assert/strict'
import { GENSET } from '../../collectors/simulator/physics/genset.ts'
import { isLow } from '../../collectors/simulator/physics/ups.ts'
import type { World } from '../../collectors/simulator/world.ts'
import { calm, plan, tell, watts } from './story.ts'

const everyUps = (world: World, mode: string): boolean => world.ups.every(ups => ups.mode === mode)

describe('the mains', () => {
  it('are good on a calm day, and everything answers', () => {
    assert.equal(calm.ats.position, 'A')
    assert.ok(everyUps(calm, 'onLine'))
    assert.equal(calm.answering.size, plan.devices.size)
    const it = calm.ups.reduce((sum, ups) => sum + ups.outputWatts, 0)
    assert.ok(it > 24_000 && it < 29_000, `IT load ${it}`)
    const pue = calm.atsWatts / it
    assert.ok(pue > 1.3 && pue < 1.7, `PUE ${pue}`)
    for (const ups of calm.ups) assert.ok(ups.runtime > 15 * 60 && ups.runtime < 22 * 60, `runtime ${ups.runtime}`)
  })

  it('fail: batteries carry, the genset starts after its delay, takes over, and the batteries are charged again', () => {
    const dark = tell().breaks('utility-failed').after(2)
    assert.ok(everyUps(dark.world, 'onBattery'), 'both UPS on battery')
    assert.ok(
      dark.world.cracs.every(({ mode }) => mode === 'off'),
      'cooling stands',
    )
    assert.equal(dark.world.genset.phase, 'standby')
    assert.equal(dark.world.answering.has('crac-1'), false)
    assert.equal(dark.world.answering.has('ups-a'), true)

    const later = dark.after(6)
    assert.equal(later.world.genset.phase, 'cranking')
    for (const k of [0, 1]) assert.ok((later.world.ups[k]?.runtime ?? 0) < (dark.world.ups[k]?.runtime ?? 0), 'runtime counts down')

    const carried = later.until('genset carries', world => world.ats.position === 'B' && everyUps(world, 'onLine'), 90)
    assert.ok(carried.world.genset.supply.volts[0] > 220)
    const settled = carried.until('cooling runs', world => world.cracs.every(({ mode }) => mode === 'running'), 90).after(30)
    const charge = settled.world.ups[0]?.battery.charge ?? 1
    assert.ok(charge < 0.99, `charge ${charge}`)
    assert.ok((settled.world.ups[0]?.chargeWatts ?? 0) > 100, 'charger works')
    assert.ok((settled.after(600).world.ups[0]?.battery.charge ?? 0) > charge, 'charge rises')
    assert.ok(settled.after(600).world.genset.fuel < settled.world.genset.fuel - 1, 'it burns its tank')
    assert.ok(settled.after(120).world.answering.size === plan.devices.size, 'everything answers on the genset')
  })

  it('return: the load waits, goes back, the genset cools down and stands by', () => {
    const onGenset = tell()
      .breaks('utility-failed')
      .until('genset carries', world => world.ats.position === 'B', 90)
      .after(60)
    const back = onGenset.mends().after(50)
    assert.equal(back.world.ats.position, 'B', 'the grid has to prove itself')
    const again = back.until('retransfer', world => world.ats.position === 'A' && everyUps(world, 'onLine'), 40)
    assert.equal(again.world.genset.phase, 'cooling')
    const rest = again.until('standby', world => world.genset.phase === 'standby', GENSET.coolSeconds + 5)
    assert.ok(rest.world.genset.coolant > 50, 'still warm')
    assert.equal(rest.world.ats.transfers, calm.ats.transfers + 2)
  })

  it('dip for two seconds: batteries only, no engine is started', () => {
    const dip = tell().breaks('utility-failed').after(2).mends().after(30)
    assert.ok(everyUps(dip.world, 'onLine'))
    assert.equal(dip.world.genset.starts, calm.genset.starts)
    assert.equal(dip.world.ats.transfers, calm.ats.transfers)
  })
})

describe('a genset that refuses', () => {
  const failed = tell()
    .breaks('utility-failed', 'genset-refuses')
    .until('gives up', world => world.genset.phase === 'failed', 90)

  it('cranks three times and locks out', () => {
    assert.equal(failed.world.genset.failedStarts, calm.genset.failedStarts + 1)
    assert.equal(failed.world.genset.starts, calm.genset.starts)
    assert.equal(failed.after(300).world.genset.phase, 'failed')
  })

  it('lets the batteries empty: warned low, then the racks die and nothing answers; it all comes back', () => {
    const low = failed.until('battery low', world => world.ups.some(isLow), 1500)
    assert.ok(everyUps(low.world, 'onBattery'))
    const dead = low.until('racks dark', world => everyUps(world, 'off'), 400)
    assert.ok(dead.after(2).world.gear.every(({ since }) => since === null))
    assert.equal(dead.after(2).world.answering.size, 0)

    const back = dead
      .after(60)
      .mends()
      .until('all answer', world => world.answering.size === plan.devices.size, 400)
    assert.ok(everyUps(back.world, 'onLine'))
    const since = back.world.powered.get('web-1') ?? 0
    assert.ok(since > dead.world.t, 'the server started anew')
    assert.ok(
      back.world.ups.every(ups => ups.battery.charge < 0.1),
      'batteries take hours',
    )
    assert.ok(back.after(3600).world.ups.every(ups => ups.battery.charge > 0.2))
  })

  it('starts when someone has repaired it', () => {
    const repaired = failed.mends('genset-refuses').until('genset carries', world => world.ats.position === 'B', 60)
    assert.ok(everyUps(repaired.after(10).world, 'onLine'))
  })
})

/** Runs only while somebody has plugged it in. */
const isGuest = (k: number): boolean => plan.guests.includes(plan.gears[k]?.id ?? '')

describe('feeds', () => {
  it('move their load to the other side when one trips, and back', () => {
    const [a, b] = [watts(calm, 'pdu-a4-a'), watts(calm, 'pdu-a4-b')]
    const tripped = tell().breaks('feed-a4-a').after(5)
    assert.equal(watts(tripped.world, 'pdu-a4-a'), 0)
    assert.ok(Math.abs(watts(tripped.world, 'pdu-a4-b') - (a + b)) < 0.05 * (a + b), 'B carries both')
    assert.equal(tripped.world.answering.has('pdu-a4-a'), false)
    assert.equal(tripped.world.answering.size, plan.devices.size - 1)
    assert.ok(
      tripped.world.gear.every(({ since }, k) => since !== null || isGuest(k)),
      'nothing in the rack died',
    )
    const mended = tripped.mends().after(20)
    assert.ok(watts(mended.world, 'pdu-a4-a') > 0.8 * a)
    assert.ok(mended.world.answering.has('pdu-a4-a'))
  })

  it('lost with UPS A: equipment with one supply dies, the rest lives on B', () => {
    // UPS A alone, with a dead battery and no input: as a maintenance mistake would do it.
    const ups = calm.ups.map((one, k) => (k === 0 ? { ...one, mode: 'off' as const, goodFor: -1e9 } : one))
    const half = tell({ ...calm, ups }).after(5)
    const single = plan.gears.flatMap((gear, k) => (gear.psus.length === 1 ? [{ id: gear.id, k }] : []))
    assert.ok(single.length >= 2)
    for (const { id, k } of single) {
      const onA = plan.gears[k]?.psus.every(psu => plan.pdus[psu.pdu]?.ups === 0) ?? false
      assert.equal(half.world.gear[k]?.since === null, onA, id)
    }
    assert.equal(half.world.answering.has('simrs-db1'), false, 'its only switch hung on A')
    assert.equal(half.world.gear.filter(({ since }, k) => since === null && !isGuest(k)).length, 1)
    assert.ok((half.world.ups[1]?.outputWatts ?? 0) > 24_000)
  })

  it('give power at the outlets of a guest as soon as it is plugged in, and at no other; its port carries, and is dark again without it', () => {
    const outlets = (world: World, id: string) => world.outlets[plan.pduOf.get(id) ?? -1] ?? new Float64Array()
    const plugged = tell().breaks('tenant-server').after(3)
    for (const id of ['pdu-a5-a', 'pdu-a5-b']) {
      assert.equal(outlets(calm, id)[8], 0)
      assert.ok((outlets(plugged.world, id)[8] ?? 0) > 100, id)
      assert.equal(outlets(plugged.world, id)[9], 0)
    }
    assert.equal(outlets(plugged.mends().after(3).world, 'pdu-a5-a')[8], 0)
  })
})

describe('a weak battery', () => {
  it('shows in the runtime and asks to be replaced; a new one is whole', () => {
    const weak = tell().breaks('ups-a-battery').after(10)
    const [a, b] = weak.world.ups
    assert.ok(a !== undefined && b !== undefined)
    assert.ok(a.runtime < 0.4 * b.runtime, `${a.runtime} s beside ${b.runtime} s`)
    assert.ok(a.battery.health < 0.6)
    assert.ok((weak.after(3600).world.ups[0]?.battery.temperature ?? 0) > (b.battery.temperature ?? 0) + 1, 'it warms')
    assert.ok((weak.mends().after(5).world.ups[0]?.runtime ?? 0) > 0.8 * b.runtime)
  })
})
