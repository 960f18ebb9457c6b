// What if something fails: worked out by hand for the small house, and held to its laws for every other.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { openFailover, whatIf } from '../../daemon/plant/failover.ts'
import { flowOf, watts } from '../../daemon/plant/flow.ts'
import { compile } from '../../daemon/plant/graph.ts'
import { envelope, rackLegs, survey } from '../../daemon/plant/survey.ts'
import { HOUSE, HOUSE_READS, layoutOf, plants, ROOM, ROW, rack, reads, right } from './support/plants.ts'

function ready(given: object, values: Readonly<Record<string, number>> = HOUSE_READS) {
  const graph = right(compile(layoutOf(given)))
  return openFailover(flowOf(graph, reads(values)))
}

const house = ready(HOUSE)
const carries = (failed: readonly string[], node: string, from = house) =>
  Math.round(whatIf(from, failed).shifted.find(one => one.node === node)?.after ?? Number.NaN)

describe('what if', () => {
  it('a UPS dies: one cord goes dark, two cords move wholly to the other side', () => {
    const what = whatIf(house, ['ups-a'])
    assert.deepEqual(what.dark, ['item:old'])
    assert.deepEqual(what.oneLeg.toSorted(), ['item:db', 'item:web'])
    assert.deepEqual(what.dead.toSorted(), ['panel-a', 'pdu-r1-a', 'pdu-r2-a'])
    assert.equal(what.lost, 400)
    assert.equal(carries(['ups-a'], 'ups-b'), 2200)
    assert.equal(carries(['ups-a'], 'feed:r1:B'), 1000)
    assert.equal(carries(['ups-a'], 'feed:r2:B'), 1200)
    assert.equal(carries(['ups-a'], 'pln'), 3400)
    assert.deepEqual(what.over, [])
    assert.deepEqual(what.battery, [])
  })

  it('the mains fail: the genset carries; it fails too: the UPSs run on battery and the cooling stands', () => {
    const mains = whatIf(house, ['pln'])
    assert.deepEqual([mains.dark, mains.dead, mains.battery], [[], [], []])
    assert.equal(carries(['pln'], 'genset'), 3800)
    const both = whatIf(house, ['pln', 'genset'])
    assert.deepEqual(both.dark, [])
    assert.deepEqual(both.dead.toSorted(), ['ats', 'crac-1', 'crac-2'])
    assert.deepEqual(
      both.battery.map(({ node }) => node),
      ['ups-a', 'ups-b'],
    )
    assert.equal(both.lost, 1200)
    assert.equal(both.cooling[0]?.over, true)
    assert.equal(both.cooling[0]?.capacity, 0)
  })

  it('a cooling unit stops: the other must take the heat of the room', () => {
    const what = whatIf(house, ['crac-1'])
    assert.deepEqual(
      what.cooling.map(({ room, units, capacity, spare, over, heat }) => [room, units, capacity, spare, over, heat.value]),
      [['hall', 1, 3000, 0, false, 2600]],
    )
    const warm = ready(HOUSE, { ...HOUSE_READS, 'old/a': 900 })
    assert.equal(whatIf(warm, ['crac-1']).cooling[0]?.over, true)
  })

  it('a feed that carries both sides then is over 80 % of its breaker', () => {
    const full = ready(HOUSE, { ...HOUSE_READS, 'web/a': 1500, 'web/b': 1500 })
    const what = whatIf(full, ['pdu-r1-a'])
    // 3000 W on 16 A at 230 V: 13.04 A, 81.5 %.
    assert.deepEqual(
      what.over.map(({ node, by, percent }) => [node, by, percent.toFixed(1)]),
      [['feed:r1:B', 'breaker', '81.5']],
    )
  })

  it('a line between two things fails, and what there is not changes nothing', () => {
    assert.deepEqual(whatIf(house, ['panel-a>pdu-r1-a']).dark, ['item:old'])
    assert.deepEqual(whatIf(house, ['panel-a>pdu-r1-a']).failed, ['panel-a>pdu-r1-a'])
    const nothing = whatIf(house, ['nobody', 'a>b'])
    assert.deepEqual([nothing.failed, nothing.dark, nothing.shifted], [[], [], []])
  })

  it('counts what a rack draws unexplained as if it had two cords, and says so', () => {
    const blind = ready(
      {
        ...HOUSE,
        equipment: [],
        power: HOUSE.power.map(node => (/pdu-r1/.test(node.id) ? { ...node, measures: { power: { device: node.id, key: 'p' } } } : node)),
      },
      { 'pdu-r1-a/p': 700, 'pdu-r1-b/p': 500 },
    )
    const what = whatIf(blind, ['ups-a'])
    assert.equal(what.assumed, 700)
    assert.equal(what.lost, 0)
    assert.equal(carries(['ups-a'], 'feed:r1:B', blind), 1200)
  })

  it('parallel modules take over from each other', () => {
    const bar = ready(
      {
        rooms: [ROOM],
        rows: [ROW],
        racks: [rack('r1', { feeds: [{ name: 'A', node: 'bar' }] })],
        equipment: [{ id: 'x', name: 'X', rack: 'r1', u: 1, agreed: 900, psus: [{ feed: 'A' }] }],
        power: [
          { id: 'u1', name: 'U1', kind: 'ups', capacity: 800 },
          { id: 'u2', name: 'U2', kind: 'ups', capacity: 1_000 },
          { id: 'bar', name: 'Bar', kind: 'panel', from: ['u1', 'u2'] },
        ],
      },
      {},
    )
    assert.deepEqual(whatIf(bar, ['u1']).over, [])
    assert.deepEqual(
      whatIf(bar, ['u2']).over.map(({ node, value }) => [node, Math.round(value)]),
      [['u1', 900]],
    )
    assert.deepEqual(whatIf(bar, ['u1', 'u2']).dark, ['item:x'])
  })

  it('ranks what the loss of each component would cost', () => {
    const found = survey(house)
    assert.equal(found.tried, 10)
    assert.deepEqual(
      found.losses.slice(0, 3).map(({ node, dark, oneLeg }) => [node, dark, oneLeg]),
      [
        ['panel-a', 1, 2],
        ['ups-a', 1, 2],
        ['pdu-r1-a', 1, 1],
      ],
    )
    assert.equal(found.losses.length, 10)
  })
})

