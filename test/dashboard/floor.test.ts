// The floor plan: walls, doors, aisles, sensors and grounds, from the inventory alone.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { trackOf } from '../../dashboard/charts/track.ts'
import { aislesOf } from '../../dashboard/pages/floor/aisles.ts'
import { doorShape } from '../../dashboard/pages/floor/doors.ts'
import { figuresOf, groundOf, shade, tenantsOf } from '../../dashboard/pages/floor/modes.ts'
import { planOf } from '../../dashboard/pages/floor/plan.ts'
import { sensorMarks } from '../../dashboard/pages/floor/sensors.ts'
import { heatLine, highest } from '../../dashboard/pages/floor/timeline.ts'
import { without } from '../../dashboard/pages/floor/walls.ts'
import { elevationOf } from '../../dashboard/pages/rack/elevation.ts'
import { reading, site } from './small-site.ts'

describe('floor plan', () => {
  it('breaks a wall where a door stands, in both rooms that share it', () => {
    const { walls } = planOf(site)
    assert.match(walls, /M546 0V312/)
    assert.match(walls, /M546 390V546/)
    assert.doesNotMatch(walls, /M546 0V546/)
  })

  it('what is left of a wall and its gaps covers it exactly', () => {
    const gaps = fc.array(
      fc.tuple(fc.integer({ min: -20, max: 120 }), fc.integer({ min: 1, max: 30 })).map(([from, length]) => [from, from + length] as const),
    )
    fc.assert(
      fc.property(gaps, openings => {
        const left = without(0, 100, openings)
        for (let at = 0; at < 100; at++) {
          const inside = openings.some(([from, to]) => from <= at && at < to)
          assert.equal(
            left.some(([from, to]) => from <= at && at < to),
            !inside,
          )
        }
      }),
    )
  })

  it('swings a door into the room it belongs to', () => {
    const door = site.doors[0]
    assert.ok(door)
    const end = /L(-?[\d.]+) /.exec(doorShape(door, site.rooms).open)
    assert.ok(Number(end?.[1]) < 7 * 78, 'the leaf ends west of the wall, in the server room')
    const other = /L(-?[\d.]+) /.exec(doorShape({ ...door, room: 'noc' }, site.rooms).open)
    assert.ok(Number(other?.[1]) > 7 * 78)
  })

  it('finds the cold aisle between rows that look at each other and hot ones behind them', () => {
    const aisles = aislesOf(site)
    const cold = aisles.filter(aisle => aisle.kind === 'cold')
    assert.equal(cold.length, 1)
    assert.deepEqual([cold[0]?.y, (cold[0]?.y ?? 0) + (cold[0]?.h ?? 0)], [202, 318])
    assert.equal(aisles.filter(aisle => aisle.kind === 'hot').length, 2)
  })

  it('gives the heights of one rack side a single mark and leaves inlets to the rack', () => {
    const marks = sensorMarks(site)
    assert.deepEqual(
      marks.map(mark => mark.refs.length),
      [2],
    )
  })

  it('holds every box in its view', () => {
    const { view, racks, fixtures } = planOf(site)
    for (const box of [...racks, ...fixtures])
      assert.ok(box.x >= view.x && box.x + box.w <= view.x + view.w && box.y >= view.y && box.y + box.h <= view.y + view.h)
  })
})

describe('what a rack shows on the plan', () => {
  const rack = site.racks[0]
  assert.ok(rack)
  const tenants = tenantsOf(site)
  const ground = (figures: Record<string, number>, mode: Parameters<typeof groundOf>[0]) =>
    groundOf(mode, figuresOf(site, rack, elevationOf(rack, site.equipment, []), reading(figures)), site.site.inlet, tenants)

  it('goes by its hottest inlet, amber above the recommended limit and red above the allowed one', () => {
    assert.equal(ground({ 'env-1/sensor.top.temperature': 27.6, 'env-1/sensor.low.temperature': 22 }, 'inlet'), 'heat-5')
    assert.equal(ground({ 'env-1/sensor.top.temperature': 27 }, 'inlet'), 'heat-4')
    assert.equal(ground({ 'env-1/sensor.low.temperature': 32.1 }, 'inlet'), 'heat-6')
  })

  it('has no ground without a reading', () => {
    assert.equal(ground({}, 'inlet'), 'none')
    assert.equal(ground({}, 'power'), 'none')
    assert.equal(ground({}, 'tenant'), 'none')
  })

  it('turns amber above nine tenths of what N-1 allows', () => {
    assert.equal(shade(0.89), 'heat-4')
    assert.equal(shade(0.91), 'heat-5')
    assert.equal(shade(1.01), 'heat-6')
    assert.equal(ground({ 'pdu-a1-a/total.power': 1400, 'pdu-a1-b/total.power': 1400 }, 'power'), 'heat-5')
  })
})

describe('the timeline', () => {
  const every = (step: number, from: number, to: number) => {
    const at = Array.from({ length: Math.floor((to - from) / step) }, (_, row) => from + row * step)
    const values = at.map(() => 22)
    return trackOf({ point: 1, at, mean: values, min: values, max: values }, 0)
  }
  const range = { from: 0, to: 600_000 }
  const strokes = (path: string | undefined) => (path?.match(/M/g) ?? []).length

  it('is one line however slowly the sensors are read', () => {
    assert.equal(strokes(heatLine([every(10_000, 0, 600_000)], range, 27, 1000, 52)?.line), 1)
    assert.equal(strokes(heatLine([every(60_000, 0, 600_000)], range, 27, 1000, 52)?.line), 1)
  })

  it('breaks where nothing was read for long, and shades only what was', () => {
    const [before, after] = [every(10_000, 0, 200_000), every(10_000, 400_000, 600_000)]
    const line = heatLine([before, after], range, 27, 1000, 52)
    assert.equal(strokes(line?.line), 2)
    assert.equal(strokes(line?.area), 2)
    assert.equal((line?.area.match(/Z/g) ?? []).length, 2)
  })

  it('follows the hottest of all sensors', () => {
    const hot = every(10_000, 0, 600_000)
    hot.max.fill(31)
    assert.ok(highest([every(10_000, 0, 600_000), hot], range).every(value => value === null || value === 31))
    assert.equal(heatLine([], range, 27, 1000, 52), null)
  })
})
