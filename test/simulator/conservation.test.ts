// What must hold whatever is broken in whatever order: power in is power out, heat in is heat out, and nothing leaves its range.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { amps, discharge, fullBattery, recharge, runtime } from '../../collectors/simulator/physics/battery.ts'
import { AIR, cracWatts, restingCrac } from '../../collectors/simulator/physics/crac.ts'
import { GENSET, restingGenset, stepGenset } from '../../collectors/simulator/physics/genset.ts'
import { chance, wander } from '../../collectors/simulator/physics/noise.ts'
import { drawn, heatContent, humidity, restingRoom, stepRoom, throughWalls } from '../../collectors/simulator/physics/room.ts'
import { isGood } from '../../collectors/simulator/physics/utility.ts'
import { FAULTS } from '../../collectors/simulator/scenarios.ts'
import { CABLE, pduWatts, step, type World } from '../../collectors/simulator/world.ts'
import { calm, plan } from './story.ts'

const near = (a: number, b: number, what: string): void =>
  assert.ok(Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b)), `${what}: ${a} and ${b}`)

function balanced(was: World, world: World): void {
  const gear = world.gear.reduce((sum, { watts }) => sum + watts, 0)
  const outlets = world.outlets.reduce((sum, row) => sum + row.reduce((part, watts) => part + watts, 0), 0)
  near(outlets, gear, 'outlets give what equipment draws')
  world.ups.forEach((ups, k) => {
    const fed = plan.pdus.reduce(
      (sum, one, n) => (one.ups === k && world.pduLive[n] === true ? sum + pduWatts(world.outlets[n]) * (1 + CABLE) : sum),
      0,
    )
    if (ups.mode !== 'off') near(ups.outputWatts, fed, 'UPS gives what PDUs take')
    near(ups.inputWatts + ups.batteryWatts, ups.outputWatts + ups.lossWatts + ups.chargeWatts, 'UPS: in is out, lost and stored')
    assert.ok(ups.battery.charge >= 0 && ups.battery.charge <= 1)
  })
  // The changeover feeds what it fed before this step.
  if (isGood(was.ats.output))
    near(
      world.atsWatts,
      world.houseWatts + world.ups.reduce((sum, one) => sum + one.inputWatts, 0) + world.cracs.reduce((sum, one) => sum + cracWatts(one), 0),
      'changeover gives what hangs on it',
    )
  else assert.equal(world.atsWatts, 0)
  for (const value of [
    world.room.cold,
    world.room.hot,
    world.room.power,
    world.room.plenum,
    ...world.cracs.flatMap(({ supply, return: back }) => [supply, back]),
  ])
    assert.ok(value > 8 && value < 65, `${value} °C`)
  const rh = humidity(world.room.water, world.room.cold)
  assert.ok(rh > 5 && rh <= 100, `${rh} %`)
  assert.ok(world.genset.fuel >= 0 && world.genset.fuel <= GENSET.tank)
}

describe('the demonstration as a whole', () => {
  it('keeps its balance through any order of scenarios', () => {
    const turn = fc.record({ fault: fc.constantFrom(...FAULTS), on: fc.boolean(), seconds: fc.integer({ min: 1, max: 240 }) })
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 8 }), turns => {
        let world = calm
        for (const { fault, on, seconds } of turns) {
          const faults = new Set(world.faults)
          if (on) faults.add(fault)
          else faults.delete(fault)
          world = { ...world, faults }
          for (let t = 0; t < seconds; t++) {
            const next = step(plan, world, 1)
            balanced(world, next)
            world = next
          }
        }
      }),
      { numRuns: 12, seed: 20_261_120 },
    )
  })

  it('is the same story every time it is told', () => {
    const once = step(plan, { ...calm, faults: new Set(['utility-failed']) }, 1)
    const again = step(plan, { ...calm, faults: new Set(['utility-failed']) }, 1)
    assert.deepEqual(once, again)
  })
})

