// Room as found: visit mode while somebody is inside, then what of the room is not as it was, until it is.
import { useEffect, useState } from 'preact/hooks'
import type { AsFound, NotAsFound } from '../../../daemon/domain/found.ts'
import type { VisitDetail } from '../../../daemon/domain/visit.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { store } from '../../live/index.ts'
import { Button, ErrorBox, Icon, Panel, Pill, Skeleton, toast } from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { measured, text } from '../../words/say.ts'
import { when } from '../../words/when.ts'

function said(one: NotAsFound): string {
  const words = t.value.visits.visit.found
  if (one.kind === 'door') return words.door(one.name)
  if (one.kind === 'alarm') return words.alarm(text(one.title))
  return words.warm(one.name, measured(one.was, 'temperature'), measured(one.is, 'temperature'))
}

export function Found({ visit }: { readonly visit: VisitDetail }) {
  const words = t.value.visits.visit.found
  const [got, setGot] = useState<{ readonly value: AsFound | null; readonly problem: Problem | null } | null>(null)
  const [turn, setTurn] = useState(0)
  const [asking, setAsking] = useState(false)
  // The row is told anew whenever the room was looked at with another result.
  const row = store.rows('visits').value?.get(String(visit.id))
  useEffect(() => {
    let gone = false
    void api.get<AsFound>(`/api/v1/visits/${visit.id}/found`).then(answer => {
      if (gone) return
      // Visits of before this was looked at have none.
      if (answer.ok) setGot({ value: answer.value, problem: null })
      else setGot({ value: null, problem: answer.problem.status === 404 ? null : answer.problem })
    })
    return () => {
      gone = true
    }
  }, [visit.id, row, turn])
  if (got === null) return <Skeleton lines={2} />
  if (got.problem !== null) return <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} />
  const found = got.value
  if (found === null) return null
  const end = found.checkedAt === null ? undefined : words.checked(when(found.checkedAt))
  return (
    <Panel title={words.title} padded class="roomfound" {...(end === undefined ? {} : { end })}>
      {found.passedAt !== null ? (
        found.settled == null ? (
          <p>
            <Pill tone="ok">{words.passed(when(found.passedAt))}</Pill>
          </p>
        ) : (
          <>
            <p>{words.settled(found.settled.by, when(found.settled.at), found.settled.reason)}</p>
            <Amiss wrong={found.wrong} />
          </>
        )
      ) : found.leftAt !== null ? (
        <>
          <p class="t-warn">{words.amiss}</p>
          <Amiss wrong={found.wrong} />
          {may('visit.guard') ? <Button onClick={() => setAsking(true)}>{words.settle}</Button> : null}
        </>
      ) : visit.state === 'inside' ? (
        <p>
          <Icon name="spanner" class="work" /> {words.inside(when(found.before.at))}
        </p>
      ) : (
        <p class="mid">{words.waits}</p>
      )}
      {asking ? (
        <ReasonDialog
          title={words.settle}
          label={words.settleReason}
          act={words.settle}
          onClose={() => setAsking(false)}
          onGive={async reason => {
            const answer = await api.post<AsFound>(`/api/v1/visits/${visit.id}/found`, { reason })
            if (!answer.ok) return answer.problem
            toast('done', words.settledDone)
            setGot({ value: answer.value, problem: null })
            return null
          }}
        />
      ) : null}
    </Panel>
  )
}

const Amiss = ({ wrong }: Pick<AsFound, 'wrong'>) => (
  <ul>
    {wrong.map(one => (
      <li key={said(one)}>
        <Icon name="warn" class="warn" /> {one.kind === 'alarm' ? <a href={`/alarms?alarm=${one.alarm}`}>{said(one)}</a> : said(one)}
      </li>
    ))}
  </ul>
)
