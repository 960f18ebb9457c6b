// What the pages know of the world: one signal per point, so that a reading changes one text and nothing else. Needs no browser.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import type { Layout, PointRef } from '../../daemon/domain/inventory.ts'
import { CADENCES, type PointNo } from '../../daemon/domain/point.ts'
import type { AuditRow } from '../../daemon/domain/signin.ts'
import type { TenancyView } from '../../daemon/domain/tenancy.ts'
import type { DemoView, DeviceView, Frame, Have, HealthView, PointView, Topic, Values } from '../../daemon/stream/contract.ts'
import { createChanges } from './changes.ts'
import { type Fit, judge, mergeRows } from './fit.ts'
import { createRows } from './rows.ts'
import { createTickets } from './tickets.ts'
import { createTimelines } from './timelines.ts'

/** `value` null: the device says it has none. `at`: milliseconds since 1970 on the daemon's clock. */
export interface Live {
  readonly value: number | null
  readonly at: number
}

interface Held {
  have: Have | null
  /** Points this topic brought, so that leaving it frees what no other topic needs. */
  readonly nos: Set<PointNo>
}

const NOTHING: readonly PointView[] = []

/** Entries of the trail kept at most. */
const MOST_TRAIL = 500

/** Milliseconds after which a reading of this point is stale: three of its cycles. */
export const staleAfter = (point: Pick<PointView, 'cadence'>): number => CADENCES[point.cadence] * 3000

export type Store = ReturnType<typeof createStore>

