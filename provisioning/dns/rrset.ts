// What may be wanted of records: each type's own rules, said so that a person can mend it. What servers have already is read as it is, not judged.
import { z } from 'zod'
import type { Words } from '../../daemon/domain/form.ts'
import { done, type FieldError, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import { HIDDEN } from '../../daemon/domain/safe.ts'
import { isWithin, nameOf } from './name.ts'
import { dataOf } from './rdata.ts'
import { keyText, type RrsetState, stateOf } from './state.ts'
import { quotedText, splitText, wordsOf } from './strings.ts'

export const RRSET_TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV', 'CAA', 'PTR', 'NS', 'SSHFP', 'TLSA', 'DS'] as const
export type RrsetType = (typeof RRSET_TYPES)[number]

const isType = (type: string): type is RrsetType => (RRSET_TYPES as readonly string[]).includes(type)

/** RFC 952 and 1123; a star may stand first in owners. */
const HOST = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+$/
/** Labels of what is no host begin with an underscore (RFC 8552). */
const LABELS = /^(_?[a-z0-9]([a-z0-9_-]*[a-z0-9])?\.)+$/

const EXPECTED: Readonly<Record<RrsetType, Words>> = {
  A: { id: 'alamat IPv4, misalnya 10.20.0.5', en: 'an IPv4 address, such as 10.20.0.5' },
  AAAA: { id: 'alamat IPv6, misalnya 2001:db8::5', en: 'an IPv6 address, such as 2001:db8::5' },
  CNAME: { id: 'satu nama, misalnya www.contoh.go.id.', en: 'one name, such as www.example.go.id.' },
  MX: { id: 'prioritas dan nama host, misalnya 10 mail.contoh.go.id.', en: 'preference and host, such as 10 mail.example.go.id.' },
  TXT: { id: 'teks dalam tanda kutip, tiap bagian paling banyak 255 oktet', en: 'text in quotes, each part at most 255 octets' },
  SRV: {
    id: 'prioritas, bobot, porta, host, misalnya 0 5 443 www.contoh.go.id.',
    en: 'priority, weight, port, host, such as 0 5 443 www.example.go.id.',
  },
  CAA: { id: 'bendera, tag, nilai, misalnya 0 issue "letsencrypt.org"', en: 'flags, tag, value, such as 0 issue "letsencrypt.org"' },
  PTR: { id: 'satu nama host, misalnya www.contoh.go.id.', en: 'one host name, such as www.example.go.id.' },
  NS: { id: 'nama server nama, misalnya ns1.contoh.go.id.', en: 'the name of a name server, such as ns1.example.go.id.' },
  SSHFP: { id: 'algoritma, jenis, sidik jari heksadesimal, misalnya 4 2 …', en: 'algorithm, type, fingerprint in hexadecimal, such as 4 2 …' },
  TLSA: {
    id: 'penggunaan, pemilih, jenis, data heksadesimal, misalnya 3 1 1 …',
    en: 'usage, selector, matching, data in hexadecimal, such as 3 1 1 …',
  },
  DS: {
    id: 'tag kunci, algoritma, jenis, sidik heksadesimal, misalnya 12345 13 2 …',
    en: 'key tag, algorithm, type, digest in hexadecimal, such as 12345 13 2 …',
  },
}

const DIGESTS: Readonly<Record<string, number>> = { '1': 64, '2': 128 }
const isHost = (name: string): boolean => HOST.test(name)
/** Octets of a TXT record; more does not fit answers, and nobody reads it. */
const LONGEST_TEXT = 4000

/** Of data in its one text. */
const RULES: Readonly<Record<RrsetType, (words: readonly string[], text: string) => boolean>> = {
  A: ([address = '']) => !address.startsWith('0.') && address !== '255.255.255.255',
  AAAA: ([address = '']) => address !== '::',
  CNAME: ([target = '']) => LABELS.test(target),
  // `0 .`: takes no mail (RFC 7505).
  MX: ([preference, host = '']) => isHost(host) || (host === '.' && preference === '0'),
  TXT: (_, text) => (wordsOf(text) ?? []).reduce((sum, { octets }) => sum + octets.length, 0) <= LONGEST_TEXT,
  SRV: ([, , , host = '']) => isHost(host) || host === '.',
  CAA: ([flags, tag = ''], text) =>
    (flags === '0' || flags === '128') &&
    ['issue', 'issuewild', 'issuemail', 'issuevmc', 'iodef', 'contactemail', 'contactphone'].includes(tag) &&
    (tag !== 'iodef' || /^\d+ iodef "(mailto:|https?:\/\/)/.test(text)),
  PTR: ([host = '']) => isHost(host),
  NS: ([host = '']) => isHost(host),
  SSHFP: ([algorithm = '', type = '', print = '']) =>
    ['1', '3', '4', '6'].includes(algorithm) && (type === '1' ? print.length === 40 : type === '2' && print.length === 64),
  TLSA: ([usage = '', selector = '', matching = '', data = '']) =>
    /^[0-3]$/.test(usage) && /^[01]$/.test(selector) && (matching === '0' || DIGESTS[matching] === data.length),
  // SHA-1 (1) is not to be used for new ones (RFC 8624, 3.3).
  DS: ([, algorithm = '', type = '', digest = '']) =>
    Number(algorithm) >= 5 && (type === '2' ? digest.length === 64 : type === '4' && digest.length === 96),
}

const SINGLE: ReadonlySet<string> = new Set(['CNAME'])
const MOST = 100

/** Also what is written by escapes or in UTF-8. */
function hides(type: string, text: string): boolean {
  if (HIDDEN.test(text)) return true
  if (type !== 'TXT' && type !== 'CAA') return false
  return (wordsOf(text) ?? []).some(({ octets }) => HIDDEN.test(new TextDecoder().decode(octets)))
}

const HIDES: Words = { id: 'ada tanda kendali atau tanda yang tidak terlihat', en: 'it has control signs or signs that cannot be seen' }

/** Null: it may stand there. */
function mistakeIn(type: RrsetType, text: string): Words | null {
  if (hides(type, text)) return HIDES
  const one = dataOf(type, text)
  if (one === null || !RULES[type](one.split(' '), one)) return { id: `harus ${EXPECTED[type].id}`, en: `it must be ${EXPECTED[type].en}` }
  return one === text ? null : { id: `tulislah ${one}`, en: `write it as ${one}` }
}

/** What a plan wants of an RRset: in the one text of each, sorted, each once. */
export const Rrset = z
  .strictObject({
    type: z.enum(RRSET_TYPES),
    ttl: z.int().min(0).max(2_147_483_647),
    data: z.array(z.string().min(1).max(20_000)).min(1).max(MOST),
  })
  .superRefine(({ type, data }, context) => {
    for (const [i, text] of data.entries()) {
      const mistake = mistakeIn(type, text)
      if (mistake !== null) context.addIssue({ code: 'custom', path: ['data', i], message: mistake.en })
    }
    const sorted = [...new Set(data)].sort()
    if (sorted.length !== data.length || sorted.some((text, i) => text !== data[i]))
      context.addIssue({ code: 'custom', path: ['data'], message: 'each once, and sorted' })
    if (SINGLE.has(type) && data.length > 1) context.addIssue({ code: 'custom', path: ['data'], message: `a name has one ${type}` })
  })

/** `host`: only letters, digits and hyphens, for addresses and mail (RFC 1123). */
const ownerMistake = (owner: string, type: RrsetType, zone: string | null): Words | null => {
  const bare = owner.startsWith('*.') ? owner.slice(2) : owner
  const ofHost = type === 'A' || type === 'AAAA' || type === 'MX'
  if (!(ofHost ? HOST : LABELS).test(bare))
    return { id: `${owner} bukan nama yang boleh untuk ${type}`, en: `${owner} is no name that ${type} may have` }
  if (zone !== null && !isWithin(owner, zone)) return { id: `${owner} di luar zona ${zone}`, en: `${owner} is outside of the zone ${zone}` }
  if (type === 'CNAME' && owner === zone)
    return { id: 'nama zona itu sendiri tidak dapat menjadi CNAME', en: 'the zone’s own name cannot be a CNAME' }
  return null
}

/** Whether such a thing can be wanted in that zone at all; null: yes. */
export function nameMistake(name: string, zone: string): Words | null {
  const [owner = '', type = '', ...more] = name.split(' ')
  if (more.length > 0 || !isType(type) || nameOf(owner) !== owner)
    return { id: `“${name}” harus ditulis seperti “www.contoh.go.id. A”`, en: `“${name}” must be written like “www.example.go.id. A”` }
  return ownerMistake(owner, type, nameOf(zone))
}

export interface TypedRrset {
  /** With or without the last dot. */
  readonly owner: string
  readonly type: string
  readonly ttl: number
  /** As people type it; a text without quotes is one text, however long. */
  readonly data: readonly string[]
}

/** What a person typed, in its one text; every mistake at its field otherwise. `zone` null: any. */
export function rrsetOf(typed: TypedRrset, zone: string | null): Outcome<{ readonly name: string; readonly state: RrsetState }> {
  const errors: FieldError[] = []
  const wrong = (field: string, words: Words) => errors.push({ field, reason: words.en, words })
  const type = typed.type.toUpperCase()
  if (!isType(type)) {
    wrong('type', {
      id: `jenis ${typed.type} tidak dikenal; pakai ${RRSET_TYPES.join(' ')}`,
      en: `${typed.type} is no type here; use ${RRSET_TYPES.join(' ')}`,
    })
    return refused('invalid', sentence(errors), errors)
  }
  const owner = HIDDEN.test(typed.owner) ? null : nameOf(typed.owner.trim())
  const bad = owner === null ? { id: 'ini bukan nama', en: 'this is no name' } : ownerMistake(owner, type, zone === null ? null : nameOf(zone))
  if (bad !== null) wrong('owner', bad)
  if (!Number.isSafeInteger(typed.ttl) || typed.ttl < 0 || typed.ttl > 2_147_483_647)
    wrong('ttl', { id: 'TTL adalah detik, dari 0', en: 'a TTL is seconds, from 0' })
  const data: string[] = []
  for (const [i, text] of typed.data.entries()) {
    const one = hides(type, text) ? text : tidied(type, text)
    const mistake = mistakeIn(type, one)
    if (mistake === null) data.push(one)
    else wrong(`data.${i}`, mistake)
  }
  if (typed.data.length === 0 || typed.data.length > MOST) wrong('data', { id: `1 sampai ${MOST} isi`, en: `1 to ${MOST} of them` })
  if (SINGLE.has(type) && new Set(data).size > 1) wrong('data', { id: `satu nama hanya punya satu ${type}`, en: `a name has one ${type}` })
  if (errors.length > 0 || owner === null) return refused('invalid', sentence(errors), errors)
  return done({ name: keyText({ owner, type }), state: stateOf(type, typed.ttl, data) })
}

const sentence = (errors: readonly FieldError[]): Words => ({
  id: `Data DNS ini tidak dapat dipakai: ${errors.map(({ field, words }) => `${field}: ${words?.id}`).join('; ')}.`,
  en: `These DNS data cannot be used: ${errors.map(({ field, words }) => `${field}: ${words?.en}`).join('; ')}.`,
})

function tidied(type: RrsetType, text: string): string {
  if (type !== 'TXT') return dataOf(type, text.trim()) ?? text
  const words = text.trim().startsWith('"') ? wordsOf(text.trim()) : [{ octets: new TextEncoder().encode(text) }]
  if (words === null || words.length === 0) return text
  return words.flatMap(({ octets }) => splitText(octets).map(quotedText)).join(' ')
}
