// Cooling units: what they blow and what comes back, whether they run, and that they are silent when they are.
import { type ReadonlySignal, useComputed } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import type { Layout, PointRef } from '../../daemon/domain/inventory.ts'
import { useDerived } from '../live/derived.ts'
import { now, store } from '../live/index.ts'
import { Icon } from '../parts/icons.tsx'
import { toneWord } from '../parts/state.tsx'
import { shapeOf, type Tone, toneOfAlarm, toneOfNormal } from '../parts/tone.ts'
import { t } from '../words/index.ts'
import { age, countdown, kilowatts, stateWord } from '../words/say.ts'
import { Figure } from './figure.tsx'
import { type Figures, type Measured, measuredOf, type NodeFigures } from './figures.ts'

interface Unit {
  readonly device: string
  readonly name: string
  readonly shows: readonly PointRef[]
  readonly node: NodeFigures | null
}

/** With the two temperatures it shows, made once. */
interface Watched extends Unit {
  readonly supply: ReadonlySignal<Measured | null>
  readonly back: ReadonlySignal<Measured | null>
}

/** Units that stand on the floor plan or in the power chain; without either, devices of that kind. */
function unitsOf(layout: Layout, figures: Figures, devices: readonly { readonly id: string; readonly name: string }[]): readonly Unit[] {
  const units = new Map<string, Unit>()
  const nodeOf = (device: string): NodeFigures | null => figures.all.find(one => one.node.kind === 'cooling' && one.node.device === device) ?? null
  for (const fixture of layout.fixtures) {
    if (fixture.kind === 'crac' && fixture.device !== undefined) {
      units.set(fixture.device, { device: fixture.device, name: fixture.name, shows: fixture.shows, node: nodeOf(fixture.device) })
    }
  }
  for (const one of figures.all) {
    const { device } = one.node
    if (one.node.kind === 'cooling' && device !== undefined && !units.has(device))
      units.set(device, { device, name: one.node.name, shows: [], node: one })
  }
  for (const device of devices) if (!units.has(device.id)) units.set(device.id, { device: device.id, name: device.name, shows: [], node: null })
  return [...units.values()]
}

interface Look {
  readonly tone: Tone
  readonly word: string
  /** Stands or is not heard: its figures are the last ones. */
  readonly out: 'power' | 'stopped' | 'silent' | null
}

function lookOf(unit: Watched, alarms: ReadonlyMap<number, Alarm>): Look {
  const { meaning, wall, state } = t.value
  const own = unit.node?.state.value ?? null
  const power = unit.node?.power.value ?? null
  const known = [own, power, unit.supply.value, unit.back.value].filter(one => one !== null)
  if (unit.node !== null && ['dead', 'off'].includes(unit.node.flow.value)) return { tone: 'crit', word: meaning.stopped, out: 'power' }
  if (store.devices.value.get(unit.device)?.status === 'down') return { tone: 'unknown', word: state.down, out: 'silent' }
  let worst: Alarm | null = null
  for (const alarm of alarms.values()) {
    if (alarm.clearedAt !== null || alarm.device !== unit.device) continue
    if (worst === null || (alarm.severity === 'critical' && worst.severity !== 'critical')) worst = alarm
  }
  if (worst !== null) {
    const is = worst.condition.kind === 'state' ? worst.condition.meaning : null
    const stands = is === 'stopped' || is === 'off' || is === 'fault'
    return { tone: toneOfAlarm(worst), word: is === null ? toneWord(toneOfAlarm(worst)) : meaning[is], out: stands ? 'stopped' : null }
  }
  if (known.length === 0) return { tone: 'unknown', word: wall.noReading, out: 'silent' }
  if (known.every(one => one.stale)) {
    return { tone: 'unknown', word: wall.data(age(now.value - Math.max(...known.map(one => one.at)))), out: 'silent' }
  }
  const drawn = power === null ? null : `${kilowatts(power.value)} kW`
  if (own === null) return { tone: 'ok', word: drawn ?? wall.on, out: null }
  // While it does what it should, what it draws tells more than the word.
  const word = own.normal === 'ok' && drawn !== null ? drawn : stateWord(own)
  return { tone: toneOfNormal(own.normal), word, out: own.meaning === 'stopped' ? 'stopped' : null }
}

