// What hosting does by itself: at night everything is compared with what is held; renewals when they are due; what was put aside goes after its grace.
import { z } from 'zod'
import type { Holding } from '../provisioning/engine/book.ts'
import type { Enter } from '../provisioning/engine/places.ts'
import { keptUntil, packedOn } from '../provisioning/host/packed.ts'
import type { Certificates as CertificateRoom } from '../provisioning/tls/certificates.ts'
import type { Call, Clock } from './domain/call.ts'
import type { DriftReport } from './domain/hosting-view.ts'
import { done, type Outcome } from './domain/outcome.ts'
import { dbNameOf, SiteName } from './domain/safe.ts'
import { wallTime } from './domain/words/time.ts'
import type { Certificates } from './hosting-certificates.ts'
import { type Changes, SUAR } from './hosting-changes.ts'
import type { HandsKeeper } from './hosting-hands.ts'
import type { Hosts } from './hosting-hosts.ts'
import type { Records } from './store/records.ts'
import type { WebsiteRecord } from './store/websites.ts'

export interface RoundSources {
  readonly enter: Enter
  readonly records: Pick<Records, 'hosts' | 'zones' | 'websites' | 'changes' | 'settings' | 'handovers' | 'audit'>
  readonly hosts: Pick<Hosts, 'look' | 'compare'>
  readonly keeper: HandsKeeper
  readonly changes: Pick<Changes, 'carry'>
  readonly certificates: Pick<Certificates, 'again'>
  readonly room: Pick<CertificateRoom, 'due' | 'hear' | 'forget' | 'renewalFailed'>
  /** Hour of the day in the site's time zone at which the night's work begins. */
  readonly hour: number
  readonly zone: () => string
  /** Websites that were measured or are gone. */
  readonly tell: (websites: readonly string[]) => void
  readonly clock: Clock
  readonly log: Call['log']
}

/** Whether the night's work of that day is still to be done: from the hour on, once, also when the daemon slept over it. */
export function isNight(now: number, zone: string, hour: number, last: string | null): string | null {
  const { year, month, day, hour: is } = wallTime(now, zone)
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return is >= hour && date !== last ? date : null
}

const LAST = 'provisioning.night'
const LATE = 300_000
/** Between two measurements of what websites use; sooner where one was never measured, ms. */
const MEASURED = 3_600_000
const UNMEASURED = 600_000
const DAY = 86_400_000
const isOver = ({ name, state }: Pick<Holding, 'name' | 'state'>, now: number): boolean =>
  typeof state['days'] === 'number' && keptUntil(name, state['days']) < now

const OPEN: ReadonlySet<string> = new Set(['requested', 'approved', 'planned', 'applying'])
const Usage = z.record(z.string(), z.object({ disk: z.int().nonnegative().nullable(), database: z.int().nonnegative().nullable() }).loose())

