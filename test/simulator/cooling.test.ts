// Stories of air: what the room does when cooling stops, weakens or comes back.
import assert from 'node:assert/strict'
import { CRAC } from '../../collectors/simulator/physics/crac.ts'
import { HEAT } from '../../collectors/simulator/physics/load.ts'
import { humidity } from '../../collectors/simulator/physics/room.ts'
import { advance } from '../../collectors/simulator/world.ts'
import { calm, hottest, plan, tell, top } from './story.ts'

describe('the air of a calm room', () => {
  it('is cool at every inlet, warmer up and at busy racks, and stays so', () => {
    for (const { id } of plan.racks) assert.ok(top(calm, id) > 18 && top(calm, id) < 26, `${id} ${top(calm, id)}`)
    assert.ok(top(calm, 'a4') > top(calm, 'a1') + 1)
    assert.ok(calm.room.hot > calm.room.cold + 8)
    const rh = humidity(calm.room.water, calm.room.cold)
    assert.ok(rh > 40 && rh < 65, `${rh} %`)
    const hour = advance(plan, calm, 3600)
    assert.ok(Math.abs(hottest(hour) - hottest(calm)) < 0.8)
    assert.ok(calm.cracs.every(crac => Math.abs(crac.supply - CRAC.setpoint) < 0.3))
  })
})

describe('CRAC 1 stopping', () => {
  const gone = tell().breaks('crac-1-stopped').after(420)

  it('warms the racks on its side past 27 °C within minutes, while CRAC 2 works harder', () => {
    assert.ok(top(gone.world, 'a2') > 27, `A2 ${top(gone.world, 'a2')}`)
    assert.ok(top(gone.world, 'a2') - top(calm, 'a2') > top(gone.world, 'a6') - top(calm, 'a6') + 2, 'the far side less')
    assert.ok((gone.world.cracs[1]?.fan ?? 0) > CRAC.calmFan)
    assert.ok((gone.world.cracs[1]?.cooling ?? 0) > 1.3 * (calm.cracs[1]?.cooling ?? 0))
    assert.ok(gone.world.answering.has('crac-1'), 'its controller still tells')
    assert.ok(hottest(gone.after(3600).world) < 32, 'one unit holds the room')
  })

  it('waits before its compressor starts again, and the room recovers', () => {
    const back = gone.mends().after(5)
    assert.equal(back.world.cracs[0]?.mode, 'delay')
    const running = back.until('runs', world => world.cracs[0]?.mode === 'running', CRAC.restartDelay + 5)
    const cool = running.until('cool', world => hottest(world) < 26, 600)
    assert.ok(hottest(cool.after(1200).world) < hottest(calm) + 0.7)
  })
})

describe('all cooling lost', () => {
  const dark = tell().breaks('utility-failed', 'genset-refuses')

  it('warms the inlets by one to two degrees a minute', () => {
    const [two, five] = [dark.after(120), dark.after(300)]
    const rate = (hottest(five.world) - hottest(two.world)) / 3
    assert.ok(rate > 0.8 && rate < 2.2, `${rate} °C a minute`)
    assert.ok(hottest(dark.after(600).world) > 30)
  })

  it('ends with equipment that saves itself when the mains hold but both units stay away', () => {
    // Both units stopped by hand: only the equipment's own protection is left.
    let world = { ...calm, faults: new Set(['crac-1-stopped'] as const) }
    const still = (): void => {
      world = { ...world, cracs: world.cracs.map(crac => ({ ...crac, mode: 'stopped' as const, fan: 0, airflow: 0, compressor: 0 })) }
    }
    for (let k = 0; k < 3600 && !world.gear.some(({ tooHot }) => tooHot); k++) {
      still()
      world = { ...advance(plan, world, 1), faults: world.faults }
    }
    assert.ok(
      world.gear.some(({ tooHot }) => tooHot),
      'something shut down',
    )
    for (let k = 0; k < 1800; k++) {
      still()
      world = { ...advance(plan, world, 1), faults: world.faults }
      assert.ok(hottest(world) < HEAT.down + 6, `${hottest(world)} °C`)
    }
  })
})

describe('a dirty filter in CRAC 2', () => {
  const dirty = tell().breaks('crac-2-airflow').after(900)

  it('takes its air: pressure over the limit, warmer inlets on its side', () => {
    assert.ok((dirty.world.cracs[1]?.filterPressure ?? 0) > CRAC.filterLimit)
    assert.ok((dirty.world.cracs[1]?.airflow ?? 9) < 0.6 * (calm.cracs[1]?.airflow ?? 0))
    assert.ok(top(dirty.world, 'a5') > 27, `A5 ${top(dirty.world, 'a5')}`)
    assert.ok(top(dirty.world, 'a1') < 24)
  })

  it('is well with a new one', () => {
    const clean = dirty.mends().after(900)
    assert.ok((clean.world.cracs[1]?.filterPressure ?? 999) < 150)
    assert.ok(hottest(clean.world) < 26)
  })
})
