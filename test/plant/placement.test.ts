// Where a request fits, and why elsewhere not: by hand for the small house, and held to its laws for every other.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Layout } from '../../daemon/domain/inventory.ts'
import { type Offer, type Placement, PlacementRequest, type Reservation } from '../../daemon/domain/placement.ts'
import { capacityOf } from '../../daemon/plant/capacity.ts'
import { whatIf } from '../../daemon/plant/failover.ts'
import { groundOf } from '../../daemon/plant/ground.ts'
import { placementFor } from '../../daemon/plant/placement.ts'
import { openPlant, type Plant } from '../../daemon/plant/plant.ts'
import { reached } from '../../daemon/plant/trace.ts'
import { isFree, unitsOf } from '../../daemon/plant/units.ts'
import { HOUSE, HOUSE_READS, layoutOf, plants, rack, reads, right } from './support/plants.ts'

const SENSORS = ['r1', 'r2'].map(id => ({
  id: `t-${id}`,
  name: id,
  room: 'hall',
  x: 0,
  y: 0,
  rack: id,
  side: 'inlet',
  point: { device: `t-${id}`, key: 'temperature' },
}))
const AIR = { 't-r1/temperature': 22, 't-r2/temperature': 24 }

function plant(
  given: object = {},
  values: Readonly<Record<string, number>> = { ...HOUSE_READS, ...AIR },
  peak = {},
  reservations: readonly Reservation[] = [],
) {
  return right(openPlant(layoutOf({ ...HOUSE, sensors: SENSORS, ...given }), reservations, reads(values), reads({ ...values, ...peak })))
}

const server = (more: object = {}) => ({ name: 'SRV', height: 2, weight: 25, watts: 300, ...more })
const ask = (more: object = {}) => PlacementRequest.parse({ items: [server()], tenant: 'bappeda', ...more })
const place = (of: Plant, more: object = {}): Placement => placementFor(groundOf(of), ask(more))
const why = (found: Placement, id: string) => found.refused.find(one => one.rack === id)?.why ?? []
const codes = (found: Placement, id: string) => why(found, id).map(({ code }) => code)

const promise = (offer: Offer, request: PlacementRequest): Reservation => ({
  id: 'promised',
  rack: offer.rack,
  tenant: request.tenant,
  places: offer.places,
  weight: request.items.reduce((sum, item) => sum + item.weight, 0),
  watts: request.items.reduce((sum, item) => sum + (item.psus > 0 ? item.watts : 0), 0),
  feeds: offer.feeds,
  ports: request.items.reduce((sum, item) => sum + item.ports, 0),
  addresses: request.items.reduce((sum, item) => sum + item.addresses, 0),
})

