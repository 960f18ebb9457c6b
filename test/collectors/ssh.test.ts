// The ssh collector against Debian's sshd: right readings, and everything that goes wrong with connections, keys and passwords.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statfsSync } from 'node:fs'
import { hostname, loadavg, totalmem, uptime } from 'node:os'
import { openConnection, type SshConnection, type SshTarget } from '../../collectors/ssh/connection.ts'
import ssh from '../../collectors/ssh.ts'
import type { Log } from '../../daemon/domain/call.ts'
import type { Collector, Errand, ErrandResult } from '../../daemon/domain/collector.ts'
import type { SshAccess } from '../../daemon/domain/device.ts'
import type { Point } from '../../daemon/domain/point.ts'
import { hasSshd, type Sshd, startSshd } from '../support/sshd.ts'

const lines: string[] = []
const note = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`)
const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log }
const call = () => ({ signal: AbortSignal.timeout(30_000), log })

const run = (errand: Errand): Promise<ErrandResult & { values: Float64Array }> => {
  const values = new Float64Array(errand.points.length)
  return new Promise(resolve => errand.run(values, result => resolve({ ...result, values })))
}

describe('the ssh collector', function () {
  this.timeout(60_000)
  let sshd: Sshd
  let collector: Collector
  /** As discovered by the first test: asking the package manager takes seconds. */
  let points: readonly Point[] = []
  const connections: SshConnection[] = []

  before(async function () {
    if (!hasSshd()) {
      process.stdout.write('  there is no /usr/sbin/sshd on this machine: the ssh collector is not tested\n')
      this.skip()
    }
    sshd = await startSshd()
    collector = await ssh.open({ log, timeout: 1000, retries: 1, siteProfiles: null })
  })
  after(async () => {
    await collector?.close()
    await sshd?.close()
  })
  afterEach(() => {
    for (const connection of connections.splice(0)) connection.close()
  })

  const target = (more: Partial<SshAccess> = {}): SshTarget => ({
    address: { host: sshd.host, port: sshd.port },
    access: { via: 'ssh', user: sshd.user, keyFile: sshd.keyFile, hostKey: sshd.hostKey(), ...more },
  })
  const connect = (to: SshTarget = target(), connectTimeout = 5000) => {
    const connection = openConnection(to, { log, connectTimeout, random: () => 0 })
    connections.push(connection)
    return connection
  }
  const failureOf = async (connection: SshConnection, script = 'echo there', deadline = 5000, signal?: AbortSignal) => {
    const outcome = await connection.run(script, deadline, signal)
    assert.ok(!outcome.ok, 'it should have failed')
    return outcome.failure
  }

  it('finds the machine it runs on as it is', async () => {
    const found = await collector.discover(target(), call())
    assert.ok(found.ok)
    const { identity, remarks } = found.value
    points = found.value.points
    assert.equal(identity.kind, 'server')
    assert.equal(identity.sysName, hostname())
    assert.deepEqual(remarks, [])
    const keys = new Set(points.map(({ key }) => key))
    for (const key of ['cpu.utilisation', 'load.1', 'memory.used', 'memory.utilisation', 'system.uptime', 'filesystem./.level'])
      assert.ok(keys.has(key), key)
    assert.equal(keys.size, points.length)
  })

  it('reads the same values as the machine itself, cadence by cadence, over one connection', async () => {
    const to = target()
    const logins = sshd.logged(/Accepted publickey/)
    const began = uptime()
    const values = new Map<string, number>()
    for (const cadence of ['fast', 'normal', 'slow'] as const) {
      const errand = collector.compile(
        to,
        points.filter(point => point.cadence === cadence),
      )
      const { status, pdus, rediscover, values: got } = await run(errand)
      assert.deepEqual([status, pdus, rediscover], ['answered', 1, null], cadence)
      for (const [i, { key }] of errand.points.entries()) values.set(key, got[i] ?? Number.NaN)
    }
    assert.equal(sshd.logged(/Accepted publickey/), logins + 1, 'one login for all of them')
    assert.equal(values.get('memory.total'), totalmem())
    const up = values.get('system.uptime') ?? 0
    assert.ok(up >= began - 1 && up <= uptime() + 1, `${up} is not between ${began} and ${uptime()}`)
    assert.ok(Math.abs((values.get('load.15') ?? 99) - (loadavg()[2] ?? 0)) < 1)
    const busy = values.get('cpu.utilisation') ?? -1
    assert.ok(busy >= 0 && busy <= 100, `${busy} % busy`)
    const { blocks, bsize, bfree } = statfsSync('/')
    assert.ok(Math.abs((values.get('filesystem./.total') ?? 0) / (blocks * bsize) - 1) < 0.01)
    assert.ok(Math.abs((values.get('filesystem./.used') ?? 0) - (blocks - bfree) * bsize) < 1e9)
    for (const [, name, received] of readFileSync('/proc/net/dev', 'utf8').matchAll(/^\s*(eth\d+|en\w+): *(\d+)/gm)) {
      const counted = values.get(`port.${name}.in.octets`)
      assert.ok(counted !== undefined && counted <= Number(received) && counted > Number(received) - 1e9, `${name}: ${counted}, ${received}`)
    }
    assert.ok([...values.values()].every(value => !Number.isNaN(value)))
  })

  it('has a utilisation in its very first answer, without a discovery before it', async () => {
    const point = points.find(({ key }) => key === 'cpu.utilisation') ?? assert.fail()
    const { values } = await run(collector.compile(target(), [point], { retries: 0 }))
    assert.ok((values[0] ?? -1) >= 0 && (values[0] ?? -1) <= 100)
  })

  it('says when a point has vanished and when there is a new one', async () => {
    const to = target()
    const normal = points.filter(({ cadence }) => cadence === 'normal')
    const first = normal[0] ?? assert.fail()
    const gone = await run(collector.compile(to, [...normal, { ...first, key: 'filesystem./gone.level', source: 'filesystem./gone.level' }]))
    assert.equal(gone.rediscover, 'vanished')
    assert.ok(Number.isNaN(gone.values.at(-1)))
    const fresh = await run(collector.compile(to, normal.slice(1)))
    assert.equal(fresh.rediscover, 'tableChanged')
    const probe = await run(collector.compile(to, [first], { retries: 0 }))
    assert.equal(probe.rediscover, null)
  })

  it('speaks to no host whose key nobody has pinned, and shows the key to be compared', async () => {
    const { hostKey: _, ...access } = target().access
    const failure = await failureOf(connect({ ...target(), access }))
    assert.equal(failure.kind, 'hostKeyUnknown')
    assert.ok(failure.message.includes(sshd.hostKey()), failure.message)
    const found = await collector.discover({ ...target(), access }, call())
    assert.ok(!found.ok && found.failure.kind === 'hostKeyUnknown' && !found.failure.retry)
  })

  it('refuses a pin that is none before it asks anybody', async () => {
    const before = sshd.logged(/Connection from/)
    assert.match((await failureOf(connect(target({ hostKey: 'MD5:00:11' })))).message, /neither a SHA-256 in hex/)
    assert.equal(sshd.logged(/Connection from/), before)
  })

  it('stops at a changed host key, sends no credential, and asks again only with another pin', async () => {
    const old = target()
    const connection = connect(old)
    assert.ok((await connection.run('echo there', 5000)).ok)
    await sshd.changeHostKey()
    const logins = sshd.logged(/Accepted|Failed/)
    const failures = [await failureOf(connection), await failureOf(connection), await failureOf(connection)]
    assert.deepEqual(
      failures.map(({ kind }) => kind),
      // The broken connection may be noticed by the first command or before it.
      failures[0]?.kind === 'hostKeyChanged'
        ? ['hostKeyChanged', 'hostKeyChanged', 'hostKeyChanged']
        : ['unreachable', 'hostKeyChanged', 'hostKeyChanged'],
    )
    assert.ok(failures[1]?.message.includes(sshd.hostKey()))
    assert.equal(sshd.logged(/Accepted|Failed/), logins, 'no login was tried')
    const asked = sshd.logged(/Connection from/)
    for (let i = 0; i < 5; i++) await failureOf(connection)
    assert.equal(sshd.logged(/Connection from/), asked, 'not even a connection was tried')
    assert.ok((await connect().run('echo there', 5000)).ok, 'the new pin serves')
    const { status } = await run(collector.compile(old, points.slice(0, 1)))
    assert.equal(status, 'hostKeyChanged')
  })

  it('logs in by password, and tells a wrong one without repeating it', async function () {
    const { password } = sshd
    if (password === null) return this.skip()
    const { keyFile: _, ...access } = target().access
    assert.ok((await connect({ ...target(), access: { ...access, password } }).run('echo there', 5000)).ok)
    const secret = 'not-the-passw0rd'
    const failure = await failureOf(connect({ ...target(), access: { ...access, password: secret } }))
    assert.equal(failure.kind, 'wrongCredential')
    assert.equal(failure.retry, false)
    assert.ok(!failure.message.includes(secret) && !lines.some(line => line.includes(secret) || line.includes(password)))
  })

  it('tells an unknown user, a key that is not there, and one that is none', async () => {
    assert.equal((await failureOf(connect(target({ user: 'nobody-we-know' })))).kind, 'wrongCredential')
    const missing = await failureOf(connect(target({ keyFile: '/nowhere/key' })))
    assert.deepEqual([missing.kind, missing.message], ['wrongCredential', 'The key file /nowhere/key cannot be read (ENOENT).'])
    assert.match((await failureOf(connect(target({ keyFile: '/etc/hostname' })))).message, /no usable private key/)
  })

  it('notices a connection that breaks in the middle of a command, and opens another', async () => {
    const connection = connect()
    assert.ok((await connection.run('echo there', 5000)).ok)
    const during = connection.run('exec sleep 986', 15_000)
    await until(() => processes().some(line => line.includes('sleep\x00986')))
    sshd.breakConnections()
    const broken = await during
    assert.ok(!broken.ok)
    assert.deepEqual([broken.failure.kind, broken.failure.retry], ['unreachable', true])
    const again = await connection.run('echo there', 5000)
    assert.ok(again.ok && again.value === 'there\n')
    assert.equal(connection.opened, 2)
  })

  it('says refused while sshd is down, and goes on when it is back', async () => {
    const connection = connect()
    assert.ok((await connection.run('echo there', 5000)).ok)
    await sshd.stop()
    const kinds = [await failureOf(connection), await failureOf(connection)].map(({ kind }) => kind)
    assert.equal(kinds[1], 'refused')
    await sshd.start()
    assert.ok((await connection.run('echo there', 5000)).ok)
  })

  it('ends a command that takes too long, here and there', async () => {
    const connection = connect()
    const outcome = await connection.run('exec sleep 987', 400)
    assert.ok(!outcome.ok)
    assert.deepEqual([outcome.failure.kind, outcome.failure.retry], ['timeout', true])
    await until(() => !processes().some(line => line.includes('sleep\x00987')))
    assert.ok((await connection.run('echo there', 5000)).ok)
  })

  it('ends a command nobody waits for any more', async () => {
    const connection = connect()
    const stop = new AbortController()
    const outcome = connection.run('exec sleep 985', 20_000, stop.signal)
    await until(() => processes().some(line => line.includes('sleep\x00985')))
    stop.abort()
    const { ok } = await outcome
    assert.equal(ok, false)
    await until(() => !processes().some(line => line.includes('sleep\x00985')))
    // Whoever else asks over the same connection is not disturbed, now or when the command is long gone.
    assert.ok((await connection.run('sleep 2; echo there', 5000)).ok)
    assert.equal(connection.opened, 1)
    assert.equal((await failureOf(connection, 'echo there', 5000, AbortSignal.abort())).kind, 'cancelled')
  })

  it('takes no more than a megabyte', async () => {
    const failure = await failureOf(connect(), 'while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done', 10_000)
    assert.deepEqual([failure.kind, failure.message.includes('more than 1 MB')], ['garbage', true])
    const complaint = await failureOf(connect(), 'while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy >&2; done', 10_000)
    assert.deepEqual([complaint.kind, complaint.message.includes('more than 1 MB')], ['garbage', true])
  })

  it('says what a host answers that is not for such a user', async () => {
    await sshd.restrict('command="echo only backups are served here"')
    try {
      const found = await collector.discover(target(), call())
      assert.ok(!found.ok)
      assert.equal(found.failure.kind, 'garbage')
      assert.match(found.failure.message, /only backups are served here/)
    } finally {
      await sshd.restrict('')
    }
  })

  it('gives up on a port where nobody speaks SSH, and on an address nobody has', async () => {
    const { createServer } = await import('node:net')
    const mute = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => mute.once('listening', resolve))
    const address = mute.address()
    assert.ok(address !== null && typeof address === 'object')
    const failure = await failureOf(connect({ ...target(), address: { host: '127.0.0.1', port: address.port } }, 300))
    assert.equal(failure.kind, 'timeout')
    mute.close()
    assert.equal((await failureOf(connect({ ...target(), address: { host: 'no-such-host.invalid', port: 22 } }))).kind, 'unreachable')
  })

  it('shares one connection among errands that start together', async () => {
    const to = target()
    const before = sshd.logged(/Accepted publickey/)
    const results = await Promise.all(Array.from({ length: 6 }, () => run(collector.compile(to, points.slice(0, 1), { retries: 0 }))))
    assert.deepEqual(new Set(results.map(({ status }) => status)), new Set(['answered']))
    assert.equal(sshd.logged(/Accepted publickey/) - before, 1)
  })
})

async function until(holds: () => boolean, ms = 8000): Promise<void> {
  const deadline = Date.now() + ms
  while (!holds()) {
    assert.ok(Date.now() < deadline, 'not in time')
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

/** Command lines of this machine's processes, their words parted by NUL. */
const processes = (): string[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      } catch {
        return '' // ended meanwhile
      }
    })
