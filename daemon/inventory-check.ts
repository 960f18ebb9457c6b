// What a schema cannot see in an inventory: names that lead nowhere, ids used twice, power that runs in a circle.
import type { Found } from './domain/explain.ts'
import type { Inventory } from './domain/inventory.ts'
import { checkRacks } from './inventory-racks.ts'

export function checkInventory(inventory: Inventory): Found[] {
  const found: Found[] = []
  const say = (key: string, reason: string, remedy: string) => found.push({ path: key.split('.'), reason, remedy })
  const { sites, rooms, cages, rows, racks, equipment, doors, sensors, fixtures, power, networks, services, devices } = inventory

  const idsOf = (name: string, list: readonly { id: string }[]): Set<string> => {
    const seen = new Set<string>()
    for (const [index, { id }] of list.entries()) {
      if (seen.has(id)) say(`${name}.${index}.id`, `"${id}" is used twice`, 'Give each its own id.')
      seen.add(id)
    }
    return seen
  }
  const siteIds = new Set([inventory.site.id, ...idsOf('sites', sites)])
  for (const [i, site] of sites.entries())
    if (site.id === inventory.site.id) say(`sites.${i}.id`, `"${site.id}" is the first site's id`, 'Give each its own id.')
  const roomIds = idsOf('rooms', rooms)
  const cageIds = idsOf('cages', cages)
  const rowIds = idsOf('rows', rows)
  const rackIds = idsOf('racks', racks)
  const rackOf = new Map(racks.map(rack => [rack.id, rack]))
  const nodeIds = idsOf('power', power)
  const deviceIds = idsOf('devices', devices)
  idsOf('networks', networks)
  for (const [name, list] of Object.entries({ equipment, doors, sensors, fixtures })) idsOf(name, list)

  const leads = (key: string, id: string | undefined, among: ReadonlySet<string>, what: string) => {
    if (id !== undefined && !among.has(id)) say(key, `there is no ${what} "${id}"`, `Correct the id or add the ${what}.`)
  }
  for (const [i, room] of rooms.entries()) leads(`rooms.${i}.site`, room.site, siteIds, 'site')
  for (const [i, { site }] of networks.entries()) if (site !== inventory.site.id) leads(`networks.${i}.site`, site, siteIds, 'site')
  for (const [i, cage] of cages.entries()) leads(`cages.${i}.room`, cage.room, roomIds, 'room')
  for (const [i, row] of rows.entries()) leads(`rows.${i}.room`, row.room, roomIds, 'room')
  for (const [i, rack] of racks.entries()) {
    leads(`racks.${i}.room`, rack.room, roomIds, 'room')
    leads(`racks.${i}.row`, rack.row, rowIds, 'row')
    leads(`racks.${i}.cage`, rack.cage, cageIds, 'cage')
    for (const [j, feed] of rack.feeds.entries()) leads(`racks.${i}.feeds.${j}.node`, feed.node, nodeIds, 'power node')
  }
  for (const [i, item] of equipment.entries()) {
    leads(`equipment.${i}.rack`, item.rack, rackIds, 'rack')
    leads(`equipment.${i}.device`, item.device, deviceIds, 'device')
    const rack = rackOf.get(item.rack)
    if (rack !== undefined && item.u + item.height - 1 > rack.units) {
      say(`equipment.${i}.u`, `${item.name} would end at U${item.u + item.height - 1} of a rack with ${rack.units} U`, 'Correct u or height.')
    }
  }
  for (const [i, door] of doors.entries()) {
    leads(`doors.${i}.room`, door.room, roomIds, 'room')
    leads(`doors.${i}.rack`, door.rack, rackIds, 'rack')
    leads(`doors.${i}.state.device`, door.state?.device, deviceIds, 'device')
  }
  for (const [i, sensor] of sensors.entries()) {
    leads(`sensors.${i}.room`, sensor.room, roomIds, 'room')
    leads(`sensors.${i}.rack`, sensor.rack, rackIds, 'rack')
    leads(`sensors.${i}.point.device`, sensor.point.device, deviceIds, 'device')
  }
  for (const [i, fixture] of fixtures.entries()) {
    leads(`fixtures.${i}.room`, fixture.room, roomIds, 'room')
    leads(`fixtures.${i}.device`, fixture.device, deviceIds, 'device')
    for (const [j, ref] of fixture.shows.entries()) leads(`fixtures.${i}.shows.${j}.device`, ref.device, deviceIds, 'device')
  }
  for (const [i, node] of power.entries()) {
    leads(`power.${i}.device`, node.device, deviceIds, 'device')
    leads(`power.${i}.room`, node.room, roomIds, 'room')
    for (const [j, from] of node.from.entries()) leads(`power.${i}.from.${j}`, from, nodeIds, 'power node')
    for (const [name, refs] of Object.entries(node.measures)) {
      for (const ref of [refs].flat()) leads(`power.${i}.measures.${name}`, ref.device, deviceIds, 'device')
    }
  }
  for (const [i, device] of devices.entries()) {
    leads(`devices.${i}.place.room`, device.place?.room, roomIds, 'room')
    leads(`devices.${i}.place.rack`, device.place?.rack, rackIds, 'rack')
    for (const [j, node] of device.power.entries()) leads(`devices.${i}.power.${j}`, node, nodeIds, 'power node')
    for (const [j, parent] of device.network.entries()) leads(`devices.${i}.network.${j}`, parent, deviceIds, 'device')
  }
  idsOf('services', services)
  for (const [i, { needs }] of services.entries()) {
    for (const [j, group] of needs.entries())
      for (const [k, device] of group.entries()) leads(`services.${i}.needs.${j}.${k}`, device, deviceIds, 'device')
  }
  const circle = circleIn(new Map(power.map(node => [node.id, node.from])))
  if (circle !== null)
    say(
      `power.${power.findIndex(({ id }) => id === circle[0])}.from`,
      `power runs in a circle: ${circle.join(' → ')}`,
      'Remove one of these `from` entries.',
    )
  const loop = circleIn(new Map(devices.map(device => [device.id, device.network])))
  if (loop !== null) say('devices', `network parents run in a circle: ${loop.join(' → ')}`, 'Remove one of these `network` entries.')
  return [...found, ...checkRacks(inventory)]
}

/** A circle among parents, as the ids along it, or null. */
function circleIn(parents: ReadonlyMap<string, readonly string[]>): string[] | null {
  const finished = new Set<string>()
  const walk = (id: string, path: readonly string[]): string[] | null => {
    const at = path.indexOf(id)
    if (at >= 0) return [...path.slice(at), id]
    if (finished.has(id)) return null
    for (const parent of parents.get(id) ?? []) {
      const found = walk(parent, [...path, id])
      if (found !== null) return found
    }
    finished.add(id)
    return null
  }
  for (const id of parents.keys()) {
    const found = walk(id, [])
    if (found !== null) return found
  }
  return null
}
