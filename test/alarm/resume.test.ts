// A delay that was running when Suar stopped goes on after the start: from the journal of telemetry, with a clock that the story turns.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { evaluate, type Level, type LevelState, QUIET } from '../../daemon/alarm/evaluate.ts'
import { type Past, resumed } from '../../daemon/alarm/resume.ts'
import { resumeDelays } from '../../daemon/resume-delays.ts'
import { openTelemetry, type Telemetry } from '../../daemon/store/telemetry/telemetry.ts'
import { asking } from '../support/asking.ts'
import { type Daemon, dataFolder, startDaemon, until } from '../support/daemon.ts'
import { startUps } from '../support/made-ups.ts'
import { memoryRecords, openRoom, START } from './support/room.ts'
import { noOf, silentLog } from './support/site.ts'

const LEVEL: Level = {
  severity: 'warning',
  beyond: value => value > 27,
  back: value => value < 26,
  delay: 60_000,
  clearDelay: 60_000,
  condition: value => ({ kind: 'above', value, limit: 27, clear: 26, from: 'site' }),
}
const TOLERANCE = 30_000
const past = (...readings: readonly (readonly [at: number, value: number | null])[]): Past => {
  const values = readings.map(([, value]) => value)
  return { step: 0, at: readings.map(([at]) => at * 1000), min: values, max: values }
}

