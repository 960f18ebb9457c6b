// Energy of a span: of the building, of its racks, of each tenant; and which share of every figure was read.
import type { Instant } from '../domain/call.ts'
import type { Series } from '../domain/history.ts'
import type { Layout, PointRef, PowerNode } from '../domain/inventory.ts'
import type { Energy, EnergyReport } from '../domain/plant.ts'

/** Wh of a point over the span; null: it was never read. */
export type Meter = (ref: PointRef) => Energy | null

const HOUR = 3_600_000
/** A reading says nothing of what comes later than this after it, ms. */
const HOLDS = 300_000

/**
 * Wh from a point of power (W): each bucket's mean for as long as the bucket lasts. Gaps are filled with the mean of what was read, which is not
 * counted as read; of a span that was mostly not read only what was read counts. `step`: width of a bucket, ms; 0: readings as they came, each holding until the next, but not for long.
 */
export function energyOfPower({ at, mean }: Pick<Series, 'at' | 'mean'>, step: number, from: Instant, to: Instant): Energy | null {
  let [wattMs, ms] = [0, 0]
  for (const [i, start] of at.entries()) {
    const value = mean[i]
    if (value === null || value === undefined) continue
    const until = step > 0 ? start + step : Math.min(start + HOLDS, at[i + 1] ?? start)
    const width = Math.min(until, to) - Math.max(start, from)
    if (width <= 0) continue
    wattMs += value * width
    ms += width
  }
  if (ms === 0) return null
  const read = wattMs / HOUR
  return carried(read, ms / (to - from))
}

/**
 * Wh from a counter (Wh): the sum of its steps; where it fell it was reset or changed, and counts from its new value on. Before the first and
 * after the last reading the mean rate is taken.
 */
export function energyOfCounter({ at, mean }: Pick<Series, 'at' | 'mean'>, from: Instant, to: Instant): Energy | null {
  const read: { readonly at: Instant; readonly value: number }[] = []
  for (const [i, moment] of at.entries()) if (mean[i] != null && moment >= from && moment <= to) read.push({ at: moment, value: mean[i]! })
  const [first, last] = [read[0], read.at(-1)]
  if (first === undefined || last === undefined || last.at === first.at) return null
  let counted = 0
  for (const [i, { value }] of read.entries()) {
    const before = read[i - 1]?.value ?? value
    counted += value >= before ? value - before : value
  }
  return carried(counted, (last.at - first.at) / (to - from))
}

/** Less than this share of a span says nothing about the rest of it. */
const ENOUGH = 0.5

function carried(read: number, share: number): Energy {
  const covered = Math.min(1, share)
  return covered < ENOUGH ? { wh: read, measured: 1, covered } : { wh: read / covered, measured: covered, covered }
}

const plus = (a: Energy, b: Energy): Energy => {
  const wh = a.wh + b.wh
  const mean = (of: 'measured' | 'covered') => (wh === 0 ? Math.min(a[of], b[of]) : (a.wh * a[of] + b.wh * b[of]) / wh)
  return { wh, measured: mean('measured'), covered: mean('covered') }
}

const NONE: Energy = { wh: 0, measured: 1, covered: 1 }

/** A node's own meter: its energy counters, else its power; null when one of its points was never read. */
function metered(node: PowerNode | undefined, meter: Meter): Energy | null {
  for (const name of ['energy', 'power']) {
    const refs = [node?.measures[name] ?? []].flat()
    const parts = refs.map(meter)
    if (refs.length > 0 && parts.every(part => part !== null)) return parts.reduce(plus, NONE)
  }
  return null
}

