// What each feed of a rack carries, and what it would have to carry when another one fails (N-1).
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Slot } from './elevation.ts'
import { type Reader, sumOf } from './reading.ts'

type Rack = Layout['racks'][number]
type Feed = Rack['feeds'][number]

/** Continuous load a breaker may carry: 80 % of its rating (NEC 210.20, common practice with IEC 60898 type C breakers too). */
export const SAFE = 0.8

export interface FeedLoad {
  readonly feed: Feed
  /** W; null when nothing measures it. */
  readonly load: number | null
  /** What the breaker is rated for and what it may carry for long, W. */
  readonly rating: number
  readonly safe: number
  /** Load with the worst other feed failed, W; null when unknown. */
  readonly takeover: number | null
}

export interface RackPower {
  readonly feeds: readonly FeedLoad[]
  readonly total: number | null
  /** What may still be added so that any one feed can fail, W; negative: already too much. null: unknown, or only one feed. */
  readonly headroom: number | null
  /** The load that remains possible with one feed lost, W. */
  readonly limit: number | null
  /** Load in parts of that limit. */
  readonly used: number | null
  /** Things that go dark with one feed: all their supplies hang on it. */
  readonly single: readonly { readonly name: string; readonly feed: string }[]
}

/** W a breaker is rated for. A three-phase voltage above 346 V is line to line, below it is line to neutral. */
export function ratingOf(feed: Pick<Feed, 'breaker' | 'voltage' | 'phases'>): number {
  if (feed.phases === 1) return feed.breaker * feed.voltage
  return feed.breaker * feed.voltage * (feed.voltage > 346 ? Math.sqrt(3) : 3)
}

/** W that would vanish with the feed, because nothing else carries those things. */
function bound(feed: string, slots: readonly Slot[], read: Reader): number {
  let watts = 0
  for (const slot of slots)
    for (const psu of slot.psus)
      if (psu.feed === feed && psu.power && slot.psus.every(other => other.feed === feed)) watts += read(psu.power)?.value ?? 0
  return watts
}

/** W that `lost` hands over to `other` when it fails: its redundant load, shared equally by the feeds that remain. */
function moved(lost: FeedLoad, loads: readonly FeedLoad[], slots: readonly Slot[], read: Reader): number {
  return Math.max(0, (lost.load ?? 0) - bound(lost.feed.name, slots, read)) / (loads.length - 1)
}

export function rackPower(rack: Rack, nodes: Layout['power'], slots: readonly Slot[], read: Reader): RackPower {
  const loads: FeedLoad[] = rack.feeds.map(feed => {
    const node = nodes.find(each => each.id === feed.node)
    const rating = ratingOf(feed)
    return { feed, load: sumOf(read, node?.measures['power']), rating, safe: rating * SAFE, takeover: null }
  })
  const known = loads.filter(each => each.load !== null)
  const total = known.length === 0 ? null : known.reduce((sum, each) => sum + (each.load ?? 0), 0)
  const single = slots.flatMap(slot => {
    const feed = slot.psus[0]?.feed
    return feed !== undefined && rack.feeds.length > 1 && slot.psus.every(psu => psu.feed === feed) ? [{ name: slot.name, feed }] : []
  })
  if (loads.length < 2 || known.length < loads.length) return { feeds: loads, total, headroom: null, limit: null, used: null, single }
  const feeds = loads.map(each => {
    const worst = Math.max(...loads.filter(other => other !== each).map(other => moved(other, loads, slots, read)))
    return { ...each, takeover: (each.load ?? 0) + worst }
  })
  // What is added counts fully on a survivor when only two feeds share it, and by its share when there are more.
  const headroom = Math.min(...feeds.map(each => each.safe - (each.takeover ?? 0))) * (feeds.length - 1)
  const limit = Math.min(...feeds.map(each => each.safe)) * (feeds.length - 1)
  return { feeds, total, headroom, limit, used: total === null || limit === 0 ? null : total / limit, single }
}
