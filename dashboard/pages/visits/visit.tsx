// One visit: who, when, where, with whom, with what; what else goes on; its history, and what this viewer may do with it.
import { useEffect, useState } from 'preact/hooks'
import type { Conflict, VisitDetail } from '../../../daemon/domain/visit.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { type Answer, api } from '../../api.ts'
import { store, useRows } from '../../live/index.ts'
import { Button, Empty, ErrorBox, Icon, PageHead, Panel, Skeleton, toast } from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { Timeline } from '../../parts/timeline.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { clockShort, dateLong, dateShort, dateTime } from '../../words/say.ts'
import { Codes } from './codes.tsx'
import { Decide } from './decide.tsx'
import { Found } from './found.tsx'
import { VisitState } from './state.tsx'

type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly visit: VisitDetail }
  | { readonly kind: 'failed'; readonly problem: Problem }

export function Visit({ id }: { readonly id: number }) {
  const words = t.value.visits
  const [got, setGot] = useState<Got>({ kind: 'waiting' })
  const [turn, setTurn] = useState(0)
  const { rows } = useRows('visits')
  // Told anew whenever the row of it changes: the list knows that it did, the detail is asked for.
  const revision = rows.value?.get(String(id))?.revision ?? 0
  useEffect(() => {
    let gone = false
    void api.get<VisitDetail>(`/api/v1/visits/${id}`).then(answer => {
      if (!gone) setGot(answer.ok ? { kind: 'ready', visit: answer.value } : { kind: 'failed', problem: answer.problem })
    })
    return () => {
      gone = true
    }
  }, [id, revision, turn])
  if (got.kind === 'waiting') return <Skeleton lines={10} height={20} />
  if (got.kind === 'failed') {
    if (got.problem.status !== 404) return <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} />
    return (
      <Empty
        page
        title={words.visit.notFound}
        hint={words.visit.notFoundHint}
        action={
          <a class="btn primary" href="/visits">
            {words.visit.back}
          </a>
        }
      />
    )
  }
  return <Shown visit={got.visit} onChange={visit => setGot({ kind: 'ready', visit })} />
}

/** Of one day the day once. */
const spanOf = ({ from, until }: Pick<VisitDetail, 'from' | 'until'>): string =>
  dateLong(from) === dateLong(until) ? `${dateLong(from)} ${clockShort(from)} – ${clockShort(until)}` : `${dateTime(from)} – ${dateTime(until)}`

type Asking = 'approve' | 'change' | 'refuse' | 'cancel' | 'report'

