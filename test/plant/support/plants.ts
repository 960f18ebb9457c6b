// Small plants for the stories, worked out by hand, and any number of made-up ones.
import fc from 'fast-check'
import { Inventory, type Layout, type PointRef } from '../../../daemon/domain/inventory.ts'
import type { Outcome } from '../../../daemon/domain/outcome.ts'
import type { Readings } from '../../../daemon/domain/plant.ts'

export const right = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

export const NOW = Date.UTC(2026, 10, 20, 7)

/** Readings by `device/key`; all of the same moment. */
export const reads =
  (values: Readonly<Record<string, number>>, at = NOW): Readings =>
  ({ device, key }: PointRef) => {
    const value = values[`${device}/${key}`]
    return value === undefined ? null : { value, at }
  }

export const meter = (device: string) => ({ power: { device, key: 'power' } })

export const layoutOf = (given: object): Layout => {
  const { devices: _, ...layout } = Inventory.parse({ site: { id: 'dc', name: 'DC' }, ...given })
  return layout
}

export const rack = (id: string, more: object = {}) => ({
  id,
  name: id.toUpperCase(),
  row: 'row',
  room: 'hall',
  x: Number(id.replace(/\D/g, '')) * 0.6,
  y: 0,
  width: 0.6,
  depth: 1,
  facing: 'south',
  feeds: [
    { name: 'A', node: `pdu-${id}-a` },
    { name: 'B', node: `pdu-${id}-b` },
  ],
  ...more,
})

export const ROOM = { id: 'hall', name: 'Hall', kind: 'server', x: 0, y: 0, width: 10, depth: 10 }
export const ROW = { id: 'row', name: 'Row', room: 'hall' }

/**
 * Mains and genset behind a switch, two UPSs of 10 kW, a panel each with a breaker of 40 A, two racks with A and B of 16 A on one phase each, two cooling units.
 * Rack r1: web (two cords, 1000 W), old (only A, 400 W). Rack r2: db (two cords, 1200 W by agreement).
 */
export const HOUSE = {
  rooms: [ROOM],
  rows: [ROW],
  racks: [
    rack('r1', { feeds: [feed('A', 'pdu-r1-a', 'L1'), feed('B', 'pdu-r1-b', 'L1')] }),
    rack('r2', { feeds: [feed('A', 'pdu-r2-a', 'L2'), feed('B', 'pdu-r2-b', 'L2')] }),
  ],
  equipment: [
    { id: 'web', name: 'WEB', rack: 'r1', u: 1, height: 2, weight: 20, tenant: 'dinkes', psus: [psu('A', 'web', 'a'), psu('B', 'web', 'b')] },
    { id: 'old', name: 'OLD', rack: 'r1', u: 10, weight: 10, tenant: 'disdik', psus: [psu('A', 'old', 'a')] },
    {
      id: 'db',
      name: 'DB',
      rack: 'r2',
      u: 1,
      height: 4,
      weight: 50,
      tenant: 'dinkes',
      agreed: 1200,
      nameplate: 2000,
      psus: [{ feed: 'A' }, { feed: 'B' }],
    },
  ],
  power: [
    { id: 'pln', name: 'PLN', kind: 'utility' },
    { id: 'genset', name: 'Genset', kind: 'genset', capacity: 20_000 },
    { id: 'ats', name: 'ATS', kind: 'ats', from: ['pln', 'genset'] },
    { id: 'ups-a', name: 'UPS A', kind: 'ups', from: ['ats'], capacity: 10_000 },
    { id: 'ups-b', name: 'UPS B', kind: 'ups', from: ['ats'], capacity: 10_000 },
    { id: 'panel-a', name: 'Panel A', kind: 'panel', from: ['ups-a'], breaker: 40 },
    { id: 'panel-b', name: 'Panel B', kind: 'panel', from: ['ups-b'], breaker: 40 },
    ...['r1', 'r2'].flatMap(id => [
      { id: `pdu-${id}-a`, name: `PDU ${id} A`, kind: 'pdu', from: ['panel-a'] },
      { id: `pdu-${id}-b`, name: `PDU ${id} B`, kind: 'pdu', from: ['panel-b'] },
    ]),
    { id: 'crac-1', name: 'CRAC 1', kind: 'cooling', from: ['ats'], room: 'hall', capacity: 3_000, measures: meter('crac-1') },
    { id: 'crac-2', name: 'CRAC 2', kind: 'cooling', from: ['ats'], room: 'hall', capacity: 3_000, measures: meter('crac-2') },
  ],
}

function feed(name: string, node: string, phase: string) {
  return { name, node, phase, breaker: 16, voltage: 230, phases: 1 }
}

