// The switch that stops every change, and the band that says it is thrown.
import { useState } from 'preact/hooks'
import type { ProvisioningView } from '../../../daemon/domain/hosting-view.ts'
import { api } from '../../api.ts'
import { useRows } from '../../live/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { when } from '../../words/when.ts'
import { Button } from '../controls.tsx'
import { Icon } from '../icons.tsx'
import { toast } from '../overlay.tsx'
import { ReasonDialog } from '../reason.tsx'

/** Null before it came, and for who only has websites here. */
function useProvisioning(): ProvisioningView | null {
  const { rows } = useRows('provisioning')
  return rows.value?.get('switch') ?? null
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
        toast('done', stop ? words.stopped : words.resumed)
        return null
      }}
    />
  )
}

/** Nothing where the viewer may not, or where it is thrown already: then the band has it. */
export const StopSwitch = () => (may('provisioning.stop') && may('host.read') ? <Switch /> : null)

function Switch() {
  const is = useProvisioning()
  const [asked, ask] = useState(false)
  if (is === null || is.stopped) return null
  return (
    <>
      <Button kind="danger" onClick={() => ask(true)}>
        {t.value.hosting.stop.act}
      </Button>
      {asked ? <Ask stop onClose={() => ask(false)} /> : null}
    </>
  )
}

/** Who only has websites here is not concerned with how they are worked on. */
export const StopBand = () => (may('host.read') ? <Band /> : null)

function Band() {
  const is = useProvisioning()
  const [asked, ask] = useState(false)
  const words = t.value.hosting.stop
  if (is === null || !is.stopped) return null
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
