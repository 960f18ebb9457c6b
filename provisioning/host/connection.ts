// One kept SSH connection to a managed host with one of its keys: the host key is compared before anything is said, and without a pin nothing is.
import { NodeSSH } from 'node-ssh'
import { because } from '../../daemon/domain/because.ts'
import type { Call, Log } from '../../daemon/domain/call.ts'
import { asPrinted, fingerprintHex } from '../../daemon/domain/host-key.ts'
import { done, type Failure, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import { failureOf } from '../../daemon/domain/ssh-refusals.ts'

export interface HostPlace {
  readonly id: string
  readonly address: string
  readonly port: number
  /** As ssh-keygen prints it, approved by a person; null: none yet, and the host is only asked to show its own. */
  readonly hostKey: string | null
}

export interface ConnectionOptions {
  readonly log: Log
  /** Milliseconds from the first packet until a command can be given. */
  readonly connectTimeout?: number
  /** A connection nobody used for so long is closed, ms. */
  readonly idle?: number
  readonly random?: () => number
}

export interface HostConnection {
  /** Opened when first needed, and anew when it died. */
  connected(call: Pick<Call, 'signal'>): Promise<Outcome<NodeSSH>>
  /** Not closed as idle until what this gives was called: somebody waits for an answer, however long that takes. */
  hold(): () => void
  /** It answers no longer: the next one who needs it opens another. */
  drop(ssh: NodeSSH): void
  close(): void
}

const CONNECT = 10_000
const IDLE = 180_000
/** Hosts whose connection broke at the same moment are not all called back in the same one, ms. */
const JITTER = 300

export const whereOf = ({ address, port }: HostPlace): string => `${address.includes(':') ? `[${address}]` : address}:${port}`

export function openConnection(place: HostPlace, user: string, privateKey: string, options: ConnectionOptions): HostConnection {
  const { log, connectTimeout = CONNECT, idle: patience = IDLE, random = Math.random } = options
  const where = whereOf(place)
  let connecting: Promise<Outcome<NodeSSH>> | null = null
  let current: NodeSSH | null = null
  let openedBefore = false
  /** A changed host key: nothing more is said to this host until it is given another pin. */
  let stopped: Failure | null = null
  let idle: NodeJS.Timeout | null = null
  let held = 0
  let closed = false

  const drop = (ssh: NodeSSH) => {
    if (current === ssh) current = null
    ssh.connection?.destroy()
  }

  const rest = () => {
    if (idle !== null) clearTimeout(idle)
    idle = setTimeout(() => {
      if (held > 0) return
      current?.dispose()
      current = null
    }, patience)
    idle.unref()
  }

  async function connect(): Promise<Outcome<NodeSSH>> {
    if (stopped !== null) return { ok: false, failure: stopped }
    const pinned = place.hostKey === null ? null : fingerprintHex(place.hostKey)
    if (place.hostKey !== null && pinned === null) return because('hostKeyUnknown', { code: 'pinUnreadable' }, undefined, false)
    if (openedBefore) await new Promise(resolve => setTimeout(resolve, JITTER * random()))

    let shown: string | null = null
    const ssh = new NodeSSH()
    const ready = ssh.connect({
      host: place.address,
      port: place.port,
      username: user,
      privateKey,
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
      return shown !== null && shown !== pinned ? refusedKey(shown, pinned) : { ok: false, failure: failureOf(error, where) }
    }
    if (closed) {
      drop(ssh)
      return because('cancelled', { code: 'closed' }, 'the connection was closed')
    }
    openedBefore = true
    current = ssh
    // Requests are small and each waits for its answer.
    ssh.connection?.setNoDelay(true)
    log.debug({ host: where, user }, 'SSH connection opened')
    return done(ssh)
  }

  function refusedKey(hex: string, pinned: string | null): Outcome<never> {
    const shown = asPrinted(hex)
    if (pinned === null) {
      const why = { code: 'hostKeyUnknown', where, shown } as const
      const words = {
        id: `${where} menunjukkan kunci host ${shown}. Cocokkan dengan yang dicetak perintah pemasangan di host itu sendiri, lalu sahkan.`,
        en: `${where} shows the host key ${shown}. Compare it with what the install command printed on the host itself, then approve it.`,
      }
      return { ok: false, failure: { ...failed('hostKeyUnknown', words.en, false).failure, words, why } }
    }
    const why = { code: 'hostKeyChanged', where, shown, pinned: asPrinted(pinned) } as const
    const words = {
      id: `${where} menunjukkan kunci host ${shown}, bukan ${why.pinned} yang disahkan. Tidak ada yang dikirim. Periksa di host itu sendiri; bila memang diganti, sahkan kunci baru.`,
      en: `${where} shows the host key ${shown} instead of the approved ${why.pinned}. Nothing was sent. Look on the host itself; if it was changed on purpose, approve the new one.`,
    }
    stopped = { ...failed('hostKeyChanged', words.en, false).failure, words, why }
    return { ok: false, failure: stopped }
  }

  return {
    async connected({ signal }) {
      if (closed) return because('cancelled', { code: 'closed' }, 'the connection was closed')
      rest()
      if (current?.isConnected() === true) return done(current)
      connecting ??= connect().finally(() => {
        connecting = null
      })
      const gone = Promise.withResolvers<Outcome<never>>()
      const leave = () => gone.resolve(whyAborted(signal, where))
      if (signal.aborted) return whyAborted(signal, where)
      signal.addEventListener('abort', leave, { once: true })
      const answer = await Promise.race([connecting, gone.promise])
      signal.removeEventListener('abort', leave)
      return answer
    },
    hold() {
      held++
      return () => {
        held--
        if (!closed) rest()
      }
    },
    drop,
    close() {
      closed = true
      if (idle !== null) clearTimeout(idle)
      current?.dispose()
      current = null
    },
  }
}

/** A deadline that passed may be tried again; what a person or the closing daemon cancelled not by itself. */
export function whyAborted(signal: AbortSignal, where: string): { readonly ok: false; readonly failure: Failure } {
  const late = signal.reason instanceof Error && signal.reason.name === 'TimeoutError'
  return late ? because('timeout', { code: 'noReply', where }) : because('cancelled', { code: 'closed' }, 'nobody waits for the answer any more')
}
