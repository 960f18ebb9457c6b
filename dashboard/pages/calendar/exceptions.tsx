// Dates against the rule: an extra working day, a closed day, other hours, each with its reason. Each edit makes a new version.
import { useState } from 'preact/hooks'
import type { CalendarVersion, Exception } from '../../../daemon/domain/calendar.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { type Answer, api } from '../../api.ts'
import { SelectField, TextField } from '../../parts/field.tsx'
import { BusyButton, Dialog, ErrorBox, Icon, Panel, toast } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateShort } from '../../words/say.ts'
import { hoursOf } from './month.ts'
import { noon } from './side.tsx'

interface ExceptionsProps {
  readonly calendar: CalendarVersion
  readonly year: number
  readonly date: string
  readonly onChanged: () => void
}

export function Exceptions({ calendar, year, date, onChanged }: ExceptionsProps) {
  const words = t.value.tickets.calendar
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Exception | null>(null)
  const manages = may('calendar.manage')
  const list = calendar.calendar.exceptions.filter(one => one.date.startsWith(String(year))).toSorted((a, b) => (a.date < b.date ? -1 : 1))
  return (
    <Panel title={words.exceptions}>
      {list.length === 0 ? <p class="body dim">{words.noExceptions}</p> : null}
      <ul class="holidays">
        {list.map(one => (
          <li key={one.date}>
            <span class="nw dim">{dateShort(noon(one.date))}</span>
            <span class="grow">
              {words.exceptionKinds[one.kind]}
              {one.kind === 'closed' || one.blocks === null ? '' : ` ${hoursOf(one.blocks)}`} <span class="small dim">{one.reason}</span>
            </span>
            {manages ? (
              <button type="button" class="iconbtn" aria-label={words.remove(dateShort(noon(one.date)))} onClick={() => setRemoving(one)}>
                <Icon name="close" />
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {manages ? (
        <div class="body">
          <button type="button" class="btn" onClick={() => setAdding(true)}>
            {words.addException}
          </button>
        </div>
      ) : null}
      {adding ? <AddException calendar={calendar} date={date} onClose={() => setAdding(false)} onChanged={onChanged} /> : null}
      {removing === null ? null : (
        <RemoveException calendar={calendar} exception={removing} onClose={() => setRemoving(null)} onChanged={onChanged} />
      )}
    </Panel>
  )
}

interface EditProps {
  readonly calendar: CalendarVersion
  readonly onClose: () => void
  readonly onChanged: () => void
}

/** Sends an edit; says the new version, or what was wrong. */
function useEdit({ onClose, onChanged }: EditProps) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = async (errand: Promise<Answer<CalendarVersion>>): Promise<void> => {
    const answer = await errand
    if (!answer.ok) return setProblem(answer.problem)
    const words = t.peek().tickets.calendar
    onClose()
    onChanged()
    toast('done', words.importDone, words.importVersion(answer.value.version))
  }
  return { problem, send }
}

const pathOf = (calendar: CalendarVersion, date: string): string =>
  `/api/v1/calendars/${encodeURIComponent(calendar.calendar.key)}/exceptions/${encodeURIComponent(date)}`

function AddException(props: EditProps & { readonly date: string }) {
  const words = t.value.tickets.calendar
  const { problem, send } = useEdit(props)
  const [date, setDate] = useState(props.date)
  const [kind, setKind] = useState<Exception['kind']>('closed')
  const [from, setFrom] = useState('08:00')
  const [until, setUntil] = useState('12:00')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const missing = reason.trim().length < 3
  const save = async (): Promise<void> => {
    setTried(true)
    if (missing || date === '') return
    const said = reason.trim()
    const exception: Exception =
      kind === 'closed'
        ? { kind, date, reason: said }
        : kind === 'open'
          ? { kind, date, blocks: null, reason: said }
          : { kind, date, blocks: [{ from, until }], reason: said }
    await send(api.put<CalendarVersion>(pathOf(props.calendar, date), { exception, base: props.calendar.version }))
  }
  return (
    <Dialog title={words.addException.replace('…', '')} onClose={props.onClose}>
      <h2>{words.addException.replace('…', '')}</h2>
      <div class="body">
        <TextField label={words.date} type="date" value={date} onInput={setDate} />
        <SelectField
          label={words.kind}
          value={kind}
          onChange={setKind}
          options={(['closed', 'hours', 'open'] as const).map(key => ({ key, label: words.exceptionKinds[key] }))}
        />
        {kind === 'hours' ? (
          <div class="compare">
            <TextField label={words.from} value={from} onInput={setFrom} placeholder="08:00" maxLength={5} />
            <TextField label={words.until} value={until} onInput={setUntil} placeholder="12:00" maxLength={5} />
          </div>
        ) : null}
        <TextField
          label={words.reason}
          value={reason}
          onInput={setReason}
          maxLength={300}
          error={tried && missing ? t.value.tickets.form.missing : undefined}
        />
        {problem === null ? null : <ErrorBox problem={problem} />}
      </div>
      <footer>
        <button type="button" class="btn ghost" onClick={props.onClose}>
          {t.value.shell.cancel}
        </button>
        <BusyButton kind="primary" onClick={save}>
          {t.value.shell.save}
        </BusyButton>
      </footer>
    </Dialog>
  )
}

function RemoveException(props: EditProps & { readonly exception: Exception }) {
  const words = t.value.tickets.calendar
  const { problem, send } = useEdit(props)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const missing = reason.trim().length < 3
  const title = words.remove(dateShort(noon(props.exception.date)))
  const remove = async (): Promise<void> => {
    setTried(true)
    if (missing) return
    await send(api.delete<CalendarVersion>(pathOf(props.calendar, props.exception.date), { base: props.calendar.version, reason: reason.trim() }))
  }
  return (
    <Dialog title={title} onClose={props.onClose}>
      <h2>{title}</h2>
      <div class="body">
        <p class="mid">{props.exception.reason}</p>
        <TextField
          label={words.reason}
          value={reason}
          onInput={setReason}
          maxLength={300}
          error={tried && missing ? t.value.tickets.form.missing : undefined}
          autofocus
        />
        {problem === null ? null : <ErrorBox problem={problem} />}
      </div>
      <footer>
        <button type="button" class="btn ghost" onClick={props.onClose}>
          {t.value.shell.cancel}
        </button>
        <BusyButton kind="danger" onClick={remove}>
          {title}
        </BusyButton>
      </footer>
    </Dialog>
  )
}
