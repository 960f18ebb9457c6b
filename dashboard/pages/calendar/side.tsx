// Beside the month: the day that was picked with what is due on it, and the rules of the calendar.
import type { CalendarDay, CalendarVersion, CalendarYear } from '../../../daemon/domain/calendar.ts'
import type { TicketHead } from '../../../daemon/domain/ticket-view.ts'
import { Icon, Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { clockShort, dateLong, dateShort, text } from '../../words/say.ts'
import { hoursOf, pointed } from './month.ts'

/** Local noon of a date, far from both midnights of any zone people live in: for putting it in words. */
export const noon = (date: string): number => Date.parse(`${date}T05:00:00Z`)

export function DayPanel({
  date,
  day,
  heads,
  more,
}: {
  readonly date: string
  readonly day: CalendarDay | undefined
  readonly heads: readonly TicketHead[]
  readonly more: number
}) {
  const words = t.value.tickets.calendar
  return (
    <Panel title={dateLong(noon(date))} class="daypanel">
      <div class="body">
        <p class="strong">
          {day === undefined || day.blocks.length === 0 ? (day?.kind === 'closed' ? words.closed : words.free) : hoursOf(day.blocks)}
        </p>
        {day?.notes.map(note => (
          <p key={note} class="mid">
            {note}
          </p>
        ))}
      </div>
      {heads.length === 0 ? (
        <p class="body dim">{words.noneDue}</p>
      ) : (
        <ul class="docs">
          {heads.map(head => (
            <li key={head.id}>
              <Icon name="tickets" />
              <div class="grow">
                <a class="docname" href={`/tickets/${encodeURIComponent(head.number)}`}>
                  {head.title === '' ? text(head.serviceName) : head.title}
                </a>
                <div class="small dim">
                  {head.number}, {head.organisationName}
                </div>
              </div>
              <span class="small dim nw">{head.due === null ? '' : clockShort(head.due)}</span>
            </li>
          ))}
        </ul>
      )}
      {more === 0 ? null : <p class="body small dim">{words.dueMore(more)}</p>}
    </Panel>
  )
}

export function Rules({ calendar: { calendar }, year }: { readonly calendar: CalendarVersion; readonly year: CalendarYear | undefined }) {
  const words = t.value.tickets.calendar
  const { intake, breaksStopClock, dayOne, ranges } = calendar
  const here = year === undefined ? [] : ranges.filter(one => one.from.startsWith(String(year.year)) || one.until.startsWith(String(year.year)))
  return (
    <Panel title={words.legend}>
      <ul class="rules">
        <li>{intake === null ? words.always : words.intake(pointed(intake.from), pointed(intake.until))}</li>
        <li>{breaksStopClock ? words.breaks.stop : words.breaks.run}</li>
        <li>{dayOne.rule === 'next' ? words.dayOne.next : words.dayOne.same(pointed(dayOne.before))}</li>
        {here.map(one => (
          <li key={one.name}>
            {one.name}: {words.rangeDays(dateShort(noon(one.from)), dateShort(noon(one.until)))}
            {one.estimate ? <span class="mark">{words.estimate}</span> : null}
          </li>
        ))}
        {year === undefined ? null : year.official === null ? (
          <li class="t-warn">{words.estimateYear(year.year)}</li>
        ) : (
          <li class="dim">{words.official(year.official.source)}</li>
        )}
      </ul>
    </Panel>
  )
}

export function Holidays({ calendar: { calendar }, year }: { readonly calendar: CalendarVersion; readonly year: number }) {
  const words = t.value.tickets.calendar
  const list = calendar.holidays.filter(one => one.date.startsWith(String(year))).toSorted((a, b) => (a.date < b.date ? -1 : 1))
  return (
    <Panel title={words.holidays(year)}>
      {list.length === 0 ? <p class="body dim">{words.noHolidays}</p> : null}
      <ul class="holidays">
        {list.map(one => (
          <li key={`${one.date}${one.name}`}>
            <span class="nw dim">{dateShort(noon(one.date))}</span>
            <span>
              {one.name} <span class="small dim">{words.kinds[one.kind]}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
