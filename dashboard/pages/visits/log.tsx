// The guest book of a month and a site: as the official paper, or as a table for a spreadsheet.
import { now, store } from '../../live/index.ts'
import { Icon, Panel } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { localOf } from './times.ts'

export function Log({ query }: { readonly query: URLSearchParams }) {
  const words = t.value.visits
  const plan = store.layout.value
  const sites = plan === null ? [] : [plan.site, ...(plan.sites ?? [])]
  const month = /^20\d\d-(0[1-9]|1[0-2])$/.exec(query.get('month') ?? '')?.[0] ?? localOf(now.peek() || Date.now()).slice(0, 7)
  const site = query.get('site') ?? sites[0]?.id ?? ''
  const asked = new URLSearchParams({ site, month })
  return (
    <Panel title={words.log.title} padded class="guestbook">
      <p class="mid">{words.log.sub}</p>
      <div class="pair">
        <label class="field">
          <span>{words.log.month}</span>
          <input
            class="input"
            type="month"
            value={month}
            max={localOf(Date.now()).slice(0, 7)}
            onChange={event => setQuery({ month: event.currentTarget.value })}
          />
        </label>
        <label class="field">
          <span>{words.site}</span>
          <select class="input" value={site} onChange={event => setQuery({ site: event.currentTarget.value })}>
            {sites.map(one => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="logacts">
        <a class="btn primary" href={`/api/v1/visits/log?${asked}`} target="_blank" rel="noreferrer">
          <Icon name="print" />
          {words.log.pdf}
        </a>
        <a class="btn" href={`/api/v1/visits/export?${asked}`} download>
          {words.log.csv}
        </a>
      </p>
      <p class="small mid">{words.log.csvNote}</p>
    </Panel>
  )
}
