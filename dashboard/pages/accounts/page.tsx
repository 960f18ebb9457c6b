// Accounts: who can sign in, with what, and the few things an admin may do to them. Roles come from offices and are changed there.
import { useEffect } from 'preact/hooks'
import type { AccountRow } from '../../../daemon/http/contract.ts'
import { now } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Button, type Column, Empty, Icon, PageHead, Pill } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { moment } from '../../words/say.ts'
import { ListingPage, useListing, withRow } from '../people/listing.tsx'
import { bringNames, forgetNames } from '../people/lookup.ts'
import '../people/people.css'
import { AccountDetail } from './detail.tsx'
import { NewAccount } from './new.tsx'
import { stateOf } from './state.ts'

export default function AccountsPage({ query }: PageProps) {
  const { accounts, register, roles } = t.value.people
  const listing = useListing<AccountRow>('accounts', query, 'login')
  const { list, reload, change } = listing
  const open = query.get('account')
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
      <ListingPage
        listing={listing}
        label={accounts.title}
        searchLabel={accounts.search}
        columns={columns}
        none={accounts.none}
        noneHint={register.nothingHint}
        selected={found?.id ?? null}
        onSelect={row => setQuery({ account: row.id })}
        onClose={close}
        beside={
          open === null
            ? null
            : {
                key: open,
                title: open === 'new' ? accounts.add : (found?.name ?? register.notFound),
                children:
                  open === 'new' ? (
                    <NewAccount onMade={reload} onClose={close} />
                  ) : found === null ? (
                    <Empty title={register.notFound} />
                  ) : (
                    <AccountDetail row={found} onChange={row => change(was => withRow(was, row))} />
                  ),
              }
        }
      />
    </>
  )
}

function State({ row }: { readonly row: AccountRow }) {
  const state = stateOf(row, now.value)
  return <Pill tone={state === 'locked' ? 'warn' : state === 'gone' ? 'unknown' : 'ok'}>{t.value.people.accounts.states[state]}</Pill>
}
