// Points that are not read any more: each told by itself while they are few, as one alarm of their device when they are many.
import type { Instant } from '../domain/call.ts'
import type { DeviceId } from '../domain/device.ts'
import type { PointNo } from '../domain/point.ts'
import type { Bench, NumberedPoint, Signal } from './judge.ts'
import type { Reach } from './reach.ts'
import type { Relaxed } from './relax.ts'
import { type Bound, keyOf } from './rules.ts'

export interface Slot extends Bench {
  readonly no: PointNo
  readonly owner: Watched
  /** The layout's say at the time its rules were made. */
  readonly bound: Bound
  /** By the second limit, while people work there. */
  readonly relaxed: Relaxed | null
  /** Milliseconds without a reading that are too long; Infinity when nobody wants to know. */
  readonly staleAfter: number
  stale: boolean
  /** It must have a value: "none" is as good as silence. */
  readonly probe: boolean
  /** Since when it says that it has none. */
  blank: Instant | null
}

export interface Watched {
  readonly id: DeviceId
  readonly no: number
  points: readonly NumberedPoint[]
  /** Those of its points that are watched. */
  readonly slots: () => readonly Slot[]
  reach: Reach
  stale: number
  /** Many points silent: told once for the device. */
  mute: boolean
}

/** Missing points of one device that are told one by one; more are told as one. */
const SINGLY = 5
export const muteKey = (device: DeviceId): string => `${device}/-/stale`
export const staleKey = (device: DeviceId, key: string): string => `${keyOf(device, key)}/stale`

type SinceOf = (no: PointNo) => Instant

const signal = ({ device, point: { no, key } }: Slot, since: Instant | null, at: Instant): Signal => ({
  key: staleKey(device, key),
  device,
  point: { no, key },
  severity: since === null ? null : 'unknown',
  condition: since === null ? null : { kind: 'stale', since },
  at,
})

const muteSignal = (device: DeviceId, since: Instant | null, at: Instant): Signal => ({
  key: muteKey(device),
  device,
  point: null,
  severity: since === null ? null : 'unknown',
  condition: since === null ? null : { kind: 'stale', since },
  at,
})

/** A point was not read for too long. */
export function fallSilent(slot: Slot, now: Instant, sinceOf: SinceOf, out: Signal[]): void {
  const { owner } = slot
  slot.stale = true
  owner.stale++
  if (owner.mute) return
  owner.mute = owner.stale > SINGLY
  out.push(owner.mute ? muteSignal(owner.id, sinceOf(slot.no), now) : signal(slot, sinceOf(slot.no), now))
}

/** A silent point is read again. */
export function heardAgain(slot: Slot, at: Instant, sinceOf: SinceOf, out: Signal[]): void {
  const { owner } = slot
  slot.stale = false
  owner.stale--
  out.push(signal(slot, null, at))
  if (!owner.mute || owner.stale > SINGLY) return
  owner.mute = false
  out.push(muteSignal(owner.id, null, at))
  for (const other of owner.slots()) if (other.stale) out.push(signal(other, sinceOf(other.no), at))
}
