// The poller with its real thread and a shelf of its own: batches, a slow store, a fall, and its end.
import assert from 'node:assert/strict'
import { totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Log } from '../../daemon/domain/call.ts'
import type { Discovery } from '../../daemon/domain/collector.ts'
import type { Batch } from '../../daemon/domain/reading.ts'
import { openPoller, type Poller, type PollerOptions, type Trouble } from '../../daemon/poll/poller.ts'
import { expected, TWENTY, target } from './devices.ts'

const SHELF = fileURLToPath(new URL('./shelf/', import.meta.url))

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quiet }

/** A place for readings that tells when a condition on them holds. */
function store() {
  const batches: Batch[] = []
  const troubles: Trouble[] = []
  let watch: (() => void)[] = []
  const changed = () => {
    const calls = watch
    watch = []
    for (const call of calls) call()
  }
  const until = async (what: string, holds: () => boolean, ms = 20_000): Promise<void> => {
    const deadline = Date.now() + ms
    while (!holds()) {
      const left = deadline - Date.now()
      assert.ok(left > 0, `not within ${ms} ms: ${what}`)
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, Math.min(left, 200))
        watch.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }
  return {
    batches,
    troubles,
    until,
    add(batch: Batch) {
      batches.push(batch)
      changed()
    },
    trouble(trouble: Trouble) {
      troubles.push(trouble)
      changed()
    },
    seen: () => new Set(batches.flatMap(batch => [...batch.points])),
    reports: (no: number) => batches.reduce((sum, { polls }) => sum + polls.devices.filter(device => device === no).length, 0),
  }
}

const nosOf = (no: number) => Uint32Array.from(TWENTY, (_, i) => no * 100 + i)

