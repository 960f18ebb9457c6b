// Free addresses to give out: of the pools of the layout, without what stands in the racks, answers on the network, or is given out already.
import type { Layout } from './domain/inventory.ts'
import { addressesOf } from './plant/addresses.ts'

export interface Pools {
  readonly layout: Pick<Layout, 'networks' | 'equipment'>
  readonly devices: readonly { readonly id: string; readonly name: string; readonly host: string }[]
  /** Given out by hosting, or about to be. */
  readonly taken: readonly string[]
}

/** The next `most` of each network, networks in the order of the layout, each network's one after the other. */
export function freeAddresses({ layout, devices, taken }: Pools, most: number): readonly { readonly address: string; readonly network: string }[] {
  const held = taken.map((address, i) => ({ id: `given-${i}`, name: address, addresses: [address] }))
  return layout.networks.flatMap(network => {
    const found: { address: string; network: string }[] = []
    for (let n = 0; n < most; n++) {
      const mine = found.map(({ address }, i) => ({ id: `next-${i}`, name: address, addresses: [address] }))
      const next = addressesOf([network], [...layout.equipment, ...held, ...mine], devices).networks[0]?.next ?? null
      if (next === null) break
      found.push({ address: next, network: network.name })
    }
    return found
  })
}
