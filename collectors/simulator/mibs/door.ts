// APC NetBotz Rack Access PX: PowerNet-MIB accessControl (318.1.1.20); its second door is not installed.
import type { Device } from '../../../daemon/domain/device.ts'
import { type Door, isHeld } from '../physics/doors.ts'
import type { World } from '../world.ts'
import { card, serial, system } from './system.ts'
import { integer, scalars, text, type Variable } from './variable.ts'

const ROOT = '1.3.6.1.4.1.318.1.1.20.1'

/** `k` is its number among the doors of the plan. */
export function doorMib(device: Device, k: number): Variable[] {
  const of =
    (read: (door: Door) => number) =>
    (world: World): number | undefined => {
      const door = world.doors[k]
      return door === undefined ? undefined : read(door)
    }
  const open = (door: Door): number => (door.openFor === null ? 2 : 1)
  const descr = `APC Web/SNMP Management Card (MB:v4.0.7 PF:v6.4.6 PN:apc_hw05_aos_646.bin AF1:v6.4.4 AN1:apc_hw05_accesspx_644.bin MN:AP9361 HR:01 SN: ${serial(device.id, '5A20')} MD:11/02/2020)`
  return [
    ...system(device, { descr, objectId: '1.3.6.1.4.1.318.1.3.30', location: device.name }),
    ...card(device),
    ...scalars(ROOT, {
      '1.1': text(device.name), // accessPXIdentAlarmName
      '1.2': text('AP9361'), // accessPXIdentProductNumber
      '1.5': text(serial(device.id, '5A20')), // accessPXIdentSerialNumber
      '4.1': integer(of(door => (door.openFor === null ? 2 : 1))), // accessPXStatusFrontDoorLock: unlocked 1, locked 2
      '4.2': integer(of(open)), // accessPXStatusFrontDoor: open 1, closed 2
      '4.3': integer(of(open)), // accessPXStatusFrontDoorHandle
      '4.4': integer(of(door => (door.forced ? 1 : 2))), // accessPXStatusFrontDoorTamper
      '4.5': integer(of(door => (door.forced ? 3 : isHeld(door) ? 2 : 1))), // accessPXStatusFrontDoorAlarmStatus: normal, warning, critical
      '6.1': integer(3), // accessPXStatusRearDoorLock: not installed
      '6.2': integer(3), // accessPXStatusRearDoor
      '6.3': integer(3), // accessPXStatusRearDoorHandle
      '6.5': integer(4), // accessPXStatusRearDoorAlarmStatus
    }),
  ]
}
