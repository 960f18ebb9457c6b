// The room of alarms: watches readings and polls, finds causes, keeps the book, tells people. Driven by `observe` and `tick` only.
import type { Alarm, Severity } from '../domain/alarm.ts'
import type { Clock, Instant, Log } from '../domain/call.ts'
import type { DeviceId, Kind, Place } from '../domain/device.ts'
import type { Layout } from '../domain/inventory.ts'
import { openListeners } from '../domain/listeners.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { PointNo, Text } from '../domain/point.ts'
import type { Batch } from '../domain/reading.ts'
import type { NameBook } from '../domain/words/alarm-names.ts'
import { openBook } from './book.ts'
import type { OpenChannel } from './channel.ts'
import { inferSupplies, openCorrelation } from './correlate.ts'
import { openDelivery } from './delivery.ts'
import type { NumberedPoint, Signal } from './judge.ts'
import { testMessage } from './letter.ts'
import { noticesFor, openNotifier, PATIENCE, type Patience, type Recipient } from './notify.ts'
import type { AlarmStore, Deed, Notice, Outbox } from './outbox.ts'
import type { LimitOverride } from './overrides.ts'
import { openPersist } from './persist.ts'
import type { DeviceFacts, World } from './power.ts'
import { boundBy, keyOf, type ShownLimit } from './rules.ts'
import { openSettling } from './settling.ts'
import { refsOf, vanished } from './vanished.ts'
import { openWatch } from './watch.ts'

export interface WatchedDevice {
  /** Number in the records, as poll reports carry it. */
  readonly no: number
  readonly id: DeviceId
  readonly name: string
  readonly kind: Kind
  readonly place?: Place | undefined
  readonly power: readonly string[]
  readonly network: readonly DeviceId[]
}

export interface AlarmSettings {
  readonly limits: readonly LimitOverride[]
  readonly recipients: readonly Recipient[]
  /** Milliseconds; defaults in notify.ts. */
  readonly patience?: Patience
  /** Milliseconds within which an alarm that comes back is the same one. */
  readonly reopen?: number
}

export interface AlarmsOptions {
  readonly store: AlarmStore
  readonly outbox: Outbox
  readonly channels: ReadonlyMap<string, OpenChannel>
  readonly settings: AlarmSettings
  readonly clock: Clock
  readonly log: Log
}

/** Flap damping: five minutes. */
const REOPEN = 300_000
/** Past alarms are read back this far, in case their end was not told before a restart. */
const REMEMBER = 86_400_000
/** Causes are looked at again this often even when no alarm changed: a genset may have started meanwhile. */
const LOOK_AGAIN = 5_000

const NO_LAYOUT: Layout = {
  site: { id: 'site', name: 'Suar', kind: 'dc', tier: 2, timezone: 'Asia/Jakarta', inlet: { warning: 27, critical: 32 } },
  sites: [],
  rooms: [],
  cages: [],
  rows: [],
  racks: [],
  equipment: [],
  doors: [],
  sensors: [],
  fixtures: [],
  power: [],
  networks: [],
}

/** The limits alarms of a point go by, as pages show them. */
export interface PointLimits {
  readonly low: number | null
  readonly high: number | null
  readonly hysteresis: number
  /** Seconds. */
  readonly delay: number
  readonly from: ShownLimit['from']
}

export type Alarms = Awaited<ReturnType<typeof openAlarms>>

