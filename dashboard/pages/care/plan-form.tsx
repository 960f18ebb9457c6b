// A maintenance plan as people enter it: what, how often, from when, with which checklist.
import { useState } from 'preact/hooks'
import { EVERY_UNITS } from '../../../daemon/domain/care.ts'
import type { AssetView, PlanView } from '../../../daemon/domain/care-sent.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { AreaField, Button, CheckField, Dialog, ErrorBox, SelectField, TextField, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { number, text } from '../../words/say.ts'
import { localOf } from '../visits/times.ts'
import { testOf } from './tests-of.ts'

interface PlanFormProps {
  readonly asset: AssetView
  /** null: a new one. */
  readonly plan: PlanView | null
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
  const possible = testOf(asset)
  const [test, setTest] = useState(plan === null ? possible === 'genset' : plan.test !== null)
  const [counter, setCounter] = useState(plan?.hours?.key ?? '')
  const [hours, setHours] = useState(String(plan?.hours?.every ?? 250))
  const [last, setLast] = useState(plan?.hours?.last == null ? '' : String(plan.hours.last))
  const meter = asset.meters.find(({ key }) => key === counter)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const mistakes = Object.fromEntries((problem?.errors ?? []).map(({ field, reason }) => [field, reason]))
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const lines = checklist.split('\n').map(line => line.trim())
    const body = {
      ...{ asset: asset.id, title: title.trim(), every: { unit, n: Number(n) }, first, at, lead: Number(lead) },
      ...{ checklist: lines.filter(line => line !== ''), test: test ? possible : null },
      hours: counter === '' ? null : { key: counter, every: Number(hours), last: last.trim() === '' ? null : Number(last) },
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
            <SelectField label={words.unit} value={unit} options={EVERY_UNITS.map(key => ({ key, label: words.units[key] }))} onChange={setUnit} />
            <TextField label={words.first} type="date" value={first} error={mistakes['first']} onInput={setFirst} />
            <TextField label={words.at} value={at} placeholder="08:00" error={mistakes['at']} onInput={setAt} />
            <TextField label={words.lead} type="number" value={lead} error={mistakes['lead']} onInput={setLead} />
          </div>
          {asset.meters.length === 0 && counter === '' ? null : (
            <fieldset class="carehours">
              <legend>{words.byHours}</legend>
              <SelectField
                label={words.counter}
                value={counter}
                options={[
                  { key: '', label: words.noCounter },
                  ...asset.meters.map(({ key, label, hours: is }) => ({
                    key,
                    label: is === null ? text(label) : `${text(label)} (${words.shows(number(is))})`,
                  })),
                ]}
                onChange={setCounter}
              />
              {counter === '' ? null : (
                <div class="carepair">
                  <TextField label={words.everyHours} type="number" value={hours} error={mistakes['hours.every']} onInput={setHours} />
                  <TextField
                    label={words.lastHours}
                    type="number"
                    value={last}
                    optional
                    help={meter?.hours == null ? words.lastHelp : words.lastHelpNow(number(meter.hours))}
                    error={mistakes['hours.last']}
                    onInput={setLast}
                  />
                </div>
              )}
            </fieldset>
          )}
          <AreaField label={words.checklist} value={checklist} optional rows={4} onInput={setChecklist} />
          {possible === null ? null : <CheckField label={words.test[possible]} checked={test} onChange={setTest} />}
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
