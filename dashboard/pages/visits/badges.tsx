// The badges: standing access with its reviews, and the pool of visitor badges; lost, revoked, made good again.
import { useEffect, useState } from 'preact/hooks'
import type { Badge, Review } from '../../../daemon/domain/visit-record.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now, useRows } from '../../live/index.ts'
import { Button, type Column, Empty, ErrorBox, Panel, Pill, Segmented, Skeleton, Table, TextField, toast } from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateLong, dateTime } from '../../words/say.ts'
import { type Choices, Ticks, useChoices } from './choices.tsx'

interface Register {
  readonly badges: readonly Badge[]
  readonly reviews: readonly Review[]
  readonly review: { readonly days: number; readonly dueAt: number | null }
}
type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly register: Register }
  | { readonly kind: 'failed'; readonly problem: Problem }

export function Badges() {
  const words = t.value.visits.badges
  const [got, setGot] = useState<Got>({ kind: 'waiting' })
  const [turn, setTurn] = useState(0)
  const [asking, ask] = useState<{ readonly what: 'lost' | 'revoke'; readonly badge: Badge } | null>(null)
  const [adding, add] = useState(false)
  const [reviewing, review] = useState(false)
  // A badge is handed out and given back with a visit.
  const { rows } = useRows('visits')
  const moved = rows.value
  useEffect(() => {
    let gone = false
    void api.get<Register>('/api/v1/badges').then(answer => {
      if (!gone) setGot(answer.ok ? { kind: 'ready', register: answer.value } : { kind: 'failed', problem: answer.problem })
    })
    return () => {
      gone = true
    }
  }, [turn, moved])
  if (got.kind === 'waiting') return <Skeleton lines={8} />
  if (got.kind === 'failed') return <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} />
  const { badges, reviews, review: due } = got.register
  const again = (): void => setTurn(was => was + 1)
  const [standing, pool] = (['standing', 'visitor'] as const).map(kind => badges.filter(one => one.kind === kind))
  const columns = (kind: Badge['kind']): readonly Column<Badge>[] => [
    { key: 'card', label: words.card, width: '110px', cell: one => <b>{one.card}</b> },
    ...(kind === 'standing'
      ? [
          { key: 'holder', label: words.holder, cell: (one: Badge) => one.holder },
          {
            key: 'used',
            label: words.used,
            width: '190px',
            wide: true,
            cell: (one: Badge) => (one.usedAt === null ? words.never : dateTime(one.usedAt)),
          },
        ]
      : [
          {
            key: 'with',
            label: words.holder,
            cell: (one: Badge) =>
              one.handed === null ? (
                one.state === 'active' ? (
                  words.free
                ) : (
                  '–'
                )
              ) : (
                <a href={`/visits/${one.handed.visit}`}>{words.with(one.handed.name, one.handed.number)}</a>
              ),
          },
        ]),
    {
      key: 'state',
      label: words.state,
      width: '150px',
      cell: one => <Pill tone={one.state === 'active' ? 'ok' : 'unknown'}>{words.states[one.state]}</Pill>,
    },
    {
      key: 'act',
      label: words.act,
      width: '170px',
      wide: true,
      cell: one => (
        <span class="row">
          {one.state === 'active' && may('visit.guard') ? (
            <button type="button" class="textbtn" aria-label={`${words.lost}: ${one.card}`} onClick={() => ask({ what: 'lost', badge: one })}>
              {words.lost}
            </button>
          ) : null}
          {one.state === 'active' && may('visit.manage') ? (
            <button type="button" class="textbtn" aria-label={`${words.revoke}: ${one.card}`} onClick={() => ask({ what: 'revoke', badge: one })}>
              {words.revoke}
            </button>
          ) : null}
          {one.state !== 'active' && may('visit.manage') ? (
            <button
              type="button"
              class="textbtn"
              aria-label={`${words.found}: ${one.card}`}
              onClick={() =>
                void api.post(`/api/v1/badges/${one.id}/found`).then(answer => {
                  toast(answer.ok ? 'done' : 'failed', answer.ok ? words.foundDone : answer.problem.title, answer.ok ? '' : answer.problem.detail)
                  again()
                })
              }
            >
              {words.found}
            </button>
          ) : null}
        </span>
      ),
    },
  ]
  const late = due.dueAt !== null && due.dueAt < now.value
  return (
    <div class="badgespage">
      <Panel
        title={words.standing}
        end={
          <>
            {due.dueAt === null ? null : (
              <span class={`small ${late ? 't-warn' : 'mid'}`}>
                {late ? words.reviewLate(dateLong(due.dueAt)) : words.reviewDue(dateLong(due.dueAt))}
              </span>
            )}
            {may('visit.manage') && (standing ?? []).some(({ state }) => state === 'active') ? (
              <Button onClick={() => review(!reviewing)}>{words.reviewStart}</Button>
            ) : null}
            {may('visit.manage') ? (
              <Button kind="primary" onClick={() => add(!adding)}>
                {words.add}
              </Button>
            ) : null}
          </>
        }
      >
        {adding ? (
          <NewBadge
            onDone={() => {
              add(false)
              again()
            }}
          />
        ) : null}
        {reviewing ? (
          <ReviewForm
            badges={(standing ?? []).filter(({ state }) => state === 'active')}
            onDone={() => {
              review(false)
              again()
            }}
          />
        ) : (standing ?? []).length === 0 ? (
          <Empty title={words.none} hint={words.noneHint} />
        ) : (
          <Table label={words.standing} columns={columns('standing')} rows={standing ?? []} keyOf={one => one.id} />
        )}
        {reviews[0] === undefined ? null : <p class="small mid lastreview">{words.lastReview(reviews[0].by, dateTime(reviews[0].at))}</p>}
      </Panel>
      <Panel title={words.pool}>
        {(pool ?? []).length === 0 ? (
          <Empty title={words.none} hint={words.noneHint} />
        ) : (
          <Table label={words.pool} columns={columns('visitor')} rows={pool ?? []} keyOf={one => one.id} />
        )}
      </Panel>
      {asking === null ? null : (
        <ReasonDialog
          title={asking.what === 'lost' ? words.lostTitle(asking.badge.card) : `${words.revoke}: ${asking.badge.card}`}
          {...(asking.what === 'lost' ? { body: words.lostBody } : {})}
          label={t.value.visits.decide.reason}
          act={words[asking.what]}
          danger
          onClose={() => ask(null)}
          onGive={async reason => {
            const answer = await api.post(`/api/v1/badges/${asking.badge.id}/${asking.what}`, { reason })
            if (!answer.ok) return answer.problem
            toast('done', asking.what === 'lost' ? words.lostDone : words.revoked)
            again()
            return null
          }}
        />
      )}
    </div>
  )
}

