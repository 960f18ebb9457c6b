// Notification channels, and a button that proves each of them.
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { BusyButton, Empty, ErrorBox, Icon, Panel, Skeleton, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

/** GET /api/v1/channels; what else a channel tells of itself stays with the daemon. */
interface Channel {
  readonly name: string
  readonly kind?: string
  readonly summary?: string
}

/** The list as an array, in `items`, or as bare names. */
function channelsOf(body: unknown): readonly Channel[] {
  const list = Array.isArray(body)
    ? body
    : typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items)
      ? body.items
      : []
  return list.flatMap((one: unknown): Channel[] => {
    if (typeof one === 'string') return [{ name: one }]
    return typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string' ? [one as Channel] : []
  })
}

type Loaded =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly channels: readonly Channel[] }
  | { readonly kind: 'failed'; readonly problem: Problem }

export function Channels() {
  const { admin } = t.value
  const [loaded, show] = useState<Loaded>({ kind: 'waiting' })
  const load = async (): Promise<void> => {
    const answer = await api.get<unknown>('/api/v1/channels')
    show(answer.ok ? { kind: 'ready', channels: channelsOf(answer.value) } : { kind: 'failed', problem: answer.problem })
  }
  useEffect(() => {
    void load()
  }, [])
  return (
    <Panel title={admin.channels}>
      {loaded.kind === 'waiting' ? <Skeleton lines={2} /> : null}
      {loaded.kind === 'failed' ? <ErrorBox problem={loaded.problem} retry={() => void load()} /> : null}
      {loaded.kind === 'ready' && loaded.channels.length === 0 ? <Empty title={admin.noChannels} hint={admin.noChannelsHint} /> : null}
      {loaded.kind === 'ready' ? (
        <ul class="channels">
          {loaded.channels.map(channel => (
            <One key={channel.name} channel={channel} />
          ))}
        </ul>
      ) : null}
    </Panel>
  )
}

function One({ channel }: { readonly channel: Channel }) {
  const { admin } = t.value
  const [problem, setProblem] = useState<Problem | null>(null)
  const test = async (): Promise<void> => {
    setProblem(null)
    const answer = await api.post(`/api/v1/channels/${encodeURIComponent(channel.name)}/test`)
    if (answer.ok) toast('done', admin.tested(channel.name))
    else setProblem(answer.problem)
  }
  return (
    <li>
      <div class="row">
        <Icon name="mail" class="dim" />
        <b class="grow">{channel.name}</b>
        <span class="dim">{channel.summary ?? channel.kind ?? ''}</span>
        <BusyButton onClick={test} label={`${admin.test}: ${channel.name}`}>
          {admin.test}
        </BusyButton>
      </div>
      {problem === null ? null : <ErrorBox problem={problem} />}
    </li>
  )
}
