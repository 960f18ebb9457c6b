// The form of one entry of the place: each field goes into the draft as it is typed; mistakes stand at their fields.
import type { Layout, PointRef, PowerNode } from '../../../daemon/domain/inventory.ts'
import type { FieldError } from '../../../daemon/domain/outcome.ts'
import type { PlaceEntry } from '../../../daemon/domain/place.ts'
import type { PlaceKind } from '../../../daemon/domain/place-kinds.ts'
import { store } from '../../live/index.ts'
import { Icon, SelectField, TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { Measures, Sources } from './chain-fields.tsx'
import { Feeds, type Psu, Psus } from './cords.tsx'
import { FIELDS, type FieldSpec } from './fields.ts'
import { MakeField } from './make-field.tsx'
import { PointField } from './point-field.tsx'
import { ListField, NumberField } from './typed-fields.tsx'

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
    case 'sources':
      return (
        <Sources
          layout={layout}
          node={textOf(bag['id'])}
          sources={(value as PowerNode['from'] | undefined) ?? []}
          {...wrong}
          onChange={from => set(spec.key, from)}
        />
      )
    case 'measures':
      return <Measures measures={(value as PowerNode['measures'] | undefined) ?? {}} {...wrong} onChange={to => set(spec.key, to)} />
    case 'psus':
      return (
        <Psus layout={layout} rack={textOf(bag['rack'])} psus={(value as Psu[] | undefined) ?? []} {...wrong} onChange={psus => set('psus', psus)} />
      )
  }
}
