// The switch that stops every change, and the band that says it is thrown.
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { ProvisioningView } from '../../../daemon/domain/hosting-view.ts'
import { api } from '../../api.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { when } from '../../words/when.ts'
import { Button } from '../controls.tsx'
import { Icon } from '../icons.tsx'
import { toast } from '../overlay.tsx'
import { ReasonDialog } from '../reason.tsx'

const known = signal<ProvisioningView | null>(null)

function useProvisioning(): ProvisioningView | null {
  useEffect(() => {
    void api.get<ProvisioningView>('/api/v1/provisioning').then(answer => {
      if (answer.ok) known.value = answer.value
    })
  }, [])
  return known.value
}

function Ask({ stop, onClose }: { readonly stop: boolean; readonly onClose: () => void }) {
  const { hosting } = t.value
  const words = hosting.stop
  return (
    <ReasonDialog
      title={stop ? words.title : words.resume}
      body={stop ? words.body : words.resumeBody}
      label={hosting.reason}
      act={stop ? words.act : words.resume}
      danger={stop}
      onClose={onClose}
      onGive={async reason => {
        const answer = await api.post<ProvisioningView>('/api/v1/provisioning', { stopped: stop, reason })
        if (!answer.ok) return answer.problem
        known.value = answer.value
        toast('done', stop ? words.stopped : words.resumed)
        return null
      }}
    />
  )
}

/** Nothing where the viewer may not, or where it is thrown already: then the band has it. */
export function StopSwitch() {
  const is = useProvisioning()
  const [asked, ask] = useState(false)
  if (!may('provisioning.stop') || is === null || is.stopped) return null
  return (
    <>
      <Button kind="danger" onClick={() => ask(true)}>
        {t.value.hosting.stop.act}
      </Button>
      {asked ? <Ask stop onClose={() => ask(false)} /> : null}
    </>
  )
}

export function StopBand() {
  const is = useProvisioning()
  const [asked, ask] = useState(false)
  const words = t.value.hosting.stop
  // Who only has websites here is not concerned with how they are worked on.
  if (is === null || !is.stopped || !may('host.read')) return null
  return (
    <div class="stopband" role="status">
      <Icon name="warn" class="warn" />
      <span class="grow">
        <b>{words.band(is.by ?? 'Suar', is.at === null ? '' : when(is.at))}</b>
        {is.reason === null ? null : <span class="mid block">{is.reason}</span>}
      </span>
      {may('provisioning.stop') ? <Button onClick={() => ask(true)}>{words.resume}</Button> : null}
      {asked ? <Ask stop={false} onClose={() => ask(false)} /> : null}
    </div>
  )
}
