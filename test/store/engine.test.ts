// The hot store in one thread with a clock we turn: what goes in comes out, once, in order, at every resolution, after every kind of stop.
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import type { Engine } from '../../daemon/store/telemetry/engine.ts'
import { DAY, HOUR, MINUTE, QUARTER } from '../../daemon/store/telemetry/grid.ts'
import { tinyDisk } from './support/disk.ts'
import { append, type EngineHouse, engineIn, type One, pass, readingsOf, settle } from './support/engine.ts'
import { tempFolder } from './support/folder.ts'
import { must, NOON } from './support/must.ts'

const house = (over: Partial<EngineHouse> = {}): EngineHouse => ({ folder: tempFolder(), clock: { now: NOON, steady: 0 }, said: [], ...over })

/** What a chart must show, computed the slow way. */
function naive(readings: readonly One[], start: number, step: number, n: number) {
  return Array.from({ length: n }, (_, k) => {
    const values = readings.filter(({ at, value }) => !Number.isNaN(value) && Math.floor((at - start) / step) === k).map(({ value }) => value)
    if (values.length === 0) return null
    return { min: Math.min(...values), max: Math.max(...values), mean: values.reduce((a, b) => a + b, 0) / values.length }
  })
}

function assertChart(engine: Engine, readings: readonly One[], point: number, from: number, to: number, buckets: number): number {
  const plan = must(engine.plan([point], from, to, buckets))
  assert.ok(plan.step > 0 && plan.n <= buckets, `${plan.n} buckets of ${plan.step}`)
  const series = engine.series(plan, point)
  const expected = naive(
    readings.filter(one => one.point === point),
    plan.start,
    plan.step,
    plan.n,
  )
  assert.equal(series.at.length, plan.n)
  expected.forEach((is, k) => {
    assert.equal(series.at[k], plan.start + k * plan.step)
    if (is === null) {
      assert.deepEqual([series.min[k], series.mean[k], series.max[k]], [null, null, null], `bucket ${k}`)
      return
    }
    assert.equal(series.min[k], is.min, `least of bucket ${k}`)
    assert.equal(series.max[k], is.max, `greatest of bucket ${k}`)
    const mean = series.mean[k] ?? Number.NaN
    assert.ok(Math.abs(mean - is.mean) <= 1e-9 * Math.max(1, Math.abs(is.mean)), `mean of bucket ${k}: ${mean}, not ${is.mean}`)
  })
  return plan.step
}

const wave = (point: number, from: number, to: number, every: number): One[] =>
  Array.from({ length: Math.floor((to - from) / every) }, (_, i) => ({
    point,
    at: from + i * every + ((i * 7919 + point) % 40),
    value: i % 97 === 13 ? Number.NaN : Math.round(230 + 9 * Math.sin(i / 50 + point) + (i % 3)) / 10,
  }))

const pairs = (readings: readonly One[], point: number): [number, number | null][] =>
  readings
    .filter(one => one.point === point)
    .sort((a, b) => a.at - b.at)
    .map(({ at, value }) => [at, Number.isNaN(value) ? null : value])

