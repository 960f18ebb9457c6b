// What a schema cannot see in the racks of an inventory: two things in one place, cords that lead nowhere, feeds that contradict themselves.
import type { Found } from './domain/explain.ts'
import type { Equipment, Inventory, Rack } from './domain/inventory.ts'

type Say = (key: string, reason: string, remedy: string) => void

export function checkRacks({ rooms, cages, rows, racks, equipment, sensors, power, devices }: Inventory): Found[] {
  const found: Found[] = []
  const say: Say = (key, reason, remedy) => found.push({ path: key.split('.'), reason, remedy })
  const roomIds = new Set(rooms.map(room => room.id))
  const byId = new Map(racks.map(rack => [rack.id, rack]))
  const sameRoom = (key: string, rack: Rack, what: string, room: string | undefined) => {
    if (room !== undefined && room !== rack.room && roomIds.has(room) && roomIds.has(rack.room))
      say(key, `rack ${rack.name} stands in room "${rack.room}", its ${what} in "${room}"`, `Correct the rack's room or its ${what}.`)
  }
  for (const [i, rack] of racks.entries()) {
    sameRoom(`racks.${i}.row`, rack, 'row', rows.find(row => row.id === rack.row)?.room)
    sameRoom(`racks.${i}.cage`, rack, 'cage', cages.find(cage => cage.id === rack.cage)?.room)
    checkFeeds(rack, i, say)
  }
  for (const [i, sensor] of sensors.entries()) {
    const units = byId.get(sensor.rack ?? '')?.units
    if (units !== undefined && sensor.u !== undefined && (sensor.u < 0 || sensor.u > units + 1))
      say(`sensors.${i}.u`, `${sensor.name} would hang at U${sensor.u} of a rack with ${units} U`, 'Correct u.')
  }
  checkCords(equipment, byId, new Set(devices.map(device => device.id)), say)
  checkPlaces(equipment, byId, say)
  checkDevices({ equipment, devices }, say)
  for (const [i, node] of power.entries()) {
    if (node.kind === 'feed' && node.breaker === undefined && node.capacity === undefined)
      say(`power.${i}.breaker`, `nothing says what feed ${node.name} can carry`, 'Write its breaker (A) or its capacity (W).')
    if (node.kind === 'cooling' && node.capacity !== undefined && node.room === undefined)
      say(`power.${i}.room`, `${node.name} takes heat away, nothing says from where`, 'Write the room it cools.')
  }
  return found
}

function checkFeeds(rack: Rack, i: number, say: Say): void {
  const seen = new Set<string>()
  for (const [j, feed] of rack.feeds.entries()) {
    if (seen.has(feed.name))
      say(`racks.${i}.feeds.${j}.name`, `rack ${rack.name} has two feeds ${feed.name}`, 'Give each feed of a rack its own letter.')
    seen.add(feed.name)
    if (feed.phases === 3 && feed.phase !== undefined)
      say(`racks.${i}.feeds.${j}.phase`, `feed ${feed.name} of rack ${rack.name} has three phases and names one`, 'Remove phase, or write phases: 1.')
  }
}

/** Where each cord leads: a feed that its rack has, an outlet that no other cord is in. */
function checkCords(equipment: readonly Equipment[], racks: ReadonlyMap<string, Rack>, devices: ReadonlySet<string>, say: Say): void {
  const taken = new Map<string, string>()
  for (const [i, item] of equipment.entries()) {
    const rack = racks.get(item.rack)
    for (const [j, psu] of item.psus.entries()) {
      const key = `equipment.${i}.psus.${j}`
      if (psu.power !== undefined && !devices.has(psu.power.device))
        say(`${key}.power.device`, `there is no device "${psu.power.device}"`, 'Correct the id or add the device.')
      if (rack === undefined) continue
      const feeds = rack.feeds.map(feed => feed.name)
      if (!feeds.includes(psu.feed))
        say(
          `${key}.feed`,
          `${item.name} hangs on feed ${psu.feed}, rack ${rack.name} has ${feeds.join(', ') || 'none'}`,
          'Correct the feed, or add it to the rack.',
        )
      if (psu.outlet === undefined) continue
      const outlet = `${rack.id}:${psu.feed}:${psu.outlet}`
      const other = taken.get(outlet)
      if (other !== undefined)
        say(`${key}.outlet`, `outlet ${psu.outlet} of feed ${psu.feed} in rack ${rack.name} has ${other} in it already`, 'Correct one of the two.')
      else taken.set(outlet, item.name)
    }
  }
}

const FACES = { front: ['front'], rear: ['rear'], both: ['front', 'rear'] } as const

/** Two things in one U, on one face. */
function checkPlaces(equipment: readonly Equipment[], racks: ReadonlyMap<string, Rack>, say: Say): void {
  const taken = new Map<string, Equipment>()
  for (const [i, item] of equipment.entries()) {
    const rack = racks.get(item.rack)
    if (rack === undefined) continue
    const told = new Set<Equipment>()
    for (let u = item.u; u < Math.min(item.u + item.height, rack.units + 1); u++)
      for (const face of FACES[item.face]) {
        const other = taken.get(`${rack.id} ${u} ${face}`)
        if (other === undefined) taken.set(`${rack.id} ${u} ${face}`, item)
        else if (!told.has(other)) {
          told.add(other)
          say(
            `equipment.${i}.u`,
            `${item.name} and ${other.name} are both at U${u} of rack ${rack.name}, ${face}`,
            'Correct u, height or face of one of them.',
          )
        }
      }
  }
}

/** A device is one thing: it stands once, and where it says itself. */
function checkDevices({ equipment, devices }: Pick<Inventory, 'equipment' | 'devices'>, say: Say): void {
  const stands = new Map<string, Equipment>()
  for (const [i, item] of equipment.entries()) {
    if (item.device === undefined) continue
    const other = stands.get(item.device)
    if (other === undefined) stands.set(item.device, item)
    else
      say(
        `equipment.${i}.device`,
        other.rack === item.rack
          ? `device "${item.device}" is both ${other.name} and ${item.name}`
          : `device "${item.device}" stands in rack "${other.rack}" (${other.name}) and in rack "${item.rack}" (${item.name})`,
        'Keep it at one of them.',
      )
  }
  for (const [i, { id, place }] of devices.entries()) {
    const item = stands.get(id)
    if (item !== undefined && place?.rack !== undefined && place.rack !== item.rack)
      say(
        `devices.${i}.place.rack`,
        `"${id}" is placed in rack "${place.rack}", its equipment ${item.name} in "${item.rack}"`,
        'Correct one of the two.',
      )
  }
}
