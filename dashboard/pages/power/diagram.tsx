// The power chain drawn: a button a node, wires between; what is picked or failed, and what follows from it, by shape, word and colour.
import { useMemo } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { NodeLoad, PlantNode, PowerView, Trace, WhatIf } from '../../../daemon/domain/plant.ts'
import { useDerived } from '../../live/derived.ts'
import { Icon, type ShapeName, type Tone } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { kilowatts } from '../../words/say.ts'
import { liveReader } from '../floor/live.ts'
import { burdenTone } from './amount.tsx'
import { BOX, layersOf } from './layers.ts'

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

export function Diagram({ view, layout, trace, what, chosen, onChoose }: DiagramProps) {
  const words = t.value.plant.power
  const layers = useMemo(() => layersOf(view.nodes, view.edges), [view])
  const loads = useMemo(() => new Map(view.loads.map(load => [load.node, load])), [view])
  const after = useMemo(() => new Map(what?.shifted.map(one => [one.node, one.after])), [what])
  const inTrace = useMemo(() => new Set(trace === null ? [] : [...trace.up.nodes, ...trace.down.nodes].map(({ id }) => id)), [trace])
  const hot = (from: string, to: string): boolean => inTrace.has(from) && inTrace.has(to)
  const gone = new Set([...(what?.failed ?? []), ...(what?.dead ?? [])])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard too
    <section class="chain" aria-label={words.chain} tabIndex={0}>
      <div class="chaincanvas" style={{ width: `${layers.width}px`, height: `${layers.height}px` }}>
        <svg width={layers.width} height={layers.height} aria-hidden="true">
          {layers.wires.map(wire => (
            <path
              key={wire.key}
              d={wire.path}
              class={`${wire.spare ? 'spare' : ''} ${hot(wire.from, wire.to) ? 'hot' : ''} ${gone.has(wire.from) ? 'gone' : ''}`}
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
            condition={conditionOf(node, loads.get(node.id), what)}
            chosen={chosen.has(node.id)}
            traced={inTrace.has(node.id)}
            onChoose={onChoose}
          />
        ))}
      </div>
    </section>
  )
}

function conditionOf(node: PlantNode, load: NodeLoad | undefined, what: WhatIf | null): Condition {
  const words = t.value.plant.power
  if (what !== null) {
    if (what.failed.includes(node.id)) return { tone: 'crit', shape: 'close', word: words.failed }
    if (what.dead.includes(node.id)) return { tone: 'crit', shape: 'crit-o', word: words.dead }
    if (what.battery.some(one => one.node === node.id)) return { tone: 'warn', shape: 'warn', word: words.battery }
  }
  const burdens = what === null ? (load?.burdens.filter(({ over }) => over) ?? []) : what.over.filter(burden => burden.node === node.id)
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
  readonly onChoose: (id: string) => void
}

function NodeButton({ node, x, y, layout, load, after, condition, chosen, traced, onChoose }: NodeProps) {
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
      class={`pnode ${condition.tone} ${chosen ? 'chosen' : ''} ${traced ? 'traced' : ''} ${load?.power.value == null ? 'blind' : ''}`}
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
