// Devices by SNMP v1, v2c and v3: profiles say what to look for, the wire does the asking.
import { performance } from 'node:perf_hooks'
import { isDeepStrictEqual } from 'node:util'
import type { Collector, CollectorEntry, CollectorOptions, Target } from '../daemon/domain/collector.ts'
import { failed } from '../daemon/domain/outcome.ts'
import { discover } from './profile/discover.ts'
import { sayProblem } from './profile/problem.ts'
import { OWN_PROFILES, type Shelf, watchProfiles } from './profile/shelf.ts'
import { fastAsker, sessionAsker } from './snmp/asker.ts'
import { type Manners, newManners } from './snmp/device.ts'
import { newErrand } from './snmp/errand.ts'
import { openWire } from './wire/open.ts'
import type { SnmpSession } from './wire/session.ts'

const nameOf = ({ address }: Target): string => `${address.host}:${address.port}`

/** A look at one device may not take longer, whatever it answers. */
const LONGEST_LOOK = 120_000

async function open({ log, timeout, retries, siteProfiles }: CollectorOptions): Promise<Collector> {
  const tell = (shelf: Shelf, taken: boolean) => {
    for (const problem of shelf.problems) log.warn({ file: problem.file, line: problem.line }, `Profile not used: ${sayProblem(problem)}`)
    if (!taken) log.warn({}, 'The change to the profiles is not taken: the ones before stay in use until it is mended')
    else log.info({ profiles: shelf.profiles.length }, 'Profiles read')
  }
  const shelf = await watchProfiles(siteProfiles === null ? [OWN_PROFILES] : [OWN_PROFILES, siteProfiles], tell)
  tell(shelf.current(), true)
  const wire = await openWire({ timeout, retries })
  if (wire.socket.warning !== null) log.warn({}, wire.socket.warning)
  const manners = new Map<string, Manners>()
  const sessions = new Map<string, { readonly access: Target['access']; readonly session: SnmpSession }>()

  const mannersOf = (target: Target): Manners => {
    const known = manners.get(nameOf(target)) ?? newManners()
    manners.set(nameOf(target), known)
    return known
  }

  /** One lasting session a device: v3 polls over it, and words are asked over it. Another access ends the one before. */
  const sessionOf = (target: Target): SnmpSession => {
    const known = sessions.get(nameOf(target))
    if (known !== undefined && isDeepStrictEqual(known.access, target.access)) return known.session
    known?.session.close()
    const session = wire.session(target)
    sessions.set(nameOf(target), { access: target.access, session })
    return session
  }

  return {
    async discover(target, call) {
      if (target.access.via !== 'snmp') return failed('notSupported', 'This device is not asked by SNMP.')
      const session = wire.session(target)
      try {
        const signal = AbortSignal.any([call.signal, AbortSignal.timeout(LONGEST_LOOK)])
        return await discover(session, shelf.current().profiles, { old: target.access.version === '1', signal })
      } finally {
        session.close()
      }
    },
    compile(target, points) {
      const v1 = target.access.via === 'snmp' && target.access.version === '1'
      const v3 = target.access.via === 'snmp' && target.access.version === '3'
      return newErrand({
        points,
        asker: v3 ? sessionAsker(sessionOf(target)) : fastAsker(wire.socket, target),
        session: () => sessionOf(target),
        manners: mannersOf(target),
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
