// What Suar knows of each device now: its definition, who it says it is, its numbered points, and whether it answers.
import type { Clock, Instant } from '../domain/call.ts'
import type { Device, Identity } from '../domain/device.ts'
import type { Point, PointNo } from '../domain/point.ts'
import { POLL_STATUS, type PollReports, type PollStatus } from '../domain/reading.ts'
import { sameWhy, type Why } from '../domain/why.ts'
import { headlineOf } from './headline.ts'

/** Polls that must fail one after the other before a device counts as down. */
const DOWN_AFTER = 3

export interface NumberedPoint extends Point {
  readonly no: PointNo
}

export interface Member {
  readonly no: number
  readonly device: Device
  readonly identity: Identity | null
  readonly points: readonly NumberedPoint[]
  readonly status: 'new' | 'up' | 'down'
  readonly statusSince: Instant
  readonly why: Why | null
  readonly lastSeen: Instant | null
  readonly headline: PointNo | null
}

export interface Fleet {
  members(): Iterable<Member>
  byId(id: string): Member | undefined
  byNo(no: number): Member | undefined
  readonly size: number
  /** Takes a device in, or its new definition. */
  put(no: number, device: Device, identity: Identity | null, points: readonly NumberedPoint[]): Member
  remove(no: number): void
  discovered(no: number, identity: Identity, points: readonly NumberedPoint[]): Member | undefined
  /** Members whose status or reason changed by these polls. `whyOf`: what the last poll of a device said in full, where somebody knows. */
  polled(polls: PollReports, whyOf?: (no: number) => Why | null): readonly Member[]
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** What the status alone says. */
const PARTIAL: Why = { code: 'partial' }
const plain = (status: PollStatus): Why | null => (status === 'answered' ? null : status === 'partial' ? PARTIAL : { code: 'failure', kind: status })

export function openFleet(clock: Clock): Fleet {
  const byNo = new Map<number, Mutable<Member> & { failures: number }>()
  const byId = new Map<string, Member>()

  const setPoints = (member: Mutable<Member>, identity: Identity | null, points: readonly NumberedPoint[]) => {
    member.identity = identity
    member.points = points
    member.headline = headlineOf(member.device.kind === 'other' ? (identity?.kind ?? 'other') : member.device.kind, points)
  }

  return {
    members: () => byNo.values(),
    byId: id => byId.get(id),
    byNo: no => byNo.get(no),
    get size() {
      return byNo.size
    },
    put(no, device, identity, points) {
      const was = byNo.get(no)
      const member = was ?? {
        no,
        device,
        identity,
        points,
        status: 'new',
        statusSince: clock(),
        why: null,
        lastSeen: null,
        headline: null,
        failures: 0,
      }
      if (was !== undefined && was.device.id !== device.id) byId.delete(was.device.id)
      member.device = device
      setPoints(member, identity, points)
      byNo.set(no, member)
      byId.set(device.id, member)
      return member
    },
    remove(no) {
      const member = byNo.get(no)
      if (member === undefined) return
      byNo.delete(no)
      byId.delete(member.device.id)
    },
    discovered(no, identity, points) {
      const member = byNo.get(no)
      if (member !== undefined) setPoints(member, identity, points)
      return member
    },
    polled(polls, whyOf = () => null) {
      const changed = new Set<Member>()
      for (let i = 0; i < polls.devices.length; i++) {
        const member = byNo.get(polls.devices[i]!)
        if (member === undefined) continue
        const status = POLL_STATUS[polls.status[i]!] ?? 'garbage'
        const at = polls.at[i]!
        const answered = status === 'answered' || status === 'partial'
        member.failures = answered ? 0 : member.failures + 1
        const why = whyOf(member.no) ?? plain(status)
        const next = answered ? 'up' : member.failures >= DOWN_AFTER ? 'down' : member.status
        // By itself no news for pages: an age shows in the values' own times.
        if (answered) member.lastSeen = at
        if (next === member.status && sameWhy(why, member.why)) continue
        if (next !== member.status) member.statusSince = at
        member.status = next
        member.why = why
        changed.add(member)
      }
      return [...changed]
    },
  }
}
