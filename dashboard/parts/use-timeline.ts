// A timeline as the page has it: asked once, then only what is new when the stream says that something happened; older ones when they are wanted.
import { effect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Fact, TimelineView } from '../../daemon/domain/timeline.ts'
import type { Problem } from '../../daemon/http/contract.ts'
import { api } from '../api.ts'
import { store, useTopic } from '../live/index.ts'

/** Newest first; of one moment by id, as the daemon has them. */
const newestFirst = (a: Fact, b: Fact): number => b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** One of each id, the later told one. */
function joined(was: readonly Fact[], more: readonly Fact[]): readonly Fact[] {
  const byId = new Map([...was, ...more].map(fact => [fact.id, fact]))
  return [...byId.values()].sort(newestFirst)
}

/** What was told of a fact may still change for so long: whose opening it was, who went out. Milliseconds. */
const SETTLES = 3_600_000
/** Changes that come together are asked about once, milliseconds. */
const GATHER = 400
const MOST = 500

/** Rises when an alarm, a door or a visit changed. */
function useStir(): number {
  const [stir, setStir] = useState(0)
  useTopic('openings')
  useTopic('visits')
  useTopic('care')
  useEffect(() => {
    let was: readonly unknown[] | null = null
    let waiting: ReturnType<typeof setTimeout> | null = null
    const stop = effect(() => {
      const is = [store.alarms.value, store.rows('openings').value, store.rows('visits').value, store.rows('care').value]
      // A list that has only just come may hold what happened since the timeline was asked for.
      const isNews = was?.some((one, i) => one !== is[i]) ?? false
      was = is
      if (!isNews || waiting !== null) return
      waiting = setTimeout(() => {
        waiting = null
        setStir(n => n + 1)
      }, GATHER)
    })
    return () => {
      stop()
      if (waiting !== null) clearTimeout(waiting)
    }
  }, [])
  return stir
}

export interface Timeline {
  /** null: not here yet. */
  readonly view: TimelineView | null
  readonly problem: Problem | null
  readonly older: () => Promise<void>
  readonly again: () => void
}

/** `path` from /timeline on, with its query; `live`: what comes is shown as it comes. */
export function useTimeline(path: string, { live = true }: { readonly live?: boolean } = {}): Timeline {
  const [known, know] = useState<{ readonly path: string; readonly view: TimelineView | null; readonly problem: Problem | null } | null>(null)
  const [tries, setTries] = useState(0)
  const stir = useStir()
  const asked = useRef<string | null>(null)
  const ask = (more: Readonly<Record<string, string>>, signal?: AbortSignal) => {
    const [of = '', query] = path.split('?')
    const asking = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(query)), ...more })
    return api.get<TimelineView>(`/api/v1${of}?${asking}`, signal === undefined ? {} : { signal })
  }

  useEffect(() => {
    const gone = new AbortController()
    const first = asked.current !== `${path} ${tries}`
    if (!first && !live) return
    asked.current = `${path} ${tries}`
    const newest = known?.path === path ? known.view?.facts[0] : undefined
    // A path that says itself from when on is not given another.
    const isOpen = !/[?&](from|to)=/.test(path)
    const more = first || newest === undefined || !isOpen ? {} : { from: String(newest.at - SETTLES), size: String(MOST) }
    void ask(more, gone.signal).then(answer => {
      if (gone.signal.aborted) return
      know(was => {
        const mine = was?.path === path ? was.view : null
        if (!answer.ok) return { path, view: mine, problem: answer.problem }
        const { value } = answer
        if (mine === null || first) return { path, view: value, problem: null }
        const during = [...new Set([...mine.during, ...value.during])]
        return { path, view: { ...mine, facts: joined(mine.facts, value.facts), to: value.to, span: value.span, during }, problem: null }
      })
    })
    return () => gone.abort()
  }, [path, stir, tries, live])

  const mine = known !== null && known.path === path ? known : null
  return {
    view: mine?.view ?? null,
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
