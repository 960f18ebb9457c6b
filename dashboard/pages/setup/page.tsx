// What a one-time link opens: the first account of the house, or a new password. The daemon says which it is.
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../../../daemon/http/contract.ts'
import { type Answer, api } from '../../api.ts'
import type { PageProps } from '../../pages.ts'
import { TextField } from '../../parts/field.tsx'
import { ErrorBox, Skeleton } from '../../parts/layout.tsx'
import { toast } from '../../parts/overlay.tsx'
import { go } from '../../router.ts'
import { BareFrame } from '../../signin/frame.tsx'
import { NewPassword } from '../../signin/password.tsx'
import { loadSession, tellOthers } from '../../signin/session.ts'
import { t } from '../../words/index.ts'

interface Link {
  readonly kind: 'setup' | 'reset'
  readonly login: string | null
}

/** The link signs in: whatever page was open for another person in this tab is left behind. */
const enter = async (said: string): Promise<void> => {
  await loadSession()
  tellOthers('in')
  toast('done', said)
  go('/', { replace: true })
}

export default function SetupPage({ query }: PageProps) {
  const { setup, signin } = t.value.people
  const code = query.get('code') ?? ''
  const [link, setLink] = useState<Link | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const look = async (): Promise<void> => {
    setProblem(null)
    const answer = await api.post<Link>('/api/v1/setup/look', { code })
    if (answer.ok) setLink(answer.value)
    else setProblem(answer.problem)
  }
  useEffect(() => void look(), [code])

  if (problem !== null && problem.status !== 404 && problem.status !== 400)
    return (
      <BareFrame title={setup.title}>
        <ErrorBox problem={problem} retry={() => void look()} />
      </BareFrame>
    )
  if (problem !== null)
    return (
      <BareFrame title={setup.gone} sub={setup.goneHint}>
        <a class="btn primary big" href="/">
          {signin.toStart}
        </a>
      </BareFrame>
    )
  if (link === null)
    return (
      <BareFrame title={setup.title}>
        <Skeleton lines={4} height={24} />
      </BareFrame>
    )
  return link.kind === 'setup' ? <First code={code} /> : <Reset code={code} login={link.login ?? ''} />
}

function Reset({ code, login }: { readonly code: string; readonly login: string }) {
  const { setup } = t.value.people
  return (
    <BareFrame title={setup.resetTitle} sub={setup.resetSub(login)}>
      <NewPassword
        old={null}
        login={login}
        submit={setup.save}
        send={password => api.post('/api/v1/setup', { code, password })}
        onDone={() => void enter(setup.saved)}
      />
    </BareFrame>
  )
}

const FIELDS = ['name', 'organisation', 'login'] as const

function First({ code }: { readonly code: string }) {
  const { setup, field } = t.value.people
  const [given, setGiven] = useState({ name: '', organisation: '', login: '' })
  const [tried, setTried] = useState(false)
  const put = (key: keyof typeof given) => (value: string) => setGiven(was => ({ ...was, [key]: value }))
  const missing = (key: keyof typeof given) => (tried && given[key].trim() === '' ? field.required : undefined)
  const send = async (password: string): Promise<Answer<unknown>> => {
    const empty = FIELDS.filter(key => given[key].trim() === '')
    // Shown at the fields already; sent, the daemon would only say the same.
    if (empty.length > 0) return { ok: false, problem: { type: 'about:blank', title: t.peek().people.problems[400], status: 400 } }
    return await api.post('/api/v1/setup', { code, password, ...given, login: given.login.trim().toLowerCase() })
  }
  return (
    <BareFrame title={setup.title} sub={setup.sub}>
      <NewPassword
        old={null}
        login={given.login}
        submit={setup.submit}
        onTry={() => setTried(true)}
        send={send}
        onDone={() => void enter(setup.done)}
      >
        <TextField
          label={setup.name}
          name="name"
          value={given.name}
          onInput={put('name')}
          autocomplete="name"
          maxLength={120}
          error={missing('name')}
          autofocus
        />
        <TextField
          label={setup.organisation}
          name="organisation"
          value={given.organisation}
          onInput={put('organisation')}
          autocomplete="organization"
          maxLength={200}
          error={missing('organisation')}
        />
        <TextField
          label={setup.login}
          name="login"
          value={given.login}
          onInput={put('login')}
          autocomplete="username"
          help={setup.loginHelp}
          maxLength={64}
          error={missing('login')}
        />
      </NewPassword>
    </BareFrame>
  )
}
