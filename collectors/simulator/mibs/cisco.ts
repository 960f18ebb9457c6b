// A Catalyst switch: ENTITY-MIB, CISCO-ENVMON, CISCO-PROCESS, CISCO-MEMORY-POOL and CISCO-ENTITY-SENSOR for its optics.
import type { Device } from '../../../daemon/domain/device.ts'
import { channel, wander } from '../physics/noise.ts'
import { inlet } from '../physics/room.ts'
import type { Plan } from '../plan.ts'
import type { SwitchPlan } from '../wiring.ts'
import type { World } from '../world.ts'
import { portsMib } from './ports.ts'
import { serial, system } from './system.ts'
import { gauge, integer, objectId, table, text, type Variable } from './variable.ts'

const ENTITY = '1.3.6.1.2.1.47.1.1.1.1'
const CISCO = '1.3.6.1.4.1.9.9'

/** PhysicalClass of ENTITY-MIB. */
const CLASS = { chassis: 3, powerSupply: 6, fan: 7, sensor: 8, port: 10 } as const

interface Part {
  readonly index: number
  readonly name: string
  readonly in: number
  readonly kind: number
  readonly model: string
}

/** `k` is its number among the switches of the plan. */
export function ciscoMib(plan: Plan, device: Device, own: SwitchPlan, k: number): Variable[] {
  const model = own.core ? 'WS-C3850-48T' : 'WS-C2960X-48TD-L'
  const descr = own.core
    ? 'Cisco IOS Software, IOS-XE Software, Catalyst L3 Switch Software (CAT3K_CAA-UNIVERSALK9-M), Version 03.06.08E RELEASE SOFTWARE (fc2)'
    : 'Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E9, RELEASE SOFTWARE (fc3)'
  const noise = channel(device.id)
  const rack = plan.racks.find(({ id }) => id === device.place?.rack)
  const air = (world: World): number => (rack === undefined ? 24 : inlet(world.room, world.cracs, rack, 0.95))
  const temperature = (world: World): number => air(world) + 17 + wander(world.seed, noise, world.t, 300)
  const cpu = (world: World, period: number): number => 11 + 5 * wander(world.seed, noise + 1, world.t, period)
  const fibres = own.ports.filter(({ uplink }) => uplink)
  const supplies = plan.inventory.equipment.find(item => item.device === device.id)?.psus.length ?? 1
  const feedLive = (n: number) => (world: World) => {
    const gear = plan.gears[plan.devices.get(device.id)?.gear ?? -1]
    const pdu = gear?.psus[n]?.pdu
    return pdu !== undefined && world.pduLive[pdu] === true
  }
  const parts: Part[] = [
    { index: 1001, name: 'Switch 1', in: 0, kind: CLASS.chassis, model },
    ...Array.from({ length: supplies }, (_, n) => ({
      index: 1010 + n,
      name: `Switch 1 - Power Supply ${n === 0 ? 'A' : 'B'}`,
      in: 1001,
      kind: CLASS.powerSupply,
      model: 'PWR-C1-350WAC',
    })),
    { index: 1020, name: 'Switch 1 - FAN 1', in: 1001, kind: CLASS.fan, model: '' },
    { index: 1030, name: 'Switch 1 - Temp Sensor 0', in: 1001, kind: CLASS.sensor, model: '' },
    ...fibres.flatMap((port, n) => [
      { index: 1100 + 10 * n, name: port.name, in: 1001, kind: CLASS.port, model: 'SFP-10G-SR' },
      { index: 1101 + 10 * n, name: `${port.name} Transmit Power Sensor`, in: 1100 + 10 * n, kind: CLASS.sensor, model: '' },
      { index: 1102 + 10 * n, name: `${port.name} Receive Power Sensor`, in: 1100 + 10 * n, kind: CLASS.sensor, model: '' },
    ]),
  ]
  const optics = fibres.flatMap((port, n) => [
    { index: 1101 + 10 * n, dbm: -2.3, live: (_: World) => true, channel: port.channel },
    { index: 1102 + 10 * n, dbm: -3.1, live: (world: World) => port.peer !== null && world.powered.has(port.peer), channel: port.channel + 3 },
  ])
  const power = (dbm: number, noise: number, live: (world: World) => boolean) => (world: World) =>
    live(world) ? 10 * (dbm + 0.15 * wander(world.seed, noise, world.t, 600)) : -400
  return [
    ...system(device, {
      descr,
      objectId: own.core ? '1.3.6.1.4.1.9.1.1745' : '1.3.6.1.4.1.9.1.1208',
      services: 6,
      location: `Ruang Server, rak ${device.place?.rack ?? ''}`,
    }),
    ...portsMib(plan, device, own, k),
    ...table(ENTITY, parts, ({ index }) => index, {
      2: ({ name }) => text(name), // entPhysicalDescr
      3: () => objectId('0.0'), // entPhysicalVendorType
      4: part => integer(part.in), // entPhysicalContainedIn
      5: ({ kind }) => integer(kind), // entPhysicalClass
      6: (_, n) => integer(n), // entPhysicalParentRelPos
      7: ({ name }) => text(name), // entPhysicalName
      10: ({ kind }) => text(kind === CLASS.chassis ? (own.core ? '03.06.08E' : '15.2(7)E9') : ''), // entPhysicalSoftwareRev
      11: ({ kind }) => text(kind === CLASS.chassis ? serial(device.id, 'FCW2') : ''), // entPhysicalSerialNum
      12: () => text('Cisco'), // entPhysicalMfgName
      13: part => text(part.model), // entPhysicalModelName
      16: ({ kind }) => integer(kind === CLASS.powerSupply ? 1 : 2), // entPhysicalIsFRU
    }),
    ...table(`${CISCO}.13.1.3.1`, [1008], index => index, {
      2: () => text('SW#1, Sensor#1, GREEN'), // ciscoEnvMonTemperatureStatusDescr
      3: () => gauge(temperature), // ciscoEnvMonTemperatureStatusValue
      4: () => integer(68), // ciscoEnvMonTemperatureThreshold
      5: () => integer(0), // ciscoEnvMonTemperatureLastShutdown
      6: () => integer(world => (temperature(world) > 68 ? 3 : temperature(world) > 60 ? 2 : 1)), // ciscoEnvMonTemperatureState: normal, warning, critical
    }),
    ...table(`${CISCO}.13.1.4.1`, [1007], index => index, {
      2: () => text('Switch#1, Fan#1'), // ciscoEnvMonFanStatusDescr
      3: () => integer(1), // ciscoEnvMonFanState
    }),
    ...table(
      `${CISCO}.13.1.5.1`,
      Array.from({ length: supplies }, (_, n) => n),
      n => 1003 + n,
      {
        2: n => text(`Sw1, PS${n + 1}`), // ciscoEnvMonSupplyStatusDescr
        3: n => integer(world => (feedLive(n)(world) ? 1 : 3)), // ciscoEnvMonSupplyState: normal, critical
        4: () => integer(2), // ciscoEnvMonSupplySource: ac
      },
    ),
    ...table(`${CISCO}.109.1.1.1.1`, [1], index => index, {
      2: () => integer(1001), // cpmCPUTotalPhysicalIndex
      6: () => gauge(world => cpu(world, 5)), // cpmCPUTotal5secRev
      7: () => gauge(world => cpu(world, 60)), // cpmCPUTotal1minRev
      8: () => gauge(world => cpu(world, 300)), // cpmCPUTotal5minRev
    }),
    ...table(`${CISCO}.48.1.1.1`, ['Processor', 'I/O'], (_, n) => n + 1, {
      2: name => text(name), // ciscoMemoryPoolName
      4: () => integer(1), // ciscoMemoryPoolValid
      5: (_, n) => gauge(world => (n === 0 ? 52_000_000 + 600_000 * wander(world.seed, noise + 2, world.t, 900) : 12_600_000)), // ciscoMemoryPoolUsed
      6: (_, n) => gauge(world => (n === 0 ? 390_000_000 - 600_000 * wander(world.seed, noise + 2, world.t, 900) : 4_150_000)), // ciscoMemoryPoolFree
      7: (_, n) => gauge(n === 0 ? 368_000_000 : 4_150_000), // ciscoMemoryPoolLargestFree
    }),
    ...table(`${CISCO}.91.1.1.1.1`, optics, ({ index }) => index, {
      1: () => integer(14), // entSensorType: dBm
      2: () => integer(9), // entSensorScale: units
      3: () => integer(1), // entSensorPrecision
      4: optic => integer(power(optic.dbm, optic.channel, optic.live)), // entSensorValue
      5: () => integer(1), // entSensorStatus: ok
    }),
  ]
}
