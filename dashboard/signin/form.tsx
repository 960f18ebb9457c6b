// Signing in, step by step: name and password, or a passkey, or the house's provider; then the second factor where there is one.
import { useState } from 'preact/hooks'
import type { Problem, SignInAnswer } from '../../daemon/http/contract.ts'
import { type Answer, api } from '../api.ts'
import { CheckField, PasswordField, TextField } from '../parts/field.tsx'
import { Icon } from '../parts/icons.tsx'
import { ErrorBox } from '../parts/layout.tsx'
import { path, where } from '../router.ts'
import { t } from '../words/index.ts'
import { duration } from '../words/say.ts'
import { CodeStep } from './code.tsx'
import { knowsPasskeys, signInByPasskey } from './passkey.ts'
import { session } from './session.ts'

/** Where the provider sends back to: the page that was asked for, without what an earlier try said. */
function backTo(): string {
  const { path: at, query } = where.peek()
  const rest = new URLSearchParams(query)
  for (const key of ['signin', 'detail']) rest.delete(key)
  return rest.size === 0 ? at : `${at}?${rest}`
}

type CodeAsked = Extract<SignInAnswer, { next: 'code' }>
const METHODS = ['totp', 'passkey', 'recovery'] as const

export const isHalfWay = (): boolean => location.hash.startsWith('#code=')

/** Back from the provider, with the second factor still to be given: it says so behind the #, once. */
function halfWay(): CodeAsked | null {
  const said = new URLSearchParams(location.hash.slice(1))
  const pass = said.get('code')
  if (pass === null) return null
  history.replaceState(history.state, '', `${location.pathname}${location.search}`)
  const named = said.get('methods')?.split(' ') ?? []
  return { next: 'code', pass, methods: METHODS.filter(method => named.includes(method)) }
}

interface SignInFormProps {
  /** Signing in again: whose session it was, not to be changed. */
  readonly as?: string
  readonly onDone: () => void
  /** Why the way by the provider ended here. */
  readonly refused?: Problem | null
}

export function SignInForm({ as, onDone, refused = null }: SignInFormProps) {
  const { signin } = t.value.people
  const [login, setLogin] = useState(as ?? '')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<Problem | null>(refused)
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [second, setSecond] = useState<CodeAsked | null>(halfWay)
  const [wall, setWall] = useState(false)
  const view = session.value

  const settle = (answer: Answer<SignInAnswer>): void => {
    setBusy(false)
    setProblem(answer.ok ? null : ofSignIn(answer.problem))
    if (!answer.ok) return
    if (answer.value.next === 'done') onDone()
    else setSecond(answer.value)
  }
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (busy) return
    const empty = login.trim() === '' || password === ''
    setMissing(empty)
    if (empty) return
    setBusy(true)
    settle(await api.post<SignInAnswer>('/api/v1/session', { login: login.trim(), password, wall }))
  }
  const byPasskey = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    settle(await signInByPasskey(null))
  }

  if (second !== null)
    return (
      <CodeStep
        pass={second.pass}
        methods={second.methods}
        onDone={onDone}
        onBack={() => {
          setSecond(null)
          setPassword('')
        }}
      />
    )
  const oidc = view?.oidc ?? null
  const passkey = view?.methods.passkey === true && knowsPasskeys()
  return (
    <form class="signinform" onSubmit={event => void submit(event)} noValidate>
      {problem === null ? null : <ErrorBox problem={problem} />}
      <TextField
        label={signin.login}
        name="login"
        value={login}
        onInput={setLogin}
        autocomplete="username"
        maxLength={64}
        readOnly={as !== undefined}
        autofocus={as === undefined}
      />
      <PasswordField
        label={signin.password}
        name="password"
        value={password}
        onInput={setPassword}
        autocomplete="current-password"
        autofocus={as !== undefined}
        error={missing ? signin.empty : undefined}
      />
      {path.value === '/wall' && as === undefined ? <CheckField label={signin.wall} checked={wall} onChange={setWall} /> : null}
      <button type="submit" class="btn primary big" disabled={busy}>
        {busy ? signin.busy : signin.submit}
      </button>
      {passkey || (oidc !== null && as === undefined) ? (
        <div class="orline small dim">
          <span>{signin.or}</span>
        </div>
      ) : null}
      {passkey ? (
        <button type="button" class="btn big" disabled={busy} onClick={() => void byPasskey()}>
          <Icon name="key" />
          {signin.passkey}
        </button>
      ) : null}
      {oidc !== null && as === undefined ? (
        <a class="btn big" href={`/api/v1/session/oidc?to=${encodeURIComponent(backTo())}`}>
          {signin.withOidc(oidc.name)}
        </a>
      ) : null}
    </form>
  )
}

/** The daemon says the same for a wrong name and a wrong password; here it is said in words for people. */
function ofSignIn(problem: Problem): Problem {
  const { signin } = t.peek().people
  if (problem.status === 429)
    return {
      ...problem,
      title: signin.locked,
      detail: problem.retryAfter === undefined ? signin.lockedHint : signin.lockedFor(duration(problem.retryAfter)),
    }
  if (problem.status === 401 || problem.status === 403) return { ...problem, title: signin.wrong, detail: signin.wrongHint, status: 400 }
  return problem
}
