// The whole shelf over a real managed host: the engine plans, applies and proves; only our own books are in memory.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import type { Change, Found, State, Wanted } from '../../../daemon/domain/change.ts'
import { done, failed } from '../../../daemon/domain/outcome.ts'
import { Website } from '../../../daemon/domain/website.ts'
import { readShelf } from '../../../daemon/shelf.ts'
import { equal } from '../../../provisioning/engine/digest.ts'
import { type Engine, openEngine } from '../../../provisioning/engine/engine.ts'
import type { BookHands, CredentialHands, Hands } from '../../../provisioning/hands.ts'
import { hostLease } from '../../../provisioning/host/lease.ts'
import type { Resource } from '../../../provisioning/resource.ts'
import { websiteChange, websiteThings } from '../../../provisioning/site/graph.ts'
import { must, quiet } from '../../store/support/must.ts'
import { type MemoryBook, memoryBook } from '../../support/change-book.ts'
import { hand, plannedChange } from '../../support/engine-stage.ts'
import { type Adopted, adopt } from '../../support/host/adopt.ts'
import { type ServiceName, startHost, type TestHost } from '../../support/host/start.ts'
import { type TestCertificates, testCertificates } from './certificates.ts'

export interface Stage {
  readonly host: TestHost
  readonly adopted: Adopted
  readonly engine: Engine
  readonly book: MemoryBook
  readonly certificates: TestCertificates
  readonly credentials: CredentialHands
  readonly shelf: ReadonlyMap<string, Resource>
  handsFor(change: string | null): Hands
  /** Of this host, with these things. */
  website(given: object): Website
  things(website: Website): Promise<readonly Wanted[]>
  /** From one document to another; either may be none. */
  change(was: Website | null, now: Website | null): Promise<Change>
  carry(wanted: readonly Wanted[]): Promise<Change>
  close(): Promise<void>
}

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const passwordOf = () => Array.from({ length: 32 }, () => SIGNS[randomInt(SIGNS.length)]).join('')

const isResource = (value: unknown): value is Resource => typeof value === 'object' && value !== null && 'verify' in value

function memoryCredentials(): CredentialHands {
  const made = new Map<string, string>()
  return {
    make(name) {
      const one = made.get(name) ?? passwordOf()
      made.set(name, one)
      return Promise.resolve(one)
    },
    find: name => Promise.resolve(made.get(name) ?? null),
    forget(name) {
      made.delete(name)
      return Promise.resolve()
    },
  }
}

function memoryBooks(): BookHands {
  const all = new Map<string, State>()
  const foundOf = (state: State | undefined): Found => (state === undefined ? { kind: 'absent' } : { kind: 'ours', state })
  return {
    read: (resource, names) => Promise.resolve(new Map(names.map(name => [name, foundOf(all.get(`${resource}/${name}`))]))),
    list: resource =>
      Promise.resolve(
        new Map([...all].filter(([key]) => key.startsWith(`${resource}/`)).map(([key, state]) => [key.slice(resource.length + 1), foundOf(state)])),
      ),
    put(resource, name, before, after) {
      const key = `${resource}/${name}`
      const now = all.get(key) ?? null
      if (equal(now, after)) return Promise.resolve(done({}))
      if (!equal(now, before)) return Promise.resolve(failed('conflict', `${key} is neither as before nor as after`))
      if (after === null) all.delete(key)
      else all.set(key, after)
      return Promise.resolve(done({}))
    },
  }
}

export async function openStage(services: readonly ServiceName[]): Promise<Stage> {
  const host = await startHost({ with: services })
  const adopted = await adopt(host)
  const certificates = testCertificates({ address: host.address, port: host.ports.http })
  const [credentials, books, book] = [memoryCredentials(), memoryBooks(), memoryBook()]
  const shelf = must(await readShelf<Resource>(join(import.meta.dirname, '../../../provisioning/resources'), isResource))
  const handsFor = (change: string | null): Hands => ({
    change,
    host: async (id, call) => (id === adopted.id ? await adopted.managed.hands(change, call) : failed('notFound', `There is no host ${id}.`)),
    zone: name => Promise.resolve(failed('notFound', `There is no zone ${name}.`)),
    certificates,
    books,
    credentials,
  })
  const engine = openEngine({
    shelf,
    handsFor,
    book,
    enter: hostLease(handsFor),
    guard: { least: 10, share: 0.3 },
    clock: Date.now,
    log: quiet,
    tell: () => undefined,
    pause: ms => new Promise(resolve => setTimeout(resolve, ms)),
    patience: 5_000,
  })
  const things = async (website: Website) => {
    const hands = must(await handsFor(null).host(adopted.id, { signal: AbortSignal.timeout(20_000), log: quiet }))
    return must(websiteThings(website, hands.facts))
  }
  /** A second person agrees to what wants one. */
  const carry = async (wanted: readonly Wanted[]): Promise<Change> => {
    const { number, plan } = await plannedChange(engine, wanted)
    if (plan.danger !== 'plain') must(await engine.consent(number, hand(3), plan.digest))
    return await must(await engine.apply(number, hand(1), plan.digest)).ended
  }
  return {
    ...{ host, adopted, engine, book, certificates, credentials, shelf, handsFor, things, carry },
    website: given =>
      Website.parse({ name: 'dinkes', host: adopted.id, domains: ['dinkes.example.go.id'], runtime: { kind: 'static' }, quota: 512, ...given }),
    change: async (was, now) => carry(websiteChange(was === null ? [] : await things(was), now === null ? [] : await things(now))),
    async close() {
      adopted.managed.close()
      await host.stop()
    },
  }
}
