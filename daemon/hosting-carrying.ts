// What a website holds, when it is copied, moves or goes: packed where it is, carried, and what it logs in with stays the same.
import type { Holding } from '../provisioning/engine/book.ts'
import { archiveOf, type Carried, filledFrom } from '../provisioning/site/graph.ts'
import type { Clock } from './domain/call.ts'
import type { Wanted } from './domain/change.ts'
import { done, type Outcome, refused } from './domain/outcome.ts'
import { dbNameOf, type SiteName } from './domain/safe.ts'
import { Website } from './domain/website.ts'
import { WHY } from './hosting-reasons.ts'
import type { Records } from './store/records.ts'

export interface CarryingSources {
  readonly records: Pick<Records, 'handovers'>
  /** How many days what was packed is kept: of one that moved or was copied, and of one that went. */
  readonly days: { readonly grace: number; readonly archive: number }
  readonly clock: Clock
}

const stays = ({ state }: Wanted): boolean => state !== null

/** `20261121-034500`, UTC. */
const stampOf = (now: number): string => new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')

export function openCarrying({ records, days, clock }: CarryingSources) {
  /** No two archives are of one second. */
  let packedAt = 0
  const carried = ({ host, name }: Website, kept: number): Carried => {
    packedAt = Math.max(clock(), packedAt + 1000)
    return { from: { host, name }, stamp: stampOf(packedAt), days: kept }
  }

  return {
    copied: (of: Website, things: readonly Wanted[], copy: Website): readonly Wanted[] => filledFrom(carried(of, days.grace), things, copy),
    /** `things`: what is to be there and what is to go. Null: all of it goes. */
    turned(was: Website, now: Website | null, things: readonly Wanted[]): readonly Wanted[] {
      if (now === null) return [archiveOf(carried(was, days.archive)), ...things]
      if (now.host === was.host) return things
      return [...filledFrom(carried(was, days.grace), things.filter(stays), now), ...things.filter(one => !stays(one))]
    },
    /** What it logs in to its database with stands in its own files, which move along. Refused where nobody but the website knows it. */
    async credentials(was: Website, now: Website): Promise<Outcome<void>> {
      if (now.host === was.host || now.database === null) return done(undefined)
      const called = dbNameOf(now.name)
      const from = `database/${was.host}/${called}`
      if (was.database !== null && (await records.handovers.find(from)) === null) return refused('conflict', WHY.passwordUnknown(now.name))
      await records.handovers.copy(from, `database/${now.host}/${called}`)
      return done(undefined)
    },
  }
}

/** Archives go when their days are over, and what content came from is told of as long as the website is where it came to. */
export const goesBetween = ({ resource, place }: Holding, after: Website | null): boolean =>
  resource !== 'archive' && (resource !== 'content' || after?.host !== place.id)

/** Beside the first: under its own name in the same domain, without the addresses and the aliases of the original. */
export function copyOf(wanted: Website, name: SiteName, certificate: Website['certificate']): Website {
  const [first = ''] = wanted.domains
  const domain = Website.shape.domains.element.parse(`${name}.${first.slice(first.indexOf('.') + 1)}`)
  const records = wanted.records.filter(one => one.domain === first).map(one => ({ ...one, domain }))
  return {
    ...wanted,
    name,
    domains: [domain],
    records,
    certificate,
    addresses: [],
    openings: [],
    cron: [],
    backup: null,
    state: 'live',
    staging: true,
  }
}
