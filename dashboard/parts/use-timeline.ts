// A timeline as the page has it: asked once, then what the stream tells of it; older ones when they are wanted.
import { useEffect, useState } from 'preact/hooks'
import type { Fact, FactKind, TimelineView } from '../../daemon/domain/timeline.ts'
import type { Problem } from '../../daemon/http/contract.ts'
import type { Topic } from '../../daemon/stream/contract.ts'
import { api } from '../api.ts'
import { useDerived } from '../live/derived.ts'
import { live as line, store } from '../live/index.ts'
import type { Happening } from '../live/timelines.ts'

/** Newest first; of one moment by id, as the daemon has them. */
const newestFirst = (a: Fact, b: Fact): number => b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** One of each id, the later told one. */
function joined(was: readonly Fact[], more: Iterable<Fact>): readonly Fact[] {
  const byId = new Map([...was, ...more].map(fact => [fact.id, fact]))
  return [...byId.values()].sort(newestFirst)
}

/** What came over the stream, over what was asked; of the kinds and from the day on that the page wants. */
function withNews(view: TimelineView, news: Happening, path: string): TimelineView {
  const asked = new URLSearchParams(path.split('?')[1])
  const kinds = asked.get('kinds')?.split(',') as readonly FactKind[] | undefined
  const from = Number(asked.get('from') ?? 0)
  // Facts before the oldest of the page come when the page asks for older ones.
  const oldest = view.more ? (view.facts.at(-1)?.at ?? 0) : from
  const facts = [...news.facts.values()].filter(({ at, kind }) => at >= oldest && (kinds === undefined || kinds.includes(kind)))
  return {
    ...view,
    facts: joined(view.facts, facts).filter(({ id }) => !news.gone.has(id)),
    span: news.span ?? view.span,
    during: [...new Set([...view.during, ...news.during])],
  }
}

export interface Timeline {
  /** null: not here yet. */
  readonly view: TimelineView | null
  readonly problem: Problem | null
  readonly older: () => Promise<void>
  readonly again: () => void
}

const topicOf = (path: string): Topic => {
  const [of = ''] = path.split('?')
  const about = decodeURIComponent(of.slice('/timeline'.length + 1))
  return `timeline:${about === '' ? 'site' : about}`
}

/** `path` from /timeline on, with its query; `live`: what comes is shown as it comes. */
export function useTimeline(path: string, { live = true }: { readonly live?: boolean } = {}): Timeline {
  const [known, know] = useState<{ readonly path: string; readonly view: TimelineView | null; readonly problem: Problem | null } | null>(null)
  const [tries, setTries] = useState(0)
  const topic = topicOf(path)
  useEffect(() => (live ? line.follow(topic) : undefined), [topic, live])
  const news = useDerived(() => store.happening(topic).value, [topic]).value
  const missed = news?.missed ?? 0
  const ask = (more: Readonly<Record<string, string>>, signal?: AbortSignal) => {
    const [of = '', query] = path.split('?')
    const asking = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(query)), ...more })
    return api.get<TimelineView>(`/api/v1${of}?${asking}`, signal === undefined ? {} : { signal })
  }

  // Asked again only when it is another timeline, somebody tries again, or the line was cut for long.
  useEffect(() => {
    const gone = new AbortController()
    void ask({}, gone.signal).then(answer => {
      if (gone.signal.aborted) return
      know(was =>
        answer.ok ? { path, view: answer.value, problem: null } : { path, view: was?.path === path ? was.view : null, problem: answer.problem },
      )
    })
    return () => gone.abort()
  }, [path, tries, missed])

  const mine = known !== null && known.path === path ? known : null
  const view = mine?.view ?? null
  return {
    view: view === null || news === null ? view : withNews(view, news, path),
    problem: mine?.problem ?? null,
    again: () => setTries(n => n + 1),
    async older() {
      const last = mine?.view?.facts.at(-1)
      if (last === undefined) return
      const answer = await ask({ before: `${last.at}~${last.id}` })
      know(was => {
        if (was?.path !== path || was.view === null) return was
        if (!answer.ok) return { ...was, problem: answer.problem }
        return { path, view: { ...was.view, facts: joined(was.view.facts, answer.value.facts), more: answer.value.more }, problem: null }
      })
    },
  }
}
