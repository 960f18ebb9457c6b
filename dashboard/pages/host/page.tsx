// One host: how it is made ready step by step, what it can, what was found changed on it, and taking it up again after failures.
import { useSignalEffect } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { HostView } from '../../../daemon/domain/hosting-view.ts'
import { api } from '../../api.ts'
import { useRows } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { factsOfHost } from '../../parts/hosting/facts.ts'
import '../../parts/hosting/hosting.css'
import { HostPill } from '../../parts/hosting/pills.tsx'
import { StopBand } from '../../parts/hosting/stop.tsx'
import { BusyButton, Button, Empty, Icon, PageHead, Panel, TopicGate, toast } from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { Sure } from '../../parts/sure.tsx'
import { go } from '../../router.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { number, text } from '../../words/say.ts'
import { when } from '../../words/when.ts'
import { Adoption } from './adoption.tsx'
import { Drift } from './drift.tsx'
import './host.css'

export default function HostPage({ params }: PageProps) {
  const id = params['id'] ?? ''
  const { status, rows } = useRows('hosts')
  useSignalEffect(() => {
    document.title = `${id} · Suar`
  })
  const words = t.value.hosting.host
  const host = rows.value?.get(id)
  return (
    <TopicGate status={status}>
      {host === undefined ? (
        <Empty
          page
          title={words.notFound}
          hint={words.notFoundHint}
          action={
            <a class="btn" href="/hosts">
              {words.title}
            </a>
          }
        />
      ) : (
        <Host key={id} host={host} />
      )}
    </TopicGate>
  )
}

function Host({ host }: { readonly host: HostView }) {
  const words = t.value.hosting.host
  const [asked, ask] = useState<'thaw' | 'remove' | null>(null)
  const manages = may('host.manage')
  const check = async (): Promise<void> => {
    const answer = await api.post<HostView>(`/api/v1/hosts/${host.id}/check`)
    if (!answer.ok) toast('failed', answer.problem.title, answer.problem.detail ?? '')
    else toast('done', words.checked)
  }
  const adopting = host.state === 'waiting' || host.state === 'keyChanged' || host.state === 'otherBroker'
  return (
    <div class="hostingpage">
      <PageHead
        title={host.name}
        beside={<HostPill state={host.state} />}
        sub={`${host.id} · ${words.knownAs(host.address, host.port)}`}
        actions={
          manages ? (
            <>
              <BusyButton onClick={check}>{words.check}</BusyButton>
              {host.websites === 0 ? (
                <Button kind="danger" onClick={() => ask('remove')}>
                  {words.remove}
                </Button>
              ) : null}
            </>
          ) : null
        }
      />
      <StopBand />
      {host.trouble === null || adopting ? null : (
        <div class={`stopband ${host.state === 'unreachable' ? 'crit' : ''}`} role="status">
          <Icon name={host.state === 'unreachable' ? 'crit' : 'warn'} class={host.state === 'unreachable' ? 'crit' : 'warn'} />
          <span class="grow">{text(host.trouble)}</span>
          {host.state === 'frozen' && manages ? <Button onClick={() => ask('thaw')}>{words.thaw}</Button> : null}
        </div>
      )}
      {adopting ? <Adoption host={host} onCheck={check} /> : null}
      {/* Of a host that never answered there is nothing to tell yet. */}
      {host.facts === null && host.drift === null ? null : (
        <div class="sidegrid">
          <div class="stack">
            <Drift host={host} />
          </div>
          <div class="stack">
            <Panel title={words.facts}>
              <dl class="facts padded hostfacts">
                <dt>{words.websites}</dt>
                <dd>
                  <a href={`/websites?host=${encodeURIComponent(host.id)}`}>{number(host.websites)}</a>
                </dd>
                <dt>{words.broker}</dt>
                <dd class="mono">{host.broker ?? t.value.hosting.none}</dd>
                <dt>{words.seen}</dt>
                <dd>{host.seenAt === null ? words.never : when(host.seenAt)}</dd>
                <dt>{words.key}</dt>
                <dd class="mono">{host.hostKey ?? t.value.hosting.none}</dd>
                {factsOfHost(host.facts ?? {}).map(({ key, name, text: value, quiet }) => [
                  <dt key={`of ${key}`}>{name}</dt>,
                  <dd key={key} class={quiet === true ? 'dim' : ''}>
                    {value}
                  </dd>,
                ])}
              </dl>
            </Panel>
          </div>
        </div>
      )}
      {asked === 'thaw' ? (
        <ReasonDialog
          title={words.thawTitle}
          body={words.thawBody}
          label={t.value.hosting.reason}
          act={words.thaw}
          onClose={() => ask(null)}
          onGive={async reason => {
            const answer = await api.post(`/api/v1/hosts/${host.id}/thaw`, { reason })
            if (answer.ok) toast('done', words.thawed)
            return answer.ok ? null : answer.problem
          }}
        />
      ) : null}
      {asked === 'remove' ? (
        <Sure
          title={words.removeTitle}
          body={words.removeBody}
          act={words.remove}
          send={() => api.delete(`/api/v1/hosts/${host.id}`)}
          onClose={() => ask(null)}
          onDone={() => {
            toast('done', words.removed)
            go('/hosts')
          }}
        />
      ) : null}
    </div>
  )
}
