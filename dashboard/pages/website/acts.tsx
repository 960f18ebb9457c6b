// What can be asked of a website besides editing it: each says what it will do, asks what it must know, and becomes a change with a plan.
import { useEffect, useState } from 'preact/hooks'
import type { ChangeRow, HostView, WebsiteView } from '../../../daemon/domain/hosting-view.ts'
import { api } from '../../api.ts'
import { Propose } from '../../parts/hosting/propose.tsx'
import { SelectField, TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

export type Deed = 'suspend' | 'resume' | 'move' | 'clone' | 'decommission' | 'repair' | 'adopt'

export const deedsOf = ({ state }: WebsiteView): readonly Deed[] =>
  state === 'removed' || state === 'making'
    ? []
    : [state === 'suspended' ? ('resume' as const) : ('suspend' as const), 'clone' as const, 'move' as const, 'decommission' as const]

interface ActProps {
  readonly site: WebsiteView
  readonly deed: Deed
  readonly onClose: () => void
}

export function Act({ site, deed, onClose }: ActProps) {
  const words = t.value.hosting.site
  const said = words.acts[deed]
  const [to, setTo] = useState('')
  const asks = deed === 'move' || deed === 'clone'
  return (
    <Propose
      title={said.title}
      body={said.body}
      act={said.act}
      danger={deed === 'decommission'}
      open={asks && to === ''}
      send={reason =>
        api.post<ChangeRow>(`/api/v1/websites/${encodeURIComponent(site.name)}/changes`, { purpose: deed, reason, ...(asks ? { to } : {}) })
      }
      onClose={onClose}
    >
      {deed === 'clone' ? <TextField label={words.toName} help={words.toNameHelp} value={to} onInput={setTo} maxLength={31} /> : null}
      {deed === 'move' ? <Hosts not={site.host} chosen={to} onChoose={setTo} /> : null}
    </Propose>
  )
}

function Hosts({ not, chosen, onChoose }: { readonly not: string; readonly chosen: string; readonly onChoose: (id: string) => void }) {
  const [hosts, setHosts] = useState<readonly HostView[]>([])
  useEffect(() => {
    void api.get<{ readonly items: readonly HostView[] }>('/api/v1/hosts').then(answer => {
      if (answer.ok) setHosts(answer.value.items.filter(({ id, state }) => id !== not && state === 'ready'))
    })
  }, [not])
  return (
    <SelectField
      label={t.value.hosting.site.toHost}
      value={chosen}
      options={[{ key: '', label: '–' }, ...hosts.map(({ id, name }) => ({ key: id, label: name }))]}
      onChange={onChoose}
    />
  )
}
