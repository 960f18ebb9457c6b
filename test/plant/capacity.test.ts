// What is free in the small house, by rack, row, room and site, and how cool its room is.
import assert from 'node:assert/strict'
import { capacityOf } from '../../daemon/plant/capacity.ts'
import { openPlant } from '../../daemon/plant/plant.ts'
import { HOUSE, HOUSE_READS, layoutOf, reads, right } from './support/plants.ts'

const capacity = (given: object, values: Readonly<Record<string, number>> = HOUSE_READS, peak: Readonly<Record<string, number>> = {}) =>
  capacityOf(right(openPlant(layoutOf({ ...HOUSE, ...given }), [], reads(values), reads({ ...values, ...peak }))))

describe('capacity', () => {
  it('counts what is free in each rack', () => {
    const [r1, r2] = capacity({}).racks
    assert.deepEqual(r1?.units, { total: 42, front: 39, rear: 39, both: 39, longest: { front: 32, rear: 32, both: 32 } })
    assert.deepEqual(r1?.weight, { used: 30, max: 900, unknown: 0 })
    assert.deepEqual(
      r1?.feeds.map(({ feed, now, failover, limit, free }) => [feed, ...[now, failover, limit, free].map(Math.round)]),
      [
        ['A', 1000, 1400, 2944, 1544],
        ['B', 400, 1000, 2944, 1944],
      ],
    )
    // Between A and B what the fuller one leaves.
    assert.equal(Math.round(r1?.freePower ?? 0), 1544)
    assert.equal(r1?.bound, 'feed:r1:A')
    assert.equal(r2?.committed, 1200)
    assert.equal(r2?.power.basis, 'summed')
    assert.equal(r2?.power.measured, 0)
  })

  it('lets the tightest of feed, panel, UPS and rack set what is left, now or at the peak', () => {
    // UPS B carries 2200 W with UPS A gone, UPS A 2600 with UPS B gone.
    const small = capacity({ power: HOUSE.power.map(node => (node.id === 'ups-a' ? { ...node, capacity: 3_000 } : node)) }).racks
    assert.deepEqual(
      small.map(({ freePower, bound }) => [Math.round(freePower ?? 0), bound]),
      [
        [400, 'ups-a'],
        [400, 'ups-a'],
      ],
    )
    const total = capacity({ power: HOUSE.power.map(node => (node.id === 'ups-a' ? { ...node, capacity: 3_000 } : node)) }).rooms[0]
    // The racks share those 400 W: they are not free twice.
    assert.equal(Math.round(total?.freePower ?? 0), 400)
    const own = capacity({ racks: HOUSE.racks.map(one => ({ ...one, maxPower: 1_500 })) }).racks[0]
    assert.deepEqual([own?.freePower, own?.bound], [100, 'rack'])
    const noon = capacity({}, HOUSE_READS, { 'web/a': 1600 }).racks[0]
    assert.equal(Math.round(noon?.freePower ?? 0), 544)
  })

  it('knows faces: a half-deep thing leaves the other', () => {
    const racks = capacity({ equipment: [{ id: 'patch', name: 'P', rack: 'r1', u: 42, face: 'front' }] }).racks
    assert.deepEqual(racks[0]?.units, { total: 42, front: 41, rear: 42, both: 41, longest: { front: 41, rear: 42, both: 41 } })
    assert.equal(racks[0]?.weight.unknown, 1)
  })

  it('does not take a rack whose feeds nobody wrote down for one that draws nothing', () => {
    const bare = capacity({ racks: [HOUSE.racks[0], { ...HOUSE.racks[1], feeds: [] }] })
    assert.deepEqual(bare.racks[1]?.power, { value: null, basis: 'unknown', measured: 0, missing: 1, at: null })
    assert.deepEqual([bare.rooms[0]?.power.value, bare.rooms[0]?.power.missing], [1400, 1])
    assert.equal(bare.cooling[0]?.heat.missing, 1)
    assert.equal(bare.racks[1]?.freePower, null)
  })

  it('weighs the heat of a room against its cooling without the largest unit', () => {
    const [hall] = capacity({}).cooling
    assert.deepEqual([hall?.heat.value, hall?.units, hall?.capacity, hall?.spare, hall?.over], [2600, 2, 6000, 3000, false])
    const unrated = capacity({ power: HOUSE.power.map(node => (node.id === 'crac-2' ? { ...node, capacity: undefined } : node)) }).cooling[0]
    assert.deepEqual([unrated?.capacity, unrated?.spare, unrated?.over], [null, null, false])
  })

  it('sums rows, rooms and sites', () => {
    const { rows, rooms, sites } = capacity({})
    for (const [total] of [rows, rooms, sites]) {
      assert.deepEqual([total?.racks, total?.units.total, total?.units.free, total?.power.value], [2, 84, 77, 2600])
      assert.equal(total?.power.measured, 1400 / 2600)
    }
    assert.deepEqual([rows[0]?.id, rooms[0]?.id, sites[0]?.id], ['row', 'hall', 'dc'])
  })
})
