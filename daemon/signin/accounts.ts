// Accounts as an admin has them, one-time links for first and forgotten passwords, and the very first account.
import type { Clock, Instant } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { holds, type Office, type Organisation, type Person } from '../domain/people.ts'
import type { Scope } from '../domain/policy.ts'
import type { AccountRow, By, Knock } from '../domain/signin.ts'
import type { Passwords } from './password.ts'
import { passwordMistake } from './rules.ts'
import { freshSecret, hashOf, TOKEN_PREFIX } from './secret.ts'
import type { Sessions } from './sessions.ts'
import type { Throttle } from './throttle.ts'
import type { Trail } from './trail.ts'

interface Account {
  readonly id: number
  readonly person: number
  readonly login: string
  readonly password: string | null
  readonly mustChange: boolean
  readonly secondFactor: boolean
  readonly createdAt: Instant
  readonly signedInAt: Instant | null
  readonly goneAt: Instant | null
}

interface Page {
  readonly search?: string | undefined
  readonly sort?: string | undefined
  readonly page: number
  readonly size: number
  readonly gone?: boolean | undefined
}

export interface AccountsOptions {
  readonly accounts: {
    page(query: Page): Promise<{ readonly items: readonly Account[]; readonly total: number; readonly page: number; readonly size: number }>
    count(): Promise<number>
    one(id: number): Promise<Account | null>
    byLogin(login: string): Promise<Account | null>
    add(given: Pick<Account, 'person' | 'login' | 'password' | 'mustChange'>): Promise<Outcome<Account>>
    set(id: number, change: Partial<Pick<Account, 'login' | 'password' | 'mustChange' | 'goneAt'>>): Promise<Outcome<Account>>
    setTotp(id: number, secret: string | null): Promise<void>
  }
  readonly keys: {
    passkeys(account: number): Promise<readonly unknown[]>
    addLink(hash: string, link: { readonly kind: 'setup' | 'reset'; readonly account: number | null; readonly expiresAt: Instant }): Promise<void>
    link(hash: string, now: Instant): Promise<{ readonly kind: 'setup' | 'reset'; readonly account: number | null } | null>
    useLink(hash: string): Promise<boolean>
    forget(account: number): Promise<void>
  }
  readonly endSessions: (account: number) => Promise<unknown>
  readonly endTokens: (account: number) => Promise<void>
  readonly addToken: (
    hash: string,
    token: {
      readonly account: number
      readonly name: string
      readonly scopes: readonly Scope[]
      readonly createdAt: Instant
      readonly expiresAt: Instant | null
    },
  ) => Promise<unknown>
  readonly people: {
    person(id: number): Promise<Person | null>
    officesOf(person: number): Promise<readonly Office[]>
    organisations(ids: readonly number[]): Promise<readonly Organisation[]>
    addOrganisation(value: Omit<Organisation, 'id'>): Promise<Organisation>
    addPerson(value: Omit<Person, 'id'>): Promise<Person>
    addOffice(value: Omit<Office, 'id'>): Promise<Office>
    own(): Promise<Organisation | null>
  }
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly throttle: Throttle
  readonly trail: Trail
  readonly clock: Clock
  /** Where pages are reached, for links: `https://suar.example.org`. */
  readonly base: () => string
  readonly changed: () => void
}

export interface Accounts {
  page(query: Page): Promise<{ readonly items: readonly AccountRow[]; readonly total: number; readonly page: number; readonly size: number }>
  /** Without a password: the link is where the person sets the first. */
  add(by: By, given: { readonly login: string; readonly person: number }): Promise<Outcome<{ readonly id: number; readonly link: string }>>
  rename(by: By, id: number, login: string): Promise<Outcome<object>>
  /** `password`: set by a command instead of a link; it must be changed at once. */
  reset(by: By, id: number, password?: string): Promise<Outcome<{ readonly link: string }>>
  unlock(by: By, id: number): Promise<Outcome<object>>
  retire(by: By, id: number): Promise<Outcome<object>>
  /** For programs, in the name of the account; told this once. */
  addToken(
    by: By,
    id: number,
    given: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number | null },
  ): Promise<Outcome<{ readonly token: string }>>
  byLogin(login: string): Promise<Account | null>
  /** The link that makes the first account; null when there is one. A new start makes a new one. */
  setupLink(): Promise<string | null>
  /** What a link is for; null: nothing any more. */
  lookLink(code: string): Promise<{ readonly kind: 'setup' | 'reset'; readonly login: string | null } | null>
  /** Makes the first account, or sets the password of an old one; gives the account. */
  useLink(
    code: string,
    given: {
      readonly login?: string | undefined
      readonly name?: string | undefined
      readonly organisation?: string | undefined
      readonly password: string
    },
    knock: Knock,
  ): Promise<Outcome<number>>
}

