// The plant's answers over a real telemetry store: sixty days of history, today's readings, an ATS that stands on its genset.
import assert from 'node:assert/strict'
import type { Point } from '../../daemon/domain/point.ts'
import type { Quantity } from '../../daemon/domain/quantity.ts'
import { openPlantAnswers, type PlantAnswers } from '../../daemon/plant-answers.ts'
import { openRecords, type Records } from '../../daemon/store/records.ts'
import { openTelemetry, type Telemetry } from '../../daemon/store/telemetry/telemetry.ts'
import { openModel } from '../../daemon/stream/model.ts'
import { viewOfPoint } from '../../daemon/stream/views.ts'
import { point } from '../alarm/support/site.ts'
import { tempFolder } from '../store/support/folder.ts'
import { must, quiet } from '../store/support/must.ts'
import { until } from '../support/daemon.ts'
import { HOUSE, layoutOf, meter } from './support/plants.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Noon of a day in Jakarta, in the middle of a month. */
const NOW = Date.UTC(2026, 9, 15, 5)

const LAYOUT = layoutOf({
  ...HOUSE,
  power: HOUSE.power.map(node =>
    node.kind === 'pdu'
      ? { ...node, measures: meter(node.id) }
      : node.id === 'ats'
        ? { ...node, device: 'ats', measures: { ...meter('ats'), state: { device: 'ats', key: 'source' } } }
        : node,
  ),
})
const SOURCE: Point['states'] = [
  { value: 1, name: 'A', normal: 'ok', meaning: 'sourceA' },
  { value: 2, name: 'B', normal: 'warning', meaning: 'sourceB' },
]
const POINTS: readonly (readonly [device: string, key: string, quantity: Quantity])[] = [
  ['ats', 'power', 'power'],
  ['ats', 'source', 'state'],
  ['pdu-r1-a', 'power', 'power'],
  ['pdu-r1-b', 'power', 'power'],
  ['pdu-r2-a', 'power', 'power'],
  ['pdu-r2-b', 'power', 'power'],
]

