// A rack's elevation: who occupies which units, on which face, and what is left.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { DeviceView } from '../../../daemon/stream/contract.ts'

type Rack = Layout['racks'][number]
type Equipment = Layout['equipment'][number]
export type Face = 'front' | 'rear'

/** One thing in its units. `row` counts grid lines from the top, as the drawing does. */
export interface Slot {
  readonly id: string
  readonly name: string
  readonly device: string | null
  readonly tenant: string | null
  readonly u: number
  readonly height: number
  readonly row: number
  readonly faces: readonly Face[]
  readonly psus: Equipment['psus']
  /** Another thing claims one of its units on the same face. */
  readonly conflict: boolean
}

export interface Elevation {
  readonly units: number
  readonly slots: readonly Slot[]
  /** Units that are taken on any face, and those that are free on both. */
  readonly taken: number
  readonly free: number
  /** Longest run of free units, which is what fits. */
  readonly longestFree: number
}

const FACES: Readonly<Record<'front' | 'rear' | 'both', readonly Face[]>> = { front: ['front'], rear: ['rear'], both: ['front', 'rear'] }

type Placed = Omit<Slot, 'row' | 'conflict'>

function placed(rack: Rack, equipment: readonly Equipment[], devices: readonly DeviceView[]): readonly Placed[] {
  const here = equipment.filter(each => each.rack === rack.id)
  const known = new Set(here.map(each => each.device))
  const inventoried = here.map(each => ({
    id: each.id,
    name: each.name,
    device: each.device ?? null,
    tenant: each.tenant ?? null,
    u: each.u,
    height: each.height,
    faces: FACES[each.face],
    psus: each.psus,
  }))
  const polled = devices.flatMap(device => {
    const place = device.place
    if (place?.rack !== rack.id || place.u === undefined || known.has(device.id)) return []
    return [
      {
        id: device.id,
        name: device.name,
        device: device.id,
        tenant: device.tenant,
        u: place.u,
        height: place.height,
        faces: FACES[place.face],
        psus: [],
      },
    ]
  })
  return [...inventoried, ...polled]
}

const overlap = (one: Placed, other: Placed) =>
  one.u < other.u + other.height && other.u < one.u + one.height && one.faces.some(face => other.faces.includes(face))

/** Things reaching beyond the rack are cut to it, and still counted as a conflict. */
export function elevationOf(rack: Rack, equipment: readonly Equipment[], devices: readonly DeviceView[]): Elevation {
  const things = placed(rack, equipment, devices).filter(thing => thing.u <= rack.units)
  const slots = things
    .map(thing => {
      const height = Math.min(thing.height, rack.units - thing.u + 1)
      return {
        ...thing,
        height,
        row: rack.units - (thing.u + height - 1) + 1,
        conflict: height < thing.height || things.some(other => other !== thing && overlap(thing, other)),
      }
    })
    .sort((one, other) => one.row - other.row)
  const used = new Set<number>()
  for (const slot of slots) for (let u = slot.u; u < slot.u + slot.height; u++) used.add(u)
  let run = 0
  let longestFree = 0
  for (let u = 1; u <= rack.units; u++) {
    run = used.has(u) ? 0 : run + 1
    longestFree = Math.max(longestFree, run)
  }
  return { units: rack.units, slots, taken: used.size, free: rack.units - used.size, longestFree }
}
