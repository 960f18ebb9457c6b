// A session that ended under an open page: signing in again in place, as the same person, with everything typed still there.
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../../daemon/http/contract.ts'
import { api } from '../api.ts'
import { ErrorBox } from '../parts/layout.tsx'
import { Dialog } from '../parts/overlay.tsx'
import { t } from '../words/index.ts'
import { SignInForm } from './form.tsx'
import { expired, loadSession, me, session, settleSignIn, tellOthers } from './session.ts'
import './signin.css'

export const ExpiredDialog = () => (expired.value && me.value !== null ? <Ask /> : null)

function Ask() {
  const { expired: words, signin } = t.value.people
  const was = me.value
  const demo = session.value?.demo?.accounts.find(one => one.login === was?.login)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const [byPassword, setByPassword] = useState(false)
  useEffect(() => {
    // What was being dragged or typed keeps its place; only the focus moves into the dialog.
    document.querySelector<HTMLElement>('.expired [autofocus], .expired .btn.primary')?.focus()
  }, [])
  if (was === null) return null

  const done = async (): Promise<void> => {
    const failed = await loadSession()
    if (failed !== null) return setProblem(failed)
    // By a passkey or the demonstration somebody else may have come in: then this page is not theirs.
    if (me.peek()?.account !== was.account) return location.assign('/')
    tellOthers('in')
    settleSignIn(true)
  }
  const asDemo = async (): Promise<void> => {
    setBusy(true)
    const answer = await api.post('/api/v1/session', { demo: was.login })
    setBusy(false)
    if (answer.ok) await done()
    else setProblem(answer.problem)
  }
  const leave = (): void => {
    settleSignIn(false)
    location.assign('/')
  }
  const oidc = session.value?.oidc ?? null
  return (
    // Nothing closes it but signing in or leaving: behind it nothing could be done.
    <Dialog title={words.title} onClose={() => undefined} class="expired">
      <h2>{words.title}</h2>
      <div class="body">
        <p class="mid">{words.body}</p>
        {problem === null ? null : <ErrorBox problem={problem} />}
        {demo !== undefined && !byPassword ? (
          <button type="button" class="btn primary big" disabled={busy} onClick={() => void asDemo()}>
            {words.press(was.name)}
          </button>
        ) : (
          <SignInForm as={was.login} onDone={() => void done()} />
        )}
        {oidc === null ? null : (
          <a class="btn big" href="/api/v1/session/oidc?to=%2Fsignin%3Fclose" target="_blank" rel="noopener opener">
            {signin.withOidc(oidc.name)}
          </a>
        )}
      </div>
      <footer>
        {demo === undefined ? null : (
          <button type="button" class="btn ghost" onClick={() => setByPassword(!byPassword)}>
            {byPassword ? words.press(was.name) : signin.withPassword}
          </button>
        )}
        <button type="button" class="btn ghost" onClick={leave}>
          {words.leave}
        </button>
      </footer>
    </Dialog>
  )
}
