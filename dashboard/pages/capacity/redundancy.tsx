// Each site against its tier: what is met, what is lacking, what cannot be judged, each in a sentence.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Finding, Redundancy } from '../../../daemon/domain/plant.ts'
import { Panel, Pill, StateShape, type Tone } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { watts } from '../power/amount.tsx'
import { AskedGate } from '../power/asked-gate.tsx'
import { namesOf } from '../power/names.ts'
import type { Asked } from '../power/use-asked.ts'

const TONES: Readonly<Record<Finding['says'], Tone>> = { met: 'ok', lacking: 'warn', unknown: 'unknown', remark: 'ok' }

interface Props {
  readonly asked: Asked<{ readonly items: readonly Redundancy[] }>
  readonly layout: Layout
}

export function RedundancyPanel({ asked, layout }: Props) {
  const words = t.value.plant.capacity
  return (
    <Panel title={words.redundancy} padded>
      <AskedGate asked={asked} lines={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="dim">{words.noSites}</p>
          ) : (
            items.map(({ site, tier, verdict, findings }) => (
              <div key={site} class="siteredundancy">
                <div class="row wrap">
                  <b>{[layout.site, ...layout.sites].find(one => one.id === site)?.name ?? site}</b>
                  <span class="small dim">{words.tier(number(tier))}</span>
                  <Pill tone={TONES[verdict]}>{words.verdict[verdict]}</Pill>
                </div>
                <ul class="findings">
                  {findings.map(finding => (
                    <li key={JSON.stringify(finding)}>
                      <StateShape tone={TONES[finding.says]} /> <span>{sentence(finding, layout)}</span>
                    </li>
                  ))}
                </ul>
              </div>
            ))
          )
        }
      </AskedGate>
    </Panel>
  )
}

function sentence(finding: Finding, layout: Layout): string {
  const words = t.value.plant.capacity.finding
  const node = (id: string): string => namesOf(layout)(id).name
  const room = (id: string): string => layout.rooms.find(one => one.id === id)?.name ?? id
  switch (finding.code) {
    case 'powerUnknown':
    case 'upsNone':
    case 'gensetNone':
    case 'transferNone':
      return words[finding.code]
    case 'upsSingle':
    case 'upsUnrated':
    case 'gensetSingle':
    case 'gensetUnrated':
      return words[finding.code](node(finding.node))
    case 'upsOver':
      return words.upsOver(node(finding.node), node(finding.failed), watts(finding.load), watts(finding.capacity))
    case 'gensetOver':
      return words.gensetOver(node(finding.failed), watts(finding.load), watts(finding.capacity))
    case 'upsMet':
    case 'gensetMet':
      return words[finding.code](finding.units)
    case 'coolingNone':
      return words.coolingNone(room(finding.room))
    case 'coolingSingle':
    case 'coolingUnrated':
      return words[finding.code](room(finding.room), node(finding.node))
    case 'coolingOver':
      return words.coolingOver(room(finding.room), watts(finding.heat), watts(finding.spare))
    case 'coolingMet':
      return words.coolingMet(room(finding.room), finding.units)
    case 'feedsMeet':
      return words.feedsMeet(finding.racks.length, node(finding.node))
    case 'singleCord':
      return words.singleCord(finding.equipment.length)
    case 'notMaintainable':
      return words.notMaintainable(node(finding.node), finding.dark)
  }
}
