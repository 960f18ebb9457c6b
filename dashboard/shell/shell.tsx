// The desk's frame: rail, top bar, page. On a phone the rail becomes a bar under the thumb.
import { computed } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { store } from '../live/index.ts'
import { NAV, type NavKey } from '../pages.ts'
import { Beacon, Icon } from '../parts/icons.tsx'
import { t } from '../words/index.ts'
import { DemoOpen } from './demo.tsx'
import { LiveMark, SiteClock } from './live-mark.tsx'
import { openPalette } from './palette-state.ts'
import { Preferences } from './preferences.tsx'

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
const siteName = computed(() => store.layout.value?.site.name ?? '')

export function Shell({ nav, children }: { readonly nav: NavKey | null; readonly children: ComponentChildren }) {
  const { shell, nav: words } = t.value
  return (
    <div class="shell">
      <a class="skip" href="#main">
        {words.skip}
      </a>
      <aside class="rail">
        <a class="brand quiet" href="/wall">
          <Beacon />
          Suar
        </a>
        <div class="site">
          <span class="ell">{siteName}</span>
        </div>
        <NavLinks nav={nav} />
        <div class="foot">
          <DemoOpen />
          <Preferences />
        </div>
      </aside>
      <header class="topbar">
        <a class="brand-phone phone-only quiet" href="/alarms" aria-label="Suar">
          <Beacon />
        </a>
        <b class="crumbs">
          <span class="desk-only">{nav === null ? '' : words[nav]}</span>
          <span class="phone-only">{nav === null ? '' : words.short[nav]}</span>
        </b>
        <button type="button" class="search" onClick={openPalette} aria-label={`${shell.search} Ctrl K`} aria-keyshortcuts="/ Control+K">
          <Icon name="search" />
          <span class="ell">{shell.search}</span>
          <span class="kbd">Ctrl K</span>
        </button>
        <LiveMark />
        <SiteClock />
        <div class="phone-only">
          <DemoOpen />
          <Preferences compact />
        </div>
      </header>
      <main class="main" id="main" tabIndex={-1}>
        {children}
      </main>
      <div class="tabbar">
        <NavLinks nav={nav} short />
      </div>
    </div>
  )
}

function NavLinks({ nav, short = false }: { readonly nav: NavKey | null; readonly short?: boolean }) {
  const words = t.value.nav
  return (
    <nav aria-label={words.main}>
      {NAV.map(one => (
        <a key={one.key} href={one.href} aria-current={one.key === nav ? 'page' : undefined} aria-keyshortcuts={`g ${one.letter}`} class={one.key}>
          <Icon name={one.key} />
          <span class="word">{short ? words.short[one.key] : words[one.key]}</span>
          {one.key === 'alarms' ? <Waiting /> : null}
        </a>
      ))}
    </nav>
  )
}

function Waiting() {
  const { count, critical } = waiting.value
  if (count === 0) return null
  return <span class={`count ${critical ? 'crit' : 'warn'}`}>{count}</span>
}
