// A new account for a person of the register; the daemon answers with the link where the person sets the first password.
import { useState } from 'preact/hooks'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Button, ErrorBox, TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { personsKnown } from '../people/lookup.ts'
import { Picker } from '../people/picker.tsx'
import { LinkDialog } from './link.tsx'
import { loginOf } from './login.ts'

export function NewAccount({ onMade, onClose }: { readonly onMade: () => void; readonly onClose: () => void }) {
  const { accounts, field } = t.value.people
  const [person, setPerson] = useState<number | null>(null)
  const [login, setLogin] = useState('')
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [link, setLink] = useState<string | null>(null)
  const name = person === null ? '' : (personsKnown.value.get(person)?.name ?? '')
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (person === null || login.trim() === '') return
    const answer = await api.post<{ readonly link: string }>('/api/v1/accounts', { person, login: login.trim().toLowerCase() })
    if (!answer.ok) return setProblem(answer.problem)
    setProblem(null)
    setLink(answer.value.link)
    onMade()
  }
  return (
    <form class="editform" onSubmit={event => void save(event)} noValidate>
      {problem === null ? null : <ErrorBox problem={problem} />}
      <Picker
        of="person"
        label={accounts.person}
        value={person}
        onPick={id => {
          setPerson(id)
          if (id !== null && (login === '' || login === loginOf(name))) setLogin(loginOf(personsKnown.peek().get(id)?.name ?? ''))
        }}
        error={tried && person === null ? field.required : undefined}
      />
      <TextField
        label={accounts.login}
        value={login}
        onInput={setLogin}
        help={accounts.loginHelp}
        error={tried && login.trim() === '' ? field.required : undefined}
        maxLength={64}
      />
      <footer class="editfoot">
        <span class="grow" />
        <Button kind="ghost" onClick={onClose}>
          {t.value.shell.cancel}
        </Button>
        <Button kind="primary" type="submit">
          {accounts.add}
        </Button>
      </footer>
      {link === null ? null : (
        <LinkDialog
          name={name}
          link={link}
          onClose={() => {
            setLink(null)
            onClose()
          }}
        />
      )}
    </form>
  )
}
