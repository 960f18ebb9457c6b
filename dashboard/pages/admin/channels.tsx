// Notification channels, and a button that proves each of them.
import { useEffect, useState } from 'preact/hooks'
import type { ChannelView, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { BusyButton, Empty, ErrorBox, Icon, Panel, Skeleton, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

type Loaded =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly channels: readonly ChannelView[] }
  | { readonly kind: 'failed'; readonly problem: Problem }

export function Channels() {
  const { admin } = t.value
  const [loaded, show] = useState<Loaded>({ kind: 'waiting' })
  const load = async (): Promise<void> => {
    const answer = await api.get<{ readonly items: readonly ChannelView[] }>('/api/v1/channels')
    show(answer.ok ? { kind: 'ready', channels: answer.value.items } : { kind: 'failed', problem: answer.problem })
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

function One({ channel }: { readonly channel: ChannelView }) {
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
        <span class="dim ell">
          {channel.via} · {channel.to}
        </span>
        <BusyButton onClick={test} label={`${admin.test}: ${channel.name}`}>
          {admin.test}
        </BusyButton>
      </div>
      {problem === null ? null : <ErrorBox problem={problem} />}
    </li>
  )
}
