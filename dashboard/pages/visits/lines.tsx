// Visits of a day, a line or a card each: when, who, where, and what else is at the same time.
import type { VisitView } from '../../../daemon/domain/visit.ts'
import type { Freeze } from '../../../daemon/domain/visit-record.ts'
import { Icon } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { clockShort, dateLong, dateShort } from '../../words/say.ts'
import { VisitState } from './state.tsx'
import { DAY } from './times.ts'

const OVER: ReadonlySet<VisitView['state']> = new Set(['ended', 'refused', 'cancelled', 'expired'])

/** What of a day may not be missed at a glance: somebody else at the same rack, or the same person elsewhere, at the same time. */
function clashOf(visit: VisitView, all: readonly VisitView[]): string | null {
  const say = t.value.visits.visit.conflict
  if (OVER.has(visit.state)) return null
  for (const other of all) {
    if (other.id === visit.id || OVER.has(other.state) || other.from >= visit.until || visit.from >= other.until) continue
    const racks = other.site === visit.site ? other.racks.filter(rack => visit.racks.includes(rack)) : []
    if (racks.length > 0) return say.sameRack(racks.join(', ').toUpperCase(), other.number)
    const names = new Set(other.visitors.map(({ name }) => name.toLowerCase()))
    const twice = visit.visitors.find(({ name }) => name !== '' && names.has(name.toLowerCase()))
    if (twice !== undefined) return say.samePerson(twice.name, other.number)
  }
  return null
}

const MOST_NAMES = 3

interface VisitLineProps {
  readonly visit: VisitView
  readonly day: number
  /** Of the same day. */
  readonly all: readonly VisitView[]
}

export function VisitLine({ visit, day, all }: VisitLineProps) {
  const words = t.value.visits
  const names = visit.visitors.map(({ name }) => name).filter(one => one !== '')
  const clash = clashOf(visit, all)
  const about = [
    visit.organisation?.name ?? words.kinds[visit.kind],
    visit.purpose,
    visit.racks.map(rack => rack.toUpperCase()).join(', '),
    visit.escort?.name ?? '',
  ]
  return (
    <li class={`visitline ${visit.state} ${visit.overstay ? 'over' : ''} ${OVER.has(visit.state) ? 'gone' : ''}`}>
      <a href={`/visits/${visit.id}`}>
        <span class="when nw">
          {visit.from >= day ? clockShort(visit.from) : '…'}–{visit.until < day + DAY ? clockShort(visit.until) : '…'}
        </span>
        <span class="who">
          <b>{names.length === 0 ? words.people(visit.visitors.length) : names.slice(0, MOST_NAMES).join(', ')}</b>
          {names.length > MOST_NAMES ? ` + ${names.length - MOST_NAMES}` : ''}
          <span class="small dim">{about.filter(one => one !== '').join(' · ')}</span>
          {clash === null ? null : (
            <span class="small t-warn clash">
              <Icon name="warn" /> {clash}
            </span>
          )}
        </span>
        <VisitState visit={visit} />
      </a>
    </li>
  )
}

export const FreezeBand = ({ freeze, span = false }: { readonly freeze: Freeze; readonly span?: boolean }) => (
  <span class="freeze">
    <span>
      <Icon name="warn-o" /> {t.value.visits.freeze}
      {span ? ` ${dateShort(freeze.from)} – ${dateShort(freeze.until - 1)}` : ''}: {freeze.reason}
    </span>
  </span>
)

interface DayProps {
  readonly day: number
  readonly today: boolean
  readonly visits: readonly VisitView[]
  readonly freezes: readonly Freeze[]
}

/** A day of the list. */
export function DayRows({ day, today, visits, freezes }: DayProps) {
  return (
    <section class={`visitday ${today ? 'today' : ''}`} aria-label={dateLong(day)}>
      <h3>
        {dateLong(day)}
        {today ? <span class="dim"> · {t.value.visits.today.toLowerCase()}</span> : null}
      </h3>
      {freezes.map(one => (
        <FreezeBand key={one.id} freeze={one} />
      ))}
      <ul>
        {visits.map(visit => (
          <VisitLine key={visit.id} visit={visit} day={day} all={visits} />
        ))}
      </ul>
    </section>
  )
}
