// A piece at the door: its serial as it is read or scanned, whether it is damaged, and words where it is not as listed.
import { useState } from 'preact/hooks'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Button, CheckField, ErrorBox, TextField, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

export function GoodsForm({ path, act, said }: { readonly path: string; readonly act: string; readonly said: string }) {
  const words = t.value.stays.stay
  const [serial, setSerial] = useState('')
  const [note, setNote] = useState('')
  const [damaged, setDamaged] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = async (): Promise<void> => {
    const answer = await api.post(path, { serial: serial.trim(), damaged, note: note.trim() })
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) toast('done', said)
  }
  return (
    <form
      class="stayform"
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <TextField label={words.serial} help={words.serialHelp} value={serial} onInput={setSerial} />
      <TextField label={words.note} value={note} onInput={setNote} optional />
      <CheckField label={words.damaged} checked={damaged} onChange={setDamaged} />
      {problem === null ? null : <ErrorBox problem={problem} />}
      <Button type="submit" kind="primary" disabled={serial.trim() === ''}>
        {act}
      </Button>
    </form>
  )
}
