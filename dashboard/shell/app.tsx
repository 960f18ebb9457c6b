// The frame: which page is shown, and what lies over all of them.
import { useSignalEffect } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type Found, findRoute, loadPage } from '../pages.ts'
import { AckDialog, Empty, Skeleton, Toasts, toast } from '../parts/index.ts'
import { NotLoaded, useLate } from '../parts/late.tsx'
import { go, where } from '../router.ts'
import { ExpiredDialog } from '../signin/expired.tsx'
import { Gate } from '../signin/gate.tsx'
import { ProveDialog } from '../signin/prove.tsx'
import { may, me, session } from '../signin/session.ts'
import '../theme.ts'
import { bring, replaced } from '../upgrade.ts'
import { t } from '../words/index.ts'
import { LostBand, ReplacedBand } from './band.tsx'
import { DemoPanel } from './demo.tsx'
import { closePalette, paletteOpen } from './palette-state.ts'
import { Shell } from './shell.tsx'

/** Who asks for services begins at home; who watches, at the wall on a wide screen, and on a phone with what is wrong now. */
const home = (): string => (!may('watch.read') ? '/home' : matchMedia('(min-width: 1000px)').matches ? '/wall' : '/alarms')

/** Pages that need no rail: they fill the screen, or stand before the house. */
const BARE: ReadonlySet<string> = new Set(['wall', 'verify', 'setup', 'signin'])

export function App() {
  useSignalEffect(() => {
    const at = where.value.path
    if (me.value !== null && me.value.pending === null && (at === '/' || at === '/signin')) go(home(), { replace: true })
  })
  const { path, query } = where.value
  const found = findRoute(path)
  const bare = found !== null && BARE.has(found.route.page)
  const page = <PageSlot key={found?.route.page ?? 'none'} found={found} query={query} atHome={path === '/' || path === '/signin'} />
  return (
    <>
      <LostBand />
      <ReplacedBand />
      {found?.route.needs === 'anybody' && found.route.page !== 'signin' ? (
        session.value === null ? (
          <Gate>{null}</Gate>
        ) : (
          page
        )
      ) : (
        <Gate>{bare ? page : <Shell nav={found?.route.nav ?? null}>{page}</Shell>}</Gate>
      )}
      <DemoPanel />
      {paletteOpen.value ? <LatePalette /> : null}
      <AckDialog />
      <ExpiredDialog />
      <ProveDialog />
      <Toasts />
    </>
  )
}

/** Over a page one may be writing on: the tab is not loaded anew for it, a band offers that. */
function LatePalette() {
  const [Palette, show] = useState<ComponentType | null>(null)
  useEffect(() => {
    bring(() => import('./palette.tsx')).then(
      file => show(() => file.default),
      () => {
        closePalette()
        if (replaced.peek() === null) toast('failed', t.peek().shell.paletteFailed)
      },
    )
  }, [])
  return Palette === null ? null : <Palette />
}

function PageSlot({ found, query, atHome }: { readonly found: Found | null; readonly query: URLSearchParams; readonly atHome: boolean }) {
  const name = found?.route.page ?? null
  const loaded = useLate(name ?? '', () => (name === null ? Promise.resolve(null) : loadPage(name)))

  const { shell, people } = t.value
  const needs = found?.route.needs ?? 'viewer'
  if (needs !== 'anybody' && needs !== 'viewer' && !may(needs))
    return (
      <Empty
        page
        title={people.signin.notYours}
        hint={people.signin.notYoursHint}
        action={
          <a class="btn primary" href="/">
            {people.signin.toStart}
          </a>
        }
      />
    )
  if (atHome || loaded.kind === 'waiting') return <Skeleton lines={8} />
  if (loaded.kind === 'failed') return <NotLoaded />
  if (loaded.value === null || found === null) {
    return (
      <Empty
        page
        title={shell.notFound}
        hint={shell.notFoundHint}
        action={
          <a class="btn primary" href="/">
            {people.signin.toStart}
          </a>
        }
      />
    )
  }
  const Page = loaded.value
  return <Page params={found.params} query={query} />
}
