// Accounts of this installation for a command: through the running daemon's API, or straight from the records when none runs.
import { readConfig } from '../config.ts'
import { sayMistake } from '../domain/document.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Office, Organisation, Person } from '../domain/people.ts'
import type { Scope } from '../domain/policy.ts'
import type { AccountRow, By } from '../domain/signin.ts'
import { SILENT } from '../log.ts'
import { openPeopleDesk, type Page } from '../people/registers.ts'
import { roomOver } from '../reception.ts'
import { freshSecret } from '../signin/secret.ts'
import { openRecords } from '../store/records.ts'
import { type Asking, askDaemon } from './ask.ts'

export interface NewUser {
  readonly login: string
  readonly name: string
  readonly role: Office['role']
  /** Short name; null: the one that runs the data centre. */
  readonly organisation: string | null
}

export interface AccountReach {
  list(search: string): Promise<Outcome<readonly AccountRow[]>>
  /** `link`: where the person sets the first password. */
  add(user: NewUser): Promise<Outcome<{ readonly link: string }>>
  /** With a password the account has it at once, and must change it if no daemon runs. */
  reset(login: string, password: string | null): Promise<Outcome<{ readonly link: string }>>
  unlock(login: string): Promise<Outcome<unknown>>
  token(
    login: string,
    given: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number | null },
  ): Promise<Outcome<{ readonly token: string }>>
  close(): Promise<void>
}

/** What both ways do alike. */
interface Hands {
  accounts(query: { readonly search: string; readonly page: number; readonly size: number }): Promise<Outcome<Page<AccountRow>>>
  organisations(search: string): Promise<Outcome<Page<Organisation>>>
  addPerson(value: Omit<Person, 'id' | 'goneAt'>): Promise<Outcome<Person>>
  addOffice(value: Omit<Office, 'id'>): Promise<Outcome<Office>>
  addAccount(given: { readonly login: string; readonly person: number }): Promise<Outcome<{ readonly link: string }>>
  reset(id: number, password: string | null): Promise<Outcome<{ readonly link: string }>>
  unlock(id: number): Promise<Outcome<unknown>>
  token(
    id: number,
    given: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number | null },
  ): Promise<Outcome<{ readonly token: string }>>
  close(): Promise<void>
}

const COMMAND: By = { name: 'suar', account: 0, address: 'command' }

/** `invalid` for wrong settings. */
export async function reachAccounts(file: string | null, env: NodeJS.ProcessEnv): Promise<Outcome<AccountReach>> {
  const configured = readConfig(file ?? env['SUAR_CONFIG'] ?? null, env)
  if (!configured.ok) return failed('invalid', configured.mistakes.map(sayMistake).join('\n'))
  const { config } = configured
  const records = await openRecords({ folder: config.data, log: SILENT, clock: Date.now, environmentKey: env['SUAR_SECRET_KEY'] })
  if (!records.ok && records.failure.kind !== 'conflict') return records
  if (!records.ok) return done(reachBy(byApi(askDaemon(config, env))))
  const kept = records.value
  const base = () =>
    config.http.publicUrl ?? `http://${config.http.host.includes(':') ? `[${config.http.host}]` : config.http.host}:${config.http.port}`
  const room = roomOver({ config, records: kept, clock: Date.now, base, control: freshSecret(), changed: () => undefined })
  const people = openPeopleDesk({
    kept: kept.people,
    hasAccount: async person => (await kept.accounts.ofPerson(person)) !== null,
    audit: kept.audit,
    clock: Date.now,
    changed: room.peopleChanged,
  })
  return done(
    reachBy({
      accounts: async query => done(await room.accounts.page(query)),
      organisations: async search => done(await people.organisations.page({ search, page: 1, size: 500 })),
      addPerson: value => people.people.add(value, COMMAND),
      addOffice: value => people.offices.add(value, COMMAND),
      addAccount: given => room.accounts.add(COMMAND, given),
      reset: (id, password) => room.accounts.reset(COMMAND, id, password ?? undefined),
      unlock: id => room.accounts.unlock(COMMAND, id),
      token: (id, given) => room.accounts.addToken(COMMAND, id, given),
      close: () => kept.close(),
    }),
  )
}

const byApi = ({ ask }: Asking): Hands => ({
  accounts: ({ search, page, size }) => ask('GET', `/accounts?search=${encodeURIComponent(search)}&page=${page}&size=${size}`),
  organisations: search => ask('GET', `/organisations?size=500&search=${encodeURIComponent(search)}`),
  addPerson: value => ask('POST', '/people', value),
  addOffice: value => ask('POST', '/offices', value),
  addAccount: given => ask('POST', '/accounts', given),
  async reset(id, password) {
    const reset = await ask<{ link: string }>('POST', `/accounts/${id}/reset`)
    if (!reset.ok || password === null) return reset
    const code = new URL(reset.value.link).searchParams.get('code')
    const used = await ask<unknown>('POST', '/setup', { code, password })
    return used.ok ? done({ link: '' }) : used
  },
  unlock: id => ask('POST', `/accounts/${id}/unlock`),
  token: (id, given) => ask('POST', `/accounts/${id}/tokens`, given),
  close: async () => undefined,
})

function reachBy(hands: Hands): AccountReach {
  const list = async (search: string): Promise<Outcome<readonly AccountRow[]>> => {
    const rows: AccountRow[] = []
    for (let page = 1; ; page++) {
      const answer = await hands.accounts({ search, page, size: 500 })
      if (!answer.ok) return answer
      rows.push(...answer.value.items)
      if (rows.length >= answer.value.total || answer.value.items.length === 0) return done(rows)
    }
  }
  const withId = async <T>(login: string, work: (id: number) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const found = await list(login)
    if (!found.ok) return found
    const account = found.value.find(row => row.login === login.toLowerCase())
    return account === undefined ? failed('notFound', `There is no account "${login}". "suar user list" lists them.`) : await work(account.id)
  }
  return {
    list,
    async add({ login, name, role, organisation }) {
      const found = await hands.organisations(organisation ?? '')
      if (!found.ok) return found
      const home = found.value.items.find(one =>
        organisation === null ? one.kind === 'own' : one.short.toLowerCase() === organisation.toLowerCase(),
      )
      if (home === undefined)
        return failed(
          'notFound',
          organisation === null
            ? 'There is no organisation yet: make the first account by the link that "suar start" prints.'
            : `There is no organisation "${organisation}".`,
        )
      const none = { nip: null, position: '', echelon: 'none' as const, rank: '', unit: '', email: '', mobile: '', extension: '', skills: [] }
      const person = await hands.addPerson({ ...none, name, organisation: home.id })
      if (!person.ok) return person
      const office = {
        person: person.value.id,
        role,
        organisation: role === 'requester' ? home.id : null,
        position: null,
        kind: 'definitive' as const,
      }
      const held = await hands.addOffice({ ...office, from: null, until: null, decree: '' })
      return held.ok ? await hands.addAccount({ login, person: person.value.id }) : held
    },
    reset: (login, password) => withId(login, id => hands.reset(id, password)),
    unlock: login => withId(login, id => hands.unlock(id)),
    token: (login, given) => withId(login, id => hands.token(id, given)),
    close: hands.close,
  }
}
