// The power of the machine itself goes, again and again: what was stored and acknowledged is still there, and every way not to start is a sentence.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import type { History } from '../../daemon/http/contract.ts'
import { openMailServer } from '../alarm/support/servers.ts'
import { tinyDisk } from '../store/support/disk.ts'
import { type Asking, asking } from '../support/asking.ts'
import { suar } from '../support/cli.ts'
import { type Daemon, dataFolder, startDaemon, until } from '../support/daemon.ts'
import { OUTPUT_SOURCE, SECONDS_ON_BATTERY, SOURCE, startUps, type Turned } from '../support/made-ups.ts'
import type { RecordingAgent } from '../support/recording-agent.ts'

const ROUNDS = 3

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const site = (agents: readonly RecordingAgent[]): string =>
  `site: { id: cut, name: Cut }\ndevices:\n${agents
    .map(
      ({ port }, n) =>
        `  - { id: ups-${n + 1}, name: UPS ${n + 1}, kind: ups, address: { host: 127.0.0.1, port: ${port} }, access: { via: snmp, version: 2c, community: public } }\n`,
    )
    .join('')}`

const pointNo = async (api: Asking, device: string, key: string): Promise<number> => {
  const point = (await api.points(device)).find(one => one.key === key)
  assert.ok(point, key)
  return point.no
}

/** Every reading of a point, as it came. */
async function readings(api: Asking, point: number, from: number): Promise<readonly (readonly [at: number, value: number | null])[]> {
  const { step, series } = await api.get<History>(`history?points=${point}&from=${from}&to=${Date.now() + 1000}&buckets=5000`)
  assert.equal(step, 0, 'raw readings')
  return (series[0]?.at ?? []).map((at, i) => [at, series[0]?.mean[i] ?? null] as const)
}

