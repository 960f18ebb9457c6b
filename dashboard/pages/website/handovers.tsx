// Credentials and to whom they went: by a link that opens once, to a registered responsible person alone.
import { useState } from 'preact/hooks'
import type { HandoverView, WebsiteView } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { Button, Dialog, ErrorBox, Panel, SelectField, toast } from '../../parts/index.ts'
import { SecretDialog } from '../../parts/secret.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { when } from '../../words/when.ts'

export function Handovers({ site, onMade }: { readonly site: WebsiteView; readonly onMade: () => void }) {
  const words = t.value.hosting.site
  const [asked, ask] = useState(false)
  const [link, show] = useState<string | null>(null)
  const said = ({ openedAt, until }: HandoverView): string =>
    openedAt !== null ? words.opened(when(openedAt)) : until < now.value ? words.lapsed : words.waits(when(until))
  return (
    <Panel title={words.handovers}>
      {site.handovers.length === 0 ? (
        <p class="listnote">{words.noHandovers}</p>
      ) : (
        <ul class="plainlist">
          {site.handovers.map(one => (
            <li key={one.id}>
              <b>{one.to}</b>
              <span class="small mid block">
                {text(one.what)}, {said(one)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {may('change.work') && site.state !== 'removed' ? (
        <p class="listfoot">
          <Button onClick={() => ask(true)}>{words.handover}</Button>
        </p>
      ) : null}
      {asked ? (
        <Ask
          site={site}
          onClose={() => ask(false)}
          onMade={made => {
            ask(false)
            show(made)
            onMade()
          }}
        />
      ) : null}
      {link === null ? null : (
        <SecretDialog
          title={words.handovers}
          body={words.handoverBody}
          secret={link}
          copy={t.value.hosting.copy}
          copied={t.value.hosting.copied}
          onClose={() => show(null)}
        />
      )}
    </Panel>
  )
}

interface AskProps {
  readonly site: WebsiteView
  readonly onClose: () => void
  readonly onMade: (link: string) => void
}

function Ask({ site, onClose, onMade }: AskProps) {
  const words = t.value.hosting.site
  const able = [...new Set(site.responsible.map(({ person }) => person))].flatMap(person => {
    const those = site.responsible.filter(one => one.person === person)
    // Often the same person is both.
    return person === null ? [] : [{ key: String(person), label: [those[0]?.name, ...those.map(({ kind }) => words.kinds[kind])].join(', ') }]
  })
  const [to, setTo] = useState(able[0]?.key ?? '')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const press = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (busy || to === '') return
    setBusy(true)
    const answer = await api.post<HandoverView & { readonly link: string }>(`/api/v1/websites/${encodeURIComponent(site.name)}/handovers`, {
      kind: 'database',
      to: Number(to),
    })
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    toast('done', words.handed(answer.value.to))
    onMade(answer.value.link)
  }
  return (
    <Dialog title={words.handovers} onClose={onClose}>
      <form onSubmit={event => void press(event)}>
        <h2>{words.handovers}</h2>
        <div class="body">
          <p>{able.length === 0 ? words.nobody : words.handoverBody}</p>
          {able.length === 0 ? null : <SelectField label={words.handoverTo} value={to} options={able} onChange={setTo} />}
          {problem === null ? null : <ErrorBox problem={problem} />}
        </div>
        <footer>
          <Button kind="ghost" onClick={onClose}>
            {t.value.shell.cancel}
          </Button>
          <Button type="submit" kind="primary" disabled={busy || to === ''}>
            {words.handoverAct}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
