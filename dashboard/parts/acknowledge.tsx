// Acknowledging and commenting alarms, from anywhere: one dialog, one errand. The list changes by the live stream, never by reloading.
import { signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import type { CommentBody, Problem } from '../../daemon/http/contract.ts'
import { api } from '../api.ts'
import { me } from '../signin/session.ts'
import { t } from '../words/index.ts'
import { numberOf, titleOf } from '../words/say.ts'
import { ErrorBox } from './layout.tsx'
import { Dialog, toast } from './overlay.tsx'

type Errand = 'acknowledge' | 'comment'
interface Asked {
  readonly errand: Errand
  readonly alarms: readonly Alarm[]
}

const asked = signal<Asked | null>(null)

/** Opens the dialog that acknowledges; several at once get the same comment. */
export const acknowledge = (...alarms: readonly Alarm[]): void => {
  if (alarms.length > 0) asked.value = { errand: 'acknowledge', alarms }
}
/** Opens the dialog that adds a comment to an alarm. */
export const comment = (alarm: Alarm): void => {
  asked.value = { errand: 'comment', alarms: [alarm] }
}

/** The dialog itself; once, in the shell. */
export function AckDialog() {
  const now = asked.value
  return now === null ? null : <Question key={`${now.errand}${now.alarms.map(one => one.id).join()}`} asked={now} />
}

function Question({ asked: { errand, alarms } }: { readonly asked: Asked }) {
  const { ack, shell } = t.value
  const field = useRef<HTMLTextAreaElement>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const close = (): void => {
    asked.value = null
  }
  useEffect(() => field.current?.focus(), [])

  const send = async (): Promise<void> => {
    const text = field.current?.value.trim() ?? ''
    if (errand === 'comment' && text === '') {
      setMissing(true)
      return
    }
    setBusy(true)
    setProblem(null)
    const body: CommentBody = { comment: text }
    const answers = await Promise.all(alarms.map(alarm => api.post(`/api/v1/alarms/${alarm.id}/${errand}`, body)))
    setBusy(false)
    const failed = answers.find(one => !one.ok)
    if (failed !== undefined && !failed.ok) return setProblem(failed.problem)
    close()
    toast('done', errand === 'comment' ? ack.commentDone : ack.done, ack.recorded(alarms.map(numberOf).join(', '), me.peek()?.name ?? ''))
  }

  const title = errand === 'comment' ? ack.commentTitle : alarms.length > 1 ? ack.titleMany(alarms.length) : ack.title
  return (
    <Dialog title={title} onClose={close}>
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault()
          void send()
        }}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
        }}
      >
        <h2>{title}</h2>
        <div class="body">
          <ul class="acklist">
            {alarms.slice(0, 6).map(alarm => (
              <li key={alarm.id}>
                <b>{titleOf(alarm)}</b> <span class="dim nw">{numberOf(alarm)}</span>
              </li>
            ))}
            {alarms.length > 6 ? <li class="dim">+ {alarms.length - 6}</li> : null}
          </ul>
          {errand === 'acknowledge' ? <p>{ack.body}</p> : null}
          <div class={`field ${missing ? 'error' : ''}`}>
            <label for="ack-comment">{ack.comment}</label>
            <textarea
              id="ack-comment"
              class="input area"
              ref={field}
              rows={3}
              maxLength={2000}
              placeholder={ack.placeholder}
              aria-invalid={missing}
            />
            <p class="err" role="alert">
              {missing ? ack.commentMissing : ''}
            </p>
          </div>
          {problem === null ? null : <ErrorBox problem={problem} />}
        </div>
        <footer>
          <button type="button" class="btn ghost" onClick={close}>
            {shell.cancel}
          </button>
          <button type="submit" class="btn primary" disabled={busy}>
            {errand === 'comment' ? ack.commentSubmit : ack.submit}
            <span class="kbd">Ctrl ↵</span>
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
