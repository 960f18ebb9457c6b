// One account: its state in words, and what an admin may do: unlock, a new link, another login, retire.
import { useState } from 'preact/hooks'
import type { AccountRow } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { BusyButton, Button, Icon, TextField, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { t } from '../../words/index.ts'
import { moment } from '../../words/say.ts'
import { LinkDialog } from './link.tsx'
import { stateOf } from './state.ts'

interface DetailProps {
  readonly row: AccountRow
  readonly onChange: (row: AccountRow) => void
}

export function AccountDetail({ row, onChange }: DetailProps) {
  const { accounts, roles } = t.value.people
  const [asks, setAsks] = useState<'reset' | 'retire' | 'rename' | null>(null)
  const [link, setLink] = useState<string | null>(null)
  const known: Readonly<Record<string, string>> = roles
  const state = stateOf(row, now.value)
  const facts: readonly (readonly [string, string])[] = [
    [accounts.login, row.login],
    [accounts.state, accounts.states[state]],
    [accounts.roles, row.roles.map(role => known[role] ?? role).join(', ') || accounts.noRole],
    [accounts.organisation, row.organisation],
    [accounts.factor, row.secondFactor ? accounts.has : accounts.hasNot],
    [accounts.seen, row.signedInAt === null ? accounts.never : moment(row.signedInAt, now.peek())],
    [accounts.made, moment(row.createdAt, now.peek())],
  ]
  const unlock = async (): Promise<void> => {
    const answer = await api.post(`/api/v1/accounts/${row.id}/unlock`)
    if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
    onChange({ ...row, lockedUntil: null })
    toast('done', accounts.unlocked, row.login)
  }
  return (
    <>
      <dl class="facts">{facts.map(([key, value]) => [<dt key={`${key} name`}>{key}</dt>, <dd key={key}>{value}</dd>])}</dl>
      {state === 'locked' && row.lockedUntil !== null ? (
        <p class="lockednote t-warn">
          <Icon name="warn" class="warn" /> {accounts.lockedUntil(moment(row.lockedUntil, now.peek()))}
        </p>
      ) : null}
      {row.goneAt !== null ? null : asks === 'rename' ? (
        <Rename row={row} onChange={onChange} onClose={() => setAsks(null)} />
      ) : (
        <div class="deeds">
          {state === 'locked' ? (
            <BusyButton kind="primary" onClick={unlock}>
              {accounts.unlock}
            </BusyButton>
          ) : null}
          <Button onClick={() => setAsks('reset')}>{accounts.reset}</Button>
          <Button onClick={() => setAsks('rename')}>{accounts.rename}</Button>
          <a class="btn" href="/people">
            {accounts.offices}
          </a>
          <Button kind="danger" onClick={() => setAsks('retire')}>
            {accounts.retire}
          </Button>
        </div>
      )}
      {asks === 'reset' ? (
        <Sure
          title={accounts.resetTitle(row.name)}
          body={accounts.resetBody}
          act={accounts.resetAct}
          send={async () => {
            const answer = await api.post<{ readonly link: string }>(`/api/v1/accounts/${row.id}/reset`)
            if (answer.ok) setLink(answer.value.link)
            return answer
          }}
          onClose={() => setAsks(null)}
          onDone={() => onChange({ ...row, secondFactor: false, password: false })}
        />
      ) : null}
      {asks === 'retire' ? (
        <Sure
          title={accounts.retireTitle(row.name)}
          body={accounts.retireBody}
          act={accounts.retire}
          send={() => api.delete(`/api/v1/accounts/${row.id}`)}
          onClose={() => setAsks(null)}
          onDone={() => {
            onChange({ ...row, goneAt: now.peek() })
            toast('done', accounts.retired, row.login)
          }}
        />
      ) : null}
      {link === null ? null : <LinkDialog name={row.name} link={link} onClose={() => setLink(null)} />}
    </>
  )
}

function Rename({ row, onChange, onClose }: DetailProps & { readonly onClose: () => void }) {
  const { accounts } = t.value.people
  const [login, setLogin] = useState(row.login)
  const [wrong, setWrong] = useState('')
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    const answer = await api.put(`/api/v1/accounts/${row.id}`, { login: login.trim().toLowerCase() })
    if (!answer.ok) return setWrong(answer.problem.errors?.[0]?.reason ?? answer.problem.detail ?? answer.problem.title)
    onChange({ ...row, login: login.trim().toLowerCase() })
    toast('done', accounts.renamed, login)
    onClose()
  }
  return (
    <form class="editform" onSubmit={event => void save(event)} noValidate>
      <TextField label={accounts.login} value={login} onInput={setLogin} help={accounts.loginHelp} error={wrong} maxLength={64} autofocus />
      <footer class="editfoot">
        <span class="grow" />
        <Button kind="ghost" onClick={onClose}>
          {t.value.shell.cancel}
        </Button>
        <Button kind="primary" type="submit">
          {t.value.shell.save}
        </Button>
      </footer>
    </form>
  )
}
