// Making a host ready: made known, the one script run there, its fingerprint compared by a person, ready. Each step says what it does to the host.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { HostView } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { copied } from '../../parts/copy.ts'
import { BusyButton, ErrorBox, Icon, Panel, TextField, toast } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'

const STEPS = ['known', 'install', 'key', 'ready'] as const
type Step = (typeof STEPS)[number]

/** Where a host that is not ready stands: what is to be done next. */
const stepOf = ({ state, shownKey, hostKey }: Pick<HostView, 'state' | 'shownKey' | 'hostKey'>): Step =>
  state === 'keyChanged' || (shownKey !== null && shownKey !== hostKey) ? 'key' : state === 'ready' ? 'ready' : 'install'

export function Adoption({ host, onCheck }: { readonly host: HostView; readonly onCheck: () => Promise<void> }) {
  const words = t.value.hosting.host
  const at = STEPS.indexOf(stepOf(host))
  const inside: Readonly<Record<Step, ComponentChildren>> = {
    known: <p class="mid">{words.knownAs(host.address, host.port)}</p>,
    install: at === 1 ? <Install host={host} onCheck={onCheck} /> : null,
    key: at === 2 ? <Key host={host} /> : null,
    ready: null,
  }
  return (
    <Panel title={words.adoption} padded>
      <ol class="adoption">
        {STEPS.map((step, i) => (
          <li key={step} class={i < at ? 'past' : i === at ? 'now' : ''} aria-current={i === at ? 'step' : undefined}>
            <span class="dot">{i < at ? <Icon name="check" /> : i + 1}</span>
            <div>
              <h3>{words.steps[step]}</h3>
              {inside[step]}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Install({ host, onCheck }: { readonly host: HostView; readonly onCheck: () => Promise<void> }) {
  const words = t.value.hosting.host
  const file = `suar-host-${host.id}.sh`
  const port = host.port === 22 ? '' : `-p ${host.port} `
  const command = `ssh ${port}root@${host.address} sh -s < ${file}`
  const copy = (): void => {
    void copied(command).then(done => (done ? toast('done', t.peek().hosting.copied) : undefined))
  }
  return (
    <div class="adoptstep">
      {host.trouble === null ? null : <p class="mid">{text(host.trouble)}</p>}
      <p>{words.installBody}</p>
      {may('host.manage') ? (
        <>
          <p>
            <a class="btn primary" href={`/api/v1/hosts/${host.id}/install`} download={file}>
              <Icon name="download" />
              {words.installGet}
            </a>
          </p>
          <p class="small mid">{words.installRun}</p>
          <div class="command">
            <code class="fingerprint">{command}</code>
            <button type="button" class="btn" onClick={copy}>
              {t.value.hosting.copy}
            </button>
          </div>
          <p class="small mid">{words.installRemove}</p>
          <p>
            <BusyButton onClick={onCheck}>{words.installed}</BusyButton>
          </p>
        </>
      ) : null}
    </div>
  )
}

/** A person types what the host's own screen shows: a press alone would be made without looking. */
function Key({ host }: { readonly host: HostView }) {
  const words = t.value.hosting.host
  const [typed, type] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const shown = host.shownKey ?? ''
  const given = typed.trim()
  const same = given === shown
  const trust = async (): Promise<void> => {
    const answer = await api.post<HostView>(`/api/v1/hosts/${host.id}/key`, { hostKey: shown })
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    toast('done', words.keyDone)
    await api.post(`/api/v1/hosts/${host.id}/check`)
  }
  return (
    <div class="adoptstep">
      {host.state === 'keyChanged' ? (
        <p class="t-crit">
          <Icon name="crit" class="crit" /> {words.keyChanged}
        </p>
      ) : null}
      <p>{words.keyBody}</p>
      <p class="small mid">{words.keyShown}</p>
      <code class="fingerprint">{shown}</code>
      {host.hostKey === null ? null : (
        <>
          <p class="small mid">{words.keyPinned}</p>
          <code class="fingerprint">{host.hostKey}</code>
        </>
      )}
      {may('host.manage') ? (
        <>
          <TextField
            label={words.keyTyped}
            help={same ? words.keySame : words.keyTypedHelp}
            // Wrong as soon as it differs, not before it is whole.
            error={given !== '' && !shown.startsWith(given) ? words.keyDiffers : undefined}
            value={typed}
            onInput={type}
            maxLength={80}
          />
          <p>
            <BusyButton kind="primary" onClick={trust} disabled={!same || shown === ''}>
              {words.keyAct}
            </BusyButton>
          </p>
          {problem === null ? null : <ErrorBox problem={problem} />}
        </>
      ) : null}
    </div>
  )
}
