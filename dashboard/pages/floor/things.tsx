// What stands on the plan beside racks: cooling units, UPS, panels, sensors and doors, each with its figures.

import type { ReadonlySignal } from '@preact/signals'
import { stateOf } from '../../../daemon/domain/state.ts'
import type { PointView } from '../../../daemon/stream/contract.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store } from '../../live/index.ts'
import { Icon, shapeOfAlarm, type Tone, toneOfAlarm, worse } from '../../parts/index.ts'
import { go, where } from '../../router.ts'
import { t } from '../../words/index.ts'
import { age, measured, number, reading, stateWord, titleOf } from '../../words/say.ts'
import type { Reader } from '../rack/reading.ts'
import type { DoorShape } from './doors.ts'
import { isStale } from './live.ts'
import type { FixtureShape, Rect } from './plan.ts'
import type { SensorMark } from './sensors.ts'

interface Common {
  readonly read: ReadonlySignal<Reader>
  readonly past: boolean
}

/** As many letters as fit a width at about 6.3 px each. */
const fitting = (text: string, width: number) => (text.length * 6.3 <= width ? text : `${text.slice(0, Math.max(1, Math.floor(width / 6.3) - 1))}…`)

/** A state nobody has put in words is told by how it is; the device's own name for it is for its evidence. */
function shortReading(value: number | null, point: PointView): string {
  if (point.quantity === 'state' && value !== null) {
    const state = stateOf(point.states ?? [], value)
    return state.meaning === null ? t.value.normal[state.normal] : stateWord(state)
  }
  return Object.values(reading(value, point)).join(' ').trim()
}

const openAlarms = (device: string | undefined) =>
  device === undefined
    ? []
    : [...store.alarms.value.values()].filter(alarm => alarm.device === device && alarm.clearedAt === null && !alarm.suppressed)

/** Alarms that belong to this box: of the figures it shows, or of its device where no other box shows the figure. */
function alarmsOfFixture(fixture: FixtureShape['fixture']) {
  const fixtures = store.layout.value?.fixtures ?? []
  const shows = (box: FixtureShape['fixture'], key: string) => box.shows.some(ref => ref.device === fixture.device && ref.key === key)
  const holds = (box: FixtureShape['fixture'], key: string) =>
    shows(box, key) || (box.kind === 'battery' && box.device === fixture.device && key.startsWith('battery.'))
  const isFirst = fixtures.find(box => box.device === fixture.device)?.id === fixture.id
  return openAlarms(fixture.device).filter(alarm => {
    const key = alarm.point?.key
    if (key === undefined) return isFirst
    if (holds(fixture, key)) return true
    return isFirst && !fixtures.some(box => box.id !== fixture.id && holds(box, key))
  })
}

export function FixtureMark({ shape: { x, y, w, h, fixture }, read, past }: Common & { readonly shape: FixtureShape }) {
  const given = [x, y, w, h, fixture, read, past]
  const figures = useDerived(() => {
    const found = fixture.shows.map(ref => {
      const point = store.pointOf(ref).value
      const got = read.value(ref)
      return point === null || got === null ? null : { point, value: got.value }
    })
    const [one, two] = found
    if (one == null) return ''
    if (two != null && one.point.quantity === two.point.quantity && one.value !== null && two.value !== null && one.point.quantity !== 'state')
      return `${number(one.value, 1)} → ${number(two.value, 1)}`
    return found.flatMap(each => (each === null ? [] : shortReading(each.value, each.point))).join(' · ')
  }, given)
  const alarm = useDerived(() => (past ? undefined : alarmsOfFixture(fixture).sort((one, other) => one.id - other.id)[0]), given)
  const tone = useDerived<Tone>(
    () => (past ? 'ok' : alarmsOfFixture(fixture).reduce<Tone>((worst, each) => worse(worst, toneOfAlarm(each)), 'ok')),
    given,
  )
  const stale = useDerived(() => !past && fixture.shows.some(ref => isStale(ref, read.value(ref), now.value)), given)
  const name = useDerived(() => `kitbox ${tone.value}${stale.value ? ' stale' : ''}`, given)
  const shown = useDerived(() => fitting(figures.value, w - 6), given)
  const mark = useDerived(
    () =>
      alarm.value === undefined || h < 62 ? null : (
        <svg x={x + w / 2 - 7} y={y + h / 2 - 32} width="14" height="14" class={tone.value} aria-hidden="true">
          <Icon name={shapeOfAlarm(alarm.value)} />
        </svg>
      ),
    given,
  )
  const [cx, cy] = [x + w / 2, y + h / 2]
  const inside = (
    <>
      <rect class="kit" x={x} y={y} width={w} height={h} rx="3" />
      <text class="nm" x={cx} y={fixture.shows.length > 0 ? cy - 1 : cy + 4} text-anchor="middle">
        {fitting(fixture.name, w - 4)}
      </text>
      <text class="lbl" x={cx} y={cy + 14} text-anchor="middle">
        {shown}
      </text>
      {mark}
    </>
  )
  const device = fixture.device
  if (device === undefined)
    return (
      <g class="kitbox ok">
        <title>{fixture.name}</title>
        {inside}
      </g>
    )
  const href = `/devices/${encodeURIComponent(device)}`
  return (
    <a
      class={name}
      href={href}
      onClick={event => {
        event.preventDefault()
        go(href)
      }}
    >
      {inside}
    </a>
  )
}

