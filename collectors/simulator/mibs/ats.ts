// APC automatic transfer switch between grid and genset: PowerNet-MIB automaticXferSwitch (318.1.1.8).
import type { Device } from '../../../daemon/domain/device.ts'
import { turns } from '../physics/genset.ts'
import { isGood, type Supply } from '../physics/utility.ts'
import type { World } from '../world.ts'
import { card, serial, system } from './system.ts'
import { integer, scalars, table, text, type Variable } from './variable.ts'

const ROOT = '1.3.6.1.4.1.318.1.1.8'
const PHASES = [0, 1, 2] as const
const RATED = 160
const POWER_FACTOR = 0.95

/** A standby genset counts as a source while it could be had: in automatic and not locked out. */
const hasB = (world: World): boolean => isGood(world.genset.supply) || (!turns(world.genset) && world.genset.phase !== 'failed')

const INPUTS: readonly { readonly n: number; readonly name: string; readonly supply: (world: World) => Supply }[] = [
  { n: 1, name: 'Source A', supply: world => world.grid },
  { n: 2, name: 'Source B', supply: world => world.genset.supply },
]

export function atsMib(device: Device): Variable[] {
  const ok = (good: boolean): number => (good ? 2 : 1)
  // While the contacts move it still names the source it comes from.
  const selected = (world: World): number => (world.ats.position === 'B' || world.ats.goingTo === 'A' ? 2 : 1)
  const amps = (world: World, phase: 0 | 1 | 2): number => {
    const volts = world.ats.output.volts[phase]
    return volts > 0 ? world.atsWatts / 3 / POWER_FACTOR / volts : 0
  }
  const descr = `APC Web/SNMP Management Card (MB:v4.1.0 PF:v6.8.2 PN:apc_hw05_aos_682.bin AF1:v6.8.0 AN1:apc_hw05_ats4g_680.bin MN:AP4434 HR:02 SN: ${serial(device.id, '5A22')} MD:03/02/2022)`
  const inputs = INPUTS.flatMap(input => PHASES.map(phase => ({ ...input, phase })))
  return [
    ...system(device, { descr, objectId: '1.3.6.1.4.1.318.1.3.11', location: 'Ruang Daya' }),
    ...card(device),
    ...scalars(ROOT, {
      '1.1': text('R02'), // atsIdentHardwareRev
      '1.2': text('6.8.0'), // atsIdentFirmwareRev
      '1.4': text('03/02/2022'), // atsIdentDateOfManufacture
      '1.5': text('AP4434'), // atsIdentModelNumber
      '1.6': text(serial(device.id, '5A22')), // atsIdentSerialNumber
      '1.7': integer(230), // atsIdentNominalLineVoltage
      '1.8': integer(50), // atsIdentNominalLineFrequency
      '1.9': integer(RATED), // atsIdentDeviceRating
      '5.1.1': integer(2), // atsStatusCommStatus: established
      '5.1.2': integer(selected), // atsStatusSelectedSource: A 1, B 2
      '5.1.3': integer(world => ok(isGood(world.grid) && hasB(world))), // atsStatusRedundancyState: lost 1, redundant 2
      '5.1.4': integer(world => ok(amps(world, 0) < RATED)), // atsStatusOverCurrentState
      '5.1.5': integer(2), // atsStatus5VPowerSupply
      '5.1.6': integer(2), // atsStatus24VPowerSupply
      '5.1.10': integer(2), // atsStatusSwitchStatus
      '5.1.11': integer(1), // atsStatusFrontPanel: locked
      '5.1.12': integer(world => ok(isGood(world.grid))), // atsStatusSourceAStatus
      '5.1.13': integer(world => ok(hasB(world))), // atsStatusSourceBStatus
      '5.1.14': integer(1), // atsStatusPhaseSyncStatus: inSync
      '5.2.1': integer(2), // atsNumInputs
      '5.3.1': integer(2), // atsNumInputs of the input group
      '5.4.1': integer(1), // atsNumOutputs
    }),
    ...table(`${ROOT}.5.3.2.1`, INPUTS, ({ n }) => n, {
      1: ({ n }) => integer(n), // atsInputTableIndex
      2: () => integer(3), // atsNumInputPhases
      3: () => integer(3), // atsInputVoltageOrientation: wye
      4: ({ supply }) => integer(world => supply(world).hertz), // atsInputFrequency
      5: () => integer(2), // atsInputType: main
      6: ({ name }) => text(name), // atsInputName
    }),
    ...table(`${ROOT}.5.3.3.1`, inputs, ({ n, phase }) => `${n}.1.${phase + 1}`, {
      1: ({ n }) => integer(n), // atsInputPhaseTableIndex
      2: ({ phase }) => integer(phase + 1), // atsInputPhaseIndex
      3: ({ supply, phase }) => integer(world => supply(world).volts[phase]), // atsInputVoltage
    }),
    ...table(`${ROOT}.5.4.2.1`, [0], () => 1, {
      1: () => integer(1), // atsOutputTableIndex
      2: () => integer(3), // atsNumOutputPhases
      3: () => integer(3), // atsOutputVoltageOrientation: wye
      4: () => integer(world => world.ats.output.hertz), // atsOutputFrequency
    }),
    ...table(`${ROOT}.5.4.3.1`, PHASES, phase => `1.1.${phase + 1}`, {
      1: () => integer(1), // atsOutputPhaseTableIndex
      2: phase => integer(phase + 1), // atsOutputPhaseIndex
      3: phase => integer(world => world.ats.output.volts[phase]), // atsOutputVoltage
      4: phase => integer(world => 10 * amps(world, phase)), // atsOutputCurrent
      7: () => integer(world => world.atsWatts / 3 / POWER_FACTOR), // atsOutputLoad
      10: phase => integer(world => (100 * amps(world, phase)) / RATED), // atsOutputPercentLoad
      13: () => integer(world => world.atsWatts / 3), // atsOutputPower
    }),
  ]
}
