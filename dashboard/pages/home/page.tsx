// Home of who asks for services: what waits for me, what runs and with whom, drafts, what has just ended, and the way to ask for more.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { ServiceView } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Empty, ErrorBox, Icon, PageHead, Panel, Skeleton } from '../../parts/index.ts'
import { may, me } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { groupOf, type OwnGroup, useOwn } from '../requests/own.ts'
import { RequestCard } from '../requests/request-card.tsx'
import '../requests/requests.css'
import { isForMe, timeText } from '../requests/service-words.ts'
import './home.css'

const ORDER: readonly OwnGroup[] = ['yours', 'running', 'drafts', 'ended']
/** As many of each as one looks over at a glance. */
const MOST: Readonly<Record<OwnGroup, number>> = { yours: 20, running: 6, drafts: 4, ended: 3 }

export default function HomePage() {
  const { home: words } = t.value.requests
  const { own, retry } = useOwn({ size: 50 })
  useSignalEffect(() => {
    document.title = `${t.value.requests.home.title} · Suar`
  })
  const is = own.value
  const heads = is.kind === 'ready' ? is.heads : []
  const yours = heads.filter(head => groupOf(head) === 'yours').length
  const ask = may('ticket.file') ? (
    <a class="btn primary" href="/requests">
      <Icon name="plus" />
      {words.ask}
    </a>
  ) : null
  const names = { yours: words.yours, running: words.running, drafts: words.drafts, ended: words.ended }
  return (
    <div class="homepage">
      <PageHead
        title={words.hello(me.value?.name ?? '')}
        sub={is.kind === 'ready' && heads.length > 0 ? words.waiting(yours) : me.value?.organisations.map(one => one.name).join(', ')}
        actions={ask}
      />
      <div class="homegrid">
        <div>
          {is.kind === 'waiting' ? <Skeleton lines={6} height={44} /> : null}
          {is.kind === 'failed' ? <ErrorBox problem={is.problem} retry={retry} /> : null}
          {is.kind === 'ready' && heads.length === 0 ? (
            <div class="panel">
              <Empty title={words.empty} hint={words.emptyHint} action={ask} />
            </div>
          ) : null}
          {ORDER.map(group => {
            const all = heads.filter(head => groupOf(head) === group)
            if (all.length === 0) return null
            return (
              <section key={group} class="requestgroup" aria-label={names[group]}>
                <h2>
                  {names[group]} <span class="dim">{all.length}</span>
                </h2>
                <ul class="requestlist">
                  {all.slice(0, MOST[group]).map(head => (
                    <RequestCard key={head.id} head={head} />
                  ))}
                </ul>
              </section>
            )
          })}
          {heads.length === 0 ? null : (
            <a class="small" href="/tickets">
              {words.all}
            </a>
          )}
        </div>
        <Services />
      </div>
    </div>
  )
}

function Services() {
  const { home: words } = t.value.requests
  const [services, setServices] = useState<readonly ServiceView[]>([])
  useEffect(() => {
    let gone = false
    void api.get<{ readonly items: readonly ServiceView[] }>('/api/v1/services').then(answer => {
      if (!gone && answer.ok) setServices(answer.value.items)
    })
    return () => {
      gone = true
    }
  }, [])
  const mine = may('ticket.file') ? services.filter(isForMe) : services
  if (mine.length === 0) return <div />
  return (
    <aside aria-label={words.often}>
      <Panel title={words.often} class="homeservices">
        <ul>
          {mine.slice(0, 8).map(one => (
            <li key={one.key}>
              <a class="quiet" href={may('ticket.file') ? `/requests/new/${one.key}` : `/catalogue/${one.key}`}>
                <span class="grow ell">{text(one.name)}</span>
                <span class="small dim nw">{timeText(one.products)}</span>
                <Icon name="right" class="go" />
              </a>
            </li>
          ))}
        </ul>
        <p class="small dim homefoot">
          {words.oftenHint} <a href="/requests">{words.allServices}</a>
        </p>
      </Panel>
    </aside>
  )
}
