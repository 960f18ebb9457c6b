// The first account of the house, by the one-time link that the start prints; and a new password, by a link of the admin.
import { useState } from 'preact/hooks'
import { api } from '../../api.ts'
import type { PageProps } from '../../pages.ts'
import { TextField } from '../../parts/field.tsx'
import { toast } from '../../parts/overlay.tsx'
import { go } from '../../router.ts'
import { BareFrame } from '../../signin/frame.tsx'
import { NewPassword } from '../../signin/password.tsx'
import { loadSession, session } from '../../signin/session.ts'
import { t } from '../../words/index.ts'

const done = async (): Promise<void> => {
  await loadSession()
  go('/', { replace: true })
}

export default function SetupPage({ query }: PageProps) {
  const { setup } = t.value.people
  const code = query.get('code') ?? ''
  if (session.value?.setup !== true) return <Already code={code} />
  return <First code={code} title={setup.title} />
}

function First({ code: given, title }: { readonly code: string; readonly title: string }) {
  const { setup, field } = t.value.people
  const [code, setCode] = useState(given)
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [tried, setTried] = useState(false)
  const missing = (text: string) => (tried && text.trim() === '' ? field.required : undefined)
  return (
    <BareFrame title={title} sub={setup.sub}>
      <NewPassword
        old={null}
        login={login}
        submit={setup.submit}
        send={async password => {
          setTried(true)
          return await api.post('/api/v1/setup', { code: code.trim(), login: login.trim(), name: name.trim(), password })
        }}
        onDone={() => {
          toast('done', setup.done)
          void done()
        }}
      >
        {given === '' ? <TextField label={setup.code} value={code} onInput={setCode} error={missing(code)} /> : null}
        <TextField
          label={setup.name}
          name="name"
          value={name}
          onInput={setName}
          autocomplete="name"
          maxLength={120}
          error={missing(name)}
          autofocus
        />
        <TextField
          label={setup.login}
          name="login"
          value={login}
          onInput={setLogin}
          autocomplete="username"
          help={setup.loginHelp}
          maxLength={64}
          error={missing(login)}
        />
      </NewPassword>
    </BareFrame>
  )
}

function Already({ code: _ }: { readonly code: string }) {
  const { setup, signin } = t.value.people
  return (
    <BareFrame title={setup.title} sub={setup.already}>
      <a class="btn primary big" href="/">
        {signin.toStart}
      </a>
    </BareFrame>
  )
}
