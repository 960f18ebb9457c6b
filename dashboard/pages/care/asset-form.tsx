// An asset of the register as people enter it.
import { useState } from 'preact/hooks'
import { ASSET_KINDS, type AssetKind } from '../../../daemon/domain/care.ts'
import type { AssetSent, AssetView } from '../../../daemon/domain/care-sent.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { store } from '../../live/index.ts'
import { AreaField, Button, Dialog, ErrorBox, SelectField, TextField, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

interface AssetFormProps {
  /** null: a new one. */
  readonly asset: AssetView | null
  readonly onClose: () => void
  readonly onSaved: () => void
}

const BLANK: AssetSent = {
  ...{ kind: 'hvac', name: '', room: null, make: '', serial: '', kib: '', device: null, vendor: '', contract: null, note: '' },
}

export function AssetForm({ asset, onClose, onSaved }: AssetFormProps) {
  const words = t.value.care.register
  const { kinds } = t.value.care
  const [draft, setDraft] = useState<AssetSent>(() => {
    if (asset === null) return BLANK
    const { id: _, plans: _plans, meters: _meters, ...given } = asset
    return given
  })
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const put = (change: Partial<AssetSent>): void => setDraft(was => ({ ...was, ...change }))
  const mistakes = Object.fromEntries((problem?.errors ?? []).map(({ field, reason }) => [field, reason]))
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const answer = asset === null ? await api.post('/api/v1/care/assets', draft) : await api.put(`/api/v1/care/assets/${asset.id}`, draft)
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    toast('done', words.saved(draft.name))
    onSaved()
  }
  const rooms = store.layout.value?.rooms ?? []
  const devices = [...store.devices.value.values()].sort((one, other) => one.name.localeCompare(other.name))
  const title = asset === null ? words.add : `${words.edit}: ${asset.name}`
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={save}>
        <header>
          <h2>{title}</h2>
        </header>
        <div class="body">
          <div class="carepair">
            <SelectField
              label={words.kind}
              value={draft.kind}
              options={ASSET_KINDS.map(key => ({ key, label: kinds[key] }))}
              onChange={(kind: AssetKind) => put({ kind })}
            />
            <TextField label={words.name} value={draft.name} error={mistakes['name']} autofocus onInput={name => put({ name })} />
            <SelectField
              label={words.room}
              value={draft.room ?? ''}
              options={[{ key: '', label: words.noRoom }, ...rooms.map(({ id, name }) => ({ key: id, label: name }))]}
              onChange={room => put({ room: room === '' ? null : room })}
            />
            <SelectField
              label={words.device}
              value={draft.device ?? ''}
              options={[{ key: '', label: words.noDevice }, ...devices.map(({ id, name }) => ({ key: id, label: name }))]}
              onChange={device => put({ device: device === '' ? null : device })}
            />
            <TextField label={words.make} value={draft.make} optional onInput={make => put({ make })} />
            <TextField label={words.serial} value={draft.serial} optional onInput={serial => put({ serial })} />
            <TextField label={words.kib} value={draft.kib} optional onInput={kib => put({ kib })} />
            <TextField label={words.vendor} value={draft.vendor} optional onInput={vendor => put({ vendor })} />
            <TextField
              label={words.contract}
              type="date"
              value={draft.contract ?? ''}
              optional
              error={mistakes['contract']}
              onInput={contract => put({ contract: contract === '' ? null : contract })}
            />
          </div>
          <AreaField label={words.note} value={draft.note} optional onInput={note => put({ note })} />
          {problem === null ? null : <ErrorBox problem={problem} />}
        </div>
        <footer>
          <Button kind="ghost" onClick={onClose}>
            {t.value.shell.cancel}
          </Button>
          <Button type="submit" kind="primary" disabled={busy || draft.name.trim() === ''}>
            {words.save}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
