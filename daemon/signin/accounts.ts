// Accounts as an admin has them: made, reset, unlocked, retired.
import type { Clock, Instant } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { holds, type Office, type Organisation, type Person, throughOf } from '../domain/people.ts'
import { READING } from '../domain/policy.ts'
import type { AccountRow, By } from '../domain/signin.ts'
import type { Links } from './links.ts'
import type { Passwords } from './password.ts'
import { passwordMistake } from './rules.ts'
import type { Sessions } from './sessions.ts'
import type { Throttle } from './throttle.ts'
import { makeToken, type TokensMade, type TokenWish } from './tokens.ts'
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
    one(id: number): Promise<Account | null>
    byLogin(login: string): Promise<Account | null>
    add(given: Pick<Account, 'person' | 'login' | 'password' | 'mustChange'>): Promise<Outcome<Account>>
    set(id: number, change: Partial<Pick<Account, 'login' | 'password' | 'mustChange' | 'goneAt'>>): Promise<Outcome<Account>>
    setTotp(id: number, secret: string | null): Promise<void>
  }
  readonly keys: {
    passkeys(account: number): Promise<readonly unknown[]>
    forget(account: number): Promise<void>
  }
  readonly endSessions: (account: number) => Promise<unknown>
  readonly endTokens: (account: number) => Promise<void>
  readonly tokens: TokensMade
  readonly links: Links
  readonly people: {
    person(id: number): Promise<Person | null>
    officesOf(person: number): Promise<readonly Office[]>
    organisations(ids: readonly number[]): Promise<readonly Organisation[]>
  }
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly throttle: Throttle
  readonly trail: Trail
  readonly clock: Clock
  readonly changed: () => void
}

export interface Accounts {
  page(query: Page): Promise<{ readonly items: readonly AccountRow[]; readonly total: number; readonly page: number; readonly size: number }>
  row(id: number): Promise<AccountRow | null>
  /** Without a password: the link is where the person sets the first. */
  add(by: By, given: { readonly login: string; readonly person: number }): Promise<Outcome<{ readonly id: number; readonly link: string }>>
  rename(by: By, id: number, login: string): Promise<Outcome<object>>
  /** `password`: set by a command instead of a link; it must be changed at once. */
  reset(by: By, id: number, password?: string): Promise<Outcome<{ readonly link: string }>>
  unlock(by: By, id: number): Promise<Outcome<object>>
  retire(by: By, id: number): Promise<Outcome<object>>
  /** For programs, in the name of the account, and therefore for reading only: what acts one makes for oneself. Told this once. */
  addToken(by: By, id: number, wish: TokenWish): Promise<Outcome<{ readonly token: string }>>
  byLogin(login: string): Promise<Account | null>
}

export function openAccounts(options: AccountsOptions): Accounts {
  const { accounts, keys, people, links, sessions, passwords, throttle, trail, clock, changed } = options
  const missing = (id: number) => failed('notFound', `There is no account ${id}.`)
  const standing = async (id: number): Promise<Account | null> => {
    const account = await accounts.one(id)
    return account === null || account.goneAt !== null ? null : account
  }
  const note = (by: By, action: string, subject: string, detail: object) =>
    trail(by.name, action, subject, { ...detail, account: by.account, address: by.address, ...throughOf(by) }, null)
  const whole = async <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const written = await trail.together(work)
    if (!written.ok) return written
    sessions.forget()
    changed()
    return written
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

  return {
    async page(query) {
      const found = await accounts.page(query)
      return { ...found, items: await Promise.all(found.items.map(rowOf)) }
    },
    byLogin: login => accounts.byLogin(login),
    async row(id) {
      const account = await accounts.one(id)
      return account === null ? null : await rowOf(account)
    },
    async add(by, { login, person }) {
      if ((await people.person(person)) === null) return failed('invalid', `There is no person ${person}.`)
      return await whole(async () => {
        const added = await accounts.add({ person, login, password: null, mustChange: false })
        if (!added.ok) return added
        await note(by, 'account.add', login, { person })
        return done({ id: added.value.id, link: await links.make('reset', added.value.id) })
      })
    },
    async rename(by, id, login) {
      const was = await standing(id)
      if (was === null) return missing(id)
      return await whole(async () => {
        const set = await accounts.set(id, { login })
        if (!set.ok) return set
        await note(by, 'account.rename', was.login, { login })
        return done({ id })
      })
    },
    async reset(by, id, password) {
      const account = await standing(id)
      if (account === null) return missing(id)
      if (password !== undefined) {
        const mistake = passwordMistake(password, account.login)
        if (mistake !== null) return failed('invalid', mistake)
      }
      const hash = password === undefined ? done(null) : await passwords.make(password, by.address)
      if (!hash.ok) return hash
      return await whole(async () => {
        // Whoever lost the phone has lost the second factor too; whoever took it shall be out.
        await keys.forget(id)
        await accounts.setTotp(id, null)
        await accounts.set(id, { password: hash.value, mustChange: password !== undefined })
        await options.endSessions(id)
        await options.endTokens(id)
        await throttle.unlock(account.login)
        await note(by, 'account.reset', account.login, {})
        return done({ link: password === undefined ? await links.make('reset', id) : '' })
      })
    },
    async unlock(by, id) {
      const account = await standing(id)
      if (account === null) return missing(id)
      return await trail.together(async () => {
        await throttle.unlock(account.login)
        await note(by, 'account.unlock', account.login, {})
        return done({})
      })
    },
    async retire(by, id) {
      const account = await standing(id)
      if (account === null) return missing(id)
      if (by.account === id) return failed('conflict', 'Nobody takes the account away from under themselves: let another admin do it.')
      return await whole(async () => {
        await accounts.set(id, { goneAt: clock() })
        await options.endSessions(id)
        await options.endTokens(id)
        await keys.forget(id)
        await note(by, 'account.retire', account.login, {})
        return done({})
      })
    },

    async addToken(by, id, wish) {
      const account = await standing(id)
      if (account === null) return missing(id)
      const acts = wish.scopes.filter(scope => !READING.includes(scope))
      if (acts.length > 0)
        return failed(
          'forbidden',
          `A token that another makes only reads (${READING.join(', ')}). What acts (${acts.join(', ')}) acts in the name of ${account.login}, who makes it on the page of the own account.`,
        )
      return await trail.together(async () => {
        const { token } = await makeToken(options.tokens, clock, id, wish)
        await note(by, 'token.add', account.login, wish)
        return done({ token })
      })
    },
  }
}
