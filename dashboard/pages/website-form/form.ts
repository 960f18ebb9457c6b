// A website as it is typed: every field a text, read and checked at the field, made into what the daemon takes. Pure.
import type { CronEntry, Website } from '../../../daemon/domain/website.ts'
import { INTERPRETERS } from './terms.ts'

export interface Typed {
  readonly name: string
  readonly host: string
  readonly domains: string
  readonly server: string
  readonly runtime: string
  readonly version: string
  readonly children: string
  readonly memory: string
  readonly upload: string
  readonly port: string
  readonly interpreter: string
  readonly file: string
  readonly arguments: string
  readonly quota: string
  readonly keys: string
  readonly database: string
  readonly connections: string
  readonly size: string
  readonly certificate: string
  readonly cron: string
  readonly records: string
  readonly addresses: string
  readonly openings: string
  readonly backup: string
  readonly backupDays: string
}
export type FieldKey = keyof Typed

export const EMPTY: Typed = {
  ...{
    name: '',
    host: '',
    domains: '',
    server: 'nginx',
    runtime: 'php',
    version: '',
    children: '8',
    memory: '128',
    upload: '32',
    port: '',
    interpreter: 'node',
  },
  ...{
    file: '',
    arguments: '',
    quota: '1024',
    keys: '',
    database: 'none',
    connections: '20',
    size: '512',
    certificate: 'acme',
    cron: '',
    records: '',
  },
  ...{ addresses: '', openings: '', backup: 'daily', backupDays: '30' },
}

export type Wrong =
  | { readonly key: 'required' | 'name' | 'version' | 'path' | 'argument' }
  | { readonly key: 'domain' | 'twice'; readonly text: string }
  | { readonly key: 'number'; readonly least: number; readonly most: number }
  | { readonly key: 'key' | 'cron' | 'record' | 'address' | 'opening'; readonly line: number }
  | { readonly key: 'noZone'; readonly line: number; readonly text: string }
export type Mistakes = Partial<Readonly<Record<FieldKey, Wrong>>>

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter(word => word !== '')

const DOMAIN = /^(?=.{4,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/i
const NAME = /^(?!.*--)[a-z][a-z0-9-]{0,29}[a-z0-9]$/
const PATH = /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/
const ARGUMENT = /^[A-Za-z0-9._=:@,+/-]+$/
const KEY = /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9-]+@openssh\.com) [A-Za-z0-9+/]{40,}={0,3}( .*)?$/
const TIME = /^(\*|\d{1,2}(-\d{1,2})?)(\/\d{1,2})?(,(\*|\d{1,2}(-\d{1,2})?)(\/\d{1,2})?)*$/
const IP = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)$/i
const NETWORK = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)(\/\d{1,3})?$/i

/** The longest zone of ours that a name stands in; null: none. */
export const zoneOf = (domain: string, zones: readonly string[]): string | null =>
  zones.filter(zone => domain === zone || domain.endsWith(`.${zone}`)).toSorted((a, b) => b.length - a.length)[0] ?? null

const whole = (text: string, least: number, most: number): Wrong | null =>
  /^\d{1,9}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most ? null : { key: 'number', least, most }

const needed = (text: string): Wrong | null => (text.trim() === '' ? { key: 'required' } : null)

function domainsWrong(text: string): Wrong | null {
  const lines = linesOf(text)
  if (lines.length === 0) return { key: 'required' }
  const bad = lines.find(line => !DOMAIN.test(line))
  if (bad !== undefined) return { key: 'domain', text: bad }
  const twice = lines.find((line, i) => lines.findIndex(one => one.toLowerCase() === line.toLowerCase()) !== i)
  return twice === undefined ? null : { key: 'twice', text: twice }
}

/** The first line that does not fit. */
function lineWrong<K extends 'key' | 'cron' | 'record' | 'address' | 'opening'>(text: string, key: K, fits: (line: string) => boolean): Wrong | null {
  const at = linesOf(text).findIndex(line => !fits(line))
  return at === -1 ? null : { key, line: at + 1 }
}