function NewBadge({ onDone }: { readonly onDone: () => void }) {
  const words = t.value.visits.badges
  const choices: Choices | null = useChoices('/api/v1/visits/door/choices')
  const [kind, setKind] = useState<'standing' | 'visitor'>('standing')
  const [card, setCard] = useState('')
  const [holder, setHolder] = useState('')
  const [rooms, setRooms] = useState<readonly string[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  return (
    <form
      class="badgeform"
      onSubmit={event => {
        event.preventDefault()
        void api.post('/api/v1/badges', { card: card.trim(), kind, holder: holder.trim(), rooms: kind === 'standing' ? rooms : [] }).then(answer => {
          if (!answer.ok) return setProblem(answer.problem)
          toast('done', words.added)
          onDone()
        })
      }}
    >
      <Segmented
        label={words.kind}
        chosen={kind}
        onChoose={setKind}
        choices={(['standing', 'visitor'] as const).map(key => ({ key, label: words.kinds[key] }))}
      />
      <div class="pair">
        <TextField label={words.card} value={card} onInput={setCard} maxLength={40} autofocus />
        {kind === 'standing' ? <TextField label={words.holder} value={holder} onInput={setHolder} maxLength={120} /> : null}
      </div>
      {kind === 'standing' && choices !== null ? <Ticks legend={words.rooms} choices={choices.rooms} chosen={rooms} onChange={setRooms} /> : null}
      {problem === null ? null : <ErrorBox problem={problem} />}
      <Button type="submit" kind="primary" disabled={card.trim() === '' || (kind === 'standing' && holder.trim().length < 2)}>
        {words.add}
      </Button>
    </form>
  )
}

function ReviewForm({ badges, onDone }: { readonly badges: readonly Badge[]; readonly onDone: () => void }) {
  const words = t.value.visits.badges
  const [decided, decide] = useState<ReadonlyMap<number, 'keep' | 'revoke'>>(new Map())
  const [problem, setProblem] = useState<Problem | null>(null)
  const of = (what: 'keep' | 'revoke'): number[] => [...decided].filter(([, one]) => one === what).map(([id]) => id)
  return (
    <form
      class="badgeform"
      onSubmit={event => {
        event.preventDefault()
        void api.post('/api/v1/badges/review', { kept: of('keep'), revoked: of('revoke') }).then(answer => {
          if (!answer.ok) return setProblem(answer.problem)
          toast('done', words.signed)
          onDone()
        })
      }}
    >
      <ul class="reviewlist">
        {badges.map(one => (
          <li key={one.id}>
            <span class="grow">
              <b>{one.holder}</b>
              <span class="small dim">
                {one.card} · {words.used}: {one.usedAt === null ? words.never : dateTime(one.usedAt)}
              </span>
            </span>
            <Segmented<'keep' | 'revoke' | 'open'>
              label={`${words.review}: ${one.holder}`}
              chosen={decided.get(one.id) ?? 'open'}
              onChoose={key => decide(was => new Map(was).set(one.id, key === 'revoke' ? 'revoke' : 'keep'))}
              choices={[
                { key: 'keep', label: words.keep },
                { key: 'revoke', label: words.revoke },
              ]}
            />
          </li>
        ))}
      </ul>
      {problem === null ? null : <ErrorBox problem={problem} />}
      <Button type="submit" kind="primary" disabled={decided.size < badges.length}>
        {words.sign}
      </Button>
    </form>
  )
}
