// Giving the place out: files, and labels with codes to stick on things.
import type { PlaceView } from '../../../daemon/domain/place.ts'
import { Empty, Icon, Panel } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { lang, t } from '../../words/index.ts'

const FILES = [
  ['csvRacks', 'format=csv&table=racks'],
  ['csvEquipment', 'format=csv&table=equipment'],
  ['netboxRacks', 'format=netbox&table=racks'],
  ['netboxEquipment', 'format=netbox&table=equipment'],
] as const

export function Export({ view }: { readonly view: PlaceView }) {
  const words = t.value.place.export
  if (!may('place.export')) return <Empty title={words.denied} hint="" />
  const labels = (query: string) => `/api/v1/place/labels?language=${lang.value}&${query}`
  return (
    <div class="stack placestack">
      <Panel title={words.title} padded>
        <p class="mid">{words.yamlHint}</p>
        <div class="row wrap">
          <a class="btn primary" href="/api/v1/place/export?format=yaml" download>
            <Icon name="download" />
            {words.yaml}
          </a>
          {FILES.map(([key, query]) => (
            <a key={key} class="btn" href={`/api/v1/place/export?${query}`} download>
              <Icon name="download" />
              {words[key]}
            </a>
          ))}
        </div>
      </Panel>
      <Panel title={words.labels} padded>
        <p class="mid">{words.labelsHint}</p>
        <div class="row wrap">
          <a class="btn" href={labels(`racks=${view.layout.racks.map(({ id }) => id).join(',')}`)} target="_blank" rel="noreferrer">
            <Icon name="print" />
            {words.labelRacks}
          </a>
        </div>
      </Panel>
    </div>
  )
}
