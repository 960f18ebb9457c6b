// Devices by SNMP v1, v2c and v3: profiles say what to look for, the wire does the asking.
import { performance } from 'node:perf_hooks'
import { isDeepStrictEqual } from 'node:util'
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

const nameOf = ({ address }: Target): string => `${address.host}:${address.port}`

/** Who asks whom: one agent may stand for several devices, told apart by context or community. */
function askerOf(target: Target): string {
  const { access } = target
  if (access.via !== 'snmp') return nameOf(target)
  return JSON.stringify([nameOf(target), access.version, ...(access.version === '3' ? [access.user, access.context] : [access.community])])
}

/** A look at one device may not take longer, whatever it answers. */
const LONGEST_LOOK = 120_000

async function open({ log, timeout, retries, siteProfiles }: CollectorOptions): Promise<Collector> {
  // Counts the changes of the profiles, and which of them each device was last looked at by.
  let edition = 0
  const lookedBy = new Map<string, number>()
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
  const manners = new Map<string, Manners>()
  const sessions = new Map<string, { readonly access: Target['access']; readonly session: SnmpSession }>()

  const mannersOf = (target: Target): Manners => {
    const who = askerOf(target)
    const known = manners.get(who) ?? newManners()
    manners.set(who, known)
    return known
  }

  /** One lasting session a device: v3 polls over it, and words are asked over it. Other passwords end the one before. */
  const sessionOf = (target: Target): SnmpSession => {
    const who = askerOf(target)
    const known = sessions.get(who)
    if (known !== undefined && isDeepStrictEqual(known.access, target.access)) return known.session
    known?.session.close()
    const session = wire.session(target)
    sessions.set(who, { access: target.access, session })
    return session
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
        if (found.ok) lookedBy.set(askerOf(target), by)
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
      const who = askerOf(target)
      // Points of an earlier run count as found by the profiles of its start.
      if (!lookedBy.has(who)) lookedBy.set(who, edition)
      return newErrand({
        points,
        asker: v3 ? sessionAsker(sessionOf(target)) : fastAsker(wire.socket, target),
        session: () => sessionOf(target),
        manners: mannersOf(target),
        outdated: () => lookedBy.get(who) !== edition,
        v1,
        now: () => performance.now(),
      })
    },
    counters: () => wire.counters(),
    async close() {
      shelf.close()
      for (const { session } of sessions.values()) session.close()
      await wire.close()
    },
  }
}

const entry: CollectorEntry = { via: 'snmp', open }
export default entry
