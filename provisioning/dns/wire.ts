// Messages on their way: a socket of its own for each question by UDP, and conversations by TCP (RFC 7766). Nobody waits longer than told.
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import { at16 } from './bytes.ts'
import type { Endpoint } from './server.ts'

const at = ({ address, port, family }: Endpoint): string => (family === 6 ? `[${address}]:${port}` : `${address}:${port}`)

const REFUSED = (to: Endpoint) => failed('refused', `Nothing answers as a DNS server at ${at(to)}.`)
const SILENT = (to: Endpoint) => failed('timeout', `The DNS server at ${at(to)} does not answer.`)
const GONE = (to: Endpoint) => failed('unreachable', `The DNS server at ${at(to)} broke off.`)
const CANCELLED = failed('cancelled', 'Asking the DNS server was broken off.')

const failureOf = (error: NodeJS.ErrnoException, to: Endpoint) =>
  error.code === 'ECONNREFUSED'
    ? REFUSED(to)
    : failed('unreachable', `The DNS server at ${at(to)} cannot be reached (${error.code ?? error.message}).`)

/**
 * One datagram there, and the first one back that `accept` takes; others are dropped, whoever sent them. The port is the kernel's choice, another each
 * time; a connected socket hears that one address and port alone. `patience` in ms.
 */
export function askByUdp<T>(
  to: Endpoint,
  bytes: Uint8Array,
  accept: (bytes: Buffer) => T | null,
  patience: number,
  signal: AbortSignal,
): Promise<Outcome<T>> {
  return new Promise(resolve => {
    const socket = createSocket(to.family === 6 ? 'udp6' : 'udp4')
    const late = setTimeout(() => settle(SILENT(to)), patience)
    const stop = () => settle(CANCELLED)
    let open = true
    const settle = (outcome: Outcome<T>) => {
      if (!open) return
      open = false
      clearTimeout(late)
      signal.removeEventListener('abort', stop)
      socket.close()
      resolve(outcome)
    }
    socket.on('error', error => settle(failureOf(error, to)))
    socket.on('message', answer => {
      const taken = accept(answer)
      if (taken !== null) settle(done(taken))
    })
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    socket.connect(to.port, to.address, () => {
      if (open) socket.send(bytes)
    })
  })
}

export interface Conversation {
  send(bytes: Uint8Array): void
  /** The next whole message; ms. */
  next(patience: number): Promise<Outcome<Buffer>>
  close(): void
}

/** Octets that may lie here unread before the other side must wait. */
const WAITING = 1 << 20

export function converse(to: Endpoint, signal: AbortSignal): Conversation {
  const socket = connect({ host: to.address, port: to.port, family: to.family, noDelay: true })
  const ready: Buffer[] = []
  let parts: Buffer[] = []
  let size = 0
  let waiting = 0
  let over: Outcome<Buffer> | null = signal.aborted ? CANCELLED : null
  let wake: (() => void) | null = null
  const end = (outcome: Outcome<Buffer>) => {
    over ??= outcome
    socket.destroy()
    signal.removeEventListener('abort', stop)
    wake?.()
  }
  const stop = () => end(CANCELLED)
  if (over === null) signal.addEventListener('abort', stop, { once: true })
  else socket.destroy()

  socket.on('error', error => end(failureOf(error, to)))
  socket.on('close', () => end(GONE(to)))
  socket.on('data', chunk => {
    parts.push(chunk)
    size += chunk.length
    if (size < 2) return
    if (parts[0]!.length < 2) parts = [Buffer.concat(parts)]
    if (size < at16(parts[0]!, 0) + 2) return
    let bytes = Buffer.concat(parts)
    while (bytes.length >= 2 && bytes.length >= at16(bytes, 0) + 2) {
      const message = bytes.subarray(2, at16(bytes, 0) + 2)
      ready.push(message)
      waiting += message.length
      bytes = bytes.subarray(message.length + 2)
    }
    parts = bytes.length === 0 ? [] : [bytes]
    size = bytes.length
    if (waiting > WAITING) socket.pause()
    wake?.()
  })

  return {
    send(bytes) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(bytes.length)
      socket.write(Buffer.concat([length, bytes]))
    },
    async next(patience) {
      const until = performance.now() + patience
      for (;;) {
        const message = ready.shift()
        if (message !== undefined) {
          waiting -= message.length
          if (waiting <= WAITING) socket.resume()
          return done(message)
        }
        if (over !== null) return over
        const left = until - performance.now()
        if (left <= 0) return SILENT(to)
        await new Promise<void>(resolve => {
          const late = setTimeout(resolve, left)
          wake = () => {
            clearTimeout(late)
            resolve()
          }
        })
        wake = null
      }
    },
    close: () => end(GONE(to)),
  }
}
