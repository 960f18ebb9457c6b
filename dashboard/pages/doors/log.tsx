// The log of doors: newest on top and live, older ones from the records; filter, order and page stand in the address.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { OpeningView } from '../../../daemon/domain/opening.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store, useRows } from '../../live/index.ts'
import {
  Button,
  type Column,
  Empty,
  ErrorBox,
  Icon,
  Pager,
  Panel,
  SearchField,
  SelectField,
  Skeleton,
  Table,
  TextField,
  TopicGate,
  toast,
} from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { lang, t } from '../../words/index.ts'
import { age, clock, dateShort, moment, number, zone } from '../../words/say.ts'
import { instantOf } from '../people/days.ts'
import { type Filter, KINDS, merged } from './merge.ts'
import { Why } from './why.tsx'

const SIZE = 50
/** Milliseconds after the last letter. */
const REST = 300
const SORTS = ['openedAt', 'door', 'kind'] as const

interface Page {
  readonly items: readonly OpeningView[]
  readonly total: number
}

const Lasting = ({ opening }: { readonly opening: OpeningView }) => {
  const shown = useDerived(() => age((opening.closedAt ?? now.value) - opening.openedAt), [opening])
  return (
    <span class="nw">
      {opening.closedAt === null ? <b>{t.value.doors.stillOpen}, </b> : null}
      {shown}
    </span>
  )
}

