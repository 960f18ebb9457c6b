// The register: what is kept up, by kind, each with its maintenance plans.
import { useState } from 'preact/hooks'
import { ASSET_KINDS } from '../../../daemon/domain/care.ts'
import { api } from '../../api.ts'
import { useRows } from '../../live/index.ts'
import { Button, Empty, Icon, Panel, TopicGate, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { type Asking, AssetCard } from './asset-card.tsx'
import { AssetForm } from './asset-form.tsx'
import { PlanForm } from './plan-form.tsx'

export function Register() {
  const words = t.value.care.register
  const { kinds } = t.value.care
  const { status, rows } = useRows('assets')
  const [asking, ask] = useState<Asking | null>(null)
  const assets = [...(rows.value?.values() ?? [])]
  const manages = may('care.work')
  const saved = (): void => ask(null)
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
            .map(asset => (
              <AssetCard key={asset.id} asset={asset} ask={ask} />
            ))}
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
