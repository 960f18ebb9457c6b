// The catalogue: services by group, found by a word; beside them the viewer's drafts and running requests.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Service } from '../../../daemon/domain/service.ts'
import type { Problem, ServiceView } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import type { PageProps } from '../../pages.ts'
import { Empty, ErrorBox, PageHead, Panel, SearchField, Skeleton } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { groupOf, useOwn } from './own.ts'
import { RequestCard } from './request-card.tsx'
import './requests.css'
import { ServiceCard } from './service-card.tsx'

interface Catalogue {
  readonly items: readonly ServiceView[]
  readonly troubles: readonly string[]
}
type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'ready'; readonly catalogue: Catalogue }

/** Every word stands somewhere in what a service says of itself; the catalogue is small enough to look through here. */
function finds(service: Pick<ServiceView, 'key' | 'reference' | 'name' | 'summary' | 'products'>, search: string): boolean {
  const said = [service.name, service.summary, ...service.products.map(one => one.name)].flatMap(one => [one.id, one.en])
  const whole = [service.key, service.reference, ...said].join(' ').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => whole.includes(word))
}

export default function RequestsPage({ query }: PageProps) {
  const { catalogue: words, groups } = t.value.requests
  const asks = may('ticket.file')
  const own = asks && !may('ticket.internal')
  const [got, setGot] = useState<Got>({ kind: 'waiting' })
  const [turn, setTurn] = useState(0)
  const search = query.get('search') ?? ''
  useEffect(() => {
    let gone = false
    void api.get<Catalogue>('/api/v1/services').then(answer => {
      if (!gone) setGot(answer.ok ? { kind: 'ready', catalogue: answer.value } : { kind: 'failed', problem: answer.problem })
    })
    return () => {
      gone = true
    }
  }, [turn])
  useSignalEffect(() => {
    const { catalogue } = t.value.requests
    document.title = `${may('ticket.internal') ? catalogue.titleStaff : catalogue.title} · Suar`
  })
  const all = got.kind === 'ready' ? got.catalogue.items : []
  const shown = all.filter(one => finds(one, search.trim()))
  const order = [...new Set(shown.map(one => one.group))]
  return (
    <div class="cataloguepage">
      <PageHead title={own ? words.title : words.titleStaff} sub={own ? words.sub : words.subStaff} />
      <div class={own ? 'cataloguegrid' : ''}>
        <div>
          <div class="mysearch">
            <SearchField label={words.search} value={search} onInput={text => setQuery({ search: text })} />
          </div>
          {got.kind === 'waiting' ? <Skeleton lines={8} height={56} /> : null}
          {got.kind === 'failed' ? <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} /> : null}
          {got.kind === 'ready' && got.catalogue.troubles.length > 0 ? (
            <Panel title={words.troubles} padded>
              <ul class="prep">
                {got.catalogue.troubles.map(one => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </Panel>
          ) : null}
          {got.kind === 'ready' && shown.length === 0 ? (
            <div class="panel">
              {all.length === 0 ? <Empty title={words.empty} hint={words.emptyHint} /> : <Empty title={words.none} hint={words.noneHint} />}
            </div>
          ) : null}
          <div class="servicegroups">
            {order.map(group => (
              <Group key={group} group={group} name={groups[group]} services={shown.filter(one => one.group === group)} />
            ))}
          </div>
        </div>
        {own ? <Beside /> : null}
      </div>
    </div>
  )
}

function Group({ group, name, services }: { readonly group: Service['group']; readonly name: string; readonly services: readonly ServiceView[] }) {
  return (
    <section class={`servicegroup ${services.length > 1 ? 'many' : ''}`} aria-labelledby={`group-${group}`}>
      <h2 id={`group-${group}`}>{name}</h2>
      <ul class="services">
        {services.map(one => (
          <ServiceCard key={one.key} service={one} />
        ))}
      </ul>
    </section>
  )
}

/** What is already under way: often one comes for that, not for something new. */
function Beside() {
  const { catalogue: words } = t.value.requests
  const { own } = useOwn({ size: 20 })
  const is = own.value
  if (is.kind === 'waiting') return <Skeleton lines={4} />
  if (is.kind === 'failed') return null
  const drafts = is.heads.filter(head => groupOf(head) === 'drafts').slice(0, 5)
  const running = is.heads.filter(head => groupOf(head) === 'yours' || groupOf(head) === 'running').slice(0, 5)
  return (
    <aside class="catalogueside" aria-label={words.mine}>
      <section class="requestgroup">
        <h2>{words.drafts}</h2>
        {drafts.length === 0 ? <p class="dim">{words.noDrafts}</p> : null}
        <ul class="requestlist">
          {drafts.map(head => (
            <RequestCard key={head.id} head={head} />
          ))}
        </ul>
      </section>
      <section class="requestgroup">
        <h2>{words.running}</h2>
        {running.length === 0 ? <p class="dim">{words.noRunning}</p> : null}
        <ul class="requestlist">
          {running.map(head => (
            <RequestCard key={head.id} head={head} />
          ))}
        </ul>
        <a class="small" href="/tickets">
          {words.mine}
        </a>
      </section>
    </aside>
  )
}
