// What happened since a page follows a timeline, by topic: facts put in and taken out as they come. Needs no browser.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Fact, TimelineView } from '../../daemon/domain/timeline.ts'
import type { Frame } from '../../daemon/stream/contract.ts'

export interface Happening extends Pick<TimelineView, 'span' | 'during'> {
  readonly facts: ReadonlyMap<string, Fact>
  readonly gone: ReadonlySet<string>
  /** When the daemon last told, by its own clock. */
  readonly at: number
  /** Counts the times that the page was away for longer than what the daemon tells of by itself. */
  readonly missed: number
}

/** A full frame goes back so far, ms. */
const TOLD = 3_600_000
/** Facts kept at most: a page that is open for a month does not grow. */
const MOST = 2_000

export function createTimelines() {
  const topics = new Map<string, Signal<Happening | null>>()
  const topicOf = (topic: string): Signal<Happening | null> => {
    let one = topics.get(topic)
    if (one === undefined) {
      one = signal<Happening | null>(null)
      topics.set(topic, one)
    }
    return one
  }

  return {
    /** null until it came. */
    of: (topic: string): ReadonlySignal<Happening | null> => topicOf(topic),
    apply({ topic, full, now, timeline }: Pick<Frame, 'topic' | 'full' | 'now' | 'timeline'>): void {
      if (timeline === undefined) return
      const one = topicOf(topic)
      const was = one.peek()
      const facts = new Map(was?.facts)
      for (const fact of timeline.put) {
        // Put in last: the oldest news are the first to go.
        facts.delete(fact.id)
        facts.set(fact.id, fact)
      }
      const told = new Set(timeline.put.map(({ id }) => id))
      const oldest = now - TOLD
      const lost = full ? [...facts.values()].filter(({ id, at }) => at > oldest && !told.has(id)).map(({ id }) => id) : []
      const gone = new Set([...(was?.gone ?? []), ...timeline.gone, ...lost].filter(id => !told.has(id)))
      for (const id of gone) facts.delete(id)
      for (const id of facts.keys()) {
        if (facts.size <= MOST) break
        facts.delete(id)
      }
      const missed = (was?.missed ?? 0) + (full && was !== null && now - was.at > TOLD ? 1 : 0)
      one.value = { facts, gone, at: now, missed, span: timeline.span, during: timeline.during }
    },
    forget: (topic: string): void => void topics.delete(topic),
  }
}
