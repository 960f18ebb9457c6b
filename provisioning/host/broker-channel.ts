// One running broker: a channel to it that is kept open, one request and one answer at a time, each a line of JSON.
import type { NodeSSH } from 'node-ssh'
import { because } from '../../daemon/domain/because.ts'
import type { Json } from '../../daemon/domain/json.ts'
import { done, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import { failureOf } from '../../daemon/domain/ssh-refusals.ts'
import { Answer, failureOfBroker, Hello, PROTOCOL } from './broker-answers.ts'
import { whyAborted } from './connection.ts'

export interface BrokerChannel {
  readonly hello: Hello
  /** Nobody else may be asking it. After an abort, a failure of the line or an answer of more than 8 MB it is closed: what came of the request is not known. */
  ask(verb: string, body: { readonly [key: string]: Json }, signal: AbortSignal): Promise<Outcome<Json>>
  /** False: closed, by either side. */
  readonly open: boolean
  close(): void
}

export interface Host {
  readonly id: string
  readonly where: string
}

/** SHA-256 and what people are told of the broker that is expected. */
export interface Expected {
  readonly sha256: string
}

const known = ({ sha256 }: Expected): string => sha256.slice(0, 12)

const MOST_ANSWER = 8 * 1024 * 1024
const MOST_ERRORS = 64 * 1024

interface Waiting {
  readonly id: number
  resolve(answer: Outcome<Json>): void
}

/** The account's key runs the broker whatever is asked for; the command is given for the host's log. */
export async function openBroker(ssh: NodeSSH, host: Host, expected: Expected, signal: AbortSignal): Promise<Outcome<BrokerChannel>> {
  const { where } = host
  const line = await openLine(ssh, host, signal)
  if (!line.ok) return line
  const said = await line.value.ask('hello', { protocol: PROTOCOL }, signal)
  if (!said.ok) {
    line.value.close()
    const { kind, why, message } = said.failure
    // A broker that refuses the greeting is of another protocol; of one that ended without a word only its errors are known.
    if (why === undefined && kind !== 'tooBig')
      return because('notSupported', { code: 'otherBroker', where, broker: message, expected: known(expected) })
    if (kind === 'unreachable' && ssh.isConnected()) return because('notSupported', { code: 'noBroker', where, text: line.value.errors() })
    return said
  }
  const hello = Hello.safeParse(said.value)
  const broker = hello.success ? `${hello.data.broker} (${hello.data.sha256.slice(0, 12)})` : '?'
  if (!hello.success || hello.data.sha256 !== expected.sha256) {
    line.value.close()
    return because('notSupported', { code: 'otherBroker', where, broker, expected: known(expected) })
  }
  return done({
    hello: hello.data,
    ask: line.value.ask,
    close: line.value.close,
    get open() {
      return line.value.open
    },
  })
}

const tooMuch = (where: string) =>
  refused('tooBig', {
    id: `Jawaban broker di ${where} lebih dari 8 MB. Tanyakan lebih sedikit sekaligus.`,
    en: `The answer of the broker on ${where} is more than 8 MB. Ask for less at once.`,
  })

interface Line extends Omit<BrokerChannel, 'hello'> {
  /** What it printed on its other stream, trimmed. */
  errors(): string
}

async function openLine(ssh: NodeSSH, { id: host, where }: Host, signal: AbortSignal): Promise<Outcome<Line>> {
  const { connection } = ssh
  if (connection === null) return because('unreachable', { code: 'connectionBroken', where })
  const opening = Promise.withResolvers<Outcome<Parameters<NonNullable<Parameters<typeof connection.exec>[1]>>[1]>>()
  const leave = () => opening.resolve(whyAborted(signal, where))
  signal.addEventListener('abort', leave, { once: true })
  // When the connection dies first nobody calls back.
  const died = () => opening.resolve(because('unreachable', { code: 'connectionBroken', where }))
  connection.once('close', died)
  try {
    connection.exec('suar-broker', (error, channel) => {
      if (error !== undefined) opening.resolve({ ok: false, failure: failureOf(error, where) })
      else if (signal.aborted) channel.destroy()
      else opening.resolve(done(channel))
    })
  } catch (error) {
    opening.resolve({ ok: false, failure: failureOf(error, where) })
  }
  const opened = await opening.promise
  signal.removeEventListener('abort', leave)
  connection.removeListener('close', died)
  if (!opened.ok) return opened
  const channel = opened.value

  let open = true
  let last = 0
  let waiting: Waiting | null = null
  let pending: Buffer[] = []
  let size = 0
  let errors = ''

  const answer = (outcome: Outcome<Json>) => {
    const whose = waiting
    waiting = null
    whose?.resolve(outcome)
  }
  const end = (why: Outcome<never>) => {
    open = false
    channel.destroy()
    answer(why)
  }
  const read = (text: string) => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      end(because('garbage', { code: 'otherOutput', text: text.slice(0, 200) }))
      return
    }
    const parsed = Answer.safeParse(value)
    if (!parsed.success || (parsed.data.id !== null && parsed.data.id !== waiting?.id)) {
      end(because('garbage', { code: 'otherOutput', text: text.slice(0, 200) }))
      return
    }
    answer(parsed.data.ok ? done(parsed.data.value) : { ok: false, failure: failureOfBroker(parsed.data, host) })
  }

  channel.on('data', (chunk: Buffer) => {
    let rest = chunk
    for (let at = rest.indexOf(10); at >= 0 && open; at = rest.indexOf(10)) {
      const text = Buffer.concat([...pending, rest.subarray(0, at)]).toString('utf8')
      pending = []
      size = 0
      rest = rest.subarray(at + 1)
      read(text)
    }
    pending.push(rest)
    size += rest.length
    if (size > MOST_ANSWER && open) end(tooMuch(where))
  })
  channel.stderr.on('data', (chunk: Buffer) => {
    if (errors.length < MOST_ERRORS) errors += chunk.toString()
  })
  channel.on('error', () => end(because('unreachable', { code: 'connectionBroken', where })))
  // With or without an exit code: a broker that ended has not answered.
  channel.on('close', () => end(because('unreachable', { code: 'connectionBroken', where })))

  return done({
    get open() {
      return open
    },
    errors: () => errors.trim().split('\n').slice(-3).join(' ').slice(0, 300),
    close() {
      open = false
      channel.end()
      channel.destroy()
    },
    ask(verb, body, signal) {
      if (signal.aborted) return Promise.resolve(whyAborted(signal, where))
      if (!open) return Promise.resolve(because('unreachable', { code: 'connectionBroken', where }))
      if (waiting !== null) throw new Error(`the broker on ${host} is being asked by somebody else`)
      const id = ++last
      return new Promise(resolve => {
        const stop = () => end(whyAborted(signal, where))
        signal.addEventListener('abort', stop, { once: true })
        waiting = {
          id,
          resolve(outcome) {
            signal.removeEventListener('abort', stop)
            resolve(outcome)
          },
        }
        channel.write(`${JSON.stringify({ id, verb, ...body })}\n`)
      })
    },
  })
}
