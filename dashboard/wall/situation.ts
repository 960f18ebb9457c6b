// What the one sentence on top says, and whether the wall is in its failure order.
import { computed } from '@preact/signals'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import { type Doubt, doubtOf } from '../live/doubt.ts'
import { live, now, store } from '../live/index.ts'
import { type Group, groupsOf, untakenOf } from '../pages/alarms/groups.ts'

export type Situation =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'lost'; readonly since: number }
  | { readonly kind: 'calm'; readonly since: number | null }
  /** No alarm, and yet nobody can say that all is well. */
  | { readonly kind: 'doubt'; readonly doubt: Exclude<Doubt, { readonly kind: 'none' }> }
  /** Something is open but somebody has it. */
  | { readonly kind: 'handled'; readonly first: Group; readonly causes: number }
  /** `about`: what of the first nobody has. */
  | { readonly kind: 'alarm'; readonly critical: boolean; readonly first: Group; readonly about: Alarm; readonly causes: number }

/** Open alarms by cause, gravest first. Recomputed only when alarms change. */
export const groups = computed(() => groupsOf(store.alarms.value.values()))

/** Those of them that somebody must still take on. */
const untaken = computed(() =>
  groups.value.flatMap(group => {
    const about = group.cause.suppressed ? null : untakenOf(group)
    return about === null ? [] : [{ group, about }]
  }),
)

/** When the last alarm cleared, as far as the daemon still tells of it. */
const lastCleared = computed(() => {
  let last: number | null = null
  for (const alarm of store.alarms.value.values()) if (alarm.clearedAt !== null && (last === null || alarm.clearedAt > last)) last = alarm.clearedAt
  return last
})

/** A break shorter than this is not worth a word, ms. */
const PATIENCE = 2_000
const lostSince = computed(() => {
  const link = live.link.value
  return link.kind === 'lost' && now.value > 0 && Date.now() - link.since >= PATIENCE ? link.since : null
})

/** Judged every second, told only when it changes. */
let judged: Doubt = { kind: 'none' }
const doubt = computed(() => {
  const { devices, health, healthAt, newest } = store
  const is = doubtOf({ now: now.value, health: health.value, healthAt: healthAt.value, newest: newest.value, devices: devices.value.values() })
  if (JSON.stringify(is) !== JSON.stringify(judged)) judged = is
  return judged
})

export const situation = computed<Situation>(() => {
  if (lostSince.value !== null) return { kind: 'lost', since: lostSince.value }
  if (store.layout.value === null) return { kind: 'waiting' }
  // Alarms of a daemon that has fallen silent are as old as its readings.
  if (doubt.value.kind === 'mute') return { kind: 'doubt', doubt: doubt.value }
  const open = untaken.value
  const first = open[0]
  if (first !== undefined)
    return { kind: 'alarm', critical: gravest(first.group) === 'critical', first: first.group, about: first.about, causes: open.length }
  const handled = groups.value[0]
  if (handled !== undefined) return { kind: 'handled', first: handled, causes: groups.value.length }
  return doubt.value.kind === 'none' ? { kind: 'calm', since: lastCleared.value } : { kind: 'doubt', doubt: doubt.value }
})

function gravest(group: Group): Alarm['severity'] {
  return [group.cause, ...group.effects].some(alarm => alarm.severity === 'critical') ? 'critical' : group.cause.severity
}
