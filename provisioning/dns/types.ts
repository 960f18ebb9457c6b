// Numbers of DNS: types, classes, codes of answers (IANA dns-parameters), and the order of serial numbers.

export const TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  OPT: 41,
  DS: 43,
  SSHFP: 44,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  CDS: 59,
  CDNSKEY: 60,
  TSIG: 250,
  AXFR: 252,
  ANY: 255,
  CAA: 257,
} as const
export type TypeName = keyof typeof TYPE

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(TYPE).map(([name, number]) => [number, name]))
/** Others as RFC 3597 says: `TYPE65`. */
export const typeName = (number: number): string => NAMES.get(number) ?? `TYPE${number}`
/** Null: no type. */
export function typeNumber(name: string): number | null {
  if (Object.hasOwn(TYPE, name)) return TYPE[name as TypeName]
  const other = /^TYPE([1-9]\d{0,4})$/.exec(name)
  return other === null || Number(other[1]) > 65_535 ? null : Number(other[1])
}

export const CLASS = { IN: 1, NONE: 254, ANY: 255 } as const

export const OPCODE = { QUERY: 0, UPDATE: 5 } as const

export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  BADSIG: 16,
  BADKEY: 17,
  BADTIME: 18,
} as const
const RCODES: ReadonlyMap<number, string> = new Map(Object.entries(RCODE).map(([name, number]) => [number, name]))
export const rcodeName = (number: number): string => RCODES.get(number) ?? `RCODE${number}`

/** Whether serial `a` is newer than `b` (RFC 1982, 3.2): they count round. Two that lie half a round apart are neither. */
export function isNewer(a: number, b: number): boolean {
  const ahead = (a - b) >>> 0
  return ahead > 0 && ahead < 0x8000_0000
}
