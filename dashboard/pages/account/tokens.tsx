// API tokens of one's account: made for a purpose with as little as possible, shown once, revoked at once.
import { useEffect, useState } from 'preact/hooks'
import { RULES, SCOPES, type Scope } from '../../../daemon/domain/policy.ts'
import type { OwnToken, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { Button, CheckField, ErrorBox, Panel, SelectField, Skeleton, TextField, toast } from '../../parts/index.ts'
import { SecretDialog } from '../../parts/secret.tsx'
import { Sure } from '../../parts/sure.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { moment } from '../../words/say.ts'

/** Days a token may live; `0`: until it is revoked. */
const LIVES = ['30', '90', '365', '0'] as const
type Life = (typeof LIVES)[number]

/** Scopes under which there is anything the viewer may do. */
const useful = (): readonly Scope[] =>
  SCOPES.filter(scope => Object.entries(RULES).some(([permission, rule]) => rule.scope === scope && may(permission as keyof typeof RULES)))

export function Tokens() {
  const { tokens } = t.value.people
  const [items, setItems] = useState<readonly OwnToken[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const [leaving, setLeaving] = useState<OwnToken | null>(null)
  const load = async (): Promise<void> => {
    const answer = await api.get<{ readonly items: readonly OwnToken[] }>('/api/v1/account/tokens')
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setItems(answer.value.items)
  }
  useEffect(() => void load(), [])
  return (
    <Panel title={tokens.title} end={<Button onClick={() => setAdding(!adding)}>{adding ? t.value.shell.cancel : tokens.add}</Button>} padded>
      {problem === null ? null : <ErrorBox problem={problem} retry={() => void load()} />}
      {adding ? (
        <Add
          onDone={token => {
            setAdding(false)
            setMade(token)
            void load()
          }}
        />
      ) : null}
      {items === null && problem === null ? <Skeleton lines={2} /> : null}
      {items !== null && items.length === 0 && !adding ? <p class="mid">{tokens.why}</p> : null}
      <ul class="doorlist">
        {items?.map(one => (
          <li key={one.id}>
            <span class="grow">
              <b>{one.name}</b>
              <span class="small dim">
                {one.scopes.join(', ')} · {one.expiresAt === null ? tokens.never : tokens.until(moment(one.expiresAt, now.peek()))} ·{' '}
                {one.usedAt === null ? tokens.unused : tokens.used(moment(one.usedAt, now.peek()))}
              </span>
            </span>
            <Button onClick={() => setLeaving(one)} label={`${tokens.revoke}: ${one.name}`}>
              {tokens.revoke}
            </Button>
          </li>
        ))}
      </ul>
      {made === null ? null : (
        <SecretDialog
          title={tokens.madeTitle}
          body={tokens.madeBody}
          secret={made}
          copy={tokens.copy}
          copied={tokens.copied}
          onClose={() => setMade(null)}
        />
      )}
      {leaving === null ? null : (
        <Sure
          title={tokens.revokeTitle(leaving.name)}
          body={tokens.revokeBody}
          act={tokens.revoke}
          send={() => api.delete(`/api/v1/account/tokens/${leaving.id}`)}
          onClose={() => setLeaving(null)}
          onDone={() => {
            setItems(was => was?.filter(one => one.id !== leaving.id) ?? null)
            toast('done', tokens.revoked)
          }}
        />
      )}
    </Panel>
  )
}

function Add({ onDone }: { readonly onDone: (token: string) => void }) {
  const { tokens, field } = t.value.people
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Scope[]>([])
  const [life, setLife] = useState<Life>('90')
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const press = async (event: Event): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (busy || name.trim() === '' || scopes.length === 0) return
    setBusy(true)
    const answer = await api.post<{ readonly token: string }>('/api/v1/account/tokens', {
      name: name.trim(),
      scopes,
      days: life === '0' ? null : Number(life),
    })
    setBusy(false)
    if (answer.ok) onDone(answer.value.token)
    else setProblem(answer.problem)
  }
  return (
    <form class="signinform tokenform" onSubmit={event => void press(event)} noValidate>
      {problem === null ? null : <ErrorBox problem={problem} />}
      <TextField
        label={tokens.name}
        value={name}
        onInput={setName}
        placeholder={tokens.namePlaceholder}
        maxLength={60}
        error={tried && name.trim() === '' ? field.required : undefined}
        autofocus
      />
      <fieldset class="scopes">
        <legend class="legend">{tokens.scopes}</legend>
        {useful().map(scope => (
          <CheckField
            key={scope}
            checked={scopes.includes(scope)}
            onChange={checked => setScopes(was => (checked ? [...was, scope] : was.filter(one => one !== scope)))}
            label={
              <>
                {tokens.scope[scope]} <span class="mono small dim">{scope}</span>
              </>
            }
          />
        ))}
        <p class="err" role="alert">
          {tried && scopes.length === 0 ? tokens.oneScope : ''}
        </p>
      </fieldset>
      <SelectField<Life>
        label={tokens.expires}
        value={life}
        onChange={setLife}
        options={LIVES.map(key => ({ key, label: key === '0' ? tokens.never : tokens.days(Number(key)) }))}
      />
      <div>
        <button type="submit" class="btn primary" disabled={busy}>
          {tokens.add}
        </button>
      </div>
    </form>
  )
}
