// What was found on a host otherwise than wanted, by last night's comparison or by one asked for now.
import { useEffect, useState } from 'preact/hooks'
import type { DriftReport, HostView } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { took } from '../../parts/hosting/amounts.ts'
import { DriftList } from '../../parts/hosting/drift-list.tsx'
import { BusyButton, Empty, ErrorBox, Panel, Skeleton } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { when } from '../../words/when.ts'

export function Drift({ host }: { readonly host: HostView }) {
  const words = t.value.hosting.host
  const [report, setReport] = useState<DriftReport | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const url = `/api/v1/hosts/${host.id}/drift`
  const at = host.drift?.at ?? null
  useEffect(() => {
    if (at === null) return
    void api.get<DriftReport>(url).then(answer => {
      setProblem(answer.ok ? null : answer.problem)
      if (answer.ok) setReport(answer.value)
    })
  }, [url, at])
  const compare = async (): Promise<void> => {
    const answer = await api.post<DriftReport>(url)
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setReport(answer.value)
  }
  return (
    <Panel
      title={words.drift}
      end={may('change.work') && host.state === 'ready' ? <BusyButton onClick={compare}>{words.driftNow}</BusyButton> : undefined}
    >
      {problem === null ? null : <ErrorBox problem={problem} />}
      {report === null ? (
        at === null ? (
          <Empty title={words.driftNever} hint={words.driftNeverHint} />
        ) : problem === null ? (
          <Skeleton lines={3} />
        ) : null
      ) : (
        <>
          <p class="listnote">{words.driftAt(when(report.at), number(report.checked), took(report.tookMs))}</p>
          {report.items.length === 0 ? <Empty title={words.driftNone} hint={words.driftNoneHint} /> : <DriftList items={report.items} linked />}
        </>
      )}
    </Panel>
  )
}
