// The desk's calendar: when it works, what is free and why, and what is promised for which day.
import { useComputed, useSignalEffect } from '@preact/signals'
import { useState } from 'preact/hooks'
import { MONTH_NAMES } from '../../../daemon/domain/words/format.ts'
import { now, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Empty, ErrorBox, Icon, PageHead, Skeleton } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { lang, t } from '../../words/index.ts'
import { text, zone } from '../../words/say.ts'
import { offsetOf } from '../../words/zone.ts'
import './calendar.css'
import { Capacity, fullOn } from './capacity.tsx'
import { useCalendar, useDueOn, useLoad, useNews } from './data.ts'
import { Exceptions } from './exceptions.tsx'
import { MonthGrid } from './grid.tsx'
import { ImportHolidays } from './import.tsx'
import { dateOf, moveMonth, readMonth, weeksOf } from './month.ts'
import { Priorities } from './priorities.tsx'
import { DayPanel, Holidays, Rules } from './side.tsx'

/** The date on the site's clocks. */
const localDate = (at: number): string => dateOf(at + offsetOf(at, zone.value))

export default function CalendarPage({ query }: PageProps) {
  const words = t.value.tickets.calendar
  const today = useComputed(() => localDate(now.value)).value
  const month = readMonth(query.get('month')) ?? today.slice(0, 7)
  const asked = query.get('day') ?? ''
  const selected = asked.startsWith(month) ? asked : today.startsWith(month) ? today : `${month}-01`
  const year = Number(month.slice(0, 4))
  const years = [...new Set(weeksOf(month).flatMap(week => week.map(date => Number(date.slice(0, 4)))))]
  const { got, reload } = useCalendar(query.get('calendar'), years)
  const shown = weeksOf(month).flat()
  const changed = useNews()
  const load = useLoad(shown[0] ?? selected, shown.at(-1) ?? selected, changed)
  const due = useDueOn(selected)
  useTopic('tickets')
  const [importing, setImporting] = useState(false)
  useSignalEffect(() => {
    document.title = `${t.value.tickets.calendar.title} · Suar`
  })
  if (got.kind === 'waiting') return <Skeleton lines={10} height={28} />
  if (got.kind === 'failed')
    return got.problem.status === 404 ? <Empty page title={words.noHolidays} /> : <ErrorBox problem={got.problem} retry={reload} />
  const { calendar, days } = got.data
  const name = `${MONTH_NAMES[lang.value][Number(month.slice(5)) - 1] ?? ''} ${year}`
  const go = (to: string): void => setQuery({ month: to, day: null })
  return (
    <div class="calendarpage">
      <PageHead
        title={words.title}
        sub={words.sub(text(calendar.calendar.name), calendar.version)}
        actions={
          may('calendar.manage') ? (
            <button type="button" class="btn" onClick={() => setImporting(true)}>
              <Icon name="upload" />
              {words.import}
            </button>
          ) : null
        }
      />
      <div class="calendargrid">
        <section class="panel monthpanel" aria-label={words.month}>
          <header>
            <button type="button" class="iconbtn" aria-label={words.previous} onClick={() => go(moveMonth(month, -1))}>
              <Icon name="right" class="flip" />
            </button>
            <h2 aria-live="polite">{name}</h2>
            <button type="button" class="iconbtn" aria-label={words.next} onClick={() => go(moveMonth(month, 1))}>
              <Icon name="right" />
            </button>
            <div class="end">
              <button type="button" class="btn" disabled={today.startsWith(month)} onClick={() => setQuery({ month: null, day: null })}>
                {words.thisMonth}
              </button>
            </div>
          </header>
          <MonthGrid month={month} days={days} today={today} selected={selected} due={load.due} full={fullOn(load.capacity)} />
        </section>
        <div class="siderail">
          <DayPanel date={selected} day={days.get(selected)} heads={due.heads} more={due.more} />
          <Capacity date={selected} capacity={load.capacity} />
          <Rules calendar={calendar} year={got.data.years.get(year)} />
          <Exceptions calendar={calendar} year={year} date={selected} onChanged={reload} />
          {may('ticket.internal') ? <Priorities /> : null}
          <Holidays calendar={calendar} year={year} />
        </div>
      </div>
      {importing ? <ImportHolidays calendar={calendar} onClose={() => setImporting(false)} onChanged={reload} /> : null}
    </div>
  )
}
