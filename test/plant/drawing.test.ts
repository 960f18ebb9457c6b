// The power chain drawn: no box on another, no wire under a box, no crossing where none is needed, and thousands of PDUs folded until somebody opens them.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { PlantNode, TraceEdge } from '../../daemon/domain/plant.ts'
import { compile } from '../../daemon/plant/graph.ts'
import { circleThrough, drawable } from '../../dashboard/pages/place/chain.ts'
import { BOX, layersOf } from '../../dashboard/pages/power/layers.ts'
import { apart, crossings, type Layered, ordered } from '../../dashboard/pages/power/order.ts'
import { hall } from './support/hall.ts'
import { layoutOf, right } from './support/plants.ts'

const node = (id: string): PlantNode => ({ id, name: id, kind: 'panel', device: null, rack: null, equipment: null })

/** Any chain: every node may hang on up to three before it. */
const chain = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 40 }).map(list => {
  const nodes = list.map((_, i) => node(`n${i}`))
  const edges = list.flatMap((sources, i): TraceEdge[] =>
    i === 0 ? [] : [...new Set(sources.map(source => source % i))].map((source, preference) => ({ from: `n${source}`, to: `n${i}`, preference })),
  )
  return { nodes, edges }
})

/** The level parts of a wire: where it runs through columns. */
const level = (path: string): { from: number; to: number; y: number }[] => {
  const found: { from: number; to: number; y: number }[] = []
  let [x, y] = [0, 0]
  for (const [, kind, text = ''] of path.matchAll(/([MHC])([^MHC]*)/g)) {
    const numbers = text.trim().split(/\s+/).map(Number)
    if (kind === 'H') {
      found.push({ from: x, to: numbers[0]!, y })
      x = numbers[0]!
    } else [x, y] = [numbers.at(-2)!, numbers.at(-1)!]
  }
  return found
}

describe('the power chain as it is edited', () => {
  const any = fc.array(fc.uniqueArray(fc.nat(11), { maxLength: 3 }), { minLength: 1, maxLength: 12 }).map(
    list =>
      layoutOf({
        power: list.map((sources, i) => ({
          id: `n${i}`,
          name: `N${i}`,
          kind: 'panel',
          from: sources.filter(source => source < list.length).map(source => `n${source}`),
        })),
      }).power,
  )

  it('names a circle exactly where the daemon would refuse one, along the current', () =>
    fc.assert(
      fc.property(any, power => {
        const circles = power.flatMap(({ id }) => circleThrough(power, id) ?? []).length
        assert.equal(circles > 0, !compile(layoutOf({ power })).ok)
        for (const { id } of power) {
          const circle = circleThrough(power, id)
          if (circle === null) continue
          assert.deepEqual([circle[0], circle.at(-1)], [id, id])
          for (const [i, to] of circle.slice(1).entries()) assert.ok(power.find(node => node.id === to)?.from.includes(circle[i]!))
        }
      }),
    ))

  it('draws every node even then, and leaves out no more than what closes a circle', () =>
    fc.assert(
      fc.property(any, power => {
        const { nodes, edges } = drawable(power)
        assert.equal(layersOf(nodes, edges).nodes.length, power.length)
        if (compile(layoutOf({ power })).ok) assert.equal(edges.length, power.flatMap(({ from }) => from).length)
      }),
    ))
})

