// Deciding: window, doors, racks and escort; within a freeze with a reason. The same form allows and changes.
import { useState } from 'preact/hooks'
import type { VisitDetail } from '../../../daemon/domain/visit.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Button, ErrorBox, Panel, SelectField, Skeleton, TextField, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { Ticks, useChoices } from './choices.tsx'
import { instantOf, localOf } from './times.ts'

interface DecideProps {
  readonly visit: VisitDetail
  readonly change: boolean
  readonly onClose: () => void
  readonly onDone: (visit: VisitDetail) => void
}

export function Decide({ visit, change, onClose, onDone }: DecideProps) {
  const words = t.value.visits.decide
  const choices = useChoices('/api/v1/visits/choices')
  const [from, setFrom] = useState(localOf(visit.from))
  const [until, setUntil] = useState(localOf(visit.until))
  const [doors, setDoors] = useState<readonly string[] | null>(visit.doors.length > 0 ? visit.doors : null)
  const [racks, setRacks] = useState<readonly string[]>(visit.racks)
  const [escort, setEscort] = useState(visit.escort === null ? '' : String(visit.escort.person))
  const [override, setOverride] = useState('')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const owed = visit.owes === 'approval' && !change
  if (choices === null) return <Skeleton lines={5} />
  const here = choices.doors.filter(one => one.site === visit.site)
  const rooms = new Set(visit.rooms)
  // The doors of the rooms that were asked for, to begin with.
  const shownDoors = doors ?? here.filter(one => rooms.has(one.room)).map(({ id }) => id)
  const wrong = problem?.errors?.find(one => one.field === 'until')?.reason
  const frozen = visit.conflicts.some(({ kind }) => kind === 'freeze')

  async function send(): Promise<void> {
    const [begins, ends] = [instantOf(from), instantOf(until)]
    if (Number.isNaN(begins) || Number.isNaN(ends)) return setProblem({ type: 'about:blank', title: words.noTime, status: 400 })
    setBusy(true)
    const body = {
      from: begins,
      until: ends,
      doors: shownDoors,
      racks,
      escort: Number(escort) || visit.escort?.person || 1,
      ...(override.trim() === '' ? {} : { override: override.trim() }),
      ...(change ? { reason: reason.trim() } : {}),
    }
    const answer = await api.post<VisitDetail>(`/api/v1/visits/${visit.id}/${change ? 'change' : 'approve'}`, body, { seen: visit.revision })
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    toast('done', change ? words.changed : words.approved)
    onDone(answer.value)
    onClose()
  }

  return (
    <Panel title={change ? words.changeTitle : words.title} padded class="decide">
      <form
        onSubmit={event => {
          event.preventDefault()
          void send()
        }}
      >
        {owed ? null : (
          <>
            <div class="pair">
              <TextField label={words.from} type="datetime-local" value={from} onInput={setFrom} />
              <TextField label={words.until} type="datetime-local" value={until} onInput={setUntil} error={wrong} />
            </div>
            <Ticks legend={words.doors} choices={here} chosen={shownDoors} onChange={setDoors} />
            <Ticks legend={words.racks} choices={choices.racks.filter(one => one.site === visit.site)} chosen={racks} onChange={setRacks} />
            <SelectField
              label={words.escort}
              value={escort}
              onChange={setEscort}
              options={[{ key: '', label: words.choose }, ...choices.escorts.map(one => ({ key: String(one.person), label: one.name }))]}
            />
            {frozen || problem?.status === 409 ? (
              <TextField label={words.override} help={words.overrideHelp} value={override} onInput={setOverride} optional />
            ) : null}
            {change ? <TextField label={words.reason} value={reason} onInput={setReason} /> : null}
          </>
        )}
        {problem === null || wrong !== undefined ? null : <ErrorBox problem={problem} />}
        <div class="decidefoot">
          <Button kind="ghost" onClick={onClose}>
            {words.close}
          </Button>
          <Button type="submit" kind="primary" disabled={busy || (!owed && escort === '') || (change && reason.trim().length < 3)}>
            {change ? words.save : owed ? words.approveAfter : words.approve}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
