// A zone of ours, opened: from how it is kept in the books to what a resource may do with it.
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { ZoneHands, ZoneRight } from '../hands.ts'
import { askAll, lookAt } from './answers.ts'
import { bindWriting, type Writing } from './bind.ts'
import { isWithin, nameOf } from './name.ts'
import { powerDnsWriting } from './powerdns.ts'
import { readServer } from './server.ts'
import { readKey } from './state.ts'
import type { TsigAlgorithm } from './tsig.ts'

interface KeptAny {
  /** `example.go.id`. */
  readonly name: string
  /** All that answer for it: `10.0.0.53`, `ns2.example.go.id:53`. Of BIND the first one takes updates. */
  readonly servers: readonly string[]
  readonly rights: readonly ZoneRight[]
}
/** How a zone is kept, its secret taken out of the sealed store by whoever opens it. */
export type KeptZone =
  | (KeptAny & { readonly kind: 'bind'; readonly key: { readonly name: string; readonly algorithm: TsigAlgorithm; readonly secret: string } })
  | (KeptAny & { readonly kind: 'powerdns'; readonly url: string; readonly apiKey: string })

export interface ZoneOptions {
  /** Names of RRsets held there, by the books of changes. */
  readonly ours: () => Promise<ReadonlySet<string>>
  /** How long servers may take to answer alike, ms; 60,000 when left out: secondaries are told at once, and not all of them hear it. */
  readonly patience?: number
}

/** `invalid` when the description cannot be right. Nothing is asked yet. */
export function openZone(kept: KeptZone, { ours, patience = 60_000 }: ZoneOptions): Outcome<ZoneHands> {
  const zone = nameOf(kept.name)
  const [first] = kept.servers
  if (zone === null || first === undefined) return failed('invalid', `The zone ${kept.name} needs a name and at least one server.`)
  const bad = kept.servers.find(server => readServer(server) === null)
  if (bad !== undefined) return failed('invalid', `“${bad}” is no DNS server: write host:port, with an IPv6 address in brackets.`)
  const writing = writingOf(kept, zone, first)
  if (!writing.ok) return writing
  const { read, list, swap } = writing.value
  const outside = (names: readonly string[]) => names.find(name => !isWithin(readKey(name)?.owner ?? '', zone))
  const foreign = (name: string) => failed('invalid', `${name} is not a name in the zone ${kept.name}.`)

  const guarded: ZoneHands['swap'] = async (changes, call) => {
    const name = outside(changes.map(one => one.name))
    return name === undefined ? await swap(changes, call) : foreign(name)
  }
  return done({
    name: kept.name,
    servers: kept.servers,
    rights: kept.rights,
    patience,
    ours,
    list,
    async read(names, call) {
      const name = outside(names)
      return name === undefined ? await read(names, call) : foreign(name)
    },
    put: (name, before, after, call) => guarded([{ name, before, after }], call),
    swap: guarded,
    answers: (name, call) => askAll(name, zone, kept.servers, call),
    look: call => lookAt(zone, kept.servers, call),
  })
}

function writingOf(kept: KeptZone, zone: string, server: string): Outcome<Writing> {
  if (kept.kind === 'powerdns') return done(powerDnsWriting(zone, kept))
  const { algorithm } = kept.key
  const [name, secret] = [nameOf(kept.key.name), Buffer.from(kept.key.secret, 'base64')]
  if (name === null || secret.length === 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(kept.key.secret))
    return failed('invalid', `The key of the zone ${kept.name} needs a name, and its secret in base64 as tsig-keygen prints it.`)
  return done(bindWriting({ zone, server, key: { name, algorithm, secret } }))
}