function Shown({ visit, onChange }: { readonly visit: VisitDetail; readonly onChange: (visit: VisitDetail) => void }) {
  const { visit: words, decide, kinds } = t.value.visits
  const [asking, ask] = useState<Asking | null>(null)
  const plan = store.layout.value
  const named = (ids: readonly string[], all: readonly { readonly id: string; readonly name: string }[] | undefined): string =>
    ids.map(id => all?.find(one => one.id === id)?.name ?? id.toUpperCase()).join(', ')
  const told = (said: string) => (answer: Answer<VisitDetail>) => {
    if (!answer.ok) return answer.problem
    toast('done', said)
    onChange(answer.value)
    return null
  }
  const can = (what: VisitDetail['may'][number]): boolean => visit.may.includes(what)
  const facts: readonly (readonly [string, preact.ComponentChildren])[] = [
    [t.value.visits.window, spanOf(visit)],
    [words.purpose, visit.purpose],
    [
      words.place,
      [named([visit.site], plan === null ? undefined : [plan.site, ...(plan.sites ?? [])]), named(visit.rooms, plan?.rooms)]
        .filter(one => one !== '')
        .join(' · '),
    ],
    ...(visit.asked.room === '' && visit.asked.touched.length === 0
      ? []
      : [[words.asked, [visit.asked.room, ...visit.asked.touched].filter(one => one !== '').join(', ')] as const]),
    ...(visit.doors.length === 0 ? [] : [[words.doors, named(visit.doors, plan?.doors)] as const]),
    ...(visit.racks.length === 0 ? [] : [[words.racks, named(visit.racks, plan?.racks)] as const]),
    ...(visit.escort === null ? [] : [[words.escort, visit.escort.name] as const]),
    [words.requester, visit.requester],
    ...(visit.ticket === null
      ? []
      : [
          [
            words.ticket,
            <a key="t" href={`/tickets/${encodeURIComponent(visit.ticket)}`}>
              {visit.ticket}
            </a>,
          ] as const,
        ]),
  ]
  return (
    <div class="visitpage">
      <PageHead
        title={visit.organisation?.name ?? kinds[visit.kind]}
        beside={<VisitState visit={visit} />}
        sub={`${visit.number} · ${kinds[visit.kind]}${visit.owes !== null && visit.owedBy !== null ? ` · ${words.owedBy(dateTime(visit.owedBy))}` : ''}`}
        actions={
          <>
            {can('approve') ? (
              <Button kind="primary" onClick={() => ask('approve')}>
                {visit.owes === 'approval' ? decide.approveAfter : decide.approve}
              </Button>
            ) : null}
            {can('report') ? (
              <Button kind="primary" onClick={() => ask('report')}>
                {decide.report}
              </Button>
            ) : null}
            {can('change') ? <Button onClick={() => ask('change')}>{decide.change}</Button> : null}
            {can('refuse') ? <Button onClick={() => ask('refuse')}>{decide.refuse}</Button> : null}
            {can('cancel') ? <Button onClick={() => ask('cancel')}>{decide.cancel}</Button> : null}
          </>
        }
      />
      {visit.conflicts.length === 0 ? null : <Conflicts conflicts={visit.conflicts} />}
      {asking === 'approve' || asking === 'change' ? (
        <Decide visit={visit} change={asking === 'change'} onClose={() => ask(null)} onDone={onChange} />
      ) : null}
      {can('codes') ? <Codes id={visit.id} revision={visit.revision} /> : null}
      <div class="visitgrid">
        <Panel label={words.purpose} padded>
          <dl class="visitfacts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {visit.approved === null ? null : <p class="small mid">{words.approved(visit.approved.by, dateTime(visit.approved.at))}</p>}
          {visit.approved?.override == null ? null : <p class="small t-warn">{words.override(visit.approved.override)}</p>}
          {visit.report === null ? null : <p>{visit.report}</p>}
        </Panel>
        <Panel title={words.visitors}>
          <ul class="visitpeople">
            {visit.visitors.map(one => (
              <li key={one.id}>
                <div>
                  <b>{one.name === '' ? '–' : one.name}</b>
                  <span class="small dim">{[one.identity ?? '', one.company].filter(part => part !== '').join(' · ')}</span>
                </div>
                <span class="small">
                  {[
                    words.visitorStates[one.state],
                    one.inAt === null ? '' : words.inAt(clockShort(one.inAt)),
                    one.outAt === null ? '' : words.outAt(clockShort(one.outAt)),
                    one.badge === null ? '' : words.badge(one.badge),
                  ]
                    .filter(part => part !== '')
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title={words.goods}>
          {visit.goods.length === 0 ? <p class="mid visitnone">{words.noGoods}</p> : null}
          <ul class="visitpeople">
            {visit.goods.map(one => (
              <li key={one.id}>
                <div>
                  <b>{one.kind}</b>
                  <span class="small dim">{[one.serial, words.directions[one.direction]].filter(part => part !== '').join(' · ')}</span>
                </div>
                <span class="small">
                  {[one.inAt === null ? '' : words.inAt(clockShort(one.inAt)), one.outAt === null ? '' : words.outAt(clockShort(one.outAt))]
                    .filter(part => part !== '')
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title={words.trace}>
          <ol class="visittrace">
            {visit.trace.map(one => (
              <li key={one.seq}>
                <span class="nw small dim">
                  {dateShort(one.at)} {clockShort(one.at)}
                </span>
                <span>
                  <b>{words.events[one.kind] ?? one.kind}</b>
                  {typeof one.detail['name'] === 'string' ? ` · ${one.detail['name']}` : ''}
                  {typeof one.detail['reason'] === 'string' && one.detail['reason'] !== '' ? `: ${one.detail['reason']}` : ''}
                  <span class="small dim"> {one.by}</span>
                </span>
              </li>
            ))}
          </ol>
        </Panel>
      </div>
      {may('timeline.read') && visit.visitors.some(({ inAt }) => inAt !== null) ? <Found visit={visit} /> : null}
      {may('timeline.read') ? (
        <Panel title={t.value.timeline.ofVisit}>
          <Timeline path={`/timeline/visit/${visit.id}?size=50`} visit label={t.value.timeline.ofVisit} />
        </Panel>
      ) : null}
      {asking === 'refuse' || asking === 'cancel' ? (
        <ReasonDialog
          title={asking === 'refuse' ? decide.refuse : decide.cancel}
          label={decide.reason}
          act={asking === 'refuse' ? decide.refuse : decide.cancel}
          danger
          onClose={() => ask(null)}
          onGive={async reason =>
            told(asking === 'refuse' ? decide.refused : decide.cancelled)(
              await api.post<VisitDetail>(`/api/v1/visits/${visit.id}/${asking}`, { reason }),
            )
          }
        />
      ) : null}
      {asking === 'report' ? (
        <ReasonDialog
          title={decide.report}
          label={decide.reportText}
          act={decide.report}
          shortest={10}
          onClose={() => ask(null)}
          onGive={async text => told(decide.reported)(await api.post<VisitDetail>(`/api/v1/visits/${visit.id}/report`, { text }))}
        />
      ) : null}
    </div>
  )
}

function Conflicts({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  const { visit: words } = t.value.visits
  const said = (one: Conflict): string => {
    const say = words.conflict
    if (one.kind === 'freeze') return say.freeze(one.reason)
    if (one.kind === 'blocked') return say.blocked(one.name, one.reason)
    if (one.kind === 'samePerson') return say.samePerson(one.name, one.number)
    if (one.kind === 'sameRack') return say.sameRack(one.rack.toUpperCase(), one.number)
    return say.escortTaken(one.name, one.number, one.guests)
  }
  return (
    <Panel title={words.conflicts} class="visitconflicts" padded>
      <ul>
        {conflicts.map(one => (
          <li key={said(one)}>
            <Icon name={one.kind === 'blocked' ? 'crit' : 'warn'} class={one.kind === 'blocked' ? 'crit' : 'warn'} />
            {'visit' in one ? <a href={`/visits/${one.visit}`}>{said(one)}</a> : said(one)}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
