// The receipt: the number, when it counts as received and why, what is promised, who has it now, and what is still the requester's to do.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { SIGNED_FORM } from '../../../daemon/domain/ticket.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { type Answer, api } from '../../api.ts'
import { setNow } from '../../live/clock.ts'
import type { PageProps } from '../../pages.ts'
import { chairName } from '../../parts/clock/chairs.ts'
import { ErrorBox, Icon, Panel, Skeleton, toast } from '../../parts/index.ts'
import { lang, t } from '../../words/index.ts'
import { dateLong, dateTime, text } from '../../words/say.ts'
import { stepName } from '../ticket/names.ts'
import './sent.css'

export default function Sent({ params, query }: PageProps) {
  const number = params['number'] ?? ''
  const [got, setGot] = useState<Answer<TicketView> | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let gone = false
    void api.get<TicketView>(`/api/v1/tickets/${encodeURIComponent(number)}`).then(answer => {
      if (gone) return
      if (answer.ok) setNow(answer.value.clockAt)
      setGot(answer)
    })
    return () => {
      gone = true
    }
  }, [number, turn])
  useSignalEffect(() => {
    document.title = `${t.value.requests.sent.title} · Suar`
  })
  if (got === null) return <Skeleton lines={6} height={20} />
  if (!got.ok) return <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} />
  return <Receipt view={got.value} again={query.get('again') !== null} />
}

function Receipt({ view, again }: { readonly view: TicketView; readonly again: boolean }) {
  const words = t.value.requests.sent
  const { clock } = view
  const lines = clock?.explanation ?? []
  const outside = lines.find(line => line.kind === 'receivedOutside')
  const full = lines.find(line => line.kind === 'overload')
  const estimate = lines.some(line => line.kind === 'estimate')
  const received = clock?.whole.received ?? view.filedAt
  return (
    <div class="receipt">
      <Panel>
        <div class="receipthead">
          <span class="tick" aria-hidden="true">
            <Icon name="check" />
          </span>
          <h1>{again ? words.titleAgain : words.title}</h1>
          <p class="mid">{view.title}</p>
        </div>
        <div class="receiptnumber">
          <span class="small dim">{words.number}</span>
          <b>{view.number}</b>
          <CopyNumber number={view.number} />
        </div>
        <dl class="facts receiptfacts">
          {received === null ? null : (
            <>
              <dt>{words.received}</dt>
              <dd>
                {dateTime(received)}
                {outside?.kind === 'receivedOutside' ? (
                  <span class="block small mid">{words.receivedOutside(dateTime(outside.at), dateTime(outside.received))}</span>
                ) : null}
                {full?.kind === 'overload' ? <span class="block small mid">{words.slot(dateLong(full.start))}</span> : null}
              </dd>
            </>
          )}
          <dt>{words.promised}</dt>
          <dd>
            {view.due === null ? words.noPromise : <b>{dateTime(view.due)}</b>}
            {estimate ? <span class="block small mid">{words.estimate}</span> : null}
          </dd>
          {view.step === null || view.turn === null ? null : (
            <>
              <dt>{words.now}</dt>
              <dd>{words.with(stepText(view), view.turn.name === '' ? chairName(view.turn.chair) : view.turn.name)}</dd>
            </>
          )}
        </dl>
        <ToDo view={view} />
        <div class="receiptactions">
          <a class="btn primary" href={`/tickets/${view.number}`}>
            {words.open}
          </a>
          <a class="btn" href={`/api/v1/tickets/${view.number}/papers/form?language=${lang.value}`} target="_blank" rel="noreferrer">
            <Icon name="print" />
            {words.print}
          </a>
          <a class="btn ghost" href="/requests">
            {words.more}
          </a>
        </div>
      </Panel>
    </div>
  )
}

const stepText = (view: TicketView): string => {
  const step = view.serviceDefinition.steps.find(one => one.key === view.step?.key)
  return step === undefined ? text(view.step?.label ?? view.serviceName) : stepName(step)
}

/** Papers that are still missing, and the form to be signed by hand where the service wants that. */
function ToDo({ view }: { readonly view: TicketView }) {
  const words = t.value.requests.sent
  const { papers, form } = view.serviceDefinition
  const brought = new Set(view.attachments.filter(one => one.struck === undefined).map(one => one.slot))
  const missing = papers.filter(paper => paper.required && !brought.has(paper.key))
  const sign = form.signer.wetStamp && !brought.has(SIGNED_FORM)
  return (
    <div class="receipttodo">
      <h2>{words.todo}</h2>
      {missing.length === 0 && !sign ? <p class="mid">{words.nothing}</p> : null}
      <ul class="prep">
        {sign ? <li>{words.sign}</li> : null}
        {missing.map(paper => (
          <li key={paper.key}>{words.paper(text(paper.name))}</li>
        ))}
      </ul>
    </div>
  )
}

function CopyNumber({ number }: { readonly number: string }) {
  const words = t.value.requests.sent
  if (!isSecureContext) return null
  return (
    <button
      type="button"
      class="textbtn small"
      onClick={() => void navigator.clipboard.writeText(number).then(() => toast('done', words.copied, number))}
    >
      {words.copy}
    </button>
  )
}
