// One application: whose it is, who answers for it and when, its requests as they go on, and what became of its entry in the register.
import { useComputed, useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { ApplicationChange, ApplicationView } from '../../../daemon/domain/application-view.ts'
import type { TicketHead } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { store, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { type Column, Empty, ErrorBox, Icon, PageHead, Panel, Skeleton, Table } from '../../parts/index.ts'
import { go } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateShort, number, text } from '../../words/say.ts'
import { when } from '../../words/when.ts'
import './application.css'

type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'ready'; readonly view: ApplicationView }

export default function ApplicationPage({ params }: PageProps) {
  const id = params['id'] ?? ''
  const words = t.value.applications
  const [got, setGot] = useState<Got>({ kind: 'waiting' })
  const [turn, setTurn] = useState(0)
  useTopic('tickets')
  useEffect(() => {
    let gone = false
    void api.get<ApplicationView>(`/api/v1/desk/applications/${encodeURIComponent(id)}`).then(answer => {
      if (!gone) setGot(answer.ok ? { kind: 'ready', view: answer.value } : { kind: 'failed', problem: answer.problem })
    })
    return () => {
      gone = true
    }
  }, [id, turn])
  const title = got.kind === 'ready' ? got.view.name : words.title
  useSignalEffect(() => {
    document.title = `${title} · Suar`
  })
  if (got.kind === 'waiting') return <Skeleton lines={10} height={20} />
  if (got.kind === 'ready') return <Application view={got.view} />
  if (got.problem.status !== 404 && got.problem.status !== 400) return <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} />
  return <Empty page title={words.notFound} hint={words.notFoundHint} />
}

function Application({ view }: { readonly view: ApplicationView }) {
  const words = t.value.applications
  const { application } = t.value.people
  const facts = [
    [application.organisation, view.organisation.name],
    [application.phase, application.phases[view.phase]],
    [application.backup, application.backups[view.backup]],
    ...(view.note === '' ? [] : [[words.note, view.note] as const]),
  ] as const
  return (
    <div class="applicationpage">
      <PageHead
        title={view.name}
        sub={view.goneAt === null ? words.owner(view.organisation.name) : words.gone}
        actions={
          may('people.read') ? (
            <a class="btn" href={`/people/applications/${view.id}`}>
              {words.register}
            </a>
          ) : undefined
        }
      />
      <div class="applicationgrid">
        <div class="applicationside">
          <Panel title={words.facts}>
            <dl class="facts padded">
              {facts.map(([name, value]) => (
                <>
                  <dt key={name}>{name}</dt>
                  <dd>{value}</dd>
                </>
              ))}
            </dl>
            {view.backup === 'nobody' && view.goneAt === null ? (
              <p class="nobackup small">
                <Icon name="warn" class="warn" /> {words.noBackup}
              </p>
            ) : null}
          </Panel>
          <Responsible view={view} />
        </div>
        <div class="applicationside">
          <Tickets view={view} />
          <Panel title={words.history}>
            {view.history.length === 0 ? <Empty title={words.historyNone} /> : <ol class="changes">{view.history.map(changeRow)}</ol>}
          </Panel>
        </div>
      </div>
    </div>
  )
}

function period({ from, until }: { readonly from: number | null; readonly until: number | null }): string {
  const words = t.value.applications
  const told = [...(from === null ? [] : [words.since(dateShort(from))]), ...(until === null ? [] : [words.until(dateShort(until))])]
  return told.length === 0 ? words.always : told.join(' ')
}

function Responsible({ view }: { readonly view: ApplicationView }) {
  const words = t.value.applications
  return (
    <Panel title={words.responsible}>
      {view.responsible.length === 0 ? (
        <Empty title={words.responsibleNone} hint={words.responsibleHint} />
      ) : (
        <ul class="answering">
          {view.responsible.map(one => (
            <li key={`${one.as}${one.name}${one.from}`} class={one.now ? '' : 'dim'}>
              <div>
                <b>{one.name}</b>
                <div class="small dim">{one.position}</div>
              </div>
              <div class="small">
                {words.as[one.as]}
                <div class="dim">{one.now && one.until === null && one.from === null ? words.now : period(one)}</div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Requests follow the stream: a head that came since takes the place of the one that was asked for. */
function Tickets({ view }: { readonly view: ApplicationView }) {
  const words = t.value.applications
  const { inbox, statuses } = t.value.tickets
  const rows = useComputed(() => {
    const heads = store.desk.heads.value
    return view.tickets.map(head => heads.get(head.id) ?? head)
  }).value
  const columns: readonly Column<TicketHead>[] = [
    {
      key: 'ticket',
      label: inbox.columns.what,
      cell: head => (
        <>
          <b class="block ell">{head.title}</b>
          <span class="small dim ell">
            {head.number} · {text(head.serviceName)}
          </span>
        </>
      ),
    },
    { key: 'status', label: inbox.status, width: '130px', cell: head => statuses[head.status] },
    { key: 'changed', label: inbox.columns.changed, width: '120px', wide: true, cell: head => <span class="nw">{when(head.changedAt)}</span> },
  ]
  return (
    <Panel
      class="requested"
      title={words.tickets}
      end={view.total > rows.length ? <span class="small dim">{words.more(number(rows.length), number(view.total))}</span> : null}
    >
      {rows.length === 0 ? (
        <Empty title={words.ticketsNone} />
      ) : (
        <Table
          label={words.tickets}
          columns={columns}
          rows={rows}
          keyOf={head => head.id}
          onSelect={head => go(`/tickets/${encodeURIComponent(head.number)}`)}
        />
      )}
    </Panel>
  )
}

function changeRow(change: ApplicationChange) {
  const words = t.value.applications
  const names: Readonly<Record<string, string>> = words.fields
  const fields = change.fields.map(field => names[field] ?? field).join(', ')
  return (
    <li key={`${change.at}${change.what}`}>
      <div>
        {words.what[change.what]}
        {fields === '' ? '' : `: ${fields}`}
        {change.ticket === null ? null : (
          <>
            {' '}
            <a href={`/tickets/${encodeURIComponent(change.ticket)}`}>{words.byTicket(change.ticket)}</a>
          </>
        )}
      </div>
      <div class="small dim">
        {when(change.at)} · {change.by}
      </div>
    </li>
  )
}
