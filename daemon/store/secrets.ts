// Secrets at rest: AES-256-GCM under a key from the environment or a file only we may read.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { failureOf } from './fault.ts'

export interface Secrets {
  /** Text under lock. `context` is bound to it: what was sealed for one record does not open as another's. */
  seal(plain: string, context: string): string
  /** `garbage` when the text was changed, belongs elsewhere or was sealed with another key. */
  unseal(sealed: string, context: string): Outcome<string>
}

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

function readKey(text: string): Buffer | null {
  const trimmed = text.trim()
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex')
  const decoded = Buffer.from(trimmed, 'base64')
  return decoded.length === KEY_BYTES && /^[A-Za-z0-9+/]{43}=$/.test(trimmed) ? decoded : null
}

const HOW = 'It must be 32 random bytes, written as 64 hexadecimal digits or in base64 (openssl rand -hex 32).'

/** New key, on disk before anything is sealed with it. */
function createKey(file: string): Buffer {
  const key = randomBytes(KEY_BYTES)
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, `${key.toString('hex')}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return key
}

function keyFromFile(file: string): Outcome<Buffer> {
  const handle = openSync(file, 'r')
  try {
    if ((fstatSync(handle).mode & 0o077) !== 0) return failed('forbidden', `${file} can be read by others. Run: chmod 600 ${file}`, false)
    const key = readKey(readFileSync(handle, 'utf8'))
    return key === null ? failed('invalid', `${file} holds no key. ${HOW}`, false) : done(key)
  } finally {
    closeSync(handle)
  }
}

export interface SecretsOptions {
  readonly folder: string
  /** Value of SUAR_SECRET_KEY, if set; wins over the file. */
  readonly environmentKey: string | undefined
  /** True when records sealed earlier exist: a missing key is then an error, never made anew. */
  readonly mustExist: boolean
}

/** Opens the key, makes one in a new folder. Messages never carry it. */
export function openSecrets({ folder, environmentKey, mustExist }: SecretsOptions): Outcome<Secrets> {
  if (environmentKey !== undefined) {
    const key = readKey(environmentKey)
    return key === null ? failed('invalid', `SUAR_SECRET_KEY is no key. ${HOW}`, false) : done(sealing(key))
  }
  const file = join(folder, 'secret.key')
  try {
    if (!existsSync(file)) {
      if (mustExist)
        return failed(
          'notFound',
          `${file} is missing, and the records hold secrets sealed with it. Put it back from where it was kept, or set SUAR_SECRET_KEY.`,
          false,
        )
      return done(sealing(createKey(file)))
    }
    const key = keyFromFile(file)
    return key.ok ? done(sealing(key.value)) : key
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) throw error
    return { ok: false, failure }
  }
}

function sealing(key: Buffer): Secrets {
  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return `v1:${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')}`
    },
    unseal(sealed, context) {
      const bytes = Buffer.from(sealed.slice(3), 'base64')
      const broken = failed('garbage', `The sealed secret of ${context} does not open: it was changed, or sealed with another key.`, false)
      if (!sealed.startsWith('v1:') || bytes.length < NONCE_BYTES + TAG_BYTES) return broken
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      try {
        return done(Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8'))
      } catch {
        // node:crypto throws a plain Error without a code when the tag does not fit; that is the answer, not a bug.
        return broken
      }
    },
  }
}