export function createStore() {
  const layout = signal<Layout | null>(null)
  const devices = signal<ReadonlyMap<string, DeviceView>>(new Map())
  const alarms = signal<ReadonlyMap<number, Alarm>>(new Map())
  const health = signal<HealthView | null>(null)
  const demo = signal<DemoView | null>(null)
  const desk = createTickets()
  const rows = createRows()
  const changes = createChanges()
  const timelines = createTimelines()
  /** Newest entries of the audit trail, newest first. */
  const trail = signal<readonly AuditRow[]>([])
  /** What stands in the racks for one's own organisations; null before it came. */
  const tenancy = signal<TenancyView | null>(null)
  /** The newest reading of any point, and when the last frame came, both on the daemon's clock. */
  const newest = signal(0)
  const lastFrame = signal(0)
  /** When the daemon last told how it does, on its own clock. */
  const healthAt = signal(0)

  const readings = new Map<PointNo, Signal<Live | null>>()
  const points = new Map<PointNo, PointView>()
  const byRef = new Map<string, Signal<PointView | null>>()
  const ofDevice = new Map<string, Signal<readonly PointView[]>>()
  const topics = new Map<Topic, Held>()
  /** Counts changes of the set of points, so that what looks a point up by number is told when it comes. */
  const pointsKnown = signal(0)

  const held = (topic: Topic): Held => {
    let one = topics.get(topic)
    if (one === undefined) {
      one = { have: null, nos: new Set() }
      topics.set(topic, one)
    }
    return one
  }

  const reading = (no: PointNo): Signal<Live | null> => {
    let one = readings.get(no)
    if (one === undefined) {
      one = signal<Live | null>(null)
      readings.set(no, one)
    }
    return one
  }

  const refKey = (ref: PointRef): string => `${ref.device}/${ref.key}`
  const pointSignal = (key: string): Signal<PointView | null> => {
    let one = byRef.get(key)
    if (one === undefined) {
      one = signal<PointView | null>(null)
      byRef.set(key, one)
    }
    return one
  }
  const deviceSignal = (device: string): Signal<readonly PointView[]> => {
    let one = ofDevice.get(device)
    if (one === undefined) {
      one = signal(NOTHING)
      ofDevice.set(device, one)
    }
    return one
  }

  function putValues({ nos, values, at }: Values, into: Set<PointNo>): void {
    let latest = newest.peek()
    for (let i = 0; i < nos.length; i++) {
      const no = nos[i]
      const when = at[i]
      if (no === undefined || when === undefined) continue
      into.add(no)
      // The daemon has judged what is newest; after its clock was set back that is older than what stands here.
      reading(no).value = { value: values[i] ?? null, at: when }
      if (when > latest) latest = when
    }
    newest.value = latest
  }

  function regroup(touched: ReadonlySet<string>): void {
    if (touched.size > 0) pointsKnown.value = pointsKnown.peek() + 1
    for (const device of touched) {
      const mine: PointView[] = []
      for (const point of points.values()) if (point.device === device) mine.push(point)
      deviceSignal(device).value = mine.length === 0 ? NOTHING : mine.sort((a, b) => a.no - b.no)
    }
  }

  function putPoints(rows: readonly PointView[], into: Set<PointNo>): void {
    const touched = new Set<string>()
    for (const row of rows) {
      points.set(row.no, row)
      into.add(row.no)
      touched.add(row.device)
      pointSignal(refKey(row)).value = row
    }
    regroup(touched)
  }

  function dropPoints(nos: Iterable<PointNo>): void {
    const touched = new Set<string>()
    for (const no of nos) {
      const point = points.get(no)
      if (point !== undefined) {
        touched.add(point.device)
        const ref = byRef.get(refKey(point))
        if (ref?.peek()?.no === no) ref.value = null
      }
      points.delete(no)
      const one = readings.get(no)
      if (one !== undefined) one.value = null
      readings.delete(no)
    }
    regroup(touched)
  }

  /** Merges a frame, newest wins. On `gap` nothing is changed: the page must follow again with `have(topic)`. */
  function apply(frame: Frame): Fit {
    const topic = held(frame.topic)
    const fits = judge(topic.have, frame)
    batch(() => {
      lastFrame.value = Math.max(lastFrame.peek(), frame.now)
      if (fits !== 'apply') return
      topic.have = { epoch: frame.epoch, revision: frame.revision }
      if (frame.layout !== undefined) layout.value = frame.layout
      const { gone, full } = frame
      // A full frame of the site that names no devices or alarms says that there are none.
      const none = full && frame.topic === 'site' ? [] : undefined
      devices.value = mergeRows(devices.peek(), frame.devices ?? none, gone?.devices, full, row => row.id)
      alarms.value = mergeRows(alarms.peek(), frame.alarms ?? none, gone?.alarms, full, row => row.id)
      if (frame.health !== undefined) {
        health.value = frame.health
        healthAt.value = frame.now
      }
      if (frame.demo !== undefined) demo.value = frame.demo
      desk.apply(frame)
      rows.apply(frame)
      changes.apply(frame)
      timelines.apply(frame)
      if (frame.audit !== undefined) trail.value = (full ? frame.audit : [...frame.audit, ...trail.peek()]).slice(0, MOST_TRAIL)
      if (frame.tenancy !== undefined) tenancy.value = frame.tenancy
      if (frame.points !== undefined) {
        if (full && frame.topic.startsWith('device:')) {
          const stay = new Set(frame.points.map(point => point.no))
          dropPoints([...topic.nos].filter(no => !stay.has(no)))
          topic.nos.clear()
        }
        putPoints(frame.points, topic.nos)
      }
      if (frame.values !== undefined) putValues(frame.values, topic.nos)
      if (gone?.points !== undefined) {
        dropPoints(gone.points)
        for (const one of topics.values()) for (const no of gone.points) one.nos.delete(no)
      }
    })
    return fits
  }

  /** Frees what only this topic held. */
  function forget(topic: Topic): void {
    const one = topics.get(topic)
    if (one === undefined) return
    topics.delete(topic)
    if (topic === 'audit') trail.value = []
    if (topic === 'tenancy') tenancy.value = null
    rows.forget(topic)
    timelines.forget(topic)
    if (topic.startsWith('change:')) changes.forget(topic.slice('change:'.length))
    if (topic.startsWith('ticket:')) desk.forget(topic.slice('ticket:'.length))
    const free = [...one.nos].filter(no => ![...topics.values()].some(other => other.nos.has(no)))
    batch(() => dropPoints(free))
  }

  return {
    layout: layout as ReadonlySignal<Layout | null>,
    devices: devices as ReadonlySignal<ReadonlyMap<string, DeviceView>>,
    alarms: alarms as ReadonlySignal<ReadonlyMap<number, Alarm>>,
    health: health as ReadonlySignal<HealthView | null>,
    healthAt: healthAt as ReadonlySignal<number>,
    demo: demo as ReadonlySignal<DemoView | null>,
    /** Tickets and their heads. */
    desk,
    /** Lists of rows: visits, openings, reservations, stays, work orders. */
    rows: rows.of,
    rowsAnew: rows.anew,
    /** Changes of websites, hosts and zones, with their journals. */
    changes,
    /** What happened at a place since somebody looks at its timeline. */
    happening: timelines.of,
    /** Entries of the audit trail that came over the stream, newest first. */
    trail: trail as ReadonlySignal<readonly AuditRow[]>,
    tenancy: tenancy as ReadonlySignal<TenancyView | null>,
    newest: newest as ReadonlySignal<number>,
    lastFrame: lastFrame as ReadonlySignal<number>,
    /** The live value of a point; null until one came. */
    reading: (no: PointNo): ReadonlySignal<Live | null> => reading(no),
    /** All that is known of a point, or undefined before its topic came. */
    pointNow: (no: PointNo): PointView | undefined => (pointsKnown.value >= 0 ? points.get(no) : undefined),
    /** The point people named in the inventory; null until its topic came or when there is none. */
    pointOf: (ref: PointRef): ReadonlySignal<PointView | null> => pointSignal(refKey(ref)),
    /** Points of a device, by number; empty until its topic came. */
    pointsOf: (device: string): ReadonlySignal<readonly PointView[]> => deviceSignal(device),
    /** The live value of a named point, following it when the point gets another number. */
    readingOf: (ref: PointRef): ReadonlySignal<Live | null> => {
      const point = pointSignal(refKey(ref))
      return computed(() => (point.value === null ? null : reading(point.value.no).value))
    },
    apply,
    forget,
    have: (topic: Topic): Have | null => topics.get(topic)?.have ?? null,
    /** How many points are held: must not grow with the hours. */
    size: (): number => readings.size,
  }
}
