// What the one sentence on top says, and whether the wall is in its failure order.
import { computed } from '@preact/signals'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import { live, now, store } from '../live/index.ts'
import { type Group, groupsOf, tabOf } from '../pages/alarms/groups.ts'

export type Situation =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'lost'; readonly since: number }
  | { readonly kind: 'calm'; readonly since: number | null }
  /** Something is open but somebody has it. */
  | { readonly kind: 'handled'; readonly first: Group; readonly causes: number }
  | { readonly kind: 'alarm'; readonly critical: boolean; readonly first: Group; readonly causes: number }

/** Open alarms by cause, gravest first. Recomputed only when alarms change. */
export const groups = computed(() => groupsOf(store.alarms.value.values()))

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

export const situation = computed<Situation>(() => {
  if (lostSince.value !== null) return { kind: 'lost', since: lostSince.value }
  if (store.layout.value === null) return { kind: 'waiting' }
  const open = groups.value.filter(group => tabOf(group) === 'open' && group.cause.acknowledged === null)
  const first = open[0]
  if (first !== undefined) return { kind: 'alarm', critical: gravest(first) === 'critical', first, causes: open.length }
  const handled = groups.value[0]
  return handled === undefined ? { kind: 'calm', since: lastCleared.value } : { kind: 'handled', first: handled, causes: groups.value.length }
})

function gravest(group: Group): Alarm['severity'] {
  return [group.cause, ...group.effects].some(alarm => alarm.severity === 'critical') ? 'critical' : group.cause.severity
}
