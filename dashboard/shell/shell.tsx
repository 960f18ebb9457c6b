// The desk's frame: rail, top bar, page. On a phone the rail becomes a bar under the thumb.
import { computed } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { store } from '../live/index.ts'
import type { NavKey } from '../pages.ts'
import { Beacon, Icon } from '../parts/icons.tsx'
import { may, session } from '../signin/session.ts'
import { t } from '../words/index.ts'
import { DemoOpen } from './demo.tsx'
import { LiveMark, SiteClock } from './live-mark.tsx'
import { navName, Rail, ThumbBar } from './nav.tsx'
import { openPalette } from './palette-state.ts'
import { Preferences } from './preferences.tsx'

const siteName = computed(() => store.layout.value?.site.name ?? session.value?.site?.name ?? '')

export function Shell({ nav, children }: { readonly nav: NavKey | null; readonly children: ComponentChildren }) {
  const { shell, nav: words } = t.value
  const page = nav === null ? '' : navName(nav, 'long')
  useEffect(() => {
    document.title = page === '' ? 'Suar' : `${page} · Suar`
  }, [page])
  const asked = may('watch.read') ? shell.search : shell.searchTickets
  return (
    <div class="shell">
      <a class="skip" href="#main">
        {words.skip}
      </a>
      <aside class="rail">
        <a class="brand quiet" href="/">
          <Beacon />
          Suar
        </a>
        <div class="site">
          <span class="ell">{siteName}</span>
        </div>
        <Rail nav={nav} />
        <div class="foot">
          <DemoOpen />
          <Preferences />
        </div>
      </aside>
      <header class="topbar">
        <a class="brand-phone phone-only quiet" href="/" aria-label="Suar">
          <Beacon />
        </a>
        <b class="crumbs">
          <span class="desk-only">{page}</span>
          <span class="phone-only">{nav === null ? '' : navName(nav, 'short')}</span>
        </b>
        <button type="button" class="search" onClick={openPalette} aria-label={`${asked} Ctrl K`} aria-keyshortcuts="/ Control+K">
          <Icon name="search" />
          <span class="ell">{asked}</span>
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
        <ThumbBar nav={nav} />
      </div>
    </div>
  )
}
