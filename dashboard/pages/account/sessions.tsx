// Where one is signed in, and ending what is not needed: the other page is cut off at once.
import { useEffect, useState } from 'preact/hooks'
import type { OwnSession, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now, useRows } from '../../live/index.ts'
import { BusyButton, ErrorBox, Panel, Skeleton, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { moment } from '../../words/say.ts'
import { agentOf } from './agent.ts'

export function Sessions() {
  const { sessions } = t.value.people
  const [asked, setItems] = useState<readonly OwnSession[] | null>(null)
  const live = useRows('sessions').rows.value
  const [problem, setProblem] = useState<Problem | null>(null)
  const load = async (): Promise<void> => {
    const answer = await api.get<{ readonly items: readonly OwnSession[] }>('/api/v1/account/sessions')
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setItems(answer.value.items)
  }
  // The one of this page is known to be this one by the answer alone: the line may be older than the session.
  const here = asked?.find(one => one.current)?.id
  const items =
    live === null && asked === null
      ? null
      : [...(live?.values() ?? asked ?? [])]
          .map(one => ({ ...one, current: one.current || one.id === here }))
          .sort((a, b) => Number(b.current) - Number(a.current) || b.seenAt - a.seenAt)
  useEffect(() => void load(), [])

  const end = async (one: OwnSession): Promise<void> => {
    const answer = await api.delete(`/api/v1/account/sessions/${one.id}`)
    if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
    setItems(was => was?.filter(other => other.id !== one.id) ?? null)
    toast('done', sessions.ended)
  }
  const endOthers = async (): Promise<void> => {
    const answer = await api.delete<{ readonly ended: number }>('/api/v1/account/sessions')
    if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
    setItems(was => was?.filter(one => one.current) ?? null)
    toast('done', sessions.endedOthers(answer.value.ended))
  }
  const others = items?.filter(one => !one.current).length ?? 0
  return (
    <Panel title={sessions.title} end={others === 0 ? undefined : <BusyButton onClick={endOthers}>{sessions.endOthers}</BusyButton>} padded>
      {problem === null ? null : <ErrorBox problem={problem} retry={() => void load()} />}
      {items === null ? problem === null ? <Skeleton lines={3} /> : null : null}
      <ul class="doorlist">
        {items?.map(one => (
          <li key={one.id}>
            <span class="grow">
              <b>{one.kind === 'wall' ? sessions.wall : (agentOf(one.agent, sessions.agent) ?? sessions.unknownAgent)}</b>
              <span class="small dim">
                {one.address} · {sessions.since(moment(one.createdAt, now.peek()))} · {sessions.seen(moment(one.seenAt, now.peek()))}
              </span>
            </span>
            {one.current ? (
              <span class="small mid nw">{sessions.here}</span>
            ) : (
              <BusyButton onClick={() => end(one)} label={`${sessions.end}: ${one.address}`}>
                {sessions.end}
              </BusyButton>
            )}
          </li>
        ))}
      </ul>
      <p class="small dim">{sessions.why}</p>
    </Panel>
  )
}
