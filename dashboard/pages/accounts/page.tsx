// Accounts: who can sign in, with what, and the few things an admin may do to them. Roles come from offices and are changed there.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { AccountRow, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import {
  Button,
  CheckField,
  type Column,
  Drawer,
  Empty,
  ErrorBox,
  Icon,
  PageHead,
  Pager,
  Panel,
  Pill,
  SearchField,
  Skeleton,
  Table,
} from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { moment, number } from '../../words/say.ts'
import { bringNames, forgetNames, type Listed } from '../people/lookup.ts'
import '../people/people.css'
import { AccountDetail } from './detail.tsx'
import { NewAccount } from './new.tsx'
import { stateOf } from './state.ts'

const SIZE = 50
/** Milliseconds after the last letter. */
const REST = 250

export default function AccountsPage({ query }: PageProps) {
  const { accounts, register, roles } = t.value.people
  const [list, setList] = useState<Listed<AccountRow> | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [typed, setTyped] = useState(query.get('search') ?? '')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const search = query.get('search') ?? ''
  const sort = query.get('sort') ?? 'login'
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1)
  const gone = query.get('gone') === 'true'
  const open = query.get('account')

  const load = async (asked: { current: boolean }): Promise<void> => {
    const given = new URLSearchParams({ search, sort, page: String(page), size: String(SIZE), gone: String(gone) })
    const answer = await api.get<Listed<AccountRow>>(`/api/v1/accounts?${given}`)
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
  }, [search, sort, page, gone])
  useEffect(() => {
    void bringNames()
    return forgetNames
  }, [])

  const known: Readonly<Record<string, string>> = roles
  const columns: readonly Column<AccountRow>[] = [
    {
      key: 'login',
      label: accounts.login,
      sortable: true,
      cell: row => (
        <>
          <b>{row.login}</b>
          <span class="small dim under">{row.name}</span>
        </>
      ),
    },
    { key: 'state', label: accounts.state, cell: row => <State row={row} /> },
    {
      key: 'roles',
      label: accounts.roles,
      wide: true,
      cell: row => (row.roles.length === 0 ? <span class="dim">{accounts.noRole}</span> : row.roles.map(role => known[role] ?? role).join(', ')),
    },
    { key: 'organisation', label: accounts.organisation, wide: true, cell: row => row.organisation },
    {
      key: 'factor',
      label: accounts.factor,
      wide: true,
      cell: row => (row.secondFactor ? accounts.has : <span class="dim">{accounts.hasNot}</span>),
    },
    {
      key: 'signed_in_at',
      label: accounts.seen,
      sortable: true,
      wide: true,
      cell: row => <span class="nw">{row.signedInAt === null ? accounts.never : moment(row.signedInAt, now.peek())}</span>,
    },
  ]
  const close = (): void => setQuery({ account: null })
  const put = (row: AccountRow): void =>
    setList(was => (was === null ? was : { ...was, items: was.items.map(one => (one.id === row.id ? row : one)) }))
  const found = list?.items.find(one => String(one.id) === open) ?? null
  return (
    <>
      <PageHead
        title={accounts.title}
        sub={accounts.sub}
        actions={
          <Button kind="primary" onClick={() => setQuery({ account: 'new' })}>
            <Icon name="plus" />
            {accounts.add}
          </Button>
        }
      />
      <div class={open === null ? 'peoplegrid' : 'peoplegrid picked'}>
        <div class="stack">
          <div class="listbar">
            <SearchField
              label={accounts.search}
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
              <Empty title={search === '' ? accounts.none : register.nothing} hint={register.nothingHint} />
            </Panel>
          ) : (
            <Panel class="peoplelist">
              <Table
                label={accounts.title}
                columns={columns}
                rows={list.items}
                keyOf={row => row.id}
                sort={{ key: sort.replace(/^-/, ''), down: sort.startsWith('-') }}
                onSort={next => setQuery({ sort: `${next.down ? '-' : ''}${next.key}`, page: null })}
                selected={found?.id ?? null}
                onSelect={row => setQuery({ account: row.id })}
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
            label={found?.name ?? accounts.add}
            title={open === 'new' ? accounts.add : (found?.name ?? register.notFound)}
            onClose={close}
          >
            {open === 'new' ? (
              <NewAccount onMade={() => void load({ current: true })} onClose={close} />
            ) : found === null ? (
              <Empty title={register.notFound} />
            ) : (
              <AccountDetail row={found} onChange={put} />
            )}
          </Drawer>
        )}
      </div>
    </>
  )
}

function State({ row }: { readonly row: AccountRow }) {
  const state = stateOf(row, now.value)
  return <Pill tone={state === 'locked' ? 'warn' : state === 'gone' ? 'unknown' : 'ok'}>{t.value.people.accounts.states[state]}</Pill>
}
