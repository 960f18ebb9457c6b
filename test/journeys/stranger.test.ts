// Devices that no profile of ours has seen: Debian's own snmpd, added while the daemon runs, going and coming, and shut to us in every way.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Why } from '../../daemon/domain/why.ts'
import { whyText } from '../../daemon/domain/words/why-words.ts'
import { asking, type PointNow } from '../support/asking.ts'
import { suar } from '../support/cli.ts'
import { type Daemon, dataFolder, startDaemon, until } from '../support/daemon.ts'
import { AUTH_PASSWORD, freePort, hasSnmpd, PRIV_PASSWORD, type Snmpd, startSnmpd } from '../support/snmpd.ts'

const NIC = `suar${process.pid % 100_000}`

/** True when this process may make network interfaces. */
function makeInterface(): boolean {
  try {
    execFileSync('ip', ['link', 'add', NIC, 'type', 'veth', 'peer', 'name', `${NIC}p`], { stdio: 'ignore' })
    execFileSync('ip', ['link', 'set', `${NIC}p`, 'up'], { stdio: 'ignore' })
    execFileSync('ip', ['link', 'set', NIC, 'up'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const setInterface = (to: 'up' | 'down'): void => void execFileSync('ip', ['link', 'set', NIC, to])

/** One value as Debian's own tool reads it. */
const snmpget = (port: number, oid: string): string =>
  execFileSync('snmpget', ['-v2c', '-c', 'public', '-Oqv', `127.0.0.1:${port}`, oid], { encoding: 'utf8' }).trim()
const hasSnmpget = (): boolean => {
  try {
    execFileSync('snmpget', ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const said = (why: Why | null): string => (why === null ? '' : whyText(why, 'en'))

describe('strangers', function () {
  this.timeout(150_000)
  const data = dataFolder()
  let agent: Snmpd | undefined
  let daemon: Daemon
  let port: number
  let hasInterface = false
  const api = asking(() => daemon)

  const add = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    suar(['devices', 'add', ...args], { cwd: data.path, env: { SUAR_DATA: data.path, SUAR_HTTP_PORT: new URL(daemon.url).port, ...env } })
  const v3 = (id: string, at: number, password: string) =>
    add([id, '127.0.0.1', '--port', String(at), '--version', '3', '--user', 'u-sha-aes', '--auth', 'sha', '--priv', 'aes'], {
      SUAR_AUTH_PASSWORD: password,
      SUAR_PRIV_PASSWORD: PRIV_PASSWORD,
    })
  const up = (id: string) =>
    until(
      `${id} up`,
      () => api.device(id),
      ({ status, points }) => status === 'up' && points > 0,
    )
  const pointOf = async (id: string, fits: (point: PointNow) => boolean): Promise<PointNow | undefined> => (await api.points(id)).find(fits)

  before(async function () {
    if (!hasSnmpd() || !hasSnmpget()) {
      process.stdout.write('      snmpd or snmpget is missing: apt-get install snmpd snmp\n')
      this.skip()
    }
    hasInterface = makeInterface()
    port = await freePort()
    agent = await startSnmpd(port)
    writeFileSync(join(data.path, 'suar.yaml'), 'snmp: { timeout: 0.5s, retries: 1 }\n')
    daemon = await startDaemon({ data: data.path })
  })
  after(async () => {
    await daemon?.stop()
    await agent?.close()
    if (hasInterface) execFileSync('ip', ['link', 'del', NIC])
    data.remove()
  })

  it('are discovered and read as Debian’s own tool reads them, on v2c and v3', async () => {
    const plain = await add(['plain', '127.0.0.1', '--port', String(port)])
    assert.equal(plain.code, 0, plain.stderr)
    const secret = await v3('secret', port, AUTH_PASSWORD)
    assert.equal(secret.code, 0, secret.stderr)
    const devices = await Promise.all([up('plain'), up('secret')])
    for (const device of devices) {
      assert.equal(device.identity?.sysName, snmpget(port, '1.3.6.1.2.1.1.5.0').replaceAll('"', ''))
      assert.equal(device.why, null)
      const memory = await until(
        `the memory of ${device.id}`,
        () => pointOf(device.id, point => /^memory\.[^.]*\.size$/.test(point.key) && point.label.en.toLowerCase().includes('physical')),
        point => typeof point?.reading?.value === 'number',
      )
      const index = /\.(\d+)$/.exec(memory?.source ?? '')?.[1]
      assert.ok(index !== undefined, `${memory?.source}`)
      const blocks = Number(snmpget(port, `1.3.6.1.2.1.25.2.3.1.5.${index}`))
      const unit = Number.parseInt(snmpget(port, `1.3.6.1.2.1.25.2.3.1.4.${index}`), 10)
      assert.equal(memory?.reading?.value, blocks * unit)
    }
    const [one, other] = await Promise.all(['plain', 'secret'].map(async id => (await api.points(id)).map(point => point.key).toSorted()))
    assert.deepEqual(one, other, 'the same device, whichever way it is asked')
  })

  it('show an interface that goes down and comes back within a poll', async function () {
    if (!hasInterface) {
      process.stdout.write('      this user may not make network interfaces\n')
      this.skip()
    }
    const isOf = (point: PointNow): boolean => point.states !== null && point.quantity === 'state' && point.key.includes(NIC)
    /** Asked at once, again and again: snmpd itself looks at its interfaces only every so many seconds. */
    const meaning = async (): Promise<string | null> => {
      await api.post('devices/plain/poll', {})
      const point = await pointOf('plain', isOf)
      return point?.states?.find(state => state.value === point.reading?.value)?.name ?? null
    }
    const before = await until('the state of the interface', meaning, name => name !== null)
    setInterface('down')
    await until('the interface down', meaning, name => name !== null && name !== before)
    setInterface('up')
    await until('the interface up again', meaning, name => name === before)
  })

  /** Presses "poll now" without end, so that nobody waits for the next cycle. */
  const hurried = async <T>(id: string, awaited: Promise<T>): Promise<T> => {
    let over = false
    const pressing = (async () => {
      while (!over) await api.post(`devices/${id}/poll`, {})
    })()
    try {
      return await awaited
    } finally {
      over = true
      await pressing
    }
  }

  it('that fall silent are told in clear words, and forgiven when they return', async () => {
    await agent?.close()
    agent = undefined
    const alarm = await hurried(
      'plain',
      api.alarm('plain is down', ({ device, condition }) => device === 'plain' && condition.kind === 'down'),
    )
    assert.equal(alarm.severity, 'unknown')
    const gone = await api.device('plain')
    assert.equal(gone.status, 'down')
    assert.match(said(gone.why), /no answer|refused|nothing listens/i)
    agent = await startSnmpd(port)
    await hurried(
      'plain',
      api.quiet('plain is down', ({ device }) => device === 'plain'),
    )
    await up('plain')
    assert.equal((await api.device('plain')).why, null)
  })

  it('that do not let us in say why', async () => {
    const closed = await freePort()
    assert.equal((await add(['community', '127.0.0.1', '--port', String(port), '--community', 'wrong'])).code, 0)
    assert.equal((await add(['closed', '127.0.0.1', '--port', String(closed)])).code, 0)
    assert.equal((await v3('password', port, 'not-the-password')).code, 0)
    const why = (id: string) =>
      until(
        `why ${id} is silent`,
        async () => said((await api.device(id)).why),
        words => words !== '',
      )
    const words = await Promise.all(['community', 'closed', 'password'].map(why))
    assert.match(words[0] ?? '', /community/i)
    assert.match(words[1] ?? '', /refused|no answer|nothing listens/i)
    assert.match(words[2] ?? '', /password|credential/i)
    assert.ok(!words.join().includes('not-the-password') && !words.join().includes('wrong community "wrong"'))
  })
})
