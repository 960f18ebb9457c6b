// What draws power in the racks: each piece of equipment on one or two feeds, following the day; and the rack PDUs it hangs on.
import { channel, wander } from './noise.ts'

export interface Gear {
  readonly id: string
  readonly rack: number
  /** W on a working day. */
  readonly watts: number
  /** Power supplies: which PDU, which outlet from 1. */
  readonly psus: readonly { readonly pdu: number; readonly outlet: number }[]
  /** Share of its load that the first supply takes while both live. */
  readonly split: number
  readonly channel: number
  /** Seconds from power to service. */
  readonly boot: number
}

export interface GearState {
  /** Seconds of world time at which it got power; null while it has none. */
  readonly since: number | null
  /** It shut itself down for heat. */
  readonly tooHot: boolean
  readonly watts: number
}

/** °C at the inlet beyond which equipment shuts down, and below which it may start again. */
export const HEAT = { down: 48, up: 35 } as const

/** 0 to 1: how busy a provincial government's servers are at `hour` (0 to 24) of a day (0 is Sunday). */
export function busy(hour: number, day: number): number {
  const bell = (at: number, width: number): number => Math.exp(-(((hour - at) / width) ** 2))
  const office = Math.max(bell(9.8, 2.2), 0.92 * bell(14, 2.3))
  const nightly = 0.25 * bell(1.5, 1.2)
  return Math.min(1, 0.28 + (day === 0 || day === 6 ? 0.18 : 0.62) * office + nightly)
}

/** Hour and day in the site's own time; `offset` minutes east of UTC. */
export function localHour(now: number, offset: number): { readonly hour: number; readonly day: number } {
  const minutes = now / 60_000 + offset
  return { hour: (minutes / 60) % 24, day: (Math.floor(minutes / 1440) + 4) % 7 }
}

/** W that equipment of nominal `watts` draws at `busyness`, with its own small wandering. */
function draw(gear: Gear, busyness: number, seed: number, t: number): number {
  const own = 0.05 * wander(seed, gear.channel, t, 240) + 0.015 * wander(seed, gear.channel + 1, t, 8)
  return gear.watts * Math.max(0.3, 0.78 + 0.26 * busyness + own)
}

export interface Draw {
  readonly gear: readonly GearState[]
  /** W on each outlet of each PDU: [pdu][outlet − 1]. */
  readonly outlets: readonly Float64Array[]
}

export const OUTLETS = 24
export const gearChannel = (id: string): number => channel(`gear ${id}`)

/** Splits every piece's draw over its living feeds: both, the one that is left, or none and it dies. */
export function stepLoad(
  gears: readonly Gear[],
  was: readonly GearState[],
  live: (pdu: number) => boolean,
  pdus: number,
  context: {
    readonly busyness: number
    readonly seed: number
    readonly t: number
    readonly dead: ReadonlySet<string>
    inletOf(rack: number): number
  },
): Draw {
  const outlets = Array.from({ length: pdus }, () => new Float64Array(OUTLETS))
  const gear = gears.map((item, k): GearState => {
    const before = was[k] ?? { since: null, tooHot: false, watts: 0 }
    const alive = item.psus.filter(({ pdu }) => live(pdu))
    const air = context.inletOf(item.rack)
    const tooHot = air > HEAT.down || (before.tooHot && air > HEAT.up)
    if (alive.length === 0 || tooHot || context.dead.has(item.id)) return { since: null, tooHot, watts: 0 }
    const since = before.since ?? context.t
    // Starting machines spin everything up, then settle.
    const starting = context.t - since < item.boot
    const watts = starting ? item.watts * 0.85 : draw(item, context.busyness, context.seed, context.t)
    alive.forEach(({ pdu, outlet }, n) => {
      const share = alive.length === 1 ? 1 : n === 0 ? item.split : (1 - item.split) / (alive.length - 1)
      const row = outlets[pdu]
      if (row !== undefined) row[outlet - 1] = (row[outlet - 1] ?? 0) + watts * share
    })
    return { since, tooHot: false, watts }
  })
  return { gear, outlets }
}
