// Names of targets and the addresses they stand for: looked up once and kept, never once a packet.
import { lookup } from 'node:dns'
import { isIPv4, isIPv6, SocketAddress } from 'node:net'
import { because } from '../../daemon/domain/because.ts'
import { done, type Failure, type Outcome } from '../../daemon/domain/outcome.ts'

export interface Place {
  /** Canonical text, as the kernel names the source of a datagram. */
  readonly address: string
  readonly family: 4 | 6
}

/** A host as configured, and where it is as far as known. Shared by all requests to it. */
export interface Host {
  readonly name: string
  place: Place | null
}

interface Entry extends Host {
  readonly literal: boolean
  until: number
  failure: Failure | null
  pending: ((failure: Failure | null) => void)[] | null
}

const GOOD_FOR = 300_000
const BAD_FOR = 10_000

/** The address behind a name or literal. `notFound` when nobody knows the name, `unreachable` when no resolver answers. */
export function resolve(name: string): Promise<Outcome<Place>> {
  const known = literal(name)
  if (known !== null) return Promise.resolve(done(known))
  return new Promise(tell => {
    lookup(name, { order: 'ipv4first' }, (error, address, family) => {
      if (error === null) tell(done({ address, family: family === 6 ? 6 : 4 }))
      else if (error.code === 'ENOTFOUND') tell(because('notFound', { code: 'unknownName', host: name }, undefined, true))
      else tell(because('unreachable', { code: 'nameNotLookedUp', host: name, error: error.code ?? error.message }))
    })
  })
}

/** The canonical form of a literal address, or null when it is a name. */
export function literal(name: string): Place | null {
  if (isIPv4(name)) return { address: name, family: 4 }
  if (!isIPv6(name)) return null
  const [address = name, zone] = name.split('%')
  const canonical = new SocketAddress({ address, family: 'ipv6' }).address
  return { address: zone === undefined ? canonical : `${canonical}%${zone}`, family: 6 }
}

export interface Hosts {
  /** The one Host of a name; a literal address is known at once. */
  find(name: string): Host
  /** Looks the name up unless that was done lately, then tells null or why it cannot be asked. */
  whenKnown(host: Host, then: (failure: Failure | null) => void): void
  /** To be called for a host about to be asked: an address older than five minutes is looked up again beside the asking. */
  freshen(host: Host): void
}

export function openHosts(): Hosts {
  const hosts = new Map<string, Entry>()

  const entryOf = (host: Host): Entry => host as Entry

  function lookUp(entry: Entry): void {
    entry.pending = []
    void resolve(entry.name).then(found => {
      const waiting = entry.pending ?? []
      entry.pending = null
      // A name server that is away does not take away an address that worked.
      if (found.ok) entry.place = found.value
      entry.failure = found.ok || entry.place !== null ? null : found.failure
      entry.until = Date.now() + (found.ok ? GOOD_FOR : BAD_FOR)
      for (const then of waiting) then(entry.failure)
    })
  }

  return {
    find(name) {
      const known = hosts.get(name)
      if (known !== undefined) return known
      const place = literal(name)
      const entry: Entry = { name, place, literal: place !== null, until: 0, failure: null, pending: null }
      hosts.set(name, entry)
      return entry
    },
    whenKnown(host, then) {
      const entry = entryOf(host)
      if (entry.place !== null) then(null)
      else if (entry.pending === null && entry.failure !== null && Date.now() < entry.until) then(entry.failure)
      else {
        if (entry.pending === null) lookUp(entry)
        entry.pending?.push(then)
      }
    },
    freshen(host) {
      const entry = entryOf(host)
      if (!entry.literal && entry.pending === null && Date.now() >= entry.until) lookUp(entry)
    },
  }
}