const isCron = (line: string): boolean => {
  const [a = '', b = '', c = '', d = '', e = '', interpreter = '', file = '', ...rest] = wordsOf(line)
  return (
    [a, b, c, d, e].every(one => TIME.test(one)) &&
    INTERPRETERS.some(one => one === interpreter) &&
    PATH.test(file) &&
    rest.every(one => ARGUMENT.test(one))
  )
}
const isRecord = (line: string): boolean => {
  const [domain = '', address = '', ttl = '3600', ...rest] = wordsOf(line)
  return DOMAIN.test(domain) && IP.test(address) && whole(ttl, 60, 604_800) === null && rest.length === 0
}
const isAddress = (line: string): boolean => {
  const [address = '', name = '', ...rest] = wordsOf(line)
  return IP.test(address) && DOMAIN.test(name) && rest.length === 0
}
const isOpening = (line: string): boolean => {
  const [protocol = '', port = '', from = '', ...rest] = wordsOf(line)
  return /^(tcp|udp)$/.test(protocol) && whole(port, 1, 65_535) === null && NETWORK.test(from) && rest.length === 0
}

function recordsWrong(text: string, zones: readonly string[]): Wrong | null {
  const bad = lineWrong(text, 'record', isRecord)
  if (bad !== null) return bad
  const lines = linesOf(text)
  const at = lines.findIndex(line => zoneOf(wordsOf(line)[0] ?? '', zones) === null)
  return at === -1 ? null : { key: 'noZone', line: at + 1, text: wordsOf(lines[at] ?? '')[0] ?? '' }
}

/** What each kind of running asks for besides. */
export const ASKED: Readonly<Record<string, readonly FieldKey[]>> = {
  static: [],
  php: ['version', 'children', 'memory', 'upload'],
  app: ['port', 'interpreter', 'file', 'arguments', 'memory'],
}

export function mistakesOf(typed: Typed, zones: readonly string[]): Mistakes {
  const asked = ASKED[typed.runtime] ?? []
  const app = typed.runtime === 'app'
  const found: Partial<Record<FieldKey, Wrong | null>> = {
    name: needed(typed.name) ?? (NAME.test(typed.name) ? null : { key: 'name' }),
    host: needed(typed.host),
    domains: domainsWrong(typed.domains),
    quota: whole(typed.quota, 16, 10_000_000),
    keys: lineWrong(typed.keys, 'key', line => KEY.test(line)),
    cron: lineWrong(typed.cron, 'cron', isCron),
    records: recordsWrong(typed.records, zones),
    addresses: lineWrong(typed.addresses, 'address', isAddress),
    openings: lineWrong(typed.openings, 'opening', isOpening),
    ...(asked.includes('version')
      ? { version: needed(typed.version) ?? (/^\d{1,2}\.\d{1,2}$/.test(typed.version) ? null : { key: 'version' }) }
      : {}),
    ...(asked.includes('children') ? { children: whole(typed.children, 1, 200), upload: whole(typed.upload, 1, 4096) } : {}),
    ...(asked.includes('memory') ? { memory: app ? whole(typed.memory, 32, 65_536) : whole(typed.memory, 16, 4096) } : {}),
    ...(app
      ? {
          port: whole(typed.port, 1024, 65_535),
          file: needed(typed.file) ?? (PATH.test(typed.file) ? null : { key: 'path' }),
          arguments: wordsOf(typed.arguments).every(one => ARGUMENT.test(one)) ? null : { key: 'argument' },
        }
      : {}),
    ...(typed.database === 'none' ? {} : { connections: whole(typed.connections, 1, 500), size: whole(typed.size, 1, 10_000_000) }),
    ...(typed.backup === 'none' ? {} : { backupDays: whole(typed.backupDays, 1, 3650) }),
  }
  return Object.fromEntries(Object.entries(found).filter(([, wrong]) => wrong !== null)) as Mistakes
}

const cronOf = (line: string) => {
  const [a, b, c, d, e, interpreter, file, ...rest] = wordsOf(line)
  return { time: [a, b, c, d, e].join(' '), interpreter, file, arguments: rest }
}

function runtimeOf(typed: Typed) {
  if (typed.runtime === 'php')
    return { kind: 'php', version: typed.version, children: Number(typed.children), memory: Number(typed.memory), upload: Number(typed.upload) }
  if (typed.runtime === 'static') return { kind: 'static' }
  return {
    ...{ kind: 'app', port: Number(typed.port), interpreter: typed.interpreter, file: typed.file },
    arguments: wordsOf(typed.arguments),
    memory: Number(typed.memory),
  }
}

