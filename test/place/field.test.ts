// The heat between racks: what a sensor says stands at its place, nothing is made up beyond it, and air does not pass through racks or walls.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Inventory, type Layout } from '../../daemon/domain/inventory.ts'
import { layoutOf } from '../../daemon/stream/views.ts'
import { airOf } from '../../dashboard/pages/floor/air.ts'
import { cellOf, cellsOf, gridOf, REACH, valueAt } from '../../dashboard/pages/floor/field.ts'
import { heatAt } from '../../dashboard/pages/floor/heat-at.ts'
import { rampOf, STEPS } from '../../dashboard/pages/floor/heat-ramp.ts'
import { heatOf } from '../../dashboard/pages/rack/heights.ts'

const LIMITS = { warning: 27, critical: 32 }
const temperature = fc.double({ min: -10, max: 60, noNaN: true })
const read = fc.option(temperature, { freq: 4 })

/** Rows of three racks, one below the other, with a gap between; each rack with sensors before and behind it. */
const hall = fc
  .record({
    rows: fc.array(fc.record({ facing: fc.constantFrom('north', 'south'), gap: fc.constantFrom(0.6, 1.2, 1.8, 2.4, 3.6) }), {
      minLength: 1,
      maxLength: 5,
    }),
    sideways: fc.boolean(),
    sensors: fc.array(fc.record({ rack: fc.nat(14), side: fc.constantFrom('inlet', 'outlet'), dx: fc.double({ min: 0, max: 0.6, noNaN: true }) }), {
      minLength: 1,
      maxLength: 20,
    }),
  })
  .map(({ rows, sideways, sensors }): Layout => {
    let down = 1
    const racks = rows.flatMap(({ facing, gap }, r) => {
      const y = down
      down += 1 + gap
      return [0, 1, 2].map(k => ({ id: `r${r}-${k}`, row: `row-${r}`, x: 2 + k * 0.6, y, width: 0.6, depth: 1, facing }))
    })
    const turned = (box: { x: number; y: number; width: number; depth: number; facing: string }) =>
      sideways ? { x: box.y, y: box.x, width: box.depth, depth: box.width, facing: box.facing === 'south' ? 'east' : 'west' } : box
    const places = sensors.flatMap(({ rack, side, dx }, n) => {
      const at = racks[rack]
      if (at === undefined) return []
      const front = (side === 'inlet') === (at.facing === 'south')
      const [x, y] = [at.x + dx, front ? at.y + 1 : at.y]
      return [{ id: `s${n}`, rack: at.id, side, ...(sideways ? { x: y, y: x } : { x, y }) }]
    })
    return layoutOf(
      Inventory.parse({
        site: { id: 'dc', name: 'DC' },
        rooms: [{ id: 'hall', name: 'Hall', kind: 'server', x: 0, y: 0, ...(sideways ? { width: down, depth: 5 } : { width: 5, depth: down }) }],
        rows: rows.map((_, r) => ({ id: `row-${r}`, name: `${r}`, room: 'hall' })),
        racks: racks.map(rack => ({ ...rack, name: rack.id, room: 'hall', ...turned(rack) })),
        sensors: places.map(sensor => ({ ...sensor, name: sensor.id, room: 'hall', point: { device: 'env', key: `${sensor.id}.temperature` } })),
      }),
    )
  })

describe('the air of a plan', () => {
  it('stays inside its room, out of the racks, and apart from the air of other sides', () =>
    fc.assert(
      fc.property(hall, layout => {
        const regions = airOf(layout)
        const room = layout.rooms[0]
        assert.ok(room)
        const apart = (a: (typeof regions)[number] | Layout['racks'][number], b: (typeof regions)[number]) =>
          Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) < 1e-6 || Math.min(a.y + a.depth, b.y + b.depth) - Math.max(a.y, b.y) < 1e-6
        for (const [i, region] of regions.entries()) {
          assert.ok(region.x >= room.x - 1e-9 && region.x + region.width <= room.x + room.width + 1e-9)
          assert.ok(region.y >= room.y - 1e-9 && region.y + region.depth <= room.y + room.depth + 1e-9)
          for (const rack of layout.racks) assert.ok(apart(rack, region))
          for (const other of regions.slice(i + 1)) assert.ok(apart(other, region))
        }
      }),
    ))

  it('knows every sensor of a rack once, on the side it hangs on', () =>
    fc.assert(
      fc.property(hall, layout => {
        const regions = airOf(layout)
        const told = regions.flatMap(region => region.places.flatMap(place => place.refs.map(ref => `${region.side} ${ref.key}`)))
        assert.equal(new Set(told).size, told.length)
        for (const { side, point } of layout.sensors) assert.ok(told.includes(`${side === 'inlet' ? 'cold' : 'hot'} ${point.key}`))
      }),
    ))

  it('leaves out what is measured under the floor, and what is no temperature', () => {
    const layout = layoutOf(
      Inventory.parse({
        site: { id: 'dc', name: 'DC' },
        rooms: [{ id: 'hall', name: 'Hall', kind: 'server', x: 0, y: 0, width: 5, depth: 5 }],
        rows: [{ id: 'row', name: 'Row', room: 'hall' }],
        racks: [{ id: 'a', name: 'A', row: 'row', room: 'hall', x: 1, y: 1, width: 0.6, depth: 1, facing: 'south' }],
        sensors: [
          { id: 'under', name: 'Under', room: 'hall', x: 1.3, y: 2.4, height: -0.3, point: { device: 'env', key: 'plenum.temperature' } },
          { id: 'damp', name: 'Damp', room: 'hall', x: 1.3, y: 2.4, point: { device: 'env', key: 'aisle.humidity' } },
        ],
      }),
    )
    assert.deepEqual(airOf(layout), [])
  })
})

