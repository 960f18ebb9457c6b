// What hosts print, read as figures: Debian and busybox as recorded (sensors, RAID and services added in the kernel's documented form),
// FreeBSD in the form of its manual pages.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { pointOf } from '../../collectors/host/figure.ts'
import { findIn, identityOf } from '../../collectors/ssh/figures.ts'
import { mdstat, netdev } from '../../collectors/ssh/linux.ts'
import { takeApart } from '../../collectors/ssh/sections.ts'
import { asPrinted, fingerprintHex } from '../../daemon/domain/host-key.ts'

const text = (name: string) => readFileSync(new URL(`./texts/${name}.txt`, import.meta.url), 'utf8')
const read = (output: string) => {
  const sections = takeApart(output)
  assert.ok(sections !== null)
  const found = findIn(sections, null)
  return {
    sections,
    found,
    values: new Map(found.figures.map(({ key, value }) => [key, value])),
    figures: new Map(found.figures.map(figure => [figure.key, figure])),
  }
}
const near = (value: number | undefined, expected: number, by = 0.01) =>
  assert.ok(value !== undefined && Math.abs(value - expected) <= by, `${value} is not ${expected}`)

describe('a Debian host', () => {
  const { sections, found, values, figures } = read(text('debian'))

  it('tells load, memory and uptime in canonical units', () => {
    assert.equal(values.get('memory.total'), 24_684_096 * 1024)
    near(values.get('memory.utilisation'), (100 * (values.get('memory.used') ?? 0)) / (24_684_096 * 1024))
    assert.ok((values.get('memory.utilisation') ?? 0) > 1 && (values.get('memory.utilisation') ?? 0) < 10)
    assert.ok((values.get('load.1') ?? -1) >= 0)
    assert.ok((values.get('system.uptime') ?? 0) > 2000)
    const busy = values.get('cpu.utilisation') ?? -1
    assert.ok(busy >= 0 && busy <= 100)
    assert.equal(values.has('swap.used'), false)
  })

  it('tells filesystems, ports and disks', () => {
    near(values.get('filesystem./.level'), 22.4, 0.2)
    near(values.get('filesystem./.inodes.level'), 2.52, 0.05)
    assert.equal(values.get('port.eth0.in.octets'), 383_886_833)
    assert.equal(
      [...values.keys()].some(key => key.startsWith('port.lo.') || key.startsWith('port.ifb')),
      false,
    )
    const point = pointOf(figures.get('port.eth0.in.octets') ?? assert.fail(), 'ssh-host')
    assert.deepEqual(point.decode, { scale: 8, offset: 0, absent: [], counter: 64, decoder: null })
    assert.equal(point.unit, 'bit/s')
    assert.ok((values.get('disk.vda.read.octets') ?? 0) > 4_734_000 * 512)
    assert.equal(
      [...values.keys()].some(key => key.includes('loop')),
      false,
    )
  })

  it('tells sensors by chip and device, without what no silicon has', () => {
    assert.equal(values.get('sensor.coretemp-coretemp-0.Package-id-0.temperature'), 47)
    assert.deepEqual(figures.get('sensor.nvme-nvme0.Composite.temperature')?.limits, { highCritical: 84.85 })
    assert.equal(values.get('sensor.power_meter-ACPI000D:00.power1.power'), 212)
    assert.equal(
      [...values.keys()].some(key => key.includes('AUXTIN3')),
      false,
    )
  })

  it('tells a degraded RAID, a failed service, a failed disk and pending updates', () => {
    assert.equal(values.get('raid.md0.state'), 1)
    assert.equal(values.get('raid.md1.state'), 0)
    assert.equal(values.get('services.failed.count'), 1)
    assert.equal(values.get('disk.sda.smart.state'), 0)
    assert.equal(values.get('disk.sdb.smart.state'), 2)
    assert.equal(values.get('disk.nvme0.smart.state'), 0)
    assert.equal(values.get('updates.count'), 6)
    assert.ok((values.get('updates.security.count') ?? 0) >= 3)
    assert.equal(values.get('updates.reboot.state'), 0)
  })

  it('says who it is, has every key once and nothing to remark', () => {
    const identity = identityOf(sections)
    assert.equal(identity.kind, 'server')
    assert.equal(identity.sysName, 'web-01')
    assert.match(identity.firmware ?? '', /^Debian GNU\/Linux 12 \(bookworm\), 6\./)
    assert.equal(identity.vendor, null)
    assert.equal(new Set(values.keys()).size, found.figures.length)
    assert.deepEqual(found.remarks, [])
  })
})

describe('a busybox host', () => {
  const { sections, found, values } = read(text('busybox'))

  it('is read like any Linux', () => {
    assert.equal(values.get('memory.total'), 24_684_096 * 1024)
    near(values.get('filesystem./.level'), 22.4, 0.2)
    near(values.get('filesystem./.inodes.level'), 2.52, 0.05)
    assert.ok(values.has('port.eth0.out.octets') && values.has('cpu.utilisation'))
    assert.equal(values.get('services.failed.count'), 1)
    assert.equal(values.get('updates.count'), 2)
    assert.deepEqual(found.remarks, [])
    assert.equal(identityOf(sections).firmware?.startsWith('Alpine Linux v3.20'), true)
  })
})

