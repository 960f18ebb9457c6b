// Who is inside on a visit, with whom and until when, and openings that nobody explains. Nothing while there is nobody and nothing.
import { useComputed } from '@preact/signals'
import { now } from '../live/clock.ts'
import { useRows } from '../live/index.ts'
import { Icon } from '../parts/icons.tsx'
import { t } from '../words/index.ts'
import { clock, clockShort, duration } from '../words/say.ts'
import './premises.css'

/** Rows; the alarms need the place when something fails. */
const ROWS = { calm: { visits: 3, doors: 2 }, brief: { visits: 2, doors: 1 } } as const

export function PremisesPanel({ brief }: { readonly brief: boolean }) {
  const words = t.value.doors.wall
  const visits = useRows('visits').rows
  const openings = useRows('openings').rows
  const inside = useComputed(() =>
    [...(visits.value?.values() ?? [])]
      .map(visit => ({ visit, guests: visit.visitors.filter(({ state }) => state === 'inside'), over: visit.until < now.value }))
      .filter(({ guests }) => guests.length > 0)
      .sort((a, b) => a.visit.until - b.visit.until),
  )
  const unexplained = useComputed(() =>
    // The last of each door: that it was several times its alarm says.
    [
      ...new Map(
        [...(openings.value?.values() ?? [])]
          .filter(({ explanation }) => explanation.kind === 'unexplained')
          .sort((a, b) => a.openedAt - b.openedAt)
          .map(one => [one.name, one]),
      ).values(),
    ].sort((a, b) => b.openedAt - a.openedAt),
  )
  const people = useComputed(() => inside.value.reduce((sum, { guests }) => sum + guests.length, 0))
  if (inside.value.length === 0 && unexplained.value.length === 0) return null
  const rows = brief ? ROWS.brief : ROWS.calm
  const rest = inside.value.length - rows.visits
  return (
    <section class="panel premises" aria-label={words.title}>
      <header>
        <h2>{words.title}</h2>
        <span class="end">{words.inside(people.value)}</span>
      </header>
      <ul class="li">
        {unexplained.value.slice(0, rows.doors).map(one => (
          <li key={`o${one.id}`}>
            <Icon name="crit" class="crit" />
            <a class="quiet" href="/doors?kind=unexplained">
              <b class="ell t-crit">{words.unexplained(one.name)}</b>
            </a>
            <span class="num">{clock(one.openedAt)}</span>
          </li>
        ))}
        {inside.value.slice(0, rows.visits).map(({ visit, guests, over }) => (
          <li key={`v${visit.id}`}>
            <Icon name="person" class={over ? 'crit' : 'work'} />
            <a class="quiet" href={`/visits/${visit.id}`}>
              <b class="ell">{guests.map(({ name }) => name).join(', ')}</b>
              <span class="sb ell">
                {[guests[0]?.company ?? '', visit.escort === null ? '' : words.escort(visit.escort.name)].filter(one => one !== '').join(' · ')}
              </span>
            </a>
            <span class={over ? 'num t-crit' : 'num'}>
              {over ? words.over : words.until(clockShort(visit.until))}
              {over ? <small>{duration((now.value - visit.until) / 1000)}</small> : null}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 ? <p class="more">{words.more(rest)}</p> : null}
    </section>
  )
}
