// The month: working hours of each day, holidays and exceptions, how much is promised for it. Arrow keys walk the days.
import { useRef } from 'preact/hooks'
import type { CalendarDay } from '../../../daemon/domain/calendar.ts'
import { WEEKDAY_NAMES } from '../../../daemon/domain/words/format.ts'
import { setQuery } from '../../router.ts'
import { lang, t } from '../../words/index.ts'
import { hoursOf, moveDay, weeksOf } from './month.ts'

interface GridProps {
  readonly month: string
  readonly days: ReadonlyMap<string, CalendarDay>
  readonly today: string
  readonly selected: string
  readonly due: ReadonlyMap<string, number>
  /** How many services have no place left. */
  readonly full: ReadonlyMap<string, number>
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

export function MonthGrid({ month, days, today, selected, due, full }: GridProps) {
  const table = useRef<HTMLTableElement>(null)
  const names = WEEKDAY_NAMES[lang.value]
  const pick = (date: string): void => {
    setQuery({ day: date, month: date.slice(0, 7) })
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus())
  }
  return (
    <table
      class="month"
      ref={table}
      onKeyDown={event => {
        const by = STEPS[event.key]
        const from = event.target instanceof HTMLElement ? event.target.dataset['date'] : undefined
        if (by === undefined || from === undefined) return
        event.preventDefault()
        pick(moveDay(from, by))
      }}
    >
      <thead>
        <tr>
          {[1, 2, 3, 4, 5, 6, 0].map(day => (
            <th key={day} scope="col" abbr={names[day]}>
              <span class="desk-only">{names[day]}</span>
              <span class="phone-only">{names[day]?.slice(0, 3)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map(week => (
          <tr key={week[0]}>
            {week.map(date => (
              <td key={date}>
                <DayCell
                  date={date}
                  day={days.get(date)}
                  inside={date.startsWith(month)}
                  today={date === today}
                  selected={date === selected}
                  due={due.get(date) ?? 0}
                  full={full.get(date) ?? 0}
                  onPick={pick}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface CellProps {
  readonly date: string
  readonly day: CalendarDay | undefined
  readonly inside: boolean
  readonly today: boolean
  readonly selected: boolean
  readonly due: number
  readonly full: number
  readonly onPick: (date: string) => void
}

function DayCell({ date, day, inside, today, selected, due, full, onPick }: CellProps) {
  const words = t.value.tickets.calendar
  const kind = day?.kind ?? 'free'
  const works = (day?.blocks.length ?? 0) > 0
  return (
    <button
      type="button"
      class={`day ${kind} ${inside ? '' : 'outside'}`}
      data-date={date}
      aria-pressed={selected}
      aria-current={today ? 'date' : undefined}
      tabIndex={selected ? 0 : -1}
      onClick={() => onPick(date)}
    >
      <span class="no">{Number(date.slice(8))}</span>
      <span class="hours">
        {works && day !== undefined ? hoursOf(day.blocks) : kind === 'closed' ? words.closed : kind === 'free' ? '' : words.free}
      </span>
      <span class="notes">{day?.notes.join(', ')}</span>
      {due === 0 && full === 0 ? null : (
        <span class="marks">
          {due === 0 ? null : <span class="duemark">{words.due(due)}</span>}
          {full === 0 ? null : <span class="duemark full">{words.full(full)}</span>}
        </span>
      )}
    </button>
  )
}
