// Watches every point and device: readings and polls in, signals out when the truth about an alarm's key changes.
//
// Each point has a quiet interval. A reading inside it costs two compares and a store; only what leaves it is looked at by the rules.
import { isDeepStrictEqual } from 'node:util'
import type { Instant } from '../domain/call.ts'
import type { DeviceId } from '../domain/device.ts'
import { type PointNo, staleAfter } from '../domain/point.ts'
import { type Batch, POLL_STATUS } from '../domain/reading.ts'
import { type Meaning, stateOf } from '../domain/state.ts'
import { QUIET } from './evaluate.ts'
import { isSameRule, isWaiting, type NumberedPoint, openJudge, quietInterval, type Signal, type Standing } from './judge.ts'
import { isOff, type LimitOverride, overrideFor } from './overrides.ts'
import { afterPoll, downKey, reachSignal, UNHEARD } from './reach.ts'
import { NOTHING_RELAXED, type Relaxation } from './relax.ts'
import { type Interrupted, lookBack, type Past, resumed } from './resume.ts'
import { type Bound, compile, keyOf, NOTHING_BOUND, type ShownLimit } from './rules.ts'
import { fallSilent, heardAgain, muteKey, type Slot, staleKey, type Watched } from './silence.ts'

/** Ticks come every second; a step like this is a clock that was set or a machine that slept. */
const CLOCK_STEP = 15_000

const ALWAYS = Number.POSITIVE_INFINITY
const NEVER = Number.NEGATIVE_INFINITY