describe('a power cut', function () {
  this.timeout(180_000)
  const data = dataFolder()
  const turned: Turned = new Map()
  const agents: RecordingAgent[] = []
  let daemon: Daemon | undefined
  let mailPort = 0
  const api = asking(() => daemon)
  const started = Date.now()

  const start = async (): Promise<Daemon> => {
    daemon = await startDaemon({ data: data.path })
    return daemon
  }
  before(async () => {
    mailPort = await freePort()
    let asked = 0
    turned.set(SECONDS_ON_BATTERY, () => ++asked)
    turned.set(OUTPUT_SOURCE, SOURCE.battery)
    agents.push(await startUps(turned), await startUps(new Map([[OUTPUT_SOURCE, SOURCE.bypass]])))
    writeFileSync(join(data.path, 'site.yaml'), site(agents))
    writeFileSync(
      join(data.path, 'suar.yaml'),
      `site: site.yaml
notify:
  channels: { mail: { via: email, host: 127.0.0.1, port: ${mailPort}, security: none, from: suar@example.org } }
  recipients: [{ channel: mail, to: noc@example.org }]
`,
    )
  })
  afterEach(async () => {
    await daemon?.stop()
    daemon = undefined
  })
  after(async () => {
    for (const agent of agents) await agent.close()
    data.remove()
  })

  it('loses no reading, no alarm, no acknowledgement and no notice', async () => {
    await start()
    await api.allUp()
    const onBattery = await api.alarm('UPS 1 on battery', alarm => alarm.key === 'ups-1/output.state/state')
    const bypass = await api.alarm('UPS 2 on bypass', alarm => alarm.key === 'ups-2/output.state/state')
    const acknowledged = await api.post<Alarm>(`alarms/${onBattery.id}/acknowledge`, { comment: 'on my way' })
    assert.equal(acknowledged.status, 200)
    const seconds = await pointNo(api, 'ups-1', 'battery.onbattery.duration')

    let kept = await readings(api, seconds, started)
    for (let round = 0; round < ROUNDS; round++) {
      await api.post('devices/ups-1/poll', {})
      const before = await until(
        'a reading that is new',
        () => readings(api, seconds, started),
        all => all.length > kept.length,
      )
      // The stroke falls anywhere within a poll.
      const polling = api.post('devices/ups-1/poll', {}).catch(() => null)
      await new Promise(resolve => setTimeout(resolve, Math.random() * 20))
      await daemon?.kill()
      await polling

      await start()
      const after = await readings(api, seconds, started)
      assert.deepEqual(after.slice(0, before.length), before, `round ${round}: what was read once is still there`)
      for (const [i, [at, value]] of after.entries()) {
        const [earlier, smaller] = after[i - 1] ?? [0, 0]
        assert.ok(at > earlier && (value ?? 0) > (smaller ?? 0), `round ${round}: no reading stands there twice`)
      }
      const open = new Map((await api.alarms()).map(alarm => [alarm.id, alarm]))
      assert.deepEqual(open.get(onBattery.id)?.acknowledged, acknowledged.body.acknowledged)
      assert.equal(open.get(bypass.id)?.raisedAt, bypass.raisedAt)
      assert.equal(open.size, 2, 'nothing is raised a second time')
      await api.allUp()
      assert.equal((await api.alarms()).length, 2)
      kept = after
    }

    // Nobody took the notices until now.
    const mail = await openMailServer({}, mailPort)
    try {
      await until(
        'the notice of UPS 2',
        async () => mail.letters.map(letter => letter.text),
        texts => texts.some(text => text.includes('UPS 2')),
        90_000,
      )
      assert.equal(mail.letters.filter(({ text }) => /^Subject:.*UPS 2/m.test(text)).length <= 1, true, 'told once')
    } finally {
      await mail.close()
    }
  })

  it('leaves a folder that only one daemon takes at a time', async () => {
    const running = await start()
    const env = { SUAR_DATA: data.path, SUAR_HTTP_PORT: '0' }
    const second = await suar(['start'], { cwd: data.path, env })
    assert.equal(second.code, 1)
    assert.match(second.stderr, new RegExp(`process ${running.pid}\\b.*kill ${running.pid}.*data folder of its own`))
    await running.kill()
    assert.equal(readFileSync(join(data.path, 'suar.pid'), 'utf8').split('\n')[0], String(running.pid), 'the dead one left its mark')
    const third = await start()
    assert.notEqual(third.pid, running.pid)
    await api.allUp()
    assert.equal(await third.stop(), 0)
    assert.equal(existsSync(join(data.path, 'suar.pid')), false)
  })

  it('or a taken port, a newer database or a damaged one end the start with a sentence', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    assert.ok(address !== null && typeof address !== 'string')
    const env = { SUAR_DATA: data.path, SUAR_HTTP_PORT: '0' }
    const taken = await suar(['start'], { cwd: data.path, env: { ...env, SUAR_HTTP_PORT: String(address.port) } })
    server.close()
    assert.equal(taken.code, 1)
    assert.match(taken.stderr, new RegExp(`^suar: .*${address.port}.*`, 'm'))

    const records = join(data.path, 'records.db')
    const db = new Database(records)
    db.prepare('INSERT INTO migrations (version, name, applied_at) VALUES (999, ?, 0)').run('from the future')
    db.close()
    const newer = await suar(['start'], { cwd: data.path, env })
    assert.equal(newer.code, 1)
    assert.match(newer.stderr, /version 999.*opened by a newer Suar/)

    writeFileSync(records, 'this is no database, however long one looks at it\n'.repeat(100))
    const damaged = await suar(['start'], { cwd: data.path, env })
    assert.equal(damaged.code, 1)
    assert.match(damaged.stderr, /^suar: .*damaged or not a database.*backup folder/m)
    for (const { stderr } of [taken, newer, damaged]) assert.ok(!/\n\s+at /.test(stderr), `a sentence, no stack: ${stderr}`)
  })

  it('a full disk is told of, and what was read meanwhile is kept', async function () {
    using disk = tinyDisk(12)
    if (disk === null) {
      process.stdout.write('      a tmpfs may not be mounted here\n')
      return this.skip()
    }
    for (const file of ['site.yaml', 'suar.yaml']) writeFileSync(join(disk.folder, file), readFileSync(join(data.path, file)))
    daemon = await startDaemon({ data: disk.folder })
    await api.allUp()
    const seconds = await pointNo(api, 'ups-1', 'battery.onbattery.duration')
    const from = Date.now() - 60_000
    const before = await readings(api, seconds, from)
    disk.fill()
    const told = await until(
      'trouble in the health',
      async () => {
        await api.post('devices/ups-1/poll', {})
        return (await api.health()).troubles
      },
      troubles => troubles.length > 0,
      60_000,
    )
    assert.match(told.map(({ en }) => en).join(' '), /disk is full|no space/i)
    assert.equal((await api.device('ups-1')).status, 'up', 'polling goes on')
    disk.free()
    await until(
      'no trouble any more',
      async () => (await api.health()).troubles,
      troubles => troubles.length === 0,
      60_000,
    )
    const later = await readings(api, seconds, from)
    assert.deepEqual(later.slice(0, before.length), before)
    assert.ok(later.length > before.length, 'also what was read while the disk was full')
    await daemon.stop()
    daemon = undefined
  })
})
