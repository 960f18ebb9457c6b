// An asset of the register: what it is, what its counters show, and how far each of its plans is.
import type { AssetView, PlanView } from '../../../daemon/domain/care-sent.ts'
import { store } from '../../live/index.ts'
import { Button, Meter } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateLong, number, text } from '../../words/say.ts'

export type Asking =
  | { readonly what: 'asset'; readonly asset: AssetView | null }
  | { readonly what: 'plan'; readonly asset: AssetView; readonly plan: PlanView | null }
  | { readonly what: 'remove'; readonly path: string; readonly name: string }

interface CardProps {
  readonly asset: AssetView
  readonly ask: (asking: Asking) => void
}

export function AssetCard({ asset, ask }: CardProps) {
  const words = t.value.care.register
  const room = store.layout.value?.rooms.find(({ id }) => id === asset.room)?.name ?? ''
  const about = [room, asset.make, asset.serial, asset.kib, asset.vendor].filter(part => part !== '')
  const manages = may('care.work')
  return (
    <div class="careasset">
      <div class="carehead">
        <div>
          <b>{asset.device === null ? asset.name : <a href={`/devices/${encodeURIComponent(asset.device)}`}>{asset.name}</a>}</b>
          <p class="small mid">
            {about.join(' · ')}
            {asset.contract === null ? '' : ` · ${words.contract} ${dateLong(Date.parse(`${asset.contract}T05:00Z`))}`}
          </p>
          {asset.meters.map(meter => (
            <p key={meter.key} class="small mid">
              {text(meter.label)}: <b class="num">{meter.hours === null ? '–' : words.shows(number(meter.hours))}</b>
              {meter.perDay === null ? '' : ` · ${words.perDay(number(meter.perDay, 1))}`}
              {meter.changes.length === 0 ? '' : ` · ${words.changed(dateLong(meter.changes.at(-1)?.at ?? 0))}`}
            </p>
          ))}
        </div>
        {manages ? (
          <div class="careacts">
            <Button label={`${words.addPlan}: ${asset.name}`} onClick={() => ask({ what: 'plan', asset, plan: null })}>
              {words.addPlan}
            </Button>
            <Button kind="ghost" label={`${words.edit}: ${asset.name}`} onClick={() => ask({ what: 'asset', asset })}>
              {words.edit}
            </Button>
            <Button
              kind="ghost"
              label={`${words.remove}: ${asset.name}`}
              onClick={() => ask({ what: 'remove', path: `/api/v1/care/assets/${asset.id}`, name: asset.name })}
            >
              {words.remove}
            </Button>
          </div>
        ) : null}
      </div>
      {asset.plans.length === 0 ? (
        <p class="small dim">{words.noPlans}</p>
      ) : (
        <ul class="careplans" aria-label={`${words.plans}: ${asset.name}`}>
          {asset.plans.map(plan => (
            <li key={plan.id} class="carehead">
              <Plan plan={plan} />
              {manages ? (
                <span class="careacts">
                  <Button kind="ghost" label={`${words.edit}: ${plan.title}`} onClick={() => ask({ what: 'plan', asset, plan })}>
                    {words.edit}
                  </Button>
                  <Button
                    kind="ghost"
                    label={`${words.remove}: ${plan.title}`}
                    onClick={() => ask({ what: 'remove', path: `/api/v1/care/plans/${plan.id}`, name: plan.title })}
                  >
                    {words.remove}
                  </Button>
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** From so much of its hours on it is near. */
const NEAR = 0.9

/** How often, when next, and how much of its hours have run. */
function Plan({ plan: { title, every, hours, next, left } }: { readonly plan: PlanView }) {
  const words = t.value.care.register
  const often = [words.rhythm(every.n, words.units[every.unit]), ...(hours === null ? [] : [words.orHours(number(hours.every))])].join(' ')
  const day = dateLong(next.at)
  const used = hours === null || left === null ? null : Math.min(1, Math.max(0, 1 - left / hours.every))
  return (
    <div>
      {title}
      <p class="small mid">
        {often} · {next.by === 'hours' ? words.nextByHours(day) : words.next(day)}
      </p>
      {used === null || left === null ? null : (
        <div class="carehoursleft small">
          <Meter value={used} tone={used >= NEAR ? 'warn' : 'ok'} label={words.used(title)} />
          <span class={used >= NEAR ? 't-warn' : 'mid'}>{words.left(number(Math.max(0, left)), left <= 0)}</span>
        </div>
      )}
    </div>
  )
}
