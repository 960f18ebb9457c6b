// Sessions: opened, looked up at every request, ended. What is remembered between requests is forgotten with every change of people.
import type { Clock, Instant } from '../domain/call.ts'
import type { Office, Person, Viewer } from '../domain/people.ts'
import { SCOPES, type Scope } from '../domain/policy.ts'
import { isLoopback, type Knock, type Opened, type SecondFactor } from '../domain/signin.ts'
import { freshSecret, hashOf, sameSecret, TOKEN_PREFIX } from './secret.ts'
import { changesAt, viewerAt } from './viewer.ts'

export interface SessionRow {
  readonly id: number
  readonly account: number
  readonly kind: 'person' | 'wall'
  readonly createdAt: Instant
  readonly seenAt: Instant
  readonly until: Instant
  readonly provenAt: Instant
  readonly address: string
  readonly agent: string
}

export interface SessionsKept {
  add(hash: string, session: Omit<SessionRow, 'id'>): Promise<SessionRow>
  byHash(hash: string): Promise<SessionRow | null>
  seen(id: number, at: Instant): Promise<void>
  prove(id: number, at: Instant): Promise<void>
  end(id: number): Promise<void>
  prune(now: Instant, idleSince: Instant): Promise<void>
}

export interface TokensKept {
  byHash(hash: string): Promise<{
    readonly id: number
    readonly account: number
    readonly name: string
    readonly scopes: readonly Scope[]
    readonly expiresAt: Instant | null
    readonly createdAt: Instant
  } | null>
  used(id: number, at: Instant): Promise<void>
}

export interface AccountsKnown {
  one(id: number): Promise<{
    readonly id: number
    readonly person: number
    readonly mustChange: boolean
    readonly secondFactor: boolean
    readonly goneAt: Instant | null
  } | null>
}

export interface PeopleKnown {
  person(id: number): Promise<Person | null>
  officesOf(person: number): Promise<readonly Office[]>
  hasPasskey(account: number): Promise<boolean>
}

export interface Limits {
  /** ms without a request after which a session ends. */
  readonly idle: number
  /** ms after which it ends whatever happens. */
  readonly absolute: number
  /** Of a screen that only watches; no idle limit. */
  readonly wall: number
}

export interface Sessions {
  open(account: number, kind: 'person' | 'wall', knock: Knock): Promise<Opened>
  /** Who brings this credential now; keeps the session from falling asleep unless `peek`. */
  viewerOf(knock: Pick<Knock, 'credential' | 'address'>, options?: { readonly peek?: boolean }): Promise<Viewer | null>
  current(knock: Pick<Knock, 'credential'>): Promise<SessionRow | null>
  prove(id: number): Promise<void>
  end(id: number): Promise<void>
  /** After any change of accounts, people or offices: everybody is worked out anew. */
  forget(): void
  prune(): Promise<void>
}

export interface SessionsOptions {
  readonly sessions: SessionsKept
  readonly tokens: TokensKept
  readonly accounts: AccountsKnown
  readonly people: PeopleKnown
  readonly clock: Clock
  readonly limits: Limits
  readonly demanded: SecondFactor
  /** Whoever can read the data folder of this machine rules it already: the commands' own key, only good from loopback. */
  readonly control: string
}

/** Nothing may hold for longer without being looked up again, ms. */
const FRESH = 60_000
/** A request moves the idle limit at most this often: a write costs a disk's turn. */
const SEEN_EVERY = 60_000
const REMEMBERED = 5_000

interface Remembered {
  readonly viewer: Viewer
  readonly session: SessionRow | null
  readonly token: number | null
  readonly expiresAt: Instant
  readonly freshUntil: Instant
  seenAt: Instant
}

const COMMANDS: Viewer = {
  account: 0,
  person: 0,
  name: 'suar',
  roles: ['admin'],
  organisations: [],
  positions: [],
  via: 'token',
  token: 'control.key',
  scopes: SCOPES,
  pending: null,
  provenAt: 0,
}

