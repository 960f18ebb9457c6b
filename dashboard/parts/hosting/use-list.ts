// A list of hosting that the daemon searches, sorts and pages: its rows change in place, others are only counted.
import { useEffect, useState } from 'preact/hooks'
import type { PageOf } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import type { RowsOf } from '../../../daemon/stream/contract.ts'
import { api } from '../../api.ts'
import { setQuery } from '../../router.ts'
import { useNewsOf } from '../news.tsx'

const SIZE = 50
/** Milliseconds after the last letter. */
const REST = 250

export interface List<R> {
  readonly list: PageOf<R> | null
  readonly problem: Problem | null
  /** Rows that are new or changed since it was asked for, and not shown. */
  readonly news: number
  readonly reload: () => void
}

/** `asked`: the query of the API without its size. */
export function useList<T extends 'websites' | 'changes'>(topic: T, asked: URLSearchParams, keyOf: (row: RowsOf[T]) => string): List<RowsOf[T]> {
  const [list, setList] = useState<PageOf<RowsOf[T]> | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [turn, setTurn] = useState(0)
  const url = `/api/v1/${topic}?${asked}&size=${SIZE}`
  const { rows, anew, since } = useNewsOf(topic, `${url} ${turn}`)
  useEffect(() => {
    let gone = false
    void api.get<PageOf<RowsOf[T]>>(url).then(answer => {
      if (gone) return
      setProblem(answer.ok ? null : answer.problem)
      if (answer.ok) setList(answer.value)
    })
    return () => {
      gone = true
    }
  }, [url, turn, anew])
  const newest = (row: RowsOf[T]): RowsOf[T] => {
    const told = rows.get(keyOf(row))
    return told !== undefined && told.revision >= row.revision ? told : row
  }
  const known = new Set(list?.items.map(keyOf))
  return {
    list: list === null ? null : { ...list, items: list.items.map(newest) },
    problem,
    news: [...since.keys()].filter(key => !known.has(key)).length,
    reload: () => setTurn(n => n + 1),
  }
}

/** What is typed goes into the address when the typing rests. */
export function useTyped(search: string): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState(search)
  useEffect(() => {
    if (typed.trim() === search) return
    const timer = setTimeout(() => setQuery({ search: typed.trim(), page: null }), REST)
    return () => clearTimeout(timer)
  }, [typed, search])
  return [typed, setTyped]
}

/** A page of the list, from the address. */
export const pageOf = (query: URLSearchParams): number => Math.max(1, Number(query.get('page') ?? 1) || 1)
