// The overlay and the draft, by properties: laid over and taken away is nothing, independent changes need no order, and there and back is where one was.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readDocument } from '../../daemon/domain/document.ts'
import { Inventory, type Layout } from '../../daemon/domain/inventory.ts'
import { afterEdits, editsBetween, entryOf, keyOf, laidOver, overlayChange } from '../../daemon/domain/overlay.ts'
import type { Edit, Laid } from '../../daemon/domain/place.ts'
import { yamlOf } from '../../daemon/place/export.ts'
import { begin, over, redo, step, undo } from '../../dashboard/pages/place/draft.ts'
import { contentsOf, moved, put, removed, resized, rotated, snapped } from '../../dashboard/pages/place/moves.ts'

const rack = (n: number, x: number) => ({
  id: `r${n}`,
  name: `R${n}`,
  row: 'row',
  room: 'hall',
  x,
  y: 1,
  width: 0.6,
  depth: 1.2,
  facing: 'south' as const,
  units: 42,
  maxWeight: 900,
  ports: 0,
  feeds: [],
})
const item = (n: number, of: number, u: number) => ({
  id: `e${n}`,
  name: `E${n}`,
  rack: `r${of}`,
  u,
  height: 1,
  face: 'both' as const,
  ports: 0,
  addresses: [],
  psus: [],
})
const BASE = Inventory.parse({
  site: { id: 'dc', name: 'DC' },
  rooms: [
    { id: 'hall', name: 'Hall', x: 0, y: 0, width: 9, depth: 6 },
    { id: 'side', name: 'Side', x: 9, y: 0, width: 3, depth: 6, tile: 0.5 },
  ],
  rows: [{ id: 'row', name: 'Row', room: 'hall' }],
  cages: [{ id: 'c', name: 'C', room: 'hall', x: 0, y: 0, width: 3, depth: 3 }],
  racks: [{ ...rack(1, 1), cage: 'c' }, rack(2, 1.6), rack(3, 2.2)],
  equipment: [item(1, 1, 1), item(2, 1, 5), item(3, 2, 1)],
  sensors: [{ id: 's', name: 'S', room: 'hall', rack: 'r1', x: 1.3, y: 2.2, point: { device: 'd', key: 'k' } }],
  doors: [{ id: 'd', name: 'D', room: 'hall', x: 1, y: 0, toX: 2, toY: 0 }],
})
const { devices: _, ...LAYOUT } = BASE

const edit = fc.oneof(
  fc
    .record({ n: fc.integer({ min: 1, max: 6 }), x: fc.integer({ min: 0, max: 90 }) })
    .map(({ n, x }): Edit => ({ put: 'racks', entry: rack(n, x / 10) })),
  fc
    .record({ n: fc.integer({ min: 1, max: 6 }), u: fc.integer({ min: 1, max: 42 }) })
    .map(({ n, u }): Edit => ({ put: 'equipment', entry: item(n, 1, u) })),
  fc.integer({ min: 1, max: 6 }).map((n): Edit => ({ remove: 'racks', id: `r${n}` })),
  fc.integer({ min: 1, max: 6 }).map((n): Edit => ({ remove: 'equipment', id: `e${n}` })),
  fc.string({ minLength: 1, maxLength: 8 }).map((name): Edit => ({ put: 'sites', entry: { ...BASE.site, name } })),
)
const subject = (one: Edit): string =>
  'put' in one ? keyOf(one.put, one.entry.id) : 'remove' in one ? keyOf(one.remove, one.id) : keyOf(one.reset, one.id)
/** One edit an entry: independent of one another. */
const edits = fc.uniqueArray(edit, { selector: subject, maxLength: 12 })

const overlaid = (list: readonly Edit[], from: ReadonlyMap<string, Pick<Laid, 'kind' | 'id' | 'entry'>> = new Map()) => {
  const overlay = new Map(from)
  for (const one of list) {
    const change = overlayChange(BASE, one)
    if ('put' in change) overlay.set(keyOf(change.put.kind, change.put.id), change.put)
    else overlay.delete(keyOf(change.drop.kind, change.drop.id))
  }
  return overlay
}

