// Pools of addresses: what is used, kept back and free in each network, the next to give out, and what contradicts itself. Pure.

import type { AddressConflict, Addresses, AddressHolder, NetworkUse } from '../domain/capacity.ts'
import type { Equipment, Network } from '../domain/inventory.ts'
import { readIp, readRange, readSubnet, type Subnet, writeIp } from '../domain/ip.ts'

interface Held {
  readonly address: string
  readonly version: 4 | 6
  readonly number: bigint
  readonly holders: readonly AddressHolder[]
}

interface Range {
  readonly first: bigint
  readonly last: bigint
}

/** More free addresses than this are not counted one by one. */
const COUNTED = 1n << 32n

/** An IPv4 subnet gives its lowest and highest away to nobody, but for point-to-point links (RFC 3021) and single hosts. */
function edgesOf({ version, prefix, first, last }: Subnet): readonly bigint[] {
  if (version === 4) return prefix >= 31 ? [] : [first, last]
  // The lowest of IPv6 is the routers' anycast (RFC 4291, 2.6.1).
  return prefix >= 127 ? [] : [first]
}

/** Ranges that touch or lie over each other as one, lowest first. */
function joined(ranges: readonly Range[]): Range[] {
  const list: { first: bigint; last: bigint }[] = []
  for (const { first, last } of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const before = list.at(-1)
    if (before === undefined || first > before.last + 1n) list.push({ first, last })
    else if (last > before.last) before.last = last
  }
  return list
}

const sizeOf = (ranges: readonly Range[]): bigint => ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n)
const isIn = (ranges: readonly Range[], number: bigint): boolean => ranges.some(({ first, last }) => first <= number && number <= last)

/** `devices`: what is polled, with where it answers. Equipment that is a device may repeat that device's address. */
export function addressesOf(
  networks: readonly Network[],
  equipment: readonly Pick<Equipment, 'id' | 'name' | 'device' | 'addresses'>[],
  devices: readonly { readonly id: string; readonly name: string; readonly host: string }[],
): Addresses {
  const held = heldBy(equipment, devices)
  const subnets = networks.flatMap(network => {
    const subnet = readSubnet(network.cidr)
    return subnet === null ? [] : [{ network, subnet }]
  })
  const conflicts: AddressConflict[] = held.flatMap(({ address, holders }) =>
    holders.length > 1 ? [{ kind: 'twice' as const, address, holders }] : [],
  )
  for (const [i, a] of subnets.entries())
    for (const b of subnets.slice(i + 1))
      if (a.subnet.version === b.subnet.version && a.subnet.first <= b.subnet.last && b.subnet.first <= a.subnet.last)
        conflicts.push({ kind: 'overlap', networks: [a.network.id, b.network.id] })
  const inside = new Set<Held>()
  const uses = subnets.map(({ network, subnet }): NetworkUse => {
    const mine = held.filter(({ version, number }) => version === subnet.version && number >= subnet.first && number <= subnet.last)
    const gateway = network.gateway === undefined ? null : readIp(network.gateway)
    const edges = edgesOf(subnet)
    const keptBack = joined([
      ...network.reserved.flatMap(text => readRange(text) ?? []),
      ...edges.map(edge => ({ first: edge, last: edge })),
      ...(gateway === null ? [] : [{ first: gateway.number, last: gateway.number }]),
    ])
    for (const one of mine) {
      inside.add(one)
      const { address, number, holders } = one
      // A router of the inventory may well hold the gateway: that is what it is there for.
      if (edges.includes(number)) conflicts.push({ kind: 'edge', address, network: network.id, holders })
      else if (gateway?.number === number ? holders.length > 1 : isIn(keptBack, number))
        conflicts.push({ kind: gateway?.number === number ? 'gateway' : 'reserved', address, network: network.id, holders })
    }
    const taken = joined([...keptBack, ...mine.map(({ number }) => ({ first: number, last: number }))])
    const free = subnet.last - subnet.first + 1n - sizeOf(taken)
    const next = taken.reduce((at, { first, last }) => (at >= first && at <= last ? last + 1n : at), subnet.first)
    return {
      network: network.id,
      used: mine.filter(({ number }) => !isIn(keptBack, number)).length,
      reserved: Number(sizeOf(keptBack)),
      free: free >= COUNTED ? null : Number(free),
      next: free === 0n || next > subnet.last ? null : writeIp({ version: subnet.version, number: next }),
    }
  })
  return { networks: uses, conflicts, outside: networks.length === 0 ? 0 : held.length - inside.size }
}

function heldBy(
  equipment: readonly Pick<Equipment, 'id' | 'name' | 'device' | 'addresses'>[],
  devices: readonly { readonly id: string; readonly name: string; readonly host: string }[],
): readonly Held[] {
  const held = new Map<string, { address: string; version: 4 | 6; number: bigint; holders: Map<string, AddressHolder> }>()
  // By what it is: a thing and the device that it is are one.
  const put = (text: string, same: string, holder: AddressHolder): void => {
    const ip = readIp(text.split('/')[0] ?? '')
    if (ip === null) return
    const key = `${ip.version} ${ip.number}`
    const known = held.get(key) ?? { address: writeIp(ip), ...ip, holders: new Map<string, AddressHolder>() }
    if (!known.holders.has(same)) known.holders.set(same, holder)
    held.set(key, known)
  }
  for (const { id, name, device, addresses } of equipment)
    for (const address of addresses) put(address, device === undefined ? `equipment ${id}` : `device ${device}`, { kind: 'equipment', id, name })
  for (const { id, name, host } of devices) put(host, `device ${id}`, { kind: 'device', id, name })
  return [...held.values()]
    .sort((a, b) => a.version - b.version || (a.number < b.number ? -1 : 1))
    .map(({ holders, ...one }) => ({ ...one, holders: [...holders.values()] }))
}
