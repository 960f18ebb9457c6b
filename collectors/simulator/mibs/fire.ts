// Fire detection with the contacts of an extinguishing panel: KENTIXDEVICES (37954.5).
import type { Device } from '../../../daemon/domain/device.ts'
import type { World } from '../world.ts'
import { system } from './system.ts'
import { integer, scalars, table, text, type Variable } from './variable.ts'

const ROOT = '1.3.6.1.4.1.37954.5'

const DETECTORS = [
  { name: 'server-ceiling', celsius: (world: World) => world.room.hot - 1.5, trips: true },
  { name: 'server-floor', celsius: (world: World) => world.room.plenum + 1, trips: false },
  { name: 'power-room', celsius: (world: World) => world.room.power + 0.5, trips: false },
] as const

const CONTACTS = ['fm200-discharged', 'fm200-pressure-low', 'panel-mains-lost'] as const

export function fireMib(device: Device): Variable[] {
  const smoke = (world: World): boolean => world.faults.has('smoke')
  /** TruthValue: true 1, false 2. */
  const truth = (yes: boolean): number => (yes ? 1 : 2)
  return [
    ...system(device, { descr: 'Kentix SmartMonitoring SiteManager', objectId: '1.3.6.1.4.1.37954', location: 'Ruang Daya' }),
    ...scalars(`${ROOT}.1`, {
      '1.1': integer(10), // multiplierTemperature
      '2.1': integer(2), // alarmtemperature
      '2.2': integer(2), // alarmhumidity
      '2.4': integer(2), // sensorcommunication
      '2.5': integer(2), // alarmsabotage
      '2.19': integer(world => truth(smoke(world))), // alarmfire
      '2.20': integer(2), // alarmsystem
    }),
    ...table(`${ROOT}.2.1.1`, DETECTORS, (_, k) => k + 1, {
      1: (_, k) => integer(k + 1), // sensorIndex
      2: ({ name }) => text(name), // sensorName
    }),
    ...table(`${ROOT}.2.2.1`, DETECTORS, (_, k) => k + 1, {
      1: (_, k) => integer(k + 1), // tempIndex
      2: ({ celsius }) => integer(world => 10 * celsius(world)), // tempValue
    }),
    ...table(`${ROOT}.2.16.1`, DETECTORS, (_, k) => k + 1, {
      1: (_, k) => integer(k + 1), // tiFireIndex
      2: ({ trips }) => integer(world => (trips && smoke(world) ? 87 : 3)), // tiFireValue
      3: ({ trips }) => integer(world => (trips && smoke(world) ? 1 : 0)), // tiFireAlarm
    }),
    ...table(`${ROOT}.2.100.1.1`, CONTACTS.slice(0, 1), (_, k) => k + 1, contact),
    ...table(`${ROOT}.2.100.2.1`, CONTACTS.slice(1, 2), (_, k) => k + 1, contact),
    ...table(`${ROOT}.2.100.3.1`, CONTACTS.slice(2, 3), (_, k) => k + 1, contact),
  ]
}

/** inputNTable: name and alarm. */
const contact = {
  1: (_: string, k: number) => integer(k + 1), // inputIndex
  2: (name: string) => text(name), // inputName
  5: () => integer(0), // inputAlarm
}