const DAY = 86_400_000
const LINK_LIFE = DAY
const GONE = failed('notFound', 'This link was used, is older than a day, or was replaced by a newer one.')

export function openAccounts(options: AccountsOptions): Accounts {
  const { accounts, keys, people, sessions, passwords, throttle, trail, clock, base, changed } = options
  const missing = (id: number) => failed('notFound', `There is no account ${id}.`)
  const link = async (kind: 'setup' | 'reset', account: number | null): Promise<string> => {
    const code = freshSecret()
    await keys.addLink(hashOf(code), { kind, account, expiresAt: clock() + LINK_LIFE })
    return `${base()}/setup?code=${code}`
  }
  const standing = async (id: number): Promise<Account | null> => {
    const account = await accounts.one(id)
    return account === null || account.goneAt !== null ? null : account
  }
  const note = (by: By, action: string, subject: string, detail: object) =>
    trail(by.name, action, subject, { ...detail, account: by.account, address: by.address }, null)
  const moved = () => {
    sessions.forget()
    changed()
  }

  const rowOf = async (account: Account): Promise<AccountRow> => {
    const person = await people.person(account.person)
    const [organisation] = person === null ? [] : await people.organisations([person.organisation])
    const offices = person === null ? [] : await people.officesOf(person.id)
    return {
      id: account.id,
      login: account.login,
      person: account.person,
      name: person?.name ?? '',
      organisation: organisation?.short ?? '',
      roles: [...new Set(offices.filter(office => holds(office, clock())).map(({ role }) => role))],
      password: account.password !== null,
      secondFactor: account.secondFactor || (await keys.passkeys(account.id)).length > 0,
      mustChange: account.mustChange,
      lockedUntil: await throttle.lockedUntil(account.login),
      createdAt: account.createdAt,
      signedInAt: account.signedInAt,
      goneAt: account.goneAt,
    }
  }

  const setup = async (
    given: { readonly login?: string | undefined; readonly name?: string | undefined; readonly organisation?: string | undefined },
    hash: string,
  ): Promise<Outcome<Account>> => {
    if ((await accounts.count()) > 0) return GONE
    const { login, name } = given
    if (login === undefined || name === undefined) return failed('invalid', 'Give a login and a name.')
    const own = given.organisation ?? 'Pusat Data'
    const home =
      (await people.own()) ??
      (await people.addOrganisation({ name: own, short: own.slice(0, 40), kind: 'own', address: '', phone: '', email: '', goneAt: null }))
    const person = await people.addPerson({
      name,
      nip: null,
      position: '',
      echelon: 'none',
      rank: '',
      organisation: home.id,
      unit: '',
      email: '',
      mobile: '',
      extension: '',
      skills: [],
      goneAt: null,
    })
    await people.addOffice({
      person: person.id,
      role: 'admin',
      organisation: null,
      position: null,
      kind: 'definitive',
      from: null,
      until: null,
      decree: '',
    })
    return await accounts.add({ person: person.id, login, password: hash, mustChange: false })
  }

  return {
    async page(query) {
      const found = await accounts.page(query)
      return { ...found, items: await Promise.all(found.items.map(rowOf)) }
    },
    byLogin: login => accounts.byLogin(login),
    async add(by, { login, person }) {
      if ((await people.person(person)) === null) return failed('invalid', `There is no person ${person}.`)
      const added = await accounts.add({ person, login, password: null, mustChange: false })
      if (!added.ok) return added
      await note(by, 'account.add', login, { person })
      moved()
      return done({ id: added.value.id, link: await link('reset', added.value.id) })
    },
    async rename(by, id, login) {
      const was = await standing(id)
      if (was === null) return missing(id)
      const set = await accounts.set(id, { login })
      if (!set.ok) return set
      await note(by, 'account.rename', was.login, { login })
      moved()
      return done({ id })
    },
    async reset(by, id, password) {
      const account = await standing(id)
      if (account === null) return missing(id)
      if (password !== undefined) {
        const mistake = passwordMistake(password, account.login)
        if (mistake !== null) return failed('invalid', mistake)
      }
      const hash = password === undefined ? done(null) : await passwords.make(password)
      if (!hash.ok) return hash
      // Whoever lost the phone has lost the second factor too; whoever took it shall be out.
      await keys.forget(id)
      await accounts.setTotp(id, null)
      await accounts.set(id, { password: hash.value, mustChange: password !== undefined })
      await options.endSessions(id)
      await options.endTokens(id)
      await throttle.unlock(account.login)
      await note(by, 'account.reset', account.login, {})
      moved()
      return done({ link: password === undefined ? await link('reset', id) : '' })
    },
    async unlock(by, id) {
      const account = await standing(id)
      if (account === null) return missing(id)
      await throttle.unlock(account.login)
      await note(by, 'account.unlock', account.login, {})
      return done({})
    },
    async retire(by, id) {
      const account = await standing(id)
      if (account === null) return missing(id)
      if (by.account === id) return failed('conflict', 'Nobody takes the account away from under themselves: let another admin do it.')
      await accounts.set(id, { goneAt: clock() })
      await options.endSessions(id)
      await options.endTokens(id)
      await keys.forget(id)
      await note(by, 'account.retire', account.login, {})
      moved()
      return done({})
    },

    async addToken(by, id, { name, scopes, days }) {
      const account = await standing(id)
      if (account === null) return missing(id)
      const token = `${TOKEN_PREFIX}${freshSecret()}`
      const now = clock()
      await options.addToken(hashOf(token), { account: id, name, scopes, createdAt: now, expiresAt: days === null ? null : now + days * DAY })
      await note(by, 'token.add', account.login, { name, scopes, days })
      return done({ token })
    },

    async setupLink() {
      return (await accounts.count()) > 0 ? null : await link('setup', null)
    },
    async lookLink(code) {
      const found = await keys.link(hashOf(code), clock())
      if (found === null || (found.kind === 'setup' && (await accounts.count()) > 0)) return null
      const account = found.account === null ? null : await standing(found.account)
      return found.account !== null && account === null ? null : { kind: found.kind, login: account?.login ?? null }
    },
    async useLink(code, given, knock) {
      const hash = hashOf(code)
      const allowed = await throttle.may(null, knock.address)
      if (!allowed.ok) return allowed
      const found = await keys.link(hash, clock())
      const account = found?.account == null ? null : await standing(found.account)
      if (found === null || (found.kind === 'reset' && account === null)) {
        await throttle.wrong(null, knock.address)
        return GONE
      }
      const mistake = passwordMistake(given.password, account?.login ?? given.login ?? '')
      if (mistake !== null) return failed('invalid', mistake)
      const made = await passwords.make(given.password)
      if (!made.ok) return made
      // Between two who press at the same time the one whose press takes the link wins.
      if (!(await keys.useLink(hash))) return GONE
      if (account !== null) {
        await accounts.set(account.id, { password: made.value, mustChange: false })
        await options.endSessions(account.id)
        await throttle.unlock(account.login)
        await trail(account.login, 'account.password', account.login, { by: 'link' }, knock)
        moved()
        return done(account.id)
      }
      const first = await setup(given, made.value)
      if (!first.ok) {
        // The link was right; what was typed with it was not.
        await keys.addLink(hash, { kind: 'setup', account: null, expiresAt: clock() + LINK_LIFE })
        return first
      }
      await trail(first.value.login, 'account.setup', first.value.login, {}, knock)
      moved()
      return done(first.value.id)
    },
  }
}
