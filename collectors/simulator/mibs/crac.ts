// APC InRow DX: PowerNet-MIB coolingUnit (318.1.1.27), one table of named figures with unit and scale, one of named states.
import type { Device } from '../../../daemon/domain/device.ts'
import { CRAC, type Crac, cracWatts } from '../physics/crac.ts'
import { dewpoint, humidity, inlet } from '../physics/room.ts'
import type { Plan } from '../plan.ts'
import type { World } from '../world.ts'
import { card, serial, system } from './system.ts'
import { integer, scalars, table, text, type Variable } from './variable.ts'

const ROOT = '1.3.6.1.4.1.318.1.1.27.1'

interface Figure {
  readonly name: string
  readonly unit: string
  readonly scale: number
  readonly read: (crac: Crac, world: World) => number
}

const celsius = (name: string, read: Figure['read']): Figure[] => [
  { name, unit: 'C', scale: 10, read },
  { name, unit: 'F', scale: 10, read: (crac, world) => read(crac, world) * 1.8 + 32 },
]
const one = (name: string, unit: string, scale: number, read: Figure['read']): Figure[] => [{ name, unit, scale, read }]

/** `k` is its number among the cooling units of the plan. */
export function cracMib(plan: Plan, device: Device, k: number): Variable[] {
  const hottest = (world: World): number => Math.max(...plan.racks.map(rack => inlet(world.room, world.cracs, rack, 1)))
  const figures: Figure[] = [
    ...celsius('Supply Temperature', crac => crac.supply),
    ...celsius('Maximum Rack Inlet Temperature', (_, world) => hottest(world)),
    ...celsius('Return Temperature', crac => crac.return),
    ...one('Humidity', '%RH', 10, (_, world) => humidity(world.room.water, world.room.cold)),
    ...celsius('Dew Point Temperature', (_, world) => dewpoint(world.room.water)),
    ...one('Airflow', 'L/s', 1, crac => 1000 * crac.airflow),
    ...one('Airflow', 'CFM', 1, crac => 2118.88 * crac.airflow),
    ...one('Air Filter Pressure', 'Pa', 1, crac => crac.filterPressure),
    ...one('Cool Demand', 'kW', 10, crac => (crac.mode === 'running' ? crac.cooling / 1000 : 0)),
    ...one('Cool Output', 'kW', 10, crac => crac.cooling / 1000),
    ...Array.from({ length: 8 }, (_, n) => one(`Fan ${n + 1}`, 'rpm', 1, crac => crac.fan * (4390 + 15 * ((n * 5) % 4)))).flat(),
    ...one('Compressor Speed', 'Hz', 10, crac => (crac.compressor > 0.01 ? 20 + 90 * crac.compressor : 0)),
    ...one('Condenser Fan Speed', '%', 10, crac => 100 * crac.compressor),
    ...one('Condenser Fan Power', 'W', 1, crac => crac.condenserWatts),
    ...one('Compressor Power', 'kW', 100, crac => crac.compressorWatts / 1000),
    ...one('Unit Power', 'kW', 100, crac => cracWatts(crac) / 1000), // compressor, condenser and room fans together
    ...one('Unit Run Hours', 'hr', 1, crac => crac.runHours),
    ...one('Compressor Run Hours', 'hr', 1, crac => crac.runHours * 0.82),
  ]
  const of =
    <T>(read: (crac: Crac, world: World) => T) =>
    (world: World): T | undefined => {
      const crac = world.cracs[k]
      return crac === undefined ? undefined : read(crac, world)
    }
  // Unknown 0, Initializing 1, Off 2, Standby 3, Idle 4, Startup Delay 5, Active 6, Maintenance 7
  const MODE: Readonly<Record<Crac['mode'], readonly [number, string]>> = {
    off: [2, 'Off'],
    stopped: [2, 'Off'],
    delay: [5, 'Startup Delay'],
    running: [6, 'Active'],
  }
  const descr = `APC InRow DX 300mm (MB:v4.1.0 PF:v6.8.8 PN:apc_hw06_aos_688.bin AF1:v6.6.9.b AN1:apc_hw06_rd3xx_669b.bin MN:ACRD301 HR:06 SN: ${serial(device.id, 'JK22')} MD:03/18/2022)`
  const states = [
    {
      name: 'Mode',
      read: (crac: Crac) => MODE[crac.mode],
      all: 'Unknown(0),Initializing(1),Off(2),Standby(3),Idle(4),Startup Delay(5),Active(6),Maintenance(7)',
    },
    { name: 'Active Flow Control Status', read: flow, all: 'Under(0),Okay(1),Over(2),NA(3),NA(4)' },
    { name: 'Shutdown Input State', read: (): readonly [number, string] => [0, 'Open'], all: 'Open(0),Closed(1)' },
    { name: 'Active Power Source', read: (): readonly [number, string] => [0, 'Primary'], all: 'Primary (0),Secondary(1)' },
  ]
  return [
    ...system(device, { descr, objectId: '1.3.6.1.4.1.318.1.3.14.23', location: 'Ruang Server' }),
    ...card(device, 'vmac0'),
    ...scalars(ROOT, { '1': integer(1) }), // coolingUnitTableSize
    ...table(`${ROOT}.4.1.2.1`, figures, (_, n) => `1.${n + 1}`, {
      1: (_, n) => integer(n + 1), // coolingUnitStatusAnalogTableIndex
      2: ({ name }) => text(name), // coolingUnitStatusAnalogDescription
      3: ({ read, scale }) => integer(of((crac, world) => read(crac, world) * scale)), // coolingUnitStatusAnalogValue
      4: ({ unit }) => text(unit), // coolingUnitStatusAnalogUnits
      5: ({ scale }) => integer(scale), // coolingUnitStatusAnalogScale
    }),
    ...table(`${ROOT}.4.2.2.1`, states, (_, n) => `1.${n + 1}`, {
      1: (_, n) => integer(n + 1), // coolingUnitStatusDiscreteTableIndex
      2: ({ name }) => text(name), // coolingUnitStatusDiscreteDescription
      3: ({ read }) => text(of(crac => read(crac)[1])), // coolingUnitStatusDiscreteValueAsString
      4: ({ read }) => integer(of(crac => read(crac)[0])), // coolingUnitStatusDiscreteValueAsInteger
      5: ({ all }) => text(all), // coolingUnitStatusDiscreteIntegerReferenceKey
    }),
  ]
}

/** Under when its running fans move clearly less air than they should. */
function flow(crac: Crac): readonly [number, string] {
  if (crac.mode !== 'running' || crac.fan < 0.3) return [3, 'NA']
  return crac.airflow < 0.65 * CRAC.airflow * crac.fan ? [0, 'Under'] : [1, 'Okay']
}
