// A fresh proof of who is there, before something is signed or the security of an account is changed.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { OwnAccount, Problem } from '../../daemon/http/contract.ts'
import { api } from '../api.ts'
import { Segmented } from '../parts/controls.tsx'
import { PasswordField, TextField } from '../parts/field.tsx'
import { ErrorBox } from '../parts/layout.tsx'
import { Dialog } from '../parts/overlay.tsx'
import { t } from '../words/index.ts'
import { loadSession, me, proving, session, settleProof } from './session.ts'
import './signin.css'

type Way = 'password' | 'code'

/** The dialog itself; once, in the shell. */
export const ProveDialog = () => (proving.value ? <Ask /> : null)

function Ask() {
  const { prove, signin } = t.value.people
  const { shell } = t.value
  const demo = session.value?.demo?.accounts.some(one => one.login === me.value?.login) === true
  const [ways, setWays] = useState<readonly Way[]>(['password'])
  const [way, setWay] = useState<Way>('password')
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    void api.get<OwnAccount>('/api/v1/account').then(answer => {
      if (!answer.ok) return
      const can: readonly Way[] = [...(answer.value.password ? (['password'] as const) : []), ...(answer.value.totp ? (['code'] as const) : [])]
      if (can.length === 0) return
      setWays(can)
      setWay(was => (can.includes(was) ? was : (can[0] ?? was)))
    })
  }, [])
  useEffect(() => form.current?.querySelector('input')?.focus(), [way])

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (busy || (typed === '' && !demo)) return
    setBusy(true)
    const body = typed === '' ? {} : way === 'password' ? { password: typed } : { code: typed.replaceAll(/\s/g, '') }
    const answer = await api.post('/api/v1/session/prove', body)
    setBusy(false)
    if (!answer.ok) {
      setTyped('')
      const wrong = answer.problem.status !== 429 && answer.problem.status >= 400 && answer.problem.status < 500
      setProblem(wrong ? { ...answer.problem, status: 400, title: prove.wrong } : answer.problem)
      form.current?.querySelector('input')?.focus()
      return
    }
    await loadSession()
    settleProof(true)
  }
  return (
    <Dialog title={prove.title} onClose={() => settleProof(false)}>
      <form ref={form} onSubmit={event => void submit(event)} noValidate>
        <h2>{prove.title}</h2>
        <div class="body">
          <p class="mid">{demo ? prove.demo : prove.body}</p>
          {problem === null ? null : <ErrorBox problem={problem} />}
          {ways.length < 2 ? null : (
            <Segmented<Way>
              label={prove.how}
              chosen={way}
              onChoose={setWay}
              choices={[
                { key: 'password', label: prove.withPassword },
                { key: 'code', label: prove.withCode },
              ]}
            />
          )}
          {demo ? null : way === 'password' ? (
            <PasswordField label={signin.password} value={typed} onInput={setTyped} autocomplete="current-password" autofocus />
          ) : (
            <TextField label={signin.code} value={typed} onInput={setTyped} autocomplete="one-time-code" inputMode="numeric" maxLength={7} />
          )}
        </div>
        <footer>
          <button type="button" class="btn ghost" onClick={() => settleProof(false)}>
            {shell.cancel}
          </button>
          <button type="submit" class="btn primary" disabled={busy}>
            {prove.submit}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
