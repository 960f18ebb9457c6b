// The second step: a code of the authenticator, a recovery code, or a passkey.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Problem, SignInAnswer } from '../../daemon/http/contract.ts'
import { type Answer, api } from '../api.ts'
import { TextField } from '../parts/field.tsx'
import { ErrorBox } from '../parts/layout.tsx'
import { t } from '../words/index.ts'
import { knowsPasskeys, signInByPasskey } from './passkey.ts'

type Method = 'totp' | 'recovery' | 'passkey'

interface CodeStepProps {
  readonly pass: string
  readonly methods: readonly Method[]
  readonly onDone: () => void
  readonly onBack: () => void
}

export function CodeStep({ pass, methods, onDone, onBack }: CodeStepProps) {
  const { signin } = t.value.people
  const can = methods.filter(one => one !== 'passkey' || knowsPasskeys())
  const [method, setMethod] = useState<Method>(can[0] ?? 'recovery')
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => form.current?.querySelector('input')?.focus(), [method])

  const settle = (answer: Answer<SignInAnswer>): void => {
    setBusy(false)
    if (answer.ok) {
      onDone()
      return
    }
    setCode('')
    // The pass of the first step has run out: back to it.
    if (answer.problem.status === 404 || answer.problem.status === 409) {
      onBack()
      return
    }
    const wrong = answer.problem.status === 400 || answer.problem.status === 401 || answer.problem.status === 403
    setProblem(
      wrong && method !== 'passkey' ? { ...answer.problem, status: 400, title: signin.codeWrong, detail: signin.codeWrongHint } : answer.problem,
    )
    form.current?.querySelector('input')?.focus()
  }
  const send = async (typed: string): Promise<void> => {
    if (busy || typed.trim() === '') return
    setBusy(true)
    settle(await api.post<SignInAnswer>('/api/v1/session/code', { pass, code: typed.trim() }))
  }
  const byPasskey = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    settle(await signInByPasskey(pass))
  }
  const others: readonly (readonly [Method, string])[] = [
    ['totp', signin.useTotp],
    ['passkey', signin.usePasskey],
    ['recovery', signin.useRecovery],
  ]
  return (
    <form
      ref={form}
      class="signinform"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        void (method === 'passkey' ? byPasskey() : send(code))
      }}
    >
      <h2>{method === 'recovery' ? signin.recoveryTitle : signin.codeTitle}</h2>
      <p class="mid">{method === 'recovery' ? signin.recoverySub : method === 'totp' ? signin.codeSub : ''}</p>
      {problem === null ? null : <ErrorBox problem={problem} />}
      {method === 'passkey' ? null : (
        <TextField
          label={signin.code}
          name="code"
          value={code}
          class="codefield"
          autocomplete="one-time-code"
          inputMode={method === 'totp' ? 'numeric' : 'text'}
          maxLength={method === 'totp' ? 7 : 40}
          onInput={typed => {
            setCode(typed)
            // Six digits are complete: nobody needs to press for that.
            if (method === 'totp' && /^\d{6}$/.test(typed.replaceAll(/\s/g, ''))) void send(typed.replaceAll(/\s/g, ''))
          }}
        />
      )}
      <button type="submit" class="btn primary big" disabled={busy}>
        {busy ? signin.busy : method === 'passkey' ? signin.usePasskey : signin.continue}
      </button>
      <div class="row between wrap">
        <button type="button" class="textbtn" onClick={onBack}>
          {signin.back}
        </button>
        <span class="row wrap">
          {others.map(([key, label]) =>
            key === method || !can.includes(key) ? null : (
              <button
                key={key}
                type="button"
                class="textbtn"
                onClick={() => {
                  setMethod(key)
                  setCode('')
                  setProblem(null)
                }}
              >
                {label}
              </button>
            ),
          )}
        </span>
      </div>
    </form>
  )
}
