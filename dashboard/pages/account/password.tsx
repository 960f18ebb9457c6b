// One's password: changed in place; other sessions end with the old one.
import { useState } from 'preact/hooks'
import type { OwnAccount } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Button, Panel, toast } from '../../parts/index.ts'
import { NewPassword } from '../../signin/password.tsx'
import { t } from '../../words/index.ts'
import type { OwnProps } from './own.ts'

export function Password({ own, onChange }: OwnProps) {
  const { password, account } = t.value.people
  const [open, setOpen] = useState(false)
  const done = (next: OwnAccount): void => {
    setOpen(false)
    onChange(next)
    toast('done', password.changed, password.changedHint)
  }
  return (
    <Panel
      title={password.title}
      end={<Button onClick={() => setOpen(!open)}>{open ? t.value.shell.cancel : own.password ? password.change : password.make}</Button>}
      padded
    >
      {open ? (
        <NewPassword
          old={own.password ? 'ask' : null}
          login={own.login}
          submit={own.password ? password.change : password.make}
          send={(next, old) => api.post('/api/v1/account/password', { old, new: next })}
          onDone={() => done({ ...own, password: true })}
        />
      ) : (
        <p class="mid">{own.password ? password.rules : account.noPassword}</p>
      )}
    </Panel>
  )
}
