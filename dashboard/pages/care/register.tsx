// The register: what is kept up, by kind, each with its maintenance plans.
import { useEffect, useState } from 'preact/hooks'
import { ASSET_KINDS } from '../../../daemon/domain/care.ts'
import type { Asset, Plan } from '../../../daemon/domain/care-sent.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { store, useRows } from '../../live/index.ts'
import { Button, Empty, ErrorBox, Panel, Skeleton, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateLong } from '../../words/say.ts'
import { AssetForm } from './asset-form.tsx'
import { PlanForm } from './plan-form.tsx'

interface Kept {
  readonly assets: readonly Asset[]
  readonly plans: readonly (Plan & { readonly next: number })[]
}

type Asking =
  | { readonly what: 'asset'; readonly asset: Asset | null }
  | { readonly what: 'plan'; readonly asset: Asset; readonly plan: Plan | null }
  | { readonly what: 'remove'; readonly path: string; readonly name: string }

export function Register() {
  const words = t.value.care.register
  const { kinds } = t.value.care
  const [got, setGot] = useState<{ readonly kept: Kept | null; readonly problem: Problem | null } | null>(null)
  const [asking, ask] = useState<Asking | null>(null)
  const [turn, setTurn] = useState(0)
  // Work that is written or done moves what comes next.
  const { rows } = useRows('care')
  useEffect(() => {
    let gone = false
    void api.get<Kept>('/api/v1/care').then(answer => {
      if (!gone) setGot(was => (answer.ok ? { kept: answer.value, problem: null } : { kept: was?.kept ?? null, problem: answer.problem }))
    })
    return () => {
      gone = true
    }
  }, [turn, rows.value])
  if (got === null) return <Skeleton lines={8} />
  if (got.kept === null) return got.problem === null ? <Skeleton lines={8} /> : <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} />
  const { assets, plans } = got.kept
  const manages = may('care.work')
  const saved = (): void => {
    ask(null)
    setTurn(n => n + 1)
  }
  const roomOf = (id: string | null): string => store.layout.value?.rooms.find(room => room.id === id)?.name ?? ''
  const add = manages ? (
    <Button kind="primary" onClick={() => ask({ what: 'asset', asset: null })}>
      {words.add}
    </Button>
  ) : undefined
  return (
    <>
      {got.problem === null ? null : <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} />}
      {assets.length === 0 ? (
        <Panel>
          <Empty title={words.none} hint={words.noneHint} {...(add === undefined ? {} : { action: add })} />
        </Panel>
      ) : (
        <p>{add}</p>
      )}
      {ASSET_KINDS.filter(kind => assets.some(one => one.kind === kind)).map(kind => (
        <Panel key={kind} title={kinds[kind]}>
          {assets
            .filter(one => one.kind === kind)
            .map(asset => {
              const mine = plans.filter(plan => plan.asset === asset.id)
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
                  {mine.length === 0 ? (
                    <p class="small dim">{words.noPlans}</p>
                  ) : (
                    <ul class="careplans" aria-label={`${words.plans}: ${asset.name}`}>
                      {mine.map(plan => (
                        <li key={plan.id} class="row wrap">
                          <span>
                            {plan.title}{' '}
                            <span class="small mid">
                              {words.rhythm(plan.every.n, words.units[plan.every.unit])} · {words.next(dateLong(plan.next))}
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
          onDone={() => {
            toast('done', words.removed(asking.name))
            setTurn(n => n + 1)
          }}
        />
      ) : null}
    </>
  )
}
