// Rack elevation and the arithmetic of its feeds.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { isAbout, thingsOf } from '../../dashboard/pages/rack/alarms.ts'
import { elevationOf } from '../../dashboard/pages/rack/elevation.ts'
import { rackPower, ratingOf } from '../../dashboard/pages/rack/feeds.ts'
import { heatOf, heightsOf } from '../../dashboard/pages/rack/heights.ts'
import { slopePerHour } from '../../dashboard/pages/rack/slope.ts'
import { reading, site } from './small-site.ts'

const rack = site.racks[0]
assert.ok(rack)
const elevation = elevationOf(rack, site.equipment, [])

describe('rack elevation', () => {
  it('puts the highest unit on the first line', () => {
    assert.deepEqual(
      elevation.slots.map(slot => [slot.name, slot.row, slot.height]),
      [
        ['SW', 1, 1],
        ['Shelf', 20, 4],
        ['DB', 32, 2],
      ],
    )
  })

  it('counts what is free on both faces and the longest run', () => {
    assert.deepEqual([elevation.taken, elevation.free, elevation.longestFree], [7, 35, 18])
  })

  it('marks two things that claim the same unit on the same face, and lets front and rear share one', () => {
    const other = site.equipment[2]
    assert.ok(other)
    const front = elevationOf(rack, [...site.equipment, { ...other, id: 'x', name: 'X', face: 'front' }], [])
    assert.ok(front.slots.every(slot => !slot.conflict))
    const both = elevationOf(rack, [...site.equipment, { ...other, id: 'x', name: 'X', u: 22, height: 1 }], [])
    assert.deepEqual(
      both.slots.filter(slot => slot.conflict).map(slot => slot.name),
      ['Shelf', 'X'],
    )
  })

  it('cuts what reaches beyond the top and says so', () => {
    const tall = elevationOf({ ...rack, units: 11 }, site.equipment, [])
    assert.deepEqual(
      tall.slots.map(slot => [slot.name, slot.row, slot.height, slot.conflict]),
      [['DB', 1, 2, false]],
    )
    const cut = elevationOf({ ...rack, units: 10 }, site.equipment, [])
    assert.deepEqual(
      cut.slots.map(slot => [slot.name, slot.height, slot.conflict]),
      [['DB', 1, true]],
    )
  })
})

describe('feeds of a rack', () => {
  const figures = { 'pdu-a1-a/total.power': 1120, 'pdu-a1-b/total.power': 1090, 'pdu-a1-a/outlet.1.power': 1052, 'pdu-a1-a/outlet.2.power': 68 }

  it('hands a failed feed over except for what hangs on it alone', () => {
    const power = rackPower(rack, site.power, elevation.slots, reading(figures))
    assert.equal(power.total, 2210)
    const [a, b] = power.feeds
    assert.equal(a?.takeover, 1120 + 1090)
    assert.equal(b?.takeover, 1090 + (1120 - 68))
    assert.ok(Math.abs((power.headroom ?? 0) - (16 * 230 * 0.8 - 2210)) < 1e-9)
    assert.deepEqual(power.single, [{ name: 'SW', feed: 'A' }])
  })

  it('says nothing about N-1 when a feed is not measured', () => {
    const power = rackPower(rack, site.power, elevation.slots, reading({ 'pdu-a1-a/total.power': 500 }))
    assert.deepEqual([power.total, power.headroom, power.used], [500, null, null])
  })

  it('rates three phases by line or phase voltage alike', () => {
    const line = ratingOf({ breaker: 16, voltage: 400, phases: 3 })
    assert.ok(Math.abs(line - ratingOf({ breaker: 16, voltage: 400 / Math.sqrt(3), phases: 3 })) < 1e-6)
    assert.equal(ratingOf({ breaker: 16, voltage: 230, phases: 1 }), 3680)
  })

  it('never promises headroom that a takeover would use up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 4000 }), (a, b) => {
        const power = rackPower(rack, site.power, elevation.slots, reading({ 'pdu-a1-a/total.power': a, 'pdu-a1-b/total.power': b }))
        for (const feed of power.feeds) assert.ok((feed.takeover ?? 0) + (power.headroom ?? 0) <= feed.safe + 1e-6)
      }),
    )
  })
})

describe('temperatures by height', () => {
  it('orders them from the floor up and finds the hottest inlet', () => {
    const heights = heightsOf(rack, site.sensors, reading({ 'env-1/sensor.low.temperature': 22.4, 'env-1/sensor.top.temperature': 27.6 }))
    assert.deepEqual(
      heights.inlet.map(each => [each.u, each.value]),
      [
        [4, 22.4],
        [40, 27.6],
      ],
    )
    assert.equal(heights.hottest?.sensor.id, 'top')
    assert.deepEqual(
      heights.outlet.map(each => each.value),
      [null, null],
    )
  })

  it('has seven steps that move with the limits of the site', () => {
    const limits = { warning: 27, critical: 32 }
    assert.deepEqual(
      [19, 21, 23, 25, 26.5, 28, 33].map(value => heatOf(value, limits)),
      [0, 1, 2, 3, 4, 5, 6],
    )
    assert.equal(heatOf(26, { warning: 25, critical: 30 }), 5)
  })
})

describe('how fast it rises', () => {
  const hour = 3_600_000
  it('is the slope of the last hour, whatever came before', () => {
    const at = Array.from({ length: 120 }, (_, row) => row * (hour / 30))
    const values = at.map((time, row) => (row < 60 ? 99 : 20 + (time / hour) * 1.5))
    assert.ok(Math.abs((slopePerHour(at, values) ?? 0) - 1.5) < 1e-6)
  })

  it('is not told from too little', () => {
    assert.equal(slopePerHour([0, 1000, 2000], [1, 2, 3]), null)
    assert.equal(slopePerHour([], []), null)
  })
})

describe('alarms about a rack', () => {
  const things = thingsOf(rack, site, [])
  it('are those of its sensors, not others of the same monitor', () => {
    assert.ok(isAbout({ device: 'env-1', point: { no: 1, key: 'sensor.top.temperature' } }, things))
    assert.ok(!isAbout({ device: 'env-1', point: { no: 2, key: 'door.1.state' } }, things))
    assert.ok(!isAbout({ device: 'env-1', point: null }, things))
  })
  it('leaves to other places what a monitor in this rack measures there', () => {
    const here = { ...things, devices: new Set(['env-1']) }
    assert.ok(isAbout({ device: 'env-1', point: null }, here))
    assert.ok(!isAbout({ device: 'env-1', point: { no: 2, key: 'door.1.state' } }, here))
  })
})
