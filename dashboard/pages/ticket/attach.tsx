// Adding files to a ticket: dropped or chosen, as which paper, seen by whom.
import { useSignal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import type { Attachment, TicketView } from '../../../daemon/domain/ticket-view.ts'
import { store } from '../../live/index.ts'
import { SelectField } from '../../parts/field.tsx'
import { Icon, Segmented } from '../../parts/index.ts'
import { type Sending, SendingList, sendFile } from '../../parts/upload.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'

/** What the daemon answers to an upload: the ticket as it is now, or the files alone. */
type Answered = TicketView | { readonly items: readonly Attachment[] } | readonly Attachment[]

export function Attach({ view, onSent }: { readonly view: TicketView; readonly onSent?: () => void }) {
  const words = t.value.tickets.ticket
  const input = useRef<HTMLInputElement>(null)
  const [picked, setPicked] = useState<string | null>(null)
  const [visibility, setVisibility] = useState<'public' | 'internal'>('public')
  const [over, setOver] = useState(false)
  const list = useSignal<readonly Sending[]>([])
  const { papers } = view.serviceDefinition
  // What is missing first is what is most likely being brought.
  const slot =
    picked ?? papers.find(paper => paper.required && !view.attachments.some(one => one.slot === paper.key && one.struck === undefined))?.key ?? ''
  const send = async (files: FileList | null): Promise<void> => {
    for (const file of files ?? []) {
      const fields = { ...(slot === '' ? {} : { slot }), visibility }
      const answer = await sendFile<Answered>(`/api/v1/tickets/${encodeURIComponent(view.number)}/attachments`, file, fields, list)
      if (answer.ok && 'events' in answer.value) store.desk.put(answer.value)
      if (answer.ok) onSent?.()
    }
    setPicked(null)
    if (input.current !== null) input.current.value = ''
  }
  return (
    <div class="attach">
      {papers.length === 0 ? null : (
        <SelectField
          label={words.as}
          value={slot}
          onChange={setPicked}
          options={[{ key: '', label: words.something }, ...papers.map(paper => ({ key: paper.key, label: text(paper.name) }))]}
        />
      )}
      {may('ticket.internal') ? (
        <Segmented
          label={words.visibleTo}
          chosen={visibility}
          onChoose={setVisibility}
          choices={[
            { key: 'public', label: words.everybody },
            { key: 'internal', label: words.staffOnly },
          ]}
        />
      ) : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first */}
      <div
        class={`dropzone ${over ? 'over' : ''}`}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          void send(event.dataTransfer?.files ?? null)
        }}
      >
        <Icon name="upload" />
        <span class="desk-only">{words.dropHere}</span>
        <label class="btn">
          {words.choose}
          <input ref={input} class="sr" type="file" multiple onChange={event => void send(event.currentTarget.files)} />
        </label>
      </div>
      <SendingList list={list} />
    </div>
  )
}
