// SNMPv2-MIB system group and the little of IF-MIB that a management card has (RFC 3418, RFC 2863).
import type { Device } from '../../../daemon/domain/device.ts'
import type { World } from '../world.ts'
import { counter, gauge, integer, objectId, octets, scalars, table, text, ticks, type Variable } from './variable.ts'

/** Seconds since the agent got power. */
export const uptime =
  (id: string) =>
  (world: World): number =>
    world.t - (world.powered.get(id) ?? world.t)

export interface About {
  readonly descr: string
  readonly objectId: string
  /** sysServices (72: a host's). */
  readonly services?: number
  readonly location: string
}

export const system = (device: Device, about: About): Variable[] =>
  scalars('1.3.6.1.2.1.1', {
    1: text(about.descr), // sysDescr
    2: objectId(about.objectId), // sysObjectID
    3: ticks(uptime(device.id)), // sysUpTime
    4: text('NOC DC Demo'), // sysContact
    5: text(device.name), // sysName
    6: text(about.location), // sysLocation
    7: integer(about.services ?? 72), // sysServices
  })

/** A locally administered hardware address made of the agent's own IP address. */
export function hardware(host: string, port = 0): Uint8Array {
  const [, b = 0, c = 0, d = 0] = host.split('.').map(Number)
  return Uint8Array.of(0x02, 0x42, b, c, d, port & 0xff)
}

/** One Ethernet card: what management cards of UPS, PDU and cooling show. Quiet counters that follow the uptime. */
export function card(device: Device, name = 'eth0'): Variable[] {
  const up = uptime(device.id)
  return [
    ...scalars('1.3.6.1.2.1.2', { 1: integer(1) }), // ifNumber
    ...table('1.3.6.1.2.1.2.2.1', [name], () => 1, {
      1: () => integer(1), // ifIndex
      2: row => text(row), // ifDescr
      3: () => integer(6), // ifType ethernetCsmacd
      4: () => integer(1500), // ifMtu
      5: () => gauge(100_000_000), // ifSpeed
      6: () => octets(hardware(device.address.host)), // ifPhysAddress
      7: () => integer(1), // ifAdminStatus
      8: () => integer(1), // ifOperStatus
      9: () => ticks(4), // ifLastChange
      10: () => counter(world => up(world) * 310), // ifInOctets
      11: () => counter(world => up(world) * 3.1), // ifInUcastPkts
      13: () => counter(0), // ifInDiscards
      14: () => counter(0), // ifInErrors
      16: () => counter(world => up(world) * 420), // ifOutOctets
      17: () => counter(world => up(world) * 3), // ifOutUcastPkts
      19: () => counter(0), // ifOutDiscards
      20: () => counter(0), // ifOutErrors
    }),
  ]
}

/** A serial number that stays with the device. */
export const serial = (id: string, lead: string): string => {
  let n = 7
  for (const letter of id) n = (n * 31 + letter.charCodeAt(0)) % 9_000_000
  return `${lead}${String(1_000_000 + n)}`
}
