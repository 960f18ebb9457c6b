// One kept SSH connection to one host: opened when first needed, its host key checked before anything is said, opened anew when it dies.
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { type Config, NodeSSH } from 'node-ssh'
import { because } from '../../daemon/domain/because.ts'
import type { Log } from '../../daemon/domain/call.ts'
import type { Target } from '../../daemon/domain/collector.ts'
import type { SshAccess } from '../../daemon/domain/device.ts'
import { asPrinted, fingerprintHex } from '../../daemon/domain/host-key.ts'
import { done, type Failure, type Outcome } from '../../daemon/domain/outcome.ts'
import { failureOf } from '../../daemon/domain/ssh-refusals.ts'

export interface SshTarget extends Target {
  readonly access: SshAccess
}

export interface SshConnection {
  /** Runs a constant script by `/bin/sh -s` and gives what it printed, at most 1 MB. Fails with `timeout` after so many ms, `cancelled` when told to stop. */
  run(script: string, deadline: number, signal?: AbortSignal): Promise<Outcome<string>>
  /** Grows by one with every connection that was opened: who keeps something between two answers sees that the host may have restarted. */
  readonly opened: number
  close(): void
}

export interface SshOptions {
  readonly log: Log
  /** Milliseconds from the first packet until a command can be given. */
  readonly connectTimeout: number
  readonly random?: () => number
}

const MOST_OUTPUT = 1024 * 1024
/** A connection nobody used for so long is closed, ms. */
const IDLE = 180_000
/** Hosts whose connection broke at the same moment (a switch restarted) are not all called back in the same one, ms. */
const JITTER = 300
/** The inventory's default port is SNMP's; nobody runs sshd there. */
const SNMP_PORT = 161
const SSH_PORT = 22

