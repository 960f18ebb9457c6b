// Contents of files on their way to a host: by SFTP into the broker's inbox, each under its own SHA-256. The broker looks again before it takes one.
import { createHash, randomBytes } from 'node:crypto'
import type { NodeSSH } from 'node-ssh'
import { because } from '../../daemon/domain/because.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import { failureOf } from '../../daemon/domain/ssh-refusals.ts'
import type { LargeFile } from '../hands.ts'
import { type HostConnection, whyAborted } from './connection.ts'
import { pour, type Sftp, sucked } from './stream.ts'

/** As the broker takes at most, bytes. */
const MOST = 1024 * 1024

export interface Inbox {
  /** All of them are there when it is done. Done twice it is done once. */
  put(contents: readonly string[], signal: AbortSignal): Promise<Outcome<void>>
  /** From the outbox, which only this account can fetch from. */
  fetch(file: LargeFile, signal: AbortSignal): AsyncIterable<Buffer>
  deliver(file: LargeFile, from: AsyncIterable<Buffer>, signal: AbortSignal): Promise<Outcome<void>>
}

export function openInbox(connection: HostConnection, where: string): Inbox {
  let kept: { readonly ssh: NodeSSH; readonly sftp: Sftp } | null = null

  async function session(signal: AbortSignal): Promise<Outcome<{ readonly ssh: NodeSSH; readonly sftp: Sftp }>> {
    const ssh = await connection.connected({ signal })
    if (!ssh.ok) return ssh
    if (kept?.ssh === ssh.value) return done(kept)
    try {
      const sftp = await orAborted(ssh.value.requestSFTP(), signal)
      sftp.on('error', () => {
        kept = null
      })
      sftp.on('close', () => {
        kept = null
      })
      kept = { ssh: ssh.value, sftp }
      return done(kept)
    } catch (error) {
      return { ok: false, failure: signal.aborted ? whyAborted(signal, where).failure : failureOf(error, where) }
    }
  }

  /** `again`: the connection stood before and may have been dead already. */
  async function put(contents: readonly string[], signal: AbortSignal, again: boolean): Promise<Outcome<void>> {
    const stood = kept !== null
    const open = await session(signal)
    if (!open.ok) return open
    const { ssh, sftp } = open.value
    const broken = breaking(ssh)
    try {
      for (const content of new Set(contents)) await orAborted(Promise.race([write(sftp, content), broken.promise]), signal)
      return done(undefined)
    } catch (error) {
      kept = null
      connection.drop(ssh)
      const why = whyNot(error, signal)
      return why.failure.kind === 'unreachable' && stood && again ? await put(contents, signal, false) : why
    } finally {
      broken.end()
    }
  }

  function whyNot(error: unknown, signal: AbortSignal) {
    if (signal.aborted) return whyAborted(signal, where)
    const said = error instanceof Error ? error.message : ''
    // SSH_FX_FAILURE is all that an SFTP server says of a full disk.
    if (said === 'Failure') return failed('full', `${where} does not take a file into its inbox: its disk may be full.`, false)
    if (/^(Permission denied|No such file)/i.test(said)) return because('notSupported', { code: 'noBroker', where, text: `inbox: ${said}` })
    return { ok: false as const, failure: failureOf(error, where) }
  }

  return {
    async put(contents, signal) {
      if (contents.length === 0) return done(undefined)
      const tooBig = contents.find(content => Buffer.byteLength(content) > MOST)
      if (tooBig !== undefined) return failed('tooBig', `A file of ${Buffer.byteLength(tooBig)} bytes is more than the broker takes (${MOST}).`)
      return await put(contents, signal, true)
    },
    async *fetch(file, signal) {
      const open = await session(signal)
      if (!open.ok) throw new Error(open.failure.message)
      const letGo = connection.hold()
      const broken = breaking(open.value.ssh)
      try {
        yield* sucked(open.value.sftp, `/outbox/${file.sha256}`, file.size, work => orAborted(Promise.race([work, broken.promise]), signal))
      } catch (error) {
        kept = null
        connection.drop(open.value.ssh)
        throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`)
      } finally {
        broken.end()
        letGo()
      }
    },
    async deliver(file, from, signal) {
      const open = await session(signal)
      if (!open.ok) return open
      const { ssh, sftp } = open.value
      const letGo = connection.hold()
      const broken = breaking(ssh)
      try {
        const arrived = await pour(sftp, file, from, work => orAborted(Promise.race([work, broken.promise]), signal))
        return arrived
          ? done(undefined)
          : failed('garbage', `What was fetched for ${where} is not what was packed: it was changed on its way.`, false)
      } catch (error) {
        kept = null
        connection.drop(ssh)
        return whyNot(error, signal)
      } finally {
        broken.end()
        letGo()
      }
    },
  }
}

/** When the connection dies, what was asked of it is never answered. */
function breaking(ssh: NodeSSH) {
  const broken = Promise.withResolvers<never>()
  broken.promise.catch(() => undefined)
  const died = () => broken.reject(new Error('the connection broke'))
  ssh.connection?.once('close', died)
  return { promise: broken.promise, end: () => ssh.connection?.removeListener('close', died) }
}

/** First under a name nobody looks for, then under its own: who finds it finds all of it. */
async function write(sftp: Sftp, content: string): Promise<void> {
  const name = createHash('sha256').update(content).digest('hex')
  const part = `.${randomBytes(8).toString('hex')}`
  await new Promise<void>((resolve, reject) => {
    sftp.writeFile(part, content, { mode: 0o600, flag: 'wx' }, error => (error ? reject(error) : resolve()))
  })
  await new Promise<void>((resolve, reject) => {
    sftp.ext_openssh_rename(part, name, error => (error ? reject(error) : resolve()))
  })
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const gone = Promise.withResolvers<never>()
  const leave = () => gone.reject(new Error('aborted'))
  signal.addEventListener('abort', leave, { once: true })
  if (signal.aborted) leave()
  return Promise.race([work, gone.promise]).finally(() => signal.removeEventListener('abort', leave))
}
