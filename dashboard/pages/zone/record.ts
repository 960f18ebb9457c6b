// A record as it is typed: read, checked by its type at the field, and made into what is asked for. Pure.
import type { State } from '../../../daemon/domain/change.ts'

export const TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS', 'SRV', 'CAA', 'PTR'] as const
export type RecordType = (typeof TYPES)[number]

export interface Typed {
  /** Below the zone; `@` is the zone itself. */
  readonly owner: string
  readonly type: string
  readonly ttl: string
  /** One value a line. */
  readonly data: string
}

export interface RRset extends State {
  readonly type: string
  readonly ttl: number
  readonly data: readonly string[]
}

/** Key of the sentence that says what is wrong, with the line it is about. */
export interface Wrong {
  readonly key: 'name' | 'ttl' | 'empty' | 'one' | 'cnameApex' | 'A' | 'AAAA' | 'name2' | 'MX' | 'TXT' | 'SRV' | 'CAA'
  readonly line?: number
}
export type Mistakes = Partial<Readonly<Record<'owner' | 'ttl' | 'data', Wrong>>>

const LABEL = '[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?'
const NAME = new RegExp(`^(?=.{1,253}\\.?$)${LABEL}(\\.${LABEL})*\\.?$`)
const OWNER = new RegExp(`^(@|\\*|(\\*\\.)?${LABEL}(\\.${LABEL})*)$`)
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const IPV4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/

/** The browser's own reader of addresses knows every way to write one. */
const isIpv6 = (text: string): boolean => text.includes(':') && /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`)
const isIpv4 = (text: string): boolean => IPV4.test(text)

const small = (text: string | undefined, most: number): boolean => text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= most
const isName = (text: string | undefined): boolean => text !== undefined && (text === '.' || NAME.test(text))

const OF_LINE: Readonly<Record<RecordType, readonly [key: Wrong['key'], fits: (line: string) => boolean]>> = {
  A: ['A', isIpv4],
  AAAA: ['AAAA', isIpv6],
  CNAME: ['name2', isName],
  NS: ['name2', isName],
  PTR: ['name2', isName],
  MX: [
    'MX',
    line => {
      const [priority, name, ...more] = line.split(/\s+/)
      return small(priority, 65_535) && isName(name) && more.length === 0
    },
  ],
  TXT: ['TXT', line => !HIDDEN.test(line) && new TextEncoder().encode(line).length <= 4_000],
  SRV: [
    'SRV',
    line => {
      const [priority, weight, port, name, ...more] = line.split(/\s+/)
      return small(priority, 65_535) && small(weight, 65_535) && small(port, 65_535) && isName(name) && more.length === 0
    },
  ],
  CAA: ['CAA', line => /^(0|128)\s+(issue|issuewild|iodef)\s+\S.*$/.test(line) && !HIDDEN.test(line)],
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

const isType = (type: string): type is RecordType => TYPES.some(one => one === type)

function mistakeInData({ type, data, owner }: Typed): Wrong | null {
  const lines = linesOf(data)
  if (lines.length === 0) return { key: 'empty' }
  if (type === 'CNAME' && owner === '@') return { key: 'cnameApex' }
  if (type === 'CNAME' && lines.length > 1) return { key: 'one' }
  // A type this page does not know is checked by the daemon, which knows more.
  if (!isType(type)) return null
  const [key, fits] = OF_LINE[type]
  const line = lines.findIndex(one => !fits(one))
  return line === -1 ? null : { key, line: line + 1 }
}

export function mistakesOf(typed: Typed): Mistakes {
  const ttl = Number(typed.ttl)
  const data = mistakeInData(typed)
  return {
    ...(OWNER.test(typed.owner) ? {} : { owner: { key: 'name' as const } }),
    ...(/^\d{1,6}$/.test(typed.ttl) && ttl >= 60 && ttl <= 604_800 ? {} : { ttl: { key: 'ttl' as const } }),
    ...(data === null ? {} : { data }),
  }
}

/** `www.example.go.id. A`. */
export const nameOf = ({ owner, type }: Pick<Typed, 'owner' | 'type'>, zone: string): string => `${owner === '@' ? '' : `${owner}.`}${zone}. ${type}`

/** Of `www.example.go.id. A` in example.go.id: `www` and `A`. */
export function partsOf(name: string, zone: string): { readonly owner: string; readonly type: string } {
  const cut = name.lastIndexOf(' ')
  const full = name.slice(0, cut).replace(/\.$/, '')
  const owner = full === zone ? '@' : full.endsWith(`.${zone}`) ? full.slice(0, -zone.length - 1) : full
  return { owner, type: name.slice(cut + 1) }
}

/** Texts may be written without their quotation marks. */
const written = (type: string, line: string): string =>
  type === 'TXT' && !/^".*"$/.test(line)
    ? `"${line.replaceAll(/["\\]/g, sign => `\\${sign}`)}"`
    : line.replaceAll(/\s+/g, type === 'TXT' ? '$&' : ' ')

export const rrsetOf = (typed: Typed): RRset => ({
  type: typed.type,
  ttl: Number(typed.ttl),
  data: linesOf(typed.data).map(line => written(typed.type, line)),
})

const isRRset = (state: State): state is RRset => typeof state['ttl'] === 'number' && Array.isArray(state['data'])

/** The values of a record as they are, for reading. */
export const dataOf = (state: State): readonly string[] => (isRRset(state) ? state.data : [JSON.stringify(state)])
export const ttlOf = (state: State): number | null => (isRRset(state) ? state.ttl : null)

/** Apex, wildcard and NS touch more than one website. */
export const needsTwo = ({ owner, type }: Pick<Typed, 'owner' | 'type'>): boolean => owner === '@' || owner.startsWith('*') || type === 'NS'
