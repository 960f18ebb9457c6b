// The power chain drawn: a button a node, wires between; what is picked or failed, and what follows from it, by shape, word and colour.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Burden, NodeLoad, PlantNode, PowerView, Trace, WhatIf } from '../../../daemon/domain/plant.ts'
import { useDerived } from '../../live/derived.ts'
import { Icon, SearchField, type ShapeName, type Tone, worse } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { kilowatts } from '../../words/say.ts'
import { liveReader } from '../floor/live.ts'
import { burdenTone } from './amount.tsx'
import { BOX, layersOf, type PlacedGroup } from './layers.ts'

export interface Condition {
  readonly tone: Tone
  readonly shape: ShapeName | null
  /** In the place of nothing: said to those who do not see shapes, and shown. */
  readonly word: string | null
}

interface DiagramProps {
  readonly view: PowerView
  readonly layout: Layout
  readonly trace: Trace | null
  readonly what: WhatIf | null
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (id: string) => void
}

/** Nodes that a search opens and marks at once; a name that more have is no name yet. */
const MOST_FOUND = 24

export function Diagram({ view, layout, trace, what, chosen, onChoose }: DiagramProps) {
  const words = t.value.plant.power
  const [wanted, want] = useState('')
  const [opened, open] = useState<ReadonlySet<string>>(new Set())
  const found = useMemo(() => {
    const text = wanted.trim().toLowerCase()
    return text === '' ? [] : view.nodes.filter(({ name }) => name.toLowerCase().includes(text))
  }, [view, wanted])
  const marked = useMemo(() => new Set(found.length > MOST_FOUND ? [] : found.map(({ id }) => id)), [found])
  const folding = useMemo(() => layersOf(view.nodes, view.edges), [view])
  // What is picked, or found, is never folded away.
  const keep = [...chosen, ...marked].flatMap(id => folding.groupOf.get(id) ?? [])
  const spread = [...new Set([...opened, ...keep])].sort().join('|')
  const layers = useMemo(() => layersOf(view.nodes, view.edges, new Set(spread.split('|'))), [view, spread])
  const loads = useMemo(() => new Map(view.loads.map(load => [load.node, load])), [view])
  const after = useMemo(() => new Map(what?.shifted.map(one => [one.node, one.after])), [what])
  const inTrace = useMemo(() => new Set(trace === null ? [] : [...trace.up.nodes, ...trace.down.nodes].map(({ id }) => id)), [trace])
  const hot = (from: string, to: readonly string[]): boolean => inTrace.has(from) && to.some(id => inTrace.has(id))
  const fate = useMemo(() => (what === null ? null : fateOf(what)), [what])
  const canvas = useRef<HTMLDivElement>(null)
  const first = found[0]?.id
  useEffect(() => {
    if (first !== undefined && marked.has(first))
      canvas.current?.querySelector('.pnode.found')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [first, marked])
  const large = folding.groups.length > 0
  return (
    <>
      {large ? (
        <div class="chaintools">
          <SearchField label={words.search} value={wanted} onInput={want} />
          <span class="small dim" role="status">
            {wanted.trim() === '' ? words.folded(view.nodes.length, layers.groups.length) : words.found(found.length, MOST_FOUND)}
          </span>
          {opened.size === 0 ? null : (
            <button type="button" class="textbtn small" onClick={() => open(new Set())}>
              {words.fold}
            </button>
          )}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard too */}
      <section class={large ? 'chain large' : 'chain'} aria-label={words.chain} tabIndex={0}>
        <div class="chaincanvas" ref={canvas} style={{ width: `${layers.width}px`, height: `${layers.height}px` }}>
          <svg width={layers.width} height={layers.height} aria-hidden="true">
            {layers.wires.map(wire => (
              <path
                key={wire.key}
                d={wire.path}
                class={`${wire.spare ? 'spare' : ''} ${hot(wire.from, wire.to) ? 'hot' : ''} ${fate?.failed.has(wire.from) || fate?.dead.has(wire.from) ? 'gone' : ''}`}
              />
            ))}
          </svg>
          {layers.nodes.map(({ node, x, y }) => (
            <NodeButton
              key={node.id}
              node={node}
              x={x}
              y={y}
              layout={layout}
              load={loads.get(node.id)}
              after={after.get(node.id)}
              condition={conditionOf(node, loads.get(node.id), fate)}
              chosen={chosen.has(node.id)}
              traced={inTrace.has(node.id)}
              found={marked.has(node.id)}
              onChoose={onChoose}
            />
          ))}
          {layers.groups.map(group => (
            <GroupButton
              key={group.key}
              group={group}
              loads={loads}
              condition={group.nodes.map(node => conditionOf(node, loads.get(node.id), fate)).reduce(graver)}
              traced={group.nodes.some(({ id }) => inTrace.has(id))}
              onOpen={() => open(was => new Set([...was, group.key]))}
            />
          ))}
        </div>
      </section>
    </>
  )
}

const graver = (one: Condition, other: Condition): Condition => (worse(one.tone, other.tone) === one.tone ? one : other)

interface GroupProps {
  readonly group: PlacedGroup
  readonly loads: ReadonlyMap<string, NodeLoad>
  readonly condition: Condition
  readonly traced: boolean
  readonly onOpen: () => void
}

/** Many that hang on the same, as one: how many, what they carry, and the gravest that is among them. */
function GroupButton({ group: { nodes, x, y }, loads, condition, traced, onOpen }: GroupProps) {
  const words = t.value.plant
  const known = nodes.flatMap(({ id }) => loads.get(id)?.power.value ?? [])
  const fullest = Math.max(0, ...nodes.flatMap(({ id }) => loads.get(id)?.burdens.map(({ percent }) => percent) ?? []))
  const kinds = new Set(nodes.map(({ kind }) => kind))
  const kind = kinds.size === 1 ? words.kinds[nodes[0]!.kind] : words.power.several
  return (
    <button
      type="button"
      class={`pnode pgroup ${condition.tone} ${traced ? 'traced' : ''}`}
      style={{ left: `${x}px`, top: `${y}px`, width: `${BOX.width}px`, height: `${BOX.height}px` }}
      aria-expanded={false}
      onClick={onOpen}
    >
      <span class="pname">
        {condition.shape === null ? null : <Icon name={condition.shape} class={condition.tone} />}
        <b>
          {nodes.length} {kind}
        </b>
        <Icon name="down" />
      </span>
      <span class="pline">
        <span class="num">
          {known.length === 0
            ? '–'
            : kilowatts(
                known.reduce((sum, value) => sum + value, 0),
                1,
              )}
        </span>
        <span class="unit">kW</span>
        <span class="pnote">{condition.word ?? (fullest === 0 ? '' : `≤ ${Math.round(fullest)}%`)}</span>
      </span>
      <span class="sr">{words.power.openGroup}</span>
    </button>
  )
}

/** What if, to be asked of thousands of nodes. */
interface Fate {
  readonly failed: ReadonlySet<string>
  readonly dead: ReadonlySet<string>
  readonly battery: ReadonlySet<string>
  readonly over: ReadonlyMap<string, readonly Burden[]>
}

const fateOf = (what: WhatIf): Fate => ({
  failed: new Set(what.failed),
  dead: new Set(what.dead),
  battery: new Set(what.battery.map(({ node }) => node)),
  over: Map.groupBy(what.over, ({ node }) => node),
})

function conditionOf({ id }: PlantNode, load: NodeLoad | undefined, fate: Fate | null): Condition {
  const words = t.value.plant.power
  if (fate?.failed.has(id)) return { tone: 'crit', shape: 'close', word: words.failed }
  if (fate?.dead.has(id)) return { tone: 'crit', shape: 'crit-o', word: words.dead }
  if (fate?.battery.has(id)) return { tone: 'warn', shape: 'warn', word: words.battery }
  const burdens = fate === null ? (load?.burdens.filter(({ over }) => over) ?? []) : (fate.over.get(id) ?? [])
  if (burdens.length === 0) return { tone: 'ok', shape: null, word: null }
  return burdens.some(burden => burdenTone(burden) === 'crit')
    ? { tone: 'crit', shape: 'crit', word: words.over }
    : { tone: 'warn', shape: 'warn', word: words.over }
}

interface NodeProps {
  readonly node: PlantNode
  readonly x: number
  readonly y: number
  readonly layout: Layout
  readonly load: NodeLoad | undefined
  readonly after: number | undefined
  readonly condition: Condition
  readonly chosen: boolean
  readonly traced: boolean
  readonly found: boolean
  readonly onChoose: (id: string) => void
}

function NodeButton({ node, x, y, layout, load, after, condition, chosen, traced, found, onChoose }: NodeProps) {
  const words = t.value.plant
  const read = useDerived(() => {
    const refs = [layout.power.find(one => one.id === node.id)?.measures['power'] ?? []].flat()
    const values = refs.map(ref => liveReader(ref)?.value ?? null)
    // As the daemon sums: of all its points, or not read at all.
    return refs.length === 0 || values.some(value => value === null) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  }, [layout, node.id])
  const figure = useDerived(() => {
    const value = after ?? read.value ?? load?.power.value ?? null
    return value === null ? '–' : kilowatts(value, 2)
  }, [read, after, load])
  // What is dead carries nothing: a word says more than a nought.
  const out = condition.shape === 'close' || condition.shape === 'crit-o'
  const fullest = Math.max(0, ...(load?.burdens.map(({ percent }) => percent) ?? []))
  return (
    <button
      type="button"
      class={`pnode ${condition.tone} ${chosen ? 'chosen' : ''} ${traced ? 'traced' : ''} ${found ? 'found' : ''} ${load?.power.value == null ? 'blind' : ''}`}
      style={{ left: `${x}px`, top: `${y}px`, width: `${BOX.width}px`, height: `${BOX.height}px` }}
      aria-pressed={chosen}
      onClick={() => onChoose(node.id)}
    >
      <span class="pname">
        {condition.shape === null ? null : <Icon name={condition.shape} class={condition.tone} />}
        <b>{node.name}</b>
      </span>
      <span class="pline">
        {out ? null : (
          <>
            <span class="num">{figure}</span>
            <span class="unit">kW</span>
          </>
        )}
        <span class={out ? 'pout' : 'pnote'}>
          {condition.word ?? (load === undefined || load.burdens.length === 0 ? '' : `${Math.round(fullest)}%`)}
        </span>
      </span>
      <span class="sr">
        {words.kinds[node.kind]}, {load === undefined ? '' : words.basis[load.power.basis]}
      </span>
    </button>
  )
}
