// The layout as a whole: what was changed over the site's file, its history, files in and out, and labels.
import { useEffect, useState } from 'preact/hooks'
import type { PlaceView } from '../../../daemon/domain/place.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { store } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { ErrorBox, PageHead, Skeleton, Tabs } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { Changes } from './changes.tsx'
import { Export } from './export.tsx'
import { Import } from './import.tsx'
import './place.css'
import { Versions } from './versions.tsx'

const PARTS = ['changes', 'versions', 'import', 'export'] as const
type Part = (typeof PARTS)[number]

export default function PlacePage({ query }: PageProps) {
  const words = t.value.place
  const part: Part = PARTS.find(each => each === query.get('part')) ?? 'changes'
  const [view, setView] = useState<PlaceView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  // The stream says when the layout changed; what is laid over the file is asked for then.
  const layout = store.layout.value
  useEffect(() => {
    if (layout === null) return
    const gone = new AbortController()
    void api.get<PlaceView>('/api/v1/place', { signal: gone.signal }).then(answer => {
      if (gone.signal.aborted) return
      setProblem(answer.ok ? null : answer.problem)
      if (answer.ok) setView(answer.value)
    })
    return () => gone.abort()
  }, [layout])
  const parts = PARTS.filter(each => each !== 'import' || may('place.manage'))
  return (
    <>
      <PageHead
        title={words.title}
        sub={view === null ? '' : words.sub(view.source, view.revision)}
        actions={
          <a class="btn" href="/floor">
            {t.value.pages.floor.title}
          </a>
        }
      />
      <div class="placetabs">
        <Tabs<Part>
          label={words.title}
          chosen={part}
          choices={parts.map(key => ({
            key,
            label: words.parts[key],
            href: key === 'changes' ? '/place' : `/place?part=${key}`,
            ...(key === 'changes' && view !== null && view.laid.length > 0 ? { count: view.laid.length } : {}),
          }))}
        />
      </div>
      {problem === null ? null : <ErrorBox problem={problem} />}
      {view === null ? (
        problem === null ? (
          <Skeleton lines={8} />
        ) : null
      ) : part === 'import' && may('place.manage') ? (
        <Import />
      ) : part === 'export' ? (
        <Export view={view} />
      ) : part === 'versions' ? (
        <Versions revision={view.revision} />
      ) : (
        <Changes view={view} />
      )}
    </>
  )
}
