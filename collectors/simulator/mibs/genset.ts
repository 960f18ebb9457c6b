// Himoinsa controllers CEA7 (engine) and CEC7 (changeover panel) behind their gateway: HIMOINSAv14-MIB (41809).
import type { Device } from '../../../daemon/domain/device.ts'
import { GENSET, turns } from '../physics/genset.ts'
import { isGood, type Supply } from '../physics/utility.ts'
import type { World } from '../world.ts'
import { system } from './system.ts'
import { gauge, integer, scalars, type Variable } from './variable.ts'

const ENGINE = '1.3.6.1.4.1.41809.1'
const PANEL = '1.3.6.1.4.1.41809.1.55.1'
const POWER_FACTOR = 0.95

const watts = (world: World): number => (world.ats.position === 'B' ? world.atsWatts : 0)

/** Bits: 0x01 running, 0x02 stopped, 0x04 automatic, 0x80 alarm, 0x100 load on genset, 0x200 load on mains. */
function status(world: World): number {
  const { genset, ats } = world
  return (turns(genset) ? 1 : 2) | 4 | (genset.phase === 'failed' ? 0x80 : 0) | (ats.position === 'B' ? 0x100 : ats.position === 'A' ? 0x200 : 0)
}

/** Bits: 0x01 alarm, 0x02 automatic, 0x20 load on genset, 0x40 load on mains. */
const panel = ({ ats }: World): number => 2 | (ats.position === 'B' ? 0x20 : ats.position === 'A' ? 0x40 : 0)

const lineToLine = (supply: Supply, a: 0 | 1 | 2, b: 0 | 1 | 2): number => ((supply.volts[a] + supply.volts[b]) / 2) * Math.sqrt(3)

/** Frequency, three line-to-line and three line-to-neutral voltages, numbered from `first`. */
const supplyObjects = (first: number, read: (world: World) => Supply): Readonly<Record<string, ReturnType<typeof integer>>> => ({
  [first]: integer(world => 10 * read(world).hertz),
  [first + 1]: integer(world => lineToLine(read(world), 0, 1)),
  [first + 2]: integer(world => lineToLine(read(world), 1, 2)),
  [first + 3]: integer(world => lineToLine(read(world), 0, 2)),
  [first + 4]: integer(world => read(world).volts[0]),
  [first + 5]: integer(world => read(world).volts[1]),
  [first + 6]: integer(world => read(world).volts[2]),
})

export function gensetMib(device: Device): Variable[] {
  const amps = (world: World): number => watts(world) / 3 / POWER_FACTOR / 230
  const loaded = (world: World): boolean => watts(world) > 0
  return [
    ...system(device, { descr: 'HIMOINSA C2LAN', objectId: '1.3.6.1.4.1.41809', location: 'Halaman belakang' }),
    ...scalars(ENGINE, {
      ...supplyObjects(1, world => world.grid), // mainsFreq 1, mainsVL12 2, mainsVL23 3, mainsVL13 4, mainsVL1N 5 …
      ...supplyObjects(8, world => world.genset.supply), // genFreq 8, genVL12 9, genVL23 10, genVL13 11, genVL1N 12 …
      15: integer(amps), // ph1Amp
      16: integer(amps), // ph2Amp
      17: integer(amps), // ph3Amp
      19: integer(world => (loaded(world) ? 100 * POWER_FACTOR : 100)), // pFCTotal
      23: integer(world => watts(world) / 1000), // realPow, kW
      24: integer(world => watts(world) / POWER_FACTOR / 1000), // appPow, kVA
      25: integer(world => (watts(world) / 1000) * 0.33), // reactivePow, kvar
      26: integer(world => world.genset.speed), // speed
      27: integer(world => (1000 * world.genset.fuel) / GENSET.tank), // fuelLevel, per mille
      28: integer(world => (turns(world.genset) ? 282 : 0)), // altenatorVolt
      29: integer(world => 10 * world.genset.starter), // batteryVolt
      30: integer(world => world.genset.coolant), // waterTemp
      31: integer(world => (turns(world.genset) ? 42 : 0)), // oilPress, bar/10
      32: integer(world => world.genset.coolant + (turns(world.genset) ? 9 : -2)), // oilTemp
      40: integer(world => world.genset.hours), // totalRunningTime
      42: integer(world => world.genset.starts), // successfulStarts
      43: integer(world => world.genset.failedStarts), // unsuccessfulStarts
      46: gauge(status), // status
      50: integer(world => (world.genset.phase === 'failed' ? 1 : 0)), // falloArranqueMeasure
      51: integer(world => (world.genset.fuel < 0.15 * GENSET.tank ? 1 : 0)), // nivelCombustibleMeasure
      52: integer(0), // caidaGrupoMeasure
      53: integer(world => (isGood(world.grid) ? 0 : 1)), // caidaRedMeasure
    }),
    ...scalars(PANEL, {
      ...supplyObjects(2, world => world.grid), // mainsFreqConm 2 … mainsVL3NConm 8
      ...supplyObjects(9, world => world.genset.supply), // genFreqConm 9 … genVL3NConm 15
      16: integer(amps), // ph1AmpConm
      17: integer(amps), // ph2AmpConm
      18: integer(amps), // ph3AmpConm
      24: integer(world => world.atsWatts / 1000), // realPowConm
      28: gauge(panel), // statusConm
    }),
    ...scalars('1.3.6.1.4.1.41809.2', { 51: integer(210) }), // version
  ]
}
