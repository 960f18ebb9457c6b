// An RRset as a state: all records of one owner and type, in their one text, sorted; what a server says and what is wanted compare as they are.
import type { State } from '../../daemon/domain/change.ts'
import type { Rr } from './message.ts'
import { nameOf } from './name.ts'
import { CLASS, TYPE, typeName, typeNumber } from './types.ts'

export interface RrsetState extends State {
  readonly type: string
  /** Seconds. */
  readonly ttl: number
  readonly data: readonly string[]
}

export interface RrsetKey {
  /** `www.example.go.id.` */
  readonly owner: string
  readonly type: string
}

export const keyText = ({ owner, type }: RrsetKey): string => `${owner} ${type}`

/** Of `www.example.go.id. A`; null: it is not written so. */
export function readKey(text: string): RrsetKey | null {
  const [owner = '', type = '', ...more] = text.split(' ')
  return more.length === 0 && nameOf(owner) === owner && typeNumber(type) !== null ? { owner, type } : null
}

export const stateOf = (type: string, ttl: number, data: Iterable<string>): RrsetState => ({ type, ttl, data: [...new Set(data)].sort() })

export const sameState = (a: State | null, b: State | null): boolean => {
  if (a === null || b === null) return a === b
  const [one, other] = [a as RrsetState, b as RrsetState]
  return (
    one.type === other.type && one.ttl === other.ttl && one.data.length === other.data.length && one.data.every((text, i) => text === other.data[i])
  )
}

/** What a server makes itself: its serial number, its signatures and their book-keeping. */
const OWN: ReadonlySet<number> = new Set([
  TYPE.SOA,
  TYPE.RRSIG,
  TYPE.NSEC,
  TYPE.NSEC3,
  TYPE.NSEC3PARAM,
  TYPE.DNSKEY,
  TYPE.CDS,
  TYPE.CDNSKEY,
  TYPE.OPT,
  // BIND's note of how far signing went.
  65_534,
])
export const isServersOwn = (type: number): boolean => OWN.has(type)

/** RRsets by key, without what servers make themselves. Of different TTLs the least counts (RFC 2181, 5.2). */
export function rrsetsOf(records: Iterable<Rr>): Map<string, RrsetState> {
  const found = new Map<string, { readonly type: string; ttl: number; readonly data: string[] }>()
  for (const { name, type, class: of, ttl, text } of records) {
    if (of !== CLASS.IN || text === null || isServersOwn(type)) continue
    const key = keyText({ owner: name, type: typeName(type) })
    const one = found.get(key)
    if (one === undefined) found.set(key, { type: typeName(type), ttl, data: [text] })
    else {
      one.ttl = Math.min(one.ttl, ttl)
      one.data.push(text)
    }
  }
  return new Map([...found].map(([key, { type, ttl, data }]) => [key, stateOf(type, ttl, data)]))
}