describe('heat in the room', () => {
  it('changes only by what racks and walls give and cooling takes', () => {
    const kelvin = fc.double({ min: 15, max: 50, noNaN: true })
    fc.assert(
      fc.property(
        kelvin,
        kelvin,
        kelvin,
        fc.array(fc.record({ airflow: fc.double({ min: 0, max: 1.7, noNaN: true }), supply: fc.double({ min: 12, max: 30, noNaN: true }) }), {
          minLength: 2,
          maxLength: 2,
        }),
        fc.double({ min: 0, max: 36_000, noNaN: true }),
        (cold, hot, mass, units, heat) => {
          const room = { ...restingRoom, cold, hot, mass }
          const cracs = units.map(unit => ({ ...restingCrac(0), ...unit }))
          const flow = cracs.reduce((sum, crac) => sum + crac.airflow, 0)
          if (flow > 0 && flow < 0.02) return
          const next = stepRoom(room, { cracs, heat, upsHeat: 1600, powered: true }, 1)
          const back = drawn(room, cracs, heat)
          const taken = AIR * cracs.reduce((sum, crac) => sum + crac.airflow * (back - crac.supply), 0)
          near(heatContent(next) - heatContent(room), heat + throughWalls(room) - taken, 'J in a second')
        },
      ),
    )
  })
})

describe('a battery', () => {
  it('by Peukert gives less than half the time at twice the power', () => {
    fc.assert(
      fc.property(fc.double({ min: 1000, max: 20_000, noNaN: true }), fc.double({ min: 0.1, max: 1, noNaN: true }), (watts, charge) => {
        const battery = { ...fullBattery(25), charge }
        assert.ok(runtime(battery, 2 * watts) < runtime(battery, watts) / 2)
        assert.ok(amps(2 * watts, charge, 1) > 2 * amps(watts, charge, 1))
      }),
    )
  })

  it('lasts about as long as it says, and never holds more than a full charge', () => {
    let battery = fullBattery(25)
    const said = runtime(battery, 14_000)
    let lasted = 0
    for (; battery.charge > 0; lasted++) battery = discharge(battery, 14_000, 25, 1)
    assert.ok(Math.abs(lasted - said) < 0.15 * said, `said ${said}, lasted ${lasted}`)
    let before = battery
    for (let minute = 0; minute < 10 * 60; minute++) {
      const next = recharge(before, 25, 60)
      assert.ok(next.charge >= before.charge && next.charge <= 1)
      before = next
    }
    assert.ok(before.charge > 0.98, `${before.charge}`)
  })
})

describe('a genset', () => {
  it('always ends a start running or locked out, and without a fault always runs by the second attempt', () => {
    let second = 0
    for (let seed = 0; seed < 60; seed++) {
      let set = restingGenset()
      for (let t = 0; t < 60 && set.phase !== 'running'; t++) set = stepGenset(set, { seed, t, wanted: true, refuses: false, load: 0 }, 1)
      assert.equal(set.phase, 'running', `seed ${seed}`)
      assert.ok(set.attempt <= 2)
      if (set.attempt === 2) second++
    }
    assert.ok(second > 3 && second < 30, `${second} of 60 needed a second attempt`)
  })

  it('runs its tank dry and stops', () => {
    let set = { ...restingGenset(), fuel: 0.05 }
    for (let t = 0; t < 300; t++) set = stepGenset(set, { seed: 1, t, wanted: true, refuses: false, load: 40_000 }, 1)
    assert.equal(set.phase, 'failed')
    assert.equal(set.supply.hertz, 0)
  })
})

describe('noise', () => {
  it('is bounded, smooth and the same for the same moment', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.double({ min: 0, max: 1e7, noNaN: true }), (seed, channel, t) => {
        const value = wander(seed, channel, t, 60)
        assert.ok(Math.abs(value) <= 1)
        assert.equal(value, wander(seed, channel, t, 60))
        assert.ok(Math.abs(wander(seed, channel, t + 0.1, 60) - value) < 0.01)
      }),
    )
    const spread = Array.from({ length: 1000 }, (_, n) => chance(3, 4, n))
    const mean = spread.reduce((sum, one) => sum + one, 0) / spread.length
    assert.ok(Math.abs(mean - 0.5) < 0.05, `${mean}`)
  })
})
