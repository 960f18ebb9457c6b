// The host collector against what Node's own os module and the kernel's files say of this machine.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, statfsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { freemem, hostname, loadavg, tmpdir, totalmem, uptime } from 'node:os'
import { join } from 'node:path'
import { hwmonLines, localMounts } from '../../collectors/host/files.ts'
import host from '../../collectors/host.ts'
import { hwmon } from '../../collectors/ssh/linux.ts'
import type { Log } from '../../daemon/domain/call.ts'
import type { Collector, ErrandResult, Target } from '../../daemon/domain/collector.ts'
import type { Point } from '../../daemon/domain/point.ts'

const log: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => log }
const target: Target = { address: { host: 'localhost', port: 161 }, access: { via: 'host' } }

describe('the host collector', () => {
  let collector: Collector
  let points: readonly Point[] = []

  before(async () => {
    collector = await host.open({ log, timeout: 1000, retries: 1, siteProfiles: null })
    const found = await collector.discover(target, { signal: AbortSignal.timeout(10_000), log })
    assert.ok(found.ok)
    points = found.value.points
    assert.equal(found.value.identity.sysName, hostname())
    assert.deepEqual(found.value.identity.profiles, ['host'])
  })
  after(() => collector.close())

  const run = async (cadence: string): Promise<{ values: Map<string, number>; result: ErrandResult }> => {
    const asked = points.filter(point => point.cadence === cadence)
    const errand = collector.compile(target, asked)
    const values = new Float64Array(asked.length)
    const result = await new Promise<ErrandResult>(resolve => errand.run(values, resolve))
    return { values: new Map(errand.points.map(({ key }, i) => [key, values[i] ?? Number.NaN])), result }
  }

  it('knows load, memory and uptime as the machine itself does', async () => {
    const { values, result } = await run('fast')
    assert.deepEqual([result.status, result.rediscover], ['answered', null])
    assert.equal(values.get('memory.total'), totalmem())
    const used = values.get('memory.used') ?? -1
    assert.ok(used > 0 && used <= totalmem() && totalmem() - used >= freemem() * 0.8, 'available is at least about what is free')
    assert.ok(Math.abs((values.get('memory.utilisation') ?? -1) - (100 * used) / totalmem()) < 0.001)
    assert.ok(Math.abs((values.get('system.uptime') ?? 0) - uptime()) < 5)
    assert.ok(Math.abs((values.get('load.15') ?? 99) - (loadavg()[2] ?? 0)) < 0.5)
    const busy = values.get('cpu.utilisation') ?? -1
    assert.ok(busy >= 0 && busy <= 100)
  })

  it('knows filesystems, ports and disks as the kernel does', async function () {
    if (process.platform !== 'linux') return this.skip()
    const { values } = await run('normal')
    const { blocks, bsize } = statfsSync('/')
    assert.equal(values.get('filesystem./.total'), blocks * bsize)
    const level = values.get('filesystem./.level') ?? -1
    assert.ok(level > 0 && level <= 100)
    for (const [, name, received] of readFileSync('/proc/net/dev', 'utf8').matchAll(/^\s*(eth\d+|en\w+): *(\d+)/gm)) {
      const counted = values.get(`port.${name}.in.octets`) ?? -1
      assert.ok(counted <= Number(received) && counted > Number(received) - 1e9)
    }
    assert.ok([...values.values()].every(Number.isFinite))
  })

  it('starts no process on Linux to poll: the polling thread is not held up by it', async function () {
    if (process.platform !== 'linux') return this.skip()
    /** Page faults of children that have ended (proc_pid_stat(5), field 11): any process started and waited for, in whatever way, adds hundreds. */
    const ofChildren = () =>
      Number(
        readFileSync('/proc/self/stat', 'utf8')
          .replace(/^.*\) /, '')
          .split(' ')[8],
      )
    const before = ofChildren()
    for (const cadence of ['fast', 'normal', 'slow']) await run(cadence)
    assert.equal(ofChildren(), before)
    execFileSync('true')
    assert.ok(ofChildren() > before, 'and this is what a process would look like')
  })

  it('says when a point has vanished', async () => {
    const first = points.find(({ cadence }) => cadence === 'normal') ?? assert.fail()
    const errand = collector.compile(target, [
      ...points.filter(({ cadence }) => cadence === 'normal'),
      { ...first, key: 'port.gone0.in.octets', source: 'port.gone0.in.octets' },
    ])
    const values = new Float64Array(errand.points.length)
    const { rediscover } = await new Promise<ErrandResult>(resolve => errand.run(values, resolve))
    assert.equal(rediscover, 'vanished')
    assert.ok(Number.isNaN(values.at(-1)))
  })

  it('reads the sensors of sysfs as they lie there', async () => {
    const root = await mkdtemp(join(tmpdir(), 'hwmon-'))
    const chip = join(root, 'hwmon0')
    await mkdir(join(chip, 'device'), { recursive: true })
    const files = {
      name: 'k10temp',
      temp1_input: '54125',
      temp1_max: '70000',
      temp1_crit: '95000',
      temp1_label: 'Tctl',
      fan1_input: '900',
      'device/uevent': 'DRIVER=k10temp\nPCI_SLOT_NAME=0000:00:18.3',
    }
    for (const [file, text] of Object.entries(files)) await writeFile(join(chip, file), `${text}\n`)
    const figures = hwmon(await hwmonLines(root))
    await rm(root, { recursive: true })
    assert.deepEqual(
      figures.map(({ key, value, limits }) => [key, value, limits]),
      [
        ['sensor.k10temp-0000:00:18-3.fan1.rotation', 900, undefined],
        ['sensor.k10temp-0000:00:18-3.Tctl.temperature', 54.125, { highWarning: 70, highCritical: 95 }],
      ],
    )
  })

  it('takes local filesystems once each, with spaces in their names, and no network or memory ones', () => {
    const mounts = [
      '/dev/sda1 / ext4 rw 0 0',
      '/dev/sda1 /var/snap/bind ext4 rw 0 0',
      'nas:/home /home nfs4 rw 0 0',
      'tmpfs /run tmpfs rw 0 0',
      '/dev/sdb1 /mnt/old\\040disk xfs rw 0 0',
    ]
    assert.deepEqual(localMounts(mounts), ['/', '/mnt/old disk'])
    assert.deepEqual(localMounts(['overlay / overlay rw 0 0', 'overlay /var/lib/docker/x overlay rw 0 0']), ['/'])
  })
})
