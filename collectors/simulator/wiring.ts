// Which machine is plugged into which port of which switch.
import type { Device } from '../../daemon/domain/device.ts'
import type { Inventory } from '../../daemon/domain/inventory.ts'
import type { Gear } from './physics/load.ts'
import { channel } from './physics/noise.ts'
import type { Port } from './physics/traffic.ts'

export interface SwitchPlan {
  readonly id: string
  readonly core: boolean
  readonly ports: readonly Port[]
  /** What LLDP sees: local port number in `ports`, and the port of the other switch. */
  readonly neighbours: readonly { readonly port: number; readonly peer: string; readonly peerPort: string }[]
}

const COPPER = 48
const GIGABIT = 1_000_000_000

/** Equipment that is in no inventory, and the rack it stands in. */
type Guest = Pick<Gear, 'id' | 'watts'> & { readonly at: string }

interface Plugged {
  readonly peer: string
  readonly alias: string
  readonly bitsIn: number
  readonly bitsOut: number
}

/** Edge switches have 48 copper ports and two fibre uplinks, one to each core; core switches carry the edges and the plant. */
export function switchPlans(inventory: Inventory, gears: readonly Gear[], guests: readonly Guest[]): SwitchPlan[] {
  const switches = inventory.devices.filter(({ kind }) => kind === 'switch')
  const edges = switches.filter(({ network }) => network.length > 0)
  return switches.map(self => {
    const core = self.network.length === 0
    const ports = Array.from(
      { length: COPPER },
      (_, k): Port => port(self, k, copperName(k + 1), GIGABIT, plugged(inventory, gears, guests, edges, self)[k] ?? null, false),
    )
    const others = core ? edges.filter(({ network }) => network.includes(self.id)) : switches.filter(({ id }) => self.network.includes(id))
    const fibres = others.map((other, k) =>
      port(
        self,
        COPPER + k,
        fibreName(k + 1),
        10 * GIGABIT,
        { peer: other.id, alias: `${core ? 'to' : 'uplink'} ${other.name}`, bitsIn: 0, bitsOut: 0 },
        true,
      ),
    )
    const neighbours = others.map((other, k) => {
      const back = core
        ? other.network.indexOf(self.id)
        : edges.filter(({ network }) => network.includes(other.id)).findIndex(({ id }) => id === self.id)
      return { port: COPPER + k, peer: other.id, peerPort: fibreName(back + 1) }
    })
    return { id: self.id, core, ports: [...ports, ...fibres], neighbours }
  })
}

const copperName = (n: number): string => `GigabitEthernet1/0/${n}`
const fibreName = (n: number): string => `TenGigabitEthernet1/1/${n}`

function port({ id }: Device, k: number, name: string, speed: number, plug: Plugged | null, uplink: boolean): Port {
  return {
    name,
    alias: plug?.alias ?? '',
    speed,
    ifIndex: k < COPPER ? 10_101 + k : 10_201 + k - COPPER,
    peer: plug?.peer ?? null,
    uplink,
    bitsIn: plug?.bitsIn ?? 0,
    bitsOut: plug?.bitsOut ?? 0,
    channel: channel(`${id} ${name}`),
  }
}

/** Racks whose equipment an edge switch serves: those whose PDUs go through it. Core switches serve what names them. */
function plugged(
  { devices, equipment }: Inventory,
  gears: readonly Gear[],
  guests: readonly Guest[],
  edges: readonly Device[],
  self: Device,
): Plugged[] {
  const behind = devices.filter(({ network, kind }) => kind !== 'switch' && network.includes(self.id))
  const racks = new Set(behind.filter(({ kind }) => kind === 'pdu').map(({ place }) => place?.rack))
  const switchIds = new Set([
    ...edges.map(({ id }) => id),
    ...equipment.filter(item => devices.some(d => d.id === item.device && d.kind === 'switch')).map(({ id }) => id),
  ])
  const machines = equipment
    .filter(({ id, rack, psus }) => racks.has(rack) && psus.length > 0 && !switchIds.has(id))
    .map((item): Plugged => {
      // A machine that draws more usually sends more.
      const watts = gears.find(({ id }) => id === item.id)?.watts ?? 100
      return { peer: item.id, alias: item.name, bitsIn: watts * 220_000, bitsOut: watts * 130_000 }
    })
  const small = behind
    .filter(({ id }) => !equipment.some(item => item.device === id))
    .map(({ id, name }): Plugged => ({ peer: id, alias: name, bitsIn: 2400, bitsOut: 1800 }))
  // Nobody has named the port of a guest.
  const visiting = guests
    .filter(({ at }) => racks.has(at))
    .map(({ id, watts }): Plugged => ({ peer: id, alias: '', bitsIn: watts * 220_000, bitsOut: watts * 130_000 }))
  return [...machines, ...small, ...visiting].slice(0, COPPER)
}
