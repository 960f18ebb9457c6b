// The telemetry store as the house uses it: a real thread, real files, a real kill -9, a disk that is really full.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { StoreFault } from '../../daemon/store/fault.ts'
import { openTelemetry, type Telemetry } from '../../daemon/store/telemetry/telemetry.ts'
import { tinyDisk } from './support/disk.ts'
import { engineIn, readingsOf } from './support/engine.ts'
import { tempFolder } from './support/folder.ts'
import { must, quiet } from './support/must.ts'

const open = async (folder: string): Promise<Telemetry> => must(await openTelemetry({ folder, log: quiet }))

const batch = (points: readonly number[], at: number, value: number) => ({
  points: Uint32Array.from(points),
  values: new Float64Array(points.length).fill(value),
  at: new Float64Array(points.length).fill(at),
})

/** Waits for a condition, by its deadline; tells what it waited for. */
async function until(what: string, holds: () => boolean | Promise<boolean>, deadline = 10_000): Promise<void> {
  const end = performance.now() + deadline
  while (!(await holds())) {
    if (performance.now() > end) assert.fail(`waited ${deadline} ms: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

const values = async (telemetry: Telemetry, point: number, from: number, to: number): Promise<[number, number | null][]> => {
  const { series, step } = must(await telemetry.history([point], from, to, 5_000_000))
  assert.equal(step, 0)
  const [one] = series
  return one?.at.map((at, i) => [at, one.mean[i] ?? null]) ?? []
}

describe('telemetry', () => {
  it('does not hold up the stop when its thread hangs, and says so', async function () {
    this.timeout(30_000)
    const folder = tempFolder()
    const said: string[] = []
    const telemetry = must(await openTelemetry({ folder, log: { ...quiet, error: (_, message) => void said.push(message) } }))
    const now = Date.now()
    await telemetry.append(batch([1], now, 20))
    // The file is taken by somebody else, as by a backup: the thread waits five seconds for it when it has something to roll up.
    const other = new Database(join(folder, 'telemetry.db'))
    const hangs = async (): Promise<boolean> => {
      const answer = telemetry.latest().then(
        () => false,
        () => false,
      )
      return Promise.race([answer, new Promise<boolean>(resolve => setTimeout(() => resolve(true), 500))])
    }
    await until('a thread that hangs', async () => {
      if (other.inTransaction) other.exec('ROLLBACK')
      other.exec("INSERT OR REPLACE INTO marks (level, id, due) VALUES ('minutes', 1, 0); BEGIN IMMEDIATE")
      return (await hangs()) || (await hangs())
    })
    const asked = telemetry.history([1], now - 1000, now + 1000, 10)
    const from = performance.now()
    await telemetry.close()
    const took = performance.now() - from
    assert.ok(took > 2500 && took < 4000, `${Math.round(took)} ms`)
    assert.equal(said.length, 1)
    assert.match(said[0] ?? '', /does not end and is left behind/)
    const outcome = await asked
    assert.deepEqual([outcome.ok, outcome.ok ? '' : outcome.failure.kind], [false, 'cancelled'])
    other.exec('ROLLBACK')
    other.close()
    const again = await open(folder)
    assert.deepEqual((await again.latest([1])).values, Float64Array.of(20), 'what was acknowledged is there')
    await again.close()
  })

  it('takes readings, answers histories, leaves the columns to their owner', async () => {
    const telemetry = await open(tempFolder())
    const now = Date.now()
    const readings = batch([1, 2], now, 21.5)
    await telemetry.append(readings)
    assert.equal(readings.points.length, 2, 'alarms and the live stream use them too')
    const history = must(await telemetry.history([2, 1, 3], now - 1000, now + 1000, 600))
    assert.deepEqual(history, {
      from: now - 1000,
      to: now + 1000,
      step: 0,
      series: [
        { point: 2, at: [now], mean: [21.5], min: [21.5], max: [21.5] },
        { point: 1, at: [now], mean: [21.5], min: [21.5], max: [21.5] },
        { point: 3, at: [], mean: [], min: [], max: [] },
      ],
    })
    const empty = await telemetry.history([1], now, now, 600)
    assert.equal(empty.ok ? 'ok' : empty.failure.kind, 'invalid')
    assert.deepEqual((await telemetry.latest()).points, Uint32Array.of(1, 2))
    assert.deepEqual((await telemetry.latest([2])).values, Float64Array.of(21.5))
    const { behind, appended } = telemetry.stats()
    assert.deepEqual([behind, appended], [0, 2])
    await until('figures of the thread', () => telemetry.stats().series === 2)
    await telemetry.close()
    await assert.rejects(telemetry.append(readings), (error: unknown) => error instanceof StoreFault && error.failure.kind === 'cancelled')
  })

  it('acknowledges everything handed over before it is closed', async () => {
    const folder = tempFolder()
    const telemetry = await open(folder)
    const now = Date.now()
    const appends = Array.from({ length: 200 }, (_, i) => telemetry.append(batch([1], now + i, i)))
    await Promise.all([...appends, telemetry.close()])
    const again = await open(folder)
    assert.equal((await values(again, 1, now, now + 1000)).length, 200)
    await again.close()
  })

  it('says what is wrong with a file that is none, and refuses one of a newer Suar', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'telemetry.db'), 'no database at all, but long enough to be looked at as one'.repeat(200))
    const garbage = await openTelemetry({ folder, log: quiet })
    assert.equal(garbage.ok ? 'ok' : garbage.failure.kind, 'garbage')
    const newer = tempFolder()
    const telemetry = await open(newer)
    await telemetry.close()
    const { default: Database } = await import('better-sqlite3')
    const db = new Database(join(newer, 'telemetry.db'))
    db.pragma('user_version = 99')
    db.close()
    const refused = await openTelemetry({ folder: newer, log: quiet })
    assert.match(refused.ok ? '' : refused.failure.message, /newer Suar \(version 99/)
  })

  describe('killed with SIGKILL at any moment', () => {
    /** Runs the child until it acknowledged some more, kills it, gives what it had acknowledged. */
    async function killed(way: 'thread' | 'upkeep', folder: string, first: number, enough: number): Promise<number[]> {
      const child = fork(new URL('./support/appender.ts', import.meta.url), [way, folder, String(first)], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      })
      const acknowledged: number[] = []
      child.on('message', value => {
        if (acknowledged.push(Number(value)) === enough) child.kill('SIGKILL')
      })
      const [code, signal] = await once(child, 'close')
      assert.deepEqual([code, signal], [null, 'SIGKILL'], 'it did not end by itself')
      return acknowledged
    }

    /** Every acknowledged value is there once for each point, in order; gives the next value to append. */
    function assertWhole(folder: string, acknowledged: ReadonlySet<number>): number {
      const engine = engineIn({ folder, clock: { now: 1_780_000_000_000, steady: 0 }, said: [] })
      let next = 0
      for (const point of [1, 2, 3]) {
        const kept = readingsOf(engine, point, 0, 2_000_000_000_000).map(([, value]) => value ?? -1)
        const found = new Set(kept)
        assert.equal(found.size, kept.length, `a reading of point ${point} is there twice`)
        assert.deepEqual(
          kept,
          [...kept].sort((a, b) => a - b),
        )
        const lost = [...acknowledged].filter(value => !found.has(value))
        assert.deepEqual(lost, [], `point ${point} lost acknowledged readings`)
        // Written and not acknowledged is possible; the next child goes on behind it.
        next = Math.max(next, ...kept.map(value => value + 1))
      }
      engine.close()
      return next
    }

    for (const [way, story] of [
      ['thread', 'has every acknowledged reading, each once'],
      ['upkeep', 'has them too when it died sealing, rolling up and cutting the journal'],
    ] as const)
      it(story, async function () {
        this.timeout(90_000)
        const folder = tempFolder()
        const acknowledged = new Set<number>()
        let next = 0
        for (let round = 0; round < 6; round++) {
          for (const value of await killed(way, folder, next, 20 + Math.floor(Math.random() * 1_500))) acknowledged.add(value)
          next = assertWhole(folder, acknowledged)
        }
        assert.ok(acknowledged.size >= 120)
      })
  })

  it('on a full disk keeps readings in memory, says so, and writes them when there is space', async function () {
    this.timeout(60_000)
    using disk = tinyDisk(2)
    if (disk === null) return this.skip()
    const telemetry = await open(disk.folder)
    const now = Date.now()
    const points = Array.from({ length: 100 }, (_, i) => i + 1)
    await telemetry.append(batch(points, now, 0))
    disk.fill()
    const failures: unknown[] = []
    const sent = 200
    for (let i = 1; i <= sent; i++) await telemetry.append(batch(points, now + i, i)).catch((error: unknown) => failures.push(error))
    const [first] = failures
    assert.ok(first instanceof StoreFault, 'a full disk is told')
    assert.deepEqual([first.failure.kind, first.failure.retry], ['full', false])
    await until('the trouble is told', () => telemetry.stats().troubles.some(text => /disk is full/.test(text)))
    assert.equal((await values(telemetry, 7, now, now + 1000)).length, sent + 1, 'readings are in memory and served')
    disk.free()
    await until('the trouble is over', () => telemetry.stats().troubles.length === 0)
    await telemetry.append(batch(points, now + sent + 1, sent + 1))
    await telemetry.close()
    const again = await open(disk.folder)
    const kept = await values(again, 100, now, now + 1000)
    assert.deepEqual(
      kept,
      Array.from({ length: sent + 2 }, (_, i) => [now + i, i]),
    )
    await again.close()
  })

  it('starts its thread again when it died, and takes readings again', async () => {
    const folder = tempFolder()
    const telemetry = await open(folder)
    const now = Date.now()
    await telemetry.append(batch([1], now, 1))
    // Nothing a running store must survive by itself: somebody takes a table away under it.
    const { default: Database } = await import('better-sqlite3')
    const db = new Database(join(folder, 'telemetry.db'))
    db.exec('ALTER TABLE raw RENAME TO gone')
    const broken = await telemetry.history([1], now - 1000, now + 1000, 600)
    assert.deepEqual(broken.ok ? 'ok' : [broken.failure.kind, broken.failure.retry], ['busy', true])
    assert.ok(telemetry.stats().troubles.length > 0)
    db.exec('ALTER TABLE gone RENAME TO raw')
    db.close()
    await until('the thread is back', async () => (await telemetry.history([1], now - 1000, now + 1000, 600)).ok)
    await telemetry.append(batch([1], now + 5, 2))
    assert.deepEqual(await values(telemetry, 1, now, now + 1000), [
      [now, 1],
      [now + 5, 2],
    ])
    await telemetry.close()
  })

  it('makes its folder', async () => {
    const folder = join(tempFolder(), 'not', 'yet')
    const telemetry = await open(folder)
    assert.ok(existsSync(join(folder, 'telemetry.db')) && statSync(join(folder, 'journal')).isDirectory())
    await telemetry.close()
  })
})
