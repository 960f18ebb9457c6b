// Where a request fits: every rack judged by its figures, those that fit in order, those that do not with every reason.
import type { Obstacle, Offer, Placement, PlacementRequest } from '../domain/placement.ts'
import { fitIn } from './fit.ts'
import type { Ground, RackGround } from './ground.ts'
import { headroomOf, type Needs, needsOf, obstaclesOf, unjudgedOf } from './headroom.ts'
import { legsFor } from './legs.ts'
import { scoreOf } from './score.ts'
import { freeUnits } from './units.ts'

/** Addresses that a site has in all; null: not known. */
export type AddressPool = (site: string) => number | null

export function placementFor(ground: Ground, request: PlacementRequest, pool: AddressPool = () => null): Placement {
  const needs = needsOf(request)
  const offers: Offer[] = []
  const refused: { rack: string; why: Obstacle[] }[] = []
  for (const on of ground.racks) {
    const judged = judge(ground, on, request, needs, pool)
    if ('why' in judged) refused.push({ rack: on.rack.id, why: judged.why })
    else offers.push(judged)
  }
  return {
    offers: offers.sort((a, b) => b.score - a.score || (a.rack < b.rack ? -1 : 1)),
    refused: refused.sort((a, b) => a.why.length - b.why.length || (a.rack < b.rack ? -1 : 1)),
  }
}

function judge(ground: Ground, on: RackGround, request: PlacementRequest, needs: Needs, pool: AddressPool): Offer | { why: Obstacle[] } {
  const why = strangers(ground, on, request)
  const fitted = fitIn(on.units, request.items)
  if (fitted === null) why.push(noRoom(on, request))
  const { feeds, obstacle } = legsFor(ground, on.no, request)
  if (obstacle !== null) why.push(obstacle)
  const headroom = headroomOf(ground, on, feeds, fitted, needs, pool(on.site.id))
  why.push(...obstaclesOf(headroom, on, needs))
  if (fitted === null || why.length > 0) return { why }
  return {
    rack: on.rack.id,
    ...scoreOf(headroom, on, request.tenant),
    feeds: feeds.map(f => ground.plant.graph.feeds[on.no]![f]!.name),
    ...fitted,
    headroom,
    unjudged: unjudgedOf(headroom, on, needs, ground.plant),
  }
}

/** Whose rack it is, and beside whom it stands. */
function strangers({ racks }: Ground, on: RackGround, { tenant, site, notBeside }: PlacementRequest): Obstacle[] {
  const why: Obstacle[] = []
  if (site !== undefined && on.site.id !== site) why.push({ code: 'otherSite', site: on.site.id })
  if (on.rack.tenant !== undefined && on.rack.tenant !== tenant) why.push({ code: 'otherTenant', tenant: on.rack.tenant })
  if (notBeside.length === 0) return why
  for (const near of [on, ...on.beside.map(no => racks[no]!)])
    for (const other of notBeside) if (near.tenants.has(other)) why.push({ code: 'besideTenant', rack: near.rack.id, tenant: other })
  return why
}

function noRoom({ units }: RackGround, { items }: PlacementRequest): Obstacle {
  const free = freeUnits(units)
  const half = items.every(({ depth }) => depth === 'half')
  const need = items.reduce((sum, { height }) => sum + height, 0)
  return half
    ? { code: 'units', need, free: free.front + free.rear, longest: Math.max(free.longest.front, free.longest.rear) }
    : { code: 'units', need, free: free.both, longest: free.longest.both }
}
