// The broker on a host of the tests, asked line by line as root's sudo would start it; and websites' things as it takes them.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { canonical, type Json } from '../../../daemon/domain/json.ts'
import { SiteName } from '../../../daemon/domain/safe.ts'
import type { Website } from '../../../daemon/domain/website.ts'
import { brokerSource } from '../../../provisioning/host/broker-source.ts'
import { websiteThings } from '../../../provisioning/site/graph.ts'
import { adopt } from '../../support/host/adopt.ts'
import { type HostOptions, startHost, type TestHost } from '../../support/host/start.ts'
import { website } from '../site/websites.ts'

const BROKER = '/usr/local/libexec/suar-broker'
export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

export type Body = { readonly [key: string]: Json }
export type State = Body
export interface Refused {
  readonly ok: false
  readonly id: number | null
  readonly kind: string
  readonly message: string
  readonly detail: string
}
export type Told = { readonly ok: true; readonly id: number; readonly value: Json } | Refused

/** Digest of a state as the broker counts it. */
export const digestOf = (state: State | null): string | null => (state === null ? null : sha256(canonical(state)))

export interface Talk {
  /** A line as it is. */
  raw(line: string | Buffer): Promise<Told>
  ask(verb: string, body?: Body): Promise<Told>
  /** Its value; throws what it refuses. */
  value<T = Json>(verb: string, body?: Body): Promise<T>
  /** Its refusal's kind; throws when it does not refuse. */
  refused(verb: string, body?: Body): Promise<Refused>
  /** Number of the broker's own process, as seen from here. */
  pid(): number
  end(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A conversation with a broker on a host; greeted unless said otherwise. `before`: words before its own, such as of strace. */
export async function talk(host: TestHost, { greet = true, before = [] as readonly string[], env = {} as NodeJS.ProcessEnv } = {}): Promise<Talk> {
  const enter = ['--target', String(host.pid), '--mount', '--pid', '--ipc', '--uts', '--root', '--wd']
  const child = spawn('/usr/bin/nsenter', [...enter, ...before, BROKER], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: '/usr/bin:/usr/sbin', ...env },
  })
  let wrong = ''
  child.stderr.on('data', (chunk: Buffer) => {
    wrong += chunk.toString()
  })
  child.stdin.on('error', () => child.stdin.destroy())
  const waiting: { resolve(told: Told): void; reject(error: Error): void }[] = []
  createInterface({ input: child.stdout }).on('line', line => waiting.shift()?.resolve(JSON.parse(line) as Told))
  const over = once(child, 'close').then(() => {
    for (const one of waiting.splice(0)) one.reject(new Error(`the broker ended: ${wrong}`))
  })
  let number = 0
  const raw = (line: string | Buffer): Promise<Told> =>
    new Promise((resolve, reject) => {
      if (child.exitCode !== null || child.signalCode !== null) return reject(new Error(`the broker has ended: ${wrong}`))
      waiting.push({ resolve, reject })
      child.stdin.write(line)
      child.stdin.write('\n')
    })
  const ask = (verb: string, body: Body = {}) => raw(JSON.stringify({ id: ++number, verb, ...body }))
  const value = async <T>(verb: string, body: Body = {}): Promise<T> => {
    const told = await ask(verb, body)
    if (!told.ok) throw new Error(`${verb}: ${told.kind}: ${told.message} ${told.detail}`)
    return told.value as T
  }
  const refused = async (verb: string, body: Body = {}): Promise<Refused> => {
    const told = await ask(verb, body)
    assert.ok(!told.ok, `${verb} was not refused: ${JSON.stringify(body).slice(0, 300)}`)
    return told
  }
  // nsenter waits for what it started.
  const pid = () => Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim())
  const end = async () => {
    child.stdin.end()
    await over
  }
  if (greet) await value('hello', { protocol: 1 })
  return { raw, ask, value, refused, pid, end, [Symbol.asyncDispose]: end }
}

export const LEASE = 'C-2026-0001'

/** A host with the broker installed as an administrator does it. */
export async function brokerHost(options: HostOptions): Promise<TestHost> {
  const host = await startHost(options)
  try {
    using _ = await adopt(host, { broker: brokerSource() })
    return host
  } catch (error) {
    await host.stop()
    throw error
  }
}

export interface Thing {
  readonly kind: string
  readonly name: string
  readonly state: State
  readonly more?: Body
}

let step = 0
export const keepId = (): string => `c-2026-0001-${++step}`

/** Puts with the lease that `leased` took; the state before is as it is read, unless given. */
export async function put(
  broker: Talk,
  { kind, name, more = {} }: Omit<Thing, 'state'>,
  after: State | null,
  given: Body & { readonly before?: string | null } = {},
): Promise<Told> {
  const before = 'before' in given ? given.before! : digestOf(await stateOf(broker, kind, name))
  return broker.ask('put', { kind, name, before, after, keep: keepId(), lease: LEASE, ...(after === null ? {} : more), ...given })
}

export async function must(...given: Parameters<typeof put>): Promise<{ readonly state: State | null; readonly kept: string | null }> {
  const told = await put(...given)
  if (!told.ok) throw new Error(`put ${given[1].kind}/${given[1].name}: ${told.kind}: ${told.message} ${told.detail}`)
  return told.value as never
}

type Read = { readonly [name: string]: { readonly mark: boolean; readonly state: State | null } }
export const readOf = async (broker: Talk, kind: string, name: string) => (await broker.value<Read>('read', { kind, names: [name] }))[name]!
export const stateOf = async (broker: Talk, kind: string, name: string): Promise<State | null> => (await readOf(broker, kind, name)).state
export const take = (broker: Talk, seconds = 3600) => broker.value('lock', { lease: LEASE, seconds })

/** What was sent ahead by SFTP. */
export async function sendAhead(host: TestHost, text: string): Promise<Json> {
  const name = sha256(text)
  await host.install(`base64 -d >/var/lib/suar-host/inbox/${name} <<'END'\n${Buffer.from(text).toString('base64')}\nEND
chown --reference=/var/lib/suar-host/inbox /var/lib/suar-host/inbox/${name}\n`)
  return { inbox: name }
}

const GROUND = { nginx: true, apache: true, php: ['8.2'], mariadb: true, postgresql: true, nftables: true, systemd: true, quota: 'none' } as const

/** The things of a website on its host, in order, as the daemon puts them. */
function thingsOf(host: TestHost, given: object): readonly Thing[] {
  const site: Website = website(given)
  const listen = { address: host.address, http: host.ports.http, https: host.ports.https }
  const things = websiteThings(site, { ...GROUND, listen })
  assert.ok(things.ok)
  return things.value
    .filter(thing => thing.place.kind === 'host' && thing.state !== null)
    .map(({ resource, name, state }) => ({ kind: resource, name, state: state! }))
}
export const thingOf = (host: TestHost, kind: string, given: object = {}): Thing => thingsOf(host, given).find(thing => thing.kind === kind)!

/** Account, folders: what other things stand on. */
export async function settle(broker: Talk, host: TestHost, ...names: string[]): Promise<void> {
  for (const name of names.map(name => SiteName.parse(name)))
    for (const kind of ['user', 'tree'] as const) {
      const thing = thingOf(host, kind, { name })
      await must(broker, thing, thing.state)
    }
}
