// What came to the door without being on the form's list.
import { useState } from 'preact/hooks'
import type { StayView } from '../../../daemon/domain/stay.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Button, ErrorBox, Icon, Panel, TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { dateTime } from '../../words/say.ts'

export function Unlisted({ stay }: { readonly stay: StayView }) {
  const words = t.value.stays.stay
  const [serial, setSerial] = useState('')
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = async (): Promise<void> => {
    const answer = await api.post(`/api/v1/stays/${stay.id}/unlisted`, { serial: serial.trim(), note: note.trim() })
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    setSerial('')
    setNote('')
  }
  return (
    <Panel title={words.unlisted} padded>
      {stay.unlisted.length === 0 ? null : (
        <ul class="plain">
          {stay.unlisted.map(one => (
            <li key={`${one.at} ${one.serial}`}>
              <b>{one.serial}</b> {one.note} <span class="small mid">{words.cameIn(dateTime(one.at), one.by)}</span>
            </li>
          ))}
        </ul>
      )}
      <details class="staymore">
        <summary>
          <Icon name="plus" />
          {words.addUnlisted}
        </summary>
        <form
          class="stayform"
          onSubmit={event => {
            event.preventDefault()
            void send()
          }}
        >
          <TextField label={words.serial} value={serial} onInput={setSerial} />
          <TextField label={words.note} value={note} onInput={setNote} />
          {problem === null ? null : <ErrorBox problem={problem} />}
          <Button type="submit" disabled={serial.trim() === '' || note.trim().length < 3}>
            {words.noteDown}
          </Button>
        </form>
      </details>
    </Panel>
  )
}