export function openWatch(overrides: readonly LimitOverride[], standing: Standing, start: Instant) {
  let low = new Float64Array(256).fill(NEVER)
  let high = new Float64Array(256).fill(ALWAYS)
  /** Time of the newest reading. */
  let last = new Float64Array(256).fill(NEVER)
  /** From when silence counts: since the point is known, or its device answers again, or the clock was set. */
  let base = new Float64Array(256)
  const slots: (Slot | null)[] = []
  let bound: Bound = NOTHING_BOUND
  let relaxation: Relaxation = NOTHING_RELAXED
  let ticked = start
  /** The tick at which anything was heard of any device. */
  let heard = start
  /** Silence of the fastest point that is too long. */
  let fastest = ALWAYS
  const devices = new Map<DeviceId, Watched>()
  const byNo = new Map<number, Watched>()
  /** Points with a delay running. */
  const waiting = new Set<PointNo>()
  const judge = openJudge(standing)

  function grow(no: PointNo): void {
    if (no < low.length) return
    const size = 2 ** Math.ceil(Math.log2(no + 1))
    const enlarge = (was: Float64Array<ArrayBuffer>, filling: number): Float64Array<ArrayBuffer> => {
      const now = new Float64Array(size).fill(filling)
      now.set(was)
      return now
    }
    low = enlarge(low, NEVER)
    high = enlarge(high, ALWAYS)
    last = enlarge(last, NEVER)
    base = enlarge(base, 0)
  }

  /** From when a point is silent. */
  const sinceOf = (no: PointNo): Instant => slots[no]?.blank ?? Math.max(last[no] ?? NEVER, base[no] ?? 0)

  function settle({ no, judged, stale, blank }: Slot): void {
    // A point that is missed is looked at by every reading, or its return would go by unseen.
    const quiet = stale || blank !== null ? null : quietInterval(judged)
    low[no] = quiet?.low ?? ALWAYS
    high[no] = quiet?.high ?? NEVER
    if (isWaiting(judged)) waiting.add(no)
    else waiting.delete(no)
  }

  function read(no: PointNo, value: number, at: Instant, out: Signal[]): void {
    const slot = slots[no]
    const before = last[no] ?? NEVER
    const tolerance = slot?.staleAfter ?? 0
    // Late by little: a newer reading was judged already. Late by more than silence may last: the clock was set back.
    if (at < before && before - at <= tolerance) return
    last[no] = at
    if (slot === undefined || slot === null) return
    const isBlank = slot.probe && Number.isNaN(value)
    slot.blank = isBlank ? Math.min(slot.blank ?? at, at) : null
    if (slot.stale && !isBlank) heardAgain(slot, at, sinceOf, out)
    else if (!slot.stale && slot.blank !== null && at - slot.blank >= slot.staleAfter) fallSilent(slot, at, sinceOf, out)
    judge.reading(slot, { value, at, gap: before !== NEVER && (at < before || at - before > tolerance) }, out)
    settle(slot)
  }

  const slotsOf = (device: Watched): readonly Slot[] => device.points.map(({ no }) => slots[no]).filter(slot => slot != null)

  function poll(device: Watched, index: number, at: Instant, out: Signal[]): void {
    const was = device.reach
    const now = afterPoll(was, POLL_STATUS[index] ?? 'garbage', at)
    device.reach = now
    if (was.failed > 0 && now.failed === 0) for (const { no } of device.points) base[no] = Math.max(base[no] ?? 0, at)
    const signal = reachSignal(device.id, was, now, at)
    if (signal !== null) out.push(signal)
  }

  function place(device: Watched, point: NumberedPoint, now: Instant): readonly string[] {
    const { no } = point
    grow(no)
    const override = overrideFor(overrides, device.id, point.key)
    const was = slots[no]
    // Looking at a device anew must not begin its delays anew: one of a week would never end.
    const relaxed = relaxation(device.id, point)
    const isSame = was != null && was.bound === bound && isSameRule(was.point, point)
    const goesOn = isSame && isDeepStrictEqual(was.relaxed, relaxed)
    if (goesOn) for (const one of was.judged) judge.goOn(no, one)
    const before = (key: string) => (isSame ? was.judged.find(({ channel }) => channel.key === key) : undefined)
    const judged = goesOn
      ? was.judged
      : compile(device.id, point, bound, override, relaxed).map(channel => judge.begin(no, channel, before(channel.key)))
    const stale = !isOff(override) && (was?.stale ?? standing(staleKey(device.id, point.key)) !== null)
    const slot: Slot = {
      no,
      point,
      device: device.id,
      owner: device,
      judged,
      bound,
      relaxed,
      staleAfter: isOff(override) ? ALWAYS : staleAfter(point.cadence),
      stale,
      probe: bound.probes.has(keyOf(device.id, point.key)),
      blank: was?.blank ?? null,
    }
    while (slots.length <= no) slots.push(null)
    slots[no] = slot
    if (was === null || was === undefined) {
      last[no] = NEVER
      base[no] = now
    }
    if (stale) device.stale++
    settle(slot)
    return isOff(override) ? [] : [staleKey(device.id, point.key), ...judged.map(({ channel }) => channel.key)]
  }

  function clear(device: Watched): void {
    for (const { no } of device.points) {
      for (const one of slots[no]?.judged ?? []) judge.end(no, one)
      waiting.delete(no)
      low[no] = NEVER
      high[no] = ALWAYS
    }
    device.stale = 0
  }

  /** Replaces the points of a device; the keys that can still be alarms of it. Readings known before stay known. */
  function setPoints(id: DeviceId, points: readonly NumberedPoint[], now: Instant): ReadonlySet<string> {
    const device = devices.get(id)
    if (device === undefined) return new Set()
    clear(device)
    const kept = new Set(points.map(point => point.no))
    for (const { no } of device.points) if (!kept.has(no)) slots[no] = null
    device.points = points
    return new Set([downKey(id), ...(device.mute ? [muteKey(id)] : []), ...points.flatMap(point => place(device, point, now))])
  }

  /** After a time in which nothing came at all, silence counts anew: it was ours and not the devices'. */
  function hear(): void {
    if (ticked - heard > fastest) base.fill(ticked)
    heard = ticked
  }

  /** Everything under the newest clock when it was set: what lies in the future never happened. */
  function reclock(now: Instant): void {
    heard = now
    for (let no = 0; no < slots.length; no++) {
      base[no] = now
      if ((last[no] ?? NEVER) > now) last[no] = now
    }
  }

  return {
    setPoints,

    /** From the next `setPoints` of a device on. Says which devices that concerns. */
    relax(next: Relaxation): readonly DeviceId[] {
      relaxation = next
      return [...devices.values()]
        .filter(({ id, points }) => points.some(point => !isDeepStrictEqual(slots[point.no]?.relaxed ?? null, next(id, point))))
        .map(({ id }) => id)
    },

    /** All devices there are, with their numbers; points of those gone are forgotten. */
    setDevices(now: readonly { readonly no: number; readonly id: DeviceId }[]): void {
      const ids = new Set(now.map(device => device.id))
      for (const device of [...devices.values()]) {
        if (ids.has(device.id)) continue
        clear(device)
        for (const { no } of device.points) slots[no] = null
        devices.delete(device.id)
      }
      byNo.clear()
      for (const { id, no } of now) {
        const was = devices.get(id)
        const open = standing(downKey(id))
        const down = open === null ? null : { since: open.raisedAt, why: 'timeout' as const, severity: open.severity }
        const device: Watched = was ?? {
          id,
          no,
          points: [],
          slots: () => slotsOf(device),
          reach: { ...UNHEARD, down, failed: down === null ? 0 : 1 },
          stale: 0,
          mute: false,
        }
        devices.set(id, device)
        byNo.set(no, device)
      }
    },

    /** Points whose newest reading of before has a delay under way; what is older than silence may last proves nothing. */
    interrupted({ points, values, at }: Pick<Batch, 'points' | 'values' | 'at'>, now: Instant): readonly Interrupted[] {
      const found: Interrupted[] = []
      for (let i = 0; i < points.length; i++) {
        const no = points[i] as number
        const time = at[i] as number
        const slot = slots[no]
        if (slot === undefined || slot === null || last[no] !== NEVER || time > now || now - time > slot.staleAfter) continue
        const back = lookBack(slot.judged, values[i] as number)
        if (back > 0) found.push({ no, at: time, value: values[i] as number, from: time - back - slot.staleAfter })
      }
      return found
    },

    /** The delays of a point go on as its readings of before tell. */
    resume({ no, at, value }: Interrupted, past: Past): void {
      const slot = slots[no]
      if (slot === undefined || slot === null || last[no] !== NEVER) return
      for (const one of slot.judged) {
        one.channel.levels.forEach((level, i) => {
          one.states[i] = resumed(level, one.states[i] ?? QUIET, past, slot.staleAfter)
        })
        one.value = value
      }
      last[no] = at
      settle(slot)
    },

    /** What the layout says of points; every device is judged anew. The keys that can still be alarms, by device. */
    setBound(next: Bound, now: Instant): ReadonlyMap<DeviceId, ReadonlySet<string>> {
      bound = next
      return new Map([...devices.values()].map(device => [device.id, setPoints(device.id, device.points, now)]))
    },

    observe(batch: Pick<Batch, 'points' | 'values' | 'at' | 'polls'>): readonly Signal[] {
      const out: Signal[] = []
      const { points, values, at } = batch
      if (points.length > 0 || batch.polls.devices.length > 0) hear()
      for (let i = 0; i < points.length; i++) {
        const no = points[i] as number
        const value = values[i] as number
        const time = at[i] as number
        if (no >= low.length) continue
        if (value >= (low[no] as number) && value <= (high[no] as number) && time >= (last[no] as number) && time - (last[no] as number) < ALWAYS)
          last[no] = time
        else read(no, value, time, out)
      }
      const { polls } = batch
      for (let i = 0; i < polls.devices.length; i++) {
        const device = byNo.get(polls.devices[i] as number)
        if (device !== undefined) poll(device, polls.status[i] as number, polls.at[i] as number, out)
      }
      return out
    },

    /** To be called every second or so: delays that end, readings that are missing. */
    tick(now: Instant): readonly Signal[] {
      const out: Signal[] = []
      if (now < ticked || now - ticked > CLOCK_STEP) reclock(now)
      ticked = now
      for (const no of [...waiting]) {
        const slot = slots[no]
        if (slot === undefined || slot === null || now - (last[no] ?? NEVER) > slot.staleAfter) continue
        judge.time(slot, now, out)
        settle(slot)
      }
      fastest = ALWAYS
      for (const slot of slots) if (slot !== null && slot.staleAfter < fastest) fastest = slot.staleAfter
      // When nothing at all comes, the asking has stopped and not every device at once.
      if (now - heard > fastest) return out
      for (const slot of slots) {
        // The silence of a device that fails its polls is judged by its polls.
        if (slot === null || slot.stale || slot.owner.reach.failed > 0 || now - sinceOf(slot.no) <= slot.staleAfter) continue
        fallSilent(slot, now, sinceOf, out)
        settle(slot)
      }
      return out
    },

    /** What the state points of a device mean at the moment. */
    meanings(id: DeviceId): ReadonlySet<Meaning> {
      const found = new Set<Meaning>()
      for (const { no } of devices.get(id)?.points ?? []) {
        const slot = slots[no]
        for (const { channel, value } of slot?.judged ?? []) {
          if (channel.family !== 'state' || slot?.point.states == null || Number.isNaN(value)) continue
          const { meaning } = stateOf(slot.point.states, value)
          if (meaning !== null) found.add(meaning)
        }
      }
      return found
    },

    /** The limits a point is judged by, for pages. */
    limits(no: PointNo): { readonly above: ShownLimit | null; readonly below: ShownLimit | null } {
      const shown = (family: string): ShownLimit | null => slots[no]?.judged.find(({ channel }) => channel.family === family)?.channel.shown ?? null
      return { above: shown('above'), below: shown('below') }
    },

    /** Milliseconds in which nothing came of any device, when that is too long; null when all is well. */
    deaf: (now: Instant): number | null => (now - heard > fastest ? now - heard : null),
  }
}