describe('the overlay, by properties', () => {
  it('gives the file back when everything laid over it is reset', () =>
    fc.assert(
      fc.property(edits, list => {
        const resets = list.map((one): Edit => {
          const [kind, id] = 'put' in one ? [one.put, one.entry.id] : 'remove' in one ? [one.remove, one.id] : [one.reset, one.id]
          return { reset: kind, id }
        })
        assert.equal(overlaid(resets, overlaid(list)).size, 0)
        assert.deepEqual(laidOver(BASE, overlaid(resets, overlaid(list)).values()), BASE)
      }),
    ))

  it('does not mind the order of changes of different entries', () =>
    fc.assert(
      fc.property(
        edits.chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length }))),
        ([one, other]) => assert.deepEqual(laidOver(BASE, overlaid(one).values()), laidOver(BASE, overlaid(other).values())),
      ),
    ))

  it('keeps nothing that says the same as the file', () =>
    fc.assert(
      fc.property(edits, list => {
        for (const { kind, id, entry } of overlaid(list).values()) assert.notDeepEqual(entry, entryOf(BASE, kind, id))
      }),
    ))

  it('finds the edits that lead from one layout to another, and back', () =>
    fc.assert(
      fc.property(edits, edits, (one, two) => {
        const sorted = (layout: Layout): Layout => ({
          ...layout,
          racks: [...layout.racks].sort((a, b) => (a.id < b.id ? -1 : 1)),
          equipment: [...layout.equipment].sort((a, b) => (a.id < b.id ? -1 : 1)),
        })
        const [from, to] = [afterEdits(LAYOUT, one), afterEdits(LAYOUT, two)]
        assert.deepEqual(sorted(afterEdits(from, editsBetween(from, to))), sorted(to))
        assert.deepEqual(editsBetween(from, from), [])
      }),
    ))

  it('goes out as YAML and comes in the same', () =>
    fc.assert(
      fc.property(edits, list => {
        const inventory = laidOver(BASE, overlaid(list).values())
        const read = readDocument('x.yaml', yamlOf(inventory), Inventory)
        assert.ok(read.ok, JSON.stringify(read.ok ? '' : read.mistakes))
        assert.deepEqual(read.value, Inventory.parse(inventory))
      }),
      { numRuns: 60 },
    ))
})

describe('a draft', () => {
  it('undone as often as it was changed is what it was begun on; redone it is what it was', () =>
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 10 }), list => {
        let draft = begin(LAYOUT, 1)
        for (const one of list) draft = step(draft, afterEdits(draft.now, [one]))
        const last = draft.now
        const steps = draft.past.length
        for (let i = 0; i < steps; i++) draft = undo(draft)
        assert.deepEqual(draft.now, LAYOUT)
        for (let i = 0; i < steps; i++) draft = redo(draft)
        assert.deepEqual(draft.now, last)
      }),
    ))

  it('takes a longer drag as one step, and lays itself over what others changed', () => {
    let draft = begin(LAYOUT, 1)
    for (const dx of [0.1, 0.2, 0.3]) draft = step(draft, moved(LAYOUT, { kind: 'racks', id: 'r2' }, dx, 0), 'drag 1')
    assert.equal(draft.past.length, 1)
    const theirs = put(LAYOUT, 'rooms', { ...LAYOUT.rooms[0]!, name: 'Aula' })
    const mine = over(draft, theirs, 2)
    assert.deepEqual([mine.now.rooms[0]?.name, mine.now.racks[1]?.x, mine.revision], ['Aula', 1.9, 2])
  })

  it('moves a room with all in it and a rack with its sensors; four turns are none', () => {
    const room = moved(LAYOUT, { kind: 'rooms', id: 'hall' }, 1, 2)
    assert.deepEqual([room.racks[0]?.x, room.racks[0]?.y, room.doors[0]?.toX, room.cages[0]?.y, room.rooms[1]?.x], [2, 3, 3, 2, 9])
    const one = moved(LAYOUT, { kind: 'racks', id: 'r1' }, 0.6, 0)
    assert.deepEqual([one.racks[0]?.x, one.sensors[0]?.x], [1.6, 1.9])
    let turned: Layout = LAYOUT
    for (let i = 0; i < 4; i++) turned = rotated(turned, { kind: 'racks', id: 'r1' })
    assert.deepEqual(turned, LAYOUT)
    assert.equal(rotated(LAYOUT, { kind: 'racks', id: 'r1' }).racks[0]?.facing, 'west')
    assert.equal(resized(LAYOUT, { kind: 'racks', id: 'r1' }, -9, 0).racks[0]?.width, 0.1, 'nothing shrinks to nothing')
    assert.deepEqual(snapped(LAYOUT, 'side', 9.8, 1.1), { x: 10, y: 1 }, 'by the tiles of its own room')
  })

  it('takes a room out with everything in it, a cage without the racks in it', () => {
    const gone = removed(LAYOUT, { kind: 'rooms', id: 'hall' })
    assert.deepEqual(
      [gone.racks, gone.rows, gone.equipment, gone.sensors, gone.doors, gone.cages].map(list => list.length),
      [0, 0, 0, 0, 0, 0],
    )
    assert.equal(contentsOf(LAYOUT, { kind: 'rooms', id: 'hall' }).length, 10)
    const open = removed(LAYOUT, { kind: 'cages', id: 'c' })
    assert.deepEqual([open.racks.length, open.racks[0]?.cage], [3, undefined])
  })
})
