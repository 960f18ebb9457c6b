// One-time links: the very first account, and first or forgotten passwords. Of a link only its hash is kept; it is good for a day.
import type { Clock, Instant } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Office, Organisation, Person } from '../domain/people.ts'
import type { Knock } from '../domain/signin.ts'
import type { Passwords } from './password.ts'
import { passwordMistake } from './rules.ts'
import { freshSecret, hashOf } from './secret.ts'
import type { Throttle } from './throttle.ts'
import type { Trail } from './trail.ts'

type Kind = 'setup' | 'reset'
interface Account {
  readonly id: number
  readonly login: string
  readonly goneAt: Instant | null
}

export interface LinksOptions {
  readonly accounts: {
    count(): Promise<number>
    one(id: number): Promise<Account | null>
    add(given: {
      readonly person: number
      readonly login: string
      readonly password: string
      readonly mustChange: boolean
    }): Promise<Outcome<Account>>
    set(id: number, change: { readonly password: string; readonly mustChange: boolean }): Promise<Outcome<unknown>>
  }
  readonly keys: {
    addLink(hash: string, link: { readonly kind: Kind; readonly account: number | null; readonly expiresAt: Instant }): Promise<void>
    addLinks(links: readonly { readonly hash: string; readonly account: number }[], expiresAt: Instant): Promise<void>
    link(hash: string, now: Instant): Promise<{ readonly kind: Kind; readonly account: number | null } | null>
    useLink(hash: string): Promise<boolean>
  }
  readonly people: {
    addOrganisation(value: Omit<Organisation, 'id'>): Promise<Organisation>
    addPerson(value: Omit<Person, 'id'>): Promise<Person>
    addOffice(value: Omit<Office, 'id'>): Promise<Office>
    own(): Promise<Organisation | null>
  }
  readonly endSessions: (account: number) => Promise<unknown>
  readonly passwords: Passwords
  readonly throttle: Throttle
  readonly trail: Trail
  readonly clock: Clock
  /** Where pages are reached: `https://suar.example.org`. */
  readonly base: () => string
  readonly moved: () => void
}

/** What somebody types who uses one; login, name and organisation only for the first account. */
export interface Typed {
  readonly login?: string | undefined
  readonly name?: string | undefined
  readonly organisation?: string | undefined
  readonly password: string
}

export interface Links {
  make(kind: Kind, account: number | null): Promise<string>
  /** For accounts that were made together just now, in their order. */
  makeAll(accounts: readonly number[]): Promise<readonly string[]>
  /** The link that makes the first account; null when there is one. A new start makes a new one. */
  setup(): Promise<string | null>
  /** What a link is for; null: nothing any more. */
  look(code: string): Promise<{ readonly kind: Kind; readonly login: string | null } | null>
  /** Makes the first account, or sets the password of an old one; gives the account. */
  use(code: string, typed: Typed, knock: Knock): Promise<Outcome<number>>
}

const LIFE = 24 * 3_600_000
const GONE = failed('notFound', 'This link was used, is older than a day, or was replaced by a newer one.')
const UNNAMED = { position: '', echelon: 'none' as const, rank: '', unit: '', email: '', mobile: '', extension: '', skills: [], goneAt: null }

export function openLinks({ accounts, keys, people, endSessions, passwords, throttle, trail, clock, base, moved }: LinksOptions): Links {
  const address = (code: string): string => `${base()}/setup?code=${code}`
  const make = async (kind: Kind, account: number | null): Promise<string> => {
    const code = freshSecret()
    await keys.addLink(hashOf(code), { kind, account, expiresAt: clock() + LIFE })
    return address(code)
  }
  const standing = async (id: number | null): Promise<Account | null> => {
    const account = id === null ? null : await accounts.one(id)
    return account === null || account.goneAt !== null ? null : account
  }

  const first = async (login: string, name: string, organisation: string, password: string): Promise<Outcome<Account>> => {
    const home =
      (await people.own()) ??
      (await people.addOrganisation({
        name: organisation,
        short: organisation.slice(0, 40),
        kind: 'own',
        address: '',
        phone: '',
        email: '',
        goneAt: null,
      }))
    const person = await people.addPerson({ ...UNNAMED, name, nip: null, organisation: home.id })
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
    return await accounts.add({ person: person.id, login, password, mustChange: false })
  }

  return {
    make,
    async makeAll(ids) {
      const codes = ids.map(account => ({ account, code: freshSecret() }))
      const links = codes.map(({ account, code }) => ({ account, hash: hashOf(code) }))
      await keys.addLinks(links, clock() + LIFE)
      return codes.map(({ code }) => address(code))
    },
    async setup() {
      return (await accounts.count()) > 0 ? null : await make('setup', null)
    },
    async look(code) {
      const found = await keys.link(hashOf(code), clock())
      if (found === null || (found.kind === 'setup' && (await accounts.count()) > 0)) return null
      const account = await standing(found.account)
      return found.account !== null && account === null ? null : { kind: found.kind, login: account?.login ?? null }
    },
    async use(code, { login, name, organisation = 'Pusat Data', password }, knock) {
      const allowed = await throttle.may(null, knock.address)
      if (!allowed.ok) return allowed
      const found = await keys.link(hashOf(code), clock())
      const account = await standing(found?.account ?? null)
      const good = found !== null && (found.kind === 'setup' ? (await accounts.count()) === 0 : account !== null)
      if (!good) {
        await throttle.wrong(null, knock.address)
        return GONE
      }
      // What was typed wrongly does not cost the link.
      if (account === null && (login === undefined || name === undefined)) return failed('invalid', 'Give a login and a name.')
      const mistake = passwordMistake(password, account?.login ?? login ?? '')
      if (mistake !== null) return failed('invalid', mistake)
      const hash = await passwords.make(password, knock.address)
      if (!hash.ok) return hash
      const used = await trail.together(async () => {
        // Of two who press at the same time the one whose press takes the link wins.
        if (!(await keys.useLink(hashOf(code)))) return GONE
        if (account !== null) {
          await accounts.set(account.id, { password: hash.value, mustChange: false })
          await endSessions(account.id)
          await throttle.unlock(account.login)
          await trail(account.login, 'account.password', account.login, { by: 'link' }, knock)
          return done(account.id)
        }
        const made = await first(login ?? '', name ?? '', organisation, hash.value)
        if (!made.ok) return made
        await trail(made.value.login, 'account.setup', made.value.login, {}, knock)
        return done(made.value.id)
      })
      if (used.ok) moved()
      return used
    },
  }
}