describe('placement', () => {
  it('offers the racks that fit, best first, with what is left', () => {
    const found = place(plant())
    assert.deepEqual(
      found.offers.map(offer => offer.rack),
      ['r1', 'r2'],
    )
    const [first] = found.offers
    assert.ok(first)
    // r1: web up to U2, old at U10: the run of seven between them is the smallest that takes two.
    assert.deepEqual(first.places, [{ item: 0, u: 3, height: 2, face: 'both' }])
    assert.equal(first.contiguous, true)
    assert.deepEqual(first.feeds, ['A', 'B'])
    assert.deepEqual(first.headroom.inlet?.now, { value: 22, limit: 32, left: 10 })
    // A carries 1000 W, and alone 1400; with 300 more 1700 of 80 % of 16 A at 230 V.
    assert.deepEqual(
      first.headroom.feeds.map(({ feed, now }) => [feed, Math.round(now.value), Math.round(now.limit)]),
      [
        ['A', 1700, 2944],
        ['B', 1300, 2944],
      ],
    )
    // 2600 W of heat and 300 more, one cooling unit of two gone.
    assert.deepEqual(first.headroom.cooling && [Math.round(first.headroom.cooling.now.value), first.headroom.cooling.now.limit], [2900, 3000])
    assert.equal(first.headroom.weight.left, 845)
    assert.deepEqual(first.unjudged, [])
  })

  it('says every reason why not', () => {
    const tight = plant(
      {
        racks: [
          { ...HOUSE.racks[0], tenant: 'disdik', maxWeight: 40, units: 11, ports: 4, maxPower: 1500 },
          { ...HOUSE.racks[1], feeds: [HOUSE.racks[1]!.feeds[0]] },
        ],
      },
      { ...HOUSE_READS, ...AIR, 't-r1/temperature': 33 },
    )
    const found = place(tight, { items: [server({ height: 8, weight: 30, watts: 1700, ports: 9 })] })
    assert.deepEqual(codes(found, 'r1').sort(), ['cooling', 'feed', 'inlet', 'otherTenant', 'ports', 'rackPower', 'units', 'weight'])
    assert.deepEqual(codes(found, 'r2'), ['oneFeed', 'cooling'])
    assert.deepEqual(
      why(found, 'r1').find(one => one.code === 'units'),
      { code: 'units', need: 8, free: 8, longest: 7 },
    )
    assert.deepEqual(
      why(found, 'r1').find(one => one.code === 'weight'),
      { code: 'weight', need: 30, left: 10 },
    )
  })

  it('judges by the peak of the day where that is higher', () => {
    const found = place(plant({}, undefined, { 't-r2/temperature': 32.5, 'web/a': 1700 }), { items: [server({ watts: 200 })] })
    assert.deepEqual(
      why(found, 'r2').find(one => one.code === 'inlet'),
      { code: 'inlet', celsius: 32.5, limit: 32, when: 'peak' },
    )
    const power = why(found, 'r1').map(one => ('when' in one ? `${one.code} ${one.when}` : one.code))
    assert.deepEqual(power, ['cooling peak'])
  })

  it('takes two feeds that meet in one UPS for one, where two are asked for', () => {
    const one = { power: HOUSE.power.map(node => (node.id === 'panel-b' ? { ...node, from: ['ups-a'] } : node)) }
    assert.deepEqual(why(place(plant(one)), 'r1'), [{ code: 'feedsMeet', node: 'ups-a' }])
    assert.equal(place(plant(one), { redundantFeed: false }).offers.length, 2)
  })

  it('counts a loss that takes two of three feeds at once', () => {
    const feed = (name: string, node: string) => ({ name, node, phase: 'L1', breaker: 16, voltage: 230, phases: 1 })
    const three = plant({
      racks: [rack('r1', { feeds: [feed('A', 'pdu-r1-a'), feed('B', 'pdu-r2-a'), feed('C', 'pdu-r1-b')] })],
      equipment: [{ id: 'x', name: 'X', rack: 'r1', u: 1, agreed: 2400, psus: [{ feed: 'A' }, { feed: 'B' }, { feed: 'C' }] }],
    })
    // With panel A gone C carries all 2400 W: 544 are left of 80 % of 16 A, though the loss of one feed alone would leave more.
    assert.equal(place(three, { items: [server({ watts: 540 })] }).offers.length, 1)
    const found = place(three, { items: [server({ watts: 550 })] })
    assert.deepEqual(
      why(found, 'r1').map(one => (one.code === 'feed' ? [one.feed, Math.round(one.left)] : one)),
      [['C', 544]],
    )
  })

  it('keeps away from whom it shall not stand beside', () => {
    const found = place(plant(), { notBeside: ['disdik'] })
    assert.deepEqual(why(found, 'r1'), [{ code: 'besideTenant', rack: 'r1', tenant: 'disdik' }])
    assert.deepEqual(why(found, 'r2'), [{ code: 'besideTenant', rack: 'r1', tenant: 'disdik' }])
  })

  it('counts what is promised as taken', () => {
    const request = ask({ items: [server({ ports: 2, addresses: 1 })] })
    const racks = HOUSE.racks.map(one => ({ ...one, ports: 10 }))
    const before = plant({ racks })
    const offer = placementFor(groundOf(before), request).offers[0]!
    const after = plant({ racks }, undefined, {}, [promise(offer, request)])
    const [free, left] = [before, after].map(of => capacityOf(of).racks.find(one => one.rack === offer.rack)!)
    assert.equal(left!.units.both, free!.units.both - 2)
    assert.equal(left!.weight.used, free!.weight.used + 25)
    assert.equal(left!.ports.used, free!.ports.used + 2)
    assert.equal(left!.addresses, free!.addresses + 1)
    assert.equal(Math.round(left!.freePower!), Math.round(free!.freePower!) - 300)
    for (const [f, feed] of left!.feeds.entries()) assert.equal(Math.round(feed.failover), Math.round(free!.feeds[f]!.failover + 300))
    // Nothing reads it yet: the rack's present load is what it was.
    assert.equal(left!.power.value, free!.power.value)
  })

  it('puts several things one on the other, and apart only where they must', () => {
    const two = { items: [server(), server({ height: 4 }), server({ height: 1, depth: 'half' })].map(item => ({ ...item, watts: 10 })) }
    const [offer] = place(plant(), two).offers
    assert.deepEqual(
      offer?.places.map(({ u, height, face }) => [u, height, face]),
      [
        [8, 2, 'both'],
        [4, 4, 'both'],
        [3, 1, 'front'],
      ],
    )
    // Eleven U: free are 3…9 and 11.
    const small = plant({ racks: [{ ...HOUSE.racks[0], units: 11 }] })
    const apart = place(small, { items: [server({ height: 7, watts: 10 }), server({ height: 1, watts: 10 })] }).offers[0]
    assert.deepEqual(
      apart?.places.map(({ u }) => u),
      [3, 11],
    )
    assert.equal(apart?.contiguous, false)
  })

  it('prefers the rack where the same organisation stands already', () => {
    const racks = [HOUSE.racks[0], HOUSE.racks[1], rack('r3', { feeds: HOUSE.racks[1]!.feeds })]
    const mine = place(plant({ racks }), { tenant: 'disdik', items: [server({ watts: 0 })] }).offers.map(({ rack: id, parts }) => [
      id,
      parts.find(part => part.of === 'tenant')?.value,
    ])
    assert.deepEqual(mine.toSorted(), [
      ['r1', 0.8],
      ['r2', 0.2],
      ['r3', 0.5],
    ])
  })

  it('counts addresses against what the site has, where that is known', () => {
    const ground = groundOf(plant())
    const request = ask({ items: [server({ addresses: 3 })] })
    assert.deepEqual(placementFor(ground, request, () => 2).refused[0]?.why, [{ code: 'addresses', need: 3, left: 2 }])
    assert.deepEqual(placementFor(ground, request).offers[0]?.unjudged, ['addresses'])
  })
})

