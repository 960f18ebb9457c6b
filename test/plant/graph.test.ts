// The power chain, compiled and traced both ways.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { compile } from '../../daemon/plant/graph.ts'
import { trace } from '../../daemon/plant/trace.ts'
import { HOUSE, layoutOf, plants, ROOM, ROW, rack, right } from './support/plants.ts'

const house = right(compile(layoutOf(HOUSE)))

describe('the power chain', () => {
  it('leads from a power supply to the public supply, every way', () => {
    const found = trace(house, 'psu:web:2')
    assert.deepEqual(found?.up.paths, [
      ['psu:web:2', 'feed:r1:B', 'pdu-r1-b', 'panel-b', 'ups-b', 'ats', 'pln'],
      ['psu:web:2', 'feed:r1:B', 'pdu-r1-b', 'panel-b', 'ups-b', 'ats', 'genset'],
    ])
    assert.equal(found.up.more, false)
    assert.deepEqual(
      found.down.nodes.map(node => node.id),
      ['psu:web:2', 'item:web'],
    )
    assert.equal(trace(house, 'nobody'), null)
  })

  it('shows all that hangs on a node, and only the lines between those', () => {
    const found = trace(house, 'panel-a')
    const kinds = Map.groupBy(found?.down.nodes ?? [], node => node.kind)
    assert.deepEqual([...kinds].map(([kind, list]) => [kind, list.length]).sort(), [
      ['item', 3],
      ['panel', 1],
      ['pdu', 2],
      ['psu', 3],
      ['rackFeed', 2],
    ])
    assert.ok(found?.down.edges.every(edge => edge.from !== 'psu:web:2'))
    assert.deepEqual(
      found?.up.edges.filter(edge => edge.to === 'ats'),
      [
        { from: 'pln', to: 'ats', preference: 0 },
        { from: 'genset', to: 'ats', preference: 1 },
      ],
    )
  })

  it('knows an outlet between feed and power supply where it has a name', () => {
    const layout = layoutOf({
      ...HOUSE,
      equipment: [{ id: 'x', name: 'X', rack: 'r1', u: 1, psus: [{ feed: 'A', outlet: '7' }, { feed: 'C' }] }],
    })
    const found = trace(right(compile(layout)), 'item:x')
    assert.deepEqual(found?.up.paths[0]?.slice(0, 4), ['item:x', 'psu:x:1', 'outlet:r1:A:7', 'feed:r1:A'])
  })

  it('refuses power that runs in a circle, and names it', () => {
    const loop = layoutOf({
      power: [
        { id: 'a', name: 'A', kind: 'panel', from: ['c'] },
        { id: 'b', name: 'B', kind: 'panel', from: ['a'] },
        { id: 'c', name: 'C', kind: 'panel', from: ['b'] },
        { id: 'd', name: 'D', kind: 'panel', from: ['c'] },
      ],
    })
    const outcome = compile(loop)
    assert.ok(!outcome.ok)
    assert.match(outcome.failure.message, /a → b → c → a|b → c → a → b|c → a → b → c/)
    const itself = compile(layoutOf({ power: [{ id: 'a', name: 'A', kind: 'panel', from: ['a'] }] }))
    assert.ok(!itself.ok)
    assert.match(itself.failure.message, /a → a/)
  })

  it('tells no more ways than can be read, and that there are more', () => {
    const power = [{ id: 'p0', name: 'P', kind: 'utility', from: [] as string[] }]
    for (let i = 0; i < 8; i++)
      power.push(
        { id: `a${i}`, name: 'A', kind: 'panel', from: [i === 0 ? 'p0' : `s${i - 1}`] },
        { id: `b${i}`, name: 'B', kind: 'panel', from: [i === 0 ? 'p0' : `s${i - 1}`] },
        { id: `s${i}`, name: 'S', kind: 'ats', from: [`a${i}`, `b${i}`] },
      )
    const found = trace(right(compile(layoutOf({ power }))), 's7')
    assert.equal(found?.up.paths.length, 64)
    assert.equal(found.up.more, true)
  })

  it('numbers every source before what it feeds, whatever the plant', () => {
    fc.assert(
      fc.property(plants, ({ layout }) => {
        const { from, nodes, index } = right(compile(layout))
        for (let i = 0; i < nodes.length; i++) {
          assert.equal(index.get(nodes[i]!.id), i)
          for (let e = from.start[i]!; e < from.start[i + 1]!; e++) assert.ok(from.at[e]! < i)
        }
      }),
    )
  })

  it('stands a rack without power beside those that have it', () => {
    const graph = right(
      compile(
        layoutOf({
          rooms: [ROOM],
          rows: [ROW],
          racks: [rack('r1', { feeds: [] })],
          equipment: [{ id: 'x', name: 'X', rack: 'r1', u: 1, psus: [{ feed: 'A' }] }],
        }),
      ),
    )
    assert.deepEqual(trace(graph, 'item:x')?.up.paths, [['item:x']])
  })
})
