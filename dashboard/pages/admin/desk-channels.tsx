// How the desk's own channels are doing: since when each is connected, when it last carried something, what is wrong with it.
import { useComputed, useSignalEffect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { troubleText } from '../../../daemon/domain/words/channel-words.ts'
import type { DeskChannelView, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { nowExact, store } from '../../live/index.ts'
import { BusyButton, Empty, ErrorBox, Icon, Panel, Pill, Skeleton } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { clockShort, text } from '../../words/say.ts'
import { when } from '../../words/when.ts'

/** Not for everybody who sees this page. */
export const DeskChannels = () => (may('channel.read') ? <Seen /> : null)

function Seen() {
  const { channels } = t.value.messages
  const [items, setItems] = useState<readonly DeskChannelView[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asked, setAsked] = useState<number | null>(null)
  const load = async (): Promise<void> => {
    const answer = await api.get<{ readonly items: readonly DeskChannelView[] }>('/api/v1/desk/channels')
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    setItems(answer.value.items)
    setAsked(nowExact())
  }
  useEffect(() => void load(), [])
  // A channel's trouble is one of the daemon's troubles too: when those change, so may have the channels.
  const troubles = useComputed(() => store.health.value?.troubles.map(({ en }) => en).join('\n') ?? null)
  const heard = useRef<string | null>(null)
  useSignalEffect(() => {
    const is = troubles.value
    if (is === null || is === heard.current) return
    const first = heard.current === null
    heard.current = is
    if (!first) void load()
  })
  const end =
    asked === null || items === null || items.length === 0 ? undefined : (
      <span class="row">
        {channels.asOf(clockShort(asked))}
        <BusyButton kind="ghost" onClick={load} label={channels.refresh}>
          <Icon name="refresh" />
        </BusyButton>
      </span>
    )
  return (
    <Panel title={channels.title} end={end}>
      {items === null && problem === null ? <Skeleton lines={3} /> : null}
      {problem === null ? null : <ErrorBox problem={problem} retry={() => void load()} />}
      {items !== null && items.length === 0 ? <Empty title={channels.none} hint={channels.noneHint} /> : null}
      <ul class="channels">
        {items?.map(one => (
          <One key={one.name} channel={one} />
        ))}
      </ul>
    </Panel>
  )
}

function One({ channel: { name, connectedSince, lastIn, lastOut, trouble } }: { readonly channel: DeskChannelView }) {
  const { channels } = t.value.messages
  const names: Readonly<Record<string, string>> = channels.names
  const facts = [
    connectedSince === null ? null : channels.since(when(connectedSince)),
    lastIn === null ? null : channels.lastIn(when(lastIn)),
    lastOut === null ? null : channels.lastOut(when(lastOut)),
    connectedSince !== null && lastIn === null && lastOut === null ? channels.nothing : null,
  ].filter(one => one !== null)
  return (
    <li>
      <div class="row">
        <Icon name={name.startsWith('email') ? 'mail' : 'comment'} class="dim" />
        <b class="grow">{names[name] ?? name}</b>
        {trouble !== null ? (
          <Pill tone="warn">{channels.trouble}</Pill>
        ) : connectedSince !== null ? (
          <Pill tone="ok">{channels.connected}</Pill>
        ) : (
          <Pill tone="unknown">{name.endsWith('out') ? channels.unused : channels.apart}</Pill>
        )}
      </div>
      {facts.length === 0 ? null : <p class="small mid">{facts.join(' · ')}</p>}
      {trouble === null ? null : <p class="small">{text(troubleText(trouble))}</p>}
    </li>
  )
}
