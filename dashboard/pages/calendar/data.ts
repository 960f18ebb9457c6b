// What the calendar's page asks for: the calendar with its rules, a year of it day by day, and what is promised for which day.
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { CalendarDay, CalendarVersion, CalendarYear } from '../../../daemon/domain/calendar.ts'
import type { DeskCapacity, DeskDue } from '../../../daemon/domain/ticket-record.ts'
import type { TicketHead, TicketPage } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { store, useRows } from '../../live/index.ts'
import { zone } from '../../words/say.ts'
import { instantOf } from '../people/days.ts'
import { dueWithin, TO_DO } from './due.ts'

interface Listed {
  readonly items: readonly { readonly key: string; readonly version: number }[]
}

export interface CalendarData {
  readonly calendar: CalendarVersion
  readonly years: ReadonlyMap<number, CalendarYear>
  readonly days: ReadonlyMap<string, CalendarDay>
}

export type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'ready'; readonly data: CalendarData }

/** `years`: those that the shown month touches. `reload` asks anew, after an edit. */
export function useCalendar(asked: string | null, years: readonly number[]): { readonly got: Got; readonly reload: () => void } {
  const [got, setGot] = useState<Got>({ kind: 'waiting' })
  const [turn, setTurn] = useState(0)
  const wanted = years.join()
  useEffect(() => {
    let gone = false
    void load(asked, wanted.split(',').map(Number)).then(is => {
      if (!gone) setGot(is)
    })
    return () => {
      gone = true
    }
  }, [asked, wanted, turn])
  // Somebody changed its rules: which days are free then, the daemon reckons.
  const is = got.kind === 'ready' ? got.data.calendar : null
  const told = useRows('calendars').rows.value?.get(is?.calendar.key ?? '')?.version ?? 0
  useEffect(() => {
    if (is !== null && told > is.version) setTurn(n => n + 1)
  }, [is, told])
  return { got, reload: useCallback(() => setTurn(n => n + 1), []) }
}

async function load(asked: string | null, years: readonly number[]): Promise<Got> {
  const list = asked === null ? await api.get<Listed>('/api/v1/calendars') : null
  if (list !== null && !list.ok) return { kind: 'failed', problem: list.problem }
  // The desk's own comes first unless another is asked for.
  const key = asked ?? list?.value.items.find(one => one.key === 'desk')?.key ?? list?.value.items[0]?.key
  if (key === undefined) return { kind: 'failed', problem: { type: 'about:blank', title: '404', status: 404 } }
  const url = `/api/v1/calendars/${encodeURIComponent(key)}`
  const [calendar, ...all] = await Promise.all([api.get<CalendarVersion>(url), ...years.map(year => api.get<CalendarYear>(`${url}/years/${year}`))])
  if (!calendar.ok) return { kind: 'failed', problem: calendar.problem }
  const found: CalendarYear[] = []
  for (const answer of all) {
    if (!answer.ok) return { kind: 'failed', problem: answer.problem }
    found.push(answer.value)
  }
  return {
    kind: 'ready',
    data: {
      calendar: calendar.value,
      years: new Map(found.map(one => [one.year, one])),
      days: new Map(found.flatMap(one => one.days).map(day => [day.date, day])),
    },
  }
}

/** Milliseconds in which more news may come before the days are counted anew. */
const SETTLES = 1_500

/** Grows when tickets have changed and it became quiet, and when some of it was missed. */
export function useNews(): number {
  const [turn, setTurn] = useState(0)
  const heads = store.desk.heads.value
  useEffect(() => {
    if (heads.size === 0) return
    const timer = setTimeout(() => setTurn(n => n + 1), SETTLES)
    return () => clearTimeout(timer)
  }, [heads])
  return turn + store.desk.anew.value
}

export interface Load {
  /** How many open tickets are due, by date. */
  readonly due: ReadonlyMap<string, number>
  /** Null until it came, and for who may not know. */
  readonly capacity: DeskCapacity | null
}

/** How full the desk is on these dates, both included; asked anew when tickets change. */
export function useLoad(from: string, to: string, change: unknown): Load {
  const [load, setLoad] = useState<Load>({ due: new Map(), capacity: null })
  useEffect(() => {
    let gone = false
    const span = `?from=${from}&to=${to}`
    void Promise.all([api.get<DeskDue>(`/api/v1/desk/due${span}`), api.get<DeskCapacity>(`/api/v1/desk/capacity${span}`)]).then(([due, capacity]) => {
      if (!gone)
        setLoad({ due: new Map(due.ok ? due.value.days.map(day => [day.date, day.due]) : []), capacity: capacity.ok ? capacity.value : null })
    })
    return () => {
      gone = true
    }
  }, [from, to, change])
  return load
}

const SHOWN = 50

const NOTHING: Pick<TicketPage, 'items' | 'total'> = { items: [], total: 0 }

/** Open tickets due on a date, asked once and changing with the stream, the first due first; `more` that were not sent. */
export function useDueOn(date: string): { readonly heads: readonly TicketHead[]; readonly more: number } {
  const [asked, setAsked] = useState({ date, page: NOTHING })
  const { anew, heads } = store.desk
  const missed = anew.value
  const from = instantOf(date, zone.peek(), false) ?? 0
  const until = (instantOf(date, zone.peek(), true) ?? 0) + 1
  useEffect(() => {
    let gone = false
    const span = `dueFrom=${from}&dueUntil=${until}`
    void api.get<TicketPage>(`/api/v1/tickets?view=all&status=${TO_DO.join()}&sort=due&size=${SHOWN}&${span}`).then(answer => {
      if (!gone && answer.ok) setAsked({ date, page: answer.value })
    })
    return () => {
      gone = true
    }
  }, [date, missed])
  const { items, total } = asked.date === date ? asked.page : NOTHING
  return { heads: dueWithin(items, heads.value, from, until), more: total - items.length }
}
