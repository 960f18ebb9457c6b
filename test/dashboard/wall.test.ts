// The wall's thinking without a wall: the diagram of any power chain, what flows where, how fast it gets hot, what a loss would mean.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Inventory, type Layout, PowerNode } from '../../daemon/domain/inventory.ts'
import type { Meaning } from '../../daemon/domain/state.ts'
import { compact, grow, together } from '../../dashboard/parts/series.ts'
import { buildChain } from '../../dashboard/wall/chain.ts'
import { flowsOf, wireFlow } from '../../dashboard/wall/flow.ts'
import { afterLoss } from '../../dashboard/wall/loss.ts'
import { secondsTo, slope } from '../../dashboard/wall/rise.ts'

const node = (id: string, kind: PowerNode['kind'], from: string[] = [], over: object = {}): PowerNode =>
  PowerNode.parse({ id, name: id.toUpperCase(), kind, from, ...over })

const CHAIN: readonly PowerNode[] = [
  node('pln', 'utility'),
  node('gen', 'genset'),
  node('ats', 'ats', ['pln', 'gen']),
  node('ups-a', 'ups', ['ats']),
  node('ups-b', 'ups', ['ats']),
  node('cool', 'cooling', ['ats']),
  node('crac-1', 'cooling', ['cool']),
  node('panel-a', 'panel', ['ups-a']),
  node('panel-b', 'panel', ['ups-b']),
  node('pdu-1-a', 'pdu', ['panel-a']),
  node('pdu-1-b', 'pdu', ['panel-b']),
  node('pdu-2-a', 'pdu', ['panel-a']),
  node('pdu-2-b', 'pdu', ['panel-b']),
]

function site(power: readonly PowerNode[], rows = 2): Layout {
  const racks = Array.from({ length: rows }, (_, i) => ({
    id: `r${i + 1}`,
    name: `R${i + 1}`,
    row: `row-${i + 1}`,
    room: 'hall',
    x: 1,
    y: i * 2,
    width: 0.6,
    depth: 1.1,
    facing: 'south',
    feeds: power.some(one => one.id === `pdu-${i + 1}-a`)
      ? [
          { name: 'A', node: `pdu-${i + 1}-a` },
          { name: 'B', node: `pdu-${i + 1}-b` },
        ]
      : [],
  }))
  const { devices: _, ...layout } = Inventory.parse({
    site: { id: 's', name: 'Site' },
    rooms: [{ id: 'hall', name: 'Hall', x: 0, y: 0, width: 9, depth: 9 }],
    rows: racks.map(rack => ({ id: rack.row, name: rack.row, room: 'hall' })),
    racks,
    power,
  })
  return layout
}

describe('the one-line diagram', () => {
  it('draws supply, switch, UPS, panels and rows, and folds rack PDUs into their panel', () => {
    const chain = buildChain(site(CHAIN))
    assert.deepEqual(chain.nodes.map(one => one.node.id).sort(), ['ats', 'gen', 'panel-a', 'panel-b', 'pln', 'ups-a', 'ups-b'])
    assert.deepEqual(
      chain.nodes.find(one => one.node.id === 'panel-a')?.below.map(one => one.id),
      ['pdu-1-a', 'pdu-2-a'],
    )
    assert.deepEqual(
      chain.rows.map(row => row.ports.map(port => `${port.name} from ${port.from}`)),
      [
        ['A from panel-a', 'B from panel-b'],
        ['A from panel-a', 'B from panel-b'],
      ],
    )
    assert.deepEqual(
      chain.cooling?.nodes.map(one => one.id),
      ['cool'],
    )
  })

  it('leaves out what a small site lacks: one supply straight to one UPS', () => {
    const chain = buildChain(site([node('grid', 'utility'), node('ups', 'ups', ['grid'])]))
    assert.deepEqual(
      chain.wires.map(wire => wire.key),
      ['grid>ups'],
    )
  })

  it('keeps every box of any chain inside the drawing and off its neighbours', () => {
    const kinds = fc.array(fc.constantFrom('utility', 'genset', 'ats', 'panel', 'ups', 'pdu', 'cooling', 'load'), { maxLength: 24 })
    fc.assert(
      fc.property(kinds, fc.integer({ min: 0, max: 6 }), fc.infiniteStream(fc.nat()), (all, rows, dice) => {
        const power = all.map((kind, i) => node(`n${i}`, kind as PowerNode['kind'], i === 0 ? [] : [`n${(dice.next().value ?? 0) % i}`]))
        const chain = buildChain(site(power, rows))
        const boxes = [...chain.nodes.map(one => one.box), ...chain.rows.map(row => row.box)]
        for (const box of boxes) assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= 1216 && box.y + box.height <= 550, JSON.stringify(box))
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1)) {
            assert.ok(
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
              `${JSON.stringify(a)} lies on ${JSON.stringify(b)}`,
            )
          }
        })
        for (const wire of chain.wires) assert.doesNotMatch(wire.path, /NaN|undefined|Infinity/)
      }),
    )
  })
})

