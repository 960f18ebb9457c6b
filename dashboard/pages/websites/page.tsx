// Websites: where each is, how full, how long its certificate lasts, whether it is reachable. Who asks for services sees their own.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { type HostView, WEBSITE_VIEW_STATES, type WebsiteRow } from '../../../daemon/domain/hosting-view.ts'
import { api } from '../../api.ts'
import type { PageProps } from '../../pages.ts'
import { Days, Up, Usage } from '../../parts/hosting/cells.tsx'
import { Breaking } from '../../parts/hosting/domain.tsx'
import '../../parts/hosting/hosting.css'
import { WebsitePill } from '../../parts/hosting/pills.tsx'
import { StopBand } from '../../parts/hosting/stop.tsx'
import { HostingTabs } from '../../parts/hosting/tabs.tsx'
import { pageOf, useList, useTyped } from '../../parts/hosting/use-list.ts'
import { type Column, Empty, ErrorBox, Icon, PageHead, Pager, Panel, SearchField, Skeleton, Table } from '../../parts/index.ts'
import { NewsLine } from '../../parts/news.tsx'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'

const SORTS = ['name', 'domain', 'host', 'state', 'used', 'certificate'] as const

function sortOf(given: string | null): { readonly key: string; readonly down: boolean } {
  const down = given?.startsWith('-') === true
  const key = SORTS.find(one => one === given?.replace(/^-/, '')) ?? 'domain'
  return { key, down }
}

