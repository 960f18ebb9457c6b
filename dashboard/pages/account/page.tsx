// One's own account: who one is here, and everything that opens this door: password, second factor, passkeys, sessions, tokens.
import { useEffect, useState } from 'preact/hooks'
import type { OwnAccount, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { BusyButton, ErrorBox, Icon, initials, PageHead, Panel, Skeleton } from '../../parts/index.ts'
import { Looks } from '../../shell/looks.tsx'
import { chooseLang } from '../../shell/preferences.tsx'
import { me, session, signOut } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import './account.css'
import { Chats } from './chats.tsx'
import { SecondFactor } from './factor.tsx'
import { Passkeys } from './passkeys.tsx'
import { Password } from './password.tsx'
import { Sessions } from './sessions.tsx'
import { Tokens } from './tokens.tsx'

export default function AccountPage() {
  const { account } = t.value.people
  const [own, setOwn] = useState<OwnAccount | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const load = async (): Promise<void> => {
    const answer = await api.get<OwnAccount>('/api/v1/account')
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setOwn(answer.value)
  }
  useEffect(() => void load(), [])

  return (
    <>
      <PageHead
        title={account.title}
        actions={
          <BusyButton
            onClick={async () => {
              await signOut()
            }}
          >
            <Icon name="out" />
            {account.signOut}
          </BusyButton>
        }
      />
      <div class="accountgrid">
        <div class="stack">
          <Who />
          <Sessions />
        </div>
        <div class="stack">
          {problem !== null && own === null ? <ErrorBox problem={problem} retry={() => void load()} /> : null}
          {own === null && problem === null ? <Skeleton lines={6} /> : null}
          {own === null ? null : (
            <>
              <Password own={own} onChange={setOwn} />
              <SecondFactor own={own} onChange={setOwn} />
              {session.value?.methods.passkey === true ? <Passkeys own={own} onChange={setOwn} reload={load} /> : null}
            </>
          )}
          <Chats />
          <Tokens />
        </div>
      </div>
    </>
  )
}

function Who() {
  const { account, roles } = t.value.people
  const viewer = me.value
  if (viewer === null) return null
  const facts: readonly (readonly [string, string])[] = [
    [account.login, viewer.login],
    [account.roles, viewer.roles.map(role => roles[role]).join(', ')],
    [account.organisations, viewer.organisations.map(one => one.name).join(', ')],
    [account.positions, viewer.positions.join(', ')],
  ]
  return (
    <Panel class="whopanel" label={account.who}>
      <div class="whohead">
        <span class="avatar">{initials(viewer.name)}</span>
        <h2>{viewer.name}</h2>
      </div>
      <dl class="facts padded">
        {facts.map(([key, value]) =>
          value === '' ? null : (
            <>
              <dt key={`${key} name`}>{key}</dt>
              <dd key={key}>{value}</dd>
            </>
          ),
        )}
      </dl>
      <div class="body looks">
        <Looks onLang={chooseLang} />
        <p class="small dim">{account.wrongData}</p>
      </div>
    </Panel>
  )
}