describe('a FreeBSD host', () => {
  const { sections, found, values } = read(text('freebsd'))

  it('tells load, memory, swap and temperature', () => {
    assert.equal(values.get('system.uptime'), 186_400)
    assert.equal(values.get('load.15'), 0.31)
    assert.equal(values.get('cpu.utilisation'), 20)
    assert.equal(values.has('cpu.iowait.utilisation'), false)
    assert.equal(values.get('memory.total'), 34_217_435_136)
    assert.equal(values.get('memory.used'), 34_217_435_136 - (1_048_576 + 524_288 + 1024) * 4096)
    assert.equal(values.get('swap.used'), 104_857 * 1024)
    near(values.get('swap.utilisation'), 2.5)
    assert.equal(values.get('sensor.cpu0.temperature'), 45)
    assert.equal(values.get('sensor.tz0.temperature'), 27.9)
  })

  it('tells its own filesystems, also full ones and those with spaces', () => {
    near(values.get('filesystem./.level'), 2.29)
    near(values.get('filesystem./mnt/old disk.level'), 99.99)
    assert.deepEqual(
      [...values.keys()].filter(key => key.startsWith('filesystem.') && key.endsWith('.level') && !key.includes('inodes')),
      ['filesystem./.level', 'filesystem./var/log.level', 'filesystem./mnt/old disk.level'],
    )
  })

  it('tells ports, pools, updates and certificates, an ended one as less than nothing', () => {
    assert.equal(values.get('port.igb0.in.octets'), 83_921_823_911)
    assert.equal(values.get('port.igb0.out.octets'), 9_128_371_234)
    assert.equal(values.get('port.igb0.in.errors'), 3)
    assert.equal(values.get('port.igb0.in.discards'), 7)
    assert.equal(values.get('port.igb1.in.octets'), 0)
    assert.equal(values.has('port.lo0.in.octets'), false)
    assert.equal(values.get('pool.zroot.state'), 0)
    assert.equal(values.get('pool.tank.state'), 1)
    assert.equal(values.get('updates.count'), 2)
    assert.equal(values.get('certificate.nas-example-org.duration'), Date.UTC(2026, 11, 1, 12) / 1000 - 1_795_186_400)
    assert.ok((values.get('certificate.old.duration') ?? 0) < 0)
    assert.equal(
      [...values.keys()].some(key => key.includes('broken')),
      false,
    )
  })

  it('remarks what the login prints, and says who it is', () => {
    assert.equal(found.remarks.length, 1)
    assert.match(found.remarks[0] ?? '', /^the login prints text of its own: Last login/)
    const { vendor, model, serial, sysName } = identityOf(sections)
    assert.deepEqual([vendor, model, serial, sysName], ['Supermicro', 'SYS-5019', 'S123456X', 'nas-01'])
  })
})

describe('answers that are not whole', () => {
  it('are told as such when they are cut, at whatever place', () => {
    const whole = text('debian')
    for (let at = whole.indexOf('@@begin') + 8; at < whole.length - 8; at += 97) {
      const { found } = read(whole.slice(0, at))
      assert.ok(found.remarks.some(remark => /ended before its last line/.test(remark)))
    }
  })

  it('never throw, whatever a host prints', () => {
    const names = [
      'os',
      'uptime',
      'loadavg',
      'stat',
      'meminfo',
      'hwmon',
      'thermal',
      'df',
      'inodes',
      'netdev',
      'diskstats',
      'mdstat',
      'failed',
      'apt',
      'bsddf',
      'netstat',
      'vm',
      'swapinfo',
      'cptime',
      'boottime',
      'zpool',
      'smart',
      'certificates',
      'before',
    ]
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('Linux', 'FreeBSD', 'cpu 1 2 3', '/dev/sda 1 2 3 4% /', 'md0 : active', 'eth0: 1 2 3', 'a|b|temp1|x|y|z|'),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), fc.array(line, { maxLength: 5 })), { maxLength: 12 }), sections => {
        const output = ['@@begin', ...sections.flatMap(([name, lines]) => [`@@${name}`, ...lines]), '@@end'].join('\n')
        const { found } = read(output)
        assert.equal(new Set(found.figures.map(({ key }) => key)).size, found.figures.length)
      }),
      { numRuns: 500 },
    )
  })

  it('are nothing without our first line', () => {
    assert.equal(takeApart('This service allows sftp connections only.\n'), null)
    assert.equal(takeApart(''), null)
  })

  it('read long lines soon, and none without end', () => {
    const blanks = `/dev/sda1 ${' '.repeat(1900)}x`
    const full = '/dev/mapper/vg root 100 40 60 40% /srv/my data'
    const output = ['@@begin', '@@df', ...Array<string>(200).fill(blanks), `${' '.repeat(500_000)}1 2`, full, '@@end'].join('\n')
    assert.equal(takeApart(output)?.get('df')?.length, 201)
    assert.equal(read(output).values.get('filesystem./srv/my data.used'), 40 * 1024)
  })

  it('leave out what belongs to containers, and take names with dots and colons', () => {
    const line = (name: string) => `${name}: 10 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0`
    const keys = netdev(['Inter-|', ' face |bytes', line('veth12ab'), line('docker0'), line('eth0.100'), line('bond0'), line('br-88f')]).map(
      ({ key }) => key,
    )
    assert.deepEqual([...new Set(keys.map(key => key.split('.').slice(1, -2).join('.')))], ['eth0.100', 'bond0'])
  })

  it('tell a stopped array as failed', () => {
    assert.equal(mdstat(['md2 : inactive sda1[0]', '      100 blocks [2/2] [UU]'])[0]?.value, 2)
  })
})

describe('host keys', () => {
  it('are compared in either form people write them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), bytes => {
        const hex = Buffer.from(bytes).toString('hex')
        assert.equal(fingerprintHex(asPrinted(hex)), hex)
        assert.equal(fingerprintHex(hex.toUpperCase()), hex)
        assert.equal(fingerprintHex(hex.match(/../g)?.join(':') ?? ''), hex)
      }),
    )
    for (const wrong of ['', 'SHA256:', 'MD5:aa:bb', 'SHA256:tooshort', 'zz']) assert.equal(fingerprintHex(wrong), null)
  })
})
