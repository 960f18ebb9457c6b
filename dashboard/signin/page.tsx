// The page that asks who is there. It stands at whatever address was asked for, which then opens.
import { useState } from 'preact/hooks'
import { t } from '../words/index.ts'
import { DemoList } from './demo.tsx'
import { SignInForm } from './form.tsx'
import { BareFrame } from './frame.tsx'
import { loadSession, session, tellOthers } from './session.ts'

const enter = async (): Promise<void> => {
  await loadSession()
  tellOthers('in')
}

export function SignInPage() {
  const { signin } = t.value.people
  const view = session.value
  const demo = view?.demo ?? null
  const [byPassword, setByPassword] = useState(false)
  if (view?.setup === true && demo === null)
    return (
      <BareFrame title={signin.setupTitle} sub={signin.setupHint}>
        <p class="bareact">
          <button type="button" class="btn" onClick={() => void loadSession()}>
            {t.value.shell.tryAgain}
          </button>
        </p>
      </BareFrame>
    )
  if (demo !== null && !byPassword)
    return (
      <BareFrame
        title={signin.asTitle}
        sub={signin.asHint}
        foot={
          <button type="button" class="textbtn" onClick={() => setByPassword(true)}>
            {signin.withPassword}
          </button>
        }
      >
        <DemoList accounts={demo.accounts} onDone={() => void enter()} />
      </BareFrame>
    )
  return (
    <BareFrame title={signin.title} foot={signin.forgotten}>
      <SignInForm onDone={() => void enter()} />
      {demo === null ? null : (
        <p class="bareact">
          <button type="button" class="textbtn" onClick={() => setByPassword(false)}>
            {signin.asTitle}…
          </button>
        </p>
      )}
    </BareFrame>
  )
}
