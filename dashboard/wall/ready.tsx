// Calm is the time to see what would happen next: load when one UPS fails, shortest battery, genset, cooling; doors, water, fire, air; Suar itself.
import { useComputed } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Layout } from '../../daemon/domain/inventory.ts'
import { NONE } from '../../daemon/domain/words/lang.ts'
import { store } from '../live/index.ts'
import { Icon, type ThingName } from '../parts/icons.tsx'
import { type Tone, toneOfAlarm, toneOfNormal, worse } from '../parts/tone.ts'
import { t } from '../words/index.ts'
import { duration, number, stateWord, text } from '../words/say.ts'
import { type Figures, measuredOf, type NodeFigures, stateSignal } from './figures.ts'
import { afterLoss } from './loss.ts'

interface Line {
  readonly key: string
  readonly label: string
  readonly value: string
  readonly note: string
  readonly tone: Tone
}

export function Readiness({ figures }: { readonly figures: Figures }) {
  const lines = useComputed(() => readiness(figures))
  const { wall } = t.value
  return (
    <section class="panel ready" aria-label={wall.readiness}>
      <header>
        <h2>{wall.readiness}</h2>
        <span class="end">{wall.readinessNote}</span>
      </header>
      <Lines lines={lines.value} />
    </section>
  )
}

const Lines = ({ lines }: { readonly lines: readonly Line[] }) => (
  <ul class="li ln">
    {lines.map(line => (
      <li key={line.key}>
        <span class="ell">{line.label}</span>
        <span class="num note">{line.note}</span>
        <b class={`num ${line.tone}`}>{line.value}</b>
      </li>
    ))}
  </ul>
)

function readiness(figures: Figures): readonly Line[] {
  const { wall } = t.value
  const lines: Line[] = []
  const ups = figures.all.filter(one => one.node.kind === 'ups')
  const rated = ups.flatMap(one => {
    const { capacity } = one.node
    const power = one.power.value
    return capacity === undefined || power === null ? [] : [{ name: one.node.name, power: power.value, stale: power.stale, capacity }]
  })
  const loss = rated.length === ups.length ? afterLoss(rated) : null
  if (loss !== null) {
    const other = rated.filter((_, i) => i !== loss.lost)
    const only = other.length === 1 ? other[0]?.name : undefined
    lines.push({
      key: 'loss',
      label: wall.upsFails(rated[loss.lost]?.name ?? ''),
      note: only === undefined ? wall.remainder : wall.carries(only),
      value: `${number(loss.share * 100)} %`,
      tone: rated.some(one => one.stale) ? 'unknown' : loss.share > 1 ? 'crit' : loss.share > 0.8 ? 'warn' : 'ok',
    })
  }
  const shortest = ups
    .flatMap(one => (one.runtime.value === null ? [] : [{ name: one.node.name, seconds: one.runtime.value.value, stale: one.runtime.value.stale }]))
    .sort((a, b) => a.seconds - b.seconds)[0]
  if (shortest !== undefined)
    lines.push({
      key: 'battery',
      label: wall.shortest,
      note: shortest.name,
      value: duration(shortest.seconds),
      tone: shortest.stale ? 'unknown' : shortest.seconds < 300 ? 'warn' : 'ok',
    })
  for (const genset of figures.all.filter(one => one.node.kind === 'genset').slice(0, 2)) {
    const { state, level } = genset
    if (state.value === null) continue
    const low = level.value !== null && level.value.value < 25
    lines.push({
      key: genset.node.id,
      label: genset.node.name,
      note: level.value === null ? '' : `${wall.fuelShort} ${number(level.value.value)} %`,
      value: genset.word.value,
      tone: state.value.stale ? 'unknown' : low ? 'warn' : toneOfNormal(state.value.normal),
    })
  }
  const units = figures.all.filter(one => one.node.kind === 'cooling' && one.node.device !== undefined)
  const runs = (one: NodeFigures): boolean => one.flow.value === 'on' && one.meaning.value !== 'stopped' && one.alarm.value?.severity !== 'critical'
  // What is not heard of cannot be counted on.
  const heard = units.filter(isHeard)
  const running = heard.filter(runs)
  const spare = running.length > 1
  const missing = units.length - heard.length
  if (units.length > 0) {
    lines.push({
      key: 'cooling',
      label: wall.coolingFails,
      note: spare ? wall.otherCarries(running.length - 1) : missing > 0 ? wall.unitsUnknown(missing) : wall.noOther,
      value: spare ? `N+${running.length - 1}` : missing > 0 ? NONE : 'N',
      tone: spare ? 'ok' : missing > 0 ? 'unknown' : 'warn',
    })
  }
  return lines
}

/** It answers, and what it measures is of now. */
function isHeard(one: NodeFigures): boolean {
  if (store.devices.value.get(one.node.device ?? '')?.status !== 'up' || one.stale.value) return false
  const { power, state } = one.node.measures
  return (power === undefined && state === undefined) || one.power.value !== null || one.state.value !== null
}

