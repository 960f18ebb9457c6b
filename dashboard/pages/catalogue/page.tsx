// A service of the catalogue to be read: its sheet, its service standard, its procedure with owners and times; older versions; on paper too.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { ServiceVersion } from '../../../daemon/domain/service.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import type { PageProps } from '../../pages.ts'
import { Empty, ErrorBox, Icon, PageHead, Skeleton, Tabs } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { lang, t } from '../../words/index.ts'
import { dateLong, text } from '../../words/say.ts'
import { NotYours } from '../requests/not-yours.tsx'
import { isForMe } from '../requests/service-words.ts'
import { AvailabilityPart } from './availability.tsx'
import './catalogue.css'
import { EmptyForm } from './empty-form.tsx'
import { Procedure } from './procedure.tsx'
import { SheetRows } from './sheet.tsx'
import { StandardRows } from './standard.tsx'

const TABS = ['sheet', 'standard', 'procedure', 'form', 'availability'] as const

type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'ready'; readonly newest: number; readonly shown: ServiceVersion }

export default function CataloguePage({ params, query }: PageProps) {
  const { sheet: words, start } = t.value.requests
  const key = params['service'] ?? ''
  const wanted = Number(query.get('version') ?? '')
  const tab = TABS.find(one => one === query.get('part')) ?? 'sheet'
  const [got, setGot] = useState<Got>({ kind: 'waiting' })
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let gone = false
    const run = async (): Promise<void> => {
      const url = `/api/v1/services/${encodeURIComponent(key)}`
      const newest = await api.get<ServiceVersion>(url)
      if (gone) return
      if (!newest.ok) return setGot({ kind: 'failed', problem: newest.problem })
      const { version } = newest.value
      const older =
        Number.isSafeInteger(wanted) && wanted > 0 && wanted !== version ? await api.get<ServiceVersion>(`${url}/versions/${wanted}`) : newest
      if (gone) return
      setGot(older.ok ? { kind: 'ready', newest: version, shown: older.value } : { kind: 'failed', problem: older.problem })
    }
    void run()
    return () => {
      gone = true
    }
  }, [key, wanted, turn])
  const title = got.kind === 'ready' ? text(got.shown.service.name) : key
  useSignalEffect(() => {
    document.title = `${title} · Suar`
  })
  if (got.kind === 'waiting') return <Skeleton lines={10} height={20} />
  if (got.kind === 'failed') {
    if (got.problem.status !== 404) return <ErrorBox problem={got.problem} retry={() => setTurn(turn + 1)} />
    return (
      <Empty
        page
        title={words.notFound}
        hint={words.notFoundHint}
        action={
          <a class="btn primary" href="/requests">
            {start.back}
          </a>
        }
      />
    )
  }
  const { shown, newest } = got
  const { service } = shown
  const asks = may('ticket.file') && shown.version === newest
  const printable = { sheet: service.sheet !== null, standard: service.standard !== null, procedure: true, form: true, availability: false }[tab]
  return (
    <article class="servicepage">
      <PageHead
        title={title}
        sub={text(service.summary)}
        actions={
          <>
            {newest > 1 ? (
              <label class="versionpick">
                <span class="small dim">{words.version}</span>
                <select
                  class="input"
                  value={String(shown.version)}
                  onChange={event => setQuery({ version: Number(event.currentTarget.value) === newest ? null : event.currentTarget.value })}
                >
                  {Array.from({ length: newest }, (_, i) => newest - i).map(version => (
                    <option key={version} value={String(version)}>
                      {version}
                    </option>
                  ))}
                </select>
              </label>
            ) : null}
            {printable && shown.version === newest ? (
              <a class="btn" href={`/api/v1/services/${service.key}/papers/${tab}?language=${lang.value}`} target="_blank" rel="noreferrer">
                <Icon name="download" />
                {words.pdf}
              </a>
            ) : null}
            <button type="button" class="btn desk-only" onClick={() => print()}>
              <Icon name="print" />
              {words.print}
            </button>
            {asks && isForMe(service) ? (
              <a class="btn primary" href={`/requests/new/${service.key}`}>
                {words.ask}
              </a>
            ) : null}
          </>
        }
      />
      {asks && !isForMe(service) ? (
        <p class="notforme">
          <Icon name="comment" />
          <span>
            <NotYours users={service.users} />
          </span>
        </p>
      ) : null}
      {shown.version === newest ? null : (
        <p class="oldversion" role="status">
          <Icon name="warn" class="warn" />
          <span class="grow">{words.older(shown.version)}</span>
          <a href={`/catalogue/${service.key}?part=${tab}`}>{words.newest}</a>
        </p>
      )}
      <Tabs
        label={words.parts}
        chosen={tab}
        choices={TABS.map(one => ({
          key: one,
          label: words.tabs[one],
          href: `/catalogue/${service.key}?part=${one}${shown.version === newest ? '' : `&version=${shown.version}`}`,
        }))}
      />
      <section class="panel paperpanel">
        <h2 class="sr">{words.tabs[tab]}</h2>
        {tab === 'sheet' ? <SheetRows service={service} /> : null}
        {tab === 'standard' ? <StandardRows service={service} /> : null}
        {tab === 'procedure' ? <Procedure service={service} /> : null}
        {tab === 'form' ? <EmptyForm service={service} /> : null}
        {tab === 'availability' ? <AvailabilityPart service={service} /> : null}
      </section>
      <p class="small dim">{words.versionOf(shown.version, dateLong(shown.since))}</p>
    </article>
  )
}