export default function WebsitesPage({ query }: PageProps) {
  const staff = may('host.read')
  const { hosting } = t.value
  const words = hosting.list
  useSignalEffect(() => {
    document.title = `${may('host.read') ? t.value.hosting.list.title : t.value.hosting.list.mine} · Suar`
  })
  const state = WEBSITE_VIEW_STATES.find(one => one === query.get('state')) ?? null
  const host = query.get('host')
  const search = query.get('search') ?? ''
  const sort = sortOf(query.get('sort'))
  const asked = new URLSearchParams({ search, sort: `${sort.down ? '-' : ''}${sort.key}`, page: String(pageOf(query)) })
  if (state !== null) asked.set('state', state)
  if (host !== null) asked.set('host', host)
  const { list, problem, news, reload } = useList('websites', asked, row => row.name)
  const [typed, type] = useTyped(search)
  const hosts = useHosts(staff)
  const filtered = search !== '' || state !== null || host !== null
  const bad = list?.items.filter(row => row.state === 'troubled' || row.up === false || (staff && row.drift > 0)).length ?? 0
  return (
    <div class="hostingpage">
      <PageHead
        title={staff ? words.title : words.mine}
        sub={
          list === null || list.total === 0
            ? undefined
            : list.total > list.items.length
              ? hosting.count(number(list.total))
              : words.sub(number(list.total), number(bad))
        }
        actions={
          may('change.work') ? (
            <a class="btn primary" href="/websites/new">
              <Icon name="plus" />
              {words.new}
            </a>
          ) : may('ticket.file') ? (
            <a class="btn primary" href="/requests/new/hosting">
              <Icon name="plus" />
              {words.ask}
            </a>
          ) : null
        }
      />
      <StopBand />
      <HostingTabs chosen="websites" />
      <div class="toolbar">
        <SearchField label={words.searchLabel} value={typed} onInput={type} />
        <label class="toolpick">
          <span class="mid">{words.state}</span>
          <select class="input" value={state ?? ''} onChange={event => setQuery({ state: event.currentTarget.value, page: null })}>
            <option value="">{hosting.every}</option>
            {WEBSITE_VIEW_STATES.map(one => (
              <option key={one} value={one}>
                {hosting.websiteStates[one]}
              </option>
            ))}
          </select>
        </label>
        {hosts.length < 2 && host === null ? null : (
          <label class="toolpick">
            <span class="mid">{words.host}</span>
            <select class="input" value={host ?? ''} onChange={event => setQuery({ host: event.currentTarget.value, page: null })}>
              <option value="">{hosting.every}</option>
              {hosts.map(one => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {problem === null ? null : <ErrorBox problem={problem} retry={reload} />}
      <NewsLine text={news === 0 ? null : hosting.news(number(news))} empty={list?.items.length === 0 && !filtered} onShow={reload} />
      <Panel class="websitelist">
        {list === null ? (
          problem === null ? (
            <Skeleton lines={8} height={20} />
          ) : null
        ) : list.items.length > 0 ? (
          <Table
            label={staff ? words.title : words.mine}
            columns={columnsOf(staff)}
            rows={list.items}
            keyOf={row => row.name}
            sort={sort}
            onSort={next => setQuery({ sort: `${next.down ? '-' : ''}${next.key}`, page: null })}
          />
        ) : filtered ? (
          <Empty title={hosting.nothing} hint={hosting.nothingHint} />
        ) : staff ? (
          <Empty
            title={words.none}
            hint={words.noneHint}
            action={
              <a class="btn" href="/hosts">
                {words.toHosts}
              </a>
            }
          />
        ) : (
          <Empty title={words.noneMine} hint={words.noneMineHint} />
        )}
        {list === null ? null : (
          <Pager
            page={list.page}
            pages={Math.ceil(list.total / list.size)}
            onPage={next => setQuery({ page: next === 1 ? null : next }, { push: true })}
          />
        )}
      </Panel>
    </div>
  )
}

/** Names for the filter, once. */
function useHosts(wanted: boolean): readonly Pick<HostView, 'id' | 'name'>[] {
  const [hosts, setHosts] = useState<readonly HostView[]>([])
  useEffect(() => {
    if (!wanted) return
    void api.get<{ readonly items: readonly HostView[] }>('/api/v1/hosts').then(answer => {
      if (answer.ok) setHosts(answer.value.items)
    })
  }, [wanted])
  return hosts
}

function columnsOf(staff: boolean): readonly Column<WebsiteRow>[] {
  const { hosting } = t.value
  const words = hosting.list
  const forStaff: readonly Column<WebsiteRow>[] = [
    { key: 'organisation', label: words.columns.organisation, wide: true, cell: row => row.organisationName },
    {
      key: 'host',
      label: words.columns.host,
      wide: true,
      sortable: true,
      cell: row => <a href={`/hosts/${row.host}`}>{row.host}</a>,
    },
  ]
  return [
    {
      key: 'domain',
      label: words.columns.domain,
      sortable: true,
      cell: row => (
        <span class="namecell">
          <a href={`/websites/${row.name}`}>
            <b>
              <Breaking>{row.domain}</Breaking>
            </b>
          </a>
          <span class="small">
            {row.name} · {row.runtime === 'static' ? hosting.form.runtimes.static : row.runtime}
            {row.aliases === 0 ? '' : ` · ${words.aliases(row.aliases)}`}
          </span>
          <span class="phonefacts">
            <Usage used={row.used} quota={row.quota} name={row.domain} />
            <span class="small">
              {row.certificateUntil === null ? null : `${words.columns.certificate}: `}
              {row.certificateUntil === null ? null : <Days until={row.certificateUntil} />}
              {row.up === false ? (
                <>
                  {' · '}
                  <Up up={false} />
                </>
              ) : null}
            </span>
          </span>
        </span>
      ),
    },
    ...(staff ? forStaff : []),
    {
      key: 'state',
      label: words.columns.state,
      sortable: true,
      cell: row => (
        <span class="statestack">
          <WebsitePill state={row.state} />
          {row.drift === 0 || !staff ? null : <span class="small t-warn nw">{words.drift(row.drift)}</span>}
        </span>
      ),
    },
    {
      key: 'used',
      label: words.columns.usage,
      wide: true,
      sortable: true,
      width: '170px',
      cell: row => <Usage used={row.used} quota={row.quota} name={row.domain} />,
    },
    {
      key: 'certificate',
      label: words.columns.certificate,
      wide: true,
      sortable: true,
      cell: row => <Days until={row.certificateUntil} />,
    },
    { key: 'up', label: words.columns.up, wide: true, cell: row => <Up up={row.state === 'suspended' || row.state === 'removed' ? null : row.up} /> },
  ]
}
