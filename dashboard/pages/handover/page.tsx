// Credentials behind a link that opens once, for the person they are for. Shown hidden, to be copied; gone when the page is left.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { HandoverOffer, HandoverSecret } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import type { PageProps } from '../../pages.ts'
import { copied } from '../../parts/copy.ts'
import '../../parts/hosting/hosting.css'
import { BusyButton, Button, Empty, ErrorBox, Icon, PageHead, Panel, Skeleton, toast } from '../../parts/index.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { when } from '../../words/when.ts'
import './handover.css'

type State =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'offer'; readonly offer: HandoverOffer }
  | { readonly kind: 'secret'; readonly secret: HandoverSecret }
  | { readonly kind: 'left' }

export default function HandoverPage({ params }: PageProps) {
  const url = `/api/v1/handovers/${encodeURIComponent(params['token'] ?? '')}`
  const [state, setState] = useState<State>({ kind: 'waiting' })
  useSignalEffect(() => {
    document.title = `${t.value.hosting.handover.title} · Suar`
  })
  const look = async (): Promise<void> => {
    const answer = await api.get<HandoverOffer>(url)
    setState(answer.ok ? { kind: 'offer', offer: answer.value } : { kind: 'failed', problem: answer.problem })
  }
  useEffect(() => void look(), [url])
  const open = async (): Promise<void> => {
    const answer = await api.post<HandoverSecret>(`${url}/open`)
    setState(answer.ok ? { kind: 'secret', secret: answer.value } : { kind: 'failed', problem: answer.problem })
  }
  const words = t.value.hosting.handover
  switch (state.kind) {
    case 'waiting':
      return <Skeleton lines={6} />
    case 'failed':
      return state.problem.status === 404 ? (
        <Empty page title={words.notFound} hint={words.notFoundHint} />
      ) : (
        <ErrorBox problem={state.problem} retry={() => void look()} />
      )
    case 'left':
      return <Empty page title={words.leftTitle} hint={words.leftHint} />
    case 'secret':
      return <Secret secret={state.secret} onLeave={() => setState({ kind: 'left' })} />
    case 'offer':
      return <Offer offer={state.offer} onOpen={open} />
  }
}

function Offer({ offer, onOpen }: { readonly offer: HandoverOffer; readonly onOpen: () => Promise<void> }) {
  const words = t.value.hosting.handover
  if (offer.state === 'opened')
    return <Empty page title={words.opened(offer.openedAt === null ? '' : when(offer.openedAt))} hint={words.openedHint} />
  if (offer.state === 'expired') return <Empty page title={words.expired} hint={words.expiredHint} />
  if (offer.state === 'foreign') return <Empty page title={words.foreign} hint={words.foreignHint} />
  return (
    <div class="hostingpage handoverpage">
      <PageHead title={words.title} sub={text(offer.what)} />
      <Panel padded>
        <dl class="facts">
          <dt>{words.to}</dt>
          <dd>{offer.to}</dd>
          <dt>{words.website}</dt>
          <dd>{offer.website}</dd>
          <dt>{words.made}</dt>
          <dd>{when(offer.madeAt)}</dd>
          <dt>{words.until}</dt>
          <dd>{when(offer.until)}</dd>
        </dl>
        <p class="handoverbody">{words.body}</p>
        <BusyButton kind="primary" onClick={onOpen}>
          <Icon name="key" />
          {words.open}
        </BusyButton>
      </Panel>
    </div>
  )
}

function Secret({ secret, onLeave }: { readonly secret: HandoverSecret; readonly onLeave: () => void }) {
  const words = t.value.hosting.handover
  // Once: a tab that is closed by mistake cannot bring it back.
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [])
  return (
    <div class="hostingpage handoverpage">
      <PageHead title={words.title} sub={text(secret.what)} />
      <div class="stopband" role="status">
        <Icon name="warn" class="warn" />
        <span>
          <b>{words.shown}.</b> {words.shownHint}
        </span>
      </div>
      <Panel>
        <ul class="secretlines">
          {secret.lines.map(line => (
            <SecretLine key={line.label.id} line={line} />
          ))}
        </ul>
      </Panel>
      <p>
        <Button kind="primary" onClick={onLeave}>
          {words.leave}
        </Button>
      </p>
    </div>
  )
}

function SecretLine({ line }: { readonly line: HandoverSecret['lines'][number] }) {
  const words = t.value.hosting.handover
  const [shown, show] = useState(!line.secret)
  const label = text(line.label)
  const copy = (): void => {
    // Where the browser gives no clipboard (plain HTTP from another machine) it is shown, marked and copied by hand.
    void copied(line.value).then(done => (done ? toast('done', t.peek().hosting.copied) : show(true)))
  }
  return (
    <li>
      <span class="mid">{label}</span>
      <code class="fingerprint">{shown ? line.value : '•'.repeat(16)}</code>
      <span class="row">
        {line.secret ? (
          <Button label={`${shown ? words.hide : words.show}: ${label}`} onClick={() => show(!shown)}>
            {shown ? words.hide : words.show}
          </Button>
        ) : null}
        <Button label={`${t.value.hosting.copy}: ${label}`} onClick={copy}>
          {t.value.hosting.copy}
        </Button>
      </span>
    </li>
  )
}
