// Timelines on the live stream: each page gets the facts of the last hour of its place, and then each fact as it happens or is told better. Knows no socket.
import type { Instant } from '../domain/call.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Fact, TimelineOf, TimelineView } from '../domain/timeline.ts'
import type { Frame, Topic } from './contract.ts'
import type { FeedOpener, FeedPage } from './feed.ts'

export interface TimelineSource {
  /** The newest facts from then on. */
  since(of: TimelineOf, from: Instant): Promise<Outcome<TimelineView>>
  /** Told when something happened anywhere. Returns how to stop. */
  onChange(tell: () => void): () => void
}

/** What was told of a fact may still change for so long: whose opening it was, who went out. Milliseconds. */
const SETTLES = 3_600_000
/** What comes together is looked at once, ms. */
const LOOK = 1_000

const NOTHING: Followed['view'] = { span: null, during: [] }

interface Followed {
  readonly of: TimelineOf
  /** The revision that each page was told. */
  readonly pages: Map<FeedPage, number>
  facts: ReadonlyMap<string, Fact>
  /** As last told, to see what changed. */
  told: ReadonlyMap<string, string>
  about: string
  /** Looked at once: before that only its first page looks. */
  ready: boolean
  view: Pick<TimelineView, 'span' | 'during'>
  revision: number
}

/** `timeline:site`, `timeline:rack/a1`; the hub has looked at its form. */
function ofTopic(topic: Topic): TimelineOf {
  const [of = '', id = ''] = topic.slice('timeline:'.length).split('/')
  if (of === 'visit' || of === 'alarm') return { of, id: Number(id) }
  return of === 'room' || of === 'rack' || of === 'door' || of === 'device' ? { of, id } : { of: 'site' }
}

export const timelineFeed =
  (source: TimelineSource): FeedOpener =>
  ({ epoch, clock, log }) => {
    const topics = new Map<Topic, Followed>()
    /** One for all of them: a topic that was left and is followed again is never behind what a page has of it. */
    let revision = 1
    let stirred = false
    let looked = 0
    let busy = false
    const stop = source.onChange(() => {
      stirred = true
    })

    /** Reads what is there now; null when all of it was told already. */
    async function look(followed: Followed): Promise<{ readonly put: readonly Fact[]; readonly gone: readonly string[] } | null> {
      const answer = await source.since(followed.of, clock() - SETTLES)
      // A window that ended long ago has nothing new; what is gone from the place has nothing at all.
      const { facts, more, span, during } = answer.ok ? answer.value : { facts: [], more: false, ...followed.view }
      const told = new Map(facts.map(fact => [fact.id, JSON.stringify(fact)]))
      const about = JSON.stringify([span, during])
      const put = facts.filter(fact => followed.told.get(fact.id) !== told.get(fact.id))
      // What is older is no longer looked at, and stays on the page.
      const oldest = more ? (facts.at(-1)?.at ?? 0) : clock() - SETTLES
      const gone = [...followed.facts.values()].filter(({ id, at }) => !told.has(id) && at > oldest).map(({ id }) => id)
      if (put.length === 0 && gone.length === 0 && about === followed.about) return null
      Object.assign(followed, { facts: new Map(facts.map(fact => [fact.id, fact])), told, about, view: { span, during } } satisfies Partial<Followed>)
      followed.revision = ++revision
      return { put, gone }
    }

    function send(
      topic: Topic,
      followed: Followed,
      page: FeedPage,
      since: number,
      full: boolean,
      put: readonly Fact[],
      gone: readonly string[],
    ): void {
      followed.pages.set(page, followed.revision)
      const head = { topic, epoch, since: full ? 0 : since, revision: followed.revision, full, now: clock() }
      const frame: Frame = { ...head, timeline: { put, gone, ...followed.view } }
      page.send(frame)
    }

    function leave(page: FeedPage, topic: Topic): void {
      const followed = topics.get(topic)
      followed?.pages.delete(page)
      if (followed?.pages.size === 0) topics.delete(topic)
    }

    return {
      owns: topic => topic.startsWith('timeline:'),
      needs: 'timeline.read',
      async follow(page, topic, have) {
        let followed = topics.get(topic)
        if (followed === undefined) {
          followed = {
            of: ofTopic(topic),
            pages: new Map(),
            facts: new Map(),
            told: new Map(),
            about: '',
            ready: false,
            view: NOTHING,
            revision: ++revision,
          }
          topics.set(topic, followed)
        }
        // Nothing is told it before its beginning.
        followed.pages.set(page, Number.POSITIVE_INFINITY)
        try {
          if (!followed.ready) await look(followed)
          followed.ready = true
        } catch (error) {
          leave(page, topic)
          throw error
        }
        if (!followed.pages.has(page)) return null
        const fits = have !== null && have.epoch === epoch && have.revision === followed.revision
        if (fits) followed.pages.set(page, followed.revision)
        else send(topic, followed, page, 0, true, [...followed.facts.values()], [])
        return null
      },
      leave,
      gone(page) {
        for (const topic of [...topics.keys()]) leave(page, topic)
      },
      following: page => [...topics.values()].filter(({ pages }) => pages.has(page)).length,
      async flush() {
        if (busy || topics.size === 0) return
        const isLook = stirred && clock() - looked >= LOOK
        busy = true
        try {
          if (isLook) {
            stirred = false
            looked = clock()
          }
          for (const [topic, followed] of topics) {
            const before = followed.revision
            if (isLook && !followed.ready) stirred = true
            const news = isLook && followed.ready ? await look(followed) : null
            for (const [page, has] of followed.pages) {
              if (has >= followed.revision || page.owes()) continue
              if (news !== null && has === before) send(topic, followed, page, has, false, news.put, news.gone)
              else send(topic, followed, page, 0, true, [...followed.facts.values()], [])
            }
          }
        } catch (error) {
          stirred = true
          log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'what happened could not be told to the pages; tried again')
        } finally {
          busy = false
        }
      },
      close: stop,
    }
  }
