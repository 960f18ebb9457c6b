// One message of DNS: header, question, three sections (RFC 1035, 4), with what EDNS(0) and TSIG add. Every length is checked before it is used.
import { at16, at32, u16, u32 } from './bytes.ts'
import { nameWire, readName } from './name.ts'
import { readData } from './rdata.ts'
import { CLASS, TYPE } from './types.ts'

export interface Question {
  readonly name: string
  readonly type: number
  readonly class: number
}

export interface Rr extends Question {
  readonly ttl: number
  /** In its one text; null: no data of its type, or none at all. */
  readonly text: string | null
  readonly data: Uint8Array
}

export interface Message {
  readonly id: number
  readonly response: boolean
  readonly opcode: number
  readonly authoritative: boolean
  readonly truncated: boolean
  readonly authenticated: boolean
  /** With the upper bits that EDNS carries. */
  readonly rcode: number
  readonly questions: readonly Question[]
  readonly answers: readonly Rr[]
  readonly authorities: readonly Rr[]
  readonly additionals: readonly Rr[]
  /** The last additional record, when it is a TSIG, and at which octet it begins. */
  readonly tsig: { readonly rr: Rr; readonly at: number } | null
}

const HEADER = 12

/** Null: malformed. What follows after the last record is malformed too. */
export function decode(bytes: Uint8Array): Message | null {
  if (bytes.length < HEADER) return null
  const flags = at16(bytes, 2)
  const questions: Question[] = []
  let at = HEADER
  for (let left = at16(bytes, 4); left > 0; left--) {
    const found = readName(bytes, at)
    if (found === null || found.next + 4 > bytes.length) return null
    questions.push({ name: found.name, type: at16(bytes, found.next), class: at16(bytes, found.next + 2) })
    at = found.next + 4
  }
  const sections: Rr[][] = [[], [], []]
  let last = at
  for (const [i, section] of sections.entries())
    for (let left = at16(bytes, 6 + 2 * i); left > 0; left--) {
      const found = readRr(bytes, at)
      if (found === null) return null
      section.push(found.rr)
      last = at
      at = found.next
    }
  if (at !== bytes.length) return null
  const [answers = [], authorities = [], additionals = []] = sections
  // A TSIG is the very last record, or the message is malformed (RFC 8945, 5.2).
  const signed = additionals.at(-1)?.type === TYPE.TSIG
  if ([...answers, ...authorities, ...additionals.slice(0, -1)].some(({ type }) => type === TYPE.TSIG)) return null
  const edns = additionals.find(({ type }) => type === TYPE.OPT)
  return {
    id: at16(bytes, 0),
    response: (flags & 0x8000) !== 0,
    opcode: (flags >>> 11) & 15,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    authenticated: (flags & 0x0020) !== 0,
    rcode: (flags & 15) | (((edns?.ttl ?? 0) >>> 24) << 4),
    questions,
    answers,
    authorities,
    additionals,
    tsig: signed ? { rr: additionals.at(-1)!, at: last } : null,
  }
}

function readRr(bytes: Uint8Array, at: number): { readonly rr: Rr; readonly next: number } | null {
  const found = readName(bytes, at)
  if (found === null || found.next + 10 > bytes.length) return null
  const { name, next: head } = found
  const from = head + 10
  const to = from + at16(bytes, head + 8)
  if (to > bytes.length) return null
  const type = at16(bytes, head)
  const rr: Rr = {
    name,
    type,
    class: at16(bytes, head + 2),
    ttl: at32(bytes, head + 4),
    text: to === from ? null : readData(type, bytes, from, to),
    data: bytes.subarray(from, to),
  }
  return { rr, next: to }
}

/** A record to be sent; names in its data are whole. */
export interface Sent {
  readonly name: string
  readonly type: number
  readonly class: number
  readonly ttl: number
  readonly data: Uint8Array
}

const wire = (name: string): Uint8Array => {
  const octets = nameWire(name)
  if (octets === null) throw new RangeError(`${JSON.stringify(name)} is no name`)
  return octets
}
const rrWire = ({ name, type, class: of, ttl, data }: Sent): readonly number[] => [
  ...wire(name),
  ...u16(type),
  ...u16(of),
  ...u32(ttl),
  ...u16(data.length),
  ...data,
]

/** EDNS(0) (RFC 6891): how large an answer by UDP may be without being torn into fragments (DNS flag day 2020), and whether signatures are wanted. */
export const edns = (dnssec: boolean): Sent => ({ name: '.', type: TYPE.OPT, class: 1232, ttl: dnssec ? 0x8000 : 0, data: new Uint8Array() })

export interface Outgoing {
  readonly id: number
  readonly opcode: number
  /** Asks a resolver to look further. */
  readonly recursion?: boolean
  readonly questions: readonly Question[]
  readonly answers?: readonly Sent[]
  readonly authorities?: readonly Sent[]
  readonly additionals?: readonly Sent[]
}

/** Nothing is compressed: messages of ours are short. A name that is none throws. */
export function encode({ id, opcode, recursion, questions, answers = [], authorities = [], additionals = [] }: Outgoing): Buffer {
  const parts: (Buffer | readonly number[])[] = [
    [...u16(id), ...u16((opcode << 11) | (recursion === true ? 0x0100 : 0))],
    [questions, answers, authorities, additionals].flatMap(({ length }) => u16(length)),
    ...questions.map(({ name, type, class: of }) => [...wire(name), ...u16(type), ...u16(of)]),
    ...[...answers, ...authorities, ...additionals].map(rrWire),
  ]
  return Buffer.concat(parts.map(part => Buffer.from(part)))
}

export const ask = (name: string, type: number): Question => ({ name, type, class: CLASS.IN })
