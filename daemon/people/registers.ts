// The registers of people as pages change them: what refers to something must find it, and the house is never left without an admin.
import type { Clock, Instant } from '../domain/call.ts'
import { sameName } from '../domain/form-application.ts'
import { done, failed, type Outcome, type Together } from '../domain/outcome.ts'
import { type Application, holds, type Office, type Organisation, type Person, type Responsible, type Team, throughOf } from '../domain/people.ts'
import type { By } from '../domain/signin.ts'

export interface Query {
  readonly search?: string | undefined
  readonly sort?: string | undefined
  readonly page: number
  readonly size: number
  readonly gone?: boolean | undefined
  readonly only?: Readonly<Record<string, string | number | undefined>> | undefined
}
export interface Page<T> {
  readonly items: readonly T[]
  readonly total: number
  readonly page: number
  readonly size: number
}

interface Kept<T extends { readonly id: number }> {
  page(query: Query): Promise<Page<T>>
  one(id: number): Promise<T | null>
  add(value: Omit<T, 'id'>): Promise<T>
  change(id: number, value: Omit<T, 'id'>): Promise<Outcome<T>>
  remove(id: number): Promise<Outcome<T>>
}

export interface PeopleKept {
  readonly organisations: Kept<Organisation>
  readonly persons: Kept<Person>
  readonly offices: Kept<Office>
  readonly teams: Kept<Team>
  readonly applications: Kept<Application>
  withRole(role: Office['role'], at: Instant): Promise<readonly { readonly person: Person; readonly office: Office }[]>
  holdersOf(position: string, at: Instant): Promise<readonly { readonly person: Person; readonly office: Office }[]>
}

/** As a page sends it: without a number, and without what only removal sets. */
type Sent<T> = Omit<T, 'id' | 'goneAt'>

export interface RegisterDesk<T extends { readonly id: number }> {
  page(query: Query): Promise<Page<T>>
  one(id: number): Promise<Outcome<T>>
  add(value: Sent<T>, by: By): Promise<Outcome<T>>
  change(id: number, value: Sent<T>, by: By): Promise<Outcome<T>>
  remove(id: number, by: By): Promise<Outcome<T>>
}

export interface PeopleDesk {
  readonly organisations: RegisterDesk<Organisation>
  readonly people: RegisterDesk<Person>
  readonly offices: RegisterDesk<Office>
  readonly teams: RegisterDesk<Team>
  readonly applications: RegisterDesk<Application>
  holders(position: string, at: Instant): Promise<readonly { readonly person: Person; readonly office: Office }[]>
}

export interface PeopleDeskOptions {
  readonly kept: PeopleKept
  readonly hasAccount: (person: number) => Promise<boolean>
  readonly audit: {
    append(actor: string, action: string, subject: string, detail?: unknown): Promise<unknown>
    readonly together: Together
  }
  readonly clock: Clock
  readonly changed: () => void
}

interface Rules<T extends { readonly id: number }> {
  readonly what: string
  name(value: Sent<T>): string
  /** What is wrong with it beside its shape; null: nothing. */
  check(value: Sent<T>, id: number | null): Promise<Outcome<never> | null>
  mayLeave(value: T): Promise<Outcome<never> | null>
}

const LAST_ADMIN = failed('conflict', 'This would leave nobody with the role "admin" who can sign in. Give it to somebody else first.')

const overlap = (one: Pick<Responsible, 'from' | 'until'>, other: Pick<Responsible, 'from' | 'until'>): boolean =>
  (one.from ?? Number.NEGATIVE_INFINITY) <= (other.until ?? Number.POSITIVE_INFINITY) &&
  (other.from ?? Number.NEGATIVE_INFINITY) <= (one.until ?? Number.POSITIVE_INFINITY)

