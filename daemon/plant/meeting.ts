// Where two feeds meet on their way up: what takes both along when it goes.
import { type Graph, sourcesOf } from './graph.ts'

/** What takes all that hangs on it along when it goes: two feeds on one of these are as good as one. */
const COMMON: ReadonlySet<string> = new Set(['ups', 'panel', 'feed', 'pdu'])

/** The lowest node whose loss takes both feeds; null: they fail apart. */
export type Meeting = (feed: number, other: number) => number | null

export function meetingOf(graph: Graph): Meeting {
  const known = new Map<number, readonly number[]>()
  const above = (node: number): readonly number[] => {
    const found = known.get(node)
    if (found !== undefined) return found
    const all: number[] = []
    for (const source of sourcesOf(graph, node))
      for (const one of COMMON.has(graph.kinds[source]!) ? [source, ...above(source)] : above(source)) if (!all.includes(one)) all.push(one)
    known.set(node, all)
    return all
  }
  return (feed, other) => {
    const others = above(other)
    const both = above(feed).filter(node => others.includes(node))
    return both.length === 0 ? null : Math.max(...both)
  }
}
