// A stage for pages: the real front, hub and model, with the demonstration's inventory and readings told by the test instead of a poller.
// For what a page does with frames (failure layout, lost line, a thousand updates a second); whether readings are right is tested elsewhere.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Alarm, Condition, Severity } from '../../daemon/domain/alarm.ts'
import type { Call } from '../../daemon/domain/call.ts'
import { Inventory, type PointRef } from '../../daemon/domain/inventory.ts'
import { done, failed } from '../../daemon/domain/outcome.ts'
import type { Viewer } from '../../daemon/domain/people.ts'
import { type Quantity, UNIT_OF } from '../../daemon/domain/quantity.ts'
import type { Meaning, State } from '../../daemon/domain/state.ts'
import type { DeskSummary } from '../../daemon/domain/ticket-record.ts'
import type { History, SessionView } from '../../daemon/http/contract.ts'
import { allowed } from '../../daemon/http/guard.ts'
import { openRoute, type Route, route, type ViewerOf } from '../../daemon/http/route.ts'
import { messageRoutes } from '../../daemon/http/routes/messages.ts'
import { openFront } from '../../daemon/http/server.ts'
import type { Reception } from '../../daemon/reception.ts'
import type { DeviceView, PointView } from '../../daemon/stream/contract.ts'
import { type HubOptions, openHub } from '../../daemon/stream/hub.ts'
import { openModel } from '../../daemon/stream/model.ts'
import { refsOfLayout } from '../../daemon/stream/topics.ts'
import { layoutOf } from '../../daemon/stream/views.ts'
import { ANYBODY } from './viewers.ts'

const quiet: Call['log'] = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quiet }

const state = (value: number, meaning: Meaning, normal: State['normal'] = 'ok'): State => ({ value, name: meaning, normal, meaning })
const STATES: Readonly<Record<string, readonly State[]>> = {
  'mains.state': [state(1, 'utilityOk'), state(2, 'utilityFailed', 'critical')],
  'engine.state': [state(1, 'standby'), state(2, 'starting', 'warning'), state(3, 'running'), state(4, 'startFailed', 'critical')],
  'source.selected.state': [state(1, 'sourceA'), state(2, 'sourceB', 'warning'), state(3, 'noSource', 'critical')],
  'output.state': [state(1, 'onLine'), state(2, 'onBattery', 'warning'), state(3, 'batteryLow', 'critical'), state(4, 'outputOff', 'critical')],
  'door.front.state': [state(1, 'doorClosed'), state(2, 'doorOpen', 'warning'), state(3, 'doorForced', 'critical')],
  'unit.mode.state': [state(1, 'cooling'), state(2, 'stopped', 'critical')],
  'leak.raised-floor.state': [state(1, 'dry'), state(2, 'leak', 'critical')],
}

const KINDS = ['temperature', 'humidity', 'power', 'load', 'charge', 'runtime', 'voltage', 'frequency', 'level', 'state'] as const
const quantityOf = (key: string): Quantity => KINDS.find(kind => key.endsWith(kind)) ?? 'count'

/** What a calm day reads, by the end of the key. */
function usual(ref: PointRef): number {
  const is: Record<string, number> = { humidity: 48, load: 38, charge: 100, runtime: 1020, voltage: 228, frequency: 50.01, level: 92, state: 1 }
  const quantity = quantityOf(ref.key)
  if (quantity === 'temperature')
    return /return|hot|out/.test(ref.key) ? 26.4 : /supply|plenum/.test(ref.key) ? 17.8 : 20.5 + (hash(ref.key) % 37) / 10
  if (quantity === 'power') {
    if (ref.device === 'ats') return 13_100
    if (ref.device === 'genset') return 0
    if (ref.device.startsWith('ups')) return ref.device === 'ups-a' ? 13_600 : 12_800
    if (ref.device.startsWith('crac')) return 5050
    return ref.key.startsWith('outlet') ? 120 : 500 + (hash(ref.device) % 110) * 10
  }
  return is[quantity] ?? 1
}
const hash = (text: string): number => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 10_007, 7)

export type Stage = Awaited<ReturnType<typeof openStage>>

interface StageOptions {
  readonly port?: number
  readonly clock?: () => number
  /** Who looks at the pages; null: nobody is signed in. */
  readonly as?: Viewer | null
  /** Routes of the story, before the stage's own. */
  readonly routes?: readonly Route[]
  /** Tickets on the stream. */
  readonly feeds?: HubOptions['feeds']
  /** What else GET /session tells. */
  readonly session?: Partial<SessionView>
  /** Folder of the built pages; missing: Suar's own. */
  readonly dashboard?: string
  /** The real sign-in instead of the stage's: then `as` counts for nothing. */
  readonly reception?: Pick<Reception, 'routes' | 'viewerOf' | 'peek' | 'onChange'>
}

