// The poller on a turned clock, device by device: silence and return, faults, discovery, immediate polls.
import assert from 'node:assert/strict'
import type { Collector, Target } from '../../daemon/domain/collector.ts'
import { done, failed } from '../../daemon/domain/outcome.ts'
import type { PollStatus } from '../../daemon/domain/reading.ts'
import { openEngine } from '../../daemon/poll/engine.ts'
import { turnedClock } from './clock.ts'
import { type Behaviour, counter, fakeCollector, point, TWENTY, target } from './devices.ts'
import { gaps, log, nosOf, of, room } from './room.ts'

describe('the poller and a device', () => {
  it('notices within a cycle that a device is back, asks everything at once, and tells why it was silent', async () => {
    let behaviour: Behaviour = 'live'
    const { clock, engine, reports, whys, collector } = room({ behave: () => behaviour })
    engine.adopt(1, target('x', 7), { points: [...TWENTY, point('slow', 'slow')], nos: nosOf(1, [...TWENTY, point('slow', 'slow')]) })
    await clock.turn(20_000)
    behaviour = 'dead'
    await clock.turn(120_000)
    assert.deepEqual(whys.get(1), { code: 'noReply', where: 'here' })
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

  it('opens a collector again that fell over its opening, and lets it go of what leaves', async () => {
    const clock = turnedClock()
    const left: string[] = []
    const collector: Collector = {
      ...fakeCollector({ after: (ms, call) => void clock.after(ms, call) }),
      leave: ({ address }) => void left.push(address.host),
    }
    const troubles: string[] = []
    let tries = 0
    let readings = 0
    const engine = openEngine({
      time: clock,
      log,
      unstored: 4,
      open: () => (++tries < 3 ? Promise.reject(new Error('no more sockets')) : Promise.resolve(done(collector))),
      send(batch) {
        readings += batch.points.length
        engine.stored()
      },
      discovered: no => Promise.resolve(done(nosOf(no))),
      trouble: ({ message }) => void troubles.push(message),
    })
    engine.adopt(1, target('live-a', 1), { points: TWENTY, nos: nosOf(1) })
    await clock.turn(9_000)
    assert.deepEqual([tries, readings], [1, 0])
    assert.match(troubles[0] ?? '', /no more sockets/)
    await clock.turn(40_000)
    assert.equal(tries, 3)
    assert.ok(readings >= 20)
    engine.adopt(1, target('live-b', 1), { points: TWENTY, nos: nosOf(1) })
    assert.deepEqual(left, ['live-a'], 'it moved')
    await clock.turn(1)
    engine.remove(1)
    assert.deepEqual(left, ['live-a', 'live-b'])
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

  it('loses no point by a look that ends half-way, unless all of them do', async () => {
    let half = true
    const { clock, engine, looks } = room({ points: () => (half ? TWENTY.slice(0, 5) : TWENTY), halves: () => half })
    engine.adopt(1, target('live-x', 1), { points: TWENTY, nos: nosOf(1) })
    await clock.turn(30_000)
    const told = engine.rediscover(1)
    await clock.turn(100)
    const answer = await told
    assert.match(answer.ok ? '' : answer.failure.message, /fell silent.*15 points/)
    assert.deepEqual(looks, [], 'nothing was registered')
    half = false
    await clock.turn(120_000)
    assert.deepEqual(looks, ['1 asked'], 'it is looked at again soon')
    half = true
    for (let k = 0; k < 4; k++) {
      void engine.rediscover(1)
      await clock.turn(100)
    }
    assert.equal(looks.length, 2, 'what never ends whole is taken as it is')
  })

  it('polls what half a look found of a new device, and looks for the rest soon', async () => {
    let half = true
    const { clock, engine, looks, batches } = room({ points: () => (half ? TWENTY.slice(0, 5) : TWENTY), halves: () => half })
    engine.adopt(1, target('live-x', 1), null)
    await clock.turn(12_000)
    half = false
    assert.ok(batches.some(batch => batch.points.length > 0))
    await clock.turn(120_000)
    assert.equal(looks.length, 2)
    assert.ok(batches.some(batch => batch.points.includes(119)))
  })

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
            finished({ status, why: { code: 'partial' }, pdus: 1, timeouts: 0, rediscover: null })
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
    assert.deepEqual(await answer, { ok: true, value: { status: 'answered', why: null } })
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
    assert.deepEqual(await answer, { ok: true, value: { status: 'answered', why: null } })
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
