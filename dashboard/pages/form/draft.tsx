// A draft on its page: brought from the server, or from what this browser kept of it, and then written step by step.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { setNow } from '../../live/clock.ts'
import type { PageProps } from '../../pages.ts'
import { Empty, ErrorBox, Icon, Panel, Skeleton } from '../../parts/index.ts'
import { may, me } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { when } from '../../words/when.ts'
import { type Editor, openEditor } from './editor.ts'
import { type LocalDraft, readLocal, writeLocal } from './local.ts'
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
  const openWith = (view: TicketView, local: LocalDraft | null): void =>
    setState({ kind: 'ready', editor: openEditor(view, may('ticket.work') && view.status === 'draft' ? 'officer' : 'requester', account, local) })

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
  const editor = state.kind === 'ready' ? state.editor : null
  useEffect(() => () => editor?.close(), [editor])
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
        <div class="narrowpage">
          <Panel padded>
            <div class="torn">
              <Icon name="warn" class="warn" />
              <div>
                <h1>{words.here}</h1>
                <p class="mid">{words.hereHint(when(state.local.at))}</p>
                <div class="row wrap">
                  <button type="button" class="btn primary" onClick={() => openWith(state.view, state.local)}>
                    {words.useHere}
                  </button>
                  <button
                    type="button"
                    class="btn"
                    onClick={() => {
                      writeLocal(account, number, null)
                      openWith(state.view, null)
                    }}
                  >
                    {words.useThere}
                  </button>
                </div>
              </div>
            </div>
          </Panel>
        </div>
      )
    case 'ready':
      return <Writing editor={state.editor} at={query.get('step')} />
  }
}
