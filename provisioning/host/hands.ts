// A managed host, reached: its broker asked over kept connections, a few requests at a time; contents go ahead of what names them.

import type { Call } from '../../daemon/domain/call.ts'
import type { Json } from '../../daemon/domain/json.ts'
import { done, type Outcome } from '../../daemon/domain/outcome.ts'
import type { HostFacts, HostHands } from '../hands.ts'
import type { Hello } from './broker-answers.ts'
import { type BrokerChannel, type Expected, openBroker } from './broker-channel.ts'
import { type ConnectionOptions, type HostPlace, openConnection, whereOf, whyAborted } from './connection.ts'
import { openInbox } from './inbox.ts'

const BROKER_USER = 'suar-hand'
const INBOX_USER = 'suar-inbox'

export interface ManagedHostOptions extends ConnectionOptions {
  /** Private parts, as `makeHostKeys` gives them. */
  readonly keys: { readonly broker: string; readonly inbox: string }
  /** The broker this Suar brings: `brokerSource()`. */
  readonly expected: Expected
}

export interface ManagedHost {
  readonly id: string
  /** Speaks with it as if for the first time. `hostKeyUnknown` and `hostKeyChanged` carry the key it showed in `why`; `notSupported`: to be installed (again). */
  greet(call: Call): Promise<Outcome<HostFacts>>
  /** For a change, or null only to look. */
  hands(change: string | null, call: Call): Promise<Outcome<HostHands>>
  close(): void
}

/** Brokers at work at once on one host; sshd lets one connection have ten. */
const CHANNELS = 4
/** What is done for a change, under its lease. */
const LEASED: ReadonlySet<string> = new Set(['put', 'challenge', 'probe-key', 'archive', 'offer', 'room', 'purge', 'app'])
/** Within which a verb must be answered, ms; what copies or dumps whole websites may take long. */
const DEADLINES: Readonly<Record<string, number>> = {
  archive: 3_600_000,
  archived: 3_600_000,
  purge: 600_000,
  put: 900_000,
  usage: 300_000,
}
const DEADLINE = 60_000
/** Of putting a kind of thing; the broker itself gives up then. */
const LONG: Readonly<Record<string, number>> = { archive: 21_600_000, content: 21_600_000 }
const deadlineOf = (verb: string, kind: Json | undefined): number =>
  (verb === 'put' && typeof kind === 'string' ? LONG[kind] : undefined) ?? DEADLINES[verb] ?? DEADLINE

export function openHost(place: HostPlace, options: ManagedHostOptions): ManagedHost {
  const { keys, expected } = options
  const host = { id: place.id, where: whereOf(place) }
  const line = openConnection(place, BROKER_USER, keys.broker, options)
  const post = openConnection(place, INBOX_USER, keys.inbox, options)
  const inbox = openInbox(post, host.where)
  let channels: BrokerChannel[] = []
  const free: BrokerChannel[] = []
  let running = 0
  let queue: (() => void)[] = []
  let facts: HostFacts | null = null

  /** A channel to a broker that nobody asks, within the most there may be. */
  async function channel(signal: AbortSignal): Promise<Outcome<BrokerChannel>> {
    for (let one = free.pop(); one !== undefined; one = free.pop()) if (one.open) return done(one)
    const ssh = await line.connected({ signal })
    if (!ssh.ok) return ssh
    const opened = await openBroker(ssh.value, host, expected, signal)
    if (!opened.ok) {
      // Whatever it was, the next try begins with a connection that is known to be good.
      if (opened.failure.kind === 'unreachable' || opened.failure.kind === 'timeout') line.drop(ssh.value)
      return opened
    }
    channels = [...channels.filter(({ open }) => open), opened.value]
    facts = factsOf(opened.value.hello)
    return opened
  }

  async function turn<T>(work: (channel: BrokerChannel) => Promise<Outcome<T>>, signal: AbortSignal): Promise<Outcome<T>> {
    if (running >= CHANNELS) await myTurn(signal)
    if (signal.aborted) return whyAborted(signal, host.where)
    running++
    const letGo = line.hold()
    try {
      const one = await channel(signal)
      if (!one.ok) return one
      const answer = await work(one.value)
      if (one.value.open) free.push(one.value)
      return answer
    } finally {
      letGo()
      running--
      queue.shift()?.()
    }
  }

  /** Until one of those at work is through, or nobody waits for the answer any more. */
  function myTurn(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const go = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        queue = queue.filter(one => one !== go)
        resolve()
      }
      signal.addEventListener('abort', leave, { once: true })
      queue.push(go)
    })
  }

  async function ask(verb: string, body: { readonly [key: string]: Json }, { signal }: Call, contents: readonly string[]): Promise<Outcome<Json>> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(deadlineOf(verb, body['kind']))])
    const sent = await inbox.put(contents, within)
    return sent.ok ? await turn(broker => broker.ask(verb, body, within), within) : sent
  }

  /** Goes by the greeting of a channel that is open now, or opens one. */
  async function greet({ signal }: Pick<Call, 'signal'>): Promise<Outcome<HostFacts>> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE)])
    return await turn(({ hello }) => Promise.resolve(done(factsOf(hello))), within)
  }

  return {
    id: place.id,
    async greet(call) {
      for (const one of free.splice(0)) one.close()
      return await greet(call)
    },
    async hands(change, call) {
      const known = facts === null ? await greet(call) : done(facts)
      if (!known.ok) return known
      const { listen } = known.value
      const everywhere = listen.address === '*' || listen.address === '0.0.0.0'
      return done({
        id: place.id,
        facts: known.value,
        reach: {
          address: everywhere ? place.address : listen.address,
          http: listen.http,
          https: listen.https,
          ssh: place.port,
          hostKey: place.hostKey ?? '',
        },
        ask: (verb, body, call, contents = []) => ask(verb, change !== null && LEASED.has(verb) ? { lease: change, ...body } : body, call, contents),
        fetch: (file, { signal }) => inbox.fetch(file, signal),
        deliver: (file, from, { signal }) => inbox.deliver(file, from, signal),
      })
    },
    close() {
      for (const one of channels) one.close()
      line.close()
      post.close()
    },
  }
}

const factsOf = ({ broker, facts }: Hello): HostFacts => ({ broker, ...facts })
