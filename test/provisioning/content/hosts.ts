// Two real managed hosts under one engine, with the whole shelf: for websites that go from one to the other.
import { join } from 'node:path'
import type { Change, Found, State, Wanted } from '../../../daemon/domain/change.ts'
import { done, failed } from '../../../daemon/domain/outcome.ts'
import { Website } from '../../../daemon/domain/website.ts'
import { readShelf } from '../../../daemon/shelf.ts'
import { equal } from '../../../provisioning/engine/digest.ts'
import { type Engine, openEngine } from '../../../provisioning/engine/engine.ts'
import type { BookHands, CredentialHands, Hands, HostHands } from '../../../provisioning/hands.ts'
import { hostLease } from '../../../provisioning/host/lease.ts'
import type { Resource } from '../../../provisioning/resource.ts'
import { type Carried, filledFrom, websiteChange, websiteThings } from '../../../provisioning/site/graph.ts'
import { must, quiet } from '../../store/support/must.ts'
import { type MemoryBook, memoryBook } from '../../support/change-book.ts'
import { hand, plannedChange } from '../../support/engine-stage.ts'
import { type Adopted, adopt } from '../../support/host/adopt.ts'
import { type HostOptions, type ServiceName, startHost, type TestHost } from '../../support/host/start.ts'
import { testCertificates } from '../resources/certificates.ts'

export interface Place {
  readonly host: TestHost
  readonly adopted: Adopted
}

export interface TwoHosts {
  readonly here: Place
  readonly there: Place
  readonly engine: Engine
  readonly book: MemoryBook
  /** What is done between the engine and a host: `deliver` of somebody else's making. */
  between: (hands: HostHands) => HostHands
  website(given: object): Website
  change(was: Website | null, now: Website | null): Promise<Change>
  /** From one host to the other, or beside itself. */
  carry(carried: Carried, was: Website | null, now: Website): Promise<Change>
  handsFor(change: string | null): Hands
  close(): Promise<void>
}

const isResource = (value: unknown): value is Resource => typeof value === 'object' && value !== null && 'verify' in value
export const call = () => ({ signal: AbortSignal.timeout(60_000), log: quiet })

/** A password of each name, by its database alone: what a website logs in with stays the same where it moves. */
function memoryCredentials(): CredentialHands {
  const made = new Map<string, string>()
  const nameOf = (name: string) => name.split('/').at(-1) ?? ''
  return {
    make(name) {
      const one = made.get(nameOf(name)) ?? `Rahasia${made.size}${'x'.repeat(24)}`
      made.set(nameOf(name), one)
      return Promise.resolve(one)
    },
    find: name => Promise.resolve(made.get(nameOf(name)) ?? null),
    forget: () => Promise.resolve(),
  }
}

function memoryBooks(): BookHands {
  const all = new Map<string, State>()
  const foundOf = (state: State | undefined): Found => (state === undefined ? { kind: 'absent' } : { kind: 'ours', state })
  return {
    read: (resource, names) => Promise.resolve(new Map(names.map(name => [name, foundOf(all.get(`${resource}/${name}`))]))),
    list: () => Promise.resolve(new Map()),
    put(resource, name, before, after) {
      const key = `${resource}/${name}`
      const now = all.get(key) ?? null
      if (!equal(now, after) && !equal(now, before)) return Promise.resolve(failed('conflict', `${key} is neither as before nor as after`))
      if (after === null) all.delete(key)
      else all.set(key, after)
      return Promise.resolve(done({}))
    },
  }
}

/** Where its content came from goes with it. */
const emptyOf = ({ host, name }: Website): Wanted => ({ resource: 'content', place: { kind: 'host', id: host }, name, state: null })

async function place(options: HostOptions): Promise<Place> {
  const host = await startHost(options)
  return { host, adopted: await adopt(host) }
}

export async function openTwoHosts(services: readonly ServiceName[], { room }: { readonly room?: string } = {}): Promise<TwoHosts> {
  const here = await place({ with: services })
  const there = await place({ with: services, ...(room === undefined ? {} : { size: room }) })
  const places = [here, there]
  const certificates = testCertificates(null)
  const [credentials, books, book] = [memoryCredentials(), memoryBooks(), memoryBook()]
  const shelf = must(await readShelf<Resource>(join(import.meta.dirname, '../../../provisioning/resources'), isResource))
  const handsFor = (change: string | null): Hands => ({
    change,
    async host(id, asked) {
      const found = places.find(({ adopted }) => adopted.id === id)
      if (found === undefined) return failed('notFound', `There is no host ${id}.`)
      const hands = await found.adopted.managed.hands(change, asked)
      return hands.ok ? done(two.between(hands.value)) : hands
    },
    zone: name => Promise.resolve(failed('notFound', `There is no zone ${name}.`)),
    ...{ certificates, books, credentials },
  })
  const engine = openEngine({
    ...{ shelf, handsFor, book, enter: hostLease(handsFor), guard: { least: 100, share: 0.9 }, clock: Date.now, log: quiet },
    tell: () => undefined,
    pause: ms => new Promise(resolve => setTimeout(resolve, ms)),
    patience: 5_000,
  })
  const things = async (website: Website | null): Promise<readonly Wanted[]> =>
    website === null ? [] : must(websiteThings(website, must(await handsFor(null).host(website.host, call())).facts))
  const run = async (wanted: readonly Wanted[]): Promise<Change> => {
    const { number, plan } = await plannedChange(engine, wanted)
    if (plan.danger !== 'plain') must(await engine.consent(number, hand(3), plan.digest))
    return await must(await engine.apply(number, hand(1), plan.digest)).ended
  }
  const two: TwoHosts = {
    ...{ here, there, engine, book, handsFor },
    between: hands => hands,
    website: given =>
      Website.parse({ name: 'dinkes', host: here.adopted.id, domains: ['dinkes.example.go.id'], runtime: { kind: 'static' }, quota: 512, ...given }),
    change: async (was, now) => run([...(was === null ? [] : [emptyOf(was)]), ...websiteChange(await things(was), await things(now))]),
    async carry(carried, was, now) {
      const wanted = websiteChange(await things(was), await things(now))
      const stays = wanted.filter(({ state }) => state !== null)
      return run([...filledFrom(carried, stays, now), ...wanted.filter(({ state }) => state === null)])
    },
    async close() {
      for (const { adopted, host } of places) {
        adopted.managed.close()
        await host.stop()
      }
    },
  }
  return two
}
