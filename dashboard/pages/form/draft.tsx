// A draft on its page: brought from the server, or from what this browser kept of it, and then written step by step.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { setNow } from '../../live/clock.ts'
import { store, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Empty, ErrorBox, Skeleton } from '../../parts/index.ts'
import { may, me } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { type Editor, openEditor } from './editor.ts'
import { type LocalDraft, readLocal, writeLocal } from './local.ts'
import { Torn } from './torn.tsx'
import { Writing } from './writing.tsx'

type State =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'sent'; readonly number: string }
  /** This browser and the server each have something the other has not. */
  | { readonly kind: 'torn'; readonly view: TicketView; readonly local: LocalDraft }
  | { readonly kind: 'ready'; readonly editor: Editor }

export default function Draft({ params, query }: PageProps) {
  const number = params['number'] ?? ''
  const { form: words, start } = t.value.requests
  const [state, setState] = useState<State>({ kind: 'waiting' })
  const [turn, setTurn] = useState(0)
  const account = me.value?.account ?? 0
  const sending = useRef(false)
  const openWith = (view: TicketView, local: LocalDraft | null): void => {
    const editor = openEditor(view, may('ticket.work') && view.status === 'draft' ? 'officer' : 'requester', account, local)
    const submit = async () => {
      sending.current = true
      const answer = await editor.submit()
      sending.current = answer.ok
      return answer
    }
    setState({ kind: 'ready', editor: { ...editor, submit } })
  }

  useEffect(() => {
    let gone = false
    void api.get<TicketView>(`/api/v1/tickets/${encodeURIComponent(number)}`).then(answer => {
      if (gone) return
      if (!answer.ok) return setState({ kind: 'failed', problem: answer.problem })
      const view = answer.value
      setNow(view.clockAt)
      if (view.status !== 'draft' && view.status !== 'returned') return setState({ kind: 'sent', number: view.number })
      const local = readLocal(account, number)
      // Written upon what the server still has: simply more of it.
      if (local === null || local.base === (view.savedAt ?? 0)) openWith(view, local)
      else setState({ kind: 'torn', view, local })
    })
    return () => {
      gone = true
    }
  }, [number, turn])
  // Thrown away or handed in on another page. One's own sending ends elsewhere.
  useTopic('tickets')
  useSignalEffect(() => {
    const id = state.kind === 'ready' ? state.editor.view.id : -1
    const became = store.desk.heads.value.get(id)?.number ?? number
    if (state.kind !== 'ready' || sending.current) return
    if (became !== number) setState({ kind: 'sent', number: became })
    if (!store.desk.discarded.value.has(id)) return
    state.editor.discard()
    setState({ kind: 'failed', problem: { type: 'about:blank', title: '', status: 404 } })
  })
  const editor = state.kind === 'ready' ? state.editor : null
  useEffect(() => () => editor?.close(), [editor])
  useEffect(() => editor?.saving.subscribe(saving => (saving.kind === 'torn' ? setState(saving) : undefined)), [editor])
  useSignalEffect(() => {
    document.title = `${t.value.requests.form.draft} ${number} · Suar`
  })

  switch (state.kind) {
    case 'waiting':
      return <Skeleton lines={10} height={20} />
    case 'failed':
      return state.problem.status === 404 ? (
        <Empty
          page
          title={words.gone}
          hint={words.goneHint}
          action={
            <a class="btn primary" href="/requests">
              {start.back}
            </a>
          }
        />
      ) : (
        <ErrorBox problem={state.problem} retry={() => setTurn(turn + 1)} />
      )
    case 'sent':
      return (
        <Empty
          page
          title={words.alreadySent}
          hint={state.number}
          action={
            <a class="btn primary" href={`/tickets/${state.number}`}>
              {words.open}
            </a>
          }
        />
      )
    case 'torn':
      return (
        <Torn
          view={state.view}
          local={state.local}
          onHere={() => openWith(state.view, state.local)}
          onThere={() => {
            writeLocal(account, number, null)
            openWith(state.view, null)
          }}
        />
      )
    case 'ready':
      return <Writing editor={state.editor} at={query.get('step')} />
  }
}
