// Pools of IP addresses: what is left in each network, the next to give out, and what contradicts itself, by name.

import type { AddressConflict, Addresses, NetworkUse } from '../../../daemon/domain/capacity.ts'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { type Column, Icon, Panel, Table } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'

/** Conflicts that are told one by one. */
const SHOWN = 20

export function AddressesPanel({ addresses, layout }: { readonly addresses: Addresses; readonly layout: Layout }) {
  const words = t.value.plant.capacity
  const { networks, conflicts, outside } = addresses
  const network = (id: string) => layout.networks.find(one => one.id === id)
  const nameOf = (id: string): string => network(id)?.name ?? id
  const columns: readonly Column<NetworkUse>[] = [
    {
      key: 'network',
      label: words.network,
      cell: ({ network: id }) => (
        <>
          <b>{nameOf(id)}</b>
          <div class="small dim">
            <span class="mono">{network(id)?.cidr}</span>
            {network(id)?.vlan === undefined ? '' : ` · VLAN ${network(id)?.vlan}`}
          </div>
        </>
      ),
    },
    { key: 'used', label: words.usedOf, num: true, wide: true, cell: one => number(one.used) },
    { key: 'reserved', label: words.kept, num: true, wide: true, cell: one => number(one.reserved) },
    { key: 'free', label: words.freeIps, num: true, cell: one => (one.free === null ? words.countless : number(one.free)) },
    {
      key: 'next',
      label: words.nextIp,
      cell: one => (one.next === null ? <b class="t-warn">{words.noNext}</b> : <span class="mono">{one.next}</span>),
    },
  ]
  return (
    <Panel title={words.addresses} class="capacityaddresses" {...(outside === 0 ? {} : { end: words.outside(outside) })}>
      {networks.length === 0 ? (
        <p class="body mid">{words.addressesNone}</p>
      ) : (
        <Table label={words.addresses} columns={columns} rows={networks} keyOf={one => one.network} />
      )}
      {conflicts.length === 0 ? null : (
        <ul class="findings body">
          {conflicts.slice(0, SHOWN).map(one => (
            <li key={JSON.stringify(one)}>
              <Icon name="warn" class="warn" /> <span>{sentence(one, nameOf)}</span>
            </li>
          ))}
          {conflicts.length > SHOWN ? <li class="dim">{words.conflictsMore(conflicts.length - SHOWN)}</li> : null}
        </ul>
      )}
    </Panel>
  )
}

function sentence(conflict: AddressConflict, nameOf: (network: string) => string): string {
  const words = t.value.plant.capacity.conflict
  if (conflict.kind === 'overlap') return words.overlap(nameOf(conflict.networks[0]), nameOf(conflict.networks[1]))
  const names = conflict.holders.map(({ name }) => name).join(', ')
  return conflict.kind === 'twice' ? words.twice(conflict.address, names) : words[conflict.kind](conflict.address, nameOf(conflict.network), names)
}
