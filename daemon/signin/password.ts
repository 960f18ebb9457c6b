// Passwords: hashed slowly (argon2id, RFC 9106), never more than two at once, so that signing in starves nothing else.
import * as crypto from 'node:crypto'
import { done, failed, type Outcome } from '../domain/outcome.ts'

export interface Cost {
  /** KiB. */
  readonly memory: number
  readonly passes: number
}

/** What RFC 9106 (section 4, second choice) gives for 64 MiB: three passes. One lane, because two hashes run side by side. */
export const COST: Cost = { memory: 65_536, passes: 3 }

export interface Passwords {
  /** The hash with its parameters, in the PHC string format. `busy` when too many wait. */
  make(password: string): Promise<Outcome<string>>
  /**
   * Takes as long for no account (`stored` null) as for a wrong password. `stale`: right, but hashed with other parameters than today's.
   * `busy` when too many wait.
   */
  check(password: string, stored: string | null): Promise<Outcome<{ readonly right: boolean; readonly stale: boolean }>>
}

interface Hashed {
  readonly cost: Cost | null
  readonly salt: Buffer
  readonly hash: Buffer
  readonly by: 'argon2id' | 'scrypt'
}

const ARGON = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
const SCRYPT = /^\$scrypt\$ln=17,r=8,p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
const HASH_BYTES = 32
const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')

/** Null for what is none of ours, or too short to be. */
function read(stored: string): Hashed | null {
  const hashed = parse(stored)
  return hashed === null || hashed.salt.length < 8 || hashed.hash.length !== HASH_BYTES ? null : hashed
}

function parse(stored: string): Hashed | null {
  const argon = ARGON.exec(stored)
  if (argon !== null) {
    const [, memory = '', passes = '', salt = '', hash = ''] = argon
    return {
      by: 'argon2id',
      cost: { memory: Number(memory), passes: Number(passes) },
      salt: Buffer.from(salt, 'base64'),
      hash: Buffer.from(hash, 'base64'),
    }
  }
  const scrypt = SCRYPT.exec(stored)
  if (scrypt === null) return null
  const [, salt = '', hash = ''] = scrypt
  return { by: 'scrypt', cost: null, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

const write = ({ by, cost, salt, hash }: Hashed): string =>
  by === 'argon2id'
    ? `$argon2id$v=19$m=${cost?.memory},t=${cost?.passes},p=1$${base64(salt)}$${base64(hash)}`
    : `$scrypt$ln=17,r=8,p=1$${base64(salt)}$${base64(hash)}`

/** Node has argon2 since 24.7; on the older one that Suar still runs on, scrypt with OWASP's parameters stands in. */
export const hasArgon2 = typeof (crypto as Partial<typeof crypto>).argon2 === 'function'

/** The same text typed on different keyboards is the same password (NIST SP 800-63B 5.1.1.2). */
const octets = (password: string): Buffer => Buffer.from(password.normalize('NFKC'), 'utf8')

function derive(password: string, { by, cost, salt }: Omit<Hashed, 'hash'>): Promise<Buffer> {
  const message = octets(password)
  return new Promise((resolve, reject) => {
    const finished = (error: Error | null, key: Buffer) => (error === null ? resolve(key) : reject(error))
    if (by === 'scrypt') crypto.scrypt(message, salt, HASH_BYTES, { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 }, finished)
    else {
      const { memory, passes } = cost ?? COST
      crypto.argon2('argon2id', { message, nonce: salt, parallelism: 1, tagLength: HASH_BYTES, memory, passes }, finished)
    }
  })
}

export interface PasswordOptions {
  readonly cost?: Cost
  readonly by?: 'argon2id' | 'scrypt'
  /** Hashes at the same time. */
  readonly atOnce?: number
  /** More than these are turned away instead of kept waiting past any patience. */
  readonly mayWait?: number
}

export function openPasswords({ cost = COST, by = hasArgon2 ? 'argon2id' : 'scrypt', atOnce = 2, mayWait = 400 }: PasswordOptions = {}): Passwords {
  let running = 0
  const waiting: (() => void)[] = []
  const turn = async <T>(work: () => Promise<T>): Promise<Outcome<T>> => {
    if (waiting.length >= mayWait) return failed('busy', 'Too many people are signing in at this moment. Try again in half a minute.')
    if (running >= atOnce) await new Promise<void>(resolve => waiting.push(resolve))
    else running++
    try {
      return done(await work())
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
  const today = { by, cost: by === 'argon2id' ? cost : null } as const
  const nobody: Hashed = { ...today, salt: crypto.randomBytes(16), hash: crypto.randomBytes(HASH_BYTES) }

  return {
    make: password =>
      turn(async () => {
        const salt = crypto.randomBytes(16)
        return write({ ...today, salt, hash: await derive(password, { ...today, salt }) })
      }),
    async check(password, stored) {
      const known = stored === null ? null : read(stored)
      const against = known ?? nobody
      if (against.by === 'argon2id' && !hasArgon2) return failed('notSupported', 'This password was hashed with argon2id: run Suar with Node 24.')
      const derived = await turn(() => derive(password, against))
      if (!derived.ok) return derived
      const right = crypto.timingSafeEqual(derived.value, against.hash) && known !== null
      const stale = right && (against.by !== today.by || against.cost?.memory !== today.cost?.memory || against.cost?.passes !== today.cost?.passes)
      return done({ right, stale })
    },
  }
}
