// The plan as it is edited: everything on it can be taken by hand or by key, snaps to the tiles of its room, and says its place.
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { Layout } from '../../../../daemon/domain/inventory.ts'
import { entryOf } from '../../../../daemon/domain/overlay.ts'
import { t } from '../../../words/index.ts'
import { number } from '../../../words/say.ts'
import { type Drawn, isInside, isOver, moved, type Picked, resized, roomOf, snapped, tileOf } from '../../place/moves.ts'
import { planOf } from '../plan.ts'
import { PX } from '../scale.ts'

interface PlanShapesProps {
  readonly layout: Layout
  readonly picked: Picked | null
  readonly wrong: ReadonlySet<string>
  readonly onPick: (picked: Picked) => void
  /** The same tag again continues one step. */
  readonly onChange: (layout: Layout, tag: string | null) => void
  readonly onKey: (picked: Picked, event: KeyboardEvent) => void
}

interface Drag {
  readonly picked: Picked
  readonly from: DOMPoint
  readonly layout: Layout
  readonly resize: boolean
  readonly tag: string
}

let drags = 0

/** What stands where it should not: beyond its room, or over another. */
export function clashesOf(layout: Layout): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const words = t.peek().place.edit
  const rooms = new Map(layout.rooms.map(room => [room.id, room]))
  for (const rack of layout.racks) {
    const room = rooms.get(rack.room)
    if (room !== undefined && !isInside(rack, room)) found.set(`racks ${rack.id}`, words.outside)
  }
  const byRoom = new Map<string, Layout['racks'][number][]>()
  for (const rack of layout.racks) byRoom.set(rack.room, [...(byRoom.get(rack.room) ?? []), rack])
  for (const racks of byRoom.values())
    for (const [i, one] of racks.entries())
      for (const other of racks.slice(i + 1))
        if (isOver(one, other)) {
          found.set(`racks ${one.id}`, words.over(other.name))
          found.set(`racks ${other.id}`, words.over(one.name))
        }
  return found
}

