// The second factor of one's account: set up, taken away, its recovery codes made anew.
import { useState } from 'preact/hooks'
import { api } from '../../api.ts'
import { BusyButton, Button, Dialog, Panel, Pill, toast } from '../../parts/index.ts'
import { Enrol } from '../../signin/enrol.tsx'
import { RecoveryCodes } from '../../signin/recovery.tsx'
import '../../signin/signin.css'
import { Sure } from '../../parts/sure.tsx'
import { t } from '../../words/index.ts'
import type { OwnProps } from './own.ts'

/** How many codes a fresh set has; the daemon counts what is left. */
const FULL = 10

export function SecondFactor({ own, onChange }: OwnProps) {
  const { factor } = t.value.people
  const [open, setOpen] = useState<'enrol' | 'remove' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)

  const fresh = async (): Promise<void> => {
    const answer = await api.post<{ readonly recovery: readonly string[] }>('/api/v1/account/recovery')
    if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
    setCodes(answer.value.recovery)
    onChange({ ...own, recoveryLeft: answer.value.recovery.length })
  }
  return (
    <Panel
      title={
        <span class="row">
          {factor.title}
          <Pill tone="ok" shape={own.totp ? 'check' : 'ok'}>
            {own.totp ? factor.on : factor.off}
          </Pill>
        </span>
      }
      end={
        own.totp ? (
          <Button onClick={() => setOpen('remove')}>{factor.remove}</Button>
        ) : open === 'enrol' ? (
          <Button onClick={() => setOpen(null)}>{t.value.shell.cancel}</Button>
        ) : (
          <Button onClick={() => setOpen('enrol')}>{factor.start}</Button>
        )
      }
      padded
    >
      {open === 'enrol' ? (
        <Enrol
          onDone={() => {
            setOpen(null)
            onChange({ ...own, totp: true, recoveryLeft: FULL })
            toast('done', factor.enrolled)
          }}
        />
      ) : own.totp || own.passkeys.length > 0 ? (
        <div class="row between wrap">
          <span class="mid">{factor.left(own.recoveryLeft)}</span>
          <BusyButton kind="ghost" onClick={fresh}>
            {factor.fresh}
          </BusyButton>
        </div>
      ) : (
        <p class="mid">{factor.why}</p>
      )}
      {open === 'remove' ? (
        <Sure
          title={factor.removeTitle}
          body={factor.removeBody}
          act={factor.remove}
          send={() => api.delete('/api/v1/account/totp')}
          onClose={() => setOpen(null)}
          onDone={() => {
            onChange({ ...own, totp: false })
            toast('done', factor.removed)
          }}
        />
      ) : null}
      {codes === null ? null : (
        <Dialog title={factor.recoveryTitle} onClose={() => setCodes(null)} class="codesdialog">
          <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />
        </Dialog>
      )}
    </Panel>
  )
}
