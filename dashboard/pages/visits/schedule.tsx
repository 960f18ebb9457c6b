// The schedule: a day, a week or a list of visits with freezes over them; of all sites or one, changing as visits do.
import { useEffect, useState } from 'preact/hooks'
import type { VisitView } from '../../../daemon/domain/visit.ts'
import type { Freeze } from '../../../daemon/domain/visit-record.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now, store, useRows } from '../../live/index.ts'
import { Empty, ErrorBox, Icon, Panel, Segmented, Skeleton } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { dateLong, dateShort } from '../../words/say.ts'
import { DayRows } from './lines.tsx'
import { DAY, dayOf, weekOf } from './times.ts'
import { Week } from './week.tsx'

const LOOKS = ['day', 'week', 'list'] as const
type Look = (typeof LOOKS)[number]
const SPAN: Readonly<Record<Look, number>> = { day: 1, week: 7, list: 31 }

type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly visits: readonly VisitView[] }
  | { readonly kind: 'failed'; readonly problem: Problem }

export function Schedule({ query }: { readonly query: URLSearchParams }) {
  const words = t.value.visits
  const look: Look = LOOKS.find(one => one === query.get('look')) ?? 'week'
  const today = dayOf(now.peek() || Date.now())
  const asked = Number(query.get('day'))
  const day = Number.isFinite(asked) && asked > 0 ? dayOf(asked) : today
  const from = look === 'week' ? weekOf(day) : day
  const until = from + SPAN[look] * DAY
  const site = query.get('site') ?? ''
  const room = query.get('room') ?? ''
  const [got, setGot] = useState<Got>({ kind: 'waiting' })
  const [freezes, setFreezes] = useState<readonly Freeze[]>([])
  const [turn, setTurn] = useState(0)
  const { rows } = useRows('visits')
  const live = rows.value
  const url = `/api/v1/visits?${new URLSearchParams({ from: String(from), until: String(until - 1), ...(site === '' ? {} : { site }), ...(room === '' ? {} : { room }) })}`
  useEffect(() => {
    let gone = false
    void api.get<{ readonly items: readonly VisitView[] }>(url).then(answer => {
      if (!gone) setGot(answer.ok ? { kind: 'ready', visits: answer.value.items } : { kind: 'failed', problem: answer.problem })
    })
    void api.get<{ readonly items: readonly Freeze[] }>('/api/v1/visit-freezes').then(answer => {
      if (!gone && answer.ok) setFreezes(answer.value.items)
    })
    return () => {
      gone = true
    }
  }, [url, turn])

  // The list as it was asked for, with what has changed since laid over it, row by row.
  const known = got.kind === 'ready' ? new Map(got.visits.map(visit => [visit.id, visit])) : new Map<number, VisitView>()
  for (const visit of live?.values() ?? []) {
    const fits = visit.until >= from && visit.from < until && (site === '' || visit.site === site) && (room === '' || visit.rooms.includes(room))
    if (fits) known.set(visit.id, visit)
    else known.delete(visit.id)
  }
  const visits = [...known.values()].sort((one, other) => one.from - other.from || one.id - other.id)
  const frozen = freezes.filter(one => one.from < until && one.until > from && (site === '' || one.site === site))
  const plan = store.layout.value
  const sites = plan === null ? [] : [plan.site, ...(plan.sites ?? [])]
  const days = Array.from({ length: SPAN[look] }, (_, i) => dayOf(from + i * DAY + DAY / 2))
  const move = (by: number): void => setQuery({ day: dayOf(day + by * SPAN[look] * DAY + DAY / 2) })
  return (
    <Panel
      class="schedule"
      title={look === 'day' ? dateLong(from) : `${dateShort(from)} – ${dateShort(until - 1)}`}
      end={
        <>
          <span class="steps">
            <button type="button" class="iconbtn back" aria-label={words.earlier} onClick={() => move(-1)}>
              <Icon name="right" />
            </button>
            <button type="button" class="btn" onClick={() => setQuery({ day: null })}>
              {words.today}
            </button>
            <button type="button" class="iconbtn" aria-label={words.later} onClick={() => move(1)}>
              <Icon name="right" />
            </button>
          </span>
          <Segmented<Look>
            label={words.look}
            chosen={look}
            onChoose={key => setQuery({ look: key === 'week' ? null : key })}
            choices={LOOKS.map(key => ({ key, label: words.looks[key] }))}
          />
          {sites.length < 2 ? null : (
            <Pick label={words.site} every={words.everySite} value={site} choices={sites} onPick={value => setQuery({ site: value, room: null })} />
          )}
          {plan === null || plan.rooms.length < 2 ? null : (
            <Pick label={words.room} every={words.everyRoom} value={room} choices={plan.rooms} onPick={value => setQuery({ room: value })} />
          )}
        </>
      }
    >
      {got.kind === 'waiting' ? <Skeleton lines={6} /> : null}
      {got.kind === 'failed' ? <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} /> : null}
      {got.kind !== 'ready' ? null : visits.length === 0 && frozen.length === 0 ? (
        <Empty title={words.none} hint={words.noneHint} />
      ) : look === 'week' ? (
        <Week days={days} today={today} visits={visits} freezes={frozen} />
      ) : (
        days
          .map(date => ({
            date,
            visits: visits.filter(visit => visit.from < date + DAY && visit.until >= date),
            freezes: frozen.filter(one => one.from < date + DAY && one.until > date),
          }))
          .filter(one => one.visits.length > 0 || one.freezes.length > 0)
          .map(one => <DayRows key={one.date} day={one.date} today={one.date === today} visits={one.visits} freezes={one.freezes} />)
      )}
    </Panel>
  )
}

interface PickProps {
  readonly label: string
  readonly every: string
  readonly value: string
  readonly choices: readonly { readonly id: string; readonly name: string }[]
  readonly onPick: (value: string | null) => void
}

const Pick = ({ label, every, value, choices, onPick }: PickProps) => (
  <label>
    <span class="sr">{label}</span>
    <select class="input" value={value} onChange={event => onPick(event.currentTarget.value || null)}>
      <option value="">{every}</option>
      {choices.map(one => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </select>
  </label>
)
