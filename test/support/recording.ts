// A recorded device: its variables as snmpsim wrote them down, and an SNMP session that answers from them without a network.
import { readFileSync } from 'node:fs'
import { arcs, compareOids } from '../../collectors/wire/oid.ts'
import { type SnmpSession, TYPE, type Varbind } from '../../collectors/wire/session.ts'
import { done } from '../../daemon/domain/outcome.ts'

const TAGS: Readonly<Record<string, number>> = {
  '2': TYPE.integer,
  '4': TYPE.octets,
  '5': TYPE.null,
  '6': TYPE.oid,
  '64': TYPE.ipAddress,
  '65': TYPE.counter32,
  '66': TYPE.gauge32,
  '67': TYPE.timeTicks,
  '68': TYPE.opaque,
  '70': TYPE.counter64,
}

/** The variables of a recording in the order agents walk. Lines that do not parse are skipped, of doubles the last is kept. */
function parseRecording(text: string): Varbind[] {
  const byOid = new Map<string, Varbind>()
  for (const line of text.split('\n')) {
    const found = /^\.?([\d.]+)\|(\d+)([xe]?)\|(.*)$/s.exec(line.replaceAll('\r', ''))
    if (found === null) continue
    const [, oid = '', tag = '', form = '', raw = ''] = found
    const type = TAGS[tag]
    const value = type === undefined || arcs(oid) === null ? undefined : readValue(type, form, raw)
    if (type !== undefined && value !== undefined) byOid.set(oid, { oid, type, value })
  }
  return [...byOid.values()].sort((a, b) => compareOids(a.oid, b.oid))
}

function readValue(type: number, form: string, raw: string): Varbind['value'] | undefined {
  switch (type) {
    case TYPE.null:
      return null
    case TYPE.octets:
    case TYPE.opaque:
      return octets(form, raw)
    case TYPE.oid: {
      const oid = raw.trim().replace(/^\./, '')
      return arcs(oid) === null ? undefined : oid
    }
    case TYPE.ipAddress: {
      const address = form === 'x' ? [...Buffer.from(raw.trim(), 'hex')].join('.') : raw.trim()
      return /^\d+\.\d+\.\d+\.\d+$/.test(address) ? address : undefined
    }
    case TYPE.counter64:
      return /^\d+$/.test(raw.trim()) ? BigInt(raw.trim()) : undefined
    default: {
      const number = Number(raw.trim())
      return raw.trim() !== '' && Number.isInteger(number) ? number : undefined
    }
  }
}

function octets(form: string, raw: string): Uint8Array {
  if (form === 'x') return Uint8Array.from(Buffer.from(raw.trim(), 'hex'))
  const text = raw.replace(/\s+$/, '')
  if (form !== 'e') return Uint8Array.from(Buffer.from(text, 'utf8'))
  const plain = text.replace(/\\(x[0-9a-fA-F]{2}|.)/g, (whole, code: string) => {
    if (code.startsWith('x')) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return { n: '\n', r: '\r', t: '\t', '0': '\0' }[code] ?? (code.length === 1 ? code : whole)
  })
  return Uint8Array.from(Buffer.from(plain, 'latin1'))
}

export const loadRecording = (file: string): Varbind[] => parseRecording(readFileSync(file, 'utf8'))

/** Answers of an agent that serves the variables, which are in order. */
export function agentOf(variables: readonly Varbind[]) {
  const byOid = new Map(variables.map(varbind => [varbind.oid, varbind]))
  const get = (oid: string): Varbind => byOid.get(oid) ?? { oid, type: TYPE.noSuchInstance, value: null }
  const next = (oid: string): Varbind => {
    let low = 0
    let high = variables.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareOids(variables[middle]?.oid ?? '', oid) <= 0) low = middle + 1
      else high = middle
    }
    return variables[low] ?? { oid, type: TYPE.endOfMibView, value: null }
  }
  const bulk = (nonRepeaters: number, repetitions: number, oids: readonly string[], most = Number.POSITIVE_INFINITY): Varbind[] => {
    const answer = oids.slice(0, nonRepeaters).map(next)
    const at = oids.slice(nonRepeaters)
    for (let n = 0; n < repetitions && at.length > 0; n++)
      for (let k = 0; k < at.length; k++) {
        if (answer.length >= most) return answer
        const varbind = next(at[k] ?? '')
        answer.push(varbind)
        at[k] = varbind.oid
      }
    return answer
  }
  return { get, next, bulk }
}

/** A session over the variables, counting what it was asked. */
export function recordedSession(variables: readonly Varbind[]): SnmpSession {
  const agent = agentOf(variables)
  const spent = { pdus: 0, timeouts: 0 }
  const asked = async <T>(value: T) => {
    spent.pdus++
    return done(value)
  }
  return {
    get: oids => asked(oids.map(agent.get)),
    getNext: oids => asked(oids.map(agent.next)),
    getBulk: (nonRepeaters, repetitions, oids) => asked(agent.bulk(nonRepeaters, repetitions, oids)),
    spent,
    close: () => undefined,
  }
}
