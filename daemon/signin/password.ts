// Passwords: hashed slowly (argon2id, RFC 9106), never more than two at once, so that signing in starves nothing else.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { openFairTurns } from './fair-turns.ts'
import { type Cost, HASH_BYTES, hasArgon2, type Recipe } from './hash.ts'
import { type Hasher, openHasher } from './hasher.ts'
import { addressKey } from './throttle.ts'

/** What RFC 9106 (section 4, second choice) gives for 64 MiB: three passes. One lane, because two hashes run side by side. */
export const COST: Cost = { memory: 65_536, passes: 3 }

export interface Passwords {
  /** The hash with its parameters, in the PHC string format. `from`: the address in whose queue it waits. `busy` when too many wait. */
  make(password: string, from: string): Promise<Outcome<string>>
  /**
   * Takes as long for no account (`stored` null) as for a wrong password. `stale`: right, but hashed with other parameters than today's.
   * `from`: the address in whose queue it waits. `busy` when too many wait.
   */
  check(password: string, stored: string | null, from: string): Promise<Outcome<{ readonly right: boolean; readonly stale: boolean }>>
  close(): Promise<void>
}

interface Hashed extends Recipe {
  readonly hash: Uint8Array
}

const ARGON = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
const SCRYPT = /^\$scrypt\$ln=17,r=8,p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '')

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

export interface PasswordOptions {
  readonly cost?: Cost
  readonly by?: Recipe['by']
  /** Hashes at the same time. */
  readonly atOnce?: number
  /** More than these are turned away instead of kept waiting past any patience. */
  readonly mayWait?: number
  readonly hasher?: Hasher
}

export function openPasswords(options: PasswordOptions = {}): Passwords {
  const { cost = COST, by = hasArgon2 ? 'argon2id' : 'scrypt', atOnce = 2, mayWait = 400, hasher = openHasher() } = options
  const turns = openFairTurns({ atOnce, mayWait })
  const today = { by, cost: by === 'argon2id' ? cost : null } as const
  const nobody: Hashed = { ...today, salt: randomBytes(16), hash: randomBytes(HASH_BYTES) }

  return {
    make: (password, from) =>
      turns.take(addressKey(from), async () => {
        const recipe = { ...today, salt: randomBytes(16) }
        return write({ ...recipe, hash: await hasher.hash(password, recipe) })
      }),
    async check(password, stored, from) {
      const known = stored === null ? null : read(stored)
      const { hash, ...recipe } = known ?? nobody
      if (recipe.by === 'argon2id' && !hasArgon2) return failed('notSupported', 'This password was hashed with argon2id: run Suar with Node 24.')
      const made = await turns.take(addressKey(from), () => hasher.hash(password, recipe))
      if (!made.ok) return made
      const right = timingSafeEqual(made.value, hash) && known !== null
      const stale = right && (recipe.by !== today.by || recipe.cost?.memory !== today.cost?.memory || recipe.cost?.passes !== today.cost?.passes)
      return done({ right, stale })
    },
    close: () => hasher.close(),
  }
}