describe("the plant's answers", () => {
  let telemetry: Telemetry
  let records: Records
  let plant: PlantAnswers
  const model = openModel('plant')
  let now = NOW

  const read = async (at: number, values: Readonly<Record<string, number>>) => {
    const entries = Object.entries(values)
    const batch = {
      points: Uint32Array.from(entries, ([name]) => POINTS.findIndex(([device, key]) => `${device}/${key}` === name) + 1),
      values: Float64Array.from(entries, ([, value]) => value),
      at: new Float64Array(entries.length).fill(at),
    }
    await telemetry.append(batch)
    model.observe(batch.points, batch.values, batch.at)
  }
  const pdus = (watts: number) => ({ 'pdu-r1-a/power': watts, 'pdu-r1-b/power': watts, 'pdu-r2-a/power': watts, 'pdu-r2-b/power': watts })

  before(async () => {
    telemetry = must(await openTelemetry({ folder: tempFolder(), log: quiet }))
    records = must(await openRecords({ folder: tempFolder(), log: quiet, clock: () => now }))
    model.setLayout(LAYOUT)
    for (const [i, [device, key, quantity]] of POINTS.entries()) {
      const made = { ...point(key, quantity, { states: quantity === 'state' ? SOURCE : null }), no: i + 1 }
      model.setPoints(device, [...[...model.pointsOf(device).values()], viewOfPoint(device, made, null)])
    }
    // Every PDU draws 2 W more each day, for sixty days until this midnight.
    const midnight = Math.floor(NOW / DAY) * DAY
    for (let day = 60; day >= 1; day--)
      for (let half = 0; half < 48; half++) await read(midnight - day * DAY + half * (HOUR / 2), { ...pdus(620 - 2 * day), 'ats/power': 4_000 })
    // This morning an hour of much, then 500 W each.
    for (let minute = 0; minute < 60; minute += 5) await read(NOW - 5 * HOUR + minute * 60_000, { 'pdu-r1-a/power': 1_500 })
    await read(NOW - 5_000, { ...pdus(500), 'ats/power': 4_000, 'ats/source': 2 })
    plant = openPlantAnswers({
      layout: () => model.layout(),
      point: ({ device, key }) => model.pointsOf(device).get(key),
      value: no => model.value(no),
      history: (points, from, to, buckets) => telemetry.history(points, from, to, buckets),
      days: records.capacity,
      devices: () => [],
      reservations: async () => [],
      clock: () => now,
    })
  })
  after(() => telemetry.close().then(() => records.close()))

  it('shows the chain with what is read, on the source that carries', async () => {
    const { nodes, loads } = must(await plant.power())
    assert.deepEqual([...new Set(nodes.map(({ kind }) => kind))].sort(), ['ats', 'cooling', 'genset', 'panel', 'pdu', 'ups', 'utility'])
    const watts = (id: string) => Math.round(loads.find(({ node }) => node === id)?.power.value ?? Number.NaN)
    assert.deepEqual(['pdu-r1-a', 'panel-a', 'ats', 'genset', 'pln'].map(watts), [500, 1000, 4000, 4000, 0])
    assert.equal(loads.find(({ node }) => node === 'ats')?.power.at, NOW - 5_000)
  })

  it('tells what if now, and at the peak of the day', async () => {
    const over = async (when: 'now' | 'peak') => must(await plant.whatIf(['ups-b'], when)).shifted.find(({ node }) => node === 'feed:r1:A')?.after
    assert.equal(Math.round((await over('now')) ?? 0), 1000)
    // Of r1 A 1500 W this morning and of r1 B yesterday's 618: the peaks are added as if they came at once.
    assert.equal(Math.round((await over('peak')) ?? 0), 2118)
    assert.deepEqual(must(await plant.whatIf(['genset'], 'now')).dark, [])
  })

  it('traces one thing with its loads, and knows what there is not', async () => {
    const found = must(await plant.trace('item:old'))
    assert.ok(found)
    assert.equal(found.loads.length, new Set([...found.up.nodes, ...found.down.nodes].map(({ id }) => id)).size)
    assert.equal(must(await plant.trace('nobody')), null)
  })

  it('foresees the day the power runs out from the days that were', async () => {
    const { racks, forecasts, survey } = must(await plant.capacity())
    assert.equal(racks.length, 2)
    assert.ok(survey.losses.length > 0)
    const power = forecasts.find(one => one.of === 'power')
    // Four PDUs, each 2 W more a day.
    assert.ok(power?.forecast.kind === 'full')
    assert.equal(Math.round(power.forecast.perDay), 8)
    assert.ok(power.forecast.on > NOW)
  })

  it('counts the units of each day, the last count standing for it, and foresees when the racks are full', async () => {
    const day = (n: number) => Math.floor(NOW / DAY) * DAY - n * DAY
    await records.capacity.put(Array.from({ length: 60 }, (_, n) => ({ site: 'dc', day: day(60 - n), used: 10 + n, total: 84 })))
    const stop = plant.counting(quiet)
    const counted = async () => (await records.capacity.since(day(0))).map(({ used, total }) => [used, total])
    await until('today counted', counted, rows => rows.length > 0)
    stop()
    assert.deepEqual(await counted(), [[7, 84]])
    await records.capacity.put([{ site: 'dc', day: day(0), used: 70, total: 84 }])
    assert.deepEqual(await counted(), [[70, 84]])
    now = NOW + 2 * HOUR
    const units = must(await plant.capacity()).forecasts.find(one => one.of === 'units')
    now = NOW
    assert.ok(units?.forecast.kind === 'full')
    assert.deepEqual([units.full, Math.round(units.forecast.perDay), units.days.length], [84, 1, 61])
    // 84 U, a unit a day from 70 on.
    assert.ok(Math.abs(units.forecast.on - (NOW + 14 * DAY)) < 2 * DAY)
  })

  it('judges the site against its tier', async () => {
    const [found] = must(await plant.redundancy())
    assert.equal(found?.verdict, 'lacking')
    assert.ok(found.findings.some(({ code }) => code === 'gensetSingle'))
  })

  it('reckons a month in the time of the site, as far as it has gone', async () => {
    const report = must(await plant.energy('2026-09'))
    assert.equal(report.from, Date.UTC(2026, 7, 31, 17))
    assert.equal(report.to - report.from, 30 * DAY)
    assert.equal(Math.round((report.facility?.wh ?? 0) / 1000), 4 * 24 * 30)
    assert.ok((report.it?.wh ?? 0) > 0 && (report.pue ?? 0) > 1)
    const begun = must(await plant.energy('2026-10'))
    assert.equal(begun.to, NOW)
    const ahead = await plant.energy('2026-11')
    assert.ok(!ahead.ok && ahead.failure.kind === 'invalid')
  })

  it('does not take for present what is hours old', async () => {
    now = NOW + 3 * HOUR
    const { loads } = must(await plant.power())
    const of = (id: string) => loads.find(({ node }) => node === id)?.power
    assert.deepEqual([of('pdu-r1-a')?.value, of('pdu-r1-a')?.basis], [null, 'unknown'])
    // Of db it is known what was agreed.
    assert.deepEqual([of('pdu-r2-a')?.value, of('pdu-r2-a')?.basis, of('pdu-r2-a')?.measured], [600, 'summed', 0])
    now = NOW
  })
})