/** Reads what was open before and goes on with it. Rejects when the records cannot be read. */
export async function openAlarms({ store, outbox, channels, settings, clock, log }: AlarmsOptions) {
  const started = clock()
  const { limits, recipients, patience = PATIENCE, reopen = REOPEN } = settings
  const book = openBook({ reopen, nextId: await store.nextId() })
  book.restore([...(await store.clearedSince(started - REMEMBER)), ...(await store.open())])
  const published = new Map(book.open().map(alarm => [alarm.id, alarm]))
  const listeners = openListeners<[alarms: readonly Alarm[]]>(log)
  const watch = openWatch(limits, book.standing, started)
  const settlingNow = openSettling()
  const correlate = openCorrelation()
  const notifier = openNotifier(patience)
  const persist = openPersist({ store, log, published: tell })
  const delivery = openDelivery({
    channels,
    outbox,
    log,
    trouble: (channel, text) => system(`delivery.${channel}`, text === null ? null : { severity: 'warning', text }),
    gaveUp: (alarm, text) => {
      book.remark(alarm, 'notifyFailed', text, clock())
      save(clock())
    },
  })

  let layout = NO_LAYOUT
  /** Points that the layout names. */
  let refs: ReadonlySet<string> = new Set()
  let devices: ReadonlyMap<DeviceId, DeviceFacts & WatchedDevice> = new Map()
  const points = new Map<PointNo, NumberedPoint>()
  const numbers = new Map<DeviceId, readonly PointNo[]>()
  /** Causes that have ended and still explain. */
  let settling: ReadonlySet<number> = new Set()
  let dirty = true
  let looked: Instant = 0

  const names: NameBook = {
    get layout() {
      return layout
    },
    device: id => devices.get(id),
    point: no => points.get(no),
  }
  const world = (): World => ({ layout, devices, meanings: watch.meanings, quantity: no => points.get(no)?.quantity ?? null })

  function tell(alarms: readonly Alarm[]): void {
    for (const alarm of alarms) {
      if (alarm.clearedAt === null) published.set(alarm.id, alarm)
      else published.delete(alarm.id)
    }
    if (alarms.length > 0) listeners.tell(alarms)
  }

  function save(now: Instant, notices: readonly Notice[] = [], deeds: readonly Deed[] = []): void {
    persist.add(book.taken(), notices, now, deeds)
  }

  /** Signals into the book, causes anew, and off to the records. */
  function take(signals: readonly Signal[], now: Instant): void {
    if (signals.length > 0) {
      book.apply(signals)
      dirty = true
    }
    if (dirty || (now - looked >= LOOK_AGAIN && book.open().length + settling.size > 0) || now < looked) {
      const late = settlingNow(book.open(), book.recent(), world(), now)
      settling = new Set(late.map(alarm => alarm.id))
      book.apply(inferSupplies(book.open(), late, world(), now))
      book.explain(correlate(book.open(), late, world(), now), now)
      dirty = false
      looked = now
    }
    save(now)
  }

  function notify(now: Instant): void {
    const notices: Notice[] = []
    for (const due of notifier.due(book.open(), book.recent(), now)) {
      const fresh = noticesFor(due, recipients, names, now)
      for (const { channel, to } of fresh) book.remark(due.alarm.id, 'notified', `${channel}: ${to}`, now)
      notices.push(...fresh)
    }
    save(now, notices)
    book.forget(now, alarm => notifier.owes(alarm) || settling.has(alarm.id))
  }

  /** Ends alarms whose device, point or rule is there no more. */
  function endWithout(keys: ReadonlySet<string>, device: DeviceId, now: Instant): void {
    // What the layout names and the device offers no more stays missing until it is back.
    const isMissing = ({ condition, point }: Alarm): boolean => condition.kind === 'stale' && point !== null && refs.has(keyOf(device, point.key))
    const gone = book
      .open()
      .filter(
        alarm => alarm.device === device && !alarm.key.startsWith('power/') && !keys.has(alarm.key) && !(devices.has(device) && isMissing(alarm)),
      )
    take(
      gone.map(({ key, point }) => ({ key, device, point, severity: null, condition: null, at: now })),
      now,
    )
  }

  /** Nothing from any device at all is trouble of Suar, told as one alarm of its own. */
  function listen(now: Instant): void {
    const isDeaf = watch.deaf(now) !== null
    if (isDeaf === (book.standing('suar/-/deaf') !== null)) return
    const text = { en: 'Suar receives no readings: polling has stopped', id: 'Suar tidak menerima pembacaan: poll terhenti' }
    system('deaf', isDeaf ? { severity: 'critical', text } : null)
  }

  function system(code: string, state: { readonly severity: Severity; readonly text: Text } | null): void {
    const now = clock()
    const condition = state === null ? null : ({ kind: 'system', code, text: state.text } as const)
    take([{ key: `suar/-/${code}`, device: null, point: null, severity: state?.severity ?? null, condition, at: now }], now)
  }

  return {
    /** All devices there are; alarms of those gone end. */
    setDevices(now: readonly WatchedDevice[]): void {
      devices = new Map(now.map(device => [device.id, device]))
      watch.setDevices(now)
      for (const [id, nos] of numbers) {
        if (devices.has(id)) continue
        for (const no of nos) points.delete(no)
        numbers.delete(id)
      }
      for (const { device } of book.open()) if (device !== null && !devices.has(device)) endWithout(new Set(), device, clock())
      dirty = true
    },

    /** The points of a device with their numbers; replaces those it had. The device must be known. */
    setPoints(id: DeviceId, now: readonly NumberedPoint[]): void {
      if (!devices.has(id)) {
        log.error({ device: id }, 'points of a device that was not announced are not watched')
        return
      }
      const before = (numbers.get(id) ?? []).map(no => points.get(no)).filter(point => point !== undefined)
      const missing = vanished(id, before, now, refs, clock())
      const kept = new Set(missing.map(({ point }) => point?.no))
      for (const { no } of before) if (!kept.has(no)) points.delete(no)
      numbers.set(
        id,
        now.map(point => point.no),
      )
      for (const point of now) points.set(point.no, point)
      endWithout(watch.setPoints(id, now, clock()), id, clock())
      if (missing.length > 0) take(missing, clock())
    },

    /** After a start, before anything is observed: points whose newest readings of before have a delay under way, and how it goes on. */
    interrupted: (latest: Pick<Batch, 'points' | 'values' | 'at'>) => watch.interrupted(latest, clock()),
    resume: watch.resume,
    relax: watch.relax,

    setLayout(next: Layout): void {
      layout = next
      refs = refsOf(next)
      for (const [id, keys] of watch.setBound(boundBy(next), clock())) if (numbers.has(id)) endWithout(keys, id, clock())
      dirty = true
    },

    /** A batch of readings and polls. Never waits and never throws for what devices say. */
    observe(batch: Pick<Batch, 'points' | 'values' | 'at' | 'polls'>): void {
      const signals = watch.observe(batch)
      if (signals.length > 0) take(signals, clock())
    },

    /** Once a second: delays, missing data, causes, notices, retries. Resolves when due notices were handed to their channels. */
    async tick(now: Instant = clock()): Promise<void> {
      take(watch.tick(now), now)
      listen(now)
      notify(now)
      persist.tick(now)
      await delivery.tick(now)
    },

    /** `detail`: for the trail, which is written with it or not at all. `notFound`: no such open alarm. `busy`: done, but the records fail; it is written when they work again. */
    acknowledge: (id: number, by: string, comment: string, detail: object = {}): Promise<Outcome<Alarm>> =>
      operate(book.acknowledge(id, by, comment, clock()), { actor: by, action: 'alarm.acknowledge', detail: { comment, ...detail } }),
    comment: (id: number, by: string, text: string, detail: object = {}): Promise<Outcome<Alarm>> =>
      operate(book.comment(id, by, text, clock()), { actor: by, action: 'alarm.comment', detail: { text, ...detail } }),

    /** Raises, changes or ends an alarm of Suar itself. */
    system,

    /** Sends a test message now, to the given address or to all recipients of the channel. */
    async test(channel: string, to: string | null = null): Promise<Outcome<void>> {
      const own = recipients.filter(one => one.channel === channel)
      const targets = to === null ? own : [{ to, language: own[0]?.language ?? 'id' }]
      if (!channels.has(channel)) return failed('notFound', `There is no channel "${channel}" in the settings.`)
      if (targets.length === 0) return failed('invalid', `No recipient is set for "${channel}": give one under notify.recipients.`)
      for (const { to: target, language } of targets) {
        const id = `test-${clock()}-${Math.random().toString(36).slice(2, 8)}`
        const sent = await delivery.once(channel, id, target, testMessage(language, layout.site, clock()))
        if (!sent.ok) return sent
      }
      return done(undefined)
    },

    /** Open alarms that are in the records. */
    open: (): readonly Alarm[] => [...published.values()],
    /** Told of alarms after they are in the records; the returned function ends it. */
    onChange: listeners.onChange,
    limits(no: PointNo): PointLimits | null {
      const { above, below } = watch.limits(no)
      const first = above ?? below
      if (first === null) return null
      return { low: below?.limit ?? null, high: above?.limit ?? null, hysteresis: first.hysteresis, delay: first.delay, from: first.from }
    },
    /** For the health page; empty when well. */
    troubles: (): readonly Text[] => [persist.trouble()].filter(trouble => trouble !== null),
    /** When everything that happened so far is in the records (true), or could not be written (false). */
    flush: (): Promise<boolean> => persist.flush(clock()),
    /** When no notice is under way. */
    idle: delivery.idle,
    async close(): Promise<void> {
      await delivery.close()
      await persist.flush(clock())
      listeners.clear()
    },
  }

  async function operate(alarm: Alarm | null, deed: Omit<Deed, 'at' | 'subject'>): Promise<Outcome<Alarm>> {
    if (alarm === null) return failed('notFound', 'There is no such open alarm.')
    save(clock(), [], [{ ...deed, at: clock(), subject: String(alarm.id) }])
    return (await persist.flush(clock()))
      ? done(alarm)
      : failed('busy', 'It is noted, but cannot be written at the moment; it is shown as soon as it is.')
  }
}
