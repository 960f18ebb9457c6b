// Live figures of the power chain's nodes as signals, made once for a layout: markup stays, texts change.
import { computed, type ReadonlySignal } from '@preact/signals'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import type { Layout, PointRef, PowerNode } from '../../daemon/domain/inventory.ts'
import { type Meaning, type State, stateOf } from '../../daemon/domain/state.ts'
import { now, staleAfter, store } from '../live/index.ts'
import { type Tone, toneOfAlarm } from '../parts/tone.ts'
import { t } from '../words/index.ts'
import { stateWord } from '../words/say.ts'
import { type Flow, flowsOf } from './flow.ts'

/** A value and when it was read; several points are one: summed, or the mean. */
export interface Measured {
  readonly value: number
  /** Of the oldest part. */
  readonly at: number
  readonly stale: boolean
}

type Many = 'sum' | 'mean' | 'least'

/** One figure from one or several points; null while none of them has a value. */
export function measuredOf(refs: PointRef | readonly PointRef[] | undefined, many: Many = 'sum'): ReadonlySignal<Measured | null> {
  const list = refs === undefined ? [] : 'device' in refs ? [refs] : refs
  return computed(() => {
    let sum = 0
    let least = Number.POSITIVE_INFINITY
    let count = 0
    let at = Number.POSITIVE_INFINITY
    let stale = false
    for (const ref of list) {
      const point = store.pointOf(ref).value
      const live = point === null ? null : store.reading(point.no).value
      if (point === null || live === null || live.value === null) continue
      sum += live.value
      least = Math.min(least, live.value)
      count++
      at = Math.min(at, live.at)
      stale ||= now.value - live.at > staleAfter(point)
    }
    if (count === 0) return null
    return { value: many === 'sum' ? sum : many === 'mean' ? sum / count : least, at, stale }
  })
}

/** The state a point is in, with its normal form and meaning. */
export function stateSignal(ref: PointRef | undefined): ReadonlySignal<(State & { readonly at: number; readonly stale: boolean }) | null> {
  return computed(() => {
    const point = ref === undefined ? null : store.pointOf(ref).value
    const live = point === null ? null : store.reading(point.no).value
    if (point === null || live === null || live.value === null) return null
    return { ...stateOf(point.states ?? [], live.value), at: live.at, stale: now.value - live.at > staleAfter(point) }
  })
}

export interface NodeFigures {
  readonly node: PowerNode
  readonly power: ReadonlySignal<Measured | null>
  readonly load: ReadonlySignal<Measured | null>
  readonly charge: ReadonlySignal<Measured | null>
  readonly runtime: ReadonlySignal<Measured | null>
  readonly level: ReadonlySignal<Measured | null>
  readonly frequency: ReadonlySignal<Measured | null>
  readonly voltages: readonly ReadonlySignal<Measured | null>[]
  readonly state: ReturnType<typeof stateSignal>
  readonly meaning: ReadonlySignal<Meaning | null>
  readonly flow: ReadonlySignal<Flow>
  /** The gravest open alarm that is about this node. */
  readonly alarm: ReadonlySignal<Alarm | null>
  readonly tone: ReadonlySignal<Tone>
  /** A solid block: the supply is gone, on battery, starting, or a cause that nobody has. Effects are never as loud as their cause. */
  readonly solid: ReadonlySignal<boolean>
  readonly stale: ReadonlySignal<boolean>
  /** Its state in the words of the trade: a genset that stands ready says so, whatever its controller calls it. */
  readonly word: ReadonlySignal<string>
}

export interface Figures {
  readonly of: (id: string) => NodeFigures | null
  readonly all: readonly NodeFigures[]
  readonly flows: ReadonlySignal<ReadonlyMap<string, Flow>>
}

const asList = (refs: PointRef | readonly PointRef[] | undefined): readonly PointRef[] => (refs === undefined ? [] : 'device' in refs ? [refs] : refs)
const keyOf = (device: string, key: string): string => `${device}/${key}`
const RANK = { critical: 2, warning: 1, unknown: 0 } as const

