// A screen that shows the pages of its URL in turn. Whoever touches it stops it for a while.
import { effect } from '@preact/signals'
import { now, store } from '../live/index.ts'
import { findRoute } from '../pages.ts'
import { go, where } from '../router.ts'
import { type Plan, planOf, turn } from './turns.ts'

const TOUCHES = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const

/** Call once. The plan stays with the tab: a page somebody opened from it goes back into the round once they left. */
export function startRotation(): void {
  let plan: Plan | null = null
  let asked = ''
  let shown = performance.now()
  let touched = Number.NEGATIVE_INFINITY
  for (const kind of TOUCHES)
    addEventListener(
      kind,
      () => {
        touched = performance.now()
      },
      { passive: true, capture: true },
    )
  effect(() => {
    const { path, query } = where.value
    const next = planOf(query, path => findRoute(path) !== null)
    if (next !== null) {
      plan = next
      asked = new URLSearchParams({ rotate: next.pages.map(page => page.slice(1)).join(), every: String(next.every) })
        .toString()
        .replaceAll('%2C', ',')
    }
    if (path !== '') shown = performance.now()
  })
  effect(() => {
    // Looked at once a second, with the clock.
    if (now.value === 0 || plan === null || document.querySelector('dialog[open]') !== null) return
    const time = performance.now()
    let critical = false
    for (const alarm of store.alarms.value.values())
      critical ||= alarm.clearedAt === null && alarm.severity === 'critical' && alarm.acknowledged === null && !alarm.suppressed
    const to = turn(plan, { path: where.peek().path, shownFor: time - shown, untouchedFor: time - touched, critical })
    // Replaced, not pushed: weeks of turns leave no history behind.
    if (to !== null) go(`${to}?${asked}`, { replace: true })
  })
}