describe('placement, whatever the plant', () => {
  const item = fc.record({
    name: fc.constant('X'),
    height: fc.integer({ min: 1, max: 12 }),
    depth: fc.constantFrom('half' as const, 'full' as const),
    weight: fc.integer({ min: 0, max: 300 }),
    watts: fc.integer({ min: 0, max: 1500 }),
    psus: fc.integer({ min: 0, max: 3 }),
    ports: fc.nat(3),
    addresses: fc.nat(3),
  })
  const request = fc.record({
    items: fc.array(item, { minLength: 1, maxLength: 4 }),
    tenant: fc.constant('bappeda'),
    redundantFeed: fc.boolean(),
    notBeside: fc.constant<string[]>([]),
  })
  const open = (layout: Layout, values: Readonly<Record<string, number>>, reservations: readonly Reservation[] = []) =>
    right(openPlant(layout, reservations, reads(values), reads(values)))

  it('what is offered holds, when applied, whatever single thing fails then', () => {
    let applied = 0
    fc.assert(
      fc.property(plants, request, ({ layout, values }, wish) => {
        const before = open(layout, values)
        for (const offer of placementFor(groundOf(before), wish).offers) {
          applied++
          const no = layout.racks.findIndex(one => one.id === offer.rack)
          const taken = unitsOf(
            layout.racks[no]!,
            before.graph.inRack[no]!.map(({ standing }) => standing),
          )
          for (const { u, height, face } of offer.places)
            for (let at = u - 1; at < u - 1 + height; at++) assert.ok(at < taken.front.length && isFree(taken, at, face), `U${at + 1} is taken`)
          const after = open(layout, values, [promise(offer, wish)])
          const used = after.graph.feeds[no]!.filter(({ name }) => offer.feeds.includes(name)).map(({ node }) => node)
          const chain = new Set(reached(after.graph.from, used).map(i => after.graph.nodes[i]!.id))
          for (const id of chain) {
            if (id.startsWith('feed:')) continue
            for (const over of whatIf(after.now.failover, [id]).over)
              assert.ok(!chain.has(over.node), `${over.node} at ${over.percent} % without ${id}`)
          }
          assert.ok(promise(offer, wish).weight <= offer.headroom.weight.limit)
        }
      }),
      { numRuns: 150 },
    )
    assert.ok(applied > 50, `${applied} offers`)
  })

  it('what stands in no place twice: things of one request do not overlap', () => {
    fc.assert(
      fc.property(plants, request, ({ layout, values }, wish) => {
        for (const { places } of placementFor(groundOf(open(layout, values)), wish).offers) {
          const seen = new Set<string>()
          for (const { u, height, face } of places)
            for (let at = u; at < u + height; at++)
              for (const side of face === 'both' ? ['front', 'rear'] : [face]) {
                assert.ok(!seen.has(`${side} ${at}`), `${side} U${at}`)
                seen.add(`${side} ${at}`)
              }
        }
      }),
    )
  })

  it('does not depend on the order in which the plant is written down', () => {
    fc.assert(
      fc.property(plants, request, ({ layout, values }, wish) => {
        const turned = { ...layout, power: layout.power.toReversed(), racks: layout.racks.toReversed(), equipment: layout.equipment.toReversed() }
        const [one, other] = [layout, turned].map(of => placementFor(groundOf(open(of, values)), wish))
        assert.deepEqual(
          other!.offers.map(({ rack, score, feeds, places }) => ({ rack, score, feeds, places })),
          one!.offers.map(({ rack, score, feeds, places }) => ({ rack, score, feeds, places })),
        )
        assert.deepEqual(
          other!.refused.map(({ rack }) => rack),
          one!.refused.map(({ rack }) => rack),
        )
      }),
    )
  })
})
