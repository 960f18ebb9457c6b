// Managed hosts, live: which are ready, what stands on each, and what was found changed there.
import { useSignalEffect } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { HostView } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { useRows } from '../../live/index.ts'
import '../../parts/hosting/hosting.css'
import { HostPill } from '../../parts/hosting/pills.tsx'
import { StopBand, StopSwitch } from '../../parts/hosting/stop.tsx'
import { HostingTabs } from '../../parts/hosting/tabs.tsx'
import { Button, type Column, Dialog, Empty, ErrorBox, Icon, PageHead, Panel, Table, TextField, TopicGate } from '../../parts/index.ts'
import { go } from '../../router.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { number, text } from '../../words/say.ts'
import { when } from '../../words/when.ts'

export default function HostsPage() {
  useSignalEffect(() => {
    document.title = `${t.value.hosting.host.title} · Suar`
  })
  const words = t.value.hosting.host
  const { status, rows } = useRows('hosts')
  const [adding, add] = useState(false)
  const hosts = [...(rows.value?.values() ?? [])].sort((a, b) => a.name.localeCompare(b.name))
  const button = may('host.manage') ? (
    <Button kind="primary" onClick={() => add(true)}>
      <Icon name="plus" />
      {words.add}
    </Button>
  ) : null
  return (
    <div class="hostingpage">
      <PageHead
        title={words.title}
        sub={words.sub}
        actions={
          <>
            <StopSwitch />
            {hosts.length === 0 ? null : button}
          </>
        }
      />
      <StopBand />
      <HostingTabs chosen="hosts" />
      <TopicGate status={status}>
        <Panel>
          {hosts.length === 0 ? (
            <Empty title={words.none} hint={words.noneHint} action={button} />
          ) : (
            <Table label={words.title} columns={columnsOf()} rows={hosts} keyOf={host => host.id} />
          )}
        </Panel>
      </TopicGate>
      {adding ? <Add onClose={() => add(false)} /> : null}
    </div>
  )
}

/** What is not ours is told and no trouble. */
function Found({ drift }: Pick<HostView, 'drift'>) {
  const words = t.value.hosting.host
  if (drift === null) return <span class="dim">{words.driftNever}</span>
  const { missing, changed, foreign } = drift
  if (missing + changed + foreign === 0) return <span class="mid">{words.driftNone}</span>
  return <span class={missing + changed === 0 ? 'mid' : 't-warn'}>{words.driftCount(missing, changed, foreign)}</span>
}

function columnsOf(): readonly Column<HostView>[] {
  const { host: words, none } = t.value.hosting
  return [
    {
      key: 'name',
      label: words.columns.name,
      width: '220px',
      cell: host => (
        <span class="namecell">
          <a href={`/hosts/${host.id}`}>
            <b>{host.name}</b>
          </a>
          <span class="small">
            {host.id} · {host.address}
          </span>
          <span class="phonefacts small">
            <Found drift={host.drift} />
          </span>
        </span>
      ),
    },
    {
      key: 'state',
      label: words.columns.state,
      cell: host => (
        <span class="statestack">
          <HostPill state={host.state} />
          {host.trouble === null ? null : <span class="small mid hosttrouble">{text(host.trouble)}</span>}
        </span>
      ),
    },
    { key: 'websites', label: words.columns.websites, num: true, wide: true, width: '80px', cell: host => number(host.websites) },
    {
      key: 'drift',
      label: words.columns.drift,
      wide: true,
      cell: host => <Found drift={host.drift} />,
    },
    { key: 'broker', label: words.columns.broker, wide: true, cell: host => <span class="mono">{host.broker ?? none}</span> },
    {
      key: 'seen',
      label: words.columns.seen,
      wide: true,
      cell: host => <span class="nw">{host.seenAt === null ? words.never : when(host.seenAt)}</span>,
    },
  ]
}

function Add({ onClose }: { readonly onClose: () => void }) {
  const words = t.value.hosting.host
  const [given, give] = useState({ id: '', name: '', address: '', port: '22' })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const set = (key: keyof typeof given) => (value: string) => give({ ...given, [key]: value })
  const wrong = (field: string): string | undefined => problem?.errors?.find(one => one.field === field)?.reason
  const full = given.id !== '' && given.name.trim() !== '' && given.address !== '' && Number(given.port) > 0
  const press = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (busy || !full) return
    setBusy(true)
    const answer = await api.post<HostView>('/api/v1/hosts', {
      ...given,
      id: given.id.trim(),
      address: given.address.trim(),
      port: Number(given.port),
    })
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    onClose()
    go(`/hosts/${answer.value.id}`)
  }
  return (
    <Dialog title={words.addTitle} onClose={onClose}>
      <form onSubmit={event => void press(event)}>
        <h2>{words.addTitle}</h2>
        <div class="body">
          <p>{words.addBody}</p>
          <TextField label={words.id} help={words.idHelp} error={wrong('id')} value={given.id} onInput={set('id')} maxLength={62} autofocus />
          <TextField label={words.name} error={wrong('name')} value={given.name} onInput={set('name')} maxLength={80} />
          <TextField label={words.address} error={wrong('address')} value={given.address} onInput={set('address')} maxLength={253} />
          <TextField label={words.port} error={wrong('port')} value={given.port} onInput={set('port')} inputMode="numeric" maxLength={5} />
          {problem === null || problem.errors !== undefined ? null : <ErrorBox problem={problem} />}
        </div>
        <footer>
          <Button kind="ghost" onClick={onClose}>
            {t.value.shell.cancel}
          </Button>
          <Button type="submit" kind="primary" disabled={busy || !full}>
            {words.addAct}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
