// Mistakes that only show when an inventory is read as a whole: each with where, why and what to do.
import assert from 'node:assert/strict'
import { Inventory } from '../../daemon/domain/inventory.ts'
import { checkInventory } from '../../daemon/inventory-check.ts'
import { readSite } from '../../daemon/site.ts'

const rack = (more: object = {}) => ({
  id: 'r1',
  name: 'R1',
  row: 'row',
  room: 'hall',
  x: 0,
  y: 0,
  width: 0.6,
  depth: 1,
  facing: 'south',
  units: 20,
  feeds: [
    { name: 'A', node: 'a' },
    { name: 'B', node: 'b' },
  ],
  ...more,
})
const HALL = {
  site: { id: 'dc', name: 'DC' },
  rooms: [
    { id: 'hall', name: 'Hall', x: 0, y: 0, width: 9, depth: 9 },
    { id: 'store', name: 'Store', x: 9, y: 0, width: 9, depth: 9 },
  ],
  cages: [{ id: 'cage', name: 'Cage', room: 'store', x: 9, y: 0, width: 3, depth: 3 }],
  rows: [{ id: 'row', name: 'Row', room: 'hall' }],
  racks: [rack(), rack({ id: 'r2', name: 'R2' })],
  power: [
    { id: 'a', name: 'A', kind: 'panel' },
    { id: 'b', name: 'B', kind: 'panel' },
  ],
  devices: [{ id: 'srv', name: 'SRV', kind: 'server', address: { host: '10.0.0.1' }, access: { via: 'snmp', version: '2c' } }],
}
const item = (more: object) => ({ id: 'x', name: 'X', rack: 'r1', u: 1, ...more })

const found = (given: object) =>
  checkInventory(Inventory.parse({ ...HALL, ...given })).map(({ path, reason, remedy }) => [path.join('.'), reason, remedy])
const one = (given: object) => {
  const all = found(given)
  assert.equal(all.length, 1, JSON.stringify(all))
  assert.match(all[0]?.[2] ?? '', /\.$/)
  return all[0]!.slice(0, 2)
}

describe('an inventory as a whole', () => {
  it('finds nothing in one that is right, nor in the demonstration', () => {
    assert.deepEqual(found({}), [])
    const read = readSite('collectors/simulator/demo.yaml')
    assert.ok(read.ok, read.ok ? '' : read.failure.message)
  })

  const mistakes: readonly (readonly [story: string, given: object, path: string, reason: RegExp])[] = [
    [
      'one U taken twice',
      { equipment: [item({ height: 4 }), item({ id: 'y', name: 'Y', u: 4 })] },
      'equipment.1.u',
      /Y and X are both at U4 of rack R1, front/,
    ],
    [
      'one face taken twice',
      { equipment: [item({ face: 'front' }), item({ id: 'y', name: 'Y', face: 'rear' }), item({ id: 'z', name: 'Z', face: 'rear' })] },
      'equipment.2.u',
      /Z and Y are both at U1 of rack R1, rear/,
    ],
    ['a thing above its rack', { equipment: [item({ u: 19, height: 3 })] }, 'equipment.0.u', /X would end at U21 of a rack with 20 U/],
    [
      'a device in two racks',
      { equipment: [item({ device: 'srv' }), item({ id: 'y', name: 'Y', rack: 'r2', device: 'srv' })] },
      'equipment.1.device',
      /device "srv" stands in rack "r1" \(X\) and in rack "r2" \(Y\)/,
    ],
    [
      'a device that says another rack itself',
      { equipment: [item({ device: 'srv' })], devices: [{ ...HALL.devices[0], place: { rack: 'r2' } }] },
      'devices.0.place.rack',
      /placed in rack "r2", its equipment X in "r1"/,
    ],
    [
      'a feed twice',
      {
        racks: [
          rack({
            feeds: [
              { name: 'A', node: 'a' },
              { name: 'A', node: 'b' },
            ],
          }),
        ],
      },
      'racks.0.feeds.1.name',
      /R1 has two feeds A/,
    ],
    [
      'three phases and one',
      { racks: [rack({ feeds: [{ name: 'A', node: 'a', phases: 3, phase: 'L1' }] })] },
      'racks.0.feeds.0.phase',
      /three phases and names one/,
    ],
    [
      'a cord on a feed there is not',
      { equipment: [item({ psus: [{ feed: 'C' }] })] },
      'equipment.0.psus.0.feed',
      /X hangs on feed C, rack R1 has A, B/,
    ],
    [
      'a cord that is read nowhere',
      { equipment: [item({ psus: [{ feed: 'A', power: { device: 'pdu', key: 'p' } }] })] },
      'equipment.0.psus.0.power.device',
      /there is no device "pdu"/,
    ],
    [
      'an outlet with two cords',
      { equipment: [item({ psus: [{ feed: 'A', outlet: '3' }] }), item({ id: 'y', name: 'Y', u: 9, psus: [{ feed: 'A', outlet: '3' }] })] },
      'equipment.1.psus.0.outlet',
      /outlet 3 of feed A in rack R1 has X in it already/,
    ],
    ['a rack apart from its cage', { racks: [rack({ cage: 'cage' })] }, 'racks.0.cage', /stands in room "hall", its cage in "store"/],
    [
      'a sensor above its rack',
      { sensors: [{ id: 's', name: 'S', room: 'hall', x: 0, y: 0, rack: 'r1', u: 40, point: { device: 'srv', key: 't' } }] },
      'sensors.0.u',
      /U40 of a rack with 20 U/,
    ],
    [
      'a feed that may carry nobody knows what',
      { power: [...HALL.power, { id: 'f', name: 'F1', kind: 'feed', from: ['a'] }] },
      'power.2.breaker',
      /what feed F1 can carry/,
    ],
    [
      'cooling of nowhere',
      { power: [...HALL.power, { id: 'c', name: 'C1', kind: 'cooling', capacity: 9 }] },
      'power.2.room',
      /nothing says from where/,
    ],
    [
      'power in a circle',
      {
        power: [
          { id: 'a', name: 'A', kind: 'panel', from: ['b'] },
          { id: 'b', name: 'B', kind: 'panel', from: ['a'] },
        ],
      },
      'power.0.from',
      /a → b → a/,
    ],
    ["a second site of the first one's name", { sites: [{ id: 'dc', name: 'DRC' }] }, 'sites.0.id', /"dc" is the first site's id/],
  ]
  for (const [story, given, path, reason] of mistakes)
    it(`finds ${story}`, () => {
      const [where, why] = one(given)
      assert.equal(where, path)
      assert.match(why ?? '', reason)
    })

  it('lets two half-deep things stand back to back', () => {
    assert.deepEqual(found({ equipment: [item({ face: 'front' }), item({ id: 'y', name: 'Y', face: 'rear' })] }), [])
  })
})
