// Heat and cooling of each room: what its racks draw becomes heat, and the running cooling units must take it away, with the largest gone too.
import type { Amount, RoomCooling } from '../domain/plant.ts'
import { type Flow, type PhaseWatts, watts } from './flow.ts'
import { amountOf } from './load.ts'

/** Rooms in which racks stand or which are cooled, in the layout's order. `carried`: another flow than the present, as after a failure. */
export function coolingOf(flow: Flow, lives: (node: number) => boolean = () => true, carried: PhaseWatts = flow.now): RoomCooling[] {
  const { graph } = flow
  const units = new Map<string, { readonly node: number; readonly rated: number }[]>()
  for (const { id, kind, room } of graph.layout.power) {
    if (kind !== 'cooling' || room === undefined) continue
    const node = graph.index.get(id)!
    const list = units.get(room) ?? []
    list.push({ node, rated: graph.heat[node]! })
    units.set(room, list)
  }
  const heats = heatByRoom(flow, carried)
  return graph.layout.rooms
    .filter(room => heats.has(room.id) || units.has(room.id))
    .map(room => {
      const running = (units.get(room.id) ?? []).filter(({ node }) => lives(node))
      const ratings = running.map(({ rated }) => rated)
      const known = units.has(room.id) && !ratings.some(Number.isNaN)
      const capacity = known ? ratings.reduce((sum, rated) => sum + rated, 0) : null
      const heat = heats.get(room.id) ?? NO_LOAD
      return {
        room: room.id,
        heat,
        units: running.length,
        capacity,
        spare: capacity === null ? null : capacity - Math.max(0, ...ratings),
        over: capacity !== null && heat.value !== null && heat.value > capacity * (1 + 1e-9),
      }
    })
}

/** Of a rack whose feeds nobody wrote down nothing is known, unless it is empty. */
export const unfed = (things: number): Amount => (things === 0 ? NO_LOAD : { value: null, basis: 'unknown', measured: 0, missing: things, at: null })

export const NO_LOAD: Amount = { value: 0, basis: 'summed', measured: 0, missing: 0, at: null }

function heatByRoom(flow: Flow, carried: PhaseWatts): ReadonlyMap<string, Amount> {
  const { graph } = flow
  const heats = new Map<string, Amount>()
  for (const [no, rack] of graph.layout.racks.entries()) {
    if (graph.feeds[no]!.length === 0) heats.set(rack.room, added(heats.get(rack.room) ?? NO_LOAD, unfed(graph.inRack[no]!.length)))
    for (const { node } of graph.feeds[no]!) {
      const load = amountOf(flow, node)
      const value = watts(carried, node)
      heats.set(rack.room, added(heats.get(rack.room) ?? NO_LOAD, { ...load, value: load.value === null && value === 0 ? null : value }))
    }
    if (!heats.has(rack.room)) heats.set(rack.room, NO_LOAD)
  }
  return heats
}

/** Sums keep what is known of their parts: a share that was read, things without a figure, the oldest reading. */
export function added(a: Amount, b: Amount): Amount {
  const value = (a.value ?? 0) + (b.value ?? 0)
  const read = (a.value ?? 0) * a.measured + (b.value ?? 0) * b.measured
  const known = a.value !== null || b.value !== null
  return {
    value: known ? value : null,
    basis: known ? 'summed' : 'unknown',
    measured: value > 0 ? read / value : 0,
    missing: a.missing + b.missing,
    at: a.at === null ? b.at : b.at === null ? a.at : Math.min(a.at, b.at),
  }
}
