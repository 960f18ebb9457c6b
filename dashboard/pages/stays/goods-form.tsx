// A piece at the door: its serial as it is read or scanned, photographs, whether it is damaged, and words where it is not as listed.
import { useSignal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import type { Attachment } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Button, CheckField, ErrorBox, Icon, TextField, toast } from '../../parts/index.ts'
import { type Sending, SendingList, sendFile } from '../../parts/upload.tsx'
import { t } from '../../words/index.ts'

interface GoodsFormProps {
  readonly path: string
  readonly act: string
  readonly said: string
  /** Photographs become attachments of it; null: none are taken. */
  readonly ticket: string | null
  /** Whether it may leave without a paper, for a reason. */
  readonly owing?: boolean
}

/** What the daemon answers to an upload. */
type Uploaded = { readonly items?: readonly Attachment[]; readonly attachments?: readonly Attachment[] }

export function GoodsForm({ path, act, said, ticket, owing = false }: GoodsFormProps) {
  const words = t.value.stays.stay
  const [serial, setSerial] = useState('')
  const [note, setNote] = useState('')
  const [damaged, setDamaged] = useState(false)
  const [without, setWithout] = useState('')
  const [photos, setPhotos] = useState<readonly number[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const reason = without.trim()
  const send = async (): Promise<void> => {
    const body = { serial: serial.trim(), damaged, note: note.trim(), photos, ...(reason === '' ? {} : { without: reason }) }
    const answer = await api.post(path, body)
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) toast('done', said)
  }
  return (
    <form
      class="stayform"
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <TextField label={words.serial} help={words.serialHelp} value={serial} onInput={setSerial} />
      <TextField label={words.note} value={note} onInput={setNote} optional />
      <CheckField label={words.damaged} checked={damaged} onChange={setDamaged} />
      {ticket === null ? null : <Photos ticket={ticket} photos={photos} onTaken={id => setPhotos(was => [...was, id])} />}
      {owing ? <TextField label={words.papers.without} help={words.papers.withoutHelp} value={without} onInput={setWithout} optional /> : null}
      {problem === null ? null : <ErrorBox problem={problem} />}
      <Button type="submit" kind="primary" disabled={serial.trim() === ''}>
        {act}
      </Button>
    </form>
  )
}

interface PhotosProps {
  readonly ticket: string
  readonly photos: readonly number[]
  readonly onTaken: (attachment: number) => void
}

function Photos({ ticket, photos, onTaken }: PhotosProps) {
  const words = t.value.stays.stay
  const input = useRef<HTMLInputElement>(null)
  const list = useSignal<readonly Sending[]>([])
  const take = async (files: FileList | null): Promise<void> => {
    for (const file of files ?? []) {
      const answer = await sendFile<Uploaded>(`/api/v1/tickets/${encodeURIComponent(ticket)}/attachments`, file, { visibility: 'internal' }, list)
      const added = answer.ok ? (answer.value.items ?? answer.value.attachments)?.at(-1) : undefined
      if (added !== undefined) onTaken(added.id)
    }
    if (input.current !== null) input.current.value = ''
  }
  return (
    <div class="stayphotos">
      <label class="btn">
        <Icon name="upload" />
        {words.takePhoto}
        <input
          ref={input}
          class="sr"
          type="file"
          accept="image/*"
          capture="environment"
          multiple
          onChange={event => void take(event.currentTarget.files)}
        />
      </label>
      <span class="small mid" aria-live="polite">
        {photos.length === 0 ? words.photosHint : words.photoCount(photos.length)}
      </span>
      <PhotoStrip photos={photos} />
      <SendingList list={list} />
    </div>
  )
}

/** Small pictures, each opening in full. */
export function PhotoStrip({ photos }: { readonly photos: readonly number[] }) {
  const words = t.value.stays.stay
  if (photos.length === 0) return null
  return (
    <ul class="photostrip">
      {photos.map((id, i) => (
        <li key={id}>
          <a href={`/api/v1/attachments/${id}?inline=true`} target="_blank" rel="noreferrer">
            <img src={`/api/v1/attachments/${id}?inline=true`} alt={words.photo(i + 1)} loading="lazy" />
          </a>
        </li>
      ))}
    </ul>
  )
}