describe('telemetry engine', () => {
  it('serves readings over sealed hours and the open one without a seam', () => {
    const h = house()
    const engine = engineIn(h)
    const all: One[] = []
    for (let i = 0; i < 5 * 360; i++) {
      const batch = [1, 2, 300].map(point => ({ point, at: h.clock.now, value: i / 10 + point }))
      append(engine, batch)
      all.push(...batch)
      pass(h.clock, 10_000)
      if (i % 6 === 0) engine.tick(50)
    }
    assert.ok(engine.figures().open < 3 * 400 * 1.3, 'hours that are over have left memory')
    for (const point of [1, 2, 300]) assert.deepEqual(readingsOf(engine, point, NOON, h.clock.now), pairs(all, point))
    assert.deepEqual(readingsOf(engine, 2, NOON + HOUR, NOON + HOUR + 25_000), pairs(all, 2).slice(360, 363))
    engine.close()
  })

  it('keeps late readings and those of a clock that jumped, and serves them in order', () => {
    const h = house()
    const engine = engineIn(h)
    const times = [0, 10, 5, 7_300, 7_290, 20, -3_600, 3_590, 3_600, -86_400, 90_000, 20]
    const all = times.map((seconds, value) => ({ point: 7, at: NOON + seconds * 1000, value }))
    for (const one of all) {
      append(engine, [one])
      pass(h.clock, 25 * MINUTE)
      settle(engine, h.clock)
    }
    const expected = pairs(all, 7)
    assert.deepEqual(readingsOf(engine, 7, NOON - 3 * DAY, NOON + 3 * DAY), expected)
    engine.close()
    const again = engineIn(h)
    assert.deepEqual(readingsOf(again, 7, NOON - 3 * DAY, NOON + 3 * DAY), expected)
    again.close()
  })

  it('knows "no value" and the newest of each series over a restart', () => {
    const h = house()
    const engine = engineIn(h)
    append(engine, [
      { point: 1, at: NOON, value: 5 },
      { point: 1, at: NOON + 10, value: Number.NaN },
      { point: 9, at: NOON + 5, value: -0.5 },
      { point: 9, at: NOON - 5, value: 3 },
    ])
    pass(h.clock, 2 * HOUR)
    settle(engine, h.clock)
    append(engine, [{ point: 4, at: NOON + HOUR, value: 44 }])
    engine.close()
    const again = engineIn(h)
    const { points, at, values } = again.latest()
    assert.deepEqual([...points], [1, 4, 9])
    assert.deepEqual([...at], [NOON + 10, NOON + HOUR, NOON + 5])
    assert.deepEqual([...values], [Number.NaN, 44, -0.5])
    assert.deepEqual([...again.latest([9, 1000]).values], [-0.5])
    assert.deepEqual(readingsOf(again, 1, NOON, NOON + HOUR), [
      [NOON, 5],
      [NOON + 10, null],
    ])
    again.close()
  })

  it('refuses what cannot be a reading, whole', () => {
    const engine = engineIn(house())
    const bad = engine.append({ points: Uint32Array.of(1, 2), values: Float64Array.of(1, 2), at: Float64Array.of(NOON, Number.NaN) })
    assert.equal(bad?.kind, 'invalid')
    assert.equal(engine.figures().open, 0)
    engine.close()
  })

  it('refuses more than memory can hold, and goes on when hours have been sealed', () => {
    const h = house({ limits: { readings: 100 } })
    const engine = engineIn(h)
    const ten = (at: number) => Array.from({ length: 10 }, (_, point) => ({ point, at, value: 1 }))
    for (let i = 0; i < 10; i++) append(engine, ten(NOON + i))
    const refused = engine.append({ points: Uint32Array.of(1), values: Float64Array.of(1), at: Float64Array.of(NOON) })
    assert.deepEqual([refused?.kind, refused?.retry], ['full', true])
    pass(h.clock, 2 * HOUR)
    settle(engine, h.clock)
    append(engine, ten(h.clock.now))
    assert.equal(readingsOf(engine, 1, NOON, h.clock.now + 1).length, 11)
    engine.close()
  })

  it('that cannot seal for want of space says so, serves from memory, and seals when there is', function () {
    using disk = tinyDisk(2)
    if (disk === null) return this.skip()
    const h = house({ folder: disk.folder })
    const engine = engineIn(h)
    // Digits that do not compress: more than the database's own spare pages hold.
    const all = Array.from({ length: 30_000 }, (_, i) => ({ point: i % 30, at: NOON + i * 100, value: Math.sin(i) }))
    append(engine, all)
    disk.fill()
    pass(h.clock, 3 * HOUR)
    settle(engine, h.clock)
    assert.match(engine.figures().troubles.join(), /wait to be sealed.*disk is full/)
    assert.equal(engine.figures().open, all.length)
    assert.deepEqual(readingsOf(engine, 7, NOON, NOON + HOUR), pairs(all, 7))
    disk.free()
    disk.resize(8)
    settle(engine, h.clock)
    assert.deepEqual(engine.figures().troubles, [])
    assert.equal(engine.figures().open, 0)
    engine.close()
    const again = engineIn(h)
    assert.deepEqual(readingsOf(again, 7, NOON, NOON + HOUR), pairs(all, 7))
    again.close()
  })

  it('passes over a sealed block that is damaged, says so, and serves the others', () => {
    const h = house()
    const engine = engineIn(h)
    for (let hour = 0; hour < 3; hour++) append(engine, [{ point: 1, at: NOON + hour * HOUR, value: hour }])
    pass(h.clock, 5 * HOUR)
    settle(engine, h.clock)
    engine.close()
    const db = new Database(join(h.folder, 'telemetry.db'))
    db.exec("UPDATE raw SET bytes = x'81ff00ff' WHERE id = (SELECT id FROM raw ORDER BY id LIMIT 1 OFFSET 1)")
    db.close()
    const again = engineIn(h)
    assert.deepEqual(
      readingsOf(again, 1, NOON, NOON + DAY).map(([, value]) => value),
      [0, 2],
    )
    assert.match(again.figures().troubles.join(), /damaged/)
    again.close()
  })

  describe('rollups', () => {
    it('equal the slow way at every resolution, while days and months close, and after a late reading', function () {
      this.timeout(60_000)
      const h = house()
      const engine = engineIn(h)
      const from = NOON - 40 * DAY
      const all = [...wave(1, from, NOON, 7 * MINUTE), ...wave(2, NOON - 2 * DAY, NOON, 20_000)].sort((a, b) => a.at - b.at)
      h.clock.now = from
      let next = 0
      while (h.clock.now < NOON) {
        pass(h.clock, 6 * HOUR)
        const batch: One[] = []
        for (let one = all[next]; one !== undefined && one.at < h.clock.now; one = all[++next]) batch.push(one)
        append(engine, batch)
        settle(engine, h.clock)
      }
      const check = () => {
        assert.equal(assertChart(engine, all, 2, NOON - HOUR, NOON, 100), 60_000)
        assert.ok(assertChart(engine, all, 2, NOON - HOUR, NOON, 150) < MINUTE)
        assert.ok(assertChart(engine, all, 2, NOON - 26 * HOUR, NOON, 800) < QUARTER)
        assert.ok(assertChart(engine, all, 1, NOON - 6 * DAY, NOON, 500) >= QUARTER)
        assert.ok(assertChart(engine, all, 1, from - DAY, NOON, 900) >= HOUR)
        assertChart(engine, all, 1, from + 3 * DAY, from + 3 * DAY + 11 * HOUR, 50)
      }
      check()
      // Late by two days: the minutes of that day and the quarters of that month are made again.
      for (const one of [
        { point: 1, at: NOON - 2 * DAY - 1_234, value: 99.5 },
        { point: 2, at: NOON - 2 * DAY + 77, value: -40 },
      ]) {
        append(engine, [one])
        all.push(one)
        check()
      }
      pass(h.clock, 3 * HOUR)
      settle(engine, h.clock)
      check()
      engine.close()
      const again = engineIn(h)
      assertChart(again, all, 1, from, NOON, 1_000)
      again.close()
    })

    it('equal the slow way for random readings at random moments', () => {
      const one = fc.record({
        point: fc.constantFrom(1, 2),
        at: fc.integer({ min: 0, max: 3 * DAY }).map(ms => NOON - 3 * DAY + ms),
        value: fc.oneof(
          fc.integer({ min: -500, max: 500 }).map(n => n / 10),
          fc.double({ min: -1e6, max: 1e6, noNaN: true }),
          fc.constant(Number.NaN),
        ),
      })
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.array(one, { maxLength: 40 }), fc.integer({ min: 0, max: DAY })), { maxLength: 8 }),
          fc.integer({ min: 3, max: 200 }),
          (rounds, buckets) => {
            const h = house({ clock: { now: NOON - DAY, steady: 0 }, retention: { raw: 100 * DAY } })
            const engine = engineIn(h)
            const all: One[] = []
            for (const [batch, wait] of rounds) {
              append(engine, batch)
              all.push(...batch)
              pass(h.clock, wait)
              settle(engine, h.clock)
            }
            for (const point of [1, 2]) {
              assert.deepEqual(
                readingsOf(engine, point, NOON - 4 * DAY, NOON + DAY).map(([at]) => at),
                pairs(all, point).map(([at]) => at),
              )
              if (all.filter(a => a.point === point).length > buckets) assertChart(engine, all, point, NOON - 3 * DAY - 5, NOON + 5, buckets)
            }
            engine.close()
          },
        ),
        { numRuns: 25 },
      )
    })
  })

  describe('retention', () => {
    it('cuts off readings, then minutes, keeps what is coarser, and never what is not rolled up', () => {
      const h = house({ retention: { raw: 2 * DAY, minutes: 40 * DAY, quarters: 80 * DAY } })
      const engine = engineIn(h)
      const from = NOON - 100 * DAY
      h.clock.now = from
      const all = wave(5, from, NOON, 30 * MINUTE)
      let next = 0
      for (let day = 0; day < 100; day++) {
        for (let quarter = 0; quarter < 4; quarter++) {
          pass(h.clock, 6 * HOUR)
          const batch: One[] = []
          for (let one = all[next]; one !== undefined && one.at < h.clock.now; one = all[++next]) batch.push(one)
          append(engine, batch)
          settle(engine, h.clock)
        }
      }
      const plan = (begin: number, end: number) => must(engine.plan([5], begin, end, 5_000))
      const oldest = (begin: number): number => {
        const { at, mean } = engine.series(plan(begin, NOON), 5)
        return at[mean.findIndex(value => value !== null)] ?? Number.NaN
      }
      assert.equal(plan(NOON - DAY, NOON).step, 0)
      assert.equal(plan(NOON - 10 * DAY, NOON - 10 * DAY + HOUR).step, MINUTE, 'readings are gone, minutes are there')
      assert.equal(plan(NOON - 60 * DAY, NOON - 60 * DAY + HOUR).step, QUARTER)
      assert.ok(assertChart(engine, all, 5, NOON - 30 * DAY, NOON, 3_000) >= QUARTER)
      // Quarters are kept by whole months of their own.
      const age = (NOON - oldest(NOON - 120 * DAY)) / DAY
      assert.ok(age >= 79 && age <= 120, `oldest is ${age} days`)
      engine.close()
    })

    it('waits when the clock leaps: a wrong year must not empty the house', () => {
      const h = house()
      const engine = engineIn(h)
      append(engine, [{ point: 1, at: NOON, value: 1 }])
      pass(h.clock, 3 * HOUR)
      settle(engine, h.clock)
      h.clock.now += 400 * DAY
      for (let i = 0; i < 50; i++) settle(engine, h.clock)
      assert.deepEqual(readingsOf(engine, 1, NOON, NOON + 1), [[NOON, 1]])
      engine.close()
    })
  })

  describe('journal', () => {
    const filled = (): { h: EngineHouse; file: string; bytes: Buffer; size: number } => {
      const h = house()
      const engine = engineIn(h)
      for (let i = 0; i < 3; i++) {
        append(engine, [
          { point: 1, at: NOON + i * 1000, value: i },
          { point: 2, at: NOON + i * 1000, value: -i },
          { point: 3, at: NOON + i * 1000, value: Number.NaN },
        ])
      }
      engine.close()
      const [name] = readdirSync(join(h.folder, 'journal'))
      const file = join(h.folder, 'journal', name ?? '')
      const bytes = readFileSync(file)
      return { h, file, bytes, size: bytes.length / 3 }
    }
    /** A copy of the folder with other journal bytes. */
    const withBytes = (file: string, h: EngineHouse, bytes: Uint8Array): EngineHouse => {
      const folder = tempFolder()
      copyFileSync(join(h.folder, 'telemetry.db'), join(folder, 'telemetry.db'))
      mkdirSync(join(folder, 'journal'))
      writeFileSync(join(folder, 'journal', file.slice(file.lastIndexOf('/') + 1)), bytes)
      return { ...h, folder, said: [] }
    }
    const first = (n: number) => Array.from({ length: n }, (_, i): [number, number] => [NOON + i * 1000, i])

    it('torn anywhere in its last record loses that record only, and goes on', () => {
      const { h, file, bytes, size } = filled()
      for (let length = 2 * size; length < 3 * size; length++) {
        const torn = withBytes(file, h, bytes.subarray(0, length))
        const engine = engineIn(torn)
        assert.deepEqual(readingsOf(engine, 1, NOON, NOON + HOUR), first(2), `cut at ${length}`)
        assert.equal(torn.said.length, length > 2 * size ? 1 : 0)
        append(engine, [{ point: 1, at: NOON + 2000, value: 2 }])
        engine.close()
        const again = engineIn(torn)
        assert.deepEqual(readingsOf(again, 1, NOON, NOON + HOUR), first(3))
        again.close()
      }
    })

    it('with any byte of the last record changed drops that record only', () => {
      const { h, file, bytes, size } = filled()
      for (let offset = 2 * size; offset < 3 * size; offset++) {
        const changed = Buffer.from(bytes)
        changed[offset] = (changed[offset] ?? 0) ^ 0x41
        const engine = engineIn(withBytes(file, h, changed))
        assert.deepEqual(readingsOf(engine, 1, NOON, NOON + HOUR), first(2), `changed at ${offset}`)
        engine.close()
      }
    })

    it('damaged in the middle is read on behind it, and says so', () => {
      const { h, file, bytes, size } = filled()
      bytes[size + 40] = (bytes[size + 40] ?? 0) ^ 1
      const damaged = withBytes(file, h, bytes)
      const engine = engineIn(damaged)
      assert.deepEqual(
        readingsOf(engine, 1, NOON, NOON + HOUR).map(([, value]) => value),
        [0, 2],
      )
      assert.match(damaged.said.join(), /damaged bytes/)
      engine.close()
    })

    it('replayed after sealing, in part or whole, doubles nothing', () => {
      const h = house()
      const engine = engineIn(h)
      const before = wave(1, NOON, NOON + 3 * HOUR, 60_000)
      for (const one of before) append(engine, [one])
      const journal = join(h.folder, 'journal')
      const kept = readdirSync(journal).map(name => ({ name, bytes: readFileSync(join(journal, name)) }))
      pass(h.clock, 2 * HOUR + 10 * MINUTE)
      settle(engine, h.clock)
      const late = { point: 1, at: NOON + 61_111, value: 7 }
      append(engine, [late])
      pass(h.clock, 5 * HOUR)
      settle(engine, h.clock)
      engine.close()
      // As if the machine had died after sealing and before the journal was cut.
      for (const { name, bytes } of kept) writeFileSync(join(journal, name), bytes)
      const again = engineIn(h)
      assert.deepEqual(readingsOf(again, 1, NOON, NOON + DAY), pairs([...before, late], 1))
      again.close()
    })

    it('is cut when its readings are sealed', () => {
      const h = house()
      const engine = engineIn(h)
      const batch = Array.from({ length: 10_000 }, (_, i) => ({ point: i, at: NOON, value: i }))
      for (let i = 0; i < 200; i++)
        append(
          engine,
          batch.map(one => ({ ...one, at: NOON + i * 1000 })),
        )
      assert.ok(engine.figures().journalBytes > 39e6)
      pass(h.clock, 3 * HOUR)
      settle(engine, h.clock)
      pass(h.clock, MINUTE)
      settle(engine, h.clock)
      // The newest segment stays, to be appended to.
      assert.ok(engine.figures().journalBytes < 17e6 + 1e6, `${engine.figures().journalBytes}`)
      assert.equal(engine.figures().open, 0)
      engine.close()
    }).timeout(60_000)
  })
})
