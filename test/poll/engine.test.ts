// The poller on a turned clock: hours in seconds, a thousand devices, dead ones, hung ones, a store that is behind.
import assert from 'node:assert/strict'
import type { Collector, Target } from '../../daemon/domain/collector.ts'
import { done, failed } from '../../daemon/domain/outcome.ts'
import type { Point } from '../../daemon/domain/point.ts'
import { type Batch, POLL_STATUS, type PollStatus } from '../../daemon/domain/reading.ts'
import { openEngine } from '../../daemon/poll/engine.ts'
import type { Trouble, Why } from '../../daemon/poll/messages.ts'
import { type TurnedClock, turnedClock } from './clock.ts'
import { type Behaviour, counter, expected, type FakeOptions, fakeCollector, point, TWENTY, target } from './devices.ts'

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => log }

interface Report {
  readonly device: number
  readonly at: number
  readonly status: string
  readonly pdus: number
  readonly lag: number
}

/** An engine with its store: batches are stored after `storing` ms. */
function room(
  fake: Partial<FakeOptions> = {},
  { storing = 0, unstored = 4, clock = turnedClock() }: { storing?: number; unstored?: number; clock?: TurnedClock } = {},
) {
  const collector = fakeCollector({ after: (ms, call) => void clock.after(ms, call), ...fake })
  const batches: Batch[] = []
  const reports: Report[] = []
  const whys = new Map<number, string | null>()
  const troubles: Trouble[] = []
  const looks: string[] = []
  let longest = 0
  const engine = openEngine({
    time: clock,
    log,
    unstored,
    open: () => Promise.resolve(done<Collector>(collector)),
    send(batch: Batch, changes: readonly Why[]) {
      batches.push(batch)
      longest = Math.max(longest, batch.points.length)
      for (const [device, why] of changes) whys.set(device, why)
      batch.polls.devices.forEach((device, i) => {
        const { at, status, pdus, lag } = batch.polls
        reports.push({ device, at: at[i] ?? 0, status: POLL_STATUS[status[i] ?? 0] ?? '', pdus: pdus[i] ?? 0, lag: lag[i] ?? 0 })
      })
      clock.after(storing, () => engine.stored())
    },
    discovered(no, discovery, reason) {
      looks.push(`${no} ${reason}`)
      return Promise.resolve(done(nosOf(no, discovery.points)))
    },
    trouble: told => troubles.push(told),
  })
  return { clock, engine, collector, batches, reports, whys, troubles, looks, longest: () => longest }
}

const nosOf = (no: number, points: readonly Point[] = TWENTY) => Uint32Array.from(points, (_, i) => no * 100 + i)
const of = (reports: readonly Report[], device: number) => reports.filter(report => report.device === device)
const gaps = (times: readonly number[]) => times.slice(1).map((at, i) => at - (times[i] ?? 0))

