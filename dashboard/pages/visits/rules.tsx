// The rules of entry: who is kept out, when nobody works, and the terms of visits.
import { useEffect, useState } from 'preact/hooks'
import type { Freeze } from '../../../daemon/domain/visit-record.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { type Answer, api } from '../../api.ts'
import { now, store } from '../../live/index.ts'
import { BusyButton, Button, ErrorBox, Panel, Skeleton, TextField, toast } from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateTime } from '../../words/say.ts'
import { instantOf, localOf } from './times.ts'

interface Block {
  readonly id: number
  readonly name: string
  readonly identity: string | null
  readonly card: string | null
  readonly reason: string
  readonly by: string
  readonly at: number
}
interface Settings {
  readonly longest: number
  readonly guests: number
  readonly retention: number
  readonly dormant: number
  readonly review: number
}
const TERMS = ['longest', 'guests', 'retention', 'dormant', 'review'] as const

/** Asked for, and asked for again when `turn` grows. */
function useAsked<T>(path: string, turn: number): { readonly value: T | null; readonly problem: Problem | null } {
  const [got, set] = useState<{ readonly value: T | null; readonly problem: Problem | null }>({ value: null, problem: null })
  useEffect(() => {
    let gone = false
    void api.get<T>(path).then(answer => {
      if (!gone) set(answer.ok ? { value: answer.value, problem: null } : { value: null, problem: answer.problem })
    })
    return () => {
      gone = true
    }
  }, [path, turn])
  return got
}

export function RulesOfEntry() {
  return (
    <div class="badgespage">
      <Freezes />
      <Blocks />
      <Terms />
    </div>
  )
}

