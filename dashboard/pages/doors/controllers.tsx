// Those who tell of doors: when each was last heard, whether its clock is right; and events of one that tells by files only.
import { useEffect, useState } from 'preact/hooks'
import type { DoorVia } from '../../../daemon/domain/opening.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { BusyButton, type Column, Empty, ErrorBox, Field, Panel, Pill, SelectField, Skeleton, Table, toast } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { age, number } from '../../words/say.ts'

interface Controller {
  readonly name: string
  readonly via: DoorVia
  readonly heardAt: number | null
  /** ms behind, below 0 ahead; null: right. */
  readonly skew: number | null
}

export function Controllers() {
  const words = t.value.doors.controller
  const [all, setAll] = useState<readonly Controller[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const load = async (): Promise<void> => {
    const answer = await api.get<{ readonly items: readonly Controller[] }>('/api/v1/doors/controllers')
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setAll(answer.value.items)
  }
  useEffect(() => void load(), [])
  const clockOf = ({ skew }: Controller) => {
    if (skew === null) return <Pill tone="ok">{words.clockRight}</Pill>
    const seconds = number(Math.abs(skew) / 1000)
    return <Pill tone="warn">{skew > 0 ? words.clockBehind(seconds) : words.clockAhead(seconds)}</Pill>
  }
  const columns: readonly Column<Controller>[] = [
    { key: 'name', label: words.name, cell: one => <b class="mono">{one.name}</b> },
    { key: 'via', label: t.value.doors.columns.via, wide: true, cell: one => t.value.doors.vias[one.via] },
    { key: 'heard', label: words.heard, cell: one => (one.heardAt === null ? words.never : age(now.peek() - one.heardAt)) },
    { key: 'clock', label: words.clock, cell: clockOf },
  ]
  return (
    <>
      {problem === null ? null : <ErrorBox problem={problem} retry={() => void load()} />}
      <Panel class="doorlog" title={t.value.doors.parts.controllers} end={<BusyButton onClick={load}>{words.refresh}</BusyButton>}>
        {all === null ? (
          problem === null ? (
            <Skeleton lines={4} />
          ) : null
        ) : all.length === 0 ? (
          <Empty title={words.none} hint={words.noneHint} />
        ) : (
          <Table label={t.value.doors.parts.controllers} columns={columns} rows={all} keyOf={one => one.name} />
        )}
      </Panel>
      {may('door.explain') && all !== null && all.length > 0 ? <TableOfEvents names={all.map(({ name }) => name)} onTaken={load} /> : null}
    </>
  )
}

function TableOfEvents({ names, onTaken }: { readonly names: readonly string[]; readonly onTaken: () => Promise<void> }) {
  const words = t.value.doors.import
  const [name, setName] = useState(names[0] ?? '')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [result, setResult] = useState<string | null>(null)

  async function send(file: File): Promise<void> {
    const form = new FormData()
    form.append('file', file, file.name)
    setBusy(true)
    setProblem(null)
    setResult(null)
    const answer = await api.upload<{ readonly events: number; readonly taken: number }>(
      `/api/v1/doors/controllers/${encodeURIComponent(name)}/events`,
      form,
    )
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    setResult(words.result(number(answer.value.taken), number(answer.value.events)))
    toast('done', words.done)
    await onTaken()
  }
  return (
    <Panel title={words.title} padded>
      <p class="mid">{words.sub}</p>
      <div class="doorbar">
        <SelectField label={words.controller} value={name} options={names.map(key => ({ key, label: key }))} onChange={setName} />
        <Field label={words.file}>
          {ids => (
            <input
              {...ids}
              class="input"
              type="file"
              accept=".csv,text/csv"
              disabled={busy}
              onChange={event => {
                const [file] = event.currentTarget.files ?? []
                event.currentTarget.value = ''
                if (file !== undefined) void send(file)
              }}
            />
          )}
        </Field>
      </div>
      <p role="status" class="mid">
        {busy ? words.sending : result}
      </p>
      {problem === null ? null : <ErrorBox problem={problem} />}
    </Panel>
  )
}