describe('the field between sensors', () => {
  it('says at each place exactly what is read there', () =>
    fc.assert(
      fc.property(hall, fc.infiniteStream(read), (layout, readings) => {
        const air = airOf(layout)
        const values = air.map(region => region.places.map(() => readings.next().value ?? null))
        for (const [i, region] of air.entries()) {
          const grid = gridOf(region)
          const cells = cellsOf(grid, values[i] ?? [])
          for (const [k, place] of region.places.entries()) {
            const value = values[i]?.[k] ?? null
            if (value === null) continue
            assert.equal(valueAt(region.places, values[i] ?? [], place.x, place.y), value)
            const cell = cellOf(region, grid.columns, grid.rows, place.x, place.y)
            const there = region.places.flatMap(({ x, y }, n) =>
              cellOf(region, grid.columns, grid.rows, x, y) === cell ? (values[i]?.[n] ?? []) : [],
            )
            assert.equal(cells[cell], Math.fround(Math.max(...there)))
          }
        }
      }),
    ))

  it('is nowhere hotter or cooler than the sensors it hears, and nothing where it hears none', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: fc.double({ min: 0, max: 8, noNaN: true }), y: fc.double({ min: 0, max: 2, noNaN: true }), value: read }), {
          maxLength: 8,
        }),
        fc.double({ min: 0, max: 8, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (sensors, x, y) => {
          const found = valueAt(
            sensors.map(place => ({ ...place, refs: [] })),
            sensors.map(({ value }) => value),
            x,
            y,
          )
          const near = sensors.flatMap(place => (place.value !== null && Math.hypot(place.x - x, place.y - y) < REACH ? [place.value] : []))
          if (found === null) assert.ok(sensors.every(place => place.value === null || Math.hypot(place.x - x, place.y - y) > REACH - 1e-6))
          else assert.ok(found >= Math.min(...near) - 1e-9 && found <= Math.max(...near) + 1e-9)
        },
      ),
    ))

  it('does not care in which order sensors are named, nor for those of other regions', () =>
    fc.assert(
      fc.property(hall, fc.infiniteStream(temperature), (layout, readings) => {
        const air = airOf(layout)
        const values = air.map(region => region.places.map(() => readings.next().value))
        for (const [i, region] of air.entries()) {
          const [x, y] = [region.x + region.width / 2, region.y + region.depth / 2]
          const alone = valueAt(region.places, values[i] ?? [], x, y)
          const turned = valueAt(region.places.toReversed(), (values[i] ?? []).toReversed(), x, y)
          assert.ok(alone === null ? turned === null : Math.abs(alone - (turned ?? Number.NaN)) < 1e-9)
          const told = heatAt({ air, values: values.map((own, k) => (k === i ? own : own.map(() => 99))) }, x, y)
          assert.equal(told?.value ?? null, alone)
          assert.equal(told?.side ?? region.side, region.side)
        }
      }),
    ))
})

describe('the colours of the field', () => {
  const steps = STEPS.map((_, n) => [n * 40, 0, 0] as const)
  const cold = rampOf('cold', LIMITS, steps)

  it('are those of the racks beside it: amber and red from the same limits on, never darker for being cooler', () =>
    fc.assert(
      fc.property(temperature, temperature, (one, other) => {
        const [heat, [red]] = [heatOf(one, LIMITS), cold(one)]
        if (heat >= 5) assert.equal(red, heat * 40)
        else assert.ok(red >= heat * 40 - 1e-9 && red <= Math.min(4, heat + 1) * 40 + 1e-9)
        assert.ok(one > other || red <= cold(other)[0])
      }),
    ))

  it('are no alarm behind the racks, however warm it is there', () =>
    fc.assert(fc.property(temperature, value => assert.ok(rampOf('hot', LIMITS, steps)(value)[0] <= 160))))
})
