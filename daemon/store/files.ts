// Files by the hash of their content: streamed to the disk, judged before they are kept, the same one kept once. Never by a name from outside.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Instant } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { failureOf } from './fault.ts'

export interface Received {
  readonly sha256: string
  readonly size: number
}

/** Looks at the whole file, still under a name nobody is served by; a refusal takes it off the disk again. */
export type Judge<T> = (file: { readonly path: string; readonly size: number; readonly sha256: string }) => Promise<Outcome<T>>

export interface FileStore {
  /** `tooBig` past `most` octets; whole and on the disk (fsync, rename) when it returns. */
  receive<T>(content: Readable, most: number, judge: Judge<T>): Promise<Outcome<Received & { readonly judged: T }>>
  put(content: Uint8Array): Promise<Outcome<Received>>
  read(sha256: string): Promise<Outcome<Uint8Array>>
  /** `notFound` before anything has left. */
  stream(sha256: string): Promise<Outcome<Readable>>
  /**
   * Takes away what came before `before` and is `referred` to by nothing; never what is being received, nor what came again meanwhile. May be cut
   * off anywhere: the next time goes on.
   */
  sweep(before: Instant, referred: (hashes: readonly string[]) => Promise<ReadonlySet<string>>): Promise<Swept>
}

export interface Swept {
  readonly files: number
  /** Octets. */
  readonly size: number
}

/** Files that are asked about in one go. */
const AT_ONCE = 100

const HASH = /^[0-9a-f]{64}$/
const INCOMING = 'incoming'

/** On the disk: what the folder names. */
async function sync(folder: string): Promise<void> {
  const opened = await open(folder, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}

/** What a crash left half-received is thrown away. */
export async function openFiles(folder: string): Promise<Outcome<FileStore>> {
  const incoming = resolve(folder, INCOMING)
  try {
    const first = await mkdir(incoming, { recursive: true, mode: 0o750 })
    for (let made = incoming; first !== undefined && made.length >= first.length; made = dirname(made)) await sync(dirname(made))
    for (const name of await readdir(incoming)) await rm(join(incoming, name), { force: true })
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) throw error
    return { ok: false, failure }
  }
  const placeOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

  /** Those that come again at this moment: a sweep leaves them. */
  const coming = new Map<string, number>()
  /** Whether it is there already; then it is as young as what was sent just now, so that no sweep takes it before its row is written. */
  async function again(place: string, sha256: string): Promise<boolean> {
    coming.set(sha256, (coming.get(sha256) ?? 0) + 1)
    try {
      const now = new Date()
      await utimes(place, now, now)
      return true
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    } finally {
      const left = (coming.get(sha256) ?? 1) - 1
      if (left > 0) coming.set(sha256, left)
      else coming.delete(sha256)
    }
  }

  async function* older(before: Instant): AsyncGenerator<readonly string[]> {
    let some: string[] = []
    for (const one of await readdir(folder)) {
      if (!/^[0-9a-f]{2}$/.test(one)) continue
      for (const other of await readdir(join(folder, one)))
        for (const name of await readdir(join(folder, one, other))) {
          const place = HASH.test(name) ? await stat(placeOf(name)).catch(() => null) : null
          if (place !== null && place.mtimeMs < before) some.push(name)
          if (some.length < AT_ONCE) continue
          yield some
          some = []
        }
    }
    if (some.length > 0) yield some
  }

  /** Looked at and taken away in one breath: nothing can come in between. Its octets; null: it stays. */
  function takeAway(sha256: string, before: Instant): number | null {
    const place = placeOf(sha256)
    const is = statSync(place, { throwIfNoEntry: false })
    if (coming.has(sha256) || is === undefined || is.mtimeMs >= before) return null
    rmSync(place, { force: true })
    return is.size
  }

  /** Under its own name for good: the content first, then the name, then the folders that have the names, up to ours. */
  async function keep(from: string, sha256: string): Promise<void> {
    const place = placeOf(sha256)
    if (await again(place, sha256)) return rm(from, { force: true })
    const holder = dirname(place)
    await mkdir(holder, { recursive: true, mode: 0o750 })
    await rename(from, place)
    // Whoever made them, this one or another at the same moment: costs nothing where nothing is new.
    for (const named of [holder, dirname(holder), folder]) await sync(named)
  }

  async function receive<T>(content: Readable, most: number, judge: Judge<T>): Promise<Outcome<Received & { readonly judged: T }>> {
    const path = join(incoming, randomUUID())
    const hash = createHash('sha256')
    let size = 0
    let tooBig = false
    try {
      await pipeline(
        content,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            size += chunk.length
            tooBig ||= size > most
            // The rest goes by: who sends it gets an answer, not a broken line.
            if (tooBig) continue
            hash.update(chunk)
            yield chunk
          }
        },
        createWriteStream(path, { mode: 0o640, flush: true }),
      )
      if (tooBig || (content as { readonly truncated?: boolean }).truncated === true) {
        await rm(path, { force: true })
        return failed('tooBig', `The file is larger than ${Math.floor(most / 1_048_576)} MB.`)
      }
      const sha256 = hash.digest('hex')
      const judged = await judge({ path, size, sha256 })
      if (!judged.ok) {
        await rm(path, { force: true })
        return judged
      }
      await keep(path, sha256)
      return done({ sha256, size, judged: judged.value })
    } catch (error) {
      await rm(path, { force: true })
      const failure = failureOf(error)
      if (failure !== null) return { ok: false, failure }
      if (brokenOff(error)) return failed('cancelled', 'The upload was broken off.')
      throw error
    }
  }

  return done({
    receive,
    async sweep(before, referred) {
      let files = 0
      let size = 0
      for await (const hashes of older(before)) {
        const kept = await referred(hashes)
        for (const sha256 of hashes) {
          const freed = kept.has(sha256) ? null : takeAway(sha256, before)
          if (freed === null) continue
          files++
          size += freed
        }
      }
      return { files, size }
    },
    async put(content) {
      const kept = await receive(Readable.from([Buffer.from(content)]), content.byteLength, async () => done(null))
      return kept.ok ? done({ sha256: kept.value.sha256, size: kept.value.size }) : kept
    },
    async read(sha256) {
      if (!HASH.test(sha256)) return failed('notFound', 'There is no such file.')
      try {
        const opened = await open(placeOf(sha256), 'r')
        try {
          return done(await opened.readFile())
        } finally {
          await opened.close()
        }
      } catch (error) {
        return unread(error)
      }
    },
    async stream(sha256) {
      if (!HASH.test(sha256)) return GONE
      try {
        await access(placeOf(sha256))
      } catch (error) {
        return unread(error)
      }
      return done(createReadStream(placeOf(sha256)))
    },
  })
}

const brokenOff = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET' || error.code === 'ABORT_ERR')

const GONE = failed('notFound', 'The file is no longer in the data folder: put it back from a backup.')

/** What is there and cannot be read at the moment is not gone. */
function unread(error: unknown): Outcome<never> {
  if (isMissing(error)) return GONE
  const failure = failureOf(error)
  if (failure === null) throw error
  return { ok: false, failure }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
