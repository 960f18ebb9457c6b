// A file of any size by SFTP, bit by bit: some requests under way at once, so that a long line is filled, and no more in memory than those.
import { createHash, randomBytes } from 'node:crypto'
import type { NodeSSH } from 'node-ssh'
import type { LargeFile } from '../hands.ts'

export type Sftp = Awaited<ReturnType<NodeSSH['requestSFTP']>>
/** Gives up with the line, or when nobody waits any more. */
export type Waiting = <T>(work: Promise<T>) => Promise<T>

const CHUNK = 32 * 1024
const AT_ONCE = 32
/** So long without one bit of it, ms: how long the whole takes does not matter. */
const STILL = 60_000

/** In their order. */
export async function* sucked(sftp: Sftp, path: string, size: number, waiting: Waiting): AsyncGenerator<Buffer> {
  const handle = await moving(waiting, opened(sftp, path, 'r'))
  try {
    const under: Promise<Buffer>[] = []
    let next = 0
    const ahead = () => {
      for (; under.length < AT_ONCE && next < size; next += CHUNK) {
        const chunk = read(sftp, handle, next, Math.min(CHUNK, size - next))
        // Waited for in turn; one that fails meanwhile must not be an unhandled rejection.
        chunk.catch(() => undefined)
        under.push(chunk)
      }
    }
    ahead()
    for (let one = under.shift(); one !== undefined; one = under.shift()) {
      const chunk = await moving(waiting, one)
      ahead()
      yield chunk
    }
  } finally {
    sftp.close(handle, () => undefined)
  }
}

/** First under a name nobody looks for, then under its own. False: it is not what it is named for, and has no name here. */
export async function pour(sftp: Sftp, file: LargeFile, from: AsyncIterable<Buffer>, waiting: Waiting): Promise<boolean> {
  const part = `.${randomBytes(8).toString('hex')}`
  const handle = await moving(waiting, opened(sftp, part, 'wx'))
  const hash = createHash('sha256')
  let at = 0
  try {
    const under: Promise<void>[] = []
    for await (const chunk of from) {
      hash.update(chunk)
      const sent = written(sftp, handle, chunk, at)
      sent.catch(() => undefined)
      under.push(sent)
      at += chunk.length
      if (under.length >= AT_ONCE) await moving(waiting, under.shift()!)
      if (at > file.size) return false
    }
    for (const one of under) await moving(waiting, one)
  } finally {
    sftp.close(handle, () => undefined)
  }
  if (at !== file.size || hash.digest('hex') !== file.sha256) return false
  await moving(
    waiting,
    new Promise<void>((resolve, reject) => {
      sftp.ext_openssh_rename(part, file.sha256, error => (error ? reject(error) : resolve()))
    }),
  )
  return true
}

async function moving<T>(waiting: Waiting, work: Promise<T>): Promise<T> {
  const still = Promise.withResolvers<never>()
  const timer = setTimeout(() => still.reject(new Error(`nothing has moved for ${STILL / 1000} seconds: timed out`)), STILL)
  try {
    return await waiting(Promise.race([work, still.promise]))
  } finally {
    clearTimeout(timer)
  }
}

const opened = (sftp: Sftp, path: string, flags: 'r' | 'wx'): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    sftp.open(path, flags, { mode: 0o600 }, (error, handle) => (error ? reject(error) : resolve(handle)))
  })

/** All of the piece, also when the other side gives less at a time. */
async function read(sftp: Sftp, handle: Buffer, at: number, size: number): Promise<Buffer> {
  const piece = Buffer.allocUnsafe(size)
  for (let has = 0; has < size; ) {
    has += await new Promise<number>((resolve, reject) => {
      sftp.read(handle, piece, has, size - has, at + has, (error, count) => (error ? reject(error) : resolve(count)))
    })
  }
  return piece
}

const written = (sftp: Sftp, handle: Buffer, chunk: Buffer, at: number): Promise<void> =>
  new Promise((resolve, reject) => {
    sftp.write(handle, chunk, 0, chunk.length, at, error => (error ? reject(error) : resolve()))
  })
