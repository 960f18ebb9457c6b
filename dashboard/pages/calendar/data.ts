// What the calendar's page asks for: the calendar with its rules, a year of it day by day, and what is promised for which day.
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { CalendarDay, CalendarVersion, CalendarYear } from '../../../daemon/domain/calendar.ts'
import type { TicketHead, TicketPage } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'

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

/** Open tickets, the first due first. */
export function useDue(): readonly TicketHead[] {
  const [heads, setHeads] = useState<readonly TicketHead[]>([])
  useEffect(() => {
    let gone = false
    void api.get<TicketPage>('/api/v1/tickets?view=all&status=open,paused,returned&sort=due&size=200').then(answer => {
      if (!gone && answer.ok) setHeads(answer.value.items)
    })
    return () => {
      gone = true
    }
  }, [])
  return heads
}
