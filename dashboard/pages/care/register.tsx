// The register: what is kept up, by kind, each with its maintenance plans.
import { useState } from 'preact/hooks'
import { ASSET_KINDS } from '../../../daemon/domain/care.ts'
import type { AssetView, PlanView } from '../../../daemon/domain/care-sent.ts'
import { api } from '../../api.ts'
import { store, useRows } from '../../live/index.ts'
import { Button, Empty, Icon, Panel, TopicGate, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateLong, number } from '../../words/say.ts'
import { AssetForm } from './asset-form.tsx'
import { PlanForm } from './plan-form.tsx'

type Asking =
  | { readonly what: 'asset'; readonly asset: AssetView | null }
  | { readonly what: 'plan'; readonly asset: AssetView; readonly plan: PlanView | null }
  | { readonly what: 'remove'; readonly path: string; readonly name: string }

export function Register() {
  const words = t.value.care.register
  const { kinds } = t.value.care
  const { status, rows } = useRows('assets')
  const [asking, ask] = useState<Asking | null>(null)
  const assets = [...(rows.value?.values() ?? [])]
  const manages = may('care.work')
  const saved = (): void => ask(null)
  const roomOf = (id: string | null): string => store.layout.value?.rooms.find(room => room.id === id)?.name ?? ''
  const add = manages ? (
    <Button kind="primary" onClick={() => ask({ what: 'asset', asset: null })}>
      {words.add}
    </Button>
  ) : undefined
  return (
    <TopicGate status={status}>
      {assets.length === 0 ? (
        <Panel>
          <Empty title={words.none} hint={words.noneHint} {...(add === undefined ? {} : { action: add })} />
        </Panel>
      ) : (
        <p>{add}</p>
      )}
      {ASSET_KINDS.filter(kind => assets.some(one => one.kind === kind)).map(kind => (
        <Panel
          key={kind}
          title={kinds[kind]}
          end={
            <span class="row wrap">
              <a
                class="btn ghost"
                href={`/api/v1/care/log?kind=${kind}`}
                target="_blank"
                rel="noreferrer"
                aria-label={`${words.log}: ${kinds[kind]}`}
              >
                <Icon name="print" /> {words.log}
              </a>
              <a class="btn ghost" href={`/api/v1/care/export?table=orders&kind=${kind}`} download aria-label={`${words.csv}: ${kinds[kind]}`}>
                <Icon name="download" /> CSV
              </a>
            </span>
          }
        >
          {assets
            .filter(one => one.kind === kind)
            .map(asset => {
              const mine = asset.plans
              const about = [roomOf(asset.room), asset.make, asset.serial, asset.kib, asset.vendor].filter(part => part !== '')
              return (
                <div key={asset.id} class="careasset">
                  <div class="row wrap">
                    <div>
                      <b>{asset.device === null ? asset.name : <a href={`/devices/${encodeURIComponent(asset.device)}`}>{asset.name}</a>}</b>
                      <br />
                      <span class="small mid">
                        {about.join(' · ')}
                        {asset.contract === null ? '' : ` · ${words.contract} ${asset.contract}`}
                      </span>
                    </div>
                    {manages ? (
                      <div class="row wrap">
                        <Button label={`${words.addPlan}: ${asset.name}`} onClick={() => ask({ what: 'plan', asset, plan: null })}>
                          {words.addPlan}
                        </Button>
                        <Button label={`${words.edit}: ${asset.name}`} onClick={() => ask({ what: 'asset', asset })}>
                          {words.edit}
                        </Button>
                        <Button
                          label={`${words.remove}: ${asset.name}`}
                          onClick={() => ask({ what: 'remove', path: `/api/v1/care/assets/${asset.id}`, name: asset.name })}
                        >
                          {words.remove}
                        </Button>
                      </div>
                    ) : null}
                  </div>
                  {asset.meters.map(meter => (
                    <p key={meter.key} class="small mid">
                      {meter.label}: <b class="num">{meter.hours === null ? '–' : words.shows(number(meter.hours))}</b>
                      {meter.perDay === null ? '' : ` · ${words.perDay(number(meter.perDay, 1))}`}
                      {meter.changes.length === 0 ? '' : ` · ${words.changed(dateLong(meter.changes.at(-1)?.at ?? 0))}`}
                    </p>
                  ))}
                  {mine.length === 0 ? (
                    <p class="small dim">{words.noPlans}</p>
                  ) : (
                    <ul class="careplans" aria-label={`${words.plans}: ${asset.name}`}>
                      {mine.map(plan => (
                        <li key={plan.id} class="row wrap">
                          <span>
                            {plan.title}{' '}
                            <span class="small mid">
                              <Rhythm plan={plan} />
                            </span>
                          </span>
                          {manages ? (
                            <span class="row">
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
            })}
        </Panel>
      ))}
      {asking?.what === 'asset' ? <AssetForm asset={asking.asset} onClose={() => ask(null)} onSaved={saved} /> : null}
      {asking?.what === 'plan' ? <PlanForm asset={asking.asset} plan={asking.plan} onClose={() => ask(null)} onSaved={saved} /> : null}
      {asking?.what === 'remove' ? (
        <Sure
          title={`${words.remove}: ${asking.name}`}
          body={words.removeSure}
          act={words.remove}
          send={() => api.delete(asking.path)}
          onClose={() => ask(null)}
          onDone={() => toast('done', words.removed(asking.name))}
        />
      ) : null}
    </TopicGate>
  )
}

/** How often, by what, and when next. */
function Rhythm({ plan: { every, hours, next, left } }: { readonly plan: PlanView }) {
  const words = t.value.care.register
  const often = [words.rhythm(every.n, words.units[every.unit]), ...(hours === null ? [] : [words.orHours(number(hours.every))])].join(' ')
  const day = dateLong(next.at)
  return [
    often,
    next.by === 'hours' ? words.nextByHours(day) : words.next(day),
    ...(left === null ? [] : [words.left(number(Math.max(0, left)), left <= 0)]),
  ].join(' · ')
}
