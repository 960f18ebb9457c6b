// Limits on tries: each wrong one makes the next wait longer, by login and by address, whether or not there is such a login.
import { isIPv6 } from 'node:net'
import type { Clock, Instant } from '../domain/call.ts'
import { done, type Failure, failed, type Outcome, type Together } from '../domain/outcome.ts'
import { openTurns } from './turns.ts'

interface Tries {
  readonly count: number
  readonly lastAt: Instant
  readonly until: Instant
}

export interface TriesKept {
  of(key: string): Promise<Tries | null>
  set(key: string, tries: Tries): Promise<void>
  clear(key: string): Promise<void>
}

export interface Throttle {
  /** `tooMany` with the seconds to wait. */
  may(login: string | null, address: string): Promise<Outcome<void>>
  /**
   * Runs a try of this login when it may be made, one after the other: a hundred that are sent at once would all be let in before the first
   * wrong one is counted.
   */
  attempt<T>(login: string, address: string, work: () => Promise<Outcome<T>>): Promise<Outcome<T>>
  /** Counts it, and writes what `told` says of it together with the count, or neither; `shut`: this one shut the login. */
  wrong(login: string | null, address: string, told?: (shut: boolean) => Promise<void>): Promise<void>
  right(login: string): Promise<void>
  /** By an admin. */
  unlock(login: string): Promise<void>
  lockedUntil(login: string): Promise<Instant | null>
}

/** Wrong tries that cost nothing: people mistype; behind one address of an agency there are many of them. */
const FREE = { login: 5, address: 30 } as const
const FIRST_WAIT = 15_000
const LONGEST_WAIT = 15 * 60_000
/** Tries of one login that may wait for their turn; a person has one. */
const MAY_WAIT = 20
/** After this long without a wrong try it begins anew. */
const FORGIVEN = 60 * 60_000

const loginKey = (login: string): string => `login:${login.trim().toLowerCase().slice(0, 64)}`

/** An IPv6 customer has a whole /64 to try from. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (!isIPv6(plain)) return `address:${plain}`
  const [head = '', tail = ''] = plain.toLowerCase().split('%')[0]?.split('::') ?? []
  const front = head.split(':').filter(Boolean)
  const back = tail.split(':').filter(Boolean)
  const whole = plain.includes('::') ? [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back] : front
  return `address:${whole
    .slice(0, 4)
    .map(part => Number.parseInt(part, 16).toString(16))
    .join(':')}::/64`
}

function tooMany(after: number): { readonly ok: false; readonly failure: Failure } {
  const { failure } = failed('tooMany', `Too many wrong tries. Try again in ${after < 90 ? `${after} seconds` : `${Math.ceil(after / 60)} minutes`}.`)
  return { ok: false, failure: { ...failure, after } }
}

export function openThrottle({ tries, clock, together }: { tries: TriesKept; clock: Clock; together: Together }): Throttle {
  const attempts = openTurns()
  const counts = openTurns()
  const count = async (key: string, free: number): Promise<boolean> => {
    const was = await tries.of(key)
    const now = clock()
    const n = was === null || now - was.lastAt > FORGIVEN ? 1 : was.count + 1
    const wait = n < free ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (n - free))
    await tries.set(key, { count: n, lastAt: now, until: now + wait })
    return wait > 0
  }
  // Always the address first: two that wait for each other would wait for ever.
  const inTurn = <T>(login: string | null, address: string, work: () => Promise<T>): Promise<T> =>
    counts.take(addressKey(address), () => (login === null ? work() : counts.take(loginKey(login), work)))
  const may: Throttle['may'] = async (login, address) => {
    const keys = [addressKey(address), ...(login === null ? [] : [loginKey(login)])]
    const now = clock()
    let until = 0
    for (const key of keys) until = Math.max(until, (await tries.of(key))?.until ?? 0)
    return until <= now ? done(undefined) : tooMany(Math.ceil((until - now) / 1000))
  }
  return {
    may,
    async attempt(login, address, work) {
      const key = loginKey(login)
      if (attempts.many(key) >= MAY_WAIT) return tooMany(FIRST_WAIT / 1000)
      return attempts.take(key, async () => {
        const allowed = await may(login, address)
        return allowed.ok ? work() : allowed
      })
    },
    async wrong(login, address, told) {
      await inTurn(login, address, () =>
        together(async () => {
          await count(addressKey(address), FREE.address)
          const shut = login !== null && (await count(loginKey(login), FREE.login))
          await told?.(shut)
          return done(undefined)
        }),
      )
    },
    async right(login) {
      // Mostly there is nothing to clear, and a write costs a turn of the disk.
      if ((await tries.of(loginKey(login))) !== null) await tries.clear(loginKey(login))
    },
    unlock: login => tries.clear(loginKey(login)),
    async lockedUntil(login) {
      const until = (await tries.of(loginKey(login)))?.until ?? 0
      return until > clock() ? until : null
    },
  }
}