export function Cooling({ layout, figures }: { readonly layout: Layout; readonly figures: Figures }) {
  const { wall } = t.value
  const ids = useComputed(() =>
    [...store.devices.value.values()]
      .filter(device => device.kind === 'crac' || device.kind === 'chiller')
      .map(device => `${device.id}\t${device.name}`)
      .sort()
      .join('\n'),
  )
  const units = useMemo(
    () =>
      unitsOf(
        layout,
        figures,
        ids.value
          .split('\n')
          .filter(line => line !== '')
          .map(line => ({ id: line.split('\t')[0] ?? '', name: line.split('\t')[1] ?? '' })),
      ).map((unit): Watched => ({ ...unit, supply: measuredOf(unit.shows[0]), back: measuredOf(unit.shows[1]) })),
    [layout, figures, ids.value],
  )
  const looks = useDerived(() => units.map(unit => lookOf(unit, store.alarms.value)), [units])
  const summary = useDerived(() => {
    const dead = looks.value.filter(look => look.out === 'power').length
    const stopped = looks.value.filter(look => look.out === 'stopped').length
    const silent = looks.value.filter(look => look.out === 'silent').length
    if (dead > 0) return wall.withoutPower(dead)
    if (stopped > 0) return wall.stopped(stopped)
    return silent > 0 ? wall.unitsUnknown(silent) : wall.units(units.length, units.length)
  }, [looks])
  const loud = useDerived(() => (looks.value.some(look => look.out === 'power' || look.out === 'stopped') ? 'end t-crit' : 'end'), [looks])
  return (
    <section class="panel cooling" aria-label={wall.cooling}>
      <header>
        <h2>{wall.cooling}</h2>
        <span class={loud}>{units.length === 0 ? null : summary}</span>
      </header>
      {units.length === 0 ? <p class="none">{wall.noCooling}</p> : null}
      <div class={units.length > 2 ? 'units many' : 'units'}>
        {units.slice(0, 6).map((unit, i) => (
          <CoolingUnit key={unit.device} unit={unit} look={looks} at={i} />
        ))}
      </div>
    </section>
  )
}

function CoolingUnit({ unit, look, at }: { readonly unit: Watched; readonly look: ReadonlySignal<readonly Look[]>; readonly at: number }) {
  const mine = useDerived<Look>(() => look.value[at] ?? { tone: 'unknown', word: '', out: null }, [look, at])
  const { supply, back } = unit
  // Hatched is what is not heard: a unit that stands but is read shows what it measures.
  const silent = (of: Measured | null): boolean => of === null || of.stale
  const name = useDerived(() => (silent(supply.value) && silent(back.value) ? 'crac off' : 'crac'), [unit])
  const word = useDerived(() => mine.value.word, [mine])
  const state = useDerived(() => `state ${mine.value.tone}`, [mine])
  return (
    <a class={name} href={`/devices/${unit.device}`}>
      <span class="h">
        <span class="ell">{unit.name}</span>
        <span class={state}>
          {word}
          <UnitShape look={mine} />
        </span>
      </span>
      {unit.shows.length === 0 ? null : (
        <span class="v">
          <Temperature label={t.value.wall.supply} of={supply} />
          <Icon name="right" class="ar" />
          <Temperature label={t.value.wall.return} of={back} />
        </span>
      )}
    </a>
  )
}

function UnitShape({ look }: { readonly look: ReadonlySignal<Look> }) {
  const { tone } = look.value
  return <Icon name={shapeOf(tone)} class={tone} label={toneWord(tone)} />
}

/** The last value stays; where it is old its label becomes its age. */
function Temperature({ label, of }: { readonly label: string; readonly of: ReadonlySignal<Measured | null> }) {
  const caption = useComputed(() => {
    const is = of.value
    return is?.stale === true ? t.value.wall.ago(countdown((now.value - is.at) / 1000)) : label
  })
  return (
    <span>
      <small>{caption}</small>
      <b>
        <Figure of={of} unit="°C" />
      </b>
    </span>
  )
}