export function energyReport(layout: Layout, meter: Meter, from: Instant, to: Instant): EnergyReport {
  const facility = facilityEnergy(layout, meter)
  const nodes = new Map(layout.power.map(node => [node.id, node]))
  const tenants = new Map<string | null, Energy>()
  const unread: string[] = []
  let it: Energy | null = null
  for (const rack of layout.racks) {
    const equipment = layout.equipment.filter(item => item.rack === rack.id)
    // A node that feeds two racks is no rack's meter.
    const feeds = rack.feeds.map(feed =>
      layout.racks.some(other => other !== rack && other.feeds.some(one => one.node === feed.node)) ? null : metered(nodes.get(feed.node), meter),
    )
    const shares = sharesOf(equipment, meter)
    const known = feeds.length > 0 && feeds.every(feed => feed !== null) ? feeds.reduce<Energy>((sum, feed) => plus(sum, feed ?? NONE), NONE) : null
    const whole = known ?? (shares.some(({ read }) => read) ? shares.map(({ energy }) => energy).reduce(plus, NONE) : null)
    if (known === null && shares.some(({ read }) => !read)) unread.push(rack.id)
    if (whole === null) continue
    it = it === null ? whole : plus(it, whole)
    const add = (tenant: string | null, energy: Energy) => tenants.set(tenant, plus(tenants.get(tenant) ?? NONE, energy))
    if (rack.tenant !== undefined) add(rack.tenant, whole)
    else for (const { tenant, energy } of split(whole, shares)) add(tenant, energy)
  }
  return {
    from,
    to,
    facility,
    it,
    pue: facility === null || it === null || it.wh === 0 ? null : facility.wh / it.wh,
    tenants: [...tenants]
      .map(([tenant, energy]) => ({ tenant, energy }))
      .sort((a, b) => b.energy.wh - a.energy.wh || ((a.tenant ?? '') < (b.tenant ?? '') ? -1 : 1)),
    unread,
  }
}

/** What came in: at each switch between public supply and gensets its own meter where it has one, else at those. */
function facilityEnergy({ power }: Layout, meter: Meter): Energy | null {
  const nodes = new Map(power.map(node => [node.id, node]))
  const isSource = (node: PowerNode | undefined) => node?.kind === 'utility' || node?.kind === 'genset'
  const behind = new Set<string>()
  const parts: (Energy | null)[] = []
  for (const node of power) {
    if (node.kind !== 'ats' || node.from.length === 0 || !node.from.every(id => isSource(nodes.get(id)))) continue
    const own = metered(node, meter)
    if (own === null) continue
    parts.push(own)
    for (const id of node.from) behind.add(id)
  }
  for (const node of power) {
    if (!isSource(node) || behind.has(node.id)) continue
    const own = metered(node, meter)
    // That a genset has no meter is no gap: it runs on a few days a year.
    if (own !== null || node.kind === 'utility') parts.push(own)
  }
  if (parts.length === 0 || parts.some(part => part === null)) return null
  return parts.reduce<Energy>((sum, part) => plus(sum, part ?? NONE), NONE)
}

interface Share {
  readonly tenant: string | null
  readonly energy: Energy
  /** W that it counts with where it was not read. */
  readonly said: number
  readonly read: boolean
}

function sharesOf(equipment: Layout['equipment'], meter: Meter): Share[] {
  return equipment
    .filter(item => item.psus.length > 0 || item.agreed !== undefined || item.nameplate !== undefined)
    .map(item => {
      const parts = item.psus.map(psu => (psu.power === undefined ? null : meter(psu.power)))
      const read = parts.length > 0 && parts.every(part => part !== null)
      return {
        tenant: item.tenant ?? null,
        energy: parts.reduce<Energy>((sum, part) => plus(sum, part ?? NONE), NONE),
        said: item.agreed ?? item.nameplate ?? 0,
        read,
      }
    })
}

/** What was read at a thing is its tenant's; what is left of the rack is split among the others by what was agreed; what nobody explains is nobody's. */
function split(whole: Energy, shares: readonly Share[]): { readonly tenant: string | null; readonly energy: Energy }[] {
  const sum = shares.reduce((all, { energy, read }) => (read ? all + energy.wh : all), 0)
  // Outlets together may read a little more than the rack's meter: the meter holds.
  const factor = sum > whole.wh && sum > 0 ? whole.wh / sum : 1
  const found = shares.filter(({ read }) => read).map(({ tenant, energy }) => ({ tenant, energy: { ...energy, wh: energy.wh * factor } }))
  const left = Math.max(0, whole.wh - sum * factor)
  const silent = shares.filter(({ read, said }) => !read && said > 0)
  const said = silent.reduce((all, share) => all + share.said, 0)
  for (const share of silent) found.push({ tenant: share.tenant, energy: { wh: (left * share.said) / said, measured: 0, covered: whole.covered } })
  if (silent.length === 0 && left > 0) found.push({ tenant: null, energy: { ...whole, wh: left } })
  return found
}
