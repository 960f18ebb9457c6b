// One register: search, sort, pages, and a row beside the list to read or change. What is saved changes in place.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Button, CheckField, Drawer, Empty, ErrorBox, Icon, Pager, Panel, SearchField, Skeleton, Table } from '../../parts/index.ts'
import { go, setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { Edit } from './edit.tsx'
import type { Listed } from './lookup.ts'
import type { Row, Spec } from './specs.tsx'

const SIZE = 50
/** Milliseconds after the last letter. */
const REST = 250

interface RegisterProps<T extends Row> {
  readonly spec: Spec<T>
  readonly query: URLSearchParams
  /** `new`, a number, or nothing. */
  readonly open: string | null
}

export function Register<T extends Row>({ spec, query, open }: RegisterProps<T>) {
  const { register } = t.value.people
  const [list, setList] = useState<Listed<T> | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [typed, setTyped] = useState(query.get('search') ?? '')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const search = query.get('search') ?? ''
  const sort = query.get('sort') ?? spec.sort
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1)
  const gone = query.get('gone') === 'true'

  const load = async (asked: { current: boolean }): Promise<void> => {
    const given = new URLSearchParams({ search, sort, page: String(page), size: String(SIZE), gone: String(gone) })
    const answer = await api.get<Listed<T>>(`/api/v1/${spec.path}?${given}`)
    if (!asked.current) return
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setList(answer.value)
  }
  useEffect(() => {
    const asked = { current: true }
    void load(asked)
    return () => {
      asked.current = false
    }
  }, [spec.path, search, sort, page, gone])

  const base = `/people/${spec.part}`
  const keep = location.search
  const close = (): void => go(`${base}${keep}`)
  const listed = open === null || open === 'new' ? null : (list?.items.find(row => String(row.id) === open) ?? null)
  const [other, setOther] = useState<T | null>(null)
  const found = listed ?? (other !== null && String(other.id) === open ? other : null)
  // A link to a row that the search or the page leaves out still opens it.
  useEffect(() => {
    if (list === null || listed !== null || open === null || open === 'new') return
    void api.get<T>(`/api/v1/${spec.path}/${encodeURIComponent(open)}`).then(answer => {
      if (answer.ok) setOther(answer.value)
    })
  }, [list === null, listed === null, open])
  const saved = (row: T): void => {
    setList(was =>
      was === null
        ? was
        : was.items.some(one => one.id === row.id)
          ? { ...was, items: was.items.map(one => (one.id === row.id ? row : one)) }
          : { ...was, items: [row, ...was.items], total: was.total + 1 },
    )
    close()
  }
  const removed = (id: number): void => {
    setList(was => (was === null ? was : { ...was, items: was.items.filter(one => one.id !== id), total: was.total - 1 }))
    close()
  }
  const manage = may('people.manage')
  return (
    <div class={open === null ? 'peoplegrid' : 'peoplegrid picked'}>
      <div class="stack">
        <div class="listbar">
          <SearchField
            label={register.search[spec.part]}
            value={typed}
            onInput={text => {
              setTyped(text)
              clearTimeout(timer.current)
              timer.current = setTimeout(() => setQuery({ search: text.trim(), page: null }), REST)
            }}
          />
          <CheckField label={register.showGone} checked={gone} onChange={checked => setQuery({ gone: checked ? 'true' : null, page: null })} />
          <span class="grow" />
          {list === null ? null : <span class="small dim nw">{register.count(number(list.total))}</span>}
          {manage ? (
            <Button kind="primary" onClick={() => go(`${base}/new${keep}`)}>
              <Icon name="plus" />
              {register.add[spec.part]}
            </Button>
          ) : null}
        </div>
        {problem === null ? null : <ErrorBox problem={problem} retry={() => void load({ current: true })} />}
        {list === null ? (
          problem === null ? (
            <Panel>
              <Skeleton lines={8} />
            </Panel>
          ) : null
        ) : list.items.length === 0 ? (
          <Panel>
            <Empty
              title={search === '' ? register.none[spec.part] : register.nothing}
              hint={search === '' ? register.noneHint : register.nothingHint}
            />
          </Panel>
        ) : (
          <Panel class="peoplelist">
            <Table
              label={register.parts[spec.part]}
              columns={spec.columns}
              rows={list.items}
              keyOf={row => row.id}
              sort={{ key: sort.replace(/^-/, ''), down: sort.startsWith('-') }}
              onSort={next => setQuery({ sort: `${next.down ? '-' : ''}${next.key}`, page: null })}
              selected={found?.id ?? null}
              onSelect={row => go(`${base}/${row.id}${keep}`)}
            />
          </Panel>
        )}
        {list === null ? null : (
          <Pager page={list.page} pages={Math.ceil(list.total / list.size)} onPage={next => setQuery({ page: next === 1 ? null : next })} />
        )}
      </div>
      {open === null || (list === null && open !== 'new') ? null : (
        <Drawer
          key={open}
          label={open === 'new' ? register.add[spec.part] : found === null ? register.notFound : spec.nameOf(found)}
          title={open === 'new' ? register.add[spec.part] : found === null ? register.notFound : spec.nameOf(found)}
          onClose={close}
        >
          {open !== 'new' && found === null ? (
            <Empty title={register.notFound} />
          ) : (
            <Edit
              spec={spec}
              row={found}
              readOnly={!manage || (found?.goneAt ?? null) !== null}
              onSaved={saved}
              onRemoved={removed}
              onClose={close}
            />
          )}
        </Drawer>
      )}
    </div>
  )
}
