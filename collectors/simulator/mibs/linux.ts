// A Linux server with net-snmp: HOST-RESOURCES-MIB (RFC 2790), UCD-SNMP-MIB, UCD-DISKIO-MIB and its network cards.
import type { Device } from '../../../daemon/domain/device.ts'
import { coreLoad, type Host, type HostPlan, memoryUse } from '../physics/host.ts'
import { busy, localHour } from '../physics/load.ts'
import { wander } from '../physics/noise.ts'
import type { Plan } from '../plan.ts'
import type { World } from '../world.ts'
import { hardware, system, uptime } from './system.ts'
import { counter, counter64, gauge, integer, objectId, octets, scalars, table, text, ticks, type Variable } from './variable.ts'

const HOST = '1.3.6.1.2.1.25'
const UCD = '1.3.6.1.4.1.2021'
const STORAGE_TYPE = '1.3.6.1.2.1.25.2.1'

interface Storage {
  readonly index: number
  readonly type: string
  readonly descr: string
  readonly unit: number
  readonly size: number
  readonly used: (world: World) => number
}

/** `k` is its number among the hosts of the plan. */
export function linuxMib(plan: Plan, device: Device, own: HostPlan, k: number): Variable[] {
  const up = uptime(device.id)
  const host = (world: World): Host | undefined => world.hosts[k]
  const load = (world: World, core: number): number => {
    const { hour, day } = localHour(world.now, plan.offset)
    return coreLoad(own, core, busy(hour, day), world.seed, world.t)
  }
  const used = (world: World): number => own.memory * memoryUse(own, world.seed, world.t)
  const cached = own.memory * 0.22
  const buffers = own.memory * 0.01
  const swap = 8 * 1_048_576
  const swapUsed = (world: World): number => swap * (0.03 + 0.02 * wander(world.seed, own.channel + 9, world.t, 3600))
  const average = (period: number) => (world: World) =>
    own.cores * load(world, -1) * (0.95 + 0.1 * wander(world.seed, own.channel + 7, world.t, period))
  const averages = [
    { name: 'Load-1', read: average(60) },
    { name: 'Load-5', read: average(300) },
    { name: 'Load-15', read: average(900) },
  ]
  const blocks = (size: number): number => Math.round(size / 4096)
  const storages: Storage[] = [
    { index: 1, type: `${STORAGE_TYPE}.2`, descr: 'Physical memory', unit: 1024, size: own.memory, used: world => used(world) + cached + buffers },
    { index: 6, type: `${STORAGE_TYPE}.1`, descr: 'Memory buffers', unit: 1024, size: own.memory, used: () => buffers },
    { index: 7, type: `${STORAGE_TYPE}.1`, descr: 'Cached memory', unit: 1024, size: cached, used: () => cached },
    { index: 10, type: `${STORAGE_TYPE}.3`, descr: 'Swap space', unit: 1024, size: swap, used: swapUsed },
    {
      index: 31,
      type: `${STORAGE_TYPE}.4`,
      descr: '/',
      unit: 4096,
      size: blocks(8e10),
      used: world => blocks(8e10) * (0.38 + 0.004 * wander(world.seed, own.channel + 3, world.t, 7200)),
    },
    {
      index: 36,
      type: `${STORAGE_TYPE}.4`,
      descr: own.mount,
      unit: 4096,
      size: blocks(own.disk),
      used: world => blocks(own.disk) * (host(world)?.full ?? own.full),
    },
  ]
  const cores = Array.from({ length: own.cores }, (_, n) => 196_608 + n)
  const tick = (n: 0 | 1 | 2 | 3) => counter(world => host(world)?.ticks[n] ?? 0)
  const cards = [
    { index: 1, name: 'lo', type: 24, speed: 10_000_000, octet: (world: World, _: 0 | 1) => (host(world)?.octets[0] ?? 0) * 0.05 },
    { index: 2, name: 'eno1', type: 6, speed: 1_000_000_000, octet: (world: World, way: 0 | 1) => host(world)?.octets[way] ?? 0 },
  ]
  return [
    ...system(device, {
      descr: `Linux ${device.id} 6.1.0-28-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22) x86_64`,
      objectId: '1.3.6.1.4.1.8072.3.2.10',
      location: `Ruang Server, rak ${device.place?.rack ?? ''}`,
    }),
    ...scalars(HOST, {
      '1.1': ticks(world => up(world) + 25), // hrSystemUptime
      '1.5': gauge(2), // hrSystemNumUsers
      '1.6': gauge(world => 312 + 20 * load(world, -1)), // hrSystemProcesses
      '1.7': integer(0), // hrSystemMaxProcesses
      '2.2': integer(own.memory), // hrMemorySize, KiB
    }),
    ...table(`${HOST}.2.3.1`, storages, ({ index }) => index, {
      1: ({ index }) => integer(index), // hrStorageIndex
      2: ({ type }) => objectId(type), // hrStorageType
      3: ({ descr }) => text(descr), // hrStorageDescr
      4: ({ unit }) => integer(unit), // hrStorageAllocationUnits
      5: ({ size }) => integer(size), // hrStorageSize
      6: storage => integer(storage.used), // hrStorageUsed
    }),
    ...table(`${HOST}.3.2.1`, cores, core => core, {
      1: core => integer(core), // hrDeviceIndex
      2: () => objectId('1.3.6.1.2.1.25.3.1.3'), // hrDeviceType: processor
      3: () => text('GenuineIntel: Intel(R) Xeon(R) Silver 4310 CPU @ 2.10GHz'), // hrDeviceDescr
      4: () => objectId('0.0'), // hrDeviceID
      5: () => integer(2), // hrDeviceStatus: running
    }),
    ...table(`${HOST}.3.3.1`, cores, core => core, {
      1: () => objectId('0.0'), // hrProcessorFrwID
      2: (_, n) => integer(world => 100 * load(world, n)), // hrProcessorLoad
    }),
    ...scalars(UCD, {
      '4.1': integer(0), // memIndex
      '4.2': text('swap'), // memErrorName
      '4.3': integer(swap), // memTotalSwap
      '4.4': integer(world => swap - swapUsed(world)), // memAvailSwap
      '4.5': integer(own.memory), // memTotalReal
      '4.6': integer(world => own.memory - used(world) - cached - buffers), // memAvailReal
      '4.11': integer(world => own.memory + swap - used(world) - cached - buffers - swapUsed(world)), // memTotalFree
      '4.14': integer(buffers), // memBuffer
      '4.15': integer(cached), // memCached
      '11.9': integer(world => 75 * load(world, -1)), // ssCpuUser
      '11.10': integer(world => 20 * load(world, -1)), // ssCpuSystem
      '11.11': integer(world => 100 * (1 - load(world, -1))), // ssCpuIdle
      '11.50': tick(0), // ssCpuRawUser
      '11.51': counter(0), // ssCpuRawNice
      '11.52': tick(1), // ssCpuRawSystem
      '11.53': tick(3), // ssCpuRawIdle
      '11.54': tick(2), // ssCpuRawWait
      '11.57': counter(world => host(world)?.blocks[1] ?? 0), // ssIORawSent
      '11.58': counter(world => host(world)?.blocks[0] ?? 0), // ssIORawReceived
    }),
    ...table(`${UCD}.10.1`, averages, (_, n) => n + 1, {
      1: (_, n) => integer(n + 1), // laIndex
      2: ({ name }) => text(name), // laNames
      3: ({ read }) => text(world => read(world).toFixed(2)), // laLoad
      5: ({ read }) => integer(world => 100 * read(world)), // laLoadInt
    }),
    ...table(`${UCD}.13.15.1.1`, ['sda', 'sdb'], (_, n) => n + 1, {
      1: (_, n) => integer(n + 1), // diskIOIndex
      2: name => text(name), // diskIODevice
      3: (_, n) => counter(world => (host(world)?.blocks[0] ?? 0) * 4096 * (n === 0 ? 0.1 : 0.9)), // diskIONRead
      4: (_, n) => counter(world => (host(world)?.blocks[1] ?? 0) * 4096 * (n === 0 ? 0.1 : 0.9)), // diskIONWritten
      5: (_, n) => counter(world => (host(world)?.blocks[0] ?? 0) * (n === 0 ? 0.1 : 0.9)), // diskIOReads
      6: (_, n) => counter(world => (host(world)?.blocks[1] ?? 0) * (n === 0 ? 0.1 : 0.9)), // diskIOWrites
    }),
    ...scalars('1.3.6.1.2.1.2', { 1: integer(cards.length) }), // ifNumber
    ...table('1.3.6.1.2.1.2.2.1', cards, ({ index }) => index, {
      1: ({ index }) => integer(index), // ifIndex
      2: ({ name }) => text(name), // ifDescr
      3: ({ type }) => integer(type), // ifType
      4: ({ type }) => integer(type === 24 ? 65_536 : 1500), // ifMtu
      5: ({ speed }) => gauge(speed), // ifSpeed
      6: ({ index }) => octets(index === 1 ? new Uint8Array(0) : hardware(device.address.host)), // ifPhysAddress
      7: () => integer(1), // ifAdminStatus
      8: () => integer(1), // ifOperStatus
      9: () => ticks(0), // ifLastChange
      10: ({ octet }) => counter(world => octet(world, 0)), // ifInOctets
      11: ({ octet }) => counter(world => octet(world, 0) / 800), // ifInUcastPkts
      13: () => counter(0), // ifInDiscards
      14: () => counter(0), // ifInErrors
      16: ({ octet }) => counter(world => octet(world, 1)), // ifOutOctets
      17: ({ octet }) => counter(world => octet(world, 1) / 900), // ifOutUcastPkts
      19: () => counter(0), // ifOutDiscards
      20: () => counter(0), // ifOutErrors
    }),
    ...table('1.3.6.1.2.1.31.1.1.1', cards, ({ index }) => index, {
      1: ({ name }) => text(name), // ifName
      6: ({ octet }) => counter64(world => octet(world, 0)), // ifHCInOctets
      7: ({ octet }) => counter64(world => octet(world, 0) / 800), // ifHCInUcastPkts
      10: ({ octet }) => counter64(world => octet(world, 1)), // ifHCOutOctets
      11: ({ octet }) => counter64(world => octet(world, 1) / 900), // ifHCOutUcastPkts
      15: ({ speed }) => gauge(speed / 1_000_000), // ifHighSpeed
      18: () => text(''), // ifAlias
    }),
  ]
}
