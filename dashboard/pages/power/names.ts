// What nodes of the power chain are called on the page: the inventory's names, and of what stands in racks its own.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { NodeId } from '../../../daemon/domain/plant.ts'

export interface Named {
  readonly name: string
  /** Where it stands. */
  readonly rack: string | null
}

export function namesOf(layout: Layout): (id: NodeId) => Named {
  const power = new Map(layout.power.map(node => [node.id, node.name]))
  const racks = new Map(layout.racks.map(rack => [rack.id, rack.name]))
  const equipment = new Map(layout.equipment.map(item => [item.id, item]))
  return id => {
    const [kind, first = '', second = ''] = id.split(':')
    if (kind === 'feed' || kind === 'outlet') return { name: `${racks.get(first) ?? first} ${second}`, rack: first }
    if (kind === 'item' || kind === 'psu') {
      const item = equipment.get(first)
      return {
        name: kind === 'psu' ? `${item?.name ?? first} ${second}` : (item?.name ?? (first === 'reservation' ? second : first)),
        rack: item?.rack ?? null,
      }
    }
    return { name: power.get(id) ?? id, rack: null }
  }
}
