// A maintenance plan as people enter it: what, how often, from when, with which checklist.
import { useState } from 'preact/hooks'
import { EVERY_UNITS } from '../../../daemon/domain/care.ts'
import type { Asset, Plan } from '../../../daemon/domain/care-sent.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { AreaField, Button, CheckField, Dialog, ErrorBox, SelectField, TextField, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { localOf } from '../visits/times.ts'

interface PlanFormProps {
  readonly asset: Asset
  /** null: a new one. */
  readonly plan: Plan | null
  readonly onClose: () => void
  readonly onSaved: () => void
}

export function PlanForm({ asset, plan, onClose, onSaved }: PlanFormProps) {
  const words = t.value.care.register
  const [title, setTitle] = useState(plan?.title ?? '')
  const [n, setN] = useState(String(plan?.every.n ?? 1))
  const [unit, setUnit] = useState<(typeof EVERY_UNITS)[number]>(plan?.every.unit ?? 'month')
  const [first, setFirst] = useState(plan?.first ?? localOf(now.peek() || Date.now()).slice(0, 10))
  const [at, setAt] = useState(plan?.at ?? '08:00')
  const [lead, setLead] = useState(String(plan?.lead ?? 14))
  const [checklist, setChecklist] = useState(plan?.checklist.join('\n') ?? '')
  const [test, setTest] = useState(plan === null ? asset.kind === 'genset' && asset.device !== null : plan.test !== null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const mistakes = Object.fromEntries((problem?.errors ?? []).map(({ field, reason }) => [field, reason]))
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const lines = checklist.split('\n').map(line => line.trim())
    const body = {
      ...{ asset: asset.id, title: title.trim(), every: { unit, n: Number(n) }, first, at, lead: Number(lead) },
      ...{ checklist: lines.filter(line => line !== ''), test: test ? 'genset' : null },
    }
    const answer = plan === null ? await api.post('/api/v1/care/plans', body) : await api.put(`/api/v1/care/plans/${plan.id}`, body)
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    toast('done', words.saved(body.title))
    onSaved()
  }
  const head = `${plan === null ? words.addPlan : words.edit}: ${plan?.title ?? asset.name}`
  return (
    <Dialog title={head} onClose={onClose}>
      <form onSubmit={save}>
        <header>
          <h2>{head}</h2>
        </header>
        <div class="body">
          <TextField label={words.title} value={title} error={mistakes['title']} autofocus onInput={setTitle} />
          <div class="carepair">
            <TextField label={words.every} type="number" value={n} error={mistakes['every.n']} onInput={setN} />
            <SelectField label={words.every} value={unit} options={EVERY_UNITS.map(key => ({ key, label: words.units[key] }))} onChange={setUnit} />
            <TextField label={words.first} type="date" value={first} error={mistakes['first']} onInput={setFirst} />
            <TextField label={words.at} value={at} placeholder="08:00" error={mistakes['at']} onInput={setAt} />
            <TextField label={words.lead} type="number" value={lead} error={mistakes['lead']} onInput={setLead} />
          </div>
          <AreaField label={words.checklist} value={checklist} optional rows={4} onInput={setChecklist} />
          {asset.kind === 'genset' ? <CheckField label={words.test} checked={test} onChange={setTest} /> : null}
          {problem === null ? null : <ErrorBox problem={problem} />}
        </div>
        <footer>
          <Button kind="ghost" onClick={onClose}>
            {t.value.shell.cancel}
          </Button>
          <Button type="submit" kind="primary" disabled={busy || title.trim().length < 3}>
            {words.save}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