function Freezes() {
  const words = t.value.visits.rules
  const [turn, setTurn] = useState(0)
  const [adding, add] = useState(false)
  const { value, problem } = useAsked<{ readonly items: readonly Freeze[] }>('/api/v1/visit-freezes', turn)
  const [from, setFrom] = useState(localOf(now.peek() || Date.now()))
  const [until, setUntil] = useState(localOf((now.peek() || Date.now()) + 86_400_000))
  const [reason, setReason] = useState('')
  const [failed, fail] = useState<Problem | null>(null)
  const site = store.layout.value?.site.id ?? ''
  return (
    <Panel title={words.freezes} end={may('visit.manage') ? <Button onClick={() => add(!adding)}>{words.freezeAdd}</Button> : undefined}>
      {adding ? (
        <form
          class="badgeform"
          onSubmit={event => {
            event.preventDefault()
            void api.post('/api/v1/visit-freezes', { site, from: instantOf(from), until: instantOf(until), reason: reason.trim() }).then(answer => {
              if (!answer.ok) return fail(answer.problem)
              toast('done', words.frozen)
              add(false)
              setTurn(turn + 1)
            })
          }}
        >
          <div class="pair">
            <TextField label={words.from} type="datetime-local" value={from} onInput={setFrom} />
            <TextField label={words.until} type="datetime-local" value={until} onInput={setUntil} />
          </div>
          <TextField label={words.reason} value={reason} onInput={setReason} maxLength={500} />
          {failed === null ? null : <ErrorBox problem={failed} />}
          <Button type="submit" kind="primary" disabled={reason.trim().length < 3}>
            {words.freezeAdd}
          </Button>
        </form>
      ) : null}
      {problem === null ? null : <ErrorBox problem={problem} retry={() => setTurn(turn + 1)} />}
      {value === null && problem === null ? <Skeleton lines={2} /> : null}
      {value?.items.length === 0 ? <p class="mid visitnone">{words.freezeNone}</p> : null}
      <ul class="visitpeople">
        {value?.items.map(one => (
          <li key={one.id}>
            <div>
              <b>{one.reason}</b>
              <span class="small dim">
                {dateTime(one.from)} – {dateTime(one.until)} · {one.by}
              </span>
            </div>
            {may('visit.manage') ? (
              <BusyButton
                kind="ghost"
                label={`${words.thaw}: ${one.reason}`}
                onClick={async () => {
                  const answer = await api.delete(`/api/v1/visit-freezes/${one.id}`)
                  toast(answer.ok ? 'done' : 'failed', answer.ok ? words.thawed : answer.problem.title)
                  setTurn(turn + 1)
                }}
              >
                {words.thaw}
              </BusyButton>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Blocks() {
  const words = t.value.visits.rules
  const [turn, setTurn] = useState(0)
  const [adding, add] = useState(false)
  const [lifting, lift] = useState<Block | null>(null)
  const { value, problem } = useAsked<{ readonly items: readonly Block[] }>('/api/v1/visit-blocks', turn)
  const [name, setName] = useState('')
  const [identity, setIdentity] = useState('')
  const [card, setCard] = useState('')
  const [reason, setReason] = useState('')
  const [failed, fail] = useState<Problem | null>(null)
  return (
    <Panel title={words.blocks} end={may('visit.manage') ? <Button onClick={() => add(!adding)}>{words.block}</Button> : undefined}>
      {adding ? (
        <form
          class="badgeform"
          onSubmit={event => {
            event.preventDefault()
            void api
              .post('/api/v1/visit-blocks', { name: name.trim(), identity: identity.trim(), card: card.trim(), reason: reason.trim() })
              .then(answer => {
                if (!answer.ok) return fail(answer.problem)
                toast('done', words.blocked)
                add(false)
                setName('')
                setIdentity('')
                setCard('')
                setReason('')
                setTurn(turn + 1)
              })
          }}
        >
          <div class="pair">
            <TextField label={words.name} value={name} onInput={setName} maxLength={120} />
            <TextField label={words.identity} help={words.identityHelp} value={identity} onInput={setIdentity} maxLength={40} optional />
          </div>
          <div class="pair">
            <TextField label={words.card} value={card} onInput={setCard} maxLength={40} optional />
            <TextField label={words.reason} value={reason} onInput={setReason} maxLength={500} />
          </div>
          {failed === null ? null : <ErrorBox problem={failed} />}
          <Button type="submit" kind="primary" disabled={reason.trim().length < 3 || (name.trim().length < 2 && card.trim() === '')}>
            {words.block}
          </Button>
        </form>
      ) : null}
      {problem === null ? null : <ErrorBox problem={problem} retry={() => setTurn(turn + 1)} />}
      {value === null && problem === null ? <Skeleton lines={2} /> : null}
      {value?.items.length === 0 ? <p class="mid visitnone">{words.blockNone}</p> : null}
      <ul class="visitpeople">
        {value?.items.map(one => (
          <li key={one.id}>
            <div>
              <b>{[one.name, one.card ?? ''].filter(part => part !== '').join(' · ')}</b>
              <span class="small dim">{[one.identity ?? '', one.reason, one.by, dateTime(one.at)].filter(part => part !== '').join(' · ')}</span>
            </div>
            {may('visit.manage') ? (
              <Button kind="ghost" label={`${words.lift}: ${one.name}`} onClick={() => lift(one)}>
                {words.lift}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {lifting === null ? null : (
        <ReasonDialog
          title={`${words.lift}: ${lifting.name}`}
          label={words.reason}
          act={words.lift}
          onClose={() => lift(null)}
          onGive={async why => {
            const answer = await api.post(`/api/v1/visit-blocks/${lifting.id}/lift`, { reason: why })
            if (!answer.ok) return answer.problem
            toast('done', words.lifted)
            setTurn(turn + 1)
            return null
          }}
        />
      )}
    </Panel>
  )
}

function Terms() {
  const words = t.value.visits.rules
  const { value, problem } = useAsked<Settings>('/api/v1/visit-settings', 0)
  if (problem !== null) return <ErrorBox problem={problem} />
  return (
    <Panel title={words.settings} padded>
      {value === null ? <Skeleton lines={3} /> : <TermsForm given={value} />}
    </Panel>
  )
}

function TermsForm({ given }: { readonly given: Settings }) {
  const words = t.value.visits.rules
  const [terms, set] = useState<Readonly<Record<(typeof TERMS)[number], string>>>({
    longest: String(given.longest),
    guests: String(given.guests),
    retention: String(given.retention),
    dormant: String(given.dormant),
    review: String(given.review),
  })
  const [problem, setProblem] = useState<Problem | null>(null)
  const mine = may('visit.manage')
  async function send(): Promise<void> {
    const body = Object.fromEntries(TERMS.map(key => [key, Number(terms[key])]))
    const answer: Answer<Settings> = await api.put('/api/v1/visit-settings', body)
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) toast('done', words.saved)
  }
  return (
    <form
      class="termsform"
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      {TERMS.map(key => (
        <TextField
          key={key}
          label={words[key]}
          type="number"
          inputMode="numeric"
          value={terms[key]}
          readOnly={!mine}
          error={problem?.errors?.find(one => one.field === key)?.reason}
          onInput={value => set({ ...terms, [key]: value })}
        />
      ))}
      {mine ? (
        <Button type="submit" kind="primary">
          {words.save}
        </Button>
      ) : null}
    </form>
  )
}
