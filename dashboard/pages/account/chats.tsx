// One's own chats: bound by a link to the desk's bot, unbound at once. Only where there is a bot, or a chat that is still bound.
import { useEffect, useState } from 'preact/hooks'
import type { ChatLink, OwnChats, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { BusyButton, Button, ErrorBox, Panel, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { QrCode } from '../../signin/qr.tsx'
import '../../signin/signin.css'
import { t } from '../../words/index.ts'
import { countdown, moment } from '../../words/say.ts'

type Chat = OwnChats['items'][number]

/** To the bot, and until when by this machine's own clock, which may be wrong. */
interface Way {
  readonly to: string
  readonly until: number
}

const sourceName = (source: string): string => {
  const names: Readonly<Record<string, string>> = t.value.messages.sources
  return names[source] ?? source
}

export function Chats() {
  const { chats } = t.value.messages
  const [own, setOwn] = useState<OwnChats | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [link, setLink] = useState<Way | null>(null)
  const [leaving, setLeaving] = useState<Chat | null>(null)
  /** True: there is a chat that was not there, or was bound to somebody else, before. */
  const load = async (): Promise<boolean> => {
    const answer = await api.get<OwnChats>('/api/v1/account/chats')
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return false
    const before = new Set(own?.items.map(one => `${one.source} ${one.address} ${one.boundAt}`))
    setOwn(answer.value)
    return own !== null && answer.value.items.some(one => !before.has(`${one.source} ${one.address} ${one.boundAt}`))
  }
  useEffect(() => void load(), [])
  const bind = async (): Promise<void> => {
    const answer = await api.post<ChatLink>('/api/v1/account/chats/telegram')
    if (answer.ok) setLink({ to: answer.value.link, until: Date.now() + answer.value.lives })
    else toast('failed', answer.problem.title, answer.problem.detail)
  }
  const look = async (): Promise<boolean> => {
    const bound = await load()
    if (bound) {
      setLink(null)
      toast('done', chats.bound)
    }
    return bound
  }
  // Until it is known whether there is a bot, nothing is promised.
  if (own === null) return problem === null || problem.status === 404 ? null : <Failed problem={problem} retry={load} />
  if (own.bot === null && own.items.length === 0) return null
  return (
    <Panel
      title={chats.title}
      end={
        own.bot === null ? undefined : link === null ? (
          <BusyButton onClick={bind}>{chats.add}</BusyButton>
        ) : (
          <Button onClick={() => setLink(null)}>{t.value.shell.cancel}</Button>
        )
      }
      padded
    >
      {problem === null ? null : <ErrorBox problem={problem} retry={() => void load()} />}
      {link === null || own.bot === null ? null : <Binding link={link} bot={own.bot} look={look} again={bind} />}
      {own.items.length === 0 && link === null ? <p class="mid">{chats.why}</p> : null}
      <ul class="doorlist">
        {own.items.map(one => (
          <li key={`${one.source} ${one.address}`}>
            <span class="grow">
              <b>{sourceName(one.source)}</b>
              <span class="small dim">
                {chats.number(one.address)} · {chats.boundAt(moment(one.boundAt, now.peek()))}
              </span>
            </span>
            <Button onClick={() => setLeaving(one)} label={`${chats.unbind}: ${sourceName(one.source)} ${one.address}`}>
              {chats.unbind}
            </Button>
          </li>
        ))}
      </ul>
      {leaving === null ? null : (
        <Sure
          title={chats.unbindTitle(`${sourceName(leaving.source)} ${leaving.address}`)}
          body={chats.unbindBody}
          act={chats.unbind}
          send={() => api.delete(`/api/v1/account/chats/${leaving.source}/${encodeURIComponent(leaving.address)}`)}
          onClose={() => setLeaving(null)}
          onDone={() => {
            setOwn(was => (was === null ? null : { ...was, items: was.items.filter(one => one !== leaving) }))
            toast('done', chats.unbound)
          }}
        />
      )}
    </Panel>
  )
}

function Failed({ problem, retry }: { readonly problem: Problem; readonly retry: () => Promise<boolean> }) {
  return (
    <Panel title={t.value.messages.chats.title} padded>
      <ErrorBox problem={problem} retry={() => void retry()} />
    </Panel>
  )
}

interface BindingProps {
  readonly link: Way
  readonly bot: string
  /** Whether the chat has been bound meanwhile. */
  readonly look: () => Promise<boolean>
  readonly again: () => Promise<void>
}

/** The way to the bot while it is open, and what to do when it closed. */
function Binding({ link, bot, look, again }: BindingProps) {
  const { chats } = t.value.messages
  const [missed, setMissed] = useState(false)
  // Drawn again each second; what is left is counted by the clock it was begun with.
  void now.value
  const left = Math.ceil((link.until - Date.now()) / 1000)
  // Who pressed Start on this machine comes back to this page: that is the moment to look.
  useEffect(() => {
    const back = (): void => {
      if (document.visibilityState === 'visible') void look()
    }
    document.addEventListener('visibilitychange', back)
    return () => document.removeEventListener('visibilitychange', back)
  })
  if (left <= 0)
    return (
      <div class="row between wrap chatsteps" role="status">
        <span class="mid">{chats.expired}</span>
        <BusyButton kind="primary" onClick={again}>
          {chats.again}
        </BusyButton>
      </div>
    )
  return (
    <ol class="enrolsteps chatsteps">
      <li>
        <b>{chats.step1}</b>
        <p class="small dim">{chats.scan}</p>
        <QrCode text={link.to} label={chats.qr} />
        <a class="btn" href={link.to} target="_blank" rel="noreferrer">
          {chats.open}
        </a>
        <p class="small dim">{chats.valid(countdown(left))}</p>
      </li>
      <li>
        <b>{chats.step2(bot)}</b>
      </li>
      <li>
        <b>{chats.step3}</b>
        <p role="status" class="small">
          {missed ? chats.notYet : ''}
        </p>
        <BusyButton kind="primary" onClick={async () => setMissed(!(await look()))}>
          {chats.check}
        </BusyButton>
      </li>
    </ol>
  )
}