describe('the poller on a turned clock', () => {
  it('polls a thousand devices for ten minutes, 5 % of them dead: the live ones are never late and the dead cost one packet a cycle', async function () {
    this.timeout(60_000)
    const { clock, engine, reports } = room({ timeout: 1000 })
    const start = clock.wall()
    for (let no = 0; no < 1000; no++) engine.adopt(no, target(no % 20 === 0 ? `dead-${no}` : `live-${no}`, no), { points: TWENTY, nos: nosOf(no) })
    await clock.turn(20_000)
    // A dead device's first asking may reach into its next slot: three tries last longer than the shortest first wait.
    const early = engine.figures().late
    assert.ok(early <= 50)
    await clock.turn(580_000)
    const seen = Map.groupBy(reports, ({ device }) => device)
    for (let no = 0; no < 1000; no++) {
      const times = (seen.get(no) ?? []).map(({ at }) => at)
      if (no % 20 === 0) continue
      assert.ok((times[0] ?? 0) - start < 1200, `device ${no} was first polled after ${(times[0] ?? 0) - start} ms`)
      // From the second poll on every cycle is kept, to the tick.
      for (const gap of gaps(times.slice(1))) assert.ok(Math.abs(gap - 10_000) < 100, `device ${no} waited ${gap} ms`)
      assert.ok(times.length >= 59)
    }
    const dead = reports.filter(({ device }) => device % 20 === 0)
    assert.ok(dead.every(({ status }) => status === 'timeout'))
    const packets = dead.reduce((sum, { pdus }) => sum + pdus, 0)
    // Three tries once, then one packet a cycle of 10 s (±20 %) and a second of waiting for it.
    assert.ok(packets / 50 <= 3 + 60 && packets / 50 >= 3 + 45, `${packets / 50} packets to each dead device`)
    const { late, lagP95, devices, silent, pollsPerSecond } = engine.figures()
    assert.equal(late, early)
    assert.ok(lagP95 <= 32)
    assert.equal(devices, 1000)
    assert.equal(silent, 50)
    assert.ok(pollsPerSecond > 90 && pollsPerSecond < 110, String(pollsPerSecond))
    engine.close()
  })

  it('spreads the starts: no tick begins more than its share', async () => {
    const begun = new Map<number, number>()
    const clock = turnedClock()
    const { engine } = room({ onAsk: () => begun.set(clock.now(), (begun.get(clock.now()) ?? 0) + 1) }, { clock })
    for (let no = 1; no <= 1000; no++) engine.adopt(no, target(`live-${no}`, no), { points: TWENTY, nos: nosOf(no) })
    await clock.turn(60_000)
    assert.ok(Math.max(...begun.values()) <= 40, `${Math.max(...begun.values())} in one tick`)
  })

  it('notices within a cycle that a device is back, asks everything at once, and tells why it was silent', async () => {
    let behaviour: Behaviour = 'live'
    const { clock, engine, reports, whys, collector } = room({ behave: () => behaviour })
    engine.adopt(1, target('x', 7), { points: [...TWENTY, point('slow', 'slow')], nos: nosOf(1, [...TWENTY, point('slow', 'slow')]) })
    await clock.turn(20_000)
    behaviour = 'dead'
    await clock.turn(120_000)
    assert.equal(whys.get(1), 'no answer')
    assert.equal(engine.figures().silent, 1)
    const probes = collector.asked.filter(({ retries }) => retries === 0)
    assert.ok(probes.length >= 8 && probes.every(({ points }) => points === 1))
    behaviour = 'live'
    const before = reports.length
    const asked = collector.asked.length
    await clock.turn(13_000)
    assert.equal(whys.get(1), null)
    assert.deepEqual(
      collector.asked
        .slice(asked)
        .map(({ points }) => points)
        .sort((a, b) => a - b)
        .slice(0, 3),
      [1, 1, 20],
      'one probe, then the slow and the fast errand',
    )
    assert.ok(reports.slice(before).some(({ status, pdus }) => status === 'answered' && pdus === 1))
    assert.equal(engine.figures().silent, 0)
  })

  it('leaves a refused credential alone for longer each time, up to five minutes', async () => {
    const { clock, engine, reports } = room()
    engine.adopt(1, target('wrong-a', 1), { points: TWENTY, nos: nosOf(1) })
    await clock.turn(3_600_000)
    const waits = gaps(of(reports, 1).map(({ at }) => at))
    assert.ok((waits[0] ?? 0) < 13_000)
    assert.ok(waits.length < 25, `${waits.length} tries in an hour`)
    assert.ok(
      waits.slice(8).every(wait => wait >= 239_000 && wait <= 361_000),
      waits.map(Math.round).join(' '),
    )
  })

  it('skips the slots of a poll that is still running, and counts them', async () => {
    const { clock, engine, reports } = room()
    engine.adopt(1, target('slow-a', 1), { points: TWENTY, nos: nosOf(1) })
    engine.adopt(2, target('live-b', 2), { points: TWENTY, nos: nosOf(2) })
    await clock.turn(300_000)
    const slow = of(reports, 1)
    assert.ok(slow.length >= 9 && slow.length <= 11, `${slow.length} polls of 25 s`)
    const { late } = engine.figures()
    assert.ok(late >= 18 && late <= 22, `${late} slots skipped`)
    assert.ok(of(reports, 2).length >= 29)
  })

  it('gives up an errand that never ends, says so, and goes on with the device', async () => {
    let behaviour: Behaviour = 'never'
    const { clock, engine, reports, troubles } = room({ behave: () => behaviour })
    engine.adopt(1, target('x', 1), { points: TWENTY, nos: nosOf(1) })
    await clock.turn(60_000)
    assert.equal(reports.length, 0)
    behaviour = 'live'
    await clock.turn(60_000)
    assert.match(troubles[0]?.message ?? '', /never ended/)
    assert.ok(of(reports, 1).some(({ status }) => status === 'answered'))
    assert.equal(engine.figures().faults, 1)
  })

  it('counts an errand that ends twice as the fault it is, and its readings once', async () => {
    const { clock, engine, batches } = room()
    engine.adopt(1, target('twice-a', 1), { points: TWENTY, nos: nosOf(1) })
    await clock.turn(2000)
    assert.equal(engine.figures().faults, 1)
    assert.equal(
      batches.reduce((sum, { points }) => sum + points.length, 0),
      20,
    )
  })

  it('slows down when the store is behind, keeps bounded, loses nothing of what was asked', async () => {
    const { clock, engine, batches, longest } = room({}, { storing: 20_000, unstored: 2 })
    for (let no = 1; no <= 500; no++) engine.adopt(no, target(`live-${no}`, no), { points: TWENTY, nos: nosOf(no) })
    await clock.turn(600_000)
    const figures = engine.figures()
    assert.ok(figures.unstored <= 2)
    // What was being asked when the store fell behind: at most every device once.
    assert.ok(longest() <= 500 * 20)
    engine.close()
    assert.equal(
      batches.reduce((sum, { points }) => sum + points.length, 0),
      engine.figures().readings,
    )
    assert.equal(engine.figures().readings, figures.polls * 20)
    assert.ok(figures.late > 0, 'and what was left out is counted')
    for (const { points, values } of batches)
      for (const [i, no] of points.entries()) assert.equal(values[i], expected(Math.floor(no / 100), no % 100))
  })

  it('sleeps with the machine and wakes without a burst', async () => {
    const clock = turnedClock()
    const begun: number[] = []
    const { engine } = room({ onAsk: () => begun.push(clock.now()) }, { clock })
    for (let no = 1; no <= 1000; no++) engine.adopt(no, target(`live-${no}`, no), { points: TWENTY, nos: nosOf(no) })
    await clock.turn(30_000)
    const before = begun.length
    clock.sleep(3_600_000)
    await clock.turn(2000)
    const burst = Map.groupBy(begun.slice(before), at => at)
    assert.ok(Math.max(...[...burst.values()].map(({ length }) => length)) <= 128)
    assert.ok(begun.length - before >= 1000 && begun.length - before < 1300, 'every device once, not once for every slot that went by')
    assert.ok(engine.figures().late >= 350_000)
  })

  it('stamps with wall time and schedules without it', async () => {
    const { clock, engine, reports } = room()
    engine.adopt(1, target('live-a', 1), { points: TWENTY, nos: nosOf(1) })
    await clock.turn(30_000)
    const before = reports.length
    clock.setWall(-7_200_000)
    await clock.turn(60_000)
    assert.equal(reports.length - before, 6)
    assert.ok((reports.at(-1)?.at ?? 0) < (reports[0]?.at ?? 0))
  })

  it('takes rates over a new look at the device, and begins them anew after a reboot', async () => {
    const points = [counter('in'), point('level')]
    let behaviour: Behaviour = 'live'
    const clock = turnedClock()
    const began = clock.now()
    const collector = fakeCollector({ after: (ms, call) => void clock.after(ms, call), behave: () => behaviour, points: () => points })
    // Its counter grows by 100 octets a second.
    const growing: Collector = {
      ...collector,
      compile(to: Target, compiled, options) {
        const errand = collector.compile(to, compiled, options)
        return {
          points: compiled,
          run: (values, finished) =>
            errand.run(values, result => {
              for (const [i, { key }] of compiled.entries()) if (key === 'in') values[i] = Math.round((clock.now() - began) / 10)
              finished(result)
            }),
        }
      },
    }
    const got: number[] = []
    const engine = openEngine({
      time: clock,
      log,
      unstored: 4,
      open: () => Promise.resolve(done(growing)),
      send(batch) {
        for (const [i, no] of batch.points.entries()) if (no === 100) got.push(Math.round(batch.values[i] ?? 0))
        engine.stored()
      },
      discovered: no => Promise.resolve(done(nosOf(no, points))),
      trouble: () => undefined,
    })
    engine.adopt(1, target('x', 1), { points, nos: nosOf(1, points) })
    await clock.turn(35_000)
    const polls = got.length
    assert.ok(polls >= 2)
    void engine.rediscover(1)
    await clock.turn(30_000)
    assert.ok(got.length - polls >= 3, 'the new plan goes on with the counters of the old')
    assert.ok(
      got.every(rate => Math.abs(rate - 800) <= 5),
      got.join(' '),
    )
    behaviour = 'reboots'
    const before = got.length
    await clock.turn(20_000)
    assert.equal(got.length, before, 'no rate while the counters begin anew')
  })

  it('looks at new devices a few at a time, and silent ones do not hold up the others', async () => {
    const { clock, engine, looks } = room({ timeout: 1000 })
    for (let no = 1; no <= 200; no++) engine.adopt(no, target(no <= 20 ? `dead-${no}` : `live-${no}`, no), null)
    await clock.turn(15_000)
    assert.equal(looks.length, 180)
    await clock.turn(60_000)
    const { silent, devices } = engine.figures()
    assert.equal(silent, 20)
    assert.equal(devices, 200)
  })

  it('looks anew after a reboot, once a minute at most, and every day', async () => {
    let behaviour: Behaviour = 'live'
    const { clock, engine, looks } = room({ behave: () => behaviour })
    engine.adopt(1, target('x', 1), { points: TWENTY, nos: nosOf(1) })
    await clock.turn(30_000)
    assert.deepEqual(looks, [])
    behaviour = 'reboots'
    await clock.turn(300_000)
    assert.ok(looks.length >= 5 && looks.length <= 6, looks.join(', '))
    assert.ok(looks.every(look => look === '1 reboot'))
    behaviour = 'live'
    const before = looks.length
    await clock.turn(25 * 3_600_000)
    assert.deepEqual(looks.slice(before), ['1 reboot', '1 daily'].slice(looks.length - before === 2 ? 0 : 1))
  }).timeout(60_000)

  it('forgets a removed device, whatever it was just doing', async () => {
    const { clock, engine, reports } = room({ timeout: 1000 })
    for (const [no, host] of ['live-a', 'dead-b', 'slow-c', 'never-d', 'throws-e'].entries())
      engine.adopt(no, target(host, no), { points: TWENTY, nos: nosOf(no) })
    engine.adopt(9, target('dead-new', 9), null)
    await clock.turn(11_000)
    for (const no of [0, 1, 2, 3, 4, 9]) engine.remove(no)
    await clock.turn(200)
    const before = reports.length
    await clock.turn(600_000)
    assert.equal(reports.length, before)
    assert.equal(engine.figures().devices, 0)
    assert.equal((await engine.pollNow(1)).ok, false)
  })

  it('asks a device at its new address once it is adopted again', async () => {
    const { clock, engine, collector } = room()
    engine.adopt(1, target('live-old', 1), { points: TWENTY, nos: nosOf(1) })
    await clock.turn(11_000)
    engine.adopt(1, target('live-new', 1), { points: TWENTY, nos: nosOf(1) })
    const before = collector.asked.length
    await clock.turn(30_000)
    assert.ok(collector.asked.slice(before).every(({ host }) => host === 'live-new'))
    assert.ok(collector.asked.length - before >= 3)
  })

  it('hands on "has none" of a whole answer, but nothing of what a partial one left out, nor of a failed one', async () => {
    const clock = turnedClock()
    const points = [point('there'), point('none')]
    let status: PollStatus = 'answered'
    const collector: Collector = {
      discover: () => Promise.reject(new Error('not asked here')),
      compile: (_, compiled) => ({
        points: compiled,
        run: (values, finished) =>
          void clock.after(5, () => {
            for (const [i, { key }] of compiled.entries()) values[i] = key === 'there' ? 7 : Number.NaN
            finished({ status, message: 'so it is', pdus: 1, timeouts: 0, rediscover: null })
          }),
      }),
      counters: () => ({}),
      close: () => Promise.resolve(),
    }
    const got: [number, number][] = []
    const engine = openEngine({
      time: clock,
      log,
      unstored: 4,
      open: () => Promise.resolve(done(collector)),
      send(batch) {
        for (const [i, no] of batch.points.entries()) got.push([no, batch.values[i] ?? 0])
        engine.stored()
      },
      discovered: () => Promise.reject(new Error('not asked here')),
      trouble: () => undefined,
    })
    engine.adopt(1, target('x'), { points, nos: nosOf(1, points) })
    await clock.turn(2000)
    assert.deepEqual(got.splice(0), [
      [100, 7],
      [101, Number.NaN],
    ])
    status = 'partial'
    await clock.turn(10_000)
    assert.ok(got.length > 0 && got.splice(0).every(([no, value]) => no === 100 && value === 7))
    status = 'garbage'
    await clock.turn(10_000)
    assert.deepEqual(got, [])
  })

  it('polls now what is quick, not what is asked every quarter of an hour', async () => {
    const points = [...TWENTY, point('capacity', 'slow')]
    const { clock, engine, collector } = room()
    engine.adopt(1, target('live-a', 1), { points, nos: nosOf(1, points) })
    await clock.turn(5000)
    const before = collector.asked.length
    const answer = engine.pollNow(1)
    await clock.turn(1000)
    assert.deepEqual(await answer, { ok: true, value: { status: 'answered', message: null } })
    assert.deepEqual(
      collector.asked.slice(before).map(asked => asked.points),
      [20],
    )
  })

  it('wakes a silent device at once when somebody asks for it and it is back', async () => {
    let behaviour: Behaviour = 'dead'
    const { clock, engine, collector } = room({ behave: () => behaviour })
    engine.adopt(1, target('x', 1), { points: TWENTY, nos: nosOf(1) })
    await clock.turn(60_000)
    behaviour = 'live'
    const before = collector.asked.length
    const answer = engine.pollNow(1)
    await clock.turn(1500)
    assert.deepEqual(await answer, { ok: true, value: { status: 'answered', message: null } })
    assert.deepEqual(
      collector.asked.slice(before).map(asked => asked.points),
      [1, 20],
    )
  })

  it('tells once of a collector that cannot be opened, and polls when it can', async () => {
    const clock = turnedClock()
    const collector = fakeCollector({ after: (ms, call) => void clock.after(ms, call) })
    const troubles: string[] = []
    let opens = 0
    let readings = 0
    const engine = openEngine({
      time: clock,
      log,
      unstored: 4,
      open: () => Promise.resolve(++opens < 4 ? failed('refused', 'the socket could not be opened') : done<Collector>(collector)),
      send(batch) {
        readings += batch.points.length
        engine.stored()
      },
      discovered: no => Promise.resolve(done(nosOf(no))),
      trouble: ({ message }) => troubles.push(message),
    })
    engine.adopt(1, target('live-a', 1), { points: TWENTY, nos: nosOf(1) })
    await clock.turn(35_000)
    assert.deepEqual(troubles, ['the socket could not be opened'])
    assert.ok(readings >= 20)
  })
})
