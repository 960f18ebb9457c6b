// A website as things in order: what must be there on its host, in zones and in our books, so that each finds what it needs.
import { z } from 'zod'
import type { State, Wanted } from '../../daemon/domain/change.ts'
import type { Words } from '../../daemon/domain/form.ts'
import { readIp, readSubnet, writeIp } from '../../daemon/domain/ip.ts'
import { done, type FieldError, failed, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import { dbNameOf } from '../../daemon/domain/safe.ts'
import type { Website } from '../../daemon/domain/website.ts'
import { reverseOwner } from '../dns/reverse.ts'
import type { HostFacts } from '../hands.ts'
import { apacheHost } from './apache.ts'
import { crontab } from './cron.ts'
import { Listen } from './file.ts'
import { logRotation } from './logrotate.ts'
import { nginxHost } from './nginx.ts'
import { phpPool } from './pool.ts'
import { unitFile } from './unit.ts'

/** What of a host's facts decides how a website is made there. */
export type Ground = Pick<HostFacts, 'nginx' | 'apache' | 'php' | 'mariadb' | 'postgresql' | 'nftables' | 'systemd' | 'quota' | 'listen'>

/** Everything in the order of making: accounts before files, names before the certificate, the certificate before the server that shows it. */
export function websiteThings(website: Website, ground: Ground): Outcome<readonly Wanted[]> {
  const wrong = unfit(website, ground)
  if (wrong.length > 0)
    return refused(
      'invalid',
      {
        id: `Host ${website.host} tidak dapat memuat situs ${website.name}: ${wrong.map(({ words }) => words.id).join('; ')}.`,
        en: `The host ${website.host} cannot hold the website ${website.name}: ${wrong.map(({ words }) => words.en).join('; ')}.`,
      },
      wrong,
    )
  const listen = Listen.safeParse(ground.listen)
  if (!listen.success)
    return failed('garbage', `The host ${website.host} did not say where its web server listens: run its install command again.`, false)
  return done([...addresses(website), ...onHost(website, ground), ...records(website), ...served(website, listen.data), ...besides(website, ground)])
}

/**
 * From one document of a website to another: what the new one wants, then what only the old one had, gone in reverse order. `now` null: everything goes.
 * On a move the old host's things go after the new host's are there.
 */
export function websiteChange(was: readonly Wanted[], now: readonly Wanted[]): readonly Wanted[] {
  const keys = new Set(now.map(keyOf))
  const gone = was.filter(one => one.state !== null && !keys.has(keyOf(one))).toReversed()
  return [...now, ...gone.map(one => ({ ...one, state: null }))]
}

/** Of what a website is to hold: packed where it is, under the time that was wished for it, and kept there for some days. */
export interface Carried {
  readonly from: Pick<Website, 'host' | 'name'>
  readonly stamp: string
  readonly days: number
}

/** The website packed where it is. */
export const archiveOf = ({ from, stamp, days }: Carried): Wanted => ({
  resource: 'archive',
  place: { kind: 'host', id: from.host },
  name: `${from.name}.${stamp}`,
  state: { days },
})

const BEFORE_CONTENT: ReadonlySet<string> = new Set(['address', 'user', 'tree', 'quota', 'keys', 'mariadb', 'postgresql'])

/**
 * With what it is to hold: packed first, brought where account, folders and database are there, and before anything runs on it. Names lead to the new
 * place after it is served there.
 */
export function filledFrom(carried: Carried, things: readonly Wanted[], { host, name, database }: Website): readonly Wanted[] {
  const content: Wanted = {
    resource: 'content',
    place: { kind: 'host', id: host },
    name,
    state: { from: `${carried.from.host}/${carried.from.name}`, archive: carried.stamp, database: database?.engine ?? null },
  }
  const ground = things.filter(({ resource }) => BEFORE_CONTENT.has(resource))
  const names = things.filter(({ resource }) => resource === 'rrset')
  const rest = things.filter(({ resource }) => !BEFORE_CONTENT.has(resource) && resource !== 'rrset')
  return [archiveOf(carried), ...ground, content, ...rest, ...names]
}

const keyOf = ({ resource, place, name }: Wanted): string => `${place.kind}/${place.id}/${resource}/${name}`

interface Unfit extends FieldError {
  readonly words: Words
}

/** What the host lacks, each at its field, with the remedy. */
function unfit({ server, runtime, database, openings, cron }: Website, ground: Ground): Unfit[] {
  const wrong: Unfit[] = []
  const lacks = (field: string, id: string, en: string) => wrong.push({ field, reason: en, words: { id, en } })
  if (!ground[server]) lacks('server', `${server} tidak terpasang di host itu`, `it has no ${server}`)
  if (runtime.kind === 'php' && !ground.php.includes(runtime.version))
    lacks(
      'runtime.version',
      `PHP ${runtime.version} tidak ada; yang ada: ${ground.php.join(', ') || '—'}`,
      `it has no PHP ${runtime.version}; there is: ${ground.php.join(', ') || '—'}`,
    )
  if (runtime.kind === 'app' && !ground.systemd) lacks('runtime', 'aplikasi memerlukan systemd', 'programs need systemd')
  if (database !== null && !ground[database.engine])
    lacks('database.engine', `${database.engine} tidak terpasang di host itu`, `it has no ${database.engine}`)
  if (openings.length > 0 && !ground.nftables) lacks('openings', 'host itu tidak memakai nftables', 'it has no nftables')
  for (const [i, { from }] of openings.entries())
    if (sourceOf(from) === null) lacks(`openings.${i}.from`, `“${from}” bukan alamat, subnet, atau any`, `“${from}” is no address, subnet, or any`)
  for (const [i, { interpreter }] of cron.entries())
    if (interpreter === 'php' && ground.php.length === 0) lacks(`cron.${i}.interpreter`, 'PHP tidak terpasang di host itu', 'it has no PHP')
  return wrong
}

const Source = z.string().refine(text => !/[^0-9a-fA-F:./]/.test(text))

/** `any`, or an address or subnet in its one way of writing; null: none of them. */
function sourceOf(from: string): string | null {
  if (from === 'any') return from
  if (!Source.safeParse(from).success) return null
  const ip = readIp(from)
  if (ip !== null) return writeIp(ip)
  const subnet = readSubnet(from)
  return subnet === null ? null : `${writeIp({ version: subnet.version, number: subnet.first })}/${subnet.prefix}`
}

const books = (resource: string, name: string, state: State | null): Wanted => ({ resource, place: { kind: 'books', id: 'suar' }, name, state })
const thing = ({ host, name }: Website, resource: string, state: State | null, called: string = name): Wanted => ({
  resource,
  place: { kind: 'host', id: host },
  name: called,
  state,
})
const rrset = (zone: string, owner: string, state: State & { readonly type: string }): Wanted => ({
  resource: 'rrset',
  place: { kind: 'zone', id: zone },
  name: `${owner} ${state.type}`,
  state,
})

const oneWay = (address: string): string => {
  const ip = readIp(address)
  return ip === null ? address : writeIp(ip)
}

const addresses = ({ name, addresses: taken }: Website): Wanted[] =>
  taken.map(({ address }) => books('address', oneWay(address), { address: oneWay(address), website: name }))

/** Account, folders, database, and what runs its programs. Suspended: nobody logs in and nothing of it runs, and all that it has stays. */
function onHost(website: Website, ground: Ground): Wanted[] {
  const { name, keys, quota, database, runtime } = website
  const live = website.state === 'live'
  const folder = (mode: string, group: string = name) => ({ mode, group })
  const made: Wanted[] = [
    thing(website, 'user', { groups: ['suar-sftp'], home: '/', shell: '/usr/sbin/nologin', comment: `Suar ${name}`, locked: !live }),
    thing(website, 'tree', {
      folders: { public: folder('2750', 'www-data'), private: folder('0700'), tmp: folder('0700'), log: folder('0750') },
    }),
  ]
  if (ground.quota !== 'none') made.push(thing(website, 'quota', { mib: quota }))
  made.push(thing(website, 'keys', { keys: live ? [...new Set(keys)] : [] }))
  if (database !== null) {
    const called = dbNameOf(name)
    made.push(thing(website, database.engine, { user: called, connections: database.connections }, called))
  }
  if (runtime.kind === 'php') made.push(thing(website, 'pool', { version: runtime.version, content: phpPool({ ...website, runtime }) }))
  if (runtime.kind === 'app') made.push(thing(website, 'unit', { enabled: live, content: unitFile({ ...website, runtime }) }))
  return made
}

/** Its names in zones of ours, one set for each name and family; then the names of its addresses. */
function records({ records: wanted, addresses: taken }: Website): Wanted[] {
  const sets = new Map<
    string,
    { readonly zone: string; readonly owner: string; readonly type: string; readonly ttl: number; readonly data: string[] }
  >()
  const add = (zone: string, owner: string, type: string, ttl: number, value: string) => {
    const key = `${zone}/${owner}/${type}`
    const set = sets.get(key) ?? { zone, owner, type, ttl, data: [] }
    if (!set.data.includes(value)) set.data.push(value)
    sets.set(key, set)
  }
  for (const { zone, domain, address, ttl } of wanted) add(zone, `${domain}.`, readIp(address)?.version === 6 ? 'AAAA' : 'A', ttl, oneWay(address))
  for (const { zone, address, name } of taken) {
    const owner = reverseOwner(address)
    if (zone !== null && owner !== null) add(zone, owner, 'PTR', 3600, `${name}.`)
  }
  return [...sets.values()].map(({ zone, owner, type, ttl, data }) => rrset(zone, owner, { type, ttl, data: data.sort() }))
}

function served(website: Website, listen: Listen): Wanted[] {
  const content = website.server === 'nginx' ? nginxHost(website, listen) : apacheHost(website, listen)
  return [
    thing(website, 'certificate', { source: website.certificate, names: [...website.domains].sort() }),
    thing(website, website.server, { content }),
  ]
}

function besides(website: Website, { nftables }: Ground): Wanted[] {
  const { name, host, cron, openings, backup, database, domains, state } = website
  const live = state === 'live'
  const open = openings
    .map(({ protocol, port, from }) => ({ protocol, port, from: sourceOf(from) ?? from }))
    .sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : a.from < b.from ? -1 : 1))
  return [
    ...(cron.length > 0 ? [thing(website, 'cron', live ? { content: crontab(website) } : null)] : []),
    thing(website, 'logrotate', { content: logRotation(website) }),
    ...(open.length > 0 && nftables ? [thing(website, 'firewall', live ? { openings: open } : null)] : []),
    books('check', name, { host, domains: [...domains], expect: live ? 'live' : 'suspended' }),
    ...(backup === null
      ? []
      : [
          books('backup', name, {
            host,
            ...backup,
            paths: ['public', 'private'],
            databases: database === null ? [] : [{ engine: database.engine, name: dbNameOf(name) }],
          }),
        ]),
  ]
}
