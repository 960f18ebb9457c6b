// Work that nobody planned: what is wrong with which asset, how soon it must be done.
import { useState } from 'preact/hooks'
import { type CareTest, URGENCIES, type Urgency, type WorkOrderView } from '../../../daemon/domain/care.ts'
import type { AssetView } from '../../../daemon/domain/care-sent.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { AreaField, Button, Dialog, ErrorBox, SelectField, TextField, toast } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { instantOf, localOf } from '../visits/times.ts'
import { testOf } from './tests-of.ts'

const HOUR = 3_600_000
/** Hours until it must be done. */
const WITHIN: Readonly<Record<Urgency, number>> = { critical: 4, high: 24, normal: 72, low: 14 * 24 }

interface OnceProps {
  readonly assets: readonly AssetView[]
  readonly onClose: () => void
}

export function OnceForm({ assets, onClose }: OnceProps) {
  const words = t.value.care.once
  const { kinds, urgencies } = t.value.care
  const [asset, setAsset] = useState(String(assets[0]?.id ?? ''))
  const [title, setTitle] = useState('')
  const [fault, setFault] = useState('')
  const [urgency, setUrgency] = useState<Urgency>('normal')
  const [due, setDue] = useState<string | null>(null)
  const [test, setTest] = useState<CareTest | ''>('')
  const [checklist, setChecklist] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const until = due ?? localOf((now.peek() || Date.now()) + WITHIN[urgency] * HOUR)
  const mistakes = Object.fromEntries((problem?.errors ?? []).map(({ field, reason }) => [field, reason]))
  const possible = testOf(assets.find(({ id }) => String(id) === asset))
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const answer = await api.post<WorkOrderView>('/api/v1/care/orders', {
      ...{
        asset: Number(asset),
        title: title.trim(),
        fault,
        urgency,
        due: instantOf(until),
        test: test === '' || possible === null ? null : possible,
      },
      checklist: checklist.split('\n').flatMap(line => (line.trim() === '' ? [] : [line.trim()])),
    })
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    toast('done', words.saved(answer.value.number))
    onClose()
    setQuery({ order: String(answer.value.id) })
  }
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form onSubmit={save}>
        <header>
          <h2>{words.title}</h2>
        </header>
        <div class="body">
          <SelectField
            label={words.asset}
            value={asset}
            options={assets.map(({ id, name, kind }) => ({ key: String(id), label: `${name} · ${kinds[kind]}` }))}
            onChange={key => {
              setAsset(key)
              setTest('')
            }}
          />
          <TextField label={words.work} value={title} error={mistakes['title']} autofocus onInput={setTitle} />
          <AreaField label={words.fault} value={fault} optional help={words.faultHelp} error={mistakes['fault']} onInput={setFault} />
          <div class="carepair">
            <SelectField
              label={words.urgency}
              value={urgency}
              options={URGENCIES.toReversed().map(key => ({ key, label: urgencies[key] }))}
              onChange={(key: Urgency) => {
                setUrgency(key)
                setDue(null)
              }}
            />
            <TextField label={words.due} type="datetime-local" value={until} error={mistakes['due']} onInput={setDue} />
          </div>
          {possible === null ? null : (
            <SelectField
              label={words.test}
              value={test}
              options={[
                { key: '', label: words.noTest },
                { key: possible, label: t.value.care.tests[possible] },
              ]}
              onChange={(key: CareTest | '') => setTest(key)}
            />
          )}
          <AreaField label={t.value.care.register.checklist} value={checklist} optional rows={3} onInput={setChecklist} />
          {problem === null ? null : <ErrorBox problem={problem} />}
        </div>
        <footer>
          <Button kind="ghost" onClick={onClose}>
            {t.value.shell.cancel}
          </Button>
          <Button type="submit" kind="primary" disabled={busy || title.trim().length < 3 || asset === '' || Number.isNaN(instantOf(until))}>
            {words.save}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