/** Opens on a port of the system's choice (or `port`); everything reads as on a calm day. */
export async function openStage({
  port = 0,
  clock = Date.now,
  as = ANYBODY,
  routes = [],
  session = {},
  dashboard = fileURLToPath(new URL('../../dist/dashboard', import.meta.url)),
  reception,
  feeds = [],
}: StageOptions = {}) {
  let viewer: Viewer | null = as
  const viewerOf: ViewerOf = async caller => (reception === undefined ? viewer : await reception.viewerOf(caller))
  const file = fileURLToPath(new URL('../../collectors/simulator/demo.yaml', import.meta.url))
  const inventory = Inventory.parse(parse(readFileSync(file, 'utf8')))
  const layout = layoutOf(inventory)
  const epoch = String(clock())
  const model = openModel(epoch)
  const points = new Map<string, PointView>()
  for (const ref of refsOfLayout(layout)) {
    const name = `${ref.device}/${ref.key}`
    if (points.has(name)) continue
    const quantity = quantityOf(ref.key)
    points.set(name, {
      no: points.size + 1,
      device: ref.device,
      key: ref.key,
      label: LABELS[ref.key] ?? { en: ref.key },
      quantity,
      unit: UNIT_OF[quantity],
      cadence: 'fast',
      source: `1.3.6.1.4.1.9999.${points.size + 1}.0`,
      profile: 'stage',
      limits: quantity === 'temperature' ? { highWarning: 27, highCritical: 32 } : {},
      states: STATES[ref.key] ?? null,
      scale: 1,
      offset: 0,
      alarmLimits: null,
    })
  }
  for (const device of inventory.devices) {
    const view: DeviceView = {
      id: device.id, name: device.name, kind: device.kind, address: `${device.address.host}:${device.address.port}`, via: 'snmp',
      place: device.place ?? null, tenant: device.tenant ?? null, power: device.power, network: device.network, identity: null,
      status: 'up', statusSince: clock(), why: null, lastSeen: clock(), points: 0, headline: [...points.values()].find(point => point.device === device.id)?.no ?? null,
    } // biome-ignore format: one line a group
    model.setDevice(view)
    model.setPoints(
      device.id,
      [...points.values()].filter(point => point.device === device.id),
    )
  }
  model.setLayout(layout)
  const health = {
    startedAt: clock(),
    fresh: points.size,
    points: points.size,
    pollsPerSecond: 5.1,
    lag: 3,
    timeouts: 0,
    storeBehind: 0,
    troubles: [],
  }
  const tellHealth = (): void => model.setHealth(health)
  tellHealth()
  // Once a second, as the daemon does: a page does not believe one that is silent.
  const second = setInterval(tellHealth, 1000)

  const values = new Map<number, number>()
  const no = (device: string, key: string): PointView => {
    const point = points.get(`${device}/${key}`)
    if (point === undefined) throw new Error(`the demonstration has no ${device}/${key}`)
    return point
  }
  const tell = (readings: ReadonlyMap<number, number>): void => {
    const nos = [...readings.keys()]
    for (const [point, value] of readings) values.set(point, value)
    model.observe(Uint32Array.from(nos), Float64Array.from(readings.values()), new Float64Array(nos.length).fill(clock()))
  }
  tell(new Map([...points.values()].map(point => [point.no, usual(point)])))

  let alarms = 0
  const posted: { readonly path: string; readonly body: unknown }[] = []
  const Body = z.looseObject({})
  const history = route({
    method: 'get',
    path: '/history',
    needs: 'watch.read',
    summary: 'The past, made of the present',
    query: z.looseObject({ points: z.string(), from: z.coerce.number(), to: z.coerce.number(), buckets: z.coerce.number().default(600) }),
    handle: async ({ query }) => {
      const step = (query.to - query.from) / query.buckets
      const at = Array.from({ length: query.buckets }, (_, i) => Math.floor((query.from + i * step) / step) * step)
      const series = query.points.split(',').map(text => {
        const now = values.get(Number(text)) ?? 0
        const mean = at.map((when, i) => now * (1 + 0.04 * Math.sin((when / 86_400_000) * 6.283) + 0.008 * Math.sin(i * 1.7)))
        return { point: Number(text), at, mean, min: mean, max: mean }
      })
      return done<History>({ from: query.from, to: query.to, step, series })
    },
  })
  const acknowledge = route({
    method: 'post',
    path: '/alarms/:id/acknowledge',
    needs: 'watch.read',
    summary: 'Somebody has it',
    params: z.strictObject({ id: z.coerce.number() }),
    body: z.strictObject({ comment: z.string() }),
    handle: async ({ params, body, viewer: { name: by } }) => {
      posted.push({ path: `acknowledge ${params.id}`, body })
      const was = [...model.alarms()].find(alarm => alarm.id === params.id)
      if (was !== undefined) model.setAlarms([{ ...was, acknowledged: { by, at: clock(), comment: body.comment } }], clock())
      return done({})
    },
  })
  const channels = route({
    method: 'get',
    path: '/channels',
    needs: 'watch.read',
    summary: 'One way out',
    handle: async () => done({ items: [{ name: 'noc', via: 'email', to: 'noc@example.org' }] }),
  })
  const summary = route({
    method: 'get',
    path: '/desk/summary',
    needs: 'ticket.read',
    summary: 'A desk without a ticket',
    handle: async () => done<DeskSummary>({ open: 0, late: 0, breached: 0, soon: 0, paused: 0, mine: 0, inbox: 0, drafts: 0, bySteps: [], next: [] }),
  })
  const messages = messageRoutes({
    status: () => [],
    held: async () => [],
    release: async id => failed('notFound', `No message is held under ${id}.`),
    bot: () => null,
    newCode: async () => ({ code: '', expiresAt: 0, lives: 0 }),
    chatsOf: async () => [],
    unbind: async () => undefined,
  })
  const other = route({
    method: 'post',
    path: '/*rest',
    needs: 'watch.read',
    summary: 'Noted',
    params: Body,
    body: Body,
    handle: async ({ body }) => {
      posted.push({ path: 'other', body })
      return done({})
    },
  })
  const who = openRoute({
    method: 'get',
    path: '/session',
    summary: 'Who is there',
    handle: async ({ viewer: is }) => done<SessionView>({ ...NOBODY, ...(is === null ? {} : { viewer: shown(is) }), ...session }),
  })
  const front = openFront({
    viewerOf,
    routes: [...routes, ...(reception?.routes ?? [who]), history, acknowledge, channels, summary, ...messages, other],
    dashboard,
    version: 'stage',
    figures: () => [],
    notReady: () => null,
    log: quiet,
  })
  const hub = openHub({
    http: front.server,
    model,
    epoch,
    clock,
    log: quiet,
    allowed,
    viewerOf: reception?.peek ?? (async () => viewer),
    feeds,
  })
  reception?.onChange(() => void hub.review())
  const listening = await front.listen('127.0.0.1', port)
  if (!listening.ok) throw new Error(listening.failure.message)

  return {
    url: listening.value.url,
    model,
    points: [...points.values()],
    posted,
    /** From the next request on somebody else sits there, or nobody. */
    signIn: (next: Viewer | null): void => {
      viewer = next
    },
    /** Readings by device and key. */
    set: (readings: readonly (readonly [device: string, key: string, value: number])[]): void =>
      tell(new Map(readings.map(([device, key, value]) => [no(device, key).no, value]))),
    /** Every point is read again, unchanged or moved a little, except those that `skip` names. */
    beat: (skip: (point: PointView) => boolean = () => false, wobble = 0.004): void => {
      tellHealth()
      tell(new Map([...points.values()].filter(point => !skip(point)).map(point => [point.no, moved(point, values.get(point.no) ?? 0, wobble)])))
    },
    /** The daemon's health: other than well, or null: it tells none any more. */
    health: (over: Partial<typeof health> | null): void => {
      clearInterval(second)
      if (over !== null) model.setHealth({ ...health, ...over })
    },
    raise: (device: string, key: string | null, severity: Severity, condition: Condition, over: Partial<Alarm> = {}): number => {
      const id = ++alarms
      const point = key === null ? null : no(device, key)
      const alarm: Alarm = {
        id, key: `${device}/${key ?? 'device'}/${condition.kind}`, device, point: point === null ? null : { no: point.no, key: point.key }, severity, condition,
        raisedAt: clock(), clearedAt: null, acknowledged: null, cause: null, suppressed: false, notes: [], ...over,
      } // biome-ignore format: one line a group
      model.setAlarms([alarm], clock())
      return id
    },
    close: async (): Promise<void> => {
      clearInterval(second)
      await hub.close()
      await front.close()
    },
  }
}

const NOBODY: SessionView = { viewer: null, permissions: [], setup: false, demo: null, oidc: null, methods: { passkey: false } }

/** A viewer as the pages are told. */
const shown = (viewer: Viewer): SessionView['viewer'] => ({
  ...viewer,
  login: viewer.name.toLowerCase().replaceAll(/[^a-z]+/g, '.'),
  language: 'id',
  organisations: viewer.organisations.map(id => ({ id, short: `PD-${id}`, name: `Perangkat Daerah ${id}`, kind: 'agency' as const })),
})

const moved = (point: PointView, value: number, wobble: number): number =>
  point.quantity === 'state' ? value : value * (1 + wobble * Math.sin(Date.now() / 3000 + point.no))

const LABELS: Readonly<Record<string, { readonly en: string; readonly id: string }>> = {
  'supply.temperature': { en: 'Supply temperature', id: 'Suhu suplai' },
  'return.temperature': { en: 'Return temperature', id: 'Suhu balik' },
}
