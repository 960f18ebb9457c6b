// Passkeys of one's account: made on this device under a name, and given up.
import { useState } from 'preact/hooks'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { Button, Dialog, Panel, TextField, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { addPasskey, knowsPasskeys } from '../../signin/passkey.ts'
import { RecoveryCodes } from '../../signin/recovery.tsx'
import { t } from '../../words/index.ts'
import { moment } from '../../words/say.ts'
import type { OwnProps } from './own.ts'

type Passkey = OwnProps['own']['passkeys'][number]

export function Passkeys({ own, onChange, reload }: OwnProps & { readonly reload: () => Promise<void> }) {
  const { passkeys, factor } = t.value.people
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Passkey | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  return (
    <Panel
      title={passkeys.title}
      end={
        knowsPasskeys() ? <Button onClick={() => setAdding(!adding)}>{adding ? t.value.shell.cancel : passkeys.add}</Button> : passkeys.unsupported
      }
      padded
    >
      {adding ? (
        <Add
          onDone={recovery => {
            setAdding(false)
            setCodes(recovery)
            void reload()
          }}
        />
      ) : null}
      {own.passkeys.length === 0 ? (
        adding ? null : (
          <p class="mid">{passkeys.why}</p>
        )
      ) : (
        <ul class="doorlist">
          {own.passkeys.map(one => (
            <li key={one.id}>
              <span class="grow">
                <b>{one.name}</b>
                <span class="small dim">
                  {passkeys.made(moment(one.createdAt, now.peek()))}
                  {one.usedAt === null ? '' : ` · ${passkeys.used(moment(one.usedAt, now.peek()))}`}
                </span>
              </span>
              <Button onClick={() => setLeaving(one)} label={`${passkeys.remove}: ${one.name}`}>
                {passkeys.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {leaving === null ? null : (
        <Sure
          title={passkeys.removeTitle(leaving.name)}
          body={passkeys.removeBody}
          act={passkeys.remove}
          send={() => api.delete(`/api/v1/account/passkeys/${leaving.id}`)}
          onClose={() => setLeaving(null)}
          onDone={() => {
            onChange({ ...own, passkeys: own.passkeys.filter(one => one.id !== leaving.id) })
            toast('done', passkeys.removed)
          }}
        />
      )}
      {codes === null ? null : (
        <Dialog title={factor.recoveryTitle} onClose={() => setCodes(null)} class="codesdialog">
          <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />
        </Dialog>
      )}
    </Panel>
  )
}

function Add({ onDone }: { readonly onDone: (recovery: readonly string[] | null) => void }) {
  const { passkeys, field } = t.value.people
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const press = async (event: Event): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (busy || name.trim() === '') return
    setBusy(true)
    const answer = await addPasskey(name.trim())
    setBusy(false)
    if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
    toast('done', passkeys.added)
    onDone(answer.value.recovery)
  }
  return (
    <form class="inlineform" onSubmit={event => void press(event)} noValidate>
      <TextField
        label={passkeys.name}
        value={name}
        onInput={setName}
        placeholder={passkeys.namePlaceholder}
        maxLength={60}
        error={tried && name.trim() === '' ? field.required : undefined}
        autofocus
      />
      <button type="submit" class="btn primary" disabled={busy}>
        {passkeys.add}
      </button>
    </form>
  )
}
