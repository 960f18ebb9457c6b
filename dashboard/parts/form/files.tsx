// Files of a field or a paper: dropped or chosen, sent one after the other with how far they are, each with a way to stop or to take it back.
import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Answer, LeafField } from '../../../daemon/domain/form.ts'
import type { Attachment } from '../../../daemon/domain/ticket-view.ts'
import { useDerived } from '../../live/derived.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { Icon } from '../icons.tsx'
import { type Sending, SendingList, sendFile } from '../upload.tsx'
import { answerAt } from './answers.ts'
import { Together } from './choice.tsx'
import { useForm } from './context.ts'

type Kind = NonNullable<LeafField['accept']>[number]

/** What the browser's own dialog offers; what a file is, the daemon finds out by its content. */
const ENDINGS: Readonly<Record<Kind, string>> = {
  pdf: '.pdf',
  image: 'image/png,image/jpeg,image/webp,.heic',
  office: '.docx,.xlsx,.pptx,.odt,.ods,.odp,.doc,.xls,.ppt',
  text: '.txt,.csv,.log,.json,.sql,.xml',
  archive: '.zip,.7z,.gz,.tar',
}
const endingsOf = (kinds: readonly Kind[] | undefined): string => (kinds ?? []).map(kind => ENDINGS[kind]).join(',')

interface FilesProps {
  readonly field: LeafField
  readonly path: string
  readonly label: string
  readonly help?: ComponentChildren
  readonly error: string | undefined
  readonly optional: boolean
}

export function Files(props: FilesProps) {
  const { field, path } = props
  const desk = useForm()
  const words = t.value.requests.form
  const ids = useDerived(() => idsAt(answerAt(desk.answers.value, path)), [path])
  const files = desk.attachments.value.filter(one => ids.value.includes(one.id))
  const accepted = (field.accept ?? []).map(kind => words.accepts[kind]).join(', ')
  const help = props.help ?? (accepted === '' ? undefined : words.acceptsOnly(accepted))
  return (
    <Together {...props} {...(help === undefined ? {} : { help })}>
      <FileList
        files={files}
        onRemove={one =>
          desk.remove(one, () =>
            desk.set(
              path,
              idsAt(answerAt(desk.answers.peek(), path)).filter(id => id !== one.id),
            ),
          )
        }
      />
      <Sender
        slot={field.key}
        accept={endingsOf(field.accept)}
        label={props.label}
        onSent={sent => {
          desk.attached(sent)
          desk.set(path, [...new Set([...idsAt(answerAt(desk.answers.peek(), path)), ...sent.map(one => one.id)])])
        }}
      />
    </Together>
  )
}

const idsAt = (value: Answer | undefined): readonly number[] =>
  Array.isArray(value) ? (value as readonly Answer[]).filter((one): one is number => typeof one === 'number') : []

const sizeOf = (bytes: number): string =>
  bytes < 1_048_576 ? `${number(Math.max(1, Math.round(bytes / 1024)))} kB` : `${number(bytes / 1_048_576, 1)} MB`

export function FileList({ files, onRemove }: { readonly files: readonly Attachment[]; readonly onRemove?: (file: Attachment) => void }) {
  const words = t.value.requests.form
  if (files.length === 0) return null
  return (
    <ul class="filelist">
      {files.map(one => (
        <li key={one.id}>
          <Icon name="check" />
          <a class="ell" href={`/api/v1/attachments/${one.id}`} target="_blank" rel="noreferrer">
            {one.name}
          </a>
          <span class="dim small nw">{sizeOf(one.size)}</span>
          {onRemove === undefined ? null : (
            <button type="button" class="iconbtn" aria-label={words.removeFile(one.name)} onClick={() => onRemove(one)}>
              <Icon name="close" />
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

interface SenderProps {
  readonly slot: string
  readonly accept: string
  /** What is being brought, for those who do not see where the button stands. */
  readonly label: string
  readonly onSent: (files: readonly Attachment[]) => void
}

/** Chooses or takes what is dropped, and sends it to the request. */
export function Sender({ slot, accept, label, onSent }: SenderProps) {
  const desk = useForm()
  const words = t.value.requests.form
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const list: Signal<readonly Sending[]> = useSignal<readonly Sending[]>([])
  const send = async (files: readonly File[]): Promise<void> => {
    if (input.current !== null) input.current.value = ''
    for (const file of files) {
      const answer = await sendFile<{ readonly items: readonly Attachment[] }>(desk.uploads, file, { slot, visibility: 'public' }, list)
      if (answer.ok) onSent(answer.value.items)
    }
  }
  return (
    <>
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
          void send([...(event.dataTransfer?.files ?? [])])
        }}
      >
        <label class="btn">
          <Icon name="upload" />
          {words.chooseFile}
          <span class="sr">{label}</span>
          <input
            ref={input}
            class="sr"
            type="file"
            multiple
            accept={accept === '' ? undefined : accept}
            onChange={event => void send([...(event.currentTarget.files ?? [])])}
          />
        </label>
        <span class="small dim desk-only">{words.orDrop}</span>
      </div>
      <SendingList list={list} />
    </>
  )
}
