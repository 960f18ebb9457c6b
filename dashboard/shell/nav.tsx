// The rail by role: who asks for services sees theirs, who serves the house sees the house. On a phone four of them, and the rest behind "more".
import { computed, signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { store } from '../live/index.ts'
import { type NavEntry, type NavKey, navOf } from '../pages.ts'
import { Icon } from '../parts/icons.tsx'
import { may } from '../signin/session.ts'
import { t } from '../words/index.ts'

/** What under the thumb comes first. */
const THUMB: readonly NavKey[] = ['home', 'alarms', 'tickets', 'requests', 'wall', 'calendar', 'floor', 'people', 'visits', 'mine', 'websites']
const MOST = 5

const entries = computed(() => navOf(may))
const thumb = computed(() => {
  const all = entries.value
  if (all.length <= MOST) return { first: all, rest: [] as readonly NavEntry[] }
  const first = THUMB.map(key => all.find(one => one.key === key))
    .filter(one => one !== undefined)
    .slice(0, MOST - 1)
  return { first, rest: all.filter(one => !first.includes(one)) }
})

/** What a page is called for this viewer: tickets are "my requests" to who files them. */
export function navName(key: NavKey, length: 'long' | 'short'): string {
  const { nav } = t.value
  const words = length === 'long' ? nav : nav.short
  if (may('watch.read')) return words[key]
  if (key === 'tickets') return words.ticketsMine
  if (key === 'websites') return words.websitesMine
  return key === 'requests' && length === 'long' ? nav.requestsMine : words[key]
}

/** Causes that are open and nobody has: what is worth a number in the rail. */
const waiting = computed(() => {
  let count = 0
  let critical = false
  for (const alarm of store.alarms.value.values()) {
    if (alarm.clearedAt !== null || alarm.suppressed || alarm.acknowledged !== null) continue
    count++
    critical ||= alarm.severity === 'critical'
  }
  return { count, critical }
})

function Waiting() {
  const { count, critical } = waiting.value
  if (count === 0) return null
  return <span class={`count ${critical ? 'crit' : 'warn'}`}>{count}</span>
}

function Entry({ entry, nav, short = false }: { readonly entry: NavEntry; readonly nav: NavKey | null; readonly short?: boolean }) {
  return (
    <a href={entry.href} aria-current={entry.key === nav ? 'page' : undefined} aria-keyshortcuts={`g ${entry.letter}`} class={entry.key}>
      <Icon name={entry.key} />
      <span class="word">{navName(entry.key, short ? 'short' : 'long')}</span>
      {entry.key === 'alarms' ? <Waiting /> : null}
    </a>
  )
}

export function Rail({ nav }: { readonly nav: NavKey | null }) {
  const words = t.value.nav
  const all = entries.value
  const groups = [...new Set(all.map(one => one.group))]
  return (
    <nav aria-label={words.main}>
      {groups.map((group, i) => [
        i === 0 || words.groups[group] === '' || !may('watch.read') ? null : (
          <div key={`of ${group}`} class="group">
            {words.groups[group]}
          </div>
        ),
        ...all.filter(one => one.group === group).map(one => <Entry key={one.key} entry={one} nav={nav} />),
      ])}
    </nav>
  )
}

const more = signal(false)

export function ThumbBar({ nav }: { readonly nav: NavKey | null }) {
  const words = t.value.nav
  const { first, rest } = thumb.value
  const within = rest.some(one => one.key === nav)
  return (
    <>
      <nav aria-label={words.main}>
        {first.map(one => (
          <Entry key={one.key} entry={one} nav={nav} short />
        ))}
        {rest.length === 0 ? null : (
          <button
            type="button"
            aria-expanded={more.value}
            class={within ? 'within' : ''}
            onClick={() => {
              more.value = !more.peek()
            }}
          >
            <Icon name="more" />
            <span class="word">{words.more}</span>
          </button>
        )}
      </nav>
      {more.value ? <More rest={rest} nav={nav} /> : null}
    </>
  )
}

/** Closes by a choice, Esc, or a touch elsewhere. */
function More({ rest, nav }: { readonly rest: readonly NavEntry[]; readonly nav: NavKey | null }) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    const away = (event: Event): void => {
      const bar = box.current?.parentElement
      const outside = event.target instanceof Node && bar?.contains(event.target) === false
      if (outside || (event instanceof KeyboardEvent && event.key === 'Escape')) more.value = false
    }
    addEventListener('pointerdown', away)
    addEventListener('keydown', away)
    box.current?.querySelector('a')?.focus()
    return () => {
      removeEventListener('pointerdown', away)
      removeEventListener('keydown', away)
      more.value = false
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the links are pressed by key themselves; this closes what they lie in
    <nav
      class="morenav"
      aria-label={t.value.nav.more}
      ref={box}
      onClick={() => {
        more.value = false
      }}
    >
      {rest.map(one => (
        <Entry key={one.key} entry={one} nav={nav} />
      ))}
    </nav>
  )
}