function psu(name: string, device: string, key: string) {
  return { feed: name, power: { device, key } }
}

/** What is read in it: the outlets of rack r1 and the cooling units. */
export const HOUSE_READS = { 'web/a': 600, 'web/b': 400, 'old/a': 400, 'crac-1/power': 500, 'crac-2/power': 700 }

const UPS = fc.record({ capacity: fc.option(fc.integer({ min: 5_000, max: 50_000 }), { nil: undefined }) })
const PANEL = fc.record({ ups: fc.nat(2), spare: fc.option(fc.nat(2), { nil: undefined }), metered: fc.boolean() })
const FEED = fc.record({
  panel: fc.nat(3),
  phase: fc.constantFrom('L1', 'L2', 'L3', undefined),
  phases: fc.constantFrom(1, 3),
  read: fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined }),
})
const THING = fc.record({
  psus: fc.array(fc.record({ feed: fc.nat(2), watts: fc.option(fc.integer({ min: 0, max: 500 }), { nil: undefined }) }), { maxLength: 4 }),
  agreed: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined }),
  nameplate: fc.option(fc.integer({ min: 1, max: 1500 }), { nil: undefined }),
})
const RACK = fc.record({ feeds: fc.array(FEED, { minLength: 1, maxLength: 3 }), things: fc.array(THING, { maxLength: 4 }) })
const NAMES = ['A', 'B', 'C'] as const

/** Plants of every make: bars in parallel, switches across the sides, meters here and there, racks with one to three feeds, things of all kinds. */
export const plants: fc.Arbitrary<{ readonly layout: Layout; readonly values: Readonly<Record<string, number>> }> = fc
  .record({
    ups: fc.array(UPS, { minLength: 1, maxLength: 3 }),
    bar: fc.boolean(),
    panels: fc.array(PANEL, { minLength: 1, maxLength: 4 }),
    racks: fc.array(RACK, { minLength: 1, maxLength: 4 }),
  })
  .map(({ ups, bar, panels, racks }) => {
    const values: Record<string, number> = {}
    const upsIds = ups.map((_, i) => `ups-${i}`)
    const power: object[] = [
      { id: 'pln', name: 'PLN', kind: 'utility' },
      { id: 'genset', name: 'Genset', kind: 'genset', capacity: 30_000 },
      { id: 'ats', name: 'ATS', kind: 'ats', from: ['pln', 'genset'] },
      ...ups.map(({ capacity }, i) => ({
        id: upsIds[i],
        name: `UPS ${i}`,
        kind: 'ups',
        from: ['ats'],
        ...(capacity === undefined ? {} : { capacity }),
      })),
      { id: 'bar', name: 'Bar', kind: 'panel', from: upsIds },
    ]
    for (const [i, { ups: one, spare, metered }] of panels.entries()) {
      const from = [bar ? 'bar' : upsIds[one % ups.length], ...(spare === undefined ? [] : [upsIds[spare % ups.length]])]
      power.push({ id: `panel-${i}`, name: `Panel ${i}`, kind: 'ats', from, breaker: 63, ...(metered ? { measures: meter(`panel-${i}`) } : {}) })
      if (metered) values[`panel-${i}/power`] = 2_000 + i
    }
    const equipment: object[] = []
    const stands = racks.map(({ feeds, things }, r) => {
      for (const [f, feed] of feeds.entries()) {
        const id = `pdu-r${r}-${f}`
        power.push({
          id,
          name: id,
          kind: 'pdu',
          from: [`panel-${feed.panel % panels.length}`],
          ...(feed.read === undefined ? {} : { measures: meter(id) }),
        })
        if (feed.read !== undefined) values[`${id}/power`] = feed.read
      }
      for (const [t, { psus, agreed, nameplate }] of things.entries()) {
        const id = `t${r}-${t}`
        for (const [k, { watts }] of psus.entries()) if (watts !== undefined) values[`${id}/p${k}`] = watts
        equipment.push({
          id,
          name: id,
          rack: `r${r}`,
          u: t + 1,
          ...(agreed === undefined ? {} : { agreed }),
          ...(nameplate === undefined ? {} : { nameplate }),
          psus: psus.map(({ feed, watts }, k) => ({
            feed: NAMES[feed % feeds.length],
            ...(watts === undefined ? {} : { power: { device: id, key: `p${k}` } }),
          })),
        })
      }
      return rack(`r${r}`, {
        feeds: feeds.map(({ phase, phases }, f) => ({ name: NAMES[f], node: `pdu-r${r}-${f}`, phases, ...(phase === undefined ? {} : { phase }) })),
      })
    })
    return { layout: layoutOf({ rooms: [ROOM], rows: [ROW], racks: stands, equipment, power }), values }
  })
