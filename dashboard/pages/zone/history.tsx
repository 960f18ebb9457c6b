// What was changed in a zone, newest first, before and after side by side, each put back by one press and a plan.
import { useEffect, useState } from 'preact/hooks'
import type { State } from '../../../daemon/domain/change.ts'
import type { ChangeRow, ZoneChangeView, ZoneView } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Propose } from '../../parts/hosting/propose.tsx'
import { BusyButton, Button, Empty, ErrorBox, Panel, Skeleton } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { when } from '../../words/when.ts'
import { dataOf, ttlOf } from './record.ts'

interface Page {
  readonly items: readonly ZoneChangeView[]
}

const SIZE = 50

export function History({ zone }: { readonly zone: ZoneView }) {
  const words = t.value.hosting.zone
  const [items, setItems] = useState<readonly ZoneChangeView[] | null>(null)
  const [more, setMore] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [open, setOpen] = useState<ZoneChangeView | null>(null)
  const url = `/api/v1/zones/${zone.name}/history`
  const load = async (before: number | null): Promise<void> => {
    const answer = await api.get<Page>(before === null ? url : `${url}?before=${before}`)
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    setItems(was => (before === null ? answer.value.items : [...(was ?? []), ...answer.value.items]))
    setMore(answer.value.items.length >= SIZE)
  }
  useEffect(() => void load(null), [url, zone.revision])
  if (items === null) return problem === null ? <Skeleton lines={8} /> : <ErrorBox problem={problem} retry={() => void load(null)} />
  return (
    <Panel>
      {items.length === 0 ? (
        <Empty title={words.noHistory} hint={words.noHistoryHint} />
      ) : (
        <ol class="zonehistory">
          {items.map(one => (
            <li key={one.id}>
              <div class="row wrap">
                <b class="mono anywhere">{one.name}</b>
                <span class="small mid">
                  {when(one.at)} · {one.by}
                  {one.change === null ? null : (
                    <>
                      {' · '}
                      {may('change.read') ? <a href={`/changes/${one.change}`}>{one.change}</a> : one.change}
                    </>
                  )}
                </span>
                <span class="grow" />
                {may('change.work') ? <Button onClick={() => setOpen(one)}>{words.revert}…</Button> : null}
              </div>
              <div class="beforeafter">
                <Value label={t.value.hosting.change.before} sign="−" kind="gone" state={one.before} />
                <Value label={t.value.hosting.change.after} sign="+" kind="put" state={one.after} />
              </div>
            </li>
          ))}
        </ol>
      )}
      {problem === null ? null : <ErrorBox problem={problem} />}
      {more ? (
        <p class="listfoot">
          <BusyButton onClick={() => load(items.at(-1)?.id ?? null)}>{t.value.timeline.older}</BusyButton>
        </p>
      ) : null}
      {open === null ? null : (
        <Propose
          title={words.revertTitle(open.name)}
          body={words.revertBody}
          act={words.revert}
          send={reason => api.post<ChangeRow>(`/api/v1/zones/${zone.name}/revert`, { id: open.id, reason })}
          onClose={() => setOpen(null)}
        />
      )}
    </Panel>
  )
}

interface ValueProps {
  readonly label: string
  readonly sign: string
  readonly kind: 'put' | 'gone'
  readonly state: State | null
}

function Value({ label, sign, kind, state }: ValueProps) {
  const words = t.value.hosting.zone
  return (
    <div class={`zonevalue ${state === null ? '' : kind}`}>
      <span class="sr">{label}: </span>
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      <span class="mono anywhere">
        {state === null
          ? words.wasAbsent
          : dataOf(state).map(line => (
              <span key={line} class="block">
                {line}
              </span>
            ))}
        {state === null ? null : <span class="small dim block">TTL {ttlOf(state)}</span>}
      </span>
    </div>
  )
}
