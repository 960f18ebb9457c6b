// The poller on a turned clock under load: a thousand devices, dead ones, a store that is behind, a machine that slept.
import assert from 'node:assert/strict'
import { turnedClock } from './clock.ts'
import { expected, TWENTY, target } from './devices.ts'
import { gaps, nosOf, of, room } from './room.ts'

describe('the poller under load', () => {
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
    // Ticks lie a tenth of a second apart.
    assert.ok(lagP95 <= 128, `${lagP95} ms`)
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
    // A thousand over the first second, in ticks of a tenth of it.
    assert.ok(Math.max(...begun.values()) <= 128, `${Math.max(...begun.values())} in one tick`)
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
})