export function SensorPoint({ mark, read, past }: Common & { readonly mark: SensorMark }) {
  const given = [mark, read, past]
  const told = useDerived(() => {
    let highest: { readonly value: number; readonly text: string } | null = null
    for (const ref of mark.refs) {
      const point = store.pointOf(ref).value
      const value = read.value(ref)?.value ?? null
      if (point === null || value === null) continue
      if (point.quantity === 'state') return `${mark.name}: ${stateWord(stateOf(point.states ?? [], value))}`
      if (highest === null || value > highest.value) highest = { value, text: measured(value, point.quantity) }
    }
    return highest?.text ?? ''
  }, given)
  const tone = useDerived<Tone>(() => {
    if (past) return 'ok'
    const mine = (key: string | undefined, device: string) => mark.refs.some(ref => ref.device === device && ref.key === key)
    const devices = new Set(mark.refs.map(ref => ref.device))
    return [...devices]
      .flatMap(device => openAlarms(device).filter(each => mine(each.point?.key, device)))
      .reduce<Tone>((worst, each) => worse(worst, toneOfAlarm(each)), 'ok')
  }, given)
  const name = useDerived(() => {
    const stale = !past && mark.refs.some(ref => isStale(ref, read.value(ref), now.value))
    return `sensor ${tone.value}${stale ? ' stale' : ''}`
  }, given)
  const title = useDerived(() => `${mark.name} ${told.value}`, given)
  const caption = useDerived(() => (told.value.length > 24 ? `${told.value.slice(0, 23)}…` : told.value), given)
  return (
    <g class={name}>
      <title>{title}</title>
      <path d={`M${mark.x} ${mark.y - 4}l4 4-4 4-4-4z`} />
      {mark.captioned ? (
        <text class="lbl" x={mark.x + 8} y={mark.y + 4}>
          {caption}
        </text>
      ) : null}
    </g>
  )
}

/** `door.front.alarm.state` is about the door whose position is `door.front.state`. */
const isOfDoor = (key: string | undefined, state: string): boolean => key?.startsWith(state.slice(0, state.lastIndexOf('.') + 1)) ?? false

/** The alarm for openings of this door that nobody explains, or for one that stands open: Suar's own. */
const openingAlarm = (door: string) =>
  [...store.alarms.value.values()].find(alarm => alarm.key === `suar/-/door.${door}` && alarm.clearedAt === null && !alarm.suppressed)

export function DoorMark({ shape, view, read, past }: Common & { readonly shape: DoorShape; readonly view: Rect }) {
  const given = [shape, view, read, past]
  const { door } = shape
  const contact = door.state
  const state = useDerived(() => {
    if (contact === undefined) return null
    const point = store.pointOf(contact).value
    const value = read.value(contact)?.value ?? null
    return point === null || value === null ? null : stateOf(point.states ?? [], value)
  }, given)
  const open = useDerived(() => ['doorOpen', 'doorForced', 'doorHeld'].includes(state.value?.meaning ?? ''), given)
  const alarm = useDerived(
    () => (past ? undefined : (openingAlarm(door.id) ?? openAlarms(contact?.device).find(each => isOfDoor(each.point?.key, contact?.key ?? '.')))),
    given,
  )
  const tone = useDerived<Tone>(() => (alarm.value !== undefined ? toneOfAlarm(alarm.value) : state.value === null ? 'unknown' : 'ok'), given)
  const name = useDerived(
    () => `doormark ${tone.value}${open.value ? ' open' : ''}${where.value.query.get('door') === door.id ? ' picked' : ''}`,
    given,
  )
  const leaf = useDerived(() => (open.value ? shape.open : shape.shut), given)
  const words = useDerived(
    () =>
      alarm.value !== undefined
        ? ''
        : t.value.pages.floor.door(door.name, state.value === null ? t.value.normal.unknown.toLowerCase() : stateWord(state.value).toLowerCase()),
    given,
  )
  const callout = useDerived(() => {
    const is = alarm.value
    if (is === undefined) return null
    const title = fitting(titleOf(is), 200)
    const width = Math.max(120, title.length * 6.4 + 44)
    const { box } = shape
    // Beside the gap, out of the way of the swing, and never outside the drawing.
    const reach = Math.max(14, box.h * 0.92)
    const left = Math.min(
      Math.max(shape.label.anchor === 'end' ? box.x - width - reach : box.x + box.w + reach, view.x + 20),
      view.x + view.w - width - 20,
    )
    const top = Math.min(Math.max(box.h > box.w ? box.y + box.h / 2 - 19 : shape.label.y - 14, view.y + 20), view.y + view.h - 58)
    return (
      <g class={`callout ${toneOfAlarm(is)}${is.acknowledged === null ? '' : ' held'}`} transform={`translate(${left} ${top})`}>
        <rect width={width} height="38" rx="6" />
        <svg x="10" y="12" width="14" height="14" aria-hidden="true">
          <Icon name={shapeOfAlarm(is)} />
        </svg>
        <text x="32" y="16" class="strong">
          {title}
        </text>
        <text x="32" y="30">
          {age(now.value - is.raisedAt)}
        </text>
      </g>
    )
  }, given)
  return (
    <g class={name}>
      <path class="gap" d={shape.gap} />
      <path class="swing" d={shape.swing} />
      <path class="leaf" d={leaf} />
      <text class="lbl" x={shape.label.x} y={shape.label.y} text-anchor={shape.label.anchor}>
        {words}
      </text>
      {callout}
    </g>
  )
}