export function DoorLog({ query }: { readonly query: URLSearchParams }) {
  const words = t.value.doors
  const { status, rows } = useRows('openings')
  const [page, setPage] = useState<Page | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [typed, setTyped] = useState(query.get('search') ?? '')
  const [explaining, explain] = useState<OpeningView | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const doors = store.layout.value?.doors ?? []
  const day = query.get('day') ?? ''
  const last = instantOf(day, zone.peek(), true)
  const filter: Filter = {
    door: query.get('door') ?? '',
    kind: KINDS.find(one => one === query.get('kind')) ?? '',
    search: query.get('search') ?? '',
    from: instantOf(day, zone.peek(), false),
    to: last === null ? null : last + 1,
  }
  const sort = { key: SORTS.find(one => one === query.get('sort')) ?? 'openedAt', down: query.get('up') === null }
  const at = Math.max(1, Number(query.get('page')) || 1)
  const top = at === 1 && sort.key === 'openedAt' && sort.down

  const given = new URLSearchParams(
    Object.entries(filter).flatMap(([key, value]) => (value === null || value === '' ? [] : [[key, String(value)] as [string, string]])),
  )
  const asked = new URLSearchParams(given)
  for (const [key, value] of Object.entries({ sort: sort.key, down: sort.down, page: at, size: SIZE })) asked.set(key, String(value))
  const address = asked.toString()
  const load = async (still: { current: boolean }): Promise<void> => {
    const answer = await api.get<Page>(`/api/v1/openings?${address}`)
    if (!still.current) return
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setPage(answer.value)
  }
  useEffect(() => {
    const still = { current: true }
    void load(still)
    return () => {
      still.current = false
    }
  }, [address])

  const live = rows.value ?? new Map<string, OpeningView>()
  const shown = page === null ? [] : merged(page.items, live, { filter, size: SIZE, top })
  const open = [...live.values()].filter(({ explanation }) => explanation.kind === 'unexplained').length
  const filtered = given.size > 0
  const put = (change: Readonly<Record<string, string | null>>) => setQuery({ ...change, page: null })
  const act = (one: OpeningView) =>
    one.explanation.kind === 'unexplained' && may('door.explain') ? <Button onClick={() => explain(one)}>{words.explain}</Button> : null
  const columns: readonly Column<OpeningView>[] = [
    {
      key: 'openedAt',
      label: words.columns.at,
      width: '148px',
      sortable: true,
      cell: one => (
        <>
          <span class="dim nw">{dateShort(one.openedAt)}</span> <span class="nw">{clock(one.openedAt)}</span>
        </>
      ),
    },
    {
      key: 'door',
      label: words.columns.door,
      sortable: true,
      cell: one => (
        <>
          {one.door === null ? <span>{one.name}</span> : <a href={`/floor?door=${encodeURIComponent(one.door)}`}>{one.name}</a>}
          <span class="phone-only small">
            <Why opening={one} />
            {act(one)}
          </span>
        </>
      ),
    },
    { key: 'kind', label: words.columns.why, sortable: true, wide: true, cell: one => <Why opening={one} /> },
    { key: 'open', label: words.columns.open, wide: true, width: '150px', cell: one => <Lasting opening={one} /> },
    { key: 'card', label: words.columns.card, wide: true, width: '90px', cell: one => <span class="mono">{one.card ?? '–'}</span> },
    { key: 'via', label: words.columns.via, wide: true, width: '150px', cell: one => <span class="small dim">{words.vias[one.via]}</span> },
    ...(may('door.explain')
      ? [
          {
            key: 'act',
            label: words.columns.act,
            width: '100px',
            wide: true,
            cell: act,
          },
        ]
      : []),
  ]
  return (
    <TopicGate status={status}>
      {open === 0 || filter.kind === 'unexplained' ? null : (
        <p class="panel doorsopen" role="status">
          <Icon name="crit" class="crit" />
          <b class="grow">{words.unexplainedNow(open)}</b>
          <Button onClick={() => put({ kind: 'unexplained' })}>{words.show}</Button>
        </p>
      )}
      <div class="doorbar">
        <SearchField
          label={words.search}
          value={typed}
          onInput={text => {
            setTyped(text)
            clearTimeout(timer.current)
            timer.current = setTimeout(() => put({ search: text.trim() }), REST)
          }}
        />
        <SelectField
          label={words.door}
          value={filter.door}
          options={[{ key: '', label: words.everyDoor }, ...doors.map(({ id, name }) => ({ key: id, label: name }))]}
          onChange={door => put({ door })}
        />
        <SelectField
          label={words.kind}
          value={filter.kind}
          options={[{ key: '', label: words.everyKind }, ...KINDS.map(key => ({ key: key as string, label: words.kinds[key] }))]}
          onChange={kind => put({ kind })}
        />
        <TextField label={words.day} type="date" value={day} onInput={text => put({ day: text })} />
        {filtered ? (
          <Button
            kind="ghost"
            onClick={() => {
              setTyped('')
              put({ search: null, door: null, kind: null, day: null })
            }}
          >
            {words.clear}
          </Button>
        ) : null}
        <span class="grow" />
        <a class="btn" href={`/api/v1/openings/export?${new URLSearchParams([...given, ['lang', lang.value]])}`} download title={words.exportNote}>
          <Icon name="download" />
          {words.export}
        </a>
      </div>
      {problem === null ? null : <ErrorBox problem={problem} retry={() => void load({ current: true })} />}
      {page === null ? (
        problem === null ? (
          <Panel>
            <Skeleton lines={12} />
          </Panel>
        ) : null
      ) : shown.length === 0 ? (
        <Panel>
          <Empty title={filtered ? words.noneFound : words.none} hint={filtered ? words.noneFoundHint : words.noneHint} />
        </Panel>
      ) : (
        <Panel class="doorlog">
          <Table
            label={words.parts.log}
            columns={columns}
            rows={shown}
            keyOf={one => one.id}
            sort={sort}
            onSort={({ key, down }) => put({ sort: key === 'openedAt' ? null : key, up: down ? null : '1' })}
          />
        </Panel>
      )}
      {page === null ? null : (
        <div class="doorfoot">
          <span class="small dim">{words.found(number(Math.max(page.total, shown.length)))}</span>
          <Pager page={at} pages={Math.max(1, Math.ceil(page.total / SIZE))} onPage={to => setQuery({ page: to === 1 ? null : to })} />
        </div>
      )}
      {explaining === null ? null : (
        <ReasonDialog
          title={words.explainTitle}
          body={words.explainBody(explaining.name, moment(explaining.openedAt, now.peek()))}
          label={words.reason}
          act={words.explain}
          onClose={() => explain(null)}
          onGive={async reason => {
            const answer = await api.post(`/api/v1/openings/${explaining.id}/explain`, { reason })
            if (!answer.ok) return answer.problem
            toast('done', words.explained)
            return null
          }}
        />
      )}
    </TopicGate>
  )
}