describe('what if, whatever the plant', () => {
  const opened = plants.map(({ layout, values }) => openFailover(flowOf(right(compile(layout)), reads(values))))
  const failing = fc.tuple(opened, fc.array(fc.nat(10_000), { minLength: 1, maxLength: 4 }))
  const pick = (graph: { readonly nodes: readonly { readonly id: string }[] }, numbers: readonly number[]) =>
    numbers.map(n => graph.nodes[n % graph.nodes.length]!.id)
  const near = (a: number, b: number, what: string) => assert.ok(Math.abs(a - b) <= 1e-6 * (1 + Math.abs(a)), `${what}: ${a} and ${b}`)

  it('changes nothing when nothing fails, and is as before after every question', () => {
    fc.assert(
      fc.property(failing, ([failover, numbers]) => {
        const none = () => whatIf(failover, [])
        const before = none()
        assert.deepEqual([before.dark, before.oneLeg, before.dead, before.shifted, before.lost], [[], [], [], [], 0])
        whatIf(failover, pick(failover.flow.graph, numbers))
        assert.deepEqual(none(), before)
        assert.deepEqual(failover.load, failover.flow.all)
      }),
    )
  })

  it('loses what it says it loses: the rest comes in from the sources and the batteries', () => {
    fc.assert(
      fc.property(failing, ([failover, numbers]) => {
        const { flow } = failover
        const { graph } = flow
        const roots = graph.nodes.map((_, i) => i).filter(i => graph.from.start[i] === graph.from.start[i + 1] && graph.kinds[i] !== 'item')
        const failed = pick(graph, numbers)
        const what = whatIf(failover, failed)
        const after = new Map(what.shifted.map(one => [one.node, one.after]))
        const gone = new Set([...what.failed, ...what.dead])
        const carried = (i: number) => (gone.has(graph.nodes[i]!.id) ? 0 : (after.get(graph.nodes[i]!.id) ?? watts(flow.all, i)))
        const normal = roots.reduce((sum, i) => sum + watts(flow.all, i), 0)
        const batteries = what.battery.map(({ node }) => graph.index.get(node)!)
        const fed = [...roots, ...batteries].reduce((sum, i) => sum + carried(i), 0)
        // Shifts below half a watt are not told: one such a source.
        assert.ok(Math.abs(normal - what.lost - fed) <= 0.5 * (roots.length + batteries.length) + 1e-6, `${normal} − ${what.lost} and ${fed}`)
      }),
    )
  })

  it('never lowers a rack feed whose own side lives', () => {
    fc.assert(
      fc.property(failing, ([failover, numbers]) => {
        const what = whatIf(failover, pick(failover.flow.graph, numbers))
        const psu = what.failed.some(id => /^(psu|item|outlet):/.test(id))
        for (const { node, before, after } of what.shifted)
          if (node.startsWith('feed:') && !psu) assert.ok(after >= before - 1e-6, `${node}: ${before} → ${after}`)
      }),
    )
  })

  it('reckons a rack by itself as the whole plant does', () => {
    fc.assert(
      fc.property(opened, failover => {
        const { flow } = failover
        const { graph } = flow
        const most = envelope(failover)
        for (const [no, rack] of graph.layout.racks.entries()) {
          const legs = rackLegs(flow, no)
          for (const { node, failover: worst } of legs) {
            const others = legs.filter(leg => leg.node !== node)
            const tried = others.map(other => {
              const shifted = whatIf(failover, [graph.nodes[other.node]!.id]).shifted.find(one => one.node === graph.nodes[node]!.id)
              return shifted?.after ?? watts(flow.all, node)
            })
            const whole = Math.max(watts(flow.all, node), ...tried)
            assert.ok(Math.abs(whole - worst) <= 0.5, `${rack.id}: ${whole} and ${worst}`)
            assert.ok(most.total[node]! >= worst - 1e-6)
          }
        }
      }),
    )
  })

  it('finds the same for equal plants', () => {
    fc.assert(
      fc.property(plants, ({ layout, values }) => {
        const one = survey(openFailover(flowOf(right(compile(layout)), reads(values))))
        const turned = { ...layout, power: layout.power.toReversed(), racks: layout.racks.toReversed(), equipment: layout.equipment.toReversed() }
        const other = survey(openFailover(flowOf(right(compile(turned)), reads(values))))
        assert.equal(one.tried, other.tried)
        const sums = (found: typeof one) => found.losses.map(({ node, dark, oneLeg, lost }) => `${node} ${dark} ${oneLeg} ${lost.toFixed(3)}`).sort()
        assert.deepEqual(sums(one), sums(other))
        near(
          one.losses.reduce((sum, loss) => sum + loss.lost, 0),
          other.losses.reduce((sum, loss) => sum + loss.lost, 0),
          'lost',
        )
      }),
    )
  })
})
