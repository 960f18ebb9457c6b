// The codes of a visit on the phone of who asked for it: one for each person, as QR and to be typed.
import { useEffect, useState } from 'preact/hooks'
import type { VisitCode } from '../../../daemon/domain/visit.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { ErrorBox, Panel, Skeleton } from '../../parts/index.ts'
import { QrCode } from '../../signin/qr.tsx'
import { t } from '../../words/index.ts'
import { dateTime } from '../../words/say.ts'

export function Codes({ id, revision }: { readonly id: number; readonly revision: number }) {
  const { visit: words } = t.value.visits
  const [codes, setCodes] = useState<readonly VisitCode[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    let gone = false
    void api.get<{ readonly items: readonly VisitCode[] }>(`/api/v1/visits/${id}/codes`).then(answer => {
      if (gone) return
      setProblem(answer.ok ? null : answer.problem)
      if (answer.ok) setCodes(answer.value.items)
    })
    return () => {
      gone = true
    }
    // A change of the visit may have spent one.
  }, [id, revision])
  return (
    <Panel title={words.codes} padded class="codespanel">
      <p class="mid">{words.codesHint}</p>
      {problem === null ? null : <ErrorBox problem={problem} />}
      {codes === null && problem === null ? <Skeleton lines={4} /> : null}
      <ul class="codes">
        {codes?.map(one => (
          <li key={one.visitor} class={one.spentAt === null ? '' : 'spent'}>
            <b>{one.name}</b>
            {one.spentAt === null ? <QrCode text={one.qr} label={words.codeOf(one.name)} /> : null}
            <code>{one.short}</code>
            {one.spentAt === null ? null : <span class="small mid">{words.spent(dateTime(one.spentAt))}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
