// Files of a work order: photographs from the phone's camera or from disk, shown small; a wrong one is withdrawn with a reason.
import { useSignal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import type { CareFile, WorkOrderView } from '../../../daemon/domain/care.ts'
import { api } from '../../api.ts'
import { Button, Icon } from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { type Sending, SendingList, sendFile } from '../../parts/upload.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateTime } from '../../words/say.ts'

const pathOf = (file: CareFile, inline: boolean): string => `/api/v1/care/files/${file.id}${inline ? '?inline=true' : ''}`
/** What every browser draws. */
const isPicture = ({ type }: CareFile): boolean => ['image/png', 'image/jpeg', 'image/webp', 'image/gif'].includes(type)

export function OrderFiles({ order }: { readonly order: WorkOrderView }) {
  const words = t.value.care.files
  const [withdrawing, withdraw] = useState<CareFile | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const list = useSignal<readonly Sending[]>([])
  const send = async (files: FileList | null): Promise<void> => {
    for (const file of files ?? []) await sendFile(`/api/v1/care/orders/${order.id}/files`, file, {}, list)
    for (const { current } of [input, camera]) if (current !== null) current.value = ''
  }
  const adds = may('care.work') && order.state !== 'cancelled'
  if (order.files.length === 0 && !adds) return null
  return (
    <section class="carefiles" aria-label={words.title}>
      <h3>{words.title}</h3>
      {order.files.length === 0 ? <p class="small dim">{words.none}</p> : null}
      <ul>
        {order.files.map(file => (
          <li key={file.id} class={file.withdrawn === null ? '' : 'gone'}>
            {isPicture(file) && file.withdrawn === null ? (
              <a href={pathOf(file, true)} target="_blank" rel="noreferrer">
                <img src={pathOf(file, true)} alt={file.name} loading="lazy" />
              </a>
            ) : (
              <Icon name="requests" />
            )}
            <span class="grow">
              <a href={pathOf(file, false)} download>
                {file.withdrawn === null ? file.name : <s>{file.name}</s>}
              </a>
              <br />
              <span class="small mid">
                {file.withdrawn === null ? `${file.by}, ${dateTime(file.at)}` : words.withdrawn(file.withdrawn.by, file.withdrawn.reason)}
              </span>
            </span>
            {adds && file.withdrawn === null ? (
              <Button kind="ghost" label={`${words.withdraw}: ${file.name}`} onClick={() => withdraw(file)}>
                {words.withdraw}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {adds ? (
        <p class="row wrap">
          <label class="btn">
            {words.photo}
            <input
              ref={camera}
              class="sr"
              type="file"
              accept="image/*"
              capture="environment"
              onChange={event => void send(event.currentTarget.files)}
            />
          </label>
          <label class="btn">
            {words.choose}
            <input ref={input} class="sr" type="file" multiple onChange={event => void send(event.currentTarget.files)} />
          </label>
        </p>
      ) : null}
      <SendingList list={list} />
      {withdrawing === null ? null : (
        <ReasonDialog
          title={`${words.withdraw}: ${withdrawing.name}`}
          label={words.reason}
          act={words.withdraw}
          danger
          shortest={5}
          onClose={() => withdraw(null)}
          onGive={async reason => {
            const answer = await api.post(`/api/v1/care/files/${withdrawing.id}/withdraw`, { reason })
            return answer.ok ? null : answer.problem
          }}
        />
      )}
    </section>
  )
}
