// Every point of a device by component: value, a day's line, limits, age, state. Choosing one opens its evidence.

import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { PointView } from '../../../daemon/stream/contract.ts'
import { useDerived } from '../../live/derived.ts'
import { type Column, limitsOf, Panel, SearchField, StateShape, Table, TrendLine, useValue, Value, ValueAge } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { componentOf, componentsOf } from './components.ts'
import { limitWords } from './limit-words.ts'

const DAY = 86_400_000
/** From so many points on a search field helps. */
const MANY = 24

/** Draws its content once it comes near the screen: a hundred lines of history are asked for as they are looked at. */
function WhenSeen({ children }: { readonly children: ComponentChildren }) {
  const place = useRef<HTMLSpanElement>(null)
  const [seen, see] = useState(false)
  useEffect(() => {
    if (place.current === null || seen) return
    const watch = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && see(true), { rootMargin: '200px' })
    watch.observe(place.current)
    return () => watch.disconnect()
  }, [seen])
  return <span ref={place}>{seen ? children : null}</span>
}

function PointState({ point }: { readonly point: PointView }) {
  const given = [point]
  const { tone } = useValue(point)
  const shape = useDerived(() => <StateShape tone={tone.value} />, given)
  return <>{shape}</>
}

/** The component's name in the reader's words, or its key made readable. */
function componentWord(name: string): string {
  const known: Readonly<Record<string, string>> = t.value.pages.device.components
  return known[name] ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ')
}

export function PointsTable({ points, selected }: { readonly points: readonly PointView[]; readonly selected: number | null }) {
  const words = t.value.pages.device
  const [search, setSearch] = useState('')
  const rows = useMemo(() => componentsOf(points).flatMap(component => component.points), [points])
  const wanted = search.trim().toLowerCase()
  const shown = wanted === '' ? rows : rows.filter(point => `${text(point.label)} ${point.key}`.toLowerCase().includes(wanted))
  const columns: readonly Column<PointView>[] = [
    {
      key: 'point',
      label: words.point,
      cell: point => (
        <a class="quiet rowlink" href={`?point=${encodeURIComponent(point.key)}`} onClick={event => choose(event, point)}>
          {text(point.label)}
        </a>
      ),
    },
    { key: 'value', label: words.value, num: true, width: '132px', cell: point => <Value point={point} /> },
    {
      key: 'trend',
      label: words.trend,
      width: '116px',
      wide: true,
      cell: point =>
        point.quantity === 'state' || point.quantity === 'text' ? null : (
          <WhenSeen>
            <TrendLine point={point} span={DAY} limit={limitsOf(point).high ?? limitsOf(point).low} />
          </WhenSeen>
        ),
    },
    { key: 'limit', label: words.limit, num: true, width: '110px', wide: true, cell: point => <span class="dim">{limitWords(point)}</span> },
    { key: 'age', label: words.age, num: true, width: '84px', wide: true, cell: point => <ValueAge point={point} /> },
    { key: 'state', label: words.state, width: '92px', cell: point => <PointState point={point} /> },
  ]
  return (
    <Panel
      title={words.table}
      end={points.length > MANY ? <SearchField label={words.findPoint} value={search} onInput={setSearch} /> : String(points.length)}
      class="pointspanel"
    >
      {shown.length === 0 ? (
        <p class="body dim">{words.noPoint}</p>
      ) : (
        <Table
          label={words.table}
          columns={columns}
          rows={shown}
          keyOf={point => point.no}
          selected={selected}
          onSelect={point => setQuery({ point: point.key })}
          groupOf={point => componentWord(componentOf(point.key))}
        />
      )}
    </Panel>
  )
}

/** The link keeps the rest of the URL and does not jump to the top. */
function choose(event: MouseEvent, point: PointView): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  event.stopPropagation()
  setQuery({ point: point.key })
}
