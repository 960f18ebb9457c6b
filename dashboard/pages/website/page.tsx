// One website: how it is, what it uses, where it stands and what runs it, what was found changed, and the changes it had and can have.
import { useSignalEffect } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { WebsiteView } from '../../../daemon/domain/hosting-view.ts'
import type { PageProps } from '../../pages.ts'
import '../../parts/hosting/hosting.css'
import { ChangeTable } from '../../parts/hosting/change-table.tsx'
import { DriftList } from '../../parts/hosting/drift-list.tsx'
import { WebsitePill } from '../../parts/hosting/pills.tsx'
import { StopBand } from '../../parts/hosting/stop.tsx'
import { Button, Empty, ErrorBox, Icon, PageHead, Panel, Skeleton } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { when } from '../../words/when.ts'
import { Act, type Deed, deedsOf } from './acts.tsx'
import { AtWork } from './at-work.tsx'
import { Access, Addresses, Running } from './facts.tsx'
import { Handovers } from './handovers.tsx'
import { SiteTiles } from './tiles.tsx'
import { useWebsite } from './use-website.ts'
import './website.css'

export default function WebsitePage({ params }: PageProps) {
  const name = params['name'] ?? ''
  const { site, problem, ask } = useWebsite(name)
  useSignalEffect(() => {
    document.title = `${name} · Suar`
  })
  const words = t.value.hosting.site
  if (site !== null) return <Site site={site} onChanged={ask} />
  if (problem === null) return <Skeleton lines={10} />
  if (problem.status !== 404) return <ErrorBox problem={problem} retry={ask} />
  return (
    <Empty
      page
      title={words.notFound}
      hint={words.notFoundHint}
      action={
        <a class="btn" href="/websites">
          {t.value.hosting.parts.websites}
        </a>
      }
    />
  )
}

function Site({ site, onChanged }: { readonly site: WebsiteView; readonly onChanged: () => void }) {
  const { hosting } = t.value
  const words = hosting.site
  const [asked, ask] = useState<Deed | null>(null)
  const works = may('change.work')
  const deeds = works ? deedsOf(site) : []
  return (
    <div class="hostingpage websitepage">
      <PageHead
        title={site.domain}
        beside={<WebsitePill state={site.state} />}
        sub={
          <>
            {site.name} · {site.organisationName}
            {may('host.read') ? (
              <>
                {' · '}
                <a href={`/hosts/${site.host}`}>{site.host}</a>
              </>
            ) : null}
          </>
        }
        actions={
          <>
            <a class="btn" href={`https://${site.domain}`} target="_blank" rel="noreferrer">
              {words.visit}
            </a>
            {works && site.state !== 'removed' ? (
              <a class="btn primary" href={`/websites/${site.name}/edit`}>
                {words.edit}
              </a>
            ) : !works && may('ticket.file') ? (
              <a class="btn primary" href={askFor(site)}>
                {words.ask}
              </a>
            ) : null}
          </>
        }
      />
      <StopBand />
      {site.state === 'removed' && site.graceUntil !== null ? (
        <p class="stopband">
          <Icon name="unknown" />
          {words.grace(when(site.graceUntil))}
        </p>
      ) : null}
      <AtWork changes={site.changes} />
      <SiteTiles site={site} />
      <div class="sidegrid">
        <div class="stack">
          {site.drifts.length === 0 || !may('change.read') ? null : (
            <Panel
              title={words.drift}
              end={
                works ? (
                  <>
                    {site.drifts.some(({ kind }) => kind !== 'foreign') ? <Button onClick={() => ask('repair')}>{words.repair}</Button> : null}
                    {site.drifts.some(({ kind }) => kind === 'foreign') ? <Button onClick={() => ask('adopt')}>{words.adopt}</Button> : null}
                  </>
                ) : undefined
              }
            >
              <DriftList items={site.drifts} />
            </Panel>
          )}
          <Addresses site={site} />
          <Running site={site} />
          <Panel title={words.changes}>
            {site.changes.length === 0 ? (
              <p class="listnote">{words.noChanges}</p>
            ) : (
              <ChangeTable rows={site.changes} linked={may('change.read')} own />
            )}
          </Panel>
        </div>
        <div class="stack">
          {deeds.length === 0 ? null : (
            <Panel title={words.more} padded>
              <div class="siteacts">
                {deeds.map(deed => (
                  <Button key={deed} kind={deed === 'decommission' ? 'danger' : 'plain'} onClick={() => ask(deed)}>
                    {hosting.purposes[deed]}…
                  </Button>
                ))}
              </div>
            </Panel>
          )}
          <Access site={site} />
          {site.wanted.database === null ? null : <Handovers site={site} onMade={onChanged} />}
          <Panel title={words.tickets}>
            {site.tickets.length === 0 ? (
              <p class="listnote">{words.noTickets}</p>
            ) : (
              <ul class="plainlist">
                {site.tickets.map(ticket => (
                  <li key={ticket}>
                    <a href={`/tickets/${ticket}`}>{ticket}</a>
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
      </div>
      {asked === null ? null : <Act site={site} deed={asked} onClose={() => ask(null)} />}
    </div>
  )
}

/** A change of what a ticket brought is asked for about that ticket. */
/** The form as it was filled in when the website was asked for; of one that nobody asked for, with its name. */
function askFor({ tickets, domain }: WebsiteView): string {
  const ticket = tickets.at(-1)
  const about = ticket === undefined ? `domain=${encodeURIComponent(domain)}` : `kind=change&about=${encodeURIComponent(ticket)}`
  return `/requests/new/hosting?${about}&action=change`
}
