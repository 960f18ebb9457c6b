// The page that asks who is there. It stands at whatever address was asked for, which then opens.
import { useState } from 'preact/hooks'
import type { Problem } from '../../daemon/http/contract.ts'
import { where } from '../router.ts'
import { t } from '../words/index.ts'
import { DemoList } from './demo.tsx'
import { isHalfWay, SignInForm } from './form.tsx'
import { BareFrame } from './frame.tsx'
import { loadSession, session, tellOthers } from './session.ts'

const enter = async (): Promise<void> => {
  await loadSession()
  tellOthers('in')
}

const REASONS = ['unreachable', 'late', 'refused'] as const

/** What the way by the house's provider came back with, when it did not sign in. */
function ofProvider(query: URLSearchParams): Problem | null {
  const { signin } = t.value.people
  const reason = REASONS.find(one => one === query.get('signin'))
  if (reason === undefined) return null
  return { type: 'about:blank', status: 400, title: signin.provider[reason], detail: signin.providerHint[reason] }
}

export function SignInPage() {
  const { signin } = t.value.people
  const view = session.value
  const demo = view?.demo ?? null
  const refused = ofProvider(where.value.query)
  const [byPassword, setByPassword] = useState(() => refused !== null || isHalfWay())
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
      <SignInForm refused={refused} onDone={() => void enter()} />
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
