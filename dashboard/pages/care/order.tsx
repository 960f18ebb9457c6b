// One work order: begun with those who come in for it, ended with checklist, note and result; of a run test what the readings say.
import { useState } from 'preact/hooks'
import type { WorkOrderView } from '../../../daemon/domain/care.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { AreaField, Button, CheckField, Drawer, Empty, ErrorBox, Icon, SelectField, TextField, toast } from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateTime, number } from '../../words/say.ts'
import { OrderFiles } from './order-files.tsx'
import { StateOfWork, UrgencyOf } from './state.tsx'
import { BatteryTest, GensetTest } from './tests.tsx'

const close = (): void => setQuery({ order: null })

export function Order({ order }: { readonly order: WorkOrderView | null }) {
  const words = t.value.care.order
  const [cancelling, cancel] = useState(false)
  if (order === null)
    return (
      <Drawer title={words.gone} label={words.gone} onClose={close}>
        <Empty title={words.gone} hint={words.goneHint} />
      </Drawer>
    )
  const facts: readonly (readonly [string, string])[] = [
    [words.asset, order.asset.name],
    [words.due, dateTime(order.dueAt)],
    ...(order.hours === null ? [] : [[words.hoursDue, words.everyHours(number(order.hours.every), order.hours.reachedAt !== null)] as const]),
    ...(order.urgency === null ? [] : [[words.urgency, t.value.care.urgencies[order.urgency]] as const]),
    ...(order.from === null ? [] : [[words.began, dateTime(order.from)] as const]),
    ...(order.until === null ? [] : [[words.ended, dateTime(order.until)] as const]),
    ...(order.by === null ? [] : [[words.by, order.by] as const]),
  ]
  return (
    <Drawer
      label={order.title}
      onClose={close}
      title={
        <span class="row wrap">
          <StateOfWork order={order} />
          <UrgencyOf order={order} />
          <span class="small dim">{order.number}</span>
        </span>
      }
    >
      <div class="careorder">
        <h2>{order.title}</h2>
        {order.fault === '' ? null : (
          <p class="carefault">
            <b>{words.fault}</b>
            <br />
            {order.fault}
          </p>
        )}
        <dl class="facts">{facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} is`}>{value}</dd>])}</dl>
        {order.visit === null ? null : (
          <p>
            {words.visit}: <a href={`/visits/${order.visit.id}`}>{order.visit.number}</a>
          </p>
        )}
        {order.run === null ? null : <GensetTest run={order.run} />}
        {order.battery === null ? null : <BatteryTest run={order.battery} />}
        {order.state !== 'done' || order.checklist.length === 0 ? null : (
          <ul class="carechecks" aria-label={words.checklist}>
            {order.checklist.map(({ text, done }) => (
              <li key={text}>
                <Icon name={done ? 'check' : 'unknown'} class={done ? 'ok' : 'unknown'} /> {text}
              </li>
            ))}
          </ul>
        )}
        {order.note === '' ? null : <blockquote>{order.note}</blockquote>}
        <OrderFiles order={order} />
        {!may('care.work') ? null : order.state === 'running' ? (
          <Finish order={order} />
        ) : order.state === 'done' || order.state === 'cancelled' ? null : (
          <>
            <Start order={order} />
            <p>
              <Button onClick={() => cancel(true)}>{words.cancel}</Button>
            </p>
          </>
        )}
      </div>
      {cancelling ? (
        <ReasonDialog
          title={words.cancel}
          label={words.reason}
          act={words.cancel}
          danger
          shortest={5}
          onClose={() => cancel(false)}
          onGive={async reason => {
            const answer = await api.post<WorkOrderView>(`/api/v1/care/orders/${order.id}/cancel`, { reason })
            if (!answer.ok) return answer.problem
            toast('done', words.cancelled(order.number))
            return null
          }}
        />
      ) : null}
    </Drawer>
  )
}

function Start({ order }: { readonly order: WorkOrderView }) {
  const words = t.value.care.order
  const [name, setName] = useState('')
  const [company, setCompany] = useState('')
  const [hours, setHours] = useState('4')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const start = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const people = name.trim() === '' ? [] : [{ name: name.trim(), company: company.trim() }]
    const answer = await api.post<WorkOrderView>(`/api/v1/care/orders/${order.id}/start`, { people, hours: Number(hours) || 4 })
    setBusy(false)
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) toast('done', words.started(order.number))
  }
  return (
    <form class="careform" onSubmit={start}>
      <p class="small mid">{words.startNote}</p>
      <TextField label={words.person} value={name} onInput={setName} optional />
      <TextField label={words.company} value={company} onInput={setCompany} optional />
      <TextField label={words.hours} type="number" value={hours} onInput={setHours} />
      {problem === null ? null : <ErrorBox problem={problem} />}
      <Button type="submit" kind="primary" disabled={busy}>
        {words.start}
      </Button>
    </form>
  )
}

function Finish({ order }: { readonly order: WorkOrderView }) {
  const words = t.value.care.order
  const { results } = t.value.care
  const [done, setDone] = useState<readonly number[]>([])
  const [note, setNote] = useState('')
  const [result, setResult] = useState('pass')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const finish = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const answer = await api.post<WorkOrderView>(`/api/v1/care/orders/${order.id}/finish`, { done, note, result })
    setBusy(false)
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) toast('done', words.finished(order.number))
  }
  return (
    <form class="careform" onSubmit={finish}>
      {order.checklist.length === 0 ? null : <h3>{words.checklist}</h3>}
      {order.checklist.map(({ text }, i) => (
        <CheckField
          key={text}
          label={text}
          checked={done.includes(i)}
          onChange={is => setDone(was => (is ? [...was, i] : was.filter(one => one !== i)))}
        />
      ))}
      <AreaField label={words.note} value={note} onInput={setNote} optional />
      <SelectField
        label={words.result}
        value={result}
        onChange={setResult}
        options={[
          { key: 'pass', label: results.pass },
          { key: 'fail', label: results.fail },
        ]}
        {...(order.test === null ? {} : { help: words.fromReadings[order.test] })}
      />
      {problem === null ? null : <ErrorBox problem={problem} />}
      <Button type="submit" kind="primary" disabled={busy}>
        {words.finish}
      </Button>
    </form>
  )
}