export function openHostingRounds(sources: RoundSources) {
  const { enter, records, hosts, keeper, changes, certificates, room, hour, zone, tell, clock, log } = sources
  const stop = new AbortController()
  const call = (): Call => ({ signal: AbortSignal.any([stop.signal, AbortSignal.timeout(LATE)]), log })

  async function compareAll(): Promise<void> {
    const places: DriftReport['place'][] = [
      ...(await records.hosts.all()).filter(({ facts }) => facts !== null).map(({ id }) => ({ kind: 'host' as const, id })),
      ...(await records.zones.all()).map(({ name }) => ({ kind: 'zone' as const, id: name })),
      { kind: 'books', id: 'suar' },
    ]
    for (const place of places) {
      const report = await hosts.compare(place, call(), SUAR)
      if (!report.ok) log.warn({ place: place.id, reason: report.failure.message }, 'a place could not be compared with what is held of it')
    }
  }

  /** MiB of files and databases, asked of each host once. */
  async function measure(): Promise<void> {
    const all = (await records.websites.all()).filter(({ state }) => state === 'live' || state === 'suspended')
    for (const [id, sites] of Map.groupBy(all, ({ wanted }) => wanted.host)) {
      const host = await keeper.handsFor(null).host(id, call())
      const names = sites.map(({ name }) => name)
      const answer = host.ok ? await host.value.ask('usage', { sites: names }, call()) : host
      const read = answer.ok ? Usage.safeParse(answer.value) : null
      if (read?.success !== true) {
        log.warn({ host: id, reason: answer.ok ? 'its answer is none' : answer.failure.message }, 'the use of websites was not measured')
        continue
      }
      for (const name of names) {
        const used = read.data[name]
        if (used !== undefined) await records.websites.measured(name, { files: used.disk, database: used.database }, clock())
      }
      tell(names)
    }
  }

  async function purgeOn(id: string, kept: readonly string[], lease: string): Promise<Outcome<void>> {
    const entered = await enter({ kind: 'host', id }, lease, call())
    if (!entered.ok) return entered
    try {
      const host = await keeper.handsFor(lease).host(id, call())
      if (!host.ok) return host
      for (const one of kept) {
        const gone = await host.value.ask('purge', { kept: one }, call())
        if (!gone.ok) return gone
      }
      return done(undefined)
    } finally {
      await entered.value()
    }
  }

  /** After its grace nothing is left of a website: what was put aside on its host goes, and its passwords. */
  async function purge(website: WebsiteRecord): Promise<void> {
    const { name, wanted } = website
    const { items } = await records.changes.page({ website: name, page: 1, size: 500 })
    const kept = items.flatMap(({ change }) =>
      'plan' in change
        ? change.plan.steps
            // The last backup has days of its own.
            .filter(({ place, resource }) => place.kind === 'host' && resource !== 'archive')
            .map(({ no, place }) => ({ host: place.id, id: `${change.number.toLowerCase()}-${no}` }))
        : [],
    )
    for (const [id, things] of Map.groupBy(kept, ({ host }) => host)) {
      const gone = await purgeOn(
        id,
        things.map(one => one.id),
        `purge-${name}`,
      )
      if (!gone.ok) return void log.warn({ website: name, reason: gone.failure.message }, 'what was put aside of a website waits to be removed')
    }
    await records.audit.together(async () => {
      // On every host it ever was.
      for (const id of new Set([wanted.host, ...kept.map(({ host }) => host)]))
        await records.handovers.forget(`database/${id}/${dbNameOf(SiteName.parse(name))}`)
      await records.websites.remove(name)
      await records.audit.append(SUAR.name, 'website.purge', name, { organisation: website.organisation, removedAt: website.removedAt })
      return done(undefined)
    })
    await room.forget(name)
    tell([name])
  }

  /** Archives whose days are over, by the host they are kept on. */
  async function purgeArchives(now: number): Promise<void> {
    for (const { id } of await records.hosts.all()) {
      const held = (await records.changes.held({ kind: 'host', id })).filter(one => one.resource === 'archive' && isOver(one, now))
      for (const one of held) {
        const kept = await archiveOn(id, one.name)
        if (!kept.ok) log.warn({ archive: one.name, reason: kept.failure.message }, 'an archive whose days are over waits to be removed')
        else {
          const gone = kept.value === null ? done(undefined) : await purgeOn(id, [kept.value], `purge-${one.name}`)
          if (!gone.ok) log.warn({ archive: one.name, reason: gone.failure.message }, 'an archive whose days are over waits to be removed')
          else {
            await records.changes.forget(one)
            await records.audit.append(SUAR.name, 'archive.purge', one.name, { host: id, state: one.state })
          }
        }
      }
    }
  }

  /** Under which id it is kept; null: it is gone. */
  async function archiveOn(id: string, name: string): Promise<Outcome<string | null>> {
    const host = await keeper.handsFor(null).host(id, call())
    const packed = host.ok ? await packedOn(host.value, name, call()) : host
    if (packed.ok) return done(packed.value.kept)
    return host.ok && packed.failure.kind === 'notFound' ? done(null) : packed
  }

  /** Somebody is at it: a change of the last day that is not through yet brings another certificate. */
  async function isAsked(name: string): Promise<boolean> {
    const { items } = await records.changes.page({ website: name, page: 1, size: 50 })
    return items.some(
      ({ change: { state, wanted, requested } }) =>
        OPEN.has(state) && requested.at > clock() - DAY && wanted.some(({ resource }) => resource === 'certificate'),
    )
  }

  /** A renewal is a change like any other; one that fails leaves what runs as it was, and does not count against its host. */
  async function renew(name: string): Promise<void> {
    const website = await records.websites.find(name)
    if (website === null || website.state === 'removed' || website.state === 'making') return
    if (await isAsked(name)) return
    const place = { kind: 'host', id: website.wanted.host } as const
    const failures = await records.changes.failures(place)
    const asked = await certificates.again(website, 'renewal', SUAR)
    if (!asked.ok) {
      await room.renewalFailed(name, asked.failure)
      return void log.warn({ website: name, reason: asked.failure.message }, 'a certificate could not be renewed')
    }
    const ended = await changes.carry(asked.value, SUAR)
    const why = !ended.ok ? ended.failure : ended.value.state === 'undone' || ended.value.state === 'undoFailed' ? ended.value.why : null
    // Else it is due again the next minute, whatever stood in its way.
    if (why !== null) await room.renewalFailed(name, why)
    if (ended.ok && ended.value.state === 'undone' && (await records.changes.failures(place)) > failures) {
      await records.changes.countFailure(place, false)
      for (let i = 0; i < failures; i++) await records.changes.countFailure(place, true)
    }
    if (!ended.ok) log.warn({ website: name, reason: ended.failure.message }, 'a certificate could not be renewed')
  }

  let measuredAt = 0
  async function measureNow(): Promise<void> {
    const anew = (await records.websites.all()).some(({ state, used }) => (state === 'live' || state === 'suspended') && used === null)
    if (clock() - measuredAt < (anew ? UNMEASURED : MEASURED) || stop.signal.aborted) return
    measuredAt = clock()
    await measure()
  }

  return {
    /** Once a minute. */
    async tick(): Promise<void> {
      await measureNow()
      await room.hear(call())
      if ((await records.changes.stopped()) === null) for (const { website } of await room.due(clock())) await renew(website)
      const last = await records.settings.get(LAST)
      const night = isNight(clock(), zone(), hour, typeof last === 'string' ? last : null)
      if (night === null || stop.signal.aborted) return
      await records.settings.set(LAST, night)
      for (const { id, hostKey } of await records.hosts.all()) if (hostKey !== null) await hosts.look(id, call())
      await compareAll()
      const now = clock()
      for (const website of await records.websites.all())
        if (website.state === 'removed' && website.graceUntil !== null && website.graceUntil < now) await purge(website)
      await purgeArchives(now)
    },
    compareAll,
    measure,
    stop: () => stop.abort(),
  }
}
