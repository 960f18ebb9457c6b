// A small site for page models: two rows that look at each other, a UPS, a door, sensors at three heights.

import type { Layout } from '../../daemon/domain/inventory.ts'
import { Inventory } from '../../daemon/domain/inventory.ts'

const rack = (id: string, x: number, row: 'a' | 'b') => ({
  id,
  name: id.toUpperCase(),
  row,
  room: 'server',
  x,
  y: row === 'a' ? 1.36 : 4.08,
  width: 0.6,
  depth: 1.23,
  facing: row === 'a' ? 'south' : 'north',
  feeds: [
    { name: 'A', node: `pdu-${id}-a` },
    { name: 'B', node: `pdu-${id}-b` },
  ],
})

const pdu = (rackId: string, side: 'a' | 'b') => ({
  id: `pdu-${rackId}-${side}`,
  name: `PDU ${rackId} ${side}`,
  kind: 'pdu',
  measures: { power: { device: `pdu-${rackId}-${side}`, key: 'total.power' } },
})

const sensor = (id: string, side: 'inlet' | 'outlet', u: number) => ({
  id,
  name: id,
  room: 'server',
  x: 2,
  y: side === 'outlet' ? 1.1 : 2.7,
  rack: 'a1',
  side,
  u,
  point: { device: 'env-1', key: `sensor.${id}.temperature` },
})

export const site: Layout = Inventory.parse({
  site: { id: 'dc', name: 'DC' },
  rooms: [
    { id: 'server', name: 'Ruang Server', kind: 'server', x: 0, y: 0, width: 7, depth: 7 },
    { id: 'noc', name: 'NOC', kind: 'noc', x: 7, y: 0, width: 4, depth: 7 },
  ],
  rows: [
    { id: 'a', name: 'A', room: 'server' },
    { id: 'b', name: 'B', room: 'server' },
  ],
  racks: [rack('a1', 1.7, 'a'), rack('a2', 2.3, 'a'), rack('b1', 1.7, 'b'), rack('b2', 2.3, 'b')],
  equipment: [
    {
      id: 'db',
      name: 'DB',
      rack: 'a1',
      u: 10,
      height: 2,
      psus: [
        { feed: 'A', power: { device: 'pdu-a1-a', key: 'outlet.1.power' } },
        { feed: 'B', power: { device: 'pdu-a1-b', key: 'outlet.1.power' } },
      ],
    },
    { id: 'sw', name: 'SW', rack: 'a1', u: 42, psus: [{ feed: 'A', power: { device: 'pdu-a1-a', key: 'outlet.2.power' } }] },
    { id: 'shelf', name: 'Shelf', rack: 'a1', u: 20, height: 4, face: 'rear' },
  ],
  doors: [{ id: 'd1', name: 'D1', room: 'server', x: 7, y: 4, toX: 7, toY: 5, state: { device: 'env-1', key: 'door.1.state' } }],
  sensors: [sensor('top', 'inlet', 40), sensor('low', 'inlet', 4), sensor('hot-top', 'outlet', 40), sensor('hot-low', 'outlet', 4)],
  fixtures: [{ id: 'crac', name: 'CRAC 1', room: 'server', kind: 'crac', x: 0.1, y: 2.8, width: 1, depth: 1.1 }],
  power: [pdu('a1', 'a'), pdu('a1', 'b')],
})

/** A reader over plain figures, `device/key` → value. */
export const reading = (figures: Readonly<Record<string, number>>) => (ref: { readonly device: string; readonly key: string }) => {
  const value = figures[`${ref.device}/${ref.key}`]
  return value === undefined ? null : { value, at: 0 }
}
