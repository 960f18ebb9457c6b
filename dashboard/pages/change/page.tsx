// One change on real servers: its plan to be read to the last line, the people's words on it, how it goes while it goes, and what proves it.
import { useSignalEffect } from '@preact/signals'
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import { store, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { ChangePill, DangerMark } from '../../parts/hosting/pills.tsx'
import '../../parts/hosting/hosting.css'
import { progressOf } from '../../parts/hosting/progress.ts'
import { StopBand } from '../../parts/hosting/stop.tsx'
import { Empty, ErrorBox, PageHead, Skeleton } from '../../parts/index.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { About } from './about.tsx'
import './change.css'
import { Course } from './course.tsx'
import { Next } from './next.tsx'
import { PlanPanel } from './plan.tsx'
import { Proofs } from './proofs.tsx'
import { Verdict } from './verdict.tsx'
import { Way } from './way.tsx'

export default function ChangePage({ params }: PageProps) {
  const number = params['number'] ?? ''
  const status = useTopic(`change:${number}`)
  const view = store.changes.of(number).value
  useSignalEffect(() => {
    document.title = `${number} · Suar`
  })
  const words = t.value.hosting.change
  if (view !== null) return <Change key={number} view={view} />
  if (status.kind === 'waiting') return <Skeleton lines={10} />
  if (status.kind === 'refused' && status.reason !== 'notFound')
    return <ErrorBox problem={{ type: 'about:blank', title: t.value.shell.refused, status: 403, detail: status.reason }} />
  return (
    <Empty
      page
      title={words.notFound}
      hint={words.notFoundHint}
      action={
        <a class="btn" href="/changes">
          {words.listTitle}
        </a>
      }
    />
  )
}

function Change({ view }: { readonly view: ChangeView }) {
  const { purposes } = t.value.hosting
  const progress = progressOf(view.plan?.steps ?? [], view.journal)
  return (
    <div class={`hostingpage changepage ${view.state}`}>
      <PageHead
        title={text(view.title)}
        beside={
          <>
            <ChangePill state={view.state} />
            {view.danger === null ? null : <DangerMark danger={view.danger} />}
          </>
        }
        sub={
          <>
            <span class="nw">{view.number}</span> · {purposes[view.purpose]}
            {view.website === null ? null : (
              <>
                {' · '}
                <a href={`/websites/${view.website}`}>{view.website}</a>
              </>
            )}
            {view.ticket === null ? null : (
              <>
                {' · '}
                <a class="nw" href={`/tickets/${view.ticket}`}>
                  {view.ticket}
                </a>
              </>
            )}
          </>
        }
      />
      <StopBand />
      <Verdict view={view} progress={progress} />
      <div class="sidegrid">
        <div class="stack">
          <PlanPanel view={view} progress={progress} />
          <Proofs view={view} proofs={progress.proofs} />
        </div>
        <div class="stack changeside">
          <Next view={view} />
          <Way view={view} />
          <Course journal={view.journal} />
          <About view={view} />
        </div>
      </div>
    </div>
  )
}
