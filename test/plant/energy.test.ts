// Energy of a month: worked out by hand, with gaps, resets and racks that several share.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Energy } from '../../daemon/domain/plant.ts'
import { energyOfCounter, energyOfPower, energyReport, type Meter } from '../../daemon/plant/energy.ts'
import { HOUSE, layoutOf, meter, ROOM, ROW, rack } from './support/plants.ts'

const HOUR = 3_600_000
const FROM = Date.UTC(2026, 9, 31, 17)
const at = (hours: readonly number[]) => hours.map(hour => FROM + hour * HOUR)

describe('energy of a point', () => {
  it('is the mean of each bucket for as long as it lasts', () => {
    const series = { at: at([0, 1, 2, 3]), mean: [100, 200, 300, 400] }
    assert.deepEqual(energyOfPower(series, HOUR, FROM, FROM + 4 * HOUR), { wh: 1000, measured: 1, covered: 1 })
    assert.deepEqual(energyOfPower(series, HOUR, FROM + HOUR / 2, FROM + 2 * HOUR), { wh: 250, measured: 1, covered: 1 })
    assert.equal(energyOfPower({ at: [], mean: [] }, HOUR, FROM, FROM + HOUR), null)
    assert.equal(energyOfPower({ at: at([0]), mean: [null] }, HOUR, FROM, FROM + HOUR), null)
  })

  it('lets a single reading hold until the next, but not for long', () => {
    const series = { at: at([0, 1 / 60, 2 / 60, 1]), mean: [600, 1200, 600, 0] }
    // A minute each of 600 and 1200 W, five minutes of 600: 80 Wh in seven minutes, and nothing is known of the rest of the hour.
    const found = energyOfPower(series, 0, FROM, FROM + HOUR)
    assert.equal(Math.round(found?.wh ?? 0), 80)
    assert.deepEqual([found?.measured, found?.covered.toFixed(3)], [1, (7 / 60).toFixed(3)])
  })

  it('fills gaps with the mean, and says so; of a span that was mostly not read only what was', () => {
    const series = { at: at([0, 1, 2, 3]), mean: [100, null, null, 300] }
    assert.deepEqual(energyOfPower(series, HOUR, FROM, FROM + 4 * HOUR), { wh: 800, measured: 0.5, covered: 0.5 })
    assert.deepEqual(energyOfPower(series, HOUR, FROM, FROM + 10 * HOUR), { wh: 400, measured: 1, covered: 0.2 })
  })

  it('adds the steps of a counter over its resets', () => {
    const series = { at: at([0, 1, 2, 3, 4]), mean: [1000, 1500, 200, 700, 900] }
    assert.deepEqual(energyOfCounter(series, FROM, FROM + 4 * HOUR), { wh: 1400, measured: 1, covered: 1 })
    assert.deepEqual(energyOfCounter({ at: at([1, 3]), mean: [0, 200] }, FROM, FROM + 4 * HOUR), { wh: 400, measured: 0.5, covered: 0.5 })
    assert.equal(energyOfCounter({ at: at([1]), mean: [5] }, FROM, FROM + 4 * HOUR), null)
  })
})

const kwh =
  (values: Readonly<Record<string, number>>, measured = 1): Meter =>
  ({ device, key }) => {
    const value = values[`${device}/${key}`]
    return value === undefined ? null : { wh: value * 1000, measured, covered: measured }
  }
const metered = (node: { readonly id: string; readonly kind: string }) =>
  ['ats', 'pdu'].includes(node.kind) ? { ...node, measures: meter(node.id) } : node
const house = layoutOf({ ...HOUSE, power: HOUSE.power.map(metered) })
const METERS = { 'ats/power': 3000, 'pdu-r1-a/power': 700, 'pdu-r1-b/power': 300, 'pdu-r2-a/power': 600, 'pdu-r2-b/power': 400 }
const OUTLETS = { 'web/a': 400, 'web/b': 250, 'old/a': 300 }
const round = ({ wh, measured }: Energy) => [Math.round(wh / 1000), Math.round(measured * 100)]

describe('energy report', () => {
  it('tells what came in, what the racks took, and who took it', () => {
    const report = energyReport(house, kwh({ ...METERS, ...OUTLETS }), 0, 1)
    assert.deepEqual([report.facility?.wh, report.it?.wh, report.pue], [3_000_000, 2_000_000, 1.5])
    assert.deepEqual(
      report.tenants.map(({ tenant, energy }) => [tenant, ...round(energy)]),
      [
        // web 650 as read, all of rack r2 because nothing else stands there, though its share was never read itself.
        ['dinkes', 1650, 39],
        ['disdik', 300, 100],
        // The outlets of r1 say 950, its PDUs 1000.
        [null, 50, 100],
      ],
    )
  })

  it('gives a rack that one has whole to that one', () => {
    const whole = layoutOf({ ...HOUSE, racks: HOUSE.racks.map(one => ({ ...one, tenant: 'bkd' })), power: HOUSE.power.map(metered) })
    assert.deepEqual(
      energyReport(whole, kwh(METERS), 0, 1).tenants.map(({ tenant, energy }) => [tenant, ...round(energy)]),
      [['bkd', 2000, 100]],
    )
  })

  it('counts what several share by what was agreed, and that as estimated', () => {
    const shared = layoutOf({
      rooms: [ROOM],
      rows: [ROW],
      racks: [rack('r1')],
      equipment: [
        { id: 'a', name: 'A', rack: 'r1', u: 1, tenant: 'x', agreed: 300, psus: [{ feed: 'A' }] },
        { id: 'b', name: 'B', rack: 'r1', u: 2, tenant: 'y', nameplate: 100, psus: [{ feed: 'A' }] },
      ],
      power: ['pdu-r1-a', 'pdu-r1-b'].map(id => ({ id, name: id, kind: 'pdu', measures: meter(id) })),
    })
    const report = energyReport(shared, kwh({ 'pdu-r1-a/power': 80, 'pdu-r1-b/power': 0 }), 0, 1)
    assert.deepEqual(
      report.tenants.map(({ tenant, energy }) => [tenant, ...round(energy)]),
      [
        ['x', 60, 0],
        ['y', 20, 0],
      ],
    )
    assert.deepEqual([report.facility, report.pue], [null, null])
  })

  it('has no figure for what was never read', () => {
    const report = energyReport(house, () => null, 0, 1)
    assert.deepEqual([report.facility, report.it, report.pue, report.unread], [null, null, null, ['r1', 'r2']])
    // Every outlet of r1 is read.
    const partly = energyReport(house, kwh(OUTLETS), 0, 1)
    assert.deepEqual([partly.it?.wh, partly.unread], [950_000, ['r2']])
    assert.deepEqual(energyReport(house, kwh({ 'ats/power': 10 }), 0, 1).pue, null)
  })

  it('splits all of it and nothing more, whatever the meters say', () => {
    const values = fc.record(
      Object.fromEntries([...Object.keys(METERS), ...Object.keys(OUTLETS)].map(key => [key, fc.integer({ min: 0, max: 2_000 })])),
      {
        requiredKeys: Object.keys(METERS),
      },
    )
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 100 }), (read, measured) => {
        const report = energyReport(house, kwh(read, measured / 100), 0, 1)
        const sum = report.tenants.reduce((all, { energy }) => all + energy.wh, 0)
        assert.ok(Math.abs(sum - (report.it?.wh ?? 0)) < 1, `${sum} of ${report.it?.wh}`)
        for (const { energy } of report.tenants) assert.ok(energy.wh >= 0 && energy.measured >= -1e-9 && energy.measured <= 1 + 1e-9)
      }),
    )
  })
})
