// Beginning a request: makes its draft and goes on there. Asks first only where there is a choice: an older draft, or several organisations.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { ServiceVersion } from '../../../daemon/domain/service.ts'
import { isFor } from '../../../daemon/domain/service-users.ts'
import type { TicketHead, TicketPage } from '../../../daemon/domain/ticket-view.ts'
import type { Problem, SessionViewer } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import type { PageProps } from '../../pages.ts'
import { BusyButton, ErrorBox, PageHead, Panel, Skeleton } from '../../parts/index.ts'
import { go } from '../../router.ts'
import { may, me } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { when } from '../../words/when.ts'

type State =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'drafts'; readonly drafts: readonly TicketHead[] }
  | { readonly kind: 'organisation'; readonly able: SessionViewer['organisations'] }
  | { readonly kind: 'failed'; readonly problem: Problem }

const KINDS = ['complaint', 'change'] as const

/** What the page that led here knows already. */
const FIRST = ['domain', 'action'] as const
const firstAnswers = (query: URLSearchParams): Readonly<Record<string, string>> =>
  Object.fromEntries(FIRST.flatMap(key => (query.get(key) === null ? [] : [[key, query.get(key) ?? '']])))

export default function Start({ params, query }: PageProps) {
  const { start: words, form, catalogue } = t.value.requests
  const service = params['service'] ?? ''
  const about = query.get('about')
  const kind = KINDS.find(one => one === query.get('kind')) ?? (about !== null && service === 'complaint' ? 'complaint' : 'request')
  const [state, setState] = useState<State>({ kind: 'waiting' })
  const organisations = me.value?.organisations ?? []
  useSignalEffect(() => {
    document.title = `${t.value.requests.form.kinds[kind]} · Suar`
  })

  const begin = async (organisation?: number): Promise<void> => {
    if (organisation === undefined && organisations.length > 1 && !may('ticket.work')) {
      const found = await api.get<ServiceVersion>(`/api/v1/services/${encodeURIComponent(service)}`)
      if (!found.ok) return setState({ kind: 'failed', problem: found.problem })
      const able = organisations.filter(one => isFor(found.value.service, one.kind))
      const [only] = able
      // For none of them: the daemon says so, and why.
      return able.length > 1 ? setState({ kind: 'organisation', able }) : await begin((only ?? organisations[0])?.id)
    }
    const answer = await api.post<{ readonly number: string }>('/api/v1/tickets', {
      service,
      kind,
      // The form of complaints asks for the ticket by name; what a form does not ask is not taken.
      ...(about === null ? {} : { about }),
      answers: { ...(about === null ? {} : { ticket: about }), ...firstAnswers(query) },
      ...(organisation === undefined ? {} : { organisation }),
    })
    if (!answer.ok) return setState({ kind: 'failed', problem: answer.problem })
    go(`/requests/draft/${answer.value.number}`, { replace: true })
  }
  useEffect(() => {
    let gone = false
    const run = async (): Promise<void> => {
      // What is about a ticket is new each time; else an older draft is rather gone on with than forgotten.
      if (about === null) {
        const found = await api.get<TicketPage>(`/api/v1/tickets?view=drafts&service=${encodeURIComponent(service)}&size=20`)
        if (gone) return
        if (!found.ok) return setState({ kind: 'failed', problem: found.problem })
        if (found.value.items.length > 0) return setState({ kind: 'drafts', drafts: found.value.items })
      }
      if (!gone) await begin()
    }
    void run()
    return () => {
      gone = true
    }
  }, [service, kind, about])

  const back = (
    <a class="btn" href="/requests">
      {words.back}
    </a>
  )
  switch (state.kind) {
    case 'waiting':
      return <Skeleton lines={8} height={20} />
    case 'failed':
      return (
        <div class="narrowpage">
          <PageHead title={words.failed} actions={back} />
          <ErrorBox
            problem={state.problem}
            {...(state.problem.status === 0 || state.problem.status >= 500
              ? {
                  retry: () => {
                    setState({ kind: 'waiting' })
                    void begin()
                  },
                }
              : {})}
          />
        </div>
      )
    case 'drafts':
      return (
        <div class="narrowpage">
          <PageHead title={words.found} sub={words.foundHint} actions={back} />
          <Panel>
            <ul class="draftlist">
              {state.drafts.map(one => (
                <li key={one.id}>
                  <a class="quiet grow" href={`/requests/draft/${one.number}`}>
                    <b>{one.title === '' ? text(one.serviceName) : one.title}</b>
                    <span class="block small dim">{words.saved(when(one.changedAt))}</span>
                  </a>
                  <a class="btn primary" href={`/requests/draft/${one.number}`}>
                    {words.go}
                  </a>
                </li>
              ))}
            </ul>
            <div class="body">
              <BusyButton onClick={() => begin()}>{words.fresh}</BusyButton>
            </div>
          </Panel>
        </div>
      )
    case 'organisation':
      return (
        <div class="narrowpage">
          <PageHead title={words.organisation} sub={words.organisationHint} actions={back} />
          <Panel>
            <ul class="draftlist" aria-label={catalogue.title}>
              {state.able.map(one => (
                <li key={one.id}>
                  <span class="grow">
                    <b>{one.short}</b>
                    <span class="block small dim">{one.name}</span>
                  </span>
                  <BusyButton kind="primary" label={`${form.kinds.request}: ${one.short}`} onClick={() => begin(one.id)}>
                    {words.begin}
                  </BusyButton>
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      )
  }
}