export function PlanShapes({ layout, picked, wrong, onPick, onChange, onKey }: PlanShapesProps) {
  const words = t.value.place
  const svg = useRef<SVGSVGElement>(null)
  const drag = useRef<Drag | null>(null)
  const plan = planOf(layout)
  const clashes = clashesOf(layout)
  // While something is dragged the plan stands still under it, however far it goes.
  const still = useRef(plan.view)
  if (drag.current === null) still.current = plan.view
  const view = still.current

  const at = (event: PointerEvent): DOMPoint => {
    const matrix = svg.current?.getScreenCTM()
    return matrix === null || matrix === undefined ? new DOMPoint() : new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
  }
  const grab = (event: PointerEvent, what: Picked, resize: boolean): void => {
    if (event.button !== 0) return
    event.stopPropagation()
    onPick(what)
    drag.current = { picked: what, from: at(event), layout, resize, tag: `drag ${++drags}` }
    svg.current?.setPointerCapture(event.pointerId)
  }
  const follow = (event: PointerEvent): void => {
    const is = drag.current
    if (is === null) return
    const now = at(event)
    const [dx, dy] = [(now.x - is.from.x) / PX, (now.y - is.from.y) / PX]
    const entry = entryOf(is.layout, is.picked.kind, is.picked.id)
    if (entry === null || !('x' in entry)) return
    const room = is.picked.kind === 'rooms' ? undefined : roomOf(entry, is.picked.kind)
    if (is.resize && 'width' in entry && 'depth' in entry) {
      const corner = snapped(is.layout, room, entry.x + entry.width + dx, entry.y + entry.depth + dy)
      onChange(resized(is.layout, is.picked, corner.x - entry.x - entry.width, corner.y - entry.y - entry.depth), is.tag)
      return
    }
    const to = snapped(is.layout, room, entry.x + dx, entry.y + dy)
    onChange(moved(is.layout, is.picked, to.x - entry.x, to.y - entry.y), is.tag)
  }

  const shape = (kind: Drawn, id: string, name: string, children: ComponentChildren) => {
    const what = { kind, id }
    const entry = entryOf(layout, kind, id)
    const [x, y] = entry !== null && 'x' in entry ? [entry.x, entry.y] : [0, 0]
    const clash = clashes.get(`${kind} ${id}`)
    const isPicked = picked?.kind === kind && picked.id === id
    return (
      // biome-ignore lint/a11y/useSemanticElements: a shape of a drawing; there is no button in SVG
      <g
        key={`${kind} ${id}`}
        role="button"
        tabIndex={0}
        aria-pressed={isPicked}
        aria-label={words.edit.shape(words.kinds[kind], name, number(x, 2), number(y, 2)) + (clash === undefined ? '' : `, ${clash}`)}
        data-entry={`${kind} ${id}`}
        class={`shape ${kind}${isPicked ? ' picked' : ''}${clash !== undefined || wrong.has(`${kind} ${id}`) ? ' clash' : ''}`}
        onPointerDown={event => grab(event, what, false)}
        onFocus={() => onPick(what)}
        onKeyDown={event => onKey(what, event)}
      >
        {children}
        {clash === undefined ? null : <title>{`${name}: ${clash}`}</title>}
      </g>
    )
  }

  const chosen = picked === null ? null : entryOf(layout, picked.kind, picked.id)
  const handle =
    picked !== null && chosen !== null && 'width' in chosen && 'depth' in chosen
      ? { x: (chosen.x + chosen.width) * PX, y: (chosen.y + chosen.depth) * PX }
      : null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing with buttons in it; fieldset is for forms
    <svg
      ref={svg}
      class="plan floorplan editing"
      viewBox={`${view.x - PX} ${view.y - PX} ${view.w + 2 * PX} ${view.h + 2 * PX}`}
      role="group"
      aria-label={words.edit.plan}
      onPointerMove={follow}
      onPointerUp={() => {
        drag.current = null
      }}
      onPointerCancel={() => {
        drag.current = null
      }}
    >
      <defs>
        {plan.rooms.map(room => (
          <pattern
            key={room.id}
            id={`edit-${room.id}`}
            x={room.x}
            y={room.y}
            width={tileOf(layout, room.id) * PX}
            height={tileOf(layout, room.id) * PX}
            patternUnits="userSpaceOnUse"
          >
            <path class="tile" d={`M0.5 0V${tileOf(layout, room.id) * PX}M0 0.5H${tileOf(layout, room.id) * PX}`} />
          </pattern>
        ))}
      </defs>
      {plan.rooms.map(room =>
        shape(
          'rooms',
          room.id,
          room.name,
          <>
            <rect class="room" x={room.x} y={room.y} width={room.w} height={room.h} />
            <rect x={room.x} y={room.y} width={room.w} height={room.h} fill={`url(#edit-${room.id})`} />
            <text class="nm" x={room.x + 12} y={room.y + 22}>
              {room.name}
            </text>
          </>,
        ),
      )}
      <path class="wall" d={plan.walls} />
      {layout.cages.map(cage =>
        shape(
          'cages',
          cage.id,
          cage.name,
          <>
            <rect class="cage" x={cage.x * PX} y={cage.y * PX} width={cage.width * PX} height={cage.depth * PX} />
            <text class="lbl" x={cage.x * PX + 6} y={cage.y * PX + 14}>
              {cage.name}
            </text>
          </>,
        ),
      )}
      {plan.fixtures.map(({ fixture, x, y, w, h }) =>
        shape(
          'fixtures',
          fixture.id,
          fixture.name,
          <>
            <rect class="kit" x={x} y={y} width={w} height={h} rx="3" />
            <text class="nm" x={x + w / 2} y={y + h / 2 + 4} text-anchor="middle">
              {fixture.name}
            </text>
          </>,
        ),
      )}
      {plan.racks.map(rack =>
        shape(
          'racks',
          rack.id,
          rack.name,
          <>
            <rect class="kit" x={rack.x} y={rack.y} width={rack.w} height={rack.h} />
            <path class="frontedge" d={rack.front} />
            <text class="nm" x={rack.x + rack.w / 2} y={rack.y + rack.h / 2 + 4} text-anchor="middle">
              {rack.name}
            </text>
          </>,
        ),
      )}
      {layout.sensors.map(sensor =>
        shape(
          'sensors',
          sensor.id,
          sensor.name,
          <>
            <rect class="hit" x={sensor.x * PX - 9} y={sensor.y * PX - 9} width="18" height="18" />
            <path class="mark" d={`M${sensor.x * PX} ${sensor.y * PX - 5}l5 5-5 5-5-5z`} />
          </>,
        ),
      )}
      {plan.doors.map(({ door, shut, swing }) =>
        shape(
          'doors',
          door.id,
          door.name,
          <>
            <path class="swing" d={swing} />
            <path class="doorleaf" d={shut} />
          </>,
        ),
      )}
      {handle === null || picked === null ? null : (
        <rect class="handle" x={handle.x - 6} y={handle.y - 6} width="12" height="12" onPointerDown={event => grab(event, picked, true)} />
      )}
    </svg>
  )
}
