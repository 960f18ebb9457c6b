// Which feeds of a rack new things would hang on: two that fail apart where that is asked for, those with most to spare.
import type { Obstacle, PlacementRequest } from '../domain/placement.ts'
import { feedPairs, spareBehind } from './capacity.ts'
import type { Ground } from './ground.ts'
import type { Plant } from './plant.ts'

export interface Legs {
  /** Places among the rack's feeds; none when nothing that is placed has a cord. */
  readonly feeds: readonly number[]
  readonly obstacle: Obstacle | null
}

export function legsFor({ plant, meeting }: Ground, no: number, request: PlacementRequest): Legs {
  const { graph } = plant
  const feeds = graph.feeds[no]!
  if (request.items.every(({ psus }) => psus === 0)) return { feeds: [], obstacle: null }
  if (feeds.length === 0) return { feeds: [], obstacle: { code: 'noFeed' } }
  const each = feeds.map((_, f) => [f])
  if (!request.redundantFeed && (feeds.length === 1 || request.items.every(({ psus }) => psus < 2)))
    return { feeds: roomiest(plant, no, each), obstacle: null }
  if (feeds.length === 1) return { feeds: [0], obstacle: { code: 'oneFeed', feed: feeds[0]!.name } }
  const pairs = feedPairs(feeds)
  const where = (pair: readonly number[]) => meeting(feeds[pair[0]!]!.node, feeds[pair[1]!]!.node)
  const apart = pairs.filter(pair => where(pair) === null)
  const best = roomiest(plant, no, apart.length > 0 ? apart : pairs)
  const met = where(best)
  return { feeds: best, obstacle: met === null || !request.redundantFeed ? null : { code: 'feedsMeet', node: graph.nodes[met]!.id } }
}

/** First of those with most to spare, in the order of the feeds' names. */
function roomiest({ graph, now, peak }: Plant, no: number, choices: readonly (readonly number[])[]): readonly number[] {
  const left = (choice: readonly number[]): number => {
    const nodes = choice.map(f => graph.feeds[no]![f]!.node)
    return Math.min(spareBehind(graph, now.spare, nodes).watts, spareBehind(graph, peak.spare, nodes).watts)
  }
  return choices.map(choice => ({ choice, left: left(choice) })).reduce((best, one) => (one.left > best.left ? one : best)).choice
}
