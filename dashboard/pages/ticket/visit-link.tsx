// The visit that a ticket asked for: how it stands, and the way to its codes.
import { useEffect, useState } from 'preact/hooks'
import type { VisitDetail } from '../../../daemon/domain/visit.ts'
import { api } from '../../api.ts'
import { useRows } from '../../live/index.ts'
import { Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { dateTime } from '../../words/say.ts'
import { VisitState } from '../visits/state.tsx'

export function VisitLink({ number }: { readonly number: string }) {
  const words = t.value.visits
  const [visit, show] = useState<VisitDetail | null>(null)
  const { rows } = useRows('visits')
  const revision = [...(rows.value?.values() ?? [])].find(one => one.ticket === number)?.revision ?? 0
  useEffect(() => {
    let gone = false
    void api.get<VisitDetail>(`/api/v1/visits/of/${encodeURIComponent(number)}`).then(answer => {
      if (!gone && answer.ok) show(answer.value)
    })
    return () => {
      gone = true
    }
  }, [number, revision])
  if (visit === null) return null
  return (
    <Panel title={words.title} end={<VisitState visit={visit} />} padded>
      <p>
        <a href={`/visits/${visit.id}`}>
          {visit.number}, {dateTime(visit.from)}
        </a>
      </p>
      {visit.may.includes('codes') ? (
        <p>
          <a class="btn" href={`/visits/${visit.id}`}>
            {words.visit.showCodes}
          </a>
        </p>
      ) : null}
    </Panel>
  )
}
