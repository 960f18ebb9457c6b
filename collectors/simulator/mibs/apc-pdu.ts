// APC rack PDU 2G, metered and switched by outlet: PowerNet-MIB rPDU2 (318.1.1.26).
import type { Device } from '../../../daemon/domain/device.ts'
import { OUTLETS } from '../physics/load.ts'
import type { Plan } from '../plan.ts'
import { meter, outletNames, POWER_FACTOR, RATED } from './pdu.ts'
import { card, serial, system } from './system.ts'
import { gauge, integer, scalars, table, text, type Variable } from './variable.ts'

const ROOT = '1.3.6.1.4.1.318.1.1.26'

/** A: near overload at 80 % of the breaker. */
const NEAR = Math.round(RATED * 0.8)

export function apcPduMib(plan: Plan, device: Device, k: number): Variable[] {
  const own = meter(plan, k)
  const names = outletNames(plan, k, OUTLETS)
  const outlets = names.map((name, n) => ({ name, n: n + 1 }))
  /** lowLoad 1, normal 2, nearOverload 3, overload 4. */
  const state = (amps: number): number => (amps > RATED ? 4 : amps > NEAR ? 3 : 2)
  const descr = `APC Web/SNMP Management Card (MB:v4.1.0 PF:v7.0.6 PN:apc_hw05_aos_706.bin AF1:v7.0.6 AN1:apc_hw05_rpdu2g_706.bin MN:AP8659EU3 HR:02 SN: ${serial(device.id, '5A21')} MD:07/09/2021)`
  return [
    ...system(device, { descr, objectId: '1.3.6.1.4.1.318.1.3.4.6', location: `Ruang Server, rak ${device.place?.rack ?? ''}` }),
    ...card(device),
    ...table(`${ROOT}.2.1`, [device], () => 1, {
      1: () => integer(1), // rPDU2IdentIndex
      2: () => integer(1), // rPDU2IdentModule
      3: ({ name }) => text(name), // rPDU2IdentName
      4: () => text('DC Demo'), // rPDU2IdentLocation
      5: () => text('02'), // rPDU2IdentHardwareRev
      6: () => text('v7.0.6'), // rPDU2IdentFirmwareRev
      7: () => text('07/09/2021'), // rPDU2IdentDateOfManufacture
      8: () => text('AP8659EU3'), // rPDU2IdentModelNumber
      9: ({ id }) => text(serial(id, '5A21')), // rPDU2IdentSerialNumber
    }),
    ...table(`${ROOT}.4.1.1`, [device], () => 1, {
      1: () => integer(1), // rPDU2DeviceConfigIndex
      2: () => integer(1), // rPDU2DeviceConfigModule
      3: ({ name }) => text(name), // rPDU2DeviceConfigName
      6: () => integer(0), // rPDU2DeviceConfigLowLoadPowerThreshold
      7: () => integer(29), // rPDU2DeviceConfigNearOverloadPowerThreshold, kW/10
      8: () => integer(36), // rPDU2DeviceConfigOverloadPowerThreshold
    }),
    ...table(`${ROOT}.4.2.1`, [device], () => 1, {
      1: () => integer(1), // rPDU2DevicePropertiesIndex
      2: () => integer(1), // rPDU2DevicePropertiesModule
      3: ({ name }) => text(name), // rPDU2DevicePropertiesName
      4: () => integer(OUTLETS), // rPDU2DevicePropertiesNumOutlets
      5: () => integer(OUTLETS), // rPDU2DevicePropertiesNumSwitchedOutlets
      6: () => integer(OUTLETS), // rPDU2DevicePropertiesNumMeteredOutlets
      7: () => integer(1), // rPDU2DevicePropertiesNumPhases
      8: () => integer(0), // rPDU2DevicePropertiesNumMeteredBanks
      9: () => integer(RATED), // rPDU2DevicePropertiesMaxCurrentRating
    }),
    ...table(`${ROOT}.4.3.1`, [device], () => 1, {
      1: () => integer(1), // rPDU2DeviceStatusIndex
      2: () => integer(1), // rPDU2DeviceStatusModule
      3: ({ name }) => text(name), // rPDU2DeviceStatusName
      4: () => integer(world => state(own.amps(world))), // rPDU2DeviceStatusLoadState
      5: () => integer(world => own.watts(world) / 10), // rPDU2DeviceStatusPower, kW/100
      6: () => integer(world => Math.max(190, own.watts(world) / 10)), // rPDU2DeviceStatusPeakPower
      9: () => integer(world => own.energy(world) / 100), // rPDU2DeviceStatusEnergy, kWh/10
      11: () => integer(2), // rPDU2DeviceStatusCommandPending: none
      12: () => integer(1), // rPDU2DeviceStatusPowerSupplyAlarm: normal
      13: () => integer(1), // rPDU2DeviceStatusPowerSupply1Status
      14: () => integer(3), // rPDU2DeviceStatusPowerSupply2Status: not installed
      16: () => integer(world => own.watts(world) / POWER_FACTOR / 10), // rPDU2DeviceStatusApparentPower, kVA/100
      17: () => integer(100 * POWER_FACTOR), // rPDU2DeviceStatusPowerFactor
    }),
    ...scalars(`${ROOT}.6`, { 1: integer(1) }), // rPDU2PhaseTableSize
    ...table(`${ROOT}.6.2.1`, [1], n => n, {
      1: n => integer(n), // rPDU2PhaseConfigIndex
      2: () => integer(1), // rPDU2PhaseConfigModule
      3: n => integer(n), // rPDU2PhaseConfigNumber
      4: () => integer(1), // rPDU2PhaseConfigOverloadRestriction
      5: () => integer(0), // rPDU2PhaseConfigLowLoadCurrentThreshold
      6: () => integer(NEAR), // rPDU2PhaseConfigNearOverloadCurrentThreshold
      7: () => integer(RATED), // rPDU2PhaseConfigOverloadCurrentThreshold
    }),
    ...table(`${ROOT}.6.3.1`, [1], n => n, {
      1: n => integer(n), // rPDU2PhaseStatusIndex
      2: () => integer(1), // rPDU2PhaseStatusModule
      3: n => integer(n), // rPDU2PhaseStatusNumber
      4: () => integer(world => state(own.amps(world))), // rPDU2PhaseStatusLoadState
      5: () => integer(world => 10 * own.amps(world)), // rPDU2PhaseStatusCurrent, A/10
      6: () => integer(own.volts), // rPDU2PhaseStatusVoltage
      7: () => integer(world => own.watts(world) / 10), // rPDU2PhaseStatusPower, kW/100
      8: () => integer(world => own.watts(world) / POWER_FACTOR / 10), // rPDU2PhaseStatusApparentPower
      9: () => integer(100 * POWER_FACTOR), // rPDU2PhaseStatusPowerFactor
      10: () => integer(world => Math.max(90, 10 * own.amps(world))), // rPDU2PhaseStatusPeakCurrent
    }),
    ...scalars(`${ROOT}.9.1`, { 1: integer(OUTLETS) }), // rPDU2OutletTableSize
    ...table(`${ROOT}.9.2.3.1`, outlets, ({ n }) => n, {
      1: ({ n }) => integer(n), // rPDU2OutletSwitchedStatusIndex
      2: () => integer(1), // rPDU2OutletSwitchedStatusModule
      3: ({ name }) => text(name), // rPDU2OutletSwitchedStatusName
      4: ({ n }) => integer(n), // rPDU2OutletSwitchedStatusNumber
      5: () => integer(2), // rPDU2OutletSwitchedStatusState: on
      6: () => integer(2), // rPDU2OutletSwitchedStatusCommandPending: none
    }),
    ...table(`${ROOT}.9.4.3.1`, outlets, ({ n }) => n, {
      1: ({ n }) => integer(n), // rPDU2OutletMeteredStatusIndex
      2: () => integer(1), // rPDU2OutletMeteredStatusModule
      3: ({ name }) => text(name), // rPDU2OutletMeteredStatusName
      4: ({ n }) => integer(n), // rPDU2OutletMeteredStatusNumber
      5: () => integer(2), // rPDU2OutletMeteredStatusState
      6: ({ n }) => integer(world => 10 * own.outletAmps(world, n)), // rPDU2OutletMeteredStatusCurrent, A/10
      7: ({ n }) => integer(world => own.outletWatts(world, n)), // rPDU2OutletMeteredStatusPower, W
      8: ({ n }) => integer(world => Math.max(20, 1.15 * own.outletWatts(world, n))), // rPDU2OutletMeteredStatusPeakPower
      11: ({ n }) => gauge(world => own.outletEnergy(world, n) / 100), // rPDU2OutletMeteredStatusEnergy, kWh/10
    }),
  ]
}
