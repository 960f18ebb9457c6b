// Every change there was on hosts and in zones, newest first; rows live.
import { useSignalEffect } from '@preact/signals'
import { CHANGE_STATES } from '../../../daemon/domain/change.ts'
import type { PageProps } from '../../pages.ts'
import { ChangeTable } from '../../parts/hosting/change-table.tsx'
import '../../parts/hosting/hosting.css'
import { StopBand, StopSwitch } from '../../parts/hosting/stop.tsx'
import { HostingTabs } from '../../parts/hosting/tabs.tsx'
import { pageOf, useList } from '../../parts/hosting/use-list.ts'
import { Button, Empty, ErrorBox, PageHead, Pager, Panel, Skeleton } from '../../parts/index.ts'
import { NewsLine } from '../../parts/news.tsx'
import { setQuery } from '../../router.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'

export default function ChangesPage({ query }: PageProps) {
  useSignalEffect(() => {
    document.title = `${t.value.hosting.change.listTitle} · Suar`
  })
  const { hosting } = t.value
  const words = hosting.change
  const state = CHANGE_STATES.find(one => one === query.get('state')) ?? null
  const filters = { state, website: query.get('website'), ticket: query.get('ticket') }
  const asked = new URLSearchParams({ page: String(pageOf(query)) })
  for (const [key, value] of Object.entries(filters)) if (value !== null) asked.set(key, value)
  const { list, problem, news, reload } = useList('changes', asked, row => row.number)
  const filtered = Object.values(filters).some(value => value !== null)
  return (
    <div class="hostingpage">
      <PageHead title={words.listTitle} sub={words.listSub} actions={<StopSwitch />} />
      <StopBand />
      <HostingTabs chosen="changes" />
      <div class="toolbar">
        <label class="toolpick">
          <span class="mid">{words.searchState}</span>
          <select class="input" value={state ?? ''} onChange={event => setQuery({ state: event.currentTarget.value, page: null })}>
            <option value="">{hosting.every}</option>
            {CHANGE_STATES.map(one => (
              <option key={one} value={one}>
                {hosting.changeStates[one]}
              </option>
            ))}
          </select>
        </label>
        {filters.website === null && filters.ticket === null ? null : (
          <Button onClick={() => setQuery({ website: null, ticket: null, page: null })}>
            {[filters.website, filters.ticket].filter(one => one !== null).join(' · ')} ×<span class="sr"> {hosting.clear}</span>
          </Button>
        )}
      </div>
      {problem === null ? null : <ErrorBox problem={problem} retry={reload} />}
      <NewsLine text={news === 0 ? null : hosting.news(number(news))} empty={list?.items.length === 0 && !filtered} onShow={reload} />
      <Panel>
        {list === null ? (
          problem === null ? (
            <Skeleton lines={8} />
          ) : null
        ) : list.items.length === 0 ? (
          <Empty title={filtered ? hosting.nothing : words.none} hint={filtered ? hosting.nothingHint : words.noneHint} />
        ) : (
          <ChangeTable rows={list.items} />
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
