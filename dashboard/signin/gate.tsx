// What stands before the pages: who is there, and what they must do first.
import type { ComponentChildren } from 'preact'
import { api } from '../api.ts'
import { Skeleton } from '../parts/layout.tsx'
import { toast } from '../parts/overlay.tsx'
import { t } from '../words/index.ts'
import { Enrol } from './enrol.tsx'
import { BareFrame } from './frame.tsx'
import { SignInPage } from './page.tsx'
import { NewPassword } from './password.tsx'
import { loadSession, me, session, signOut, unknown } from './session.ts'

export function Gate({ children }: { readonly children: ComponentChildren }) {
  const { signin } = t.value.people
  if (session.value === null) {
    const problem = unknown.value
    if (problem === null) return <Skeleton lines={1} />
    return (
      <BareFrame title={signin.unreachable} sub={signin.unreachableHint}>
        <p class="bareact">
          <button type="button" class="btn" onClick={() => void loadSession()}>
            {t.value.shell.tryAgain}
          </button>
        </p>
      </BareFrame>
    )
  }
  const viewer = me.value
  if (viewer === null) return <SignInPage />
  if (viewer.pending === 'password') return <FirstPassword login={viewer.login} />
  if (viewer.pending === 'secondFactor') return <MustEnrol />
  return <>{children}</>
}

const Leave = () => (
  <button type="button" class="textbtn" onClick={() => void signOut()}>
    {t.value.people.account.signOut}
  </button>
)

function FirstPassword({ login }: { readonly login: string }) {
  const { password } = t.value.people
  return (
    <BareFrame title={password.firstTitle} sub={password.firstSub} foot={<Leave />}>
      <NewPassword
        old="ask"
        login={login}
        submit={password.change}
        send={(next, old) => api.post('/api/v1/account/password', { old, new: next })}
        onDone={() => {
          toast('done', password.changed)
          void loadSession()
        }}
      />
    </BareFrame>
  )
}

function MustEnrol() {
  const { factor } = t.value.people
  return (
    <BareFrame title={factor.mustTitle} sub={factor.mustSub} foot={<Leave />} wide>
      <Enrol
        onDone={() => {
          toast('done', factor.enrolled)
          void loadSession()
        }}
      />
    </BareFrame>
  )
}
