// A part of the pages that is loaded when it is first shown. When it is gone because Suar was upgraded, the tab is loaded anew.
import type { ComponentType, VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { bring, reloadOnce } from '../upgrade.ts'
import { t } from '../words/index.ts'
import { ErrorBox } from './layout.tsx'

type Loaded<T> = { readonly kind: 'waiting' } | { readonly kind: 'failed' } | { readonly kind: 'here'; readonly value: T }

/** What `load` brings, anew for each `key`. `failed` only when loading the tab anew would not help or was tried. */
export function useLate<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [loaded, show] = useState<Loaded<T>>({ kind: 'waiting' })
  useEffect(() => {
    let gone = false
    bring(load).then(
      value => {
        if (!gone) show({ kind: 'here', value })
      },
      () => {
        if (!gone && !reloadOnce()) show({ kind: 'failed' })
      },
    )
    return () => {
      gone = true
    }
  }, [key])
  return loaded
}

export const NotLoaded = () => (
  <ErrorBox problem={{ type: 'about:blank', title: t.value.shell.pageFailed, status: 0 }} retry={() => location.reload()} />
)

/** A page's body as a file of its own. */
export function late<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  waiting: () => VNode,
): ComponentType<Props> {
  return props => {
    const loaded = useLate('', load)
    if (loaded.kind === 'waiting') return waiting()
    if (loaded.kind === 'failed') return <NotLoaded />
    const Body = loaded.value.default
    return <Body {...props} />
  }
}
