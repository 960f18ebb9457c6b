// A week of visits: a column for each day, freezes lying over the days they cover. On a phone the days that have something, one below the other.
import type { VisitView } from '../../../daemon/domain/visit.ts'
import type { Freeze } from '../../../daemon/domain/visit-record.ts'
import { WEEKDAY_NAMES } from '../../../daemon/domain/words/time.ts'
import { lang, t } from '../../words/index.ts'
import { dateLong } from '../../words/say.ts'
import { FreezeBand, VisitLine } from './lines.tsx'
import { DAY, localOf } from './times.ts'

interface WeekProps {
  /** Seven midnights. */
  readonly days: readonly number[]
  readonly today: number
  readonly visits: readonly VisitView[]
  readonly freezes: readonly Freeze[]
}

export function Week({ days, today, visits, freezes }: WeekProps) {
  const covered = ({ from, until }: Freeze) => days.flatMap((day, i) => (from < day + DAY && until > day ? [i] : []))
  return (
    <div class="week">
      {freezes.length === 0 ? null : (
        <div class="weekbands">
          {freezes.map(one => {
            const over = covered(one)
            return (
              <div key={one.id} style={{ '--begins': (over[0] ?? 0) + 1, '--ends': (over.at(-1) ?? 6) + 2 }}>
                <FreezeBand freeze={one} span />
              </div>
            )
          })}
        </div>
      )}
      <div class="weekdays">
        {days.map(day => (
          <Day key={day} day={day} today={day === today} visits={visits.filter(visit => visit.from < day + DAY && visit.until >= day)} />
        ))}
      </div>
    </div>
  )
}

function Day({ day, today, visits }: { readonly day: number; readonly today: boolean; readonly visits: readonly VisitView[] }) {
  const words = t.value.visits
  const [, , date = ''] = localOf(day).slice(0, 10).split('-')
  const weekday = WEEKDAY_NAMES[lang.value][new Date(`${localOf(day).slice(0, 10)}T12:00Z`).getUTCDay()] ?? ''
  return (
    <section class={`visitday ${today ? 'today' : ''} ${visits.length === 0 ? 'idle' : ''}`} aria-label={dateLong(day)}>
      <h3>
        <span class="short">
          {weekday} <b>{Number(date)}</b>
        </span>
        <span class="long">
          {dateLong(day)}
          {today ? <span class="dim"> · {words.today.toLowerCase()}</span> : null}
        </span>
      </h3>
      <ul>
        {visits.map(visit => (
          <VisitLine key={visit.id} visit={visit} day={day} all={visits} />
        ))}
      </ul>
    </section>
  )
}
