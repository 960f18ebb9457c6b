// A large made-up hall for measuring: rows of racks with A and B, panels, UPSs in pairs, things with two cords; the same at every run.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Readings } from '../../../daemon/domain/plant.ts'
import { layoutOf, meter, NOW, rack } from './plants.ts'

export interface Hall {
  readonly layout: Layout
  readonly readings: Readings
}

const PER_PANEL = 42
const PER_UPS = 10
const PER_ROOM = 250

/** `things` of 2 U in each rack, all of them with two cords. */
export function hall(racks: number, things: number): Hall {
  const panels = Math.ceil(racks / PER_PANEL)
  const sides = ['a', 'b'] as const
  const ups = Math.ceil(panels / PER_UPS)
  const rooms = Math.ceil(racks / PER_ROOM)
  const layout = layoutOf({
    rooms: Array.from({ length: rooms }, (_, i) => ({ id: `room-${i}`, name: `Room ${i}`, kind: 'server', x: 0, y: 20 * i, width: 60, depth: 20 })),
    rows: Array.from({ length: rooms * 10 }, (_, i) => ({ id: `row-${i}`, name: `Row ${i}`, room: `room-${Math.floor(i / 10)}` })),
    racks: Array.from({ length: racks }, (_, i) => ({
      ...rack(`r${i}`),
      x: (i % 25) * 0.6,
      y: Math.floor(i / 25) * 2,
      room: `room-${Math.floor(i / PER_ROOM)}`,
      row: `row-${Math.floor(i / 25)}`,
      ports: 24,
      feeds: sides.map(side => ({ name: side.toUpperCase(), node: `pdu-r${i}-${side}`, breaker: 32, phase: (['L1', 'L2', 'L3'] as const)[i % 3] })),
      ...(i % 7 === 0 ? { tenant: `dinas-${i % 5}` } : {}),
    })),
    equipment: Array.from({ length: racks * things }, (_, i) => ({
      id: `e${i}`,
      name: `E ${i}`,
      rack: `r${Math.floor(i / things)}`,
      u: 1 + 3 * (i % things),
      height: 2,
      weight: 25,
      ports: 2,
      agreed: 400,
      tenant: `dinas-${i % 11}`,
      psus: [{ feed: 'A' }, { feed: 'B' }],
    })),
    sensors: Array.from({ length: racks }, (_, i) => ({
      id: `s${i}`,
      name: `S ${i}`,
      room: `room-${Math.floor(i / PER_ROOM)}`,
      x: 0,
      y: 0,
      rack: `r${i}`,
      side: 'inlet',
      point: { device: `s${i}`, key: 'temperature' },
    })),
    power: [
      { id: 'pln', name: 'PLN', kind: 'utility' },
      { id: 'genset', name: 'Genset', kind: 'genset', capacity: 40_000_000 },
      { id: 'ats', name: 'ATS', kind: 'ats', from: ['pln', 'genset'] },
      ...sides.flatMap(side => [
        ...Array.from({ length: ups }, (_, i) => ({ id: `ups-${side}-${i}`, name: `UPS ${i}`, kind: 'ups', from: ['ats'], capacity: 2_500_000 })),
        ...Array.from({ length: panels }, (_, i) => ({
          id: `panel-${side}-${i}`,
          name: `Panel ${i}`,
          kind: 'panel',
          from: [`ups-${side}-${Math.floor(i / PER_UPS)}`],
          breaker: 630,
        })),
        ...Array.from({ length: racks }, (_, i) => ({
          id: `pdu-r${i}-${side}`,
          name: `PDU ${i}`,
          kind: 'pdu',
          from: [`panel-${side}-${Math.floor(i / PER_PANEL)}`],
          capacity: 7_360,
          measures: meter(`pdu-r${i}-${side}`),
        })),
      ]),
      ...Array.from({ length: rooms * 3 }, (_, i) => ({
        id: `crac-${i}`,
        name: `CRAC ${i}`,
        kind: 'cooling',
        from: ['ats'],
        room: `room-${Math.floor(i / 3)}`,
        capacity: 900_000,
        measures: meter(`crac-${i}`),
      })),
    ],
  })
  return { layout, readings: made }
}

/** A figure that depends on the name alone. */
const made: Readings = ({ device, key }) => {
  let hash = 7
  for (let i = 0; i < device.length; i++) hash = (hash * 31 + device.charCodeAt(i)) % 1_009
  return { value: key === 'temperature' ? 19 + hash / 250 : 800 + hash, at: NOW }
}
