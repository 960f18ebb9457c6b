// APC network management card of a three-phase UPS: PowerNet-MIB upsBasic/upsAdv/upsHighPrec and the phase tables (318.1.1.1).
import type { Device } from '../../../daemon/domain/device.ts'
import { isLow, outputVolts, UPS, type Ups } from '../physics/ups.ts'
import { isGood } from '../physics/utility.ts'
import type { World } from '../world.ts'
import { card, serial, system } from './system.ts'
import { gauge, integer, scalars, table, text, ticks, type Variable } from './variable.ts'

const ROOT = '1.3.6.1.4.1.318.1.1.1'
const POWER_FACTOR = 0.96
const PHASES = [0, 1, 2] as const

/** upsBasicOutputStatus: onLine 2, onBattery 3, off 7, emergencyStaticBypass 16. */
const STATUS: Readonly<Record<Ups['mode'], number>> = { onLine: 2, onBattery: 3, off: 7, bypass: 16 }

/** `k` is its number among the UPS of the world. */
export function upsMib(device: Device, k: number): Variable[] {
  const of =
    <T>(read: (ups: Ups, world: World) => T) =>
    (world: World): T | undefined => {
      const ups = world.ups[k]
      return ups === undefined ? undefined : read(ups, world)
    }
  const onBattery = (ups: Ups): number => (ups.mode === 'onBattery' ? ups.inMode : 0)
  const load = (ups: Ups): number => (100 * ups.outputWatts) / UPS.watts
  const mean = (volts: readonly number[]): number => volts.reduce((sum, volt) => sum + volt, 0) / volts.length
  const amps = (ups: Ups, phase: 0 | 1 | 2): number => (ups.mode === 'off' ? 0 : ups.phases[phase] / POWER_FACTOR / 230)
  const inAmps = (ups: Ups, phase: 0 | 1 | 2): number => (isGood(ups.input) ? ups.inputWatts / 3 / 0.99 / ups.input.volts[phase] : 0)
  const hertz = (ups: Ups): number => (ups.mode === 'off' ? 0 : isGood(ups.input) ? ups.input.hertz : 50)
  const descr = `APC Web/SNMP Management Card (MB:v4.3.0 PF:v7.0.8 PN:apc_hw21_aos_7.0.8.bin AF1:v7.0.8 AN1:apc_hw21_su_7.0.8.bin MN:AP9641 HR:08 SN: ${serial(device.id, 'ZA23')} MD:05/14/2023)`
  return [
    ...system(device, { descr, objectId: '1.3.6.1.4.1.318.1.3.27', location: 'Ruang Daya' }),
    ...card(device, 'lan0'),
    ...scalars(ROOT, {
      '1.1.1': text('Smart-UPS VT 40kVA'), // upsBasicIdentModel
      '1.1.2': text(device.name), // upsBasicIdentName
      '1.2.1': text('UPS 08.3 (ID18)'), // upsAdvIdentFirmwareRevision
      '1.2.2': text('05/14/2023'), // upsAdvIdentDateOfManufacture
      '1.2.3': text(serial(device.id, 'QS23')), // upsAdvIdentSerialNumber
      '2.1.1': integer(of(ups => (isLow(ups) ? 3 : 2))), // upsBasicBatteryStatus
      '2.1.2': ticks(of(onBattery)), // upsBasicBatteryTimeOnBattery
      '2.1.3': text('06/02/2024'), // upsBasicBatteryLastReplaceDate
      '2.2.1': gauge(of(ups => 100 * ups.battery.charge)), // upsAdvBatteryCapacity
      '2.2.2': gauge(of(ups => ups.battery.temperature)), // upsAdvBatteryTemperature
      '2.2.3': ticks(of(ups => ups.runtime)), // upsAdvBatteryRunTimeRemaining
      '2.2.4': integer(of(ups => (ups.battery.health < 0.6 ? 2 : 1))), // upsAdvBatteryReplaceIndicator
      '2.2.5': integer(8), // upsAdvBatteryNumOfBattPacks
      '2.2.6': integer(of(ups => (ups.battery.health < 0.6 ? 3 : 0))), // upsAdvBatteryNumOfBadBattPacks
      '2.2.7': integer(384), // upsAdvBatteryNominalVoltage
      '2.2.8': integer(of(ups => ups.battery.voltage)), // upsAdvBatteryActualVoltage
      '2.2.9': integer(of(ups => ups.battery.current)), // upsAdvBatteryCurrent
      '2.3.1': gauge(of(ups => 1000 * ups.battery.charge)), // upsHighPrecBatteryCapacity
      '2.3.2': gauge(of(ups => 10 * ups.battery.temperature)), // upsHighPrecBatteryTemperature
      '2.3.3': integer(3840), // upsHighPrecBatteryNominalVoltage
      '2.3.4': integer(of(ups => 10 * ups.battery.voltage)), // upsHighPrecBatteryActualVoltage
      '2.3.5': integer(of(ups => 10 * ups.battery.current)), // upsHighPrecBatteryCurrent
      '3.1.1': integer(3), // upsBasicInputPhase
      '3.2.1': gauge(of(ups => mean(ups.input.volts))), // upsAdvInputLineVoltage
      '3.2.4': gauge(of(ups => ups.input.hertz)), // upsAdvInputFrequency
      '3.2.5': integer(of(ups => (isGood(ups.input) ? 1 : 4))), // upsAdvInputLineFailCause: noTransfer, blackout
      '3.3.1': gauge(of(ups => 10 * mean(ups.input.volts))), // upsHighPrecInputLineVoltage
      '3.3.4': gauge(of(ups => 10 * ups.input.hertz)), // upsHighPrecInputFrequency
      '4.1.1': integer(of(ups => STATUS[ups.mode])), // upsBasicOutputStatus
      '4.1.2': integer(3), // upsBasicOutputPhase
      '4.2.1': gauge(of(ups => outputVolts(ups, 0))), // upsAdvOutputVoltage
      '4.2.2': gauge(of(hertz)), // upsAdvOutputFrequency
      '4.2.3': gauge(of(load)), // upsAdvOutputLoad
      '4.2.4': gauge(of(ups => mean(PHASES.map(phase => amps(ups, phase))))), // upsAdvOutputCurrent
      '4.2.6': integer(UPS.voltAmperes / 1000), // upsAdvOutputKVACapacity
      '4.2.8': integer(of(ups => ups.outputWatts)), // upsAdvOutputActivePower
      '4.2.9': integer(of(ups => ups.outputWatts / POWER_FACTOR)), // upsAdvOutputApparentPower
      '4.3.1': gauge(of(ups => 10 * outputVolts(ups, 0))), // upsHighPrecOutputVoltage
      '4.3.2': gauge(of(ups => 10 * hertz(ups))), // upsHighPrecOutputFrequency
      '4.3.3': gauge(of(ups => 10 * load(ups))), // upsHighPrecOutputLoad
      '4.3.4': gauge(of(ups => 10 * mean(PHASES.map(phase => amps(ups, phase))))), // upsHighPrecOutputCurrent
      '4.3.5': integer(of(ups => (ups.outputWatts > 0 ? (1000 * ups.outputWatts) / (ups.outputWatts + ups.lossWatts) : -1))), // upsHighPrecOutputEfficiency
      '7.2.3': integer(of(ups => (ups.battery.health < 0.6 ? 2 : 1))), // upsAdvTestDiagnosticsResults: ok, failed
      '7.2.4': text('11/14/2026'), // upsAdvTestLastDiagnosticsDate
      '8.1.1': integer(1), // upsCommStatus
      '9.2.1': integer(1), // upsPhaseNumInputs
      '9.3.1': integer(1), // upsPhaseNumOutputs
    }),
    ...table(`${ROOT}.9.2.2.1`, [0], () => 1, {
      1: () => integer(1), // upsPhaseInputTableIndex
      2: () => integer(3), // upsPhaseNumInputPhases
      3: () => integer(3), // upsPhaseInputVoltageOrientation: wye
      4: () => integer(of(ups => 10 * ups.input.hertz)), // upsPhaseInputFrequency
      5: () => integer(2), // upsPhaseInputType: main
      6: () => text('Main input'), // upsPhaseInputName
    }),
    ...table(`${ROOT}.9.2.3.1`, PHASES, phase => `1.1.${phase + 1}`, {
      1: () => integer(1), // upsPhaseInputPhaseTableIndex
      2: phase => integer(phase + 1), // upsPhaseInputPhaseIndex
      3: phase => integer(of(ups => ups.input.volts[phase])), // upsPhaseInputVoltage
      6: phase => integer(of(ups => 10 * inAmps(ups, phase))), // upsPhaseInputCurrent
      9: () => integer(of(ups => ups.inputWatts / 3)), // upsPhaseInputPower
    }),
    ...table(`${ROOT}.9.3.2.1`, [0], () => 1, {
      1: () => integer(1), // upsPhaseOutputTableIndex
      2: () => integer(3), // upsPhaseNumOutputPhases
      3: () => integer(3), // upsPhaseOutputVoltageOrientation: wye
      4: () => integer(of(ups => 10 * hertz(ups))), // upsPhaseOutputFrequency
    }),
    ...table(`${ROOT}.9.3.3.1`, PHASES, phase => `1.1.${phase + 1}`, {
      1: () => integer(1), // upsPhaseOutputPhaseTableIndex
      2: phase => integer(phase + 1), // upsPhaseOutputPhaseIndex
      3: phase => integer(of(ups => outputVolts(ups, phase))), // upsPhaseOutputVoltage
      4: phase => integer(of(ups => 10 * amps(ups, phase))), // upsPhaseOutputCurrent
      7: phase => integer(of(ups => ups.phases[phase] / POWER_FACTOR)), // upsPhaseOutputLoad
      10: phase => integer(of(ups => (300 * ups.phases[phase]) / POWER_FACTOR / UPS.voltAmperes)), // upsPhaseOutputPercentLoad
      13: phase => integer(of(ups => ups.phases[phase])), // upsPhaseOutputPower
      16: phase => integer(of(ups => (300 * ups.phases[phase]) / UPS.watts)), // upsPhaseOutputPercentPower
    }),
    ...scalars(ROOT, { '11.1.1': text(of(flags)) }), // upsBasicStateOutputState
  ]
}

/** The 64 flags of upsBasicStateOutputState; the ones it can know here, by their number in the MIB. */
function flags(ups: Ups): string {
  const set = new Set<number>()
  if (ups.mode !== 'onLine' || isLow(ups)) set.add(1) // abnormal condition present
  if (ups.mode === 'onBattery') set.add(2)
  if (isLow(ups)) set.add(3)
  if (ups.mode === 'onLine') set.add(4)
  if (ups.battery.health < 0.6) set.add(5)
  set.add(6) // serial communication established
  if (ups.mode === 'off') set.add(16)
  return Array.from({ length: 64 }, (_, n) => (set.has(n + 1) ? '1' : '0')).join('')
}
