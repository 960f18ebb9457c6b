// Sending files to a ticket, one after the other: how far it is, a way to stop, and what was wrong with each, nothing else lost.
import { type Signal, signal } from '@preact/signals'
import type { Problem } from '../../daemon/http/contract.ts'
import { type Answer, api } from '../api.ts'
import { t } from '../words/index.ts'
import { number } from '../words/say.ts'
import { Icon } from './icons.tsx'
import './upload.css'

export interface Sending {
  readonly name: string
  readonly part: Signal<number>
  readonly problem: Signal<Problem | null>
  readonly stop: () => void
}

/** Sends one file with its fields; the row of it stays in `list` when it fails. */
export async function sendFile<T>(
  path: string,
  file: File,
  fields: Readonly<Record<string, string>>,
  list: Signal<readonly Sending[]>,
): Promise<Answer<T>> {
  const stopper = new AbortController()
  const row: Sending = { name: file.name, part: signal(0), problem: signal(null), stop: () => stopper.abort() }
  list.value = [...list.peek(), row]
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append('file', file)
  const answer = await api.upload<T>(path, form, {
    signal: stopper.signal,
    onProgress: part => {
      row.part.value = part
    },
  })
  if (answer.ok || answer.problem.status === -1) list.value = list.peek().filter(one => one !== row)
  else row.problem.value = answer.problem
  return answer
}

export function SendingList({ list }: { readonly list: Signal<readonly Sending[]> }) {
  const words = t.value.tickets.ticket
  return (
    <ul class="sending" aria-live="polite">
      {list.value.map(one => (
        <SendingRow
          key={one.name}
          one={one}
          onDismiss={() => {
            list.value = list.peek().filter(other => other !== one)
          }}
          stopLabel={words.stop}
        />
      ))}
    </ul>
  )
}

function SendingRow({ one, onDismiss, stopLabel }: { readonly one: Sending; readonly onDismiss: () => void; readonly stopLabel: string }) {
  const words = t.value.tickets.ticket
  const problem = one.problem.value
  const percent = `${number(Math.floor(one.part.value * 100))} %`
  return (
    <li class={problem === null ? '' : 't-crit'}>
      {problem === null ? (
        <>
          <span class="grow ell">{words.uploading(one.name, percent)}</span>
          <span class="meter" aria-hidden="true">
            <i style={{ width: `${one.part.value * 100}%` }} />
          </span>
          <button type="button" class="textbtn" onClick={one.stop}>
            {stopLabel}
          </button>
        </>
      ) : (
        <>
          <Icon name="crit" class="crit" />
          <span class="grow small">
            <b>{one.name}</b>: {problem.detail ?? problem.title}
          </span>
          <button type="button" class="iconbtn" aria-label={t.value.shell.close} onClick={onDismiss}>
            <Icon name="close" />
          </button>
        </>
      )}
    </li>
  )
}