export function openConnection({ address, access }: SshTarget, { log, connectTimeout, random = Math.random }: SshOptions): SshConnection {
  const port = address.port === SNMP_PORT ? SSH_PORT : address.port
  const where = `${address.host}:${port}`
  let connecting: Promise<Outcome<NodeSSH>> | null = null
  let current: NodeSSH | null = null
  let opened = 0
  /** A changed host key: nothing more is said to this host until it is given another pin. */
  let stopped: Failure | null = null
  let idle: NodeJS.Timeout | null = null
  let closed = false

  const drop = (ssh: NodeSSH) => {
    if (current === ssh) current = null
    ssh.connection?.destroy()
  }

  const rest = () => {
    if (idle !== null) clearTimeout(idle)
    idle = setTimeout(() => {
      current?.dispose()
      current = null
    }, IDLE)
    idle.unref()
  }

  async function credential(): Promise<Outcome<Partial<Config>>> {
    if (access.keyFile !== undefined) {
      try {
        return done({ privateKey: await readFile(access.keyFile, 'utf8') })
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
        return because('wrongCredential', { code: 'keyFile', file: access.keyFile, error: code })
      }
    }
    const { password } = access
    if (password === undefined) return because('wrongCredential', { code: 'noCredential' })
    return done({
      password,
      // Hosts that only offer keyboard-interactive ask for the password as a question that is not echoed.
      tryKeyboard: true,
      onKeyboardInteractive: (_name, _instructions, _language, prompts, finish) => finish(prompts.map(({ echo }) => (echo === true ? '' : password))),
    })
  }

  async function connect(): Promise<Outcome<NodeSSH>> {
    if (stopped !== null) return { ok: false, failure: stopped }
    const pinned = access.hostKey === undefined ? null : fingerprintHex(access.hostKey)
    if (access.hostKey !== undefined && pinned === null) {
      return because('hostKeyUnknown', { code: 'pinUnreadable' })
    }
    const how = await credential()
    if (!how.ok) return how
    if (opened > 0) await new Promise(resolve => setTimeout(resolve, JITTER * random()))

    let shown: string | null = null
    const ssh = new NodeSSH()
    const ready = ssh.connect({
      host: address.host,
      port,
      username: access.user,
      ...how.value,
      readyTimeout: connectTimeout,
      keepaliveInterval: 10_000,
      keepaliveCountMax: 3,
      hostHash: 'sha256',
      hostVerifier: (hex: string) => {
        shown = hex.toLowerCase()
        return shown === pinned
      },
    })
    // node-ssh takes its own listener off once the connection stands; without another one a later reset would be an uncaught exception.
    ssh.connection?.on('error', (error: Error) => log.debug({ host: where, reason: error.message }, 'an SSH connection broke'))
    ssh.connection?.on('close', () => drop(ssh))
    try {
      await ready
    } catch (error) {
      drop(ssh)
      return refused(error, shown, pinned)
    }
    if (closed) {
      drop(ssh)
      return because('cancelled', { code: 'closed' }, 'the connection was closed')
    }
    opened++
    current = ssh
    log.debug({ host: where }, 'SSH connection opened')
    return done(ssh)
  }

  function refused(error: unknown, shown: string | null, pinned: string | null): Outcome<never> {
    if (shown !== null && pinned === null) {
      return because('hostKeyUnknown', { code: 'hostKeyUnknown', where, shown: asPrinted(shown) }, undefined, false)
    }
    if (shown !== null && pinned !== null && shown !== pinned) {
      const answer = because(
        'hostKeyChanged',
        { code: 'hostKeyChanged', where, shown: asPrinted(shown), pinned: asPrinted(pinned) },
        undefined,
        false,
      )
      stopped = answer.failure
      return answer
    }
    return { ok: false, failure: failureOf(error, where) }
  }

  function connected(): Promise<Outcome<NodeSSH>> {
    if (current?.isConnected() === true) return Promise.resolve(done(current))
    connecting ??= connect().finally(() => {
      connecting = null
    })
    return connecting
  }

  async function execute(ssh: NodeSSH, script: string, deadline: number, signal: AbortSignal | undefined): Promise<Outcome<string>> {
    const chunks: Buffer[] = []
    let size = 0
    let over: Outcome<never> | null = null
    let ended = false
    let channel: { signal(name: string): void; close(): void } | null = null
    /** Ends the command on both sides; a host that does not even confirm that loses the connection. */
    const stop = (why: Outcome<never>) => {
      if (over !== null) return
      over = why
      channel?.signal('KILL')
      channel?.close()
      setTimeout(() => {
        if (!ended) drop(ssh)
      }, 1000).unref()
    }
    const early = Promise.withResolvers<Outcome<never>>()
    const give = (why: Outcome<never>) => {
      stop(why)
      early.resolve(why)
    }
    /** Counts what the host prints on either stream; beyond the most it is stopped. */
    const within = (chunk: Buffer): boolean => {
      size += chunk.length
      if (size > MOST_OUTPUT) stop(because('garbage', { code: 'tooMuch', where }, undefined, true))
      return size <= MOST_OUTPUT
    }
    const timer = setTimeout(() => give(because('timeout', { code: 'commandLate', where, seconds: Math.round(deadline / 1000) })), deadline)
    const cancel = () => give(because('cancelled', { code: 'closed' }, 'nobody waits for the answer any more'))
    signal?.addEventListener('abort', cancel, { once: true })
    const ran = ssh
      .execCommand('/bin/sh -s', {
        stdin: openEnded(`${script}\nexit 0\n`),
        onChannel: opened => {
          channel = opened
        },
        onStdout(chunk) {
          if (within(chunk)) chunks.push(chunk)
        },
        // Nobody reads it, but the package keeps it.
        onStderr: within,
      })
      .then(
        ({ code }): Outcome<string> => {
          ended = true
          if (over !== null) return over
          // What node-ssh gives when the connection died meanwhile.
          if (code === null) return because('unreachable', { code: 'connectionBroken', where })
          return done(Buffer.concat(chunks).toString('utf8'))
        },
        (error: unknown): Outcome<string> => over ?? { ok: false, failure: failureOf(error, where) },
      )
    const result = await Promise.race([ran, early.promise])
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
    if (!result.ok && result.failure.kind === 'unreachable') drop(ssh)
    return result
  }

  return {
    get opened() {
      return opened
    },
    async run(script, deadline, signal) {
      if (closed) return because('cancelled', { code: 'closed' }, 'the connection was closed')
      const ssh = await connected()
      if (!ssh.ok) return ssh
      if (signal?.aborted === true) return because('cancelled', { code: 'closed' }, 'nobody waits for the answer any more')
      rest()
      return execute(ssh.value, script, deadline, signal)
    },
    close() {
      closed = true
      if (idle !== null) clearTimeout(idle)
      current?.dispose()
      current = null
    },
  }
}

/** Its end is not sent: ssh2 signals only on a channel that is still open for writing, and without a signal a hung command would outlive us. */
function openEnded(text: string): Readable {
  const stream = new Readable({ read: () => undefined })
  stream.push(text)
  return stream
}