/** Doors, humidity, water, fire: what the room is like. */
export function RoomPanel({ layout }: { readonly layout: Layout }) {
  const { wall } = t.value
  const doors = useMemo(() => layout.doors.flatMap(door => (door.state === undefined ? [] : [{ door, state: stateSignal(door.state) }])), [layout])
  const others = useMemo(
    () =>
      layout.sensors
        .filter(sensor => sensor.rack === undefined)
        .map(sensor => ({ sensor, value: measuredOf(sensor.point), state: stateSignal(sensor.point) })),
    [layout],
  )
  const items = useComputed(() => {
    const found: { readonly key: string; readonly icon: ThingName; readonly label: string; readonly value: string; readonly tone: Tone }[] = []
    if (doors.length > 0) {
      const known = doors.flatMap(({ door, state }) => (state.value === null || state.value.stale ? [] : [{ door, state: state.value }]))
      const open = known.filter(one => one.state.meaning !== 'doorClosed' && one.state.meaning !== 'locked')
      const tone = known.reduce<Tone>((worst, one) => worse(worst, toneOfNormal(one.state.normal)), known.length < doors.length ? 'unknown' : 'ok')
      const first = open[0]
      found.push({
        key: 'doors',
        icon: 'door',
        label: wall.doors,
        value:
          first === undefined
            ? known.length < doors.length
              ? wall.doorsUnknown(known.length, doors.length)
              : wall.doorsAllClosed(known.length)
            : `${open.map(one => one.door.id.toUpperCase()).join(', ')}: ${stateWord(first.state).toLowerCase()}`,
        tone,
      })
    }
    for (const { sensor, value, state } of others) {
      const point = store.pointOf(sensor.point).value
      if (point?.quantity === 'humidity' && value.value !== null) {
        found.push({
          key: sensor.id,
          icon: 'drop',
          label: wall.humidity,
          value: `${number(value.value.value)} %`,
          tone: value.value.stale ? 'unknown' : 'ok',
        })
      } else if (state.value !== null && point?.states !== null && (state.value.meaning === 'leak' || state.value.meaning === 'dry')) {
        found.push({
          key: sensor.id,
          icon: 'drop',
          label: wall.leak,
          value: stateWord(state.value),
          tone: state.value.stale ? 'unknown' : toneOfNormal(state.value.normal),
        })
      }
    }
    for (const device of store.devices.value.values()) {
      if (device.kind !== 'firepanel') continue
      let tone: Tone = device.status === 'up' ? 'ok' : 'unknown'
      for (const alarm of store.alarms.value.values())
        if (alarm.device === device.id && alarm.clearedAt === null) tone = worse(tone, toneOfAlarm(alarm))
      const { normal, state, meaning } = t.value
      found.push({
        key: device.id,
        icon: 'flame',
        label: wall.fire,
        value:
          tone === 'ok'
            ? normal.ok
            : tone === 'unknown'
              ? device.status === 'new'
                ? wall.noReading
                : state.down
              : tone === 'crit'
                ? meaning.fire
                : normal.warning,
        tone,
      })
    }
    return found.slice(0, 4)
  })
  if (items.value.length === 0) return null
  return (
    <section class="panel room" aria-label={wall.room}>
      <ul>
        {items.value.map(item => (
          <li key={item.key} class={item.tone}>
            <Icon name={item.icon} />
            <span>
              <small>{item.label}</small>
              <b class="ell">{item.value}</b>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** One line about Suar itself: who answers, how fast it asks, and its own troubles. */
export function SuarLine() {
  const { wall } = t.value
  const silent = useComputed(() => [...store.devices.value.values()].filter(device => device.status === 'down').length)
  const all = useComputed(() => store.devices.value.size)
  const up = useComputed(() => [...store.devices.value.values()].filter(device => device.status === 'up').length)
  const answer = useComputed(() =>
    silent.value > 0 ? wall.silent(silent.value) : up.value < all.value ? wall.someAnswer(up.value, all.value) : wall.allAnswer(all.value),
  )
  const trouble = useComputed(() => {
    const first = store.health.value?.troubles[0]
    return first === undefined ? '' : text(first)
  })
  const pace = useComputed(() => {
    const health = store.health.value
    return health === null ? '' : `${wall.pollRate(number(health.pollsPerSecond, 1))} · ${wall.lag(number(health.lag))}`
  })
  const name = useComputed(() => (trouble.value !== '' ? 'panel suar warn' : 'panel suar'))
  return (
    <a class={name} href="/admin">
      <b>{wall.suar}</b>
      <span class="ell grow">{useComputed(() => (trouble.value !== '' ? trouble.value : answer.value))}</span>
      <span class="nw">{pace}</span>
    </a>
  )
}
