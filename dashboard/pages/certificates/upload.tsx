// A certificate of one's own: chain and key as files, looked at by the daemon, then a change like any other. The key leaves the page at once.
import { useEffect, useState } from 'preact/hooks'
import type { ChangeRow, PageOf, WebsiteRow } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Field } from '../../parts/field.tsx'
import { follow } from '../../parts/hosting/propose.tsx'
import { Button, Dialog, ErrorBox, TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

export function Upload({ onClose }: { readonly onClose: () => void }) {
  const words = t.value.hosting.certificate
  const [website, setWebsite] = useState('')
  const [chain, setChain] = useState<File | null>(null)
  const [key, setKey] = useState<File | null>(null)
  const sites = useSites()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const press = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (busy || chain === null || key === null) return
    const form = new FormData()
    form.append('website', website.trim())
    form.append('chain', chain)
    form.append('key', key)
    setBusy(true)
    const answer = await api.upload<ChangeRow>('/api/v1/certificates', form)
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    onClose()
    follow(answer.value)
  }
  const pick = (label: string, choose: (file: File | null) => void) => (
    <Field label={label}>
      {ids => (
        <input
          {...ids}
          type="file"
          class="pickfile"
          accept=".pem,.crt,.cer,.key"
          onChange={event => choose(event.currentTarget.files?.[0] ?? null)}
        />
      )}
    </Field>
  )
  return (
    <Dialog title={words.uploadTitle} onClose={onClose}>
      <form onSubmit={event => void press(event)}>
        <h2>{words.uploadTitle}</h2>
        <div class="body">
          <p>{words.uploadBody}</p>
          <TextField
            label={words.website}
            help={words.websiteHelp}
            value={website}
            onInput={setWebsite}
            list="uploadsites"
            maxLength={31}
            autofocus
          />
          <datalist id="uploadsites">
            {sites.map(({ name, domain }) => (
              <option key={name} value={name}>
                {domain}
              </option>
            ))}
          </datalist>
          {pick(words.chain, setChain)}
          {pick(words.key, setKey)}
          {problem === null ? null : <ErrorBox problem={problem} />}
        </div>
        <footer>
          <Button kind="ghost" onClick={onClose}>
            {t.value.shell.cancel}
          </Button>
          <Button type="submit" kind="primary" disabled={busy || website.trim() === '' || chain === null || key === null}>
            {words.uploadAct}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

/** Names to choose from; any other may be typed. */
function useSites(): readonly WebsiteRow[] {
  const [sites, setSites] = useState<readonly WebsiteRow[]>([])
  useEffect(() => {
    void api.get<PageOf<WebsiteRow>>('/api/v1/websites').then(answer => {
      if (answer.ok) setSites(answer.value.items)
    })
  }, [])
  return sites
}
