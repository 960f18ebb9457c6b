// Websites looked at from outside, each once a minute at its own second: whether it answers, and whether a browser would believe its certificate.
import type { CertificateHands } from '../provisioning/hands.ts'
import { type Answered, askWeb } from '../provisioning/site/outside/web.ts'
import type { Call, Clock } from './domain/call.ts'
import type { Found } from './domain/change.ts'
import type { Words } from './domain/form.ts'
import type { Outcome } from './domain/outcome.ts'

export interface Check {
  readonly name: string
  readonly domain: string
  /** 503 is what it should say. */
  readonly isSuspended: boolean
  readonly reach: { readonly address: string; readonly https: number }
}

export interface WebsiteWatch {
  /** Last look; null: none yet. */
  up(website: string): boolean | null
  /** Looks at those whose second it is; called once a second. */
  tick(): void
  onChange(listener: (website: string, domain: string, trouble: Words | null) => void): void
  close(): Promise<void>
}

interface WatchSources {
  /** What is to be looked at, where the hosts are known. */
  readonly checks: () => Promise<readonly Check[]>
  readonly roots: CertificateHands['roots']
  readonly clock: Clock
  readonly log: Call['log']
  /** For tests: ms between two looks at one website. */
  readonly every?: number
}

const EVERY = 60_000
/** Looks that went wrong one after the other before it counts: one packet lost is no outage. */
const TIMES = 2
/** Looks at a time. */
const MOST = 20

const isCheck = (found: Found): found is Extract<Found, { kind: 'ours' }> => found.kind === 'ours'
/** The checks in the books, as they were written by their resource. */
export const checksIn = (
  things: ReadonlyMap<string, Found>,
): readonly { readonly name: string; readonly host: string; readonly domain: string; readonly isSuspended: boolean }[] =>
  [...things].flatMap(([name, found]) => {
    if (!isCheck(found)) return []
    const { host, domains, expect } = found.state
    const domain = Array.isArray(domains) ? domains[0] : undefined
    return typeof host === 'string' && typeof domain === 'string' ? [{ name, host, domain, isSuspended: expect === 'suspended' }] : []
  })

/** Null: as it should be. Pure. */
export function troubleIn(answer: Outcome<Answered>, isSuspended: boolean): Words | null {
  if (!answer.ok) return answer.failure.words ?? { id: `tidak menjawab: ${answer.failure.message}`, en: `no answer: ${answer.failure.message}` }
  const { code, certificate } = answer.value
  if (certificate !== null && certificate.doubt !== null)
    return { id: `sertifikatnya tidak dipercaya: ${certificate.doubt}`, en: `its certificate is not believed: ${certificate.doubt}` }
  if (isSuspended ? code === 503 : code < 500) return null
  return { id: `menjawab dengan kode ${code}`, en: `answers with code ${code}` }
}

const secondOf = (name: string): number => [...name].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 60_000, 7)

export function openWebsiteWatch({ checks, roots, clock, log, every = EVERY }: WatchSources): WebsiteWatch {
  const seen = new Map<string, { readonly at: number; readonly wrong: number; readonly trouble: Words | null; readonly due: number }>()
  let tell: (website: string, domain: string, trouble: Words | null) => void = () => undefined
  const under = new Set<Promise<void>>()
  const stop = new AbortController()
  let reading: Promise<void> | null = null

  async function look({ name, domain, isSuspended, reach }: Check): Promise<void> {
    const answer = await askWeb({ address: reach.address, port: reach.https, domain, path: '/', roots: roots() }, { signal: stop.signal, log })
    if (stop.signal.aborted) return
    const before = seen.get(name)
    const found = troubleIn(answer, isSuspended)
    const wrong = found === null ? 0 : (before?.wrong ?? 0) + 1
    const trouble = wrong === 0 ? null : wrong >= TIMES ? found : (before?.trouble ?? null)
    seen.set(name, { at: clock(), wrong, trouble, due: before?.due ?? 0 })
    const isNew = before === undefined || before.at === 0
    if (isNew || JSON.stringify(before.trouble) !== JSON.stringify(trouble)) tell(name, domain, trouble)
  }

  async function turn(): Promise<void> {
    const now = clock()
    const all = await checks()
    const names = new Set(all.map(({ name }) => name))
    for (const name of [...seen.keys()]) if (!names.has(name)) seen.delete(name)
    for (const check of all) {
      const before = seen.get(check.name)
      if (before !== undefined && now < before.due) continue
      if (under.size >= MOST) break
      // At its own second of the minute; a new one at once.
      const next = Math.floor(now / every) * every + every + (secondOf(check.name) % every)
      seen.set(check.name, { at: 0, wrong: 0, trouble: null, ...before, due: next })
      const one: Promise<void> = look(check)
        .catch((error: unknown) => log.error({ website: check.name, error: String(error) }, 'a website could not be looked at'))
        .finally(() => under.delete(one))
      under.add(one)
    }
  }

  return {
    up(website) {
      const one = seen.get(website)
      return one === undefined || one.at === 0 ? null : one.trouble === null
    },
    tick() {
      reading ??= turn()
        .catch((error: unknown) => log.error({ error: String(error) }, 'websites are not looked at'))
        .finally(() => {
          reading = null
        })
    },
    onChange(listener) {
      tell = listener
    },
    async close() {
      stop.abort()
      await reading
      await Promise.all([...under])
    },
  }
}