describe('the poller', function () {
  this.timeout(60_000)
  let poller: Poller | null = null
  const open = (options: Partial<PollerOptions> & Pick<PollerOptions, 'onBatch'>): Poller => {
    poller = openPoller({
      log: quiet,
      clock: Date.now,
      options: { timeout: 100, retries: 1, siteProfiles: null },
      collectors: SHELF,
      onDiscovered: no => Promise.resolve(nosOf(no)),
      onTrouble: () => undefined,
      ...options,
    })
    return poller
  }
  afterEach(async () => {
    await poller?.close()
    poller = null
  })

  it('polls known points at once and new devices after a look, and hands every value on under its number', async () => {
    const kept = store()
    const asked: string[] = []
    const at = open({
      onBatch: batch => Promise.resolve(kept.add(batch)),
      onDiscovered: (no, _, reason) => {
        asked.push(`${no} ${reason}`)
        return Promise.resolve(nosOf(no))
      },
    })
    at.adopt(1, target('live-known', 1), { points: TWENTY, nos: nosOf(1) })
    at.adopt(2, target('live-new', 2), null)
    await kept.until('readings of both', () => kept.seen().size === 40)
    assert.deepEqual(asked, ['2 new'])
    for (const batch of kept.batches) {
      for (const [i, no] of batch.points.entries()) assert.equal(batch.values[i], expected(Math.floor(no / 100), no % 100))
      assert.ok(batch.at.every(time => Math.abs(time - Date.now()) < 60_000))
    }
  })

  it('resolves an immediate poll when its readings are stored, and tells of one that fails', async () => {
    const kept = store()
    const at = open({ onBatch: batch => Promise.resolve(kept.add(batch)) })
    at.adopt(1, target('live-a', 1), { points: TWENTY, nos: nosOf(1) })
    at.adopt(2, target('dead-b', 2), { points: TWENTY, nos: nosOf(2) })
    await kept.until('first readings', () => kept.reports(1) > 0)
    const before = kept.reports(1)
    assert.deepEqual(await at.pollNow(1), { ok: true, value: { status: 'answered', why: null } })
    assert.ok(kept.reports(1) > before, 'its report was stored before the answer')
    assert.deepEqual(await at.pollNow(2), { ok: true, value: { status: 'timeout', why: { code: 'noReply', where: 'here' } } })
    assert.deepEqual(at.why(2), { code: 'noReply', where: 'here' })
    assert.equal(at.why(1), null)
    const unknown = await at.pollNow(77)
    assert.equal(!unknown.ok && unknown.failure.kind, 'notFound')
    assert.deepEqual(await at.rediscover(1), { ok: true, value: 20 })
  })

  it('waits for a slow store, keeps no more than the agreed batches under way, and loses nothing', async () => {
    const kept = store()
    const release: (() => void)[] = []
    const at = open({
      unstored: 2,
      onBatch: batch => new Promise(resolve => release.push(() => resolve(kept.add(batch)))),
    })
    for (let no = 1; no <= 100; no++) at.adopt(no, target(`live-${no}`, no), { points: TWENTY, nos: nosOf(no) })
    while (at.figures().unstored < 2) await new Promise(resolve => setTimeout(resolve, 50))
    const held = at.figures()
    assert.equal(release.length, 1, 'one batch at a time is with the store')
    assert.ok(held.unstored <= 2)
    // The store comes back: one batch after the other is taken.
    const pump = setInterval(() => release.shift()?.(), 5)
    await kept.until('every reading of every device', () => kept.seen().size === 2000)
    clearInterval(pump)
    for (const [i, { sequence }] of kept.batches.entries()) assert.equal(sequence, i + 1)
    for (const resolve of release) resolve()
    const last = setInterval(() => release.shift()?.(), 5)
    await at.close()
    clearInterval(last)
  })

  it('tries a failed store again with the same batch', async () => {
    const kept = store()
    let failures = 2
    const at = open({
      onTrouble: kept.trouble,
      onBatch: batch => (failures-- > 0 ? Promise.reject(new Error('disk full')) : Promise.resolve(kept.add(batch))),
    })
    at.adopt(1, target('live-a', 1), { points: TWENTY, nos: nosOf(1) })
    await kept.until('the readings after all', () => kept.seen().size === 20)
    assert.equal(kept.batches[0]?.sequence, 1)
    assert.deepEqual(
      kept.troubles.map(({ code, message }) => [code, message]),
      [['store', 'readings are not stored: disk full']],
    )
  })

  it('closes soon with a disk that stays full, and says what is lost', async () => {
    const said: string[] = []
    let failures = 0
    const many = Promise.withResolvers<void>()
    const at = open({
      log: { ...quiet, error: (_, message) => said.push(message) },
      onBatch: () => {
        if (++failures === 4) setImmediate(many.resolve)
        return Promise.reject(new Error('disk full'))
      },
    })
    at.adopt(1, target('live-a', 1), { points: TWENTY, nos: nosOf(1) })
    // By now the next try is more than three seconds away.
    await many.promise
    let late: NodeJS.Timeout | undefined
    const patience = new Promise<string>(resolve => {
      late = setTimeout(() => resolve('still waiting for the disk'), 3000)
    })
    assert.equal(await Promise.race([at.close().then(() => 'closed'), patience]), 'closed')
    clearTimeout(late)
    assert.ok(said.some(message => /is lost/.test(message)))
  })

  it('is started anew with all its devices when its thread falls, and says so', async () => {
    const kept = store()
    const at = open({ onBatch: batch => Promise.resolve(kept.add(batch)), onTrouble: kept.trouble })
    at.adopt(1, target('live-a', 1), { points: TWENTY, nos: nosOf(1) })
    at.adopt(2, target('live-b', 2), null)
    await kept.until('both polled', () => kept.seen().size === 40)
    at.adopt(3, target('crash-c', 3), { points: TWENTY, nos: nosOf(3) })
    await kept.until('the fall', () => kept.troubles.some(({ code }) => code === 'crashed'))
    assert.match(kept.troubles[0]?.message ?? '', /the thread falls/)
    at.remove(3)
    const before = [kept.reports(1), kept.reports(2)]
    await kept.until('both polled again', () => kept.reports(1) > (before[0] ?? 0) && kept.reports(2) > (before[1] ?? 0))
    assert.ok((await at.pollNow(2)).ok)
  })

  it('ends a thread that hangs, finds out which device holds it, and goes on without that one', async () => {
    const kept = store()
    const at = open({ silence: 2, onBatch: batch => Promise.resolve(kept.add(batch)), onTrouble: kept.trouble })
    at.adopt(1, target('live-a', 1), { points: TWENTY, nos: nosOf(1) })
    await kept.until('it is polled', () => kept.reports(1) > 0)
    at.adopt(2, target('hang-b', 2), { points: TWENTY, nos: nosOf(2) })
    await kept.until('it is found out', () => kept.troubles.some(({ code, device }) => code === 'errand' && device === 2))
    assert.equal(kept.troubles.filter(({ code }) => code === 'hung').length, 2)
    assert.deepEqual(at.why(2), { code: 'blamed', times: 2 })
    const before = kept.reports(1)
    await kept.until('the other is polled again', () => kept.reports(1) > before)
  })

  it('opens our own collectors: this machine is watched with nothing configured', async () => {
    const kept = store()
    const found: string[] = []
    poller = openPoller({
      log: quiet,
      clock: Date.now,
      options: { timeout: 1000, retries: 1, siteProfiles: null },
      onTrouble: kept.trouble,
      onBatch: (batch: Batch) => Promise.resolve(kept.add(batch)),
      onDiscovered: (_no: number, { points }: Discovery) => {
        found.push(...points.map(({ key }) => key))
        return Promise.resolve(Uint32Array.from(points, (_, i) => i))
      },
    })
    poller.adopt(1, { address: { host: 'localhost', port: 161 }, access: { via: 'host' } }, null)
    await kept.until('its memory', () => kept.seen().has(found.indexOf('memory.total')))
    const at = kept.batches.flatMap(({ points, values }) => [...points].map((no, i) => [found[no], values[i]] as const))
    assert.equal(new Map(at).get('memory.total'), totalmem())
    assert.deepEqual(kept.troubles, [])
  })

  it('contains a fault of one errand', async () => {
    const kept = store()
    const at = open({ onBatch: batch => Promise.resolve(kept.add(batch)), onTrouble: kept.trouble })
    at.adopt(1, target('throws-a', 1), { points: TWENTY, nos: nosOf(1) })
    at.adopt(2, target('live-b', 2), { points: TWENTY, nos: nosOf(2) })
    await kept.until('the fault is told', () => kept.troubles.some(({ code, device }) => code === 'errand' && device === 1))
    await kept.until('the other is polled', () => kept.reports(2) > 0 && kept.reports(1) > 0)
    assert.deepEqual(at.why(1), { code: 'fault' })
  })

  it('says what is wrong with a shelf it cannot use', async () => {
    const kept = store()
    const at = open({ collectors: '/nowhere', onBatch: () => Promise.resolve(), onTrouble: kept.trouble })
    at.adopt(1, target('live-a', 1), null)
    await kept.until('the trouble', () => kept.troubles.length > 0)
    assert.match(kept.troubles[0]?.message ?? '', /\/nowhere cannot be read/)
  })
})