/** The whole document; the daemon reads it again by its own schema. `was`: of one that is edited, for what the form does not ask. */
export function websiteOf(typed: Typed, zones: readonly string[], was: Website | null = null): object {
  return {
    name: typed.name,
    host: typed.host,
    domains: linesOf(typed.domains).map(one => one.toLowerCase()),
    server: typed.server,
    runtime: runtimeOf(typed),
    quota: Number(typed.quota),
    keys: linesOf(typed.keys),
    database: typed.database === 'none' ? null : { engine: typed.database, connections: Number(typed.connections), size: Number(typed.size) },
    certificate: typed.certificate,
    cron: linesOf(typed.cron).map(cronOf),
    records: linesOf(typed.records).map(line => {
      const [domain = '', address = '', ttl = '3600'] = wordsOf(line)
      const before = was?.records.find(one => one.domain === domain && one.address === address)
      return { zone: before?.zone ?? zoneOf(domain, zones) ?? '', domain, address, ttl: Number(ttl) }
    }),
    addresses: linesOf(typed.addresses).map(line => {
      const [address = '', name = ''] = wordsOf(line)
      return { address, zone: was?.addresses.find(one => one.address === address)?.zone ?? null, name }
    }),
    openings: linesOf(typed.openings).map(line => {
      const [protocol = '', port = '', from = ''] = wordsOf(line)
      return { protocol, port: Number(port), from }
    }),
    backup: typed.backup === 'none' ? null : { every: typed.backup, days: Number(typed.backupDays) },
    state: was?.state ?? 'live',
  }
}

const cronLine = ({ time, interpreter, file, arguments: rest }: (typeof CronEntry)['_output']): string => [time, interpreter, file, ...rest].join(' ')

/** Of a website, or of as much of one as a ticket's answers give. */
export function typedOf(given: Partial<Website>): Typed {
  const text = (value: unknown, otherwise: string): string => (value === undefined || value === null ? otherwise : String(value))
  const lines = (value: readonly string[] | undefined): string => (value ?? []).join('\n')
  const { runtime, database, backup } = given
  const php = runtime?.kind === 'php' ? runtime : null
  const app = runtime?.kind === 'app' ? runtime : null
  return {
    name: text(given.name, ''),
    host: text(given.host, ''),
    domains: lines(given.domains),
    server: text(given.server, EMPTY.server),
    runtime: runtime?.kind ?? EMPTY.runtime,
    version: text(php?.version, EMPTY.version),
    children: text(php?.children, EMPTY.children),
    memory: text(php?.memory ?? app?.memory, EMPTY.memory),
    upload: text(php?.upload, EMPTY.upload),
    port: text(app?.port, EMPTY.port),
    interpreter: text(app?.interpreter, EMPTY.interpreter),
    file: text(app?.file, EMPTY.file),
    arguments: (app?.arguments ?? []).join(' '),
    quota: text(given.quota, EMPTY.quota),
    keys: lines(given.keys),
    database: database === undefined || database === null ? 'none' : text(database.engine, 'none'),
    connections: text(database?.connections, EMPTY.connections),
    size: text(database?.size, EMPTY.size),
    certificate: text(given.certificate, EMPTY.certificate),
    cron: lines(given.cron?.map(cronLine)),
    records: lines(given.records?.map(({ domain, address, ttl }) => `${domain} ${address} ${ttl}`)),
    addresses: lines(given.addresses?.map(({ address, name }) => `${address} ${name}`)),
    openings: lines(given.openings?.map(({ protocol, port, from }) => `${protocol} ${port} ${from}`)),
    backup: backup === undefined ? EMPTY.backup : backup === null ? 'none' : backup.every,
    backupDays: text(backup?.days, EMPTY.backupDays),
  }
}

/** Which field of the page a path of the document is about: `website.runtime.version` → `version`. */
export function fieldOf(path: string): FieldKey | 'organisation' | 'reason' | null {
  const parts = path.split('.').filter(part => part !== 'website' && !/^\d+$/.test(part))
  const [first = '', second = ''] = parts
  if (first === 'organisation' || first === 'reason') return first
  if (first === 'runtime') return second === 'kind' || second === '' ? 'runtime' : second in EMPTY ? (second as FieldKey) : 'runtime'
  if (first === 'database') return second === 'connections' || second === 'size' ? second : 'database'
  if (first === 'backup') return second === 'days' ? 'backupDays' : 'backup'
  return first in EMPTY ? (first as FieldKey) : null
}
