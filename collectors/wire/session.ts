// The small interface behind which every SNMP version hides: what discovery asks with.
import type { Outcome } from '../../daemon/domain/outcome.ts'

/** ASN.1 tags of SNMP values (RFC 3416) and of the three exceptions. */
export const TYPE = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  ipAddress: 0x40,
  counter32: 0x41,
  gauge32: 0x42,
  timeTicks: 0x43,
  opaque: 0x44,
  counter64: 0x46,
  noSuchObject: 0x80,
  noSuchInstance: 0x81,
  endOfMibView: 0x82,
} as const

/**
 * One answered variable. `value`: number for integers, 32-bit counters, gauges and ticks; bigint for Counter64;
 * bytes for OCTET STRING and Opaque; dotted text for OBJECT IDENTIFIER and IpAddress; null for NULL and the exceptions.
 */
export interface Varbind {
  readonly oid: string
  readonly type: number
  readonly value: number | bigint | Uint8Array | string | null
}

export interface SnmpSession {
  get(oids: readonly string[]): Promise<Outcome<readonly Varbind[]>>
  getNext(oids: readonly string[]): Promise<Outcome<readonly Varbind[]>>
  /** v1 has no GETBULK: falls back to GETNEXT, one row an answer. */
  getBulk(nonRepeaters: number, maxRepetitions: number, oids: readonly string[]): Promise<Outcome<readonly Varbind[]>>
  /** Figures of this session since it was opened. */
  readonly spent: { readonly pdus: number; readonly timeouts: number }
  close(): void
}
