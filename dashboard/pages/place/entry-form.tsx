// The form of one entry of the place: each field goes into the draft as it is typed; mistakes stand at their fields.
import { useEffect, useState } from 'preact/hooks'
import type { Layout, PointRef } from '../../../daemon/domain/inventory.ts'
import type { FieldError } from '../../../daemon/domain/outcome.ts'
import type { PlaceEntry } from '../../../daemon/domain/place.ts'
import type { PlaceKind } from '../../../daemon/domain/place-kinds.ts'
import { store } from '../../live/index.ts'
import { Button, Icon, SelectField, TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { FIELDS, type FieldSpec, typedNumber } from './fields.ts'
import { MakeField } from './make-field.tsx'
import { PointField } from './point-field.tsx'

type Bag = Readonly<Record<string, unknown>>

interface EntryFormProps {
  readonly layout: Layout
  readonly kind: PlaceKind
  readonly entry: PlaceEntry
  readonly mistakes: readonly FieldError[]
  readonly onChange: (entry: PlaceEntry, field: string) => void
}

export function EntryForm({ layout, kind, entry, mistakes, onChange }: EntryFormProps) {
  const bag: Bag = { ...entry }
  const set = (key: string, value: unknown): void => {
    const { [key]: _, ...rest } = bag
    onChange((value === undefined ? rest : { ...bag, [key]: value }) as unknown as PlaceEntry, key)
  }
  const stem = `${kind}.${entry.id}`
  const errorOf = (key: string) => mistakes.find(({ field }) => field === `${stem}.${key}` || field.startsWith(`${stem}.${key}.`))?.reason
  const whole = mistakes.filter(({ field }) => field === stem || field === `${stem}.id`)
  return (
    <div class="entryform">
      {whole.map(one => (
        <p key={one.reason} class="err">
          <Icon name="crit" />
          {one.reason}
        </p>
      ))}
      {FIELDS[kind].map(spec => (
        <EntryField key={`${entry.id} ${spec.key}`} spec={spec} layout={layout} bag={bag} error={errorOf(spec.key)} set={set} onChange={onChange} />
      ))}
    </div>
  )
}

interface EntryFieldProps {
  readonly spec: FieldSpec
  readonly layout: Layout
  readonly bag: Bag
  readonly error: string | undefined
  readonly set: (key: string, value: unknown) => void
  readonly onChange: EntryFormProps['onChange']
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function EntryField({ spec, layout, bag, error, set, onChange }: EntryFieldProps) {
  const words = t.value.place
  const label = words.fields[spec.label]
  const value = bag[spec.key]
  const wrong = error === undefined ? {} : { error }
  switch (spec.as) {
    case 'number':
    case 'whole':
      return (
        <NumberField
          label={label}
          value={value}
          whole={spec.as === 'whole'}
          needed={spec.needed === true}
          {...wrong}
          onChange={to => set(spec.key, to)}
        />
      )
    case 'text':
      return (
        <TextField
          label={label}
          value={textOf(value)}
          maxLength={200}
          {...wrong}
          onInput={text => set(spec.key, text === '' && spec.needed !== true ? undefined : text)}
        />
      )
    case 'list':
      return <ListField label={label} value={Array.isArray(value) ? (value as string[]) : []} {...wrong} onChange={to => set(spec.key, to)} />
    case 'choice': {
      const names: Readonly<Record<string, string>> = words.options[spec.of]
      const options = [...(spec.needed === true ? [] : ['']), ...spec.choices].map(key => ({
        key,
        label: key === '' ? words.fields.none : (names[key] ?? key),
      }))
      return (
        <SelectField label={label} value={textOf(value)} options={options} {...wrong} onChange={key => set(spec.key, key === '' ? undefined : key)} />
      )
    }
    case 'entry': {
      const lists = { ...layout, sites: [layout.site, ...layout.sites] }
      const all: readonly { readonly id: string; readonly name: string; readonly room?: string | undefined }[] = lists[spec.to]
      const near = spec.near === true ? all.filter(each => each.room === bag['room'] || each.id === value) : all
      const options = [
        ...(spec.needed === true && value !== undefined ? [] : [{ key: '', label: words.fields.none }]),
        ...near.map(({ id, name }) => ({ key: id, label: name })),
      ]
      return (
        <SelectField label={label} value={textOf(value)} options={options} {...wrong} onChange={key => set(spec.key, key === '' ? undefined : key)} />
      )
    }
    case 'device': {
      const devices = [...store.devices.value.values()].sort((a, b) => a.name.localeCompare(b.name))
      const options = [{ key: '', label: words.fields.none }, ...devices.map(({ id, name }) => ({ key: id, label: name }))]
      return (
        <SelectField label={label} value={textOf(value)} options={options} {...wrong} onChange={key => set(spec.key, key === '' ? undefined : key)} />
      )
    }
    case 'point':
      return <PointField label={label} value={(value as PointRef | undefined) ?? null} {...wrong} onChange={ref => set(spec.key, ref)} />
    case 'make':
      return (
        <MakeField
          label={label}
          value={textOf(value)}
          {...wrong}
          onChange={change => onChange({ ...bag, ...change } as unknown as PlaceEntry, 'make')}
        />
      )
    case 'feeds':
      return (
        <Feeds
          layout={layout}
          feeds={(value as Layout['racks'][number]['feeds'] | undefined) ?? []}
          {...wrong}
          onChange={feeds => set('feeds', feeds)}
        />
      )
    case 'psus':
      return (
        <Psus layout={layout} rack={textOf(bag['rack'])} psus={(value as Psu[] | undefined) ?? []} {...wrong} onChange={psus => set('psus', psus)} />
      )
  }
}

/** What is typed stays as typed while it is no number; arrows and drags from outside show at once. */
function NumberField(props: {
  label: string
  value: unknown
  whole: boolean
  needed: boolean
  error?: string
  onChange: (value: number | undefined) => void
}) {
  const { label, value, whole, needed, error, onChange } = props
  const shown = typeof value === 'number' ? number(value, 3).replace(/[.,]0+$|(?<=[.,]\d*[1-9])0+$/, '') : ''
  const [text, setText] = useState(shown)
  useEffect(() => {
    setText(was => (typedNumber(was) === (typeof value === 'number' ? value : null) ? was : shown))
  }, [value, shown])
  const read = typedNumber(text)
  const bad = read === undefined || (read === null && needed) || (whole && read !== null && !Number.isInteger(read))
  return (
    <TextField
      label={label}
      value={text}
      inputMode="text"
      maxLength={16}
      {...(bad ? { error: t.value.place.fields.number } : error === undefined ? {} : { error })}
      onInput={typed => {
        setText(typed)
        const next = typedNumber(typed)
        if (next === undefined || (next === null && needed) || (whole && next !== null && !Number.isInteger(next))) return
        onChange(next ?? undefined)
      }}
    />
  )
}

function ListField({
  label,
  value,
  error,
  onChange,
}: {
  label: string
  value: readonly string[]
  error?: string
  onChange: (value: string[]) => void
}) {
  const joined = value.join(', ')
  const [text, setText] = useState(joined)
  const parts = (typed: string) =>
    typed
      .split(',')
      .map(each => each.trim())
      .filter(each => each !== '')
  useEffect(() => {
    setText(was => (parts(was).join(', ') === joined ? was : joined))
  }, [joined])
  return (
    <TextField
      label={label}
      value={text}
      {...(error === undefined ? {} : { error })}
      onInput={typed => {
        setText(typed)
        onChange(parts(typed))
      }}
    />
  )
}

type Feed = Layout['racks'][number]['feeds'][number]
const FEEDS = ['A', 'B', 'C', 'D'] as const

function Feeds({
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

type Psu = Layout['equipment'][number]['psus'][number]

function Psus({
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
