// Alarms gathered by their cause, the way people work on them: one cause, what it does, and who has it.
import type { Alarm } from '../../../daemon/domain/alarm.ts'

export interface Group {
  readonly cause: Alarm
  /** Counted children, oldest first. */
  readonly effects: readonly Alarm[]
  /** Children that are not counted because the cause is known. */
  readonly suppressed: readonly Alarm[]
}

export type Tab = 'open' | 'acknowledged' | 'suppressed' | 'archive'
export const TABS: readonly Tab[] = ['open', 'acknowledged', 'suppressed', 'archive']

const RANK = { critical: 0, warning: 1, unknown: 2 } as const

const gravest = (group: Group) => Math.min(RANK[group.cause.severity], ...group.effects.map(alarm => RANK[alarm.severity]))

/** Follows causes upwards as far as they are known, open or over; a circle ends where it began. */
function rootOf(alarm: Alarm, byId: ReadonlyMap<number, Alarm>): Alarm {
  const seen = new Set<number>()
  let root = alarm
  while (root.cause !== null && !seen.has(root.id)) {
    seen.add(root.id)
    const cause = byId.get(root.cause)
    if (!cause) break
    root = cause
  }
  return root
}

/**
 * Open alarms, gravest group first, then the one that has waited longest. Cleared ones are left out: what one of them still explains, while it
 * settles, stands together under the oldest.
 */
export function groupsOf(alarms: Iterable<Alarm>): readonly Group[] {
  const all = [...alarms]
  const open = all.filter(alarm => alarm.clearedAt === null).sort((one, other) => one.raisedAt - other.raisedAt || one.id - other.id)
  const byId = new Map(all.map(alarm => [alarm.id, alarm]))
  const groups = new Map<number, { cause: Alarm; effects: Alarm[]; suppressed: Alarm[] }>()
  for (const alarm of open) {
    const cause = rootOf(alarm, byId)
    const group = groups.get(cause.id) ?? { cause, effects: [], suppressed: [] }
    groups.set(cause.id, group)
    if (alarm === cause) continue
    if (alarm.suppressed) group.suppressed.push(alarm)
    else group.effects.push(alarm)
  }
  for (const group of groups.values())
    if (group.cause.clearedAt !== null) group.cause = group.effects.shift() ?? group.suppressed.shift() ?? group.cause
  return [...groups.values()].sort((one, other) => gravest(one) - gravest(other) || one.cause.raisedAt - other.cause.raisedAt)
}

/** On which tab a group stands: with someone once its cause and all counted effects are acknowledged. */
export function tabOf(group: Group): Exclude<Tab, 'archive'> {
  if (group.cause.suppressed) return 'suppressed'
  const counted = [group.cause, ...group.effects]
  return counted.every(alarm => alarm.acknowledged !== null) ? 'acknowledged' : 'open'
}

const graveSince = ({ notes, raisedAt }: Alarm): number => notes.findLast(note => note.kind === 'severity')?.at ?? raisedAt

/**
 * What of it nobody has: its cause, or what became critical after somebody had taken the cause on, because that asks for something else to be
 * done than was known then. Null: somebody has it.
 */
export function untakenOf({ cause, effects }: Group): Alarm | null {
  if (cause.acknowledged === null) return cause
  const { at } = cause.acknowledged
  return [cause, ...effects].find(alarm => alarm.severity === 'critical' && graveSince(alarm) > (alarm.acknowledged?.at ?? at)) ?? null
}

/** Ids in the order the list shows them, for j and k. */
export const walk = (groups: readonly Group[]): readonly number[] =>
  groups.flatMap(group => [group.cause.id, ...group.effects.map(alarm => alarm.id), ...group.suppressed.map(alarm => alarm.id)])

export function counts(alarms: Iterable<Alarm>): Readonly<Record<Alarm['severity'], number>> {
  const sums = { critical: 0, warning: 0, unknown: 0 }
  for (const alarm of alarms) if (alarm.clearedAt === null && !alarm.suppressed) sums[alarm.severity]++
  return sums
}
