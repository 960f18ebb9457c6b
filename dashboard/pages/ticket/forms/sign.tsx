// Signing a document: by approval in Suar with a fresh proof of who signs, by the agency's seal, or on paper with a scan compared first.
import { useState } from 'preact/hooks'
import type { TicketDocument } from '../../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../../daemon/http/contract.ts'
import { api } from '../../../api.ts'
import { CheckField, Field, PasswordField } from '../../../parts/field.tsx'
import { ErrorBox, Segmented, toast } from '../../../parts/index.ts'
import { may, prove, viewer } from '../../../signin/session.ts'
import { t } from '../../../words/index.ts'
import { text as say } from '../../../words/say.ts'
import { Signatures } from '../documents.tsx'
import type { FormProps } from './frame.tsx'

type Method = 'approval' | 'scan' | 'seal'

export interface SignProps extends Pick<FormProps, 'view' | 'onDone'> {
  readonly ask: () => Promise<void>
}

/** Whether the next to sign is the viewer: by the chair of the party, or as the one who asked. */
function isNext(view: FormProps['view'], document: TicketDocument): boolean {
  const is = viewer.value
  const next = document.signatures.find(one => one.at === null)
  const who = next === undefined ? undefined : view.serviceDefinition.minutes?.parties[next.party]?.who
  if (is === null || who === undefined) return false
  return who === 'requester' ? is.roles.includes('requester') && is.organisations.includes(view.organisation) : is.positions.includes(who)
}

const waiting = (view: FormProps['view']): readonly TicketDocument[] =>
  view.documents.filter(
    one => (one.state === 'draft' || one.state === 'signing' || one.state === 'sent') && one.signatures.some(each => each.at === null),
  )

/** Documents that wait for the viewer, or for a scan an officer may bring. */
export const toSign = (view: FormProps['view']): readonly TicketDocument[] =>
  waiting(view).filter(document => isNext(view, document) || may('ticket.work'))

/** Who must sign next, of whatever waits; null: nothing does. */
export const nextSigner = (view: FormProps['view']): string | null => waiting(view)[0]?.signatures.find(one => one.at === null)?.name ?? null

export function SignForm({ view, ask, onDone }: SignProps) {
  const document = toSign(view)[0]
  if (document === undefined) return null
  return <SignOne key={document.id} view={view} document={document} ask={ask} onDone={onDone} />
}

function SignOne({ view, document, ask, onDone }: SignProps & { readonly document: TicketDocument }) {
  const { form: words, act, ticket, did } = t.value.tickets
  const own = isNext(view, document)
  const [method, setMethod] = useState<Method>(own ? 'approval' : 'scan')
  const [passphrase, setPassphrase] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const [same, setSame] = useState(false)
  const [all, setAll] = useState(false)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const next = document.signatures.find(one => one.at === null)
  if (next === undefined) return null
  const party = view.serviceDefinition.minutes?.parties[next.party]
  const url = `/api/v1/documents/${document.id}`

  const send = async (): Promise<void> => {
    setTried(true)
    setProblem(null)
    if (method === 'scan' && (file === null || !same)) return
    if (method !== 'scan' && !(await prove())) return
    setBusy(true)
    const answer = await (method === 'scan' && file !== null
      ? api.upload(`${url}/scan`, formOf(all, file))
      : api.post(`${url}/sign`, { party: next.party, method, ...(method === 'seal' ? { passphrase } : {}) }))
    setBusy(false)
    setPassphrase('')
    if (!answer.ok) return setProblem(answer.problem)
    await ask()
    toast('done', did.done, document.title)
    onDone()
  }
  return (
    <form
      class="actionform"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <p>
        <b>{document.title}</b> {document.number === null ? null : <span class="mid nw">{document.number}</span>}
      </p>
      <Signatures document={document} />
      <p class="mid">{own ? words.signAs(party === undefined ? next.name : `${say(party.title)}, ${next.name}`) : words.signFor(next.name)}</p>
      <a class="btn" href={url} target="_blank" rel="noreferrer">
        {words.open} {document.pages === 0 ? null : <span class="dim">{ticket.pages(document.pages)}</span>}
      </a>
      {own ? (
        <Segmented<Method>
          label={words.signHow}
          chosen={method}
          onChoose={setMethod}
          choices={[
            { key: 'approval', label: words.signApproval },
            { key: 'scan', label: words.scanned },
            ...(may('ticket.work') || may('ticket.dispose') ? [{ key: 'seal' as const, label: words.signSeal }] : []),
          ]}
        />
      ) : null}
      {method === 'approval' ? <p class="small dim">{words.signApprovalHint}</p> : null}
      {method === 'seal' ? (
        <PasswordField label={words.passphrase} value={passphrase} onInput={setPassphrase} autocomplete="current-password" />
      ) : null}
      {method === 'scan' ? (
        <>
          <p class="small dim">{words.signScanHint}</p>
          <Field label={words.pickScan} error={tried && file === null ? words.fieldEmpty : undefined}>
            {ids => (
              <input
                {...ids}
                class="input filepick"
                type="file"
                accept="application/pdf,image/png,image/jpeg"
                onChange={event => {
                  setFile(event.currentTarget.files?.[0] ?? null)
                  setSame(false)
                }}
              />
            )}
          </Field>
          {file === null ? null : <Compare original={url} file={file} />}
          {file === null ? null : <CheckField label={words.same} checked={same} onChange={setSame} />}
          {file !== null && document.signatures.filter(one => one.at === null).length > 1 ? (
            <CheckField label={words.all} checked={all} onChange={setAll} />
          ) : null}
          {tried && file !== null && !same ? <p class="small t-crit">{words.sameMissing}</p> : null}
        </>
      ) : null}
      {problem === null ? null : <ErrorBox problem={problem} />}
      <div class="sendrow">
        <button type="submit" class="btn primary send" disabled={busy}>
          {method === 'scan' ? words.uploadScan : act.sign}
        </button>
      </div>
    </form>
  )
}

function formOf(all: boolean, file: File): FormData {
  const form = new FormData()
  form.append('all', String(all))
  form.append('file', file)
  return form
}

/** Both beside each other in tabs of their own: what a browser draws of a PDF may not stand inside a page of ours. */
function Compare({ original, file }: { readonly original: string; readonly file: File }) {
  const words = t.value.tickets.form
  const [scan] = useState(() => URL.createObjectURL(file))
  return (
    <div class="compare">
      <a class="btn" href={original} target="_blank" rel="noreferrer">
        {words.original}
      </a>
      <a class="btn" href={scan} target="_blank" rel="noreferrer">
        {words.scanned}
      </a>
    </div>
  )
}
