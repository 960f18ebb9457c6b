// The frame: which page is shown, and what lies over all of them.
import { useSignalEffect } from '@preact/signals'
import type { ComponentType } from 'preact'
import { lazy, Suspense } from 'preact/compat'
import { useEffect, useState } from 'preact/hooks'
import { type Found, findRoute, loadPage, type PageProps } from '../pages.ts'
import { AckDialog, Empty, ErrorBox, Skeleton, Toasts } from '../parts/index.ts'
import { go, where } from '../router.ts'
import { ExpiredDialog } from '../signin/expired.tsx'
import { Gate } from '../signin/gate.tsx'
import { ProveDialog } from '../signin/prove.tsx'
import { may, me, session } from '../signin/session.ts'
import '../theme.ts'
import { t } from '../words/index.ts'
import { LostBand } from './band.tsx'
import { DemoPanel } from './demo.tsx'
import { paletteOpen } from './palette-state.ts'
import { Shell } from './shell.tsx'

const Palette = lazy(() => import('./palette.tsx'))

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
      {paletteOpen.value ? (
        <Suspense fallback={null}>
          <Palette />
        </Suspense>
      ) : null}
      <AckDialog />
      <ExpiredDialog />
      <ProveDialog />
      <Toasts />
    </>
  )
}

type Loaded = { readonly kind: 'waiting' | 'none' | 'failed' } | { readonly kind: 'page'; readonly page: ComponentType<PageProps> }

function PageSlot({ found, query, atHome }: { readonly found: Found | null; readonly query: URLSearchParams; readonly atHome: boolean }) {
  const [loaded, show] = useState<Loaded>({ kind: 'waiting' })
  const name = found?.route.page ?? null
  useEffect(() => {
    let gone = false
    const put = (next: Loaded): void => {
      if (!gone) show(next)
    }
    if (name === null) put({ kind: 'none' })
    else
      loadPage(name).then(
        page => put(page === null ? { kind: 'none' } : { kind: 'page', page }),
        () => put({ kind: 'failed' }),
      )
    return () => {
      gone = true
    }
  }, [name])

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
  // A page that was built anew since this tab was opened has other file names: loading the tab anew brings them.
  if (loaded.kind === 'failed')
    return <ErrorBox problem={{ type: 'about:blank', title: shell.pageFailed, status: 0 }} retry={() => location.reload()} />
  if (loaded.kind !== 'page' || found === null) {
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
  const Page = loaded.page
  return <Page params={found.params} query={query} />
}
