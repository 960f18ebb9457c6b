// What the calendar shows of the desk's load: how full each working day of a service is, and how many tickets are due on which day.
import { done, type Outcome, refused } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import type { DeskCapacity, DeskDue } from '../../domain/ticket-record.ts'
import type { Room } from './room.ts'
import { onlooker } from './viewing.ts'

/** Local dates, `2026-11-20`, both included. */
export interface Dates {
  readonly from: string
  readonly to: string
}

export interface Planning {
  /** Numbers only: whose tickets they are it does not say, so that everybody may plan by it. `invalid`: no span, or too long. */
  capacity(dates: Dates): Promise<Outcome<DeskCapacity>>
  /** Of the tickets within the viewer's reach. */
  due(dates: Dates, viewer: Viewer): Promise<Outcome<DeskDue>>
}

const DAY = 86_400_000
/** A quarter of a year, and the weeks it reaches into. */
const MOST = 105

const WRONG_SPAN = {
  id: `Sebutkan rentang tanggal dari awal sampai akhir, paling lama ${MOST} hari.`,
  en: `Name a span of dates from its beginning to its end, at most ${MOST} days.`,
}

export function openPlanning(room: Room): Planning {
  const { lists, services } = room.sources

  /** Days since 1970 of a span, or why not. */
  function spanOf({ from, to }: Dates): Outcome<{ readonly first: number; readonly last: number }> {
    const [first, last] = [from, to].map(date => Date.parse(`${date}T00:00:00Z`) / DAY)
    if (first === undefined || last === undefined || !(last >= first) || last - first >= MOST) return refused('invalid', WRONG_SPAN)
    return done({ first, last })
  }

  return {
    async capacity(dates) {
      const span = spanOf(dates)
      if (!span.ok) return span
      const taken = new Map<string, Record<string, number>>()
      for (const { service, day, taken: n } of await lists.slots(dates.from, dates.to)) taken.set(day, { ...taken.get(day), [service]: n })
      const days = []
      for (let n = span.value.first; n <= span.value.last; n++) {
        const { date, total } = room.timing.time().day(n)
        const there = taken.get(date)
        // A day that became free after something was put on it still has it.
        if (total > 0 || there !== undefined) days.push({ date, taken: there ?? {} })
      }
      return done({
        services: services.services.map(({ service: { key, name, capacityPerDay } }) => ({ key, name, perDay: capacityPerDay })),
        days,
      })
    },

    async due(dates, viewer) {
      const span = spanOf(dates)
      if (!span.ok) return span
      const time = room.timing.time()
      const count = new Map<string, number>()
      for (const at of await lists.dues(time.midnight(span.value.first), time.midnight(span.value.last + 1), onlooker(viewer))) {
        const date = room.timing.dateOf(at)
        count.set(date, (count.get(date) ?? 0) + 1)
      }
      return done({ days: [...count].map(([date, due]) => ({ date, due })) })
    },
  }
}
