// The part of snmp-native (which ships no types) that is used here.
declare module 'snmp-native' {
  import type { EventEmitter } from 'node:events'

  export interface VarBind {
    oid: number[]
    type: number
    value: number | string | Buffer | number[] | null
    valueRaw?: Buffer
  }
  export class Packet {
    version: number
    community: string
    pdu: { type: number; reqid: number; error: number; errorIndex: number; varbinds: VarBind[] }
  }
  export interface Options {
    host?: string
    port?: number
    community?: string
    family?: 'udp4' | 'udp6'
    /** Milliseconds to wait for each sending. */
    timeouts?: number[]
    oids?: readonly (readonly number[])[]
    abortOnError?: boolean
  }
  export class Session extends EventEmitter {
    constructor(options?: Options)
    sendMsg(packet: Packet, options: Options, answered: (error: (Error & { code?: string }) | null, varbinds?: VarBind[]) => void): void
    getAll(options: Options, answered: (error: Error | null, varbinds?: VarBind[]) => void): void
    close(): void
  }
  export const PduTypes: Readonly<Record<'GetRequestPDU' | 'GetNextRequestPDU' | 'GetResponsePDU' | 'SetRequestPDU', number>>
  export const Versions: Readonly<Record<'SNMPv1' | 'SNMPv2c', number>>
  export function encode(packet: Packet): Buffer
  export function parse(bytes: Buffer): Packet
}