export function openPeopleDesk({ kept, hasAccount, audit, clock, changed }: PeopleDeskOptions): PeopleDesk {
  const note = (by: By, action: string, subject: string, detail: object) =>
    audit.append(by.name, action, subject, { ...detail, account: by.account, address: by.address, ...throughOf(by) })

  /** What is decided on, written and told to the trail is one: nothing changes between a check and its write. */
  const whole = async <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const written = await audit.together(work)
    if (written.ok) changed()
    return written
  }

  function desk<T extends { readonly id: number }>(register: Kept<T>, { what, name, check, mayLeave }: Rules<T>): RegisterDesk<T> {
    /** `goneAt` is of those registers that have one; the others do not look at it. */
    const standing = (value: Sent<T>) => ({ ...value, goneAt: null }) as unknown as Omit<T, 'id'>
    return {
      page: query => register.page(query),
      async one(id) {
        const found = await register.one(id)
        return found === null ? failed('notFound', `There is no ${what} ${id}.`) : done(found)
      },
      add: (value, by) =>
        whole(async () => {
          const wrong = await check(value, null)
          if (wrong !== null) return wrong
          const added = await register.add(standing(value))
          await note(by, `${what}.add`, name(value), { id: added.id, ...value })
          return done(added)
        }),
      change: (id, value, by) =>
        whole(async () => {
          const was = await register.one(id)
          if (was === null) return failed('notFound', `There is no ${what} ${id}.`)
          const wrong = await check(value, id)
          if (wrong !== null) return wrong
          const set = await register.change(id, standing(value))
          if (!set.ok) return set
          const before = was as Readonly<Record<string, unknown>>
          const now = Object.entries(value).filter(([field, is]) => JSON.stringify(before[field]) !== JSON.stringify(is))
          await note(by, `${what}.change`, name(value), {
            id,
            now: Object.fromEntries(now),
            before: Object.fromEntries(now.map(([field]) => [field, before[field] ?? null])),
          })
          return set
        }),
      remove: (id, by) =>
        whole(async () => {
          const was = await register.one(id)
          const stay = was === null ? null : await mayLeave(was)
          if (stay !== null) return stay
          const gone = await register.remove(id)
          if (!gone.ok) return gone
          await note(by, `${what}.remove`, name(gone.value as unknown as Sent<T>), { id })
          return gone
        }),
    }
  }

  const noSuch = (what: string, id: number) => failed('invalid', `There is no ${what} ${id}.`)
  const standing = async (register: { one(id: number): Promise<{ readonly goneAt: number | null } | null> }, id: number): Promise<boolean> => {
    const found = await register.one(id)
    return found !== null && found.goneAt === null
  }
  const person = async (id: number | null): Promise<Outcome<never> | null> =>
    id === null || (await standing(kept.persons, id)) ? null : noSuch('person', id)
  const organisation = async (id: number | null): Promise<Outcome<never> | null> =>
    id === null || (await standing(kept.organisations, id)) ? null : noSuch('organisation', id)
  const period = (from: Instant | null, until: Instant | null) =>
    from !== null && until !== null && until < from ? failed('invalid', 'It would end before it begins.') : null
  const twoAtOnce = (responsible: Application['responsible']) =>
    responsible.some((one, i) => responsible.slice(i + 1).some(other => one.as === other.as && overlap(one, other)))
      ? failed('invalid', 'Two persons would answer for it in the same way at the same time: let the one end before the other begins.')
      : null
  const first = async (...checks: readonly (() => Promise<Outcome<never> | null> | Outcome<never> | null)[]): Promise<Outcome<never> | null> => {
    for (const check of checks) {
      const wrong = await check()
      if (wrong !== null) return wrong
    }
    return null
  }
  /** Whether somebody could still sign in and give roles, would these offices not be. */
  const adminBut = async (leaves: (office: Office) => boolean): Promise<Outcome<never> | null> => {
    for (const { office } of await kept.withRole('admin', clock())) if (!leaves(office) && (await hasAccount(office.person))) return null
    return LAST_ADMIN
  }
  const isAdmin = (office: Pick<Office, 'role' | 'from' | 'until'>) => office.role === 'admin' && holds(office, clock())

  return {
    organisations: desk<Organisation>(kept.organisations, {
      what: 'organisation',
      name: ({ short }) => short,
      async check({ short }, id) {
        const { items } = await kept.organisations.page({ search: short, page: 1, size: 500 })
        return items.some(other => other.id !== id && other.short.toLowerCase() === short.toLowerCase())
          ? failed('conflict', `There is an organisation "${short}" already.`)
          : null
      },
      async mayLeave({ id }) {
        const { total } = await kept.persons.page({ page: 1, size: 1, only: { organisation: id } })
        return total > 0 ? failed('conflict', `${total} people still belong to it: move or remove them first.`) : null
      },
    }),
    people: desk<Person>(kept.persons, {
      what: 'person',
      name: ({ name }) => name,
      check: ({ organisation: home, nip }, id) =>
        first(
          () => organisation(home),
          async () => {
            if (nip === null) return null
            const { items } = await kept.persons.page({ page: 1, size: 2, only: { nip } })
            const other = items.find(person => person.id !== id)
            return other === undefined ? null : failed('conflict', `${other.name} has this NIP.`)
          },
        ),
      mayLeave: async ({ id }) =>
        (await kept.withRole('admin', clock())).some(({ office }) => office.person === id) ? await adminBut(office => office.person === id) : null,
    }),
    offices: desk<Office>(kept.offices, {
      what: 'office',
      name: ({ role, position, person }) => `${position ?? role} of person ${person}`,
      check: (value, id) =>
        first(
          () => person(value.person),
          () => organisation(value.organisation),
          () => period(value.from, value.until),
          () =>
            (value.role === 'requester') === (value.organisation !== null)
              ? null
              : failed('invalid', 'A requester asks for an organisation; all others serve the whole house.'),
          () =>
            value.kind === 'definitive' || value.position !== null ? null : failed('invalid', 'A stand-in (Plh, Plt) holds a chair: say which.'),
          async () => {
            const was = id === null ? null : await kept.offices.one(id)
            return was !== null && isAdmin(was) && !isAdmin(value) ? await adminBut(office => office.id === id) : null
          },
        ),
      mayLeave: async office => (isAdmin(office) ? await adminBut(other => other.id === office.id) : null),
    }),
    teams: desk<Team>(kept.teams, {
      what: 'team',
      name: ({ name }) => name,
      check: ({ from, until, members }) => first(() => period(from, until), ...members.map(member => () => person(member.person))),
      mayLeave: async () => null,
    }),
    applications: desk<Application>(kept.applications, {
      what: 'application',
      name: ({ name }) => name,
      check: (value, id) =>
        first(
          () => organisation(value.organisation),
          ...value.responsible.map(one => () => person(one.person)),
          ...value.responsible.map(
            ({ from, until }) =>
              () =>
                period(from, until),
          ),
          () => twoAtOnce(value.responsible),
          async () => {
            const { items } = await kept.applications.page({ page: 1, size: 1000, only: { organisation: value.organisation } })
            const other = items.find(one => one.id !== id && sameName(one.name) === sameName(value.name))
            return other === undefined ? null : failed('conflict', `The organisation has an application "${other.name}" already.`)
          },
        ),
      mayLeave: async () => null,
    }),
    holders: kept.holdersOf,
  }
}
