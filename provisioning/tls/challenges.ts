// Proving to an authority that a name is ours: an answer on the web server, or a TXT record in a zone; put there, looked at, and taken away again.
import type acme from 'acme-client'
import type { Call } from '../../daemon/domain/call.ts'
import { done, type Failure, type Outcome } from '../../daemon/domain/outcome.ts'
import { nameOf } from '../dns/name.ts'
import { untilAllAnswer } from '../dns/settle.ts'
import { type RrsetState, stateOf } from '../dns/state.ts'
import type { ChallengePlace, ZoneHands } from '../hands.ts'
import { lookForAnswer } from './look.ts'
import type { AcmeSettings } from './settings.ts'
import { AcmeTrouble, trouble } from './trouble.ts'

/** The zone of ours that a name of DNS lies in; null: none does. */
export type ZoneOf = (owner: string, call: Call) => Promise<Outcome<ZoneHands | null>>

/** Something that stands somewhere because of a challenge: `owner` of a TXT record, or null and the token of an answer. */
export interface Placed {
  readonly owner: string | null
  readonly text: string
}

export interface Proving {
  readonly settings: AcmeSettings
  readonly zoneOf: ZoneOf
  readonly place: ChallengePlace
  readonly call: Call
}

export interface Proof {
  readonly challenge: acme.Authorization['challenges'][number]
  readonly placed: Placed
  put(): Promise<Outcome<void>>
  /** Null: the authority will find it. */
  look(): Promise<Failure | null>
}

const ownerOf = (domain: string) => `_acme-challenge.${domain}.`

/** A wildcard by DNS, others as preferred and possible. `text` gives what the authority wants to see for a challenge. */
export async function proofOf(
  authorization: acme.Authorization,
  text: (challenge: Proof['challenge']) => Promise<string>,
  { settings, zoneOf, place, call }: Proving,
): Promise<Proof> {
  const domain = authorization.identifier.value
  const offered = (type: string) => authorization.challenges.find(one => one.type === type)
  const [http, dns] = [authorization.wildcard === true ? undefined : offered('http-01'), offered('dns-01')]
  const wantsDns = http === undefined || (settings.challenge === 'dns-01' && dns !== undefined)
  const owner = nameOf(ownerOf(domain)) ?? ownerOf(domain)
  const zone = wantsDns ? valued(await zoneOf(owner, call)) : null
  if (dns !== undefined && zone !== null) {
    const value = await text(dns)
    return {
      challenge: dns,
      placed: { owner, text: value },
      put: () => addText(zone, owner, value, call),
      async look() {
        // As it stands by now: other proofs may have the same owner.
        const name = `${owner} TXT`
        const read = await zone.read([name], call)
        if (!read.ok) return read.failure
        const settled = await untilAllAnswer(zone, name, read.value.get(name) ?? null, call)
        const silent = settled.filter(({ right }) => !right).map(({ server }) => server)
        if (silent.length === 0) return null
        return trouble('timeout', {
          id: `Server DNS ${silent.join(', ')} belum menjawab ${owner} TXT. Periksa pemindahan zona ${zone.name}.`,
          en: `The DNS servers ${silent.join(', ')} do not answer ${owner} TXT yet. Check the transfer of the zone ${zone.name}.`,
        }).failure
      },
    }
  }
  if (http === undefined)
    throw trouble('invalid', {
      id: `${authorization.wildcard === true ? '*.' : ''}${domain} hanya dapat dibuktikan melalui DNS, dan tidak ada zona kami yang memuatnya. Tambahkan zonanya, atau unggah sertifikat.`,
      en: `${authorization.wildcard === true ? '*.' : ''}${domain} can only be proved by DNS, and it lies in no zone of ours. Add its zone, or hand in a certificate.`,
    })
  const value = await text(http)
  return {
    challenge: http,
    placed: { owner: null, text: http.token },
    put: () => place.put(http.token, value, call),
    async look() {
      const words = await lookForAnswer({ domain, token: http.token, text: value }, settings.look, call)
      return words === null ? null : trouble('invalid', words).failure
    },
  }
}

/** Of all that stands there because of an order; gives what could not be taken away, for the next time. */
export async function takeAway(all: readonly Placed[], { zoneOf, place, call }: Omit<Proving, 'settings'>): Promise<readonly Placed[]> {
  // Also after the errand itself was stopped.
  const still: Call = { ...call, signal: AbortSignal.timeout(30_000) }
  const left: Placed[] = []
  for (const one of all) {
    const gone = await takeOne(one, zoneOf, place, still)
    if (gone.ok) continue
    call.log.warn({ why: gone.failure.message }, `the answer to a challenge was left ${one.owner ?? 'on the web server'}`)
    left.push(one)
  }
  return left
}

async function takeOne({ owner, text }: Placed, zoneOf: ZoneOf, place: ChallengePlace, call: Call): Promise<Outcome<void>> {
  if (owner === null) return await place.remove(text, call)
  const zone = await zoneOf(owner, call)
  if (!zone.ok) return zone
  // A zone that is no longer ours is no longer ours to clean.
  return zone.value === null ? done(undefined) : await dropText(zone.value, owner, text, call)
}

const TRIES = 5
const TTL = 60

const quoted = (value: string) => `"${value}"`

/** Beside what stands there: the challenges of a name and of its wildcard have one owner. */
const addText = (zone: ZoneHands, owner: string, value: string, call: Call): Promise<Outcome<void>> =>
  swapText(zone, owner, was => stateOf('TXT', was?.ttl ?? TTL, [...(was?.data ?? []), quoted(value)]), call)

function dropText(zone: ZoneHands, owner: string, value: string, call: Call): Promise<Outcome<void>> {
  const without = (was: RrsetState | null) => {
    const left = was?.data.filter(one => one !== quoted(value)) ?? []
    return was === null || left.length === 0 ? null : stateOf('TXT', was.ttl, left)
  }
  return swapText(zone, owner, without, call)
}

/** Somebody else may write there at the same time: then it is read again. */
async function swapText(zone: ZoneHands, owner: string, change: (was: RrsetState | null) => RrsetState | null, call: Call): Promise<Outcome<void>> {
  const name = `${owner} TXT`
  for (let left = TRIES; ; left--) {
    const read = await zone.read([name], call)
    if (!read.ok) return read
    const was = (read.value.get(name) ?? null) as RrsetState | null
    const after = change(was)
    if (was === null && after === null) return done(undefined)
    const put = await zone.put(name, was, after, call)
    if (put.ok || left <= 1 || (put.failure.kind !== 'conflict' && put.failure.kind !== 'stale')) return put
  }
}

/** A failure of ours, on its way out through acme-client's errand. */
export function valued<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new AcmeTrouble(outcome.failure)
  return outcome.value
}