export function openSessions({ sessions, tokens, accounts, people, clock, limits, demanded, control }: SessionsOptions): Sessions {
  const remembered = new Map<string, Remembered>()
  /** A change while somebody is being worked out must not be hidden by the answer from before it. */
  let generation = 0

  const asleep = ({ kind, seenAt }: Pick<SessionRow, 'kind' | 'seenAt'>, now: Instant) => kind === 'person' && now - seenAt > limits.idle

  const look = async (hash: string, token: boolean): Promise<Remembered | null> => {
    const now = clock()
    const session = token ? null : await sessions.byHash(hash)
    const key = token ? await tokens.byHash(hash) : null
    if (session === null && key === null) return null
    if (session !== null && (session.until <= now || asleep(session, now))) {
      await sessions.end(session.id)
      return null
    }
    if (key !== null && key.expiresAt !== null && key.expiresAt <= now) return null
    const account = await accounts.one(session?.account ?? key?.account ?? 0)
    if (account === null || account.goneAt !== null) return null
    const person = await people.person(account.person)
    if (person === null || person.goneAt !== null) return null
    const offices = await people.officesOf(person.id)
    const secondFactor = account.secondFactor || (await people.hasPasskey(account.id))
    // What hangs on a wall is touched by everybody: it may watch and nothing else.
    const scopes: readonly Scope[] | null = session?.kind === 'wall' ? ['watch'] : (key?.scopes ?? null)
    const brought =
      session === null
        ? { via: 'token' as const, scopes, provenAt: 0, token: key?.name ?? '' }
        : { via: 'session' as const, scopes, provenAt: session.provenAt, session: session.id }
    return {
      viewer: viewerAt({ account, person, offices, secondFactor }, brought, demanded, now),
      session,
      token: key?.id ?? null,
      expiresAt: session?.until ?? key?.expiresAt ?? Infinity,
      freshUntil: Math.min(now + FRESH, changesAt(offices, now)),
      seenAt: session?.seenAt ?? 0,
    }
  }

  const find = async (credential: string): Promise<Remembered | null> => {
    const hash = hashOf(credential)
    const now = clock()
    const kept = remembered.get(hash)
    if (
      kept !== undefined &&
      now < kept.freshUntil &&
      now < kept.expiresAt &&
      !(kept.session !== null && asleep({ ...kept.session, seenAt: kept.seenAt }, now))
    )
      return kept
    remembered.delete(hash)
    const then = generation
    const found = await look(hash, credential.startsWith(TOKEN_PREFIX))
    if (found === null || then !== generation) return found
    if (remembered.size >= REMEMBERED) remembered.clear()
    remembered.set(hash, found)
    return found
  }

  return {
    async open(account, kind, { address, agent }) {
      const secret = freshSecret()
      const now = clock()
      const until = now + (kind === 'wall' ? limits.wall : limits.absolute)
      await sessions.add(hashOf(secret), { account, kind, createdAt: now, seenAt: now, until, provenAt: now, address, agent })
      return { secret, until }
    },
    async viewerOf({ credential, address }, { peek = false } = {}) {
      if (credential === null) return null
      if (isLoopback(address) && sameSecret(credential, control)) return COMMANDS
      const found = await find(credential)
      if (found === null) return null
      const now = clock()
      if (!peek && now - found.seenAt >= SEEN_EVERY) {
        found.seenAt = now
        if (found.session !== null) await sessions.seen(found.session.id, now)
        else if (found.token !== null) await tokens.used(found.token, now)
      }
      return found.viewer
    },
    async current({ credential }) {
      return credential === null || credential.startsWith(TOKEN_PREFIX) ? null : ((await find(credential))?.session ?? null)
    },
    async prove(id) {
      await sessions.prove(id, clock())
      generation++
      remembered.clear()
    },
    async end(id) {
      await sessions.end(id)
      generation++
      remembered.clear()
    },
    forget() {
      generation++
      remembered.clear()
    },
    prune: () => sessions.prune(clock(), clock() - limits.idle),
  }
}
