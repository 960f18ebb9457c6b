// One website on a page: asked whole once, and again when the stream tells that its row changed.
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { WebsiteRow, WebsiteView } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { store, useTopic } from '../../live/index.ts'

export interface OpenWebsite {
  readonly site: WebsiteView | null
  readonly problem: Problem | null
  ask(): void
}

export function useWebsite(name: string): OpenWebsite {
  useTopic('websites')
  const [got, setGot] = useState<{ readonly site: WebsiteView | null; readonly problem: Problem | null }>({ site: null, problem: null })
  const [turn, setTurn] = useState(0)
  const told: WebsiteRow | undefined = store.rows('websites').value?.get(name)
  const anew = store.rowsAnew('websites').value
  // Its parts (changes, drift, database) are not in the row; that the row was written is how one hears of them.
  useEffect(() => {
    let gone = false
    void api.get<WebsiteView>(`/api/v1/websites/${encodeURIComponent(name)}`).then(answer => {
      if (gone) return
      setGot(was =>
        answer.ok ? { site: answer.value, problem: null } : { site: answer.problem.status === 404 ? null : was.site, problem: answer.problem },
      )
    })
    return () => {
      gone = true
    }
  }, [name, turn, told?.revision, anew])
  const { site } = got
  const live = site !== null && site.name === name && told !== undefined && told.revision >= site.revision ? { ...site, ...told } : site
  return { site: live !== null && live.name === name ? live : null, problem: got.problem, ask: useCallback(() => setTurn(n => n + 1), []) }
}
