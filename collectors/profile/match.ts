// Which profiles apply to a device, by its system group and by what answers.
import type { Match } from '../../daemon/domain/profile.ts'
import { patternOf } from '../../daemon/domain/profile.ts'
import { isBelow } from '../wire/oid.ts'
import type { Head } from './read.ts'

export interface SystemGroup {
  readonly sysDescr: string | null
  readonly sysObjectID: string | null
  readonly sysName: string | null
}

/** True when everything of the entry that needs no further question holds. */
function mayMatch(match: Match, system: SystemGroup): boolean {
  const { sysObjectID, sysDescr, notSysDescr } = match
  if (sysObjectID !== undefined && !(system.sysObjectID === sysObjectID || (system.sysObjectID !== null && isBelow(system.sysObjectID, sysObjectID))))
    return false
  if (sysDescr !== undefined && !patternOf(sysDescr).test(system.sysDescr ?? '')) return false
  return notSysDescr === undefined || !patternOf(notSysDescr).test(system.sysDescr ?? '')
}

/** The OIDs whose presence must be known before one can say which profiles apply. */
export function toProbe(profiles: readonly Head[], system: SystemGroup): Set<string> {
  const oids = new Set<string>()
  for (const profile of profiles) for (const match of profile.match) if (match.exists !== undefined && mayMatch(match, system)) oids.add(match.exists)
  return oids
}

/** Profiles that apply, the most particular first. */
export function matching(profiles: readonly Head[], system: SystemGroup, present: ReadonlySet<string>): Head[] {
  return profiles
    .filter(profile => profile.match.some(match => mayMatch(match, system) && (match.exists === undefined || present.has(match.exists))))
    .sort((a, b) => b.priority - a.priority || a.name.localeCompare(b.name))
}
