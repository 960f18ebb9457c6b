// All that pages can see, with revisions, and the making of frames from it. Knows no socket: tested by tables and properties.
import type { Alarm } from '../domain/alarm.ts'
import type { Layout } from '../domain/inventory.ts'
import type { PointNo } from '../domain/point.ts'
import type { DemoView, DeviceView, Frame, Have, HealthView, PointView, Topic } from './contract.ts'
import { entities } from './entities.ts'
import { latestValues } from './latest.ts'
import { pointsOfTopic } from './topics.ts'

/** Cleared alarms stay with pages this long, ms: the hour that a wallboard tells of. */
const CLEARED_KEPT = 3_600_000

export type Model = ReturnType<typeof openModel>

export function openModel(epoch: string) {
  let revision = 1
  let layout: { value: Layout; revision: number } | null = null
  let health: { value: HealthView; revision: number } | null = null
  let demo: { value: DemoView | null; revision: number } = { value: null, revision: 0 }
  // Changed points or layout change what topics carry: older revisions of a topic's definitions are then useless.
  let structure = 0
  const devices = entities<string, DeviceView>()
  const points = entities<PointNo, PointView>()
  const alarms = entities<number, Alarm>()
  const byDevice = new Map<string, Map<string, PointView>>()
  const latest = latestValues()
  const sets = new Map<Topic, { structure: number; nos: Set<PointNo> }>()
  const none: ReadonlyMap<string, PointView> = new Map()

  const pointsOf = (device: string) => byDevice.get(device) ?? none
  const nosOf = (topic: Topic): Set<PointNo> | null => {
    const held = sets.get(topic)
    if (held !== undefined && held.structure === structure) return held.nos
    const nos = pointsOfTopic(topic, { layout: layout?.value ?? null, devices: () => devices.values(), pointsOf })
    // Names that lead nowhere are anybody's to make up: they are not kept.
    if (nos === null) sets.delete(topic)
    else sets.set(topic, { structure, nos })
    return nos
  }
  /** What is told now belongs to the revision that the next frame closes. */
  const next = () => revision + 1
  const restructure = () => {
    structure = next()
  }

  return {
    get revision() {
      return revision
    },
    /** Closes the open revision; frames made after it hold everything told before. */
    advance: () => ++revision,

    setLayout(value: Layout) {
      layout = { value, revision: next() }
      restructure()
    },
    setHealth: (value: HealthView) => {
      health = { value, revision: next() }
    },
    setDemo: (value: DemoView | null) => {
      demo = { value, revision: next() }
    },
    setDevice(value: DeviceView) {
      const was = devices.get(value.id)
      devices.set(value.id, value, next())
      if (was?.headline !== value.headline || was?.place?.rack !== value.place?.rack) restructure()
    },
    removeDevice(id: string) {
      devices.remove(id, next())
      for (const point of pointsOf(id).values()) {
        points.remove(point.no, next())
        latest.forget(point.no)
      }
      byDevice.delete(id)
      restructure()
    },
    /** All points of a device; those not named any more are gone. */
    setPoints(device: string, views: readonly PointView[]) {
      const keys = new Map(views.map(view => [view.key, view]))
      for (const point of pointsOf(device).values()) {
        if (keys.get(point.key)?.no === point.no) continue
        points.remove(point.no, next())
        latest.forget(point.no)
      }
      for (const view of views) points.set(view.no, view, next())
      byDevice.set(device, keys)
      restructure()
    },
    setAlarms(changed: readonly Alarm[], now: number) {
      for (const alarm of changed) alarms.set(alarm.id, alarm, next())
      for (const alarm of [...alarms.values()]) if (alarm.clearedAt !== null && alarm.clearedAt < now - CLEARED_KEPT) alarms.remove(alarm.id, next())
    },
    observe: (nos: Uint32Array, values: Float64Array, at: Float64Array) => latest.observe(nos, values, at, next()),

    device: (id: string) => devices.get(id),
    devices: () => devices.values(),
    pointsOf,
    point: (no: PointNo) => points.get(no),
    alarms: () => alarms.values(),
    health: () => health?.value ?? null,
    layout: () => layout?.value ?? null,
    value: latest.value,
    exists: (topic: Topic) => nosOf(topic) !== null,

    /**
     * What a page with `have` is missing of the topic; full when it has nothing that can be continued.
     * null when nothing is missing. `since` goes out as given: the caller knows from where the page's frames run on.
     */
    frame(topic: Topic, have: Have | null, now: number): Frame | null {
      const full =
        have === null ||
        have.epoch !== epoch ||
        have.revision > revision ||
        have.revision < Math.max(devices.horizon, points.horizon, alarms.horizon, topic === 'site' ? 0 : structure)
      const since = full ? -1 : have.revision
      const head = { topic, epoch, since: full ? 0 : since, revision, full, now }
      if (topic === 'site') {
        const told = alarms.since(since)
        const body = {
          ...(layout !== null && layout.revision > since ? { layout: layout.value } : {}),
          ...nonEmpty('devices', devices.since(since)),
          ...nonEmpty('alarms', told),
          // An alarm's sentence needs the name and unit of its point, on pages that follow nothing else.
          ...nonEmpty(
            'points',
            [...new Set(told.flatMap(alarm => (alarm.point === null ? [] : [alarm.point.no])))].flatMap(no => points.get(no) ?? []),
          ),
          ...(health !== null && health.revision > since ? { health: health.value } : {}),
          ...(demo.revision > since ? { demo: demo.value } : {}),
          ...(full ? {} : gone({ devices: devices.goneSince(since), alarms: alarms.goneSince(since) })),
        }
        return full || Object.keys(body).length > 0 ? { ...head, ...body } : null
      }
      const nos = nosOf(topic)
      if (nos === null) return full ? { ...head, points: [] } : null
      const values = latest.since(nos, since)
      if (!full && values === null) return null
      return {
        ...head,
        ...(full ? { points: [...nos].flatMap(no => points.get(no) ?? []) } : {}),
        ...(values === null ? {} : { values }),
      }
    },
  }
}

const nonEmpty = <K extends string, V>(key: K, list: V[]): { [P in K]?: V[] } => (list.length === 0 ? {} : ({ [key]: list } as { [P in K]?: V[] }))

function gone(lists: { devices: string[]; alarms: number[] }): Pick<Frame, 'gone'> {
  const kept = { ...nonEmpty('devices', lists.devices), ...nonEmpty('alarms', lists.alarms) }
  return Object.keys(kept).length === 0 ? {} : { gone: kept }
}
