// Writing down an outage, or planned maintenance, of a service; and saying when it ended.
import { useState } from 'preact/hooks'
import type { Outage, OutageSent } from '../../../daemon/domain/outage.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { nowExact } from '../../live/index.ts'
import { AreaField, BusyButton, Dialog, ErrorBox, SelectField, TextField, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { zone } from '../../words/say.ts'
import { offsetOf } from '../../words/zone.ts'

/** `2026-11-27T16:00` on the site's clocks → milliseconds since 1970; null when it is no time. */
function instantOf(local: string): number | null {
  const shown = Date.parse(`${local}:00Z`)
  return Number.isNaN(shown) ? null : shown - offsetOf(shown - offsetOf(shown, zone.peek()), zone.peek())
}
const localOf = (at: number): string => new Date(at + offsetOf(at, zone.peek())).toISOString().slice(0, 16)

interface OutageFormProps {
  readonly service: string
  /** null: a new one. */
  readonly outage: Outage | null
  readonly onClose: () => void
  readonly onSaved: () => void
}

export function OutageForm({ service, outage, onClose, onSaved }: OutageFormProps) {
  const words = t.value.availability
  const [planned, setPlanned] = useState(outage?.planned ?? false)
  const [from, setFrom] = useState(localOf(outage?.from ?? nowExact()))
  const [until, setUntil] = useState(outage === null || outage.until === null ? '' : localOf(outage.until))
  const [reason, setReason] = useState(outage?.reason ?? '')
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const begins = instantOf(from)
  const ends = until === '' ? null : instantOf(until)
  const mistakes = {
    from: begins === null ? words.field.missing : undefined,
    until: planned && ends === null ? words.field.missing : begins !== null && ends !== null && ends <= begins ? words.field.order : undefined,
    reason: reason.trim().length < 3 ? words.field.missing : undefined,
  }
  const title = outage === null ? words.declare.replace('…', '') : words.amendTitle
  const save = async (): Promise<void> => {
    setTried(true)
    if (begins === null || mistakes.until !== undefined || mistakes.reason !== undefined) return
    const body: OutageSent = { services: outage?.services ?? [service], from: begins, until: ends, planned, reason: reason.trim() }
    const answer = outage === null ? await api.post('/api/v1/outages', body) : await api.put(`/api/v1/outages/${outage.id}`, body)
    if (!answer.ok) return setProblem(answer.problem)
    toast('done', words.saved, body.reason)
    onClose()
    onSaved()
  }
  const told = (field: keyof typeof mistakes): string | undefined => (tried ? mistakes[field] : undefined)
  return (
    <Dialog title={title} onClose={onClose}>
      <h2>{title}</h2>
      <div class="body">
        <SelectField
          label={words.field.kind}
          value={planned ? 'planned' : 'unplanned'}
          onChange={key => setPlanned(key === 'planned')}
          options={[
            { key: 'unplanned', label: words.field.unplanned },
            { key: 'planned', label: words.planned },
          ]}
        />
        <TextField label={words.field.from} type="datetime-local" value={from} onInput={setFrom} error={told('from')} />
        <TextField
          label={words.field.until}
          help={planned ? undefined : words.field.untilHint}
          type="datetime-local"
          value={until}
          onInput={setUntil}
          optional={!planned}
          error={told('until')}
        />
        <AreaField label={words.field.reason} value={reason} onInput={setReason} error={told('reason')} />
        {problem === null ? null : <ErrorBox problem={problem} />}
      </div>
      <footer>
        <button type="button" class="btn ghost" onClick={onClose}>
          {t.value.shell.cancel}
        </button>
        <BusyButton kind="primary" onClick={save}>
          {t.value.shell.save}
        </BusyButton>
      </footer>
    </Dialog>
  )
}
