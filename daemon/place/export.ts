// The place as files: YAML that `site:` takes, tables for a spreadsheet, and what NetBox's import forms take.
import { stringify } from 'yaml'
import { writeCsv } from '../domain/csv.ts'
import type { Access } from '../domain/device.ts'
import type { Inventory } from '../domain/inventory.ts'
import { COLUMNS, type Table } from './columns.ts'
import { slug } from './makes.ts'

/** What may stand in a file that people pass on: which way a device is asked, never what opens it. */
function openly(access: Access): object {
  if (access.via === 'snmp')
    return access.version === '3' ? { via: 'snmp', version: '3', user: access.user } : { via: 'snmp', version: access.version }
  if (access.via === 'ssh') return { via: 'ssh', user: access.user, ...(access.hostKey === undefined ? {} : { hostKey: access.hostKey }) }
  return { via: 'host' }
}

const HEAD = `# The place as Suar has it. Communities, passwords and keys of devices are left out: put them back before you use this file as "site:".
`

/** One entry a line; empty lists are left out. */
export function yamlOf(inventory: Inventory): string {
  const { site, devices, ...lists } = inventory
  const line = (value: unknown) => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd()
  const list = (name: string, entries: readonly unknown[]) =>
    entries.length === 0 ? '' : `\n${name}:\n${entries.map(entry => `  - ${line(entry)}\n`).join('')}`
  const asked = devices.map(device => ({ ...device, access: openly(device.access) }))
  return `${HEAD}\nsite: ${line(site)}\n${Object.entries(lists)
    .map(([name, entries]) => list(name, entries))
    .join('')}${list('devices', asked)}`
}

const text = (value: string | number | undefined): string => (value === undefined ? '' : String(value))
const roomOf = (inventory: Inventory, id: string | undefined) => inventory.rooms.find(room => room.id === id)
const siteOf = (inventory: Inventory, room: string | undefined) => {
  const id = roomOf(inventory, room)?.site ?? inventory.site.id
  return [inventory.site, ...inventory.sites].find(site => site.id === id) ?? inventory.site
}

/** Columns that the import reads again without loss, but for feeds and measured points, which a table has no room for. */
export function csvOf(inventory: Inventory, table: Table): string {
  if (table === 'racks') {
    const head = COLUMNS.racks.map(([field]) => field).filter(field => !/^(outer|weightUnit)/.test(field))
    const rows = inventory.racks.map(rack => {
      const cells: Readonly<Record<string, string | number | undefined>> = { ...rack, feeds: undefined, site: siteOf(inventory, rack.room).id }
      return head.map(field => text(cells[field]))
    })
    return writeCsv(head, rows)
  }
  const head = COLUMNS.equipment.map(([field]) => field).filter(field => field !== 'manufacturer')
  const racks = new Map(inventory.racks.map(rack => [rack.id, rack]))
  const rows = inventory.equipment.map(item => {
    const room = racks.get(item.rack)?.room
    const cells: Readonly<Record<string, string | number | undefined>> = {
      ...item,
      room,
      site: siteOf(inventory, room).id,
      polled: item.device,
      addresses: item.addresses.join(' '),
      psus: item.psus.map(({ feed, outlet }) => (outlet === undefined ? feed : `${feed}:${outlet}`)).join('|'),
    }
    return head.map(field => text(cells[field]))
  })
  return writeCsv(head, rows)
}

/** Columns of NetBox's bulk import of racks and devices (docs.netbox.dev, "Bulk import"). */
export function netboxOf(inventory: Inventory, table: Table): string {
  const millimetres = (metres: number) => String(Math.round(metres * 1000))
  if (table === 'racks')
    return writeCsv(
      [
        'site',
        'location',
        'name',
        'facility_id',
        'status',
        'tenant',
        'role',
        'width',
        'u_height',
        'outer_width',
        'outer_depth',
        'outer_unit',
        'max_weight',
        'weight_unit',
      ],
      inventory.racks.map(rack => [
        siteOf(inventory, rack.room).name,
        roomOf(inventory, rack.room)?.name ?? rack.room,
        rack.name,
        rack.id,
        'active',
        text(rack.tenant),
        text(rack.use),
        '19',
        String(rack.units),
        millimetres(rack.width),
        millimetres(rack.depth),
        'mm',
        String(Math.round(rack.maxWeight)),
        'kg',
      ]),
    )
  const racks = new Map(inventory.racks.map(rack => [rack.id, rack]))
  return writeCsv(
    ['name', 'role', 'tenant', 'manufacturer', 'device_type', 'serial', 'asset_tag', 'status', 'site', 'location', 'rack', 'position', 'face'],
    inventory.equipment.map(item => {
      const rack = racks.get(item.rack)
      const kind = inventory.devices.find(({ id }) => id === item.device)?.kind ?? 'equipment'
      const [maker = 'Generic', ...model] = (item.make ?? '').split(' ').filter(each => each !== '')
      return [
        item.name,
        slug(kind),
        text(item.tenant),
        maker,
        model.length === 0 ? text(item.make ?? `${item.height}U`) : model.join(' '),
        text(item.serial),
        text(item.asset),
        'active',
        siteOf(inventory, rack?.room).name,
        roomOf(inventory, rack?.room)?.name ?? '',
        rack?.name ?? item.rack,
        String(item.u),
        item.face === 'rear' ? 'rear' : 'front',
      ]
    }),
  )
}
