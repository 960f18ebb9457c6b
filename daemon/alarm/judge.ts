// Judges the readings of one point by its rules: what is under way, what is raised, and what of it is news.
import { isDeepStrictEqual } from 'node:util'
import type { Condition, Severity } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import type { DeviceId } from '../domain/device.ts'
import type { Point, PointNo } from '../domain/point.ts'
import { type Evidence, evaluate, type Level, type LevelState, passTime, QUIET, rank, worst } from './evaluate.ts'
import type { Channel } from './rules.ts'

/** What is now true of one key: a severity with its condition, or null when it is over. */
export interface Signal {
  readonly key: string
  /** Null for Suar itself. */
  readonly device: DeviceId | null
  readonly point: { readonly no: PointNo; readonly key: string } | null
  readonly severity: Severity | null
  readonly condition: Condition | null
  readonly at: Instant
}

export interface NumberedPoint extends Point {
  readonly no: PointNo
}

/** What is open already under a key: how watching goes on after a restart or a change of rules. */
export type Standing = (key: string) => { readonly severity: Severity; readonly raisedAt: Instant } | null

export interface Judged {
  readonly channel: Channel
  readonly states: LevelState[]
  /** What was signalled last. */
  told: Level | null
  toldValue: number
  /** The last one that was a value. */
  value: number
}

/** A point with all it is judged by. */
export interface Bench {
  readonly device: DeviceId
  readonly point: NumberedPoint
  readonly judged: readonly Judged[]
}

export function openJudge(standing: Standing) {
  /** Keys that several points share → those of them that are raised. */
  const shared = new Map<string, Set<PointNo>>()

  function tell({ device, point: { no, key: pointKey } }: Bench, one: Judged, at: Instant, out: Signal[]): void {
    const { key } = one.channel
    const now = worst(one.channel.levels, one.states, at)
    const others = shared.get(key)
    const before = one.told
    one.told = now
    if (now !== null) {
      others?.add(no)
      // A state that changes its name within one severity is news too; a number that moves is not.
      const condition = now.condition(one.value)
      if (now === before && (condition.kind !== 'state' || one.value === one.toldValue || !now.beyond(one.value))) return
      one.toldValue = one.value
      out.push({ key, device, point: { no, key: pointKey }, severity: now.severity, condition, at })
    } else if (before !== null) {
      others?.delete(no)
      if (others === undefined || others.size === 0) out.push({ key, device, point: { no, key: pointKey }, severity: null, condition: null, at })
    }
  }

  return {
    /** A channel begun, with what is open of it already. `before`: the same one by other limits: what of it is under way goes on, where it still holds. */
    begin(no: PointNo, channel: Channel, before?: Judged): Judged {
      const open = standing(channel.key)
      if (channel.family === 'supply' && !shared.has(channel.key)) shared.set(channel.key, new Set())
      const states = channel.levels.map(
        (level): LevelState => (open !== null && rank(level.severity) <= rank(open.severity) ? { kind: 'raised', since: open.raisedAt } : QUIET),
      )
      before?.channel.levels.forEach((was, i) => {
        const level = channel.levels[i]
        const state = before.states[i]
        if (level?.severity !== was.severity || state === undefined || state.kind === 'quiet' || Number.isNaN(before.value)) return
        if (state.kind !== 'pending' || level.beyond(before.value)) states[i] = state
      })
      const told = worst(channel.levels, states, open?.raisedAt ?? 0)
      if (told !== null) shared.get(channel.key)?.add(no)
      const value = before?.value ?? Number.NaN
      return { channel, states, told, toldValue: told === null ? Number.NaN : (before?.toldValue ?? Number.NaN), value }
    },

    /** A channel taken over as it stands, its delays running on. */
    goOn(no: PointNo, { channel, told }: Judged): void {
      if (channel.family === 'supply' && !shared.has(channel.key)) shared.set(channel.key, new Set())
      if (told !== null) shared.get(channel.key)?.add(no)
    },

    end(no: PointNo, { channel }: Judged): void {
      shared.get(channel.key)?.delete(no)
    },

    reading(bench: Bench, evidence: Evidence, out: Signal[]): void {
      for (const one of bench.judged) {
        if (!Number.isNaN(evidence.value)) one.value = evidence.value
        one.channel.levels.forEach((level, i) => {
          one.states[i] = evaluate(level, one.states[i] ?? QUIET, evidence)
        })
        tell(bench, one, evidence.at, out)
      }
    },

    /** Time went by and the last reading still holds. */
    time(bench: Bench, now: Instant, out: Signal[]): void {
      for (const one of bench.judged) {
        one.channel.levels.forEach((level, i) => {
          one.states[i] = passTime(level, one.states[i] ?? QUIET, now)
        })
        tell(bench, one, now, out)
      }
    },
  }
}

/** The interval in which no reading can change anything about the point; null while anything is under way. */
export function quietInterval(judged: readonly Judged[]): { readonly low: number; readonly high: number } | null {
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  for (const { channel, states, value } of judged) {
    if (states.some(state => state.kind !== 'quiet') || (channel.quiet === null && Number.isNaN(value))) return null
    low = Math.max(low, channel.quiet?.low ?? value)
    high = Math.min(high, channel.quiet?.high ?? value)
  }
  return { low, high }
}

/** A delay runs, so that time alone may change something. */
export const isWaiting = (judged: readonly Judged[]): boolean =>
  judged.some(({ states }) => states.some(state => state.kind === 'pending' || state.kind === 'clearing'))

/** Judged alike: all that rules are made of is the same. */
export const isSameRule = (one: NumberedPoint, other: NumberedPoint): boolean =>
  one.key === other.key &&
  one.quantity === other.quantity &&
  isDeepStrictEqual([one.rules, one.limits, one.limitsFrom, one.states], [other.rules, other.limits, other.limitsFrom, other.states])
