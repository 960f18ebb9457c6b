// A draft for a page: begun on what the daemon has, with its revision; what others change meanwhile is told when it is saved.
import { useEffect, useState } from 'preact/hooks'
import type { PlaceView } from '../../../daemon/domain/place.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { begin, type Draft } from './draft.ts'

export type Opened =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'open'; readonly draft: Draft; readonly view: PlaceView }

export function useDraft(): readonly [Opened, (change: Draft | ((draft: Draft) => Draft)) => void] {
  const [opened, setOpened] = useState<Opened>({ kind: 'waiting' })
  useEffect(() => {
    const gone = new AbortController()
    void api.get<PlaceView>('/api/v1/place', { signal: gone.signal }).then(answer => {
      if (gone.signal.aborted) return
      setOpened(
        answer.ok
          ? { kind: 'open', draft: begin(answer.value.layout, answer.value.revision), view: answer.value }
          : { kind: 'failed', problem: answer.problem },
      )
    })
    return () => gone.abort()
  }, [])
  const change = (to: Draft | ((draft: Draft) => Draft)): void =>
    setOpened(was => (was.kind === 'open' ? { ...was, draft: typeof to === 'function' ? to(was.draft) : to } : was))
  return [opened, change]
}
