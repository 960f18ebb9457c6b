// Asks the daemon for history, once for what several parts of a page want, and remembers it for a while.
import type { History, Problem } from '../../daemon/http/contract.ts'
import type { Range } from './range.ts'

export interface Wanted extends Range {
  readonly points: readonly number[]
  readonly buckets: number
}

export type Got = { readonly ok: true; readonly history: History } | { readonly ok: false; readonly problem: Problem }

/** How to ask for one address; the page's own way of asking, handed in. */
export type Ask = (url: string) => Promise<{ readonly ok: true; readonly value: History } | { readonly ok: false; readonly problem: Problem }>

/** Points asked in one request: a URL stays well under what proxies take. */
const MOST = 120

const historyUrl = ({ points, from, to, buckets }: Wanted): string =>
  `/api/v1/history?points=${points.join(',')}&from=${from}&to=${to}&buckets=${buckets}`

async function askAll(ask: Ask, wanted: Wanted): Promise<Got> {
  const parts: Wanted[] = []
  for (let from = 0; from < wanted.points.length; from += MOST) parts.push({ ...wanted, points: wanted.points.slice(from, from + MOST) })
  const answers = await Promise.all(parts.map(part => ask(historyUrl(part))))
  let whole: History = { from: wanted.from, to: wanted.to, step: 0, series: [] }
  for (const answer of answers) {
    if (!answer.ok) return answer
    whole = { ...answer.value, series: [...whole.series, ...answer.value.series] }
  }
  return { ok: true, history: whole }
}

export interface HistoryBook {
  get(wanted: Wanted): Promise<Got>
  /** Forgets answers that reach into the present: something may have been missed since. */
  doubt(): void
}

/** Keeps the last `most` answers; those that reach into the present for `fresh` ms only. Failures are not kept. */
export function openHistory(ask: Ask, now: () => number, { most = 60, fresh = 20_000 } = {}): HistoryBook {
  const kept = new Map<string, { readonly answer: Promise<Got>; readonly until: number }>()
  return {
    doubt() {
      for (const [key, { until }] of kept) if (until !== Number.POSITIVE_INFINITY) kept.delete(key)
    },
    get(wanted) {
      if (wanted.points.length === 0) return Promise.resolve({ ok: true, history: { from: wanted.from, to: wanted.to, step: 0, series: [] } })
      const key = historyUrl(wanted)
      const had = kept.get(key)
      if (had && had.until > now()) {
        kept.delete(key)
        kept.set(key, had)
        return had.answer
      }
      const answer = askAll(ask, wanted)
      kept.set(key, { answer, until: wanted.to < now() - 60_000 ? Number.POSITIVE_INFINITY : now() + fresh })
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break
        kept.delete(oldest)
      }
      void answer.then(got => {
        if (!got.ok && kept.get(key)?.answer === answer) kept.delete(key)
      })
      return answer
    },
  }
}
