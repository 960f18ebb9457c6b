// NetBotz 750 with pods of sensors: NETBOTZ50-MIB (52674.500): temperature, humidity and leak tables, values as number and as text.
import type { Device } from '../../../daemon/domain/device.ts'
import type { Plan } from '../plan.ts'
import { probes } from '../probes.ts'
import type { World } from '../world.ts'
import { card, serial, system } from './system.ts'
import { counter, integer, table, text, type Variable } from './variable.ts'

const ROOT = '1.3.6.1.4.1.52674.500.4'

export function netbotzMib(plan: Plan, device: Device): Variable[] {
  const own = probes(plan, device.id)
  const temperatures = own.filter(({ quantity }) => quantity === 'temperature')
  const humidities = own.filter(({ quantity }) => quantity === 'humidity')
  const leaks = own.filter(({ quantity }) => quantity === 'state')
  const pod = (name: string): string => `ALINK_NBPOD0180_${serial(name, 'QA')}`
  return [
    ...system(device, { descr: 'Schneider Electric NetBotz 750 5.4.0.11', objectId: '1.3.6.1.4.1.52674.500', location: 'Ruang Server' }),
    ...card(device, 'eth1'),
    ...table('1.3.6.1.4.1.318.1.4.2.2.1', [device], () => 1, {
      2: () => text('NetBotz Rack Monitor 750'), // experimental module name
      3: ({ id }) => text(serial(id, 'QA22')), // and serial number
    }),
    ...table(`${ROOT}.1.1.1`, temperatures, ({ n }) => n, {
      1: ({ name }) => text(`TEMPERATURE_${pod(name)}`), // tempSensorId
      2: ({ read }) => integer(tenths(read)), // tempSensorValue, °C/10
      3: ({ read }) => integer(world => (read(world) === undefined ? 6 : 0)), // tempSensorErrorStatus: normal 0, … disconnected
      4: ({ name }) => text(name), // tempSensorLabel
      5: ({ name }) => text(pod(name)), // tempSensorEncId
      6: () => text('UNIVERSAL 1'), // tempSensorPortId
      7: ({ read }) => text(decimal(read)), // tempSensorValueStr
      10: ({ n }) => counter(n), // tempSensorIndex
    }),
    ...table(`${ROOT}.1.2.1`, humidities, ({ n }) => n, {
      1: ({ name }) => text(`RELATIVE_HUMIDITY_${pod(name)}`), // humiSensorId
      2: ({ read }) => integer(tenths(read)), // humiSensorValue, %/10
      3: () => integer(0), // humiSensorErrorStatus
      4: ({ name }) => text(name), // humiSensorLabel
      5: ({ name }) => text(pod(name)), // humiSensorEncId
      6: () => text('UNIVERSAL 1'), // humiSensorPortId
      7: ({ read }) => text(decimal(read)), // humiSensorValueStr
      9: ({ n }) => counter(n), // humiSensorIndex
    }),
    ...table(`${ROOT}.2.13.1`, leaks, ({ n }) => n, {
      1: ({ name }) => text(`LEAK_${pod(name)}`), // leakSensorId
      2: ({ read }) => integer(read), // leakSensorValue: noLeak 0, leakDetected 1
      3: ({ read }) => integer(world => (read(world) === 1 ? 3 : 0)), // leakSensorErrorStatus
      4: ({ name }) => text(name), // leakSensorLabel
      5: ({ name }) => text(pod(name)), // leakSensorEncId
      6: () => text('UNIVERSAL 2'), // leakSensorPortId
      7: ({ read }) => text(world => (read(world) === 1 ? 'sensor.state.leak.leak' : 'sensor.state.leak.no-leak')), // leakSensorValueStr
      8: ({ n }) => counter(n), // leakSensorIndex
    }),
  ]
}

const decimal =
  (read: (world: World) => number | undefined) =>
  (world: World): string | undefined =>
    read(world)?.toFixed(1)

/** Columns of whole degrees (8 and 9) came with a later firmware; this one has tenths. */
const tenths =
  (read: (world: World) => number | undefined) =>
  (world: World): number | undefined => {
    const value = read(world)
    return value === undefined ? undefined : value * 10
  }