describe('a delay after a restart', () => {
  const raised: LevelState = { kind: 'raised', since: 5000 }
  const table: readonly (readonly [what: string, was: LevelState, past: Past, is: LevelState])[] = [
    ['nothing known', QUIET, past(), QUIET],
    ['inside its limits', QUIET, past([0, 28], [10, 20]), QUIET],
    ['beyond at last', QUIET, past([0, 20], [10, 28]), { kind: 'pending', since: 10_000 }],
    ['beyond all the time', QUIET, past([0, 28], [10, 29], [20, 28]), { kind: 'pending', since: 0 }],
    ['back in between', QUIET, past([0, 28], [10, 27], [20, 28]), { kind: 'pending', since: 20_000 }],
    ['no value in between', QUIET, past([0, 28], [10, null], [20, 28]), { kind: 'pending', since: 20_000 }],
    ['a silence in between', QUIET, past([0, 28], [31, 28], [41, 28]), { kind: 'pending', since: 31_000 }],
    ['raised and back', raised, past([0, 20], [10, 28], [20, 25], [30, 24]), { kind: 'clearing', since: 20_000, raised: 5000 }],
    ['back before it was raised', raised, past([0, 20], [4, 20], [10, 25]), { kind: 'clearing', since: 10_000, raised: 5000 }],
    ['raised and not back', raised, past([10, 25], [20, 26.5]), raised],
  ]
  for (const [what, was, readings, is] of table) it(what, () => assert.deepEqual(resumed(LEVEL, was, readings, TOLERANCE), is))

  it('of a long time is told by spans, of which all must be beyond; empty ones prove nothing either way', () => {
    const spans = (min: readonly (number | null)[], max: readonly (number | null)[]): Past => ({
      step: 20_000,
      at: min.map((_, i) => i * 20_000),
      min,
      max,
    })
    assert.deepEqual(resumed(LEVEL, QUIET, spans([28, null, 28, 28], [29, null, 30, 28]), TOLERANCE), { kind: 'pending', since: 0 })
    assert.deepEqual(resumed(LEVEL, QUIET, spans([28, null, null, 28], [29, null, null, 28]), TOLERANCE), { kind: 'pending', since: 60_000 })
    assert.deepEqual(resumed(LEVEL, QUIET, spans([28, 26, 28, 28], [29, 30, 30, 28]), TOLERANCE), { kind: 'pending', since: 40_000 })
  })

  it('has come as far as if there had been no restart', () => {
    const readings = fc.array(fc.record({ after: fc.integer({ min: 1, max: 45 }), value: fc.constantFrom(20, 28, 29, Number.NaN) }), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(readings, rows => {
        let at = 0
        let state: LevelState = QUIET
        const slow: Level = { ...LEVEL, delay: 3_600_000 }
        const seen: [number, number | null][] = []
        for (const { after, value } of rows) {
          at += after
          state = evaluate(slow, state, { value, at: at * 1000, gap: after * 1000 > TOLERANCE })
          seen.push([at, Number.isNaN(value) ? null : value])
        }
        assert.deepEqual(resumed(slow, QUIET, past(...seen), TOLERANCE), state)
      }),
    )
  })

  describe('with the readings in the journal', () => {
    const KEY = 'env/inlet.1/above'
    const NO = noOf('env', 'inlet.1')
    let data: ReturnType<typeof dataFolder>
    let telemetry: Telemetry
    const open = async (): Promise<Telemetry> => {
      const opened = await openTelemetry({ folder: data.path, log: silentLog })
      assert.ok(opened.ok)
      return opened.value
    }
    const put = (at: number, value: number) =>
      telemetry.append({ points: Uint32Array.of(NO), values: Float64Array.of(value), at: Float64Array.of(at) })
    beforeEach(async () => {
      data = dataFolder()
      telemetry = await open()
    })
    afterEach(async () => {
      await telemetry.close()
      data.remove()
    })

    /** Warm for 40 of the 60 seconds; then Suar is away for so many seconds. */
    async function restarted(away: number, journalled = true) {
      const records = memoryRecords()
      const before = await openRoom({ records })
      await before.poll()
      before.read('env', 'inlet.1', 28)
      for (let n = 0; n < 4; n++) {
        await put(before.now, 28)
        await before.poll()
      }
      assert.equal(before.find(KEY), null)
      const { now } = before
      await before.close()
      await telemetry.close()
      telemetry = await open()
      return openRoom({
        records,
        now: now - 10_000 + away * 1000,
        before: room => room.read('env', 'inlet.1', 28),
        first: async (alarms, clock) => {
          if (journalled) await resumeDelays({ alarms, telemetry, latest: await telemetry.latest(), clock, log: silentLog })
        },
      })
    }

    it('raises when the time is full, not a whole delay later', async () => {
      const room = await restarted(10)
      const since = START + 20_000
      assert.equal(room.find(KEY), null, `${(room.now - since) / 1000} s of 60`)
      await room.wait(since + 60_000 - room.now - 1000 > 0 ? (since + 59_000 - room.now) / 1000 : 0)
      assert.equal(room.find(KEY), null)
      await room.wait(1)
      assert.equal(room.find(KEY)?.raisedAt, since + 60_000)
      await room.close()
    })

    it('begins anew when Suar was away for longer than a silence may last', async () => {
      const room = await restarted(120)
      await room.polls(4)
      assert.equal(room.find(KEY), null)
      await room.polls(3)
      assert.notEqual(room.find(KEY), null)
      await room.close()
    })

    it('goes on in a daemon that was killed', async function () {
      this.timeout(90_000)
      const DELAY = 20
      const agent = await startUps()
      const home = dataFolder()
      let daemon: Daemon | undefined
      const api = asking(() => daemon)
      const charge = async () => (await api.points('ups')).find(({ key }) => key === 'battery.charge')?.reading ?? null
      try {
        writeFileSync(
          join(home.path, 'site.yaml'),
          `site: { id: one, name: One }\ndevices:\n  - { id: ups, name: UPS, kind: ups, address: { host: 127.0.0.1, port: ${agent.port} }, access: { via: snmp, version: 2c, community: public } }\n`,
        )
        writeFileSync(
          join(home.path, 'suar.yaml'),
          `site: site.yaml\nalarms:\n  limits:\n    - { point: battery.charge, low: { warning: 99 }, delay: ${DELAY}s }\n`,
        )
        daemon = await startDaemon({ data: home.path })
        const first = await until('the first reading', charge, reading => reading !== null)
        assert.ok(first)
        await until('the second reading', charge, reading => (reading?.at ?? 0) > first.at)
        await daemon.kill()
        daemon = await startDaemon({ data: home.path })
        const alarm = await api.alarm('the charge is low', ({ key }) => key === 'ups/battery.charge/below')
        const after = (alarm.raisedAt - first.at) / 1000
        assert.ok(after >= DELAY && after < DELAY + 8, `raised ${after} s after the first reading beyond`)
      } finally {
        await daemon?.stop()
        await agent.close()
        home.remove()
      }
    })

    it('would begin anew without the journal', async () => {
      const room = await restarted(10, false)
      await room.polls(3)
      assert.equal(room.find(KEY), null)
      await room.close()
    })
  })
})
