// Setting up the second factor: scan, type one code, keep the recovery codes.
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../../daemon/http/contract.ts'
import { api } from '../api.ts'
import { TextField } from '../parts/field.tsx'
import { ErrorBox, Skeleton } from '../parts/layout.tsx'
import { t } from '../words/index.ts'
import { QrCode } from './qr.tsx'
import { RecoveryCodes } from './recovery.tsx'

interface Secret {
  readonly secret: string
  readonly uri: string
}

/** `onDone`: in use, and the viewer said that the codes are kept. */
export function Enrol({ onDone }: { readonly onDone: () => void }) {
  const { factor, signin } = t.value.people
  const [secret, setSecret] = useState<Secret | null>(null)
  const [recovery, setRecovery] = useState<readonly string[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)

  const begin = async (): Promise<void> => {
    setProblem(null)
    const answer = await api.post<Secret>('/api/v1/account/totp')
    if (answer.ok) setSecret(answer.value)
    else setProblem(answer.problem)
  }
  useEffect(() => void begin(), [])

  const confirm = async (typed: string): Promise<void> => {
    if (busy || typed.trim() === '') return
    setBusy(true)
    const answer = await api.post<{ readonly recovery: readonly string[] }>('/api/v1/account/totp/confirm', { code: typed.replaceAll(/\s/g, '') })
    setBusy(false)
    if (answer.ok) return setRecovery(answer.value.recovery)
    setCode('')
    setProblem(answer.problem.status === 400 ? { ...answer.problem, title: signin.codeWrong, detail: signin.codeWrongHint } : answer.problem)
  }

  if (recovery !== null) return <RecoveryCodes codes={recovery} onKept={onDone} />
  if (secret === null) return problem === null ? <Skeleton lines={5} height={24} /> : <ErrorBox problem={problem} retry={() => void begin()} />
  return (
    <form
      class="signinform enrol"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        void confirm(code)
      }}
    >
      <ol class="enrolsteps">
        <li>
          <b>{factor.step1}</b>
          <p class="small dim">{factor.step1apps}</p>
          <QrCode text={secret.uri} label={factor.qr} />
          <p class="small">
            {factor.manual} <span class="mono secret">{secret.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</span>
          </p>
        </li>
        <li>
          <b>{factor.step2}</b>
          {problem === null ? null : <ErrorBox problem={problem} />}
          <TextField
            label={signin.code}
            value={code}
            class="codefield"
            onInput={setCode}
            autocomplete="one-time-code"
            inputMode="numeric"
            maxLength={7}
          />
        </li>
      </ol>
      <button type="submit" class="btn primary big" disabled={busy || code.trim() === ''}>
        {factor.confirm}
      </button>
    </form>
  )
}
