// Ports of a switch: IF-MIB with 64-bit counters (RFC 2863) and its neighbours by LLDP-MIB (IEEE 802.1AB).
import type { Device } from '../../../daemon/domain/device.ts'
import { PER_PORT, type Port } from '../physics/traffic.ts'
import type { Plan } from '../plan.ts'
import type { SwitchPlan } from '../wiring.ts'
import type { World } from '../world.ts'
import { hardware, uptime } from './system.ts'
import { counter, counter64, gauge, integer, octets, scalars, table, text, ticks, type Variable } from './variable.ts'

const INTERFACES = '1.3.6.1.2.1.2'
const IF_X = '1.3.6.1.2.1.31.1.1.1'
const LLDP = '1.0.8802.1.1.2.1'

/** Cisco's short form: Gi1/0/1, Te1/1/1. */
const short = (name: string): string => name.replace('TenGigabitEthernet', 'Te').replace('GigabitEthernet', 'Gi')

/** True while something live is at the other end. */
function linkUp(plan: Plan, port: Port): (world: World) => boolean {
  const gear = plan.gears.findIndex(({ id }) => id === port.peer)
  const device = port.peer !== null && plan.devices.has(port.peer) ? port.peer : null
  if (device !== null) return world => world.powered.has(device)
  return world => gear >= 0 && world.gear[gear]?.since != null
}

export function portsMib(plan: Plan, device: Device, own: SwitchPlan, k: number): Variable[] {
  const up = uptime(device.id)
  const rows = own.ports.map((port, n) => ({ ...port, n, live: linkUp(plan, port) }))
  const count =
    (n: number, which: 0 | 1 | 2 | 3) =>
    (world: World): number =>
      world.traffic[k]?.[n * PER_PORT + which] ?? 0
  const oper = (live: (world: World) => boolean) => (world: World) => (live(world) ? 1 : 2)
  const index = ({ ifIndex }: { ifIndex: number }): number => ifIndex
  return [
    ...scalars(INTERFACES, { 1: integer(rows.length) }), // ifNumber
    ...table(`${INTERFACES}.2.1`, rows, index, {
      1: ({ ifIndex }) => integer(ifIndex), // ifIndex
      2: ({ name }) => text(name), // ifDescr
      3: () => integer(6), // ifType: ethernetCsmacd
      4: () => integer(1500), // ifMtu
      5: ({ speed }) => gauge(Math.min(speed, 0xffffffff)), // ifSpeed
      6: ({ n }) => octets(hardware(device.address.host, n)), // ifPhysAddress
      7: () => integer(1), // ifAdminStatus
      8: ({ live }) => integer(oper(live)), // ifOperStatus
      9: () => ticks(30), // ifLastChange
      10: ({ n }) => counter(count(n, 0)), // ifInOctets
      11: ({ n }) => counter(count(n, 2)), // ifInUcastPkts
      13: () => counter(0), // ifInDiscards
      14: () => counter(0), // ifInErrors
      16: ({ n }) => counter(count(n, 1)), // ifOutOctets
      17: ({ n }) => counter(count(n, 3)), // ifOutUcastPkts
      19: ({ n, uplink }) => counter(world => (uplink ? up(world) / 9000 + n : 0)), // ifOutDiscards
      20: () => counter(0), // ifOutErrors
    }),
    ...table(IF_X, rows, index, {
      1: ({ name }) => text(short(name)), // ifName
      2: ({ n }) => counter(world => count(n, 2)(world) * 0.004), // ifInMulticastPkts
      6: ({ n }) => counter64(count(n, 0)), // ifHCInOctets
      7: ({ n }) => counter64(count(n, 2)), // ifHCInUcastPkts
      10: ({ n }) => counter64(count(n, 1)), // ifHCOutOctets
      11: ({ n }) => counter64(count(n, 3)), // ifHCOutUcastPkts
      15: ({ speed }) => gauge(speed / 1_000_000), // ifHighSpeed
      17: () => integer(1), // ifConnectorPresent
      18: ({ alias }) => text(alias), // ifAlias
    }),
    ...scalars('1.3.6.1.2.1.31.1', { 5: ticks(30) }), // ifTableLastChange
    ...lldp(plan, device, own, rows),
  ]
}

function lldp(
  plan: Plan,
  device: Device,
  own: SwitchPlan,
  rows: readonly { readonly name: string; readonly n: number; readonly live: (world: World) => boolean }[],
): Variable[] {
  const seen = own.neighbours.flatMap(neighbour => {
    const peer = plan.devices.get(neighbour.peer)?.device
    const local = rows[neighbour.port]
    return peer === undefined || local === undefined ? [] : [{ ...neighbour, peer, local }]
  })
  const when =
    <T>(live: (world: World) => boolean, value: T) =>
    (world: World): T | undefined =>
      live(world) ? value : undefined
  return [
    ...scalars(`${LLDP}.3`, {
      1: integer(4), // lldpLocChassisIdSubtype: macAddress
      2: octets(hardware(device.address.host)), // lldpLocChassisId
      3: text(device.name), // lldpLocSysName
    }),
    ...table(`${LLDP}.3.7.1`, rows, ({ n }) => n + 1, {
      2: () => integer(5), // lldpLocPortIdSubtype: interfaceName
      3: ({ name }) => text(short(name)), // lldpLocPortId
      4: ({ name }) => text(name), // lldpLocPortDesc
    }),
    // Index: time mark, local port, neighbour.
    ...table(`${LLDP}.4.1.1`, seen, ({ port }) => `0.${port + 1}.1`, {
      4: ({ local }) => integer(when(local.live, 4)), // lldpRemChassisIdSubtype
      5: ({ local, peer }) => octets(when(local.live, hardware(peer.address.host))), // lldpRemChassisId
      6: ({ local }) => integer(when(local.live, 5)), // lldpRemPortIdSubtype
      7: ({ local, peerPort }) => text(when(local.live, short(peerPort))), // lldpRemPortId
      8: ({ local, peerPort }) => text(when(local.live, peerPort)), // lldpRemPortDesc
      9: ({ local, peer }) => text(when(local.live, peer.name)), // lldpRemSysName
      10: ({ local }) => text(when(local.live, 'Cisco IOS Software')), // lldpRemSysDesc
    }),
  ]
}
