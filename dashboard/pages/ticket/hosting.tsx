// What a hosting or domain ticket asks of hosts and zones: drafted from its answers, what is in the way, and the changes it led to, as they go on.
import { useEffect, useState } from 'preact/hooks'
import type { TicketHosting } from '../../../daemon/domain/hosting-ticket-view.ts'
import type { ChangeRow } from '../../../daemon/domain/hosting-view.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { api } from '../../api.ts'
import { ChangeTable } from '../../parts/hosting/change-table.tsx'
import '../../parts/hosting/hosting.css'
import { Propose } from '../../parts/hosting/propose.tsx'
import { Icon, Panel } from '../../parts/index.ts'
import { useNewsOf } from '../../parts/news.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import './hosting.css'

const SERVICES: ReadonlySet<string> = new Set(['hosting', 'domain'])
export const asksForHosting = ({ service, kind, status }: TicketView): boolean => SERVICES.has(service) && kind !== 'complaint' && status !== 'draft'

export function HostingPanel({ view }: { readonly view: TicketView }) {
  const words = t.value.ticketHosting
  const [asks, show] = useState<TicketHosting | null>(null)
  const [proposing, propose] = useState(false)
  const { rows, anew } = useNewsOf('changes', view.number)
  const own = [...rows.values()].filter(row => row.ticket === view.number)
  const known = own.length
  useEffect(() => {
    let gone = false
    void api.get<TicketHosting>(`/api/v1/tickets/${encodeURIComponent(view.number)}/hosting`).then(answer => {
      if (!gone && answer.ok) show(answer.value)
    })
    return () => {
      gone = true
    }
  }, [view.number, view.seq, known, anew])
  if (asks === null) return null
  const changes = merged(asks.changes, own)
  const underWay = changes.some(({ state }) => !OVER.has(state))
  const ready = asks.why === null && asks.refused.length === 0 && !underWay
  const blocked = asks.open.some(({ blocks }) => blocks === true)
  const ticket = encodeURIComponent(view.number)
  return (
    <Panel title={words.titles[asks.kind]} class="tickethosting" padded>
      {asks.kind === 'website' ? <Draft asks={asks} /> : asks.kind === 'change' ? <Difference asks={asks} /> : <Records asks={asks} />}
      <Lists asks={asks} />
      {asks.why === null || changes.length > 0 ? null : (
        <p class="hostingwhy">
          <Icon name="unknown" />
          {text(asks.why)}
        </p>
      )}
      {!may('change.work') || underWay || (asks.refused.length > 0 && asks.kind !== 'website') ? null : (
        <p class="row wrap">
          {asks.kind === 'website' ? (
            <a class={`btn ${ready ? 'primary' : ''}`} href={`/websites/new?ticket=${ticket}`}>
              {ready ? words.plan : words.look}
            </a>
          ) : ready && !blocked ? (
            <button type="button" class="btn primary" onClick={() => propose(true)}>
              {words.make}…
            </button>
          ) : null}
          {asks.kind === 'change' && asks.website !== null && asks.purpose === 'edit' ? (
            <a class="btn" href={`/websites/${asks.website}/edit?ticket=${ticket}`}>
              {words.editInstead}
            </a>
          ) : null}
        </p>
      )}
      {changes.length === 0 ? null : (
        <div class="hostingchanges">
          <h3>{words.changes}</h3>
          <ChangeTable rows={changes} />
          {view.status === 'open' && underWay ? <p class="small dim">{words.proven}</p> : null}
        </div>
      )}
      {proposing ? (
        <Propose
          title={words.titles[asks.kind]}
          body={words.makeBody}
          act={words.make}
          danger={asks.purpose === 'decommission'}
          send={reason => api.post<ChangeRow>(`/api/v1/tickets/${ticket}/hosting`, { reason })}
          onClose={() => propose(false)}
        />
      ) : null}
    </Panel>
  )
}

const OVER: ReadonlySet<ChangeRow['state']> = new Set(['verified', 'undone', 'ended'])

/** Newest first; of each the newest that was told. */
function merged(asked: readonly ChangeRow[], told: readonly ChangeRow[]): readonly ChangeRow[] {
  const all = new Map(asked.map(row => [row.number, row]))
  for (const row of told) if (row.revision >= (all.get(row.number)?.revision ?? 0)) all.set(row.number, row)
  return [...all.values()].toSorted((a, b) => b.id - a.id)
}

