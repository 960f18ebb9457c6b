// The order of the racks that fit: a few parts, each between none and all, so that anyone can see why one stands before another.
import type { Headroom, ScorePart } from '../domain/placement.ts'
import type { RackGround } from './ground.ts'

const WEIGHTS: Readonly<Record<ScorePart['of'], number>> = { power: 30, inlet: 25, cooling: 15, units: 10, tenant: 10, phases: 5, weight: 5 }

/** Cooler than the warning by so many °C is as good as it gets. */
const COOL = 8
/** A fullest phase this far above the mean, %, is as bad as it gets. */
const CROOKED = 50

const unit = (value: number): number => Math.min(1, Math.max(0, value))
/** What is not known counts neither for nor against. */
const HALF = 0.5

export function scoreOf(room: Headroom, on: RackGround, tenant: string): { readonly score: number; readonly parts: readonly ScorePart[] } {
  const share = ({ left, limit }: Headroom['weight']): number => (limit > 0 ? unit(left / limit) : 0)
  const carried = [...room.feeds, ...(room.upstream === null ? [] : [room.upstream])].flatMap(({ now, peak }) => [share(now), share(peak)])
  const warmest = room.inlet === null ? null : (room.inlet.peak ?? room.inlet.now).value
  const values: Record<ScorePart['of'], number> = {
    power: carried.length === 0 ? 1 : Math.min(...carried),
    inlet: warmest === null ? HALF : unit((on.site.inlet.warning - warmest) / COOL),
    cooling: room.cooling === null ? HALF : Math.min(share(room.cooling.now), share(room.cooling.peak)),
    // A rack that it fills well leaves emptier ones whole.
    units: 1 - room.units.longest / on.rack.units,
    tenant: on.rack.tenant === tenant ? 1 : on.tenants.has(tenant) ? 0.8 : on.tenants.size === 0 ? 0.5 : 0.2,
    phases: room.phases === null ? HALF : 1 - unit(room.phases.after / CROOKED),
    weight: share(room.weight),
  }
  const parts = Object.entries(WEIGHTS).map(([of, weight]) => ({ of: of as ScorePart['of'], weight, value: round(values[of as ScorePart['of']]) }))
  // Rounded before they are compared: the last digit of a sum depends on the order of its parts, the order of racks must not.
  return { score: round(parts.reduce((sum, part) => sum + part.value * part.weight, 0)), parts }
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000
