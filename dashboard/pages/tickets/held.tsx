// What a channel held back: who wrote, about what, why it waits, and an officer's word that lets it through.
import { useRef, useState } from 'preact/hooks'
import { heldText } from '../../../daemon/domain/words/channel-words.ts'
import type { HeldMessage } from '../../../daemon/http/contract.ts'
import { type Answer, api } from '../../api.ts'
import { Button, type Column, Empty, ErrorBox, Icon, Skeleton, Table, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { may } from '../../signin/session.ts'
import { lang, t } from '../../words/index.ts'
import { when } from '../../words/when.ts'
import type { HeldList } from './use-held.ts'

/** The daemon's name of a channel in words; one that is not known by its own. */
const sourceName = (source: string): string => {
  const names: Readonly<Record<string, string>> = t.value.messages.sources
  return names[source] ?? source
}

const subjectOf = ({ subject }: HeldMessage): string => (subject.trim() === '' ? t.value.messages.held.noSubject : subject)

export function Held({ list }: { readonly list: HeldList }) {
  const { held } = t.value.messages
  const { got, retry, without } = list
  const [asking, ask] = useState<HeldMessage | null>(null)
  const works = may('ticket.work')
  if (got.kind === 'refused')
    return (
      <section class="panel heldpanel">
        <ErrorBox problem={{ type: 'about:blank', title: held.refused, status: 403, detail: held.refusedHint }} />
      </section>
    )
  const items = got.kind === 'ready' ? got.answer.items : []
  return (
    <section class="panel heldpanel" aria-label={held.tab}>
      {got.kind === 'waiting' ? <Skeleton lines={4} height={20} /> : null}
      {got.kind === 'failed' ? <ErrorBox problem={got.problem} retry={retry} /> : null}
      {got.kind === 'ready' && items.length === 0 ? <Empty title={held.empty} hint={held.emptyHint} /> : null}
      {items.length === 0 ? null : (
        <>
          <Table label={held.tab} columns={columnsOf(works ? ask : null)} rows={items} keyOf={one => one.id} />
          {works ? null : <p class="small dim heldnote">{held.readOnly}</p>}
        </>
      )}
      {asking === null ? null : <Release message={asking} onClose={() => ask(null)} onDone={() => without(asking.id)} />}
    </section>
  )
}

function columnsOf(ask: ((message: HeldMessage) => void) | null): readonly Column<HeldMessage>[] {
  const { held } = t.value.messages
  const message: Column<HeldMessage> = {
    key: 'message',
    label: held.columns.message,
    cell: one => (
      <div class="heldmessage">
        <b>{subjectOf(one)}</b>
        <span class="small dim">
          <Icon name={one.source === 'imap' ? 'mail' : 'comment'} />
          <span>
            {sourceName(one.source)} · {one.sender}
          </span>
        </span>
        <span class="phone-only small">
          <Why message={one} />
        </span>
        <span class="phone-only small dim">{when(one.at)}</span>
      </div>
    ),
  }
  const why: Column<HeldMessage> = { key: 'why', label: held.columns.why, width: '34%', wide: true, cell: one => <Why message={one} /> }
  const at: Column<HeldMessage> = {
    key: 'at',
    label: held.columns.at,
    width: '150px',
    wide: true,
    cell: one => <span class="nw">{when(one.at)}</span>,
  }
  if (ask === null) return [message, why, at]
  const act: Column<HeldMessage> = {
    key: 'act',
    label: held.columns.act,
    width: '118px',
    cell: one => (
      <Button onClick={() => ask(one)} label={held.releaseOf(one.sender, subjectOf(one))}>
        {held.release}
      </Button>
    ),
  }
  return [message, why, at, act]
}

function Why({ message: { state, why } }: { readonly message: HeldMessage }) {
  const { reasons } = t.value.messages.held
  if (state !== 'failed') return <span class="heldwhy">{reasons.held(why.code === 'tooMany' ? String(why.most) : null)}</span>
  return (
    <span class="heldwhy">
      {reasons.failed}
      <span class="small dim">{heldText(why, lang.value)}</span>
    </span>
  )
}

function consequence({ state, sender }: HeldMessage): string {
  const { held } = t.value.messages
  return state === 'failed' ? held.sureFailed(sender) : held.sureHeld(sender)
}

function Release({ message, onClose, onDone }: { readonly message: HeldMessage; readonly onClose: () => void; readonly onDone: () => void }) {
  const { held } = t.value.messages
  const before = useRef(false)
  const send = async (): Promise<Answer<unknown>> => {
    const answer = await api.post(`/api/v1/desk/held/${message.id}/release`)
    if (answer.ok || answer.problem.status !== 404) return answer
    // A colleague was quicker: what was wanted has happened.
    before.current = true
    return { ok: true, value: undefined }
  }
  return (
    <Sure
      title={held.sure}
      body={consequence(message)}
      act={held.release}
      danger={false}
      send={send}
      onClose={onClose}
      onDone={() => {
        onDone()
        if (before.current) toast('done', held.before)
        else toast('done', held.released, held.releasedHint)
      }}
    />
  )
}