function Draft({ asks: { draft, website } }: { readonly asks: TicketHosting }) {
  const words = t.value.ticketHosting
  const { hosting } = t.value
  const is = draft as {
    readonly domains?: readonly string[]
    readonly host?: string
    readonly runtime?: { readonly kind: 'static' | 'php' | 'app'; readonly version?: string; readonly interpreter?: string }
    readonly quota?: number
    readonly database?: { readonly engine: 'mariadb' | 'postgresql'; readonly size: number } | null
  } | null
  const { runtime, database, quota } = is ?? {}
  const runs =
    runtime === undefined ? words.undecided : [hosting.form.runtimes[runtime.kind], runtime.version ?? runtime.interpreter ?? ''].join(' ').trim()
  const facts: readonly (readonly [string, string])[] = [
    [words.domains, is?.domains?.join(', ') || words.undecided],
    [words.name, website ?? words.undecided],
    [words.host, is?.host ?? words.undecided],
    [words.runs, runs],
    [words.quota, quota === undefined ? words.undecided : hosting.mib(String(quota))],
    [
      words.database,
      database === null || database === undefined
        ? words.noDatabase
        : `${hosting.form.databases[database.engine]}, ${hosting.mib(String(database.size))}`,
    ],
  ]
  return (
    <dl class="hostingfacts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Difference({ asks: { purpose, website, differences } }: { readonly asks: TicketHosting }) {
  const words = t.value.ticketHosting
  const said = purpose === 'suspend' || purpose === 'resume' || purpose === 'decommission' ? words.purposes[purpose] : null
  return (
    <>
      {website === null ? null : (
        <p>
          <a href={`/websites/${website}`}>{website}</a>
        </p>
      )}
      {said === null ? null : <p>{said}</p>}
      {differences.length === 0 ? null : (
        <ul class="plainlist hostingdiff" aria-label={words.differences}>
          {differences.map(({ field, was, is }) => (
            <li key={field}>
              <b>{field}</b>
              <Turn was={was} is={is} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Turn({ was, is }: { readonly was: string | null; readonly is: string | null }) {
  const words = t.value.ticketHosting
  return (
    <span class="mono small hostingturn">
      <span class="sr">{words.was}</span>
      {was === null ? <span class="dim">{words.nothing}</span> : <del>{was}</del>} <span aria-hidden="true">→</span>{' '}
      <span class="sr">{words.is}</span>
      <ins>{is ?? words.removed}</ins>
    </span>
  )
}

function Records({ asks: { records, addresses, until } }: { readonly asks: TicketHosting }) {
  const words = t.value.ticketHosting
  const said = (state: TicketHosting['records'][number]['after']) => (Array.isArray(state?.['data']) ? state['data'].join(', ') : null)
  return (
    <>
      <ul class="plainlist hostingdiff">
        {records.map(({ name, before, after, follows }) => (
          <li key={name}>
            <b>{name.replace('. ', ' ')}</b>
            <Turn was={said(before)} is={said(after)} />
            {follows ? <span class="small dim">{words.follows}</span> : null}
          </li>
        ))}
      </ul>
      {addresses.map(({ address, network }) => (
        <p key={address} class="small">
          {words.given(address, network)}
        </p>
      ))}
      {until === null ? null : <p class="small">{words.until(until)}</p>}
    </>
  )
}

function Lists({ asks: { refused, open, byHand } }: { readonly asks: TicketHosting }) {
  const words = t.value.ticketHosting
  return (
    <>
      {refused.length === 0 ? null : (
        <div class="hostinglist" role="alert">
          <b class="t-crit">
            <Icon name="crit" />
            {words.refused}
          </b>
          <ul>
            {refused.map(one => (
              <li key={one.en}>{text(one)}</li>
            ))}
          </ul>
        </div>
      )}
      {open.length === 0 ? null : (
        <div class="hostinglist">
          <b>
            <Icon name="warn" class="warn" />
            {words.open(open.length)}
          </b>
          <ul>
            {open.map(({ field, words: why, blocks }) => (
              <li key={`${field} ${why.en}`}>
                {text(why)}
                {blocks === true ? <span class="small t-warn"> ({words.blocks})</span> : null}
              </li>
            ))}
          </ul>
        </div>
      )}
      {byHand.length === 0 ? null : (
        <div class="hostinglist">
          <b>{words.byHand}</b>
          <ul>
            {byHand.map(one => (
              <li key={one.en}>{text(one)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