describe('the power chain drawn', () => {
  it('sets no box on another, and draws every edge from left to right', () =>
    fc.assert(
      fc.property(chain, ({ nodes, edges }) => {
        const { nodes: placed, wires, width, height } = layersOf(nodes, edges)
        const at = new Map(placed.map(one => [one.node.id, one]))
        assert.equal(at.size, nodes.length)
        assert.equal(wires.length, edges.length)
        for (const { from, to } of edges) assert.ok(at.get(from)!.x + BOX.width < at.get(to)!.x)
        for (const [i, a] of placed.entries()) {
          assert.ok(a.x >= 0 && a.y >= 0 && a.x + BOX.width <= width && a.y + BOX.height <= height)
          for (const b of placed.slice(i + 1)) assert.ok(Math.abs(a.x - b.x) >= BOX.width || Math.abs(a.y - b.y) >= BOX.height)
        }
      }),
    ))

  it('leads no wire under a box', () =>
    fc.assert(
      fc.property(chain, ({ nodes, edges }) => {
        const { nodes: placed, wires } = layersOf(nodes, edges)
        for (const { path, from } of wires)
          for (const run of level(path))
            for (const { node, x, y } of placed)
              if (node.id !== from)
                assert.ok(run.to <= x || run.from >= x + BOX.width || run.y <= y || run.y >= y + BOX.height, `${path} under ${node.id}`)
      }),
    ))

  it('crosses no wires where everything has one source', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), parents => {
        const depth: number[] = []
        const links: [number, number][] = []
        for (const [i, parent] of parents.entries()) {
          const above = i === 0 ? -1 : (parent % (i + 1)) - 1
          depth[i] = above < 0 ? 0 : depth[above]! + 1
          if (above >= 0) links.push([above, i])
        }
        // In the worst order one could think of: backwards.
        const layers = Array.from({ length: Math.max(...depth) + 1 }, (_, l) => depth.flatMap((d, i) => (d === l ? [i] : [])).reverse())
        assert.equal(crossings({ links, layers: ordered({ layers, links }) }), 0)
      }),
    ))

  it('finds the order without crossings of two sides that were written one after the other', () => {
    const given: Layered = {
      layers: [
        [0, 1],
        [2, 3, 4, 5],
      ],
      links: [
        [0, 3],
        [0, 5],
        [1, 2],
        [1, 4],
      ],
    }
    assert.equal(crossings(given), 3)
    assert.equal(crossings({ ...given, layers: ordered(given) }), 0)
  })

  it('keeps boxes apart and as near to their wishes as the others let them', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ wish: fc.integer({ min: -500, max: 500 }), size: fc.integer({ min: 1, max: 90 }) }), { maxLength: 12 }),
        boxes => {
          const [wishes, sizes] = [boxes.map(({ wish }) => wish), boxes.map(({ size }) => size)]
          const found = apart(wishes, sizes, 10)
          for (let i = 1; i < found.length; i++) assert.ok(found[i]! - found[i - 1]! >= (sizes[i]! + sizes[i - 1]!) / 2 + 10 - 1e-6)
          // Nothing is gained by moving all of them, or any one that is free to move.
          const moved = found.reduce((sum, at, i) => sum + at - wishes[i]!, 0)
          assert.ok(Math.abs(moved) < 1e-6)
        },
      ),
    ))

  it('folds the PDUs of a thousand racks behind their panels, and opens one panel at a time', () => {
    const graph = right(compile(hall(1_000, 4).layout))
    const shown = graph.nodes.map((_, i) => i).filter(i => !['rackFeed', 'outlet', 'psu', 'item'].includes(graph.kinds[i]!))
    assert.ok(graph.from.at.length > 20_000)
    const nodes = shown.map(i => graph.nodes[i]!)
    const edges = shown.flatMap(i =>
      Array.from(graph.from.at.subarray(graph.from.start[i]!, graph.from.start[i + 1]!), (source, preference) => ({
        from: graph.nodes[source]!.id,
        to: graph.nodes[i]!.id,
        preference,
      })),
    )
    const begin = performance.now()
    const folded = layersOf(nodes, edges)
    assert.ok(performance.now() - begin < 500, 'laid out at once')
    assert.ok(folded.nodes.length + folded.groups.length < 150, `${folded.nodes.length} nodes and ${folded.groups.length} groups`)
    assert.equal(
      new Set([...folded.nodes.map(({ node }) => node.id), ...folded.groups.flatMap(group => group.nodes.map(({ id }) => id))]).size,
      nodes.length,
    )
    const opened = layersOf(nodes, edges, new Set([folded.groupOf.get('pdu-r7-b')!]))
    assert.ok(opened.nodes.some(({ node }) => node.id === 'pdu-r7-b'))
    assert.equal(opened.nodes.length, folded.nodes.length + 42)
  })
})
