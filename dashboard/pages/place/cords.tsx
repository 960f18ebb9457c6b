// The cords of a rack and of what stands in it: its feeds, and the power supplies on them.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { Button, Icon, SelectField, TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { PointField } from './point-field.tsx'
import { NumberField } from './typed-fields.tsx'

type Feed = Layout['racks'][number]['feeds'][number]

const FEEDS = ['A', 'B', 'C', 'D'] as const

export function Feeds({
  layout,
  feeds,
  error,
  onChange,
}: {
  layout: Layout
  feeds: readonly Feed[]
  error?: string
  onChange: (feeds: readonly Feed[]) => void
}) {
  const words = t.value.place
  const change = (index: number, with_: Partial<Feed>) => onChange(feeds.map((feed, i) => (i === index ? { ...feed, ...with_ } : feed)))
  const next = FEEDS.find(name => !feeds.some(feed => feed.name === name))
  const first = layout.power[0]
  return (
    <fieldset class="sublist">
      <legend>{words.fields.feeds}</legend>
      {error === undefined ? null : <p class="err">{error}</p>}
      {feeds.map((feed, index) => (
        <div class="subrow" key={feed.name}>
          <b>{feed.name}</b>
          <SelectField
            label={words.fields.node}
            value={feed.node}
            options={layout.power.map(({ id, name }) => ({ key: id, label: name }))}
            onChange={node => change(index, { node })}
          />
          <NumberField
            label={words.fields.breaker}
            value={feed.breaker}
            whole={false}
            needed
            onChange={breaker => breaker !== undefined && change(index, { breaker })}
          />
          <button
            type="button"
            class="iconbtn"
            aria-label={`${words.edit.remove} ${words.fields.feed} ${feed.name}`}
            onClick={() => onChange(feeds.filter((_, i) => i !== index))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {next === undefined || first === undefined ? null : (
        <Button onClick={() => onChange([...feeds, { name: next, node: first.id, breaker: 16, voltage: 230, phases: 1 }])}>
          {words.edit.addFeed}
        </Button>
      )}
    </fieldset>
  )
}

export type Psu = Layout['equipment'][number]['psus'][number]

export function Psus({
  layout,
  rack,
  psus,
  error,
  onChange,
}: {
  layout: Layout
  rack: string
  psus: readonly Psu[]
  error?: string
  onChange: (psus: readonly Psu[]) => void
}) {
  const words = t.value.place
  const names = layout.racks.find(each => each.id === rack)?.feeds.map(feed => feed.name) ?? []
  const change = (index: number, psu: Psu) => onChange(psus.map((each, i) => (i === index ? psu : each)))
  return (
    <fieldset class="sublist">
      <legend>{words.fields.psus}</legend>
      {error === undefined ? null : <p class="err">{error}</p>}
      {psus.map((psu, index) => {
        const key = `${index} ${psu.feed}`
        return (
          <div class="subrow" key={key}>
            <SelectField
              label={words.fields.feed}
              value={psu.feed}
              options={[...new Set([...names, psu.feed])].map(name => ({ key: name, label: name }))}
              onChange={feed => change(index, { feed, ...(psu.outlet === undefined ? {} : { outlet: psu.outlet }) })}
            />
            <TextField
              label={words.fields.outlet}
              value={psu.outlet ?? ''}
              maxLength={40}
              onInput={outlet => {
                const { outlet: _, ...rest } = psu
                change(index, outlet === '' ? rest : { ...rest, outlet })
              }}
            />
            <PointField
              label={words.fields.measured}
              value={psu.power ?? null}
              onChange={power => {
                const { power: _, ...rest } = psu
                change(index, power === undefined ? rest : { ...rest, power })
              }}
            />
            <button
              type="button"
              class="iconbtn"
              aria-label={`${words.edit.remove} ${words.fields.psus} ${index + 1}`}
              onClick={() => onChange(psus.filter((_, i) => i !== index))}
            >
              <Icon name="close" />
            </button>
          </div>
        )
      })}
      {names[0] === undefined ? null : (
        <Button onClick={() => onChange([...psus, { feed: names.find(name => !psus.some(psu => psu.feed === name)) ?? names[0]! }])}>
          {words.edit.addPsu}
        </Button>
      )}
    </fieldset>
  )
}
