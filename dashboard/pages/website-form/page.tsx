// A new website as a ticket's answers give it, or an old one to be edited: each field with its help and what is wrong with it; becomes a change.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { ChangeRow, WebsiteDraft, WebsiteView } from '../../../daemon/domain/hosting-view.ts'
import type { Website } from '../../../daemon/domain/website.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import type { PageProps } from '../../pages.ts'
import { AreaField } from '../../parts/field.tsx'
import '../../parts/hosting/hosting.css'
import { follow } from '../../parts/hosting/propose.tsx'
import { BusyButton, ErrorBox, Icon, PageHead, Panel, Skeleton } from '../../parts/index.ts'
import '../../style/pages.css'
import { lang, t } from '../../words/index.ts'
import { bringNames } from '../people/lookup.ts'
import '../people/people.css'
import { Picker } from '../people/picker.tsx'
import { Fields } from './fields.tsx'
import { type FieldKey, fieldOf, type Mistakes, mistakesOf, type Typed, typedOf, websiteOf } from './form.ts'
import './website-form.css'

interface Start {
  readonly draft: WebsiteDraft
  /** Of an edit. */
  readonly was: Website | null
}

export default function WebsiteFormPage({ params, query }: PageProps) {
  const name = params['name'] ?? null
  const ticket = query.get('ticket')
  const [start, setStart] = useState<Start | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [turn, setTurn] = useState(0)
  useSignalEffect(() => {
    const words = t.value.hosting.form
    document.title = `${name === null ? words.newTitle : words.editTitle(name)} · Suar`
  })
  useEffect(() => {
    let gone = false
    const load = async (): Promise<void> => {
      const [draft, site] = await Promise.all([
        api.get<WebsiteDraft>(`/api/v1/websites/new/draft${ticket === null ? '' : `?ticket=${encodeURIComponent(ticket)}`}`),
        name === null ? null : api.get<WebsiteView>(`/api/v1/websites/${encodeURIComponent(name)}`),
      ])
      if (gone) return
      if (!draft.ok) return setProblem(draft.problem)
      if (site !== null && !site.ok) return setProblem(site.problem)
      setProblem(null)
      setStart({ draft: draft.value, was: site?.value.wanted ?? null })
    }
    void load()
    return () => {
      gone = true
    }
  }, [name, ticket, turn])
  if (start !== null) return <Form key={`${name} ${ticket}`} start={start} />
  return problem === null ? <Skeleton lines={12} /> : <ErrorBox problem={problem} retry={() => setTurn(n => n + 1)} />
}

/** What the daemon says is wrong, at its fields; the rest below the form. */
function refusedAt(problem: Problem | null): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { field, reason } of problem?.errors ?? []) {
    const key = fieldOf(field)
    if (key !== null) found[key] = reason
  }
  return found
}

function Form({ start: { draft, was } }: { readonly start: Start }) {
  const { hosting } = t.value
  const words = hosting.form
  const [typed, type] = useState<Typed>(() => typedOf(was === null || draft.ticket !== null ? (draft.website as Partial<Website>) : was))
  const [organisation, setOrganisation] = useState<number | null>(draft.organisation)
  const [reason, setReason] = useState(draft.ticket === null ? '' : draft.ticket)
  const [touched, touch] = useState<ReadonlySet<FieldKey>>(new Set())
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    if (draft.organisation === null && was === null) void bringNames()
  }, [])
  const mistakes: Mistakes = mistakesOf(typed, draft.zones)
  const noOwner = was === null && organisation === null
  const shortReason = reason.trim().length < 3
  const wrong = Object.keys(mistakes).length + (noOwner ? 1 : 0) + (shortReason ? 1 : 0)
  const open = draft.open.filter(({ field }) => {
    const key = fieldOf(field)
    return key === null || key === 'organisation' || key === 'reason' || !touched.has(key)
  })
  const set = (key: FieldKey, value: string): void => {
    type({ ...typed, [key]: value })
    if (!touched.has(key)) touch(new Set([...touched, key]))
  }
  const send = async (): Promise<void> => {
    setTried(true)
    if (wrong > 0) {
      // The first that is wrong, once it is drawn so.
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.siteform .field.error :is(input, select, textarea)')?.focus())
      return
    }
    const website = websiteOf(typed, draft.zones, was)
    const answer =
      was === null
        ? await api.post<ChangeRow>('/api/v1/websites', { organisation, website, ticket: draft.ticket, reason: reason.trim() })
        : await api.post<ChangeRow>(`/api/v1/websites/${encodeURIComponent(was.name)}/changes`, {
            ...{ purpose: 'edit', website, reason: reason.trim() },
            ...(draft.ticket === null ? {} : { ticket: draft.ticket }),
          })
    if (!answer.ok) return setProblem(answer.problem)
    follow(answer.value)
  }
  const refused = refusedAt(problem)
  return (
    <div class="hostingpage siteform">
      <PageHead
        title={was === null ? words.newTitle : words.editTitle(was.name)}
        sub={was !== null ? was.domains[0] : draft.ticket === null ? words.noTicket : words.fromTicket(draft.ticket)}
        actions={
          draft.ticket === null ? undefined : (
            <a class="btn" href={`/tickets/${draft.ticket}`}>
              {draft.ticket}
            </a>
          )
        }
      />
      {was === null ? (
        <Panel title={words.fields.organisation} padded>
          {draft.organisation === null ? (
            <div class="formgrid">
              <Picker
                of="organisation"
                label={words.fields.organisation}
                value={organisation}
                onPick={setOrganisation}
                help={words.help.organisation}
                error={tried && noOwner ? words.wrong.required : refused['organisation']}
              />
            </div>
          ) : (
            <p>
              <b>{draft.organisationName}</b>
              <span class="small mid block">{words.help.organisation}</span>
            </p>
          )}
        </Panel>
      ) : null}
      <Fields
        typed={typed}
        draft={draft}
        isNew={was === null}
        mistakes={mistakes}
        shown={key => tried || touched.has(key)}
        refused={refused}
        open={open}
        onType={set}
      />
      <Panel padded class="sendpanel">
        <AreaField
          label={words.reason}
          help={hosting.reasonHelp}
          error={tried && shortReason ? words.wrong.required : refused['reason']}
          value={reason}
          onInput={setReason}
          rows={2}
        />
        {open.length === 0 ? null : (
          <div class="openlist">
            <b>
              <Icon name="warn" class="warn" /> {words.openTitle(open.length)}
            </b>
            <ul>
              {open.map(({ field, words: said }) => (
                <li key={`${field} ${said.id}`}>{said[lang.value]}</li>
              ))}
            </ul>
          </div>
        )}
        {tried && wrong > 0 ? <p class="t-crit">{words.fix(wrong)}</p> : null}
        {problem === null ? null : <ErrorBox problem={problem} />}
        <div class="row wrap">
          <BusyButton kind="primary" onClick={send}>
            {words.send}
          </BusyButton>
          <span class="small mid">{words.sendHint}</span>
        </div>
      </Panel>
    </div>
  )
}
