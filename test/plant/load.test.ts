// What each thing in the power chain carries: read, or summed of what is known, and never more certain than it is.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { flowOf, watts } from '../../daemon/plant/flow.ts'
import { compile } from '../../daemon/plant/graph.ts'
import { loadOf } from '../../daemon/plant/load.ts'
import { HOUSE, HOUSE_READS, layoutOf, meter, NOW, plants, ROOM, ROW, rack, reads, right } from './support/plants.ts'

function loads(given: object, values: Readonly<Record<string, number>>) {
  const graph = right(compile(layoutOf(given)))
  const flow = flowOf(graph, reads(values))
  return (id: string) => loadOf(flow, graph.index.get(id)!)
}

const value = (power: { readonly value: number | null }) => Math.round((power.value ?? Number.NaN) * 1000) / 1000
/** The house with a meter at these nodes. */
const metered = (...ids: string[]) => ({
  ...HOUSE,
  power: HOUSE.power.map(node => (ids.includes(node.id) ? { ...node, measures: meter(node.id) } : node)),
})

describe('load', () => {
  it('sums what hangs below, and says which share was read', () => {
    const of = loads(HOUSE, HOUSE_READS)
    // web 600 + 400, old 400, db by agreement 600 + 600; cooling 500 + 700.
    const expected = {
      'psu:web:1': 600,
      'item:web': 1000,
      'feed:r1:A': 1000,
      'feed:r1:B': 400,
      'panel-a': 1600,
      'ups-b': 1000,
      ats: 3800,
      pln: 3800,
      genset: 0,
    }
    for (const [id, sum] of Object.entries(expected)) assert.equal(value(of(id).power), sum, id)
    assert.equal(of('psu:web:1').power.basis, 'measured')
    assert.equal(of('psu:db:1').power.basis, 'agreed')
    assert.equal(of('item:db').power.basis, 'agreed')
    assert.equal(of('ats').power.basis, 'summed')
    assert.equal(of('ats').power.measured, 2600 / 3800)
    assert.equal(of('ats').power.at, NOW)
    assert.equal(of('item:db').power.at, null)
  })

  it('reckons amperes and what is left of a breaker by the fullest phase', () => {
    const of = loads(HOUSE, HOUSE_READS)
    const panel = of('panel-a')
    assert.deepEqual(panel.phases?.map(Math.round), [1000, 600, 0])
    assert.deepEqual(
      panel.burdens.map(({ by, phase, limit, over }) => ({ by, phase, limit, over })),
      [{ by: 'breaker', phase: 'L1', limit: 32, over: false }],
    )
    assert.equal(panel.burdens[0]?.value.toFixed(6), (1000 / 230).toFixed(6))
    assert.deepEqual(
      of('ups-a').burdens.map(({ by, percent }) => [by, percent]),
      [['capacity', 16]],
    )
    const full = loads(HOUSE, { ...HOUSE_READS, 'old/a': 2_400 })('feed:r1:A')
    // 3000 W are 13.04 A of 16: over 80 %.
    assert.equal(full.burdens[0]?.over, true)
  })

  it('believes the meter: an estimate below gives way, a reading below does not, what nothing explains is said', () => {
    const over = loads(metered('pdu-r2-a', 'pdu-r1-a'), { ...HOUSE_READS, 'pdu-r2-a/power': 450, 'pdu-r1-a/power': 1100 })
    assert.equal(value(over('psu:db:1').power), 450)
    assert.equal(value(over('psu:db:2').power), 600)
    assert.equal(value(over('item:db').power), 1050)
    assert.equal(over('feed:r2:A').power.basis, 'measured')
    // Outlets say 1000, the PDU 1100: 100 W hang where nobody wrote anything down.
    assert.equal(value(over('feed:r1:A').power), 1100)
    assert.equal(Math.round(over('feed:r1:A').unexplained), 100)
    assert.equal(value(over('ups-a').power), 1550)
    assert.equal(over('ups-a').power.measured, 1)
  })

  it('says nothing of what it cannot know', () => {
    const of = loads({ ...HOUSE, equipment: [{ id: 'box', name: 'BOX', rack: 'r2', u: 1, psus: [{ feed: 'A' }] }] }, {})
    assert.deepEqual(of('psu:box:1').power, { value: null, basis: 'unknown', measured: 0, missing: 1, at: null })
    assert.equal(of('ups-a').power.value, null)
    assert.equal(of('ups-a').power.missing, 1)
    assert.equal(of('ats').power.missing, 3)
    const partly = loads(
      { ...HOUSE, equipment: [...HOUSE.equipment, { id: 'box', name: 'BOX', rack: 'r2', u: 9, psus: [{ feed: 'A' }] }] },
      HOUSE_READS,
    )
    assert.equal(value(partly('ups-a').power), 1600)
    assert.equal(partly('ups-a').power.missing, 1)
  })

  it('reads three points of one device as its phases, and a load in percent as watts', () => {
    const three = ['L1', 'L2', 'L3'].map(key => ({ device: 'm', key }))
    const power = [
      { id: 'p', name: 'P', kind: 'panel', from: [], breaker: 20, measures: { power: three } },
      { id: 'u', name: 'U', kind: 'ups', from: [], capacity: 8_000, measures: { load: { device: 'u', key: 'load' } } },
    ]
    const of = loads({ power }, { 'm/L1': 100, 'm/L2': 2300, 'm/L3': 0, 'u/load': 25 })
    assert.deepEqual(of('p').phases, [100, 2300, 0])
    assert.deepEqual(
      of('p').burdens.map(burden => [burden.phase, burden.value]),
      [['L2', 10]],
    )
    assert.equal(of('u').power.value, 2000)
  })

  it('shares a bar of parallel UPS modules by their capacity', () => {
    const of = loads(
      {
        rooms: [ROOM],
        rows: [ROW],
        racks: [rack('r1', { feeds: [{ name: 'A', node: 'bar' }] })],
        equipment: [{ id: 'x', name: 'X', rack: 'r1', u: 1, agreed: 900, psus: [{ feed: 'A' }] }],
        power: [
          { id: 'u1', name: 'U1', kind: 'ups', capacity: 10_000 },
          { id: 'u2', name: 'U2', kind: 'ups', capacity: 20_000 },
          { id: 'bar', name: 'Bar', kind: 'panel', from: ['u1', 'u2'] },
        ],
      },
      {},
    )
    assert.equal(value(of('u1').power), 300)
    assert.equal(value(of('u2').power), 600)
  })

  it('keeps every watt: a node carries its own and what its children take from it, whatever the plant', () => {
    fc.assert(
      fc.property(plants, ({ layout, values }) => {
        const graph = right(compile(layout))
        const flow = flowOf(graph, reads(values))
        const of = (sum: number, i: number) => sum + watts(flow.own, i)
        const nodes = graph.nodes.map((_, i) => i).filter(i => graph.kinds[i] !== 'item')
        const drawn = nodes.reduce(of, 0)
        const fed = nodes.filter(i => graph.from.start[i] === graph.from.start[i + 1]).reduce((sum, i) => sum + watts(flow.now, i), 0)
        assert.ok(Math.abs(drawn - fed) < 1e-6 * (1 + fed), `${drawn} W are drawn, ${fed} W come in`)
        for (let i = 0; i < graph.nodes.length; i++) assert.ok(watts(flow.now, i) >= -1e-6, graph.nodes[i]!.id)
      }),
    )
  })

  it('never reads less at a meter than it says, whatever the plant', () => {
    fc.assert(
      fc.property(plants, ({ layout, values }) => {
        const graph = right(compile(layout))
        const flow = flowOf(graph, reads(values))
        for (const [i, node] of graph.nodes.entries()) {
          const read = values[`${node.id}/power`]
          if (read !== undefined) assert.ok(watts(flow.now, i) >= read - 1e-6, `${node.id}: ${watts(flow.now, i)} < ${read}`)
        }
      }),
    )
  })
})
