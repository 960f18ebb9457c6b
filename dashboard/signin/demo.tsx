// The demonstration's people: one of each role, signed in by a press.
import { useState } from 'preact/hooks'
import type { DemoAccount, Problem } from '../../daemon/http/contract.ts'
import { api } from '../api.ts'
import { ErrorBox } from '../parts/layout.tsx'
import { t } from '../words/index.ts'
import { initials } from './initials.ts'

const GROUPS = [
  { key: 'staff', has: (one: DemoAccount) => one.role !== 'requester' },
  { key: 'requesters', has: (one: DemoAccount) => one.role === 'requester' },
] as const

export function DemoList({ accounts, onDone }: { readonly accounts: readonly DemoAccount[]; readonly onDone: () => void }) {
  const { signin, roles } = t.value.people
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const press = async (login: string): Promise<void> => {
    if (busy !== null) return
    setBusy(login)
    const answer = await api.post('/api/v1/session', { demo: login })
    setBusy(null)
    if (answer.ok) onDone()
    else setProblem(answer.problem)
  }
  return (
    <section class="demolist" aria-label={signin.asTitle}>
      {problem === null ? null : <ErrorBox problem={problem} />}
      {GROUPS.map(({ key, has }) => [
        <h2 key={key}>{signin[key]}</h2>,
        <ul key={`${key} list`}>
          {accounts.filter(has).map(one => (
            <li key={one.login}>
              <button type="button" disabled={busy !== null} aria-busy={busy === one.login} onClick={() => void press(one.login)}>
                <span class="avatar soft">{initials(one.name)}</span>
                <span class="grow">
                  <b class="ell">{one.name}</b>
                  <span class="small dim ell">{[one.position, one.organisation].filter(part => part !== '').join(', ')}</span>
                </span>
                <span class="role small">{roles[one.role]}</span>
              </button>
            </li>
          ))}
        </ul>,
      ])}
    </section>
  )
}
