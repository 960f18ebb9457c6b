// A new password, typed twice; the old one where it is known. The rules are told before they are broken.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Problem } from '../../daemon/http/contract.ts'
import type { Answer } from '../api.ts'
import { PasswordField } from '../parts/field.tsx'
import { ErrorBox } from '../parts/layout.tsx'
import { t } from '../words/index.ts'

/** The daemon asks for the same, and knows the worst passwords besides. */
const SHORTEST = 10

interface NewPasswordProps {
  /** null: no old one is asked for (a link of the admin, the first account). */
  readonly old: 'ask' | null
  readonly login: string
  readonly submit: string
  /** Further fields, above. */
  readonly children?: ComponentChildren
  readonly send: (next: string, old: string) => Promise<Answer<unknown>>
  readonly onDone: () => void
  /** Pressed, also when something is still wrong here: whoever owns further fields shows their mistakes too. */
  readonly onTry?: () => void
}

export function NewPassword({ old: asks, login, submit, children, send, onDone, onTry }: NewPasswordProps) {
  const { password } = t.value.people
  const [old, setOld] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)

  const wrongNext =
    next.length < SHORTEST
      ? password.tooShort(SHORTEST - next.length)
      : login !== '' && next.trim().toLowerCase() === login.trim().toLowerCase()
        ? password.isLogin
        : ''
  const wrongAgain = again === next ? '' : password.different
  const wrongOld = asks === 'ask' && old === '' ? t.value.people.field.required : ''

  const press = async (event: Event): Promise<void> => {
    event.preventDefault()
    setTried(true)
    onTry?.()
    if (busy || wrongNext !== '' || wrongAgain !== '' || wrongOld !== '') return
    setBusy(true)
    const answer = await send(next, old)
    setBusy(false)
    if (answer.ok) {
      setOld('')
      setNext('')
      setAgain('')
      setTried(false)
      setProblem(null)
      return onDone()
    }
    setProblem(answer.problem)
  }
  return (
    <form class="signinform" onSubmit={event => void press(event)} noValidate>
      {problem === null ? null : <ErrorBox problem={problem} />}
      {children}
      {/* For password managers: which account this is. */}
      <input class="sr" type="text" autocomplete="username" value={login} readOnly tabIndex={-1} aria-hidden="true" />
      {asks === null ? null : (
        <PasswordField
          label={password.old}
          name="old"
          value={old}
          onInput={setOld}
          autocomplete="current-password"
          error={tried ? wrongOld : undefined}
        />
      )}
      <PasswordField
        label={password.next}
        name="next"
        value={next}
        onInput={setNext}
        autocomplete="new-password"
        help={password.rules}
        error={tried ? wrongNext : undefined}
      />
      <PasswordField
        label={password.again}
        name="again"
        value={again}
        onInput={setAgain}
        autocomplete="new-password"
        error={tried && wrongNext === '' ? wrongAgain : undefined}
      />
      <button type="submit" class="btn primary big" disabled={busy}>
        {submit}
      </button>
    </form>
  )
}
