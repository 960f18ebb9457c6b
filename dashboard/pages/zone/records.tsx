// Records of a zone as its server has them: searched and paged by the daemon, each opened to be changed by a plan.
import { useEffect, useState } from 'preact/hooks'
import type { RecordView, ZoneRecords, ZoneView } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { pageOf, useTyped } from '../../parts/hosting/use-list.ts'
import { Button, Empty, ErrorBox, Icon, Pager, Panel, SearchField, Skeleton } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { Edit } from './edit.tsx'
import { dataOf, partsOf, TYPES, ttlOf } from './record.ts'

export function Records({ zone, query }: { readonly zone: ZoneView; readonly query: URLSearchParams }) {
  const { hosting } = t.value
  const words = hosting.zone
  const search = query.get('search') ?? ''
  const type = query.get('type') ?? ''
  const [typed, setTyped] = useTyped(search)
  const [got, setGot] = useState<ZoneRecords | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [turn, setTurn] = useState(0)
  const [open, setOpen] = useState<RecordView | 'new' | null>(null)
  const asked = new URLSearchParams({ search, page: String(pageOf(query)), size: '50', ...(type === '' ? {} : { type }) })
  const url = `/api/v1/zones/${zone.name}?${asked}`
  // The zone's row is written when its serial moves: then its records are asked for anew.
  useEffect(() => {
    let gone = false
    void api.get<ZoneRecords>(url).then(answer => {
      if (gone) return
      setProblem(answer.ok ? null : answer.problem)
      if (answer.ok) setGot(answer.value)
    })
    return () => {
      gone = true
    }
  }, [url, turn, zone.revision])
  const works = may('change.work')
  const filtered = search !== '' || type !== ''
  return (
    <>
      <div class="toolbar">
        <SearchField label={words.searchLabel} value={typed} onInput={setTyped} />
        <label class="toolpick">
          <span class="mid">{words.type}</span>
          <select class="input" value={type} onChange={event => setQuery({ type: event.currentTarget.value, page: null })}>
            <option value="">{hosting.every}</option>
            {TYPES.map(one => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <span class="grow" />
        {works ? (
          <Button kind="primary" onClick={() => setOpen('new')}>
            <Icon name="plus" />
            {words.newRecord}
          </Button>
        ) : null}
      </div>
      {problem === null ? null : <ErrorBox problem={problem} retry={() => setTurn(n => n + 1)} />}
      <Panel class="recordspanel">
        {got === null ? (
          problem === null ? (
            <Skeleton lines={8} />
          ) : null
        ) : got.items.length === 0 ? (
          <Empty title={filtered ? hosting.nothing : words.noRecords} hint={filtered ? hosting.nothingHint : words.noRecordsHint} />
        ) : (
          <table class="table records" aria-label={words.recordsTab}>
            <thead>
              <tr>
                <th scope="col">{words.recordColumns.name}</th>
                <th scope="col">{words.recordColumns.type}</th>
                <th scope="col">{words.recordColumns.data}</th>
                <th scope="col" class="num wide">
                  {words.recordColumns.ttl}
                </th>
                <th scope="col" class="wide">
                  {words.recordColumns.owner}
                </th>
              </tr>
            </thead>
            <tbody>
              {got.items.map(record => {
                const { owner, type: is } = partsOf(record.name, zone.name)
                return (
                  <tr key={record.name}>
                    <td class="anywhere">
                      {works && is !== 'SOA' ? (
                        <button type="button" class="recordname" onClick={() => setOpen(record)}>
                          {owner}
                          <span class="sr">
                            {' '}
                            {is}: {words.editRecord(record.name)}
                          </span>
                        </button>
                      ) : (
                        owner
                      )}
                    </td>
                    <td>
                      <b>{is}</b>
                    </td>
                    <td class="mono anywhere recorddata">
                      {dataOf(record.state).map(line => (
                        <span key={line} class="block">
                          {line}
                        </span>
                      ))}
                    </td>
                    <td class="num wide">{ttlOf(record.state) ?? hosting.none}</td>
                    <td class="wide">
                      <Owner owner={record.owner} />
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        )}
        {got === null ? null : (
          <Pager
            page={got.page}
            pages={Math.ceil(got.total / got.size)}
            onPage={next => setQuery({ page: next === 1 ? null : next }, { push: true })}
          />
        )}
      </Panel>
      {open === null ? null : <Edit zone={zone.name} record={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}

function Owner({ owner }: { readonly owner: string | null }) {
  if (owner === null) return <span class="dim">{t.value.hosting.zone.foreign}</span>
  // Ours, and no website's.
  if (owner === '') return <>Suar</>
  return <a href={/^T-/.test(owner) ? `/tickets/${owner}` : `/websites/${owner}`}>{owner}</a>
}
