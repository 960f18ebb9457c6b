// The power chain: live loads with where they come from, any node traced both ways, and what if things die. What is picked stands in the URL.
import { useMemo } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { PowerView, Trace } from '../../../daemon/domain/plant.ts'
import type { WhatIfView } from '../../../daemon/http/contract.ts'
import { store, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Button, Empty, PageHead, Panel, Segmented, Skeleton, TopicGate } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { AskedGate } from './asked-gate.tsx'
import { Diagram } from './diagram.tsx'
import { PowerEditor } from './edit/editor.tsx'
import './power.css'
import { FailedSide, NodeSide } from './side.tsx'
import { useAsked, useStir } from './use-asked.ts'

export default function PowerPage({ query }: PageProps) {
  const status = useTopic('overview')
  const layout = store.layout.value
  const words = t.value.plant.power
  if (layout === null) return <Skeleton lines={12} />
  if (query.get('edit') !== null && may('place.manage')) return <PowerEditor back="/power" />
  if (layout.power.length === 0)
    return (
      <>
        <PageHead title={words.title} />
        <section class="panel">
          <Empty
            title={words.empty}
            hint={words.emptyHint}
            {...(may('place.manage') ? { action: <Button onClick={() => setQuery({ edit: 1 }, { push: true })}>{words.edit}</Button> } : {})}
          />
        </section>
      </>
    )
  return (
    <TopicGate status={status} lines={12}>
      <Power layout={layout} query={query} />
    </TopicGate>
  )
}

function Power({ layout, query }: { readonly layout: Layout; readonly query: URLSearchParams }) {
  const words = t.value.plant
  const mode = query.has('failed') ? 'whatIf' : 'load'
  const when = query.get('when') === 'peak' ? 'peak' : 'now'
  const node = mode === 'load' ? query.get('node') : null
  const failed = useMemo(() => (query.get('failed') ?? '').split(',').filter(id => id !== ''), [query])
  const stir = useStir(layout)
  const view = useAsked<PowerView>('/api/v1/plant/power', stir)
  const trace = useAsked<Trace>(node === null ? null : `/api/v1/plant/trace/${encodeURIComponent(node)}`, stir)
  const asked = mode === 'whatIf' ? failed : node === null ? [] : [node]
  const what = useAsked<WhatIfView>(asked.length === 0 ? null : `/api/v1/plant/what-if?failed=${encodeURIComponent(asked.join())}&when=${when}`, stir)

  const choose = (id: string): void => {
    const next = failed.includes(id) ? failed.filter(one => one !== id) : [...failed, id]
    if (mode === 'load') setQuery({ node: id === node ? null : id }, { push: true })
    // An empty list keeps the mode: a comma is no id.
    else setQuery({ failed: next.length === 0 ? ',' : next.join() }, { push: true })
  }
  return (
    <>
      <PageHead
        title={words.power.title}
        sub={words.power.sub}
        actions={
          <>
            <Segmented
              label={words.power.mode}
              choices={[
                { key: 'load' as const, label: words.power.modes.load },
                { key: 'whatIf' as const, label: words.power.modes.whatIf },
              ]}
              chosen={mode}
              onChoose={key => setQuery(key === 'load' ? { failed: null } : { failed: node ?? ',', node: null }, { push: true })}
            />
            <Segmented
              label={words.power.when}
              choices={[
                { key: 'now' as const, label: words.now },
                { key: 'peak' as const, label: words.peak },
              ]}
              chosen={when}
              onChoose={key => setQuery({ when: key === 'now' ? null : key })}
            />
            {may('place.manage') ? <Button onClick={() => setQuery({ edit: 1 }, { push: true })}>{words.power.edit}</Button> : null}
            <a class="btn" href="/capacity">
              {words.power.toCapacity}
            </a>
          </>
        }
      />
      <AskedGate asked={view} lines={12}>
        {chain => (
          <div class="powergrid">
            <Panel class="chainpanel">
              <Diagram
                view={chain}
                layout={layout}
                trace={trace.value}
                what={mode === 'whatIf' ? what.value : null}
                chosen={new Set(mode === 'load' ? (node === null ? [] : [node]) : failed)}
                onChoose={choose}
              />
            </Panel>
            <div class="powerside">
              {mode === 'whatIf' ? (
                <FailedSide failed={failed} what={what} layout={layout} onClear={() => setQuery({ failed: ',' })} />
              ) : node === null ? (
                <Panel>
                  <Empty title={words.power.pick} hint={words.power.pickHint} />
                </Panel>
              ) : (
                <NodeSide trace={trace} what={what} layout={layout} onTry={id => setQuery({ failed: id, node: null }, { push: true })} />
              )}
            </div>
          </div>
        )}
      </AskedGate>
    </>
  )
}
