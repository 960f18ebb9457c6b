// Raritan PX2/PX3 rack PDU: PDU2-MIB (13742.6), sensors of the inlet and of each outlet as rows of type, unit and decimals.
import type { Device } from '../../../daemon/domain/device.ts'
import { OUTLETS } from '../physics/load.ts'
import type { Plan } from '../plan.ts'
import type { World } from '../world.ts'
import { meter, outletNames, POWER_FACTOR, RATED } from './pdu.ts'
import { card, serial, system } from './system.ts'
import { gauge, integer, table, text, type Variable } from './variable.ts'

const ROOT = '1.3.6.1.4.1.13742.6'

/** SensorTypeEnumeration and SensorUnitsEnumeration of the MIB. */
const TYPE_OF = { rmsCurrent: 1, rmsVoltage: 4, activePower: 5, apparentPower: 6, powerFactor: 7, activeEnergy: 8, onOff: 14, frequency: 23 } as const
const UNIT_OF = { none: -1, volt: 1, amp: 2, watt: 3, voltAmp: 4, wattHour: 5, hertz: 8 } as const

interface Meter {
  readonly type: number
  readonly unit: number
  readonly digits: number
  readonly value: (world: World) => number
  /** In the sensor's own unit; null when it has no thresholds. */
  readonly limits: { readonly lowCritical: number; readonly lowWarning: number; readonly highWarning: number; readonly highCritical: number } | null
}

const RANGE_VOLT = { lowCritical: 188, lowWarning: 194, highWarning: 247, highCritical: 254 }
const RANGE_AMP = { lowCritical: 0, lowWarning: 0, highWarning: RATED * 0.65, highCritical: RATED * 0.8 }

export function raritanPduMib(plan: Plan, device: Device, k: number): Variable[] {
  const own = meter(plan, k)
  const names = outletNames(plan, k, OUTLETS)
  const inlet: Meter[] = [
    { type: TYPE_OF.rmsCurrent, unit: UNIT_OF.amp, digits: 3, value: own.amps, limits: RANGE_AMP },
    { type: TYPE_OF.rmsVoltage, unit: UNIT_OF.volt, digits: 0, value: own.volts, limits: RANGE_VOLT },
    { type: TYPE_OF.activePower, unit: UNIT_OF.watt, digits: 0, value: own.watts, limits: null },
    { type: TYPE_OF.apparentPower, unit: UNIT_OF.voltAmp, digits: 0, value: world => own.watts(world) / POWER_FACTOR, limits: null },
    { type: TYPE_OF.powerFactor, unit: UNIT_OF.none, digits: 2, value: () => POWER_FACTOR, limits: null },
    { type: TYPE_OF.activeEnergy, unit: UNIT_OF.wattHour, digits: 0, value: own.energy, limits: null },
    { type: TYPE_OF.frequency, unit: UNIT_OF.hertz, digits: 1, value: own.hertz, limits: null },
  ]
  const outletMeters = (n: number): Meter[] => [
    { type: TYPE_OF.rmsCurrent, unit: UNIT_OF.amp, digits: 3, value: world => own.outletAmps(world, n), limits: RANGE_AMP },
    { type: TYPE_OF.rmsVoltage, unit: UNIT_OF.volt, digits: 0, value: own.volts, limits: RANGE_VOLT },
    { type: TYPE_OF.activePower, unit: UNIT_OF.watt, digits: 0, value: world => own.outletWatts(world, n), limits: null },
    { type: TYPE_OF.activeEnergy, unit: UNIT_OF.wattHour, digits: 0, value: world => own.outletEnergy(world, n), limits: null },
  ]
  const inletRows = inlet.map(meterOf => ({ ...meterOf, index: `1.1.${meterOf.type}` }))
  const outletRows = names.flatMap((_, n) => outletMeters(n + 1).map(meterOf => ({ ...meterOf, index: `1.${n + 1}.${meterOf.type}` })))
  const switches = names.map((_, n) => ({ index: `1.${n + 1}.${TYPE_OF.onOff}` }))
  return [
    ...system(device, { descr: 'PX3 040008', objectId: '1.3.6.1.4.1.13742.6', location: `Ruang Server, rak ${device.place?.rack ?? ''}` }),
    ...card(device),
    ...table(`${ROOT}.3.2.1.1`, [device], () => 1, {
      2: () => text('Raritan'), // pduManufacturer
      3: () => text('PX3-5190R'), // pduModel
      4: ({ id }) => text(serial(id, 'QLA')), // pduSerialNumber
      5: () => text('220-240V'), // pduRatedVoltage
      6: () => text(`${RATED}A`), // pduRatedCurrent
      7: () => text('50/60Hz'), // pduRatedFrequency
    }),
    ...table(`${ROOT}.3.2.2.1`, [device], () => 1, {
      2: () => integer(1), // inletCount
      3: () => integer(0), // overCurrentProtectorCount
      4: () => integer(OUTLETS), // outletCount
      13: ({ name }) => text(name), // pduName
    }),
    ...table(`${ROOT}.3.2.3.1`, [device], () => '1.1.1', { 6: () => text('4.0.8.5-49771') }), // boardFirmwareVersion
    ...table(`${ROOT}.3.3.3.1`, ['I1'], () => '1.1', {
      2: row => text(row), // inletLabel
      3: () => text(''), // inletName
    }),
    ...sensorConfig(`${ROOT}.3.3.4.1`, inletRows),
    ...table(`${ROOT}.3.5.3.1`, names, (_, n) => `1.${n + 1}`, {
      2: (_, n) => text(String(n + 1)), // outletLabel
      3: name => text(name.startsWith('Outlet ') ? '' : name), // outletName
    }),
    ...sensorConfig(`${ROOT}.3.5.4.1`, outletRows),
    ...measurements(`${ROOT}.5.2.3.1`, inletRows),
    ...measurements(`${ROOT}.5.4.3.1`, outletRows),
    // An outlet's relay is a sensor without a number: its state says on 7.
    ...table(`${ROOT}.5.4.3.1`, switches, ({ index }) => index, {
      2: () => integer(1),
      3: () => integer(7),
      4: () => gauge(0),
    }),
  ]
}

type Row = Meter & { readonly index: string }

/** inletSensorConfigurationTable and outletSensorConfigurationTable have the same columns. */
const sensorConfig = (entry: string, rows: readonly Row[]): Variable[] =>
  table(entry, rows, ({ index }) => index, {
    4: () => integer(1), // …SensorLogAvailable
    6: ({ unit }) => integer(unit), // …SensorUnits
    7: ({ digits }) => gauge(digits), // …SensorDecimalDigits
    21: ({ limits, digits }) => gauge((limits?.lowCritical ?? 0) * 10 ** digits), // …LowerCriticalThreshold
    22: ({ limits, digits }) => gauge((limits?.lowWarning ?? 0) * 10 ** digits), // …LowerWarningThreshold
    23: ({ limits, digits }) => gauge((limits?.highCritical ?? 0) * 10 ** digits), // …UpperCriticalThreshold
    24: ({ limits, digits }) => gauge((limits?.highWarning ?? 0) * 10 ** digits), // …UpperWarningThreshold
    25: ({ limits }) => text(limits === null ? '\u0000' : limits.lowCritical > 0 ? '\u00f0' : '0'), // …EnabledThresholds
  })

const measurements = (entry: string, rows: readonly Row[]): Variable[] =>
  table(entry, rows, ({ index }) => index, {
    2: () => integer(1), // measurements…IsAvailable
    3: () => integer(4), // measurements…State: normal
    4: ({ value, digits }) => gauge(world => value(world) * 10 ** digits), // measurements…Value
  })
