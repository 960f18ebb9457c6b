// A month of maintenance: each day with its work, what is foreseen beyond what is written, and what is late. Changes as the work does.
import type { WorkOrderView } from '../../../daemon/domain/care.ts'
import type { AssetView } from '../../../daemon/domain/care-sent.ts'
import { now } from '../../live/index.ts'
import { Icon, Panel } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { dateLong } from '../../words/say.ts'
import { DAY, dayOf, instantOf, localOf, weekOf } from '../visits/times.ts'
import { hrefOf, monthOf } from './href.ts'
import { StateShapeOf } from './state.tsx'

/** What is over is on the page for so long. */
const SHOWN = 90 * DAY

/** `2026-11` before or after. */
function monthFrom(month: string, by: number): string {
  const [year = 0, n = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, n - 1 + by, 1)).toISOString().slice(0, 7)
}

interface MonthProps {
  readonly orders: readonly WorkOrderView[]
  readonly assets: readonly AssetView[]
  readonly query: URLSearchParams
  readonly picked: number | null
}

export function Month({ orders, assets, query, picked }: MonthProps) {
  const words = t.value.care.month
  const today = localOf(now.value || Date.now()).slice(0, 10)
  const asked = query.get('month') ?? ''
  const month = /^20\d\d-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7)
  const first = instantOf(`${month}-01T00:00`)
  const next = instantOf(`${monthFrom(month, 1)}-01T00:00`)
  const days: string[] = []
  for (let day = weekOf(first); day < next || days.length % 7 !== 0; day = dayOf(day + DAY + DAY / 2)) days.push(localOf(day).slice(0, 10))
  const work = Map.groupBy(
    orders.filter(({ state }) => state !== 'cancelled').toSorted((a, b) => a.dueAt - b.dueAt),
    ({ dueAt }) => localOf(dueAt).slice(0, 10),
  )
  const written = new Set(orders.flatMap(({ plan, dueAt }) => (plan === null ? [] : [`${plan} ${dueAt}`])))
  const foreseen = Map.groupBy(
    assets.flatMap(({ name, plans }) => plans.filter(plan => !written.has(`${plan.id} ${plan.next.at}`)).map(plan => ({ ...plan, name }))),
    plan => localOf(plan.next.at).slice(0, 10),
  )
  const title = monthOf(first)
  const isOld = next < (now.value || Date.now()) - SHOWN
  const turn = (by: number): void => setQuery({ month: monthFrom(month, by) })
  return (
    <Panel
      label={words.title}
      title={title}
      end={
        <span class="steps">
          <button type="button" class="iconbtn back" aria-label={words.earlier} onClick={() => turn(-1)}>
            <Icon name="right" />
          </button>
          <button type="button" class="btn" onClick={() => setQuery({ month: null })}>
            {words.today}
          </button>
          <button type="button" class="iconbtn" aria-label={words.later} onClick={() => turn(1)}>
            <Icon name="right" />
          </button>
        </span>
      }
    >
      {isOld ? <p class="careold small mid">{words.old}</p> : null}
      <ol class="caremonth" aria-label={title}>
        {days.slice(0, 7).map(day => (
          <li key={`head ${day}`} class="weekday" aria-hidden="true">
            {dateLong(instantOf(`${day}T12:00`))
              .split(',')[0]
              ?.slice(0, 3)}
          </li>
        ))}
        {days.map(day => {
          const [mine, ahead] = [work.get(day) ?? [], foreseen.get(day) ?? []]
          const about = [day.startsWith(month) ? '' : 'other', day === today ? 'today' : '', mine.length + ahead.length === 0 ? 'free' : ''].join(' ')
          return (
            <li key={day} class={about}>
              <time dateTime={day}>
                <span class="number">{Number(day.slice(8))}</span>
                <span class="whole">{dateLong(instantOf(`${day}T12:00`))}</span>
              </time>
              {mine.map(order => (
                <a
                  key={order.id}
                  class={`careday ${order.state}`}
                  href={hrefOf(query, order.id)}
                  aria-current={order.id === picked ? 'true' : undefined}
                >
                  <StateShapeOf order={order} />
                  <span>
                    {order.title}
                    <span class="small mid"> {order.asset.name}</span>
                  </span>
                </a>
              ))}
              {ahead.map(plan => (
                <span key={plan.id} class="careday foreseen" title={words.foreseen}>
                  <Icon name="calendar" />
                  <span>
                    {plan.title}
                    <span class="small mid">
                      {' '}
                      {plan.name} · {plan.next.by === 'hours' ? words.byHours : words.foreseen}
                    </span>
                  </span>
                </span>
              ))}
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
