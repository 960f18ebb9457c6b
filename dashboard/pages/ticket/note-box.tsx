// Writing on a ticket: to the requester or among staff, never by mistake to the wrong ones. `n` comes here, Ctrl+Enter sends.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Visibility } from '../../../daemon/domain/ticket.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { ErrorBox, Segmented } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import type { FormProps } from './forms/frame.tsx'
import { useKeptText } from './kept-text.ts'

export const NOTE_FIELD = 'ticket-note'

export function NoteBox({ view, act }: Pick<FormProps, 'view' | 'act'>) {
  const { form: words } = t.value.tickets
  const staff = may('ticket.internal')
  const [visibility, setVisibility] = useState<Visibility>(staff ? 'internal' : 'public')
  const text = useKeptText(view.number, 'note')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  // Grows with what is written.
  useEffect(() => {
    const area = field.current
    if (area === null) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(280, area.scrollHeight + 2)}px`
  }, [text.text])
  const send = async (): Promise<void> => {
    if (busy || text.text.trim().length < 3) return field.current?.focus()
    setBusy(true)
    const answer = await act({ kind: 'note', text: text.text.trim(), visibility })
    setBusy(false)
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) text.clear()
  }
  const placeholder = !staff ? words.notePlaceholder : visibility === 'public' ? words.notePlaceholderStaff : words.notePlaceholderInternal
  return (
    <form
      class={`notebox ${visibility === 'internal' ? 'internal' : ''}`}
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <textarea
        ref={field}
        id={NOTE_FIELD}
        class="input area"
        rows={2}
        maxLength={4000}
        aria-label={placeholder}
        aria-keyshortcuts="n"
        placeholder={placeholder}
        value={text.text}
        onInput={event => text.set(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            void send()
          }
        }}
      />
      <div class="row between wrap">
        {staff ? (
          <Segmented<Visibility>
            label={words.noteTo}
            chosen={visibility}
            onChoose={setVisibility}
            choices={[
              { key: 'internal', label: words.noteInternal },
              { key: 'public', label: words.notePublic },
            ]}
          />
        ) : (
          <span />
        )}
        <button type="submit" class="btn" disabled={busy}>
          {words.noteSend} <span class="kbd desk-only">n</span>
        </button>
      </div>
      {problem === null ? null : <ErrorBox problem={problem} />}
    </form>
  )
}
