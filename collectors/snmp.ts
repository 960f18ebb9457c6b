// Devices by SNMP v1, v2c and v3: profiles say what to look for, the wire does the asking.
import { performance } from 'node:perf_hooks'
import { because } from '../daemon/domain/because.ts'
import type { Collector, CollectorEntry, CollectorOptions, Target } from '../daemon/domain/collector.ts'
import { sayMistake } from '../daemon/domain/document.ts'
import { failed } from '../daemon/domain/outcome.ts'
import { discover } from './profile/discover.ts'
import { OWN_PROFILES } from './profile/shelf.ts'
import { type Told, watchProfiles } from './profile/watch.ts'
import { fastAsker, sessionAsker } from './snmp/asker.ts'
import { type Manners, newManners } from './snmp/device.ts'
import { newErrand } from './snmp/errand.ts'
import { openWire } from './wire/open.ts'
import type { SnmpSession } from './wire/session.ts'

/** One device as adopted: with another way in it is another target, and another of these. */
interface Kept {
  readonly manners: Manners
  /** The edition of the profiles it was last looked at by; null: not yet. */
  lookedBy: number | null
  /** One lasting session: v3 polls over it, and words are asked over it. */
  session: SnmpSession | null
  left: boolean
}

/** A look at one device may not take longer, whatever it answers. */
const LONGEST_LOOK = 120_000

async function open({ log, timeout, retries, siteProfiles }: CollectorOptions): Promise<Collector> {
  // Counts the changes of the profiles.
  let edition = 0
  const told: Told = {
    mistakes(mistakes) {
      for (const mistake of mistakes) log.warn({ file: mistake.file, line: mistake.line }, `Profile not used: ${sayMistake(mistake)}`)
    },
    changed(taken) {
      if (taken) {
        edition++
        log.info({}, 'The changed profiles are in use: every device is looked at anew')
      } else log.warn({}, 'The change to the profiles is not taken: the ones before stay in use until it is mended')
    },
  }
  const shelf = await watchProfiles(siteProfiles === null ? [OWN_PROFILES] : [OWN_PROFILES, siteProfiles], told)
  const wire = await openWire({ timeout, retries })
  if (wire.socket.warning !== null) log.warn({}, wire.socket.warning)
  const devices = new WeakMap<Target, Kept>()
  /** Those of devices that have not left. */
  const sessions = new Set<SnmpSession>()

  const keptOf = (target: Target): Kept => {
    const known = devices.get(target) ?? { manners: newManners(), lookedBy: null, session: null, left: false }
    devices.set(target, known)
    return known
  }

  const sessionOf = (target: Target): SnmpSession => {
    const kept = keptOf(target)
    if (kept.session !== null) return kept.session
    kept.session = wire.session(target)
    // What is still under way for a device that has left is told that it is over.
    if (kept.left) kept.session.close()
    else sessions.add(kept.session)
    return kept.session
  }

  return {
    async discover(target, call) {
      if (target.access.via !== 'snmp') return failed('notSupported', 'This device is not asked by SNMP.')
      const session = wire.session(target)
      const signal = AbortSignal.any([call.signal, AbortSignal.timeout(LONGEST_LOOK)])
      // Between two requests nobody looks at the signal; what is under way ends with the session.
      const stop = () => session.close()
      signal.addEventListener('abort', stop, { once: true })
      try {
        const by = edition
        const found = await discover(session, shelf.current(), { old: target.access.version === '1', signal })
        if (found.ok) keptOf(target).lookedBy = by
        if (found.ok || found.failure.why?.code !== 'noAnswer' || target.access.version === '3') return found
        return because('timeout', { ...found.failure.why, code: 'noAnswerOrCommunity' })
      } finally {
        signal.removeEventListener('abort', stop)
        session.close()
      }
    },
    compile(target, points) {
      const v1 = target.access.via === 'snmp' && target.access.version === '1'
      const v3 = target.access.via === 'snmp' && target.access.version === '3'
      const kept = keptOf(target)
      // Points of an earlier run count as found by the profiles of its start.
      kept.lookedBy ??= edition
      return newErrand({
        points,
        asker: v3 ? sessionAsker(sessionOf(target)) : fastAsker(wire.socket, target),
        session: () => sessionOf(target),
        manners: kept.manners,
        outdated: () => kept.lookedBy !== edition,
        v1,
        now: () => performance.now(),
      })
    },
    leave(target) {
      const kept = keptOf(target)
      kept.left = true
      if (kept.session !== null) sessions.delete(kept.session)
      kept.session?.close()
    },
    counters: () => wire.counters(),
    async close() {
      shelf.close()
      for (const session of sessions) session.close()
      await wire.close()
    },
  }
}

const entry: CollectorEntry = { via: 'snmp', open }
export default entry
