// Every rack with what is free in it and what sets the limit, by row; to be sorted, searched and opened.
import { useMemo } from 'preact/hooks'
import type { CapacityView, RackCapacity } from '../../../daemon/domain/capacity.ts'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { type Column, Empty, Panel, SearchField, type Sort, Table } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { kilowatts, measured, number } from '../../words/say.ts'
import { basisText } from '../power/amount.tsx'
import { namesOf } from '../power/names.ts'

const natural = new Intl.Collator('id', { numeric: true, sensitivity: 'base' })

export function RacksPanel({ view, layout, query }: { readonly view: CapacityView; readonly layout: Layout; readonly query: URLSearchParams }) {
  const words = t.value.plant.capacity
  const search = query.get('q') ?? ''
  const sort: Sort = { key: query.get('sort') ?? 'rack', down: query.get('down') === '1' }
  const named = useMemo(() => namesOf(layout), [layout])
  const rackName = useMemo(() => new Map(layout.racks.map(rack => [rack.id, rack.name])), [layout])
  const rowName = useMemo(() => new Map(layout.rows.map(row => [row.id, row.name])), [layout])
  const roomName = useMemo(() => new Map(layout.rooms.map(room => [room.id, room.name])), [layout])
  const nameOf = (rack: RackCapacity): string => rackName.get(rack.rack) ?? rack.rack
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = view.racks
    .filter(rack => {
      const text = `${nameOf(rack)} ${rowName.get(rack.row) ?? ''} ${roomName.get(rack.room) ?? ''}`.toLowerCase()
      return wanted.every(word => text.includes(word))
    })
    .sort(
      (a, b) =>
        compared(VALUES[sort.key]?.(a) ?? null, VALUES[sort.key]?.(b) ?? null, sort.down) ||
        natural.compare(nameOf(a), nameOf(b)) * (sort.key === 'rack' && sort.down ? -1 : 1),
    )
  const grouped = sort.key === 'rack'
  const rows = grouped ? shown.toSorted((a, b) => natural.compare(rowName.get(a.row) ?? a.row, rowName.get(b.row) ?? b.row)) : shown
  const columns: readonly Column<RackCapacity>[] = [
    {
      key: 'rack',
      label: words.columns.rack,
      sortable: true,
      cell: rack => (
        <a href={`/racks/${encodeURIComponent(rack.rack)}`} aria-label={words.toRack(nameOf(rack))}>
          <b>{nameOf(rack)}</b>
        </a>
      ),
    },
    { key: 'units', label: words.columns.units, num: true, sortable: true, cell: rack => number(rack.units.both) },
    { key: 'longest', label: words.columns.longest, num: true, sortable: true, wide: true, cell: rack => number(rack.units.longest.both) },
    {
      key: 'power',
      label: words.columns.power,
      num: true,
      sortable: true,
      cell: rack => <span title={basisText(rack.power)}>{rack.power.value === null ? '–' : `${kilowatts(rack.power.value, 2)} kW`}</span>,
    },
    { key: 'free', label: words.columns.free, num: true, sortable: true, cell: rack => <Free rack={rack} /> },
    {
      key: 'bound',
      label: words.columns.bound,
      wide: true,
      cell: rack => <span class="small mid">{rack.bound === null ? '–' : rack.bound === 'rack' ? words.boundRack : named(rack.bound).name}</span>,
    },
    {
      key: 'weight',
      label: words.columns.weight,
      num: true,
      sortable: true,
      wide: true,
      cell: rack => `${number(rack.weight.used)}/${number(rack.weight.max)} kg`,
    },
    {
      key: 'inlet',
      label: words.columns.inlet,
      num: true,
      sortable: true,
      wide: true,
      cell: ({ inlet }) => (
        <span class={inlet.now !== null && inlet.now > inlet.warning ? 't-warn strong' : ''}>
          {inlet.now === null ? '–' : measured(inlet.now, 'temperature')}
        </span>
      ),
    },
  ]
  return (
    <Panel
      title={words.racks}
      class="capacityracks"
      end={<SearchField label={words.search} value={search} onInput={text => setQuery({ q: text })} />}
    >
      {rows.length === 0 ? (
        <Empty title={words.nothing} />
      ) : (
        <Table
          label={words.racks}
          columns={columns}
          rows={rows}
          keyOf={rack => rack.rack}
          sort={sort}
          onSort={({ key, down }) => setQuery({ sort: key, down: down ? '1' : null })}
          {...(grouped ? { groupOf: (rack: RackCapacity) => rowTotal(view, rack.row, rowName.get(rack.row) ?? rack.row) } : {})}
        />
      )}
    </Panel>
  )
}

/** What is not known comes last, whichever way it is sorted. */
function compared(a: number | null, b: number | null, down: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return down ? b - a : a - b
}

const VALUES: Readonly<Record<string, (rack: RackCapacity) => number | null>> = {
  units: rack => rack.units.both,
  longest: rack => rack.units.longest.both,
  power: rack => rack.power.value,
  free: rack => rack.freePower,
  weight: rack => rack.weight.used,
  inlet: rack => rack.inlet.now,
}

function rowTotal(view: CapacityView, id: string, name: string): string {
  const row = view.rows.find(one => one.id === id)
  return row === undefined ? name : t.value.plant.capacity.total(name, number(row.units.free), number(row.units.total))
}

function Free({ rack }: { readonly rack: RackCapacity }) {
  const { freePower } = rack
  if (freePower === null) return <span class="dim">–</span>
  if (freePower >= 0) return <>{kilowatts(freePower, 2)} kW</>
  return (
    <span class="t-warn strong">
      {t.value.plant.capacity.over} {kilowatts(-freePower, 2)} kW
    </span>
  )
}
