// Fields of a node of the power chain: what feeds it, in order of preference, and the points that measure it.
import { useEffect, useState } from 'preact/hooks'
import type { Layout, PointRef } from '../../../daemon/domain/inventory.ts'
import { Button, Icon, SelectField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { circleThrough } from './chain.ts'
import { PointField } from './point-field.tsx'

type Node = Layout['power'][number]

interface SourcesProps {
  readonly layout: Layout
  readonly node: string
  readonly sources: readonly string[]
  readonly error?: string
  readonly onChange: (sources: readonly string[]) => void
}

export function Sources({ layout, node, sources, error, onChange }: SourcesProps) {
  const words = t.value.place
  const names = new Map(layout.power.map(({ id, name }) => [id, name]))
  const circle = circleThrough(layout.power, node)
  const wrong = circle === null ? error : words.edit.circle(circle.map(id => names.get(id) ?? id).join(' → '))
  const free = layout.power.filter(({ id }) => id !== node && !sources.includes(id))
  const moved = (index: number): string[] => sources.map((id, i) => (i === index - 1 ? sources[index]! : i === index ? sources[index - 1]! : id))
  return (
    <fieldset class="sublist">
      <legend>{words.fields.sources}</legend>
      {wrong === undefined ? null : (
        <p class="err" role="alert">
          <Icon name="crit" />
          {wrong}
        </p>
      )}
      {sources.length === 0 ? <p class="small dim">{words.edit.noSource}</p> : null}
      <ol class="sourcelist">
        {sources.map((id, index) => (
          <li key={id}>
            <span>{names.get(id) ?? id}</span>
            {index === 0 ? null : (
              <button type="button" class="iconbtn" aria-label={words.edit.prefer(names.get(id) ?? id)} onClick={() => onChange(moved(index))}>
                <Icon name="up" />
              </button>
            )}
            <button
              type="button"
              class="iconbtn"
              aria-label={`${words.edit.remove} ${names.get(id) ?? id}`}
              onClick={() => onChange(sources.filter(each => each !== id))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ol>
      {free.length === 0 ? null : (
        <SelectField
          label={words.edit.addSource}
          value=""
          options={[{ key: '', label: words.edit.choose }, ...free.map(({ id, name }) => ({ key: id, label: name }))]}
          onChange={id => id !== '' && onChange([...sources, id])}
        />
      )}
    </fieldset>
  )
}

/** What a node's points can be of. */
const MEASURED = ['power', 'load', 'current', 'state', 'charge', 'runtime', 'voltage', 'frequency', 'level', 'energy'] as const

interface Row {
  readonly of: string
  /** Null while it is chosen. */
  readonly ref: PointRef | null
}

const rowsOf = (measures: Node['measures']): Row[] => Object.entries(measures).flatMap(([of, refs]) => [refs].flat().map(ref => ({ of, ref })))

function measuresOf(rows: readonly Row[]): Node['measures'] {
  const known = rows.filter((row): row is Row & { readonly ref: PointRef } => row.ref !== null)
  return Object.fromEntries(
    [...Map.groupBy(known, row => row.of)].map(([of, list]) => [of, list.length === 1 ? list[0]!.ref : list.map(({ ref }) => ref)]),
  )
}

interface MeasuresProps {
  readonly measures: Node['measures']
  readonly error?: string
  readonly onChange: (measures: Node['measures']) => void
}

export function Measures({ measures, error, onChange }: MeasuresProps) {
  const words = t.value.place
  const [rows, setRows] = useState<readonly Row[]>(() => rowsOf(measures))
  const said = JSON.stringify(measures)
  // Undone, or changed from elsewhere: what is half chosen here is given up then.
  useEffect(() => {
    setRows(was => (JSON.stringify(measuresOf(was)) === said ? was : rowsOf(JSON.parse(said) as Node['measures'])))
  }, [said])
  const change = (next: readonly Row[]): void => {
    setRows(next)
    const made = measuresOf(next)
    if (JSON.stringify(made) !== said) onChange(made)
  }
  const names: Readonly<Record<string, string>> = words.options.measured
  return (
    <fieldset class="sublist">
      <legend>{words.fields.measures}</legend>
      {error === undefined ? null : <p class="err">{error}</p>}
      {rows.map((row, index) => {
        const key = `${index}`
        return (
          <div class="subrow" key={key}>
            <SelectField
              label={words.fields.measuredOf}
              value={row.of}
              options={[...new Set([...MEASURED, row.of])].map(of => ({ key: of, label: names[of] ?? of }))}
              onChange={of => change(rows.map((each, i) => (i === index ? { ...each, of } : each)))}
            />
            <PointField
              label={words.fields.point}
              value={row.ref}
              onChange={ref => change(rows.map((each, i) => (i === index ? { ...each, ref: ref ?? null } : each)))}
            />
            <button
              type="button"
              class="iconbtn"
              aria-label={`${words.edit.remove} ${words.fields.measures} ${index + 1}`}
              onClick={() => change(rows.filter((_, i) => i !== index))}
            >
              <Icon name="close" />
            </button>
          </div>
        )
      })}
      <Button onClick={() => change([...rows, { of: 'power', ref: null }])}>{words.edit.addMeasure}</Button>
    </fieldset>
  )
}
