// One stay: each piece with its next step, from the door to custody and out again.
import { useEffect, useState } from 'preact/hooks'
import type { StayView } from '../../../daemon/domain/stay.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { BusyButton, Empty, ErrorBox, PageHead, Panel, Skeleton, toast } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateLong, dateTime } from '../../words/say.ts'
import { Piece } from './piece.tsx'
import { isTicket, StayPill } from './pill.tsx'
import { Unlisted } from './unlisted.tsx'

export function Stay({ id, row }: { readonly id: number; readonly row: StayView | null }) {
  const words = t.value.stays.stay
  // What has left the live list is asked for once.
  const [asked, setAsked] = useState<{ readonly stay: StayView | null; readonly problem: Problem | null }>({ stay: null, problem: null })
  useEffect(() => {
    if (row !== null) return
    let gone = false
    void api.get<StayView>(`/api/v1/stays/${id}`).then(answer => {
      if (!gone) setAsked(answer.ok ? { stay: answer.value, problem: null } : { stay: null, problem: answer.problem })
    })
    return () => {
      gone = true
    }
  }, [id, row])
  const stay = row ?? asked.stay
  const [problem, setProblem] = useState<Problem | null>(null)
  if (stay === null) {
    if (asked.problem === null) return <Skeleton lines={8} />
    if (asked.problem.status !== 404) return <ErrorBox problem={asked.problem} />
    return <Empty page title={words.notFound} hint={words.notFoundHint} />
  }
  const ready = stay.items.some(({ state }) => state === 'verified')
  const custody = async (): Promise<void> => {
    const answer = await api.post(`/api/v1/stays/${stay.id}/custody`)
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) toast('done', words.inCustody)
  }
  return (
    <div class="staypage">
      <PageHead
        title={isTicket(stay.ticket) ? `${words.title} ${stay.ticket}` : words.takenOver}
        beside={<StayPill state={stay.state} />}
        sub={stay.organisation.name}
        actions={
          isTicket(stay.ticket) ? (
            <>
              <a class="btn" href={`/tickets/${encodeURIComponent(stay.ticket)}`}>
                {words.columns.ticket}
              </a>
              {may('plant.read') ? (
                <a class="btn" href={`/placement/${encodeURIComponent(stay.ticket)}`}>
                  {t.value.stays.placement.short}
                </a>
              ) : null}
            </>
          ) : null
        }
      />
      {problem === null ? null : <ErrorBox problem={problem} />}
      {ready && may('stay.work') ? (
        <Panel title={words.step} padded>
          <p>{words.custodyHint}</p>
          <BusyButton kind="primary" onClick={custody}>
            {words.custody}
          </BusyButton>
        </Panel>
      ) : null}
      {stay.from === null ? null : (
        <Panel padded>
          <dl class="stayfacts">
            <dt>{words.from}</dt>
            <dd>{dateTime(stay.from)}</dd>
            <dt>{words.until}</dt>
            <dd>{stay.until === null ? '–' : dateLong(stay.until)}</dd>
            <dt>{words.minutes}</dt>
            <dd>{stay.minutes.in ?? '–'}</dd>
            {stay.minutes.out === null ? null : (
              <>
                <dt>{words.minutesOut}</dt>
                <dd>{stay.minutes.out}</dd>
              </>
            )}
          </dl>
        </Panel>
      )}
      {stay.items.map(item => (
        <Piece key={item.id} stay={stay} item={item} />
      ))}
      {may('stay.work') && stay.state !== 'gone' ? <Unlisted stay={stay} /> : null}
    </div>
  )
}