export function openFigures(layout: Layout): Figures {
  const measures = (node: PowerNode, name: string): PointRef | readonly PointRef[] | undefined => node.measures[name]
  const states = new Map(layout.power.map(node => [node.id, stateSignal(asList(measures(node, 'state'))[0])]))
  const voltages = new Map(layout.power.map(node => [node.id, asList(measures(node, 'voltage')).map(ref => measuredOf(ref))]))
  const flows = computed(() =>
    flowsOf(layout.power, node => {
      const known = (voltages.get(node.id) ?? []).map(one => one.value?.value).filter(one => one !== undefined)
      return {
        meaning: states.get(node.id)?.value?.meaning ?? null,
        voltage: known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length,
      }
    }),
  )
  const alarms = alarmsByNode(layout)
  const utilities = layout.power.filter(node => node.kind === 'utility').map(node => node.id)
  const utilityDead = computed(() => utilities.some(id => flows.value.get(id) === 'dead'))

  const all = layout.power.map((node): NodeFigures => {
    const state = states.get(node.id) ?? stateSignal(undefined)
    const meaning = computed(() => state.value?.meaning ?? null)
    const power = measuredOf(measures(node, 'power'))
    const flow = computed<Flow>(() => flows.value.get(node.id) ?? 'unknown')
    const alarm = computed(() => alarms.value.get(node.id) ?? null)
    const stale = computed(() => (power.value?.stale ?? false) || (state.value?.stale ?? false))
    const measured = measures(node, 'power') !== undefined || measures(node, 'state') !== undefined
    const unheard = computed(() => measured && power.value === null && state.value === null)
    const look = computed(() => lookOf(node, flow.value, meaning.value, alarm.value, stale.value || unheard.value, utilityDead.value))
    return {
      node,
      power,
      load: measuredOf(measures(node, 'load'), 'mean'),
      charge: measuredOf(measures(node, 'charge'), 'least'),
      runtime: measuredOf(measures(node, 'runtime'), 'least'),
      level: measuredOf(measures(node, 'level'), 'least'),
      frequency: measuredOf(measures(node, 'frequency'), 'mean'),
      voltages: voltages.get(node.id) ?? [],
      state,
      meaning,
      flow,
      alarm,
      tone: computed(() => look.value.tone),
      solid: computed(() => look.value.solid),
      stale,
      word: computed(() => {
        const is = state.value
        if (is === null) return ''
        if (node.kind !== 'genset' || flow.value !== 'off') return stateWord(is)
        if (meaningOf(alarm.value) === 'startFailed') return t.value.meaning.startFailed
        if (is.meaning === 'starting' || is.normal !== 'ok') return stateWord(is)
        return utilityDead.value ? t.value.wall.notYet : t.value.meaning.standby
      }),
    }
  })
  const byId = new Map(all.map(one => [one.node.id, one]))
  return { of: id => byId.get(id) ?? null, all, flows }
}

interface Look {
  readonly tone: Tone
  readonly solid: boolean
}

/** The meaning of a state alarm. */
export const meaningOf = (alarm: Alarm | null): Meaning | null => (alarm?.condition.kind === 'state' ? alarm.condition.meaning : null)

function lookOf(node: PowerNode, flow: Flow, meaning: Meaning | null, alarm: Alarm | null, stale: boolean, utilityDead: boolean): Look {
  if (node.kind === 'utility' && flow === 'dead') return { tone: 'crit', solid: true }
  if (node.kind === 'genset') {
    if (meaning === 'startFailed' || meaning === 'fault' || meaningOf(alarm) === 'startFailed') return { tone: 'crit', solid: true }
    if (meaning === 'starting' || (utilityDead && flow === 'off')) return { tone: 'warn', solid: true }
  }
  if (node.kind === 'ups') {
    if (meaning === 'batteryLow' || flow === 'dead') return { tone: 'crit', solid: true }
    if (flow === 'batt') return { tone: 'warn', solid: true }
  }
  if (node.kind === 'ats' && flow === 'dead' && alarm === null) return { tone: 'warn', solid: false }
  if (alarm?.suppressed === true) return { tone: 'ok', solid: false }
  if (alarm !== null) return { tone: toneOfAlarm(alarm), solid: alarm.severity === 'critical' && alarm.acknowledged === null && alarm.cause === null }
  return { tone: stale || flow === 'unknown' ? 'unknown' : 'ok', solid: false }
}

/** The gravest open alarm of each node: by the point it measures with, else by its device. Suppressed ones speak only where no other does. */
function alarmsByNode(layout: Layout): ReadonlySignal<ReadonlyMap<string, Alarm>> {
  const ofPoint = new Map<string, string>()
  const ofDevice = new Map<string, string>()
  for (const node of layout.power) {
    if (node.device !== undefined) ofDevice.set(node.device, node.id)
    // A sum over many PDUs is not about one of them.
    for (const refs of Object.values(node.measures)) {
      const list = asList(refs)
      const mine = list[0]
      if (list.length === 1 && mine !== undefined && mine.device !== node.device && !ofPoint.has(keyOf(mine.device, mine.key))) {
        if (node.device === undefined) ofPoint.set(keyOf(mine.device, mine.key), node.id)
      }
    }
  }
  const known = new Set(layout.power.map(node => node.id))
  // A supply alarm names the node it is about in its key; a failed start tells more of a genset than its general fault.
  const nodeOf = (alarm: Alarm, device: string): string | undefined => {
    const named = alarm.point === null ? alarm.key.split('/')[1] : undefined
    if (named !== undefined && known.has(named)) return named
    return (alarm.point === null ? undefined : ofPoint.get(keyOf(device, alarm.point.key))) ?? ofDevice.get(device)
  }
  const rank = (alarm: Alarm): number => RANK[alarm.severity] - (alarm.suppressed ? 3 : 0) + (meaningOf(alarm) === 'startFailed' ? 0.5 : 0)
  return computed(() => {
    const worst = new Map<string, Alarm>()
    for (const alarm of store.alarms.value.values()) {
      if (alarm.clearedAt !== null || alarm.device === null) continue
      const node = nodeOf(alarm, alarm.device)
      if (node === undefined) continue
      const was = worst.get(node)
      if (was === undefined || rank(alarm) > rank(was)) worst.set(node, alarm)
    }
    return worst
  })
}