describe('what flows', () => {
  const flows = (states: Readonly<Record<string, Meaning>>) => flowsOf(CHAIN, one => ({ meaning: states[one.id] ?? null, voltage: null }))
  const calm = { pln: 'utilityOk', gen: 'standby', ats: 'sourceA', 'ups-a': 'onLine', 'ups-b': 'onLine' } as const

  it('comes from the supply on a calm day, and the genset stands by', () => {
    const is = flows(calm)
    assert.deepEqual([is.get('gen'), is.get('panel-a'), is.get('cool')], ['off', 'on', 'on'])
  })
  it('comes from the battery when the supply is gone, and cooling stops', () => {
    const is = flows({ ...calm, pln: 'utilityFailed', 'ups-a': 'onBattery', 'ups-b': 'onBattery' })
    assert.deepEqual([is.get('ats'), is.get('ups-a'), is.get('pdu-1-a'), is.get('crac-1')], ['dead', 'batt', 'batt', 'dead'])
  })
  it('comes from the genset once it carries, and the dead supply stays dead', () => {
    const is = flows({ ...calm, pln: 'utilityFailed', gen: 'running', ats: 'sourceB' })
    assert.deepEqual([is.get('pln'), is.get('ats'), is.get('cool')], ['dead', 'on', 'on'])
    const ats = CHAIN[2]
    assert.ok(ats)
    assert.equal(wireFlow('dead', ats, 0, 'sourceB'), 'dead')
    assert.equal(wireFlow('on', ats, 1, 'sourceB'), 'on')
    assert.equal(wireFlow('on', ats, 0, 'sourceB'), 'off')
  })
  it('is unknown, not well, when nothing was heard', () => {
    assert.equal(flows({}).get('panel-a'), 'unknown')
  })
  it('goes by voltage where no state is told', () => {
    const by = (voltage: number) => flowsOf([node('grid', 'utility')], () => ({ meaning: null, voltage })).get('grid')
    assert.deepEqual([by(0), by(231)], ['dead', 'on'])
  })
  it('ends on a chain that bites its tail', () => {
    const circle = [node('a', 'panel', ['b']), node('b', 'panel', ['a'])]
    assert.equal(flowsOf(circle, () => ({ meaning: null, voltage: null })).size, 2)
  })
})

describe('a rise', () => {
  const readings = (minutes: number, perMinute: number, noise = 0) => {
    const at = Array.from({ length: minutes * 6 }, (_, i) => i * 10_000)
    return { at, values: at.map((when, i) => 24 + (when / 60_000) * perMinute + noise * (i % 2 === 0 ? 1 : -1)) }
  }
  it('is found through the sensor’s noise', () => {
    const found = slope(readings(4, 1.5, 0.1), 0)
    assert.ok(found !== null && Math.abs(found - 1.5) < 0.1, String(found))
  })
  it('is not told from a few readings, nor of air that stands still', () => {
    assert.equal(slope({ at: [0, 10_000], values: [24, 25] }, 0), null)
    assert.equal(secondsTo(32, 24, 0.05), null)
  })
  it('counts down to the limit, and is over when past it', () => {
    assert.equal(Math.round(secondsTo(32, 27.4, 1.5) ?? 0), 184)
    assert.equal(secondsTo(32, 32.5, 1), 0)
  })
})

describe('small series', () => {
  it('stay bounded however long they grow, ascending, with the newest value last', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 400 }), steps => {
        let series = { at: [] as readonly number[], values: [] as readonly (number | null)[] }
        let at = 0
        for (const step of steps) {
          at += step
          series = grow(series, at, at, 10_000, 600_000)
        }
        assert.ok(series.at.length <= 61)
        assert.equal(series.values.at(-1), at)
        assert.ok(series.at.every((one, i) => i === 0 || one > (series.at[i - 1] ?? 0)))
      }),
    )
  })
  it('keep gaps and means when thinned', () => {
    assert.deepEqual(compact({ at: [0, 5, 10, 15, 20], values: [1, 3, null, null, 8] }, 10), { at: [0, 10, 20], values: [2, null, 8] })
  })
  it('add up at the instants that all of them know, whatever their own steps', () => {
    const sum = together(
      [
        { at: [0, 10, 20], values: [1, 2, 3] },
        { at: [0, 20], values: [10, 20] },
      ],
      3,
      values => values.reduce((a, b) => a + b, 0),
    )
    assert.deepEqual(sum, { at: [0, 10, 20], values: [11, 12, 23] })
  })
})

describe('the loss of one UPS', () => {
  it('is told for the unit whose loss is hardest on the others', () => {
    const loss = afterLoss([
      { power: 10, capacity: 40 },
      { power: 20, capacity: 30 },
    ])
    assert.deepEqual(loss, { lost: 0, share: 1 })
  })
  it('means nothing with one unit, and never fewer watts than are drawn', () => {
    assert.equal(afterLoss([{ power: 5, capacity: 10 }]), null)
    const unit = fc.record({ power: fc.integer({ min: 0, max: 500 }), capacity: fc.integer({ min: 1, max: 1000 }) })
    fc.assert(
      fc.property(fc.array(unit, { minLength: 2, maxLength: 6 }), units => {
        const total = units.reduce((sum, one) => sum + one.power, 0)
        const loss = afterLoss(units)
        assert.ok(loss !== null)
        const left = units.reduce((sum, one, i) => (i === loss.lost ? sum : sum + one.capacity), 0)
        assert.ok(Math.abs(loss.share * left - total) < 1e-6)
      }),
    )
  })
})
