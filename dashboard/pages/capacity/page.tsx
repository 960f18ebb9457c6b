// Capacity: what is free by rack, row and room, when it runs out, what a loss would cost, redundancy against the tier, energy of a month.

import type { CapacityView } from '../../../daemon/domain/capacity.ts'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Redundancy } from '../../../daemon/domain/plant.ts'
import { store, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Empty, PageHead, Skeleton, TopicGate } from '../../parts/index.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import '../power/power.css'
import { AskedGate } from '../power/asked-gate.tsx'
import { useAsked, useStir } from '../power/use-asked.ts'
import { AddressesPanel } from './addresses.tsx'
import './capacity.css'
import { CoolingPanel, ForecastPanel } from './cooling.tsx'
import { EnergyPanel } from './energy.tsx'
import { RacksPanel } from './racks.tsx'
import { RedundancyPanel } from './redundancy.tsx'
import { SurveyPanel } from './survey.tsx'
import { CapacityTiles } from './tiles.tsx'

export default function CapacityPage({ query }: PageProps) {
  const status = useTopic('overview')
  const layout = store.layout.value
  const words = t.value.plant.capacity
  if (layout === null) return <Skeleton lines={12} />
  if (layout.racks.length === 0)
    return (
      <>
        <PageHead title={words.title} />
        <section class="panel">
          <Empty title={words.empty} hint={words.emptyHint} />
        </section>
      </>
    )
  return (
    <TopicGate status={status} lines={12}>
      <Capacity layout={layout} query={query} />
    </TopicGate>
  )
}

function Capacity({ layout, query }: { readonly layout: Layout; readonly query: URLSearchParams }) {
  const words = t.value.plant.capacity
  const stir = useStir(layout)
  const capacity = useAsked<CapacityView>('/api/v1/plant/capacity', stir)
  const redundancy = useAsked<{ readonly items: readonly Redundancy[] }>('/api/v1/plant/redundancy', stir)
  return (
    <>
      <PageHead
        title={words.title}
        sub={words.sub}
        actions={
          <a class="btn" href="/power">
            {words.toPower}
          </a>
        }
      />
      <AskedGate asked={capacity} lines={12}>
        {view => (
          <>
            <CapacityTiles view={view} />
            <div class="capacitygrid">
              <div class="stack">
                <RacksPanel view={view} layout={layout} query={query} />
                <SurveyPanel survey={view.survey} layout={layout} />
                <AddressesPanel addresses={view.addresses} layout={layout} />
              </div>
              <div class="stack">
                <CoolingPanel view={view} layout={layout} />
                <ForecastPanel view={view} layout={layout} />
                <RedundancyPanel asked={redundancy} layout={layout} />
                <EnergyPanel query={query} />
              </div>
            </div>
          </>
        )}
      </AskedGate>
    </>
  )
}
