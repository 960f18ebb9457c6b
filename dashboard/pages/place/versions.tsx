// Every version of the layout: who changed what when, and the way back to it.
import { useEffect, useState } from 'preact/hooks'
import type { PlaceVersion } from '../../../daemon/domain/place.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { Button, ErrorBox, Panel, Skeleton, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { moment } from '../../words/say.ts'

const PAGE = 30

export function Versions({ revision }: { readonly revision: number }) {
  const words = t.value.place
  const [list, setList] = useState<readonly PlaceVersion[] | null>(null)
  const [more, setMore] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [back, setBack] = useState<number | null>(null)
  const bring = async (before: number | null, had: readonly PlaceVersion[], signal?: AbortSignal): Promise<void> => {
    const answer = await api.get<{ items: readonly PlaceVersion[] }>(
      `/api/v1/place/versions?size=${PAGE}${before === null ? '' : `&before=${before}`}`,
      signal === undefined ? {} : { signal },
    )
    if (signal?.aborted === true) return
    if (!answer.ok) return setProblem(answer.problem)
    setList([...had, ...answer.value.items])
    setMore(answer.value.items.length === PAGE)
  }
  useEffect(() => {
    const gone = new AbortController()
    void bring(null, [], gone.signal)
    return () => gone.abort()
  }, [revision])
  if (problem !== null) return <ErrorBox problem={problem} />
  if (list === null) return <Skeleton lines={8} />
  return (
    <Panel title={words.versions.title} padded>
      <ol class="versionlist">
        {list.map(one => (
          <li key={one.version}>
            <div>
              <b>
                {words.versions.version} {one.version}
              </b>{' '}
              <span class="dim">
                {moment(one.at, now.value)} · {one.by} · {one.changes === 0 ? words.versions.first : words.versions.changes(one.changes)}
              </span>
              {one.told.map(each => (
                <div key={`${each.kind} ${each.id}`} class="small mid">
                  {words.kinds[each.kind]} {each.name} {words.what[each.what]}
                </div>
              ))}
              {one.changes > one.told.length ? <div class="small dim">{words.versions.more(one.changes - one.told.length)}</div> : null}
            </div>
            {one.version === revision ? (
              <span class="dim small">{words.versions.now}</span>
            ) : may('place.manage') ? (
              <Button onClick={() => setBack(one.version)} label={`${words.versions.restore}: ${words.versions.version} ${one.version}`}>
                {words.versions.restore}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      {more ? <Button onClick={() => void bring(list.at(-1)?.version ?? null, list)}>{words.versions.older}</Button> : null}
      {back === null ? null : (
        <Sure
          title={words.versions.restoreTitle(back)}
          body={words.versions.restoreBody}
          act={words.versions.restore}
          danger={false}
          send={() => api.post(`/api/v1/place/versions/${back}/restore`, {}, { seen: revision })}
          onClose={() => setBack(null)}
          onDone={() => toast('done', words.versions.restored, `${words.versions.version} ${back}`)}
        />
      )}
    </Panel>
  )
}
