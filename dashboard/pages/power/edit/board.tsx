// The chain as it is edited: a button a node, and a handle at its right end that is drawn to what it shall feed.
import { useMemo, useRef, useState } from 'preact/hooks'
import type { Layout } from '../../../../daemon/domain/inventory.ts'
import { Icon } from '../../../parts/index.ts'
import { t } from '../../../words/index.ts'
import { kilowatts, number } from '../../../words/say.ts'
import { drawable } from '../../place/chain.ts'
import { BOX, layersOf } from '../layers.ts'
import './board.css'

interface BoardProps {
  readonly layout: Layout
  readonly picked: string | null
  readonly wrong: ReadonlySet<string>
  readonly onPick: (id: string) => void
  readonly onFeed: (from: string, to: string) => void
  readonly onDrop: (id: string) => void
}

interface Drawing {
  readonly from: string
  readonly x: number
  readonly y: number
}

/** The node under a point of the screen. */
const nodeAt = (x: number, y: number): string | null => document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-node]')?.dataset['node'] ?? null

export function Board({ layout, picked, wrong, onPick, onFeed, onDrop }: BoardProps) {
  const words = t.value.place
  const canvas = useRef<HTMLDivElement>(null)
  const [drawn, draw] = useState<Drawing | null>(null)
  const [opened, open] = useState<ReadonlySet<string>>(new Set())
  const chain = useMemo(() => drawable(layout.power), [layout.power])
  const entries = useMemo(() => new Map(layout.power.map(node => [node.id, node])), [layout.power])
  const groupOf = useMemo(() => layersOf(chain.nodes, chain.edges).groupOf, [chain])
  const shown = [...opened, ...[picked, ...wrong].flatMap(id => (id === null ? [] : (groupOf.get(id) ?? [])))].sort().join('|')
  const layers = useMemo(() => layersOf(chain.nodes, chain.edges, new Set(shown.split('|'))), [chain, shown])
  const at = new Map(layers.nodes.map(one => [one.node.id, one]))

  const follow = (event: PointerEvent): void => {
    const box = canvas.current?.getBoundingClientRect()
    if (drawn === null || box === undefined) return
    draw({ ...drawn, x: event.clientX - box.left, y: event.clientY - box.top })
  }
  const end = (event: PointerEvent): void => {
    if (drawn === null) return
    const to = nodeAt(event.clientX, event.clientY)
    draw(null)
    if (to !== null && to !== drawn.from) onFeed(drawn.from, to)
  }
  const grab = (event: PointerEvent & { readonly currentTarget: HTMLElement }, from: string): void => {
    const box = canvas.current?.getBoundingClientRect()
    if (event.button !== 0 || box === undefined) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    draw({ from, x: event.clientX - box.left, y: event.clientY - box.top })
  }
  const start = drawn === null ? undefined : at.get(drawn.from)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard too
    <section class="chain large" aria-label={t.value.plant.power.chain} tabIndex={0}>
      <div class="chaincanvas board" ref={canvas} style={{ width: `${layers.width + 20}px`, height: `${layers.height}px` }}>
        <svg width={layers.width + 20} height={layers.height} aria-hidden="true">
          {layers.wires.map(wire => (
            <path
              key={wire.key}
              d={wire.path}
              class={`${wire.spare ? 'spare' : ''} ${wire.from === picked || (picked !== null && wire.to.includes(picked)) ? 'hot' : ''}`}
            />
          ))}
          {drawn === null || start === undefined ? null : (
            <path class="drawn" d={`M${start.x + BOX.width} ${start.y + BOX.height / 2}L${drawn.x} ${drawn.y}`} />
          )}
        </svg>
        {layers.nodes.map(({ node, x, y }) => {
          const entry = entries.get(node.id)
          const bound = entry !== undefined && Object.keys(entry.measures).length > 0
          return (
            <div
              key={node.id}
              data-node={node.id}
              class={`bnode ${picked === node.id ? 'chosen' : ''} ${wrong.has(node.id) ? 'clash' : ''}`}
              style={{ left: `${x}px`, top: `${y}px`, width: `${BOX.width}px`, height: `${BOX.height}px` }}
            >
              <button
                type="button"
                aria-pressed={picked === node.id}
                onClick={() => onPick(node.id)}
                onKeyDown={event => {
                  if (event.key === 'Delete') onDrop(node.id)
                }}
              >
                <span class="pname">
                  {wrong.has(node.id) ? <Icon name="crit" class="crit" /> : null}
                  <b>{node.name}</b>
                </span>
                <span class="pline">
                  <span>{told(entry)}</span>
                  {bound ? (
                    <span class="bounddot" title={words.edit.bound}>
                      <span class="sr">{words.edit.bound}</span>
                    </span>
                  ) : null}
                </span>
              </button>
              <span
                class="phandle"
                title={words.edit.drawFrom(node.name)}
                onPointerDown={event => grab(event, node.id)}
                onPointerMove={follow}
                onPointerUp={end}
                onPointerCancel={() => draw(null)}
              />
            </div>
          )
        })}
        {layers.groups.map(({ key, nodes, x, y }) => (
          <button
            key={key}
            type="button"
            class="pnode pgroup"
            style={{ left: `${x}px`, top: `${y}px`, width: `${BOX.width}px`, height: `${BOX.height}px` }}
            aria-expanded={false}
            onClick={() => open(was => new Set([...was, key]))}
          >
            <span class="pname">
              <b>
                {nodes.length} {t.value.plant.power.several}
              </b>
              <Icon name="down" />
            </span>
            <span class="sr">{t.value.plant.power.openGroup}</span>
          </button>
        ))}
      </div>
    </section>
  )
}

/** Breaker and phase, or what it can carry. */
function told(node: Layout['power'][number] | undefined): string {
  if (node === undefined) return ''
  if (node.breaker !== undefined) return `${number(node.breaker)} A${node.phase === undefined ? '' : ` ${node.phase}`}`
  return node.capacity === undefined ? t.value.place.options.power[node.kind] : `${kilowatts(node.capacity, 1)} kW`
}
