// Taking over a year's official list of holidays: chosen, checked line by line, looked at, then applied as a new version.
import { useState } from 'preact/hooks'
import type { CalendarVersion, Holiday, ImportPreview } from '../../../daemon/domain/calendar.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Field, TextField } from '../../parts/field.tsx'
import { BusyButton, Dialog, ErrorBox, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { dateShort } from '../../words/say.ts'
import { noon } from './side.tsx'

interface ImportProps {
  readonly calendar: CalendarVersion
  readonly onClose: () => void
  readonly onChanged: () => void
}

export function ImportHolidays({ calendar, onClose, onChanged }: ImportProps) {
  const words = t.value.tickets.calendar
  const [list, setList] = useState<File | null>(null)
  const [source, setSource] = useState('')
  const [tried, setTried] = useState(false)
  const [preview, setPreview] = useState<ImportPreview | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const url = `/api/v1/calendars/${encodeURIComponent(calendar.calendar.key)}/holidays`
  const changes = preview === null ? 0 : preview.added.length + preview.changed.length + preview.removed.length
  const check = async (given: File): Promise<void> => {
    setList(given)
    setPreview(null)
    setProblem(null)
    const answer = await api.upload<ImportPreview>(`${url}/preview`, formOf(given))
    if (answer.ok) setPreview(answer.value)
    else setProblem(answer.problem)
  }
  const commit = async (): Promise<void> => {
    setTried(true)
    if (source.trim().length < 3 || list === null) return
    const answer = await api.upload<CalendarVersion>(url, formOf(list, { source: source.trim(), base: String(calendar.version) }))
    if (!answer.ok) return setProblem(answer.problem)
    onClose()
    onChanged()
    toast('done', words.importDone, words.importVersion(answer.value.version))
  }
  return (
    <Dialog title={words.importTitle} onClose={onClose} class="importdialog">
      <h2>{words.importTitle}</h2>
      <div class="body">
        <p>{words.importHint}</p>
        <Field label={words.importFile}>
          {ids => (
            <input
              {...ids}
              class="input filepick"
              type="file"
              accept=".ics,.csv,.json,text/calendar,text/csv,application/json"
              onChange={event => {
                const file = event.currentTarget.files?.[0]
                if (file !== undefined) void check(file)
              }}
            />
          )}
        </Field>
        <TextField
          label={words.importSource}
          help={words.importSourceHint}
          value={source}
          onInput={setSource}
          maxLength={200}
          error={tried && source.trim().length < 3 ? t.value.tickets.form.missing : undefined}
        />
        {problem === null ? null : <ErrorBox problem={problem} />}
        {preview === null ? null : <Preview preview={preview} />}
      </div>
      <footer>
        <button type="button" class="btn ghost" onClick={onClose}>
          {t.value.shell.cancel}
        </button>
        <BusyButton kind="primary" disabled={preview === null || preview.mistakes.length > 0} onClick={commit}>
          {changes === 0 ? words.importNothing : words.importCommit(changes)}
        </BusyButton>
      </footer>
    </Dialog>
  )
}

function Preview({ preview }: { readonly preview: ImportPreview }) {
  const words = t.value.tickets.calendar
  return (
    <div class="preview">
      {preview.mistakes.length === 0 ? null : (
        <section class="t-crit">
          <h3>{words.importMistakes(preview.mistakes.length)}</h3>
          <ul>
            {preview.mistakes.map(one => (
              <li key={`${one.line}${one.reason}`}>
                {words.importLine(one.line)}: {one.reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Part title={words.importAdded} list={preview.added} />
      <Part title={words.importChanged} list={preview.changed.map(one => one.is)} />
      <Part title={words.importRemoved} list={preview.removed} />
    </div>
  )
}

/** Fields go before the file: the daemon reads them in that order. */
function formOf(file: File, fields: Readonly<Record<string, string>> = {}): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('list', file)
  return form
}

function Part({ title, list }: { readonly title: string; readonly list: readonly Holiday[] }) {
  const words = t.value.tickets.calendar
  if (list.length === 0) return null
  return (
    <section>
      <h3>
        {title} <span class="dim">{list.length}</span>
      </h3>
      <ul class="holidays">
        {list.map(one => (
          <li key={`${one.date}${one.name}`}>
            <span class="nw dim">
              {dateShort(noon(one.date))} {one.date.slice(0, 4)}
            </span>
            <span>
              {one.name} <span class="small dim">{words.kinds[one.kind]}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
