// Who may ask for which owners in a zone, and which names want a second person whoever asks.
import type { ZoneRight } from '../hands.ts'
import { isWithin, nameOf } from './name.ts'
import { readKey } from './state.ts'

/** `*.dinkes.example.go.id` covers all below that name, not the name itself. */
export function covers(pattern: string, owner: string): boolean {
  const below = pattern.startsWith('*.')
  const name = nameOf(below ? pattern.slice(2) : pattern)
  if (name === null) return false
  return below ? owner !== name && isWithin(owner, name) : owner === name
}

/** Whether that organisation was given this name: `www.dinkes.example.go.id. A`. Name servers and delegations are given to nobody. */
export function isGranted(rights: readonly ZoneRight[], organisation: number, name: string): boolean {
  const key = readKey(name)
  if (key === null || key.type === 'NS' || key.type === 'DS') return false
  return rights.some(right => right.organisation === organisation && covers(right.owners, key.owner))
}

/** Whether that name was given to others and not to that organisation: it is not to be asked for, whoever would agree. */
export function belongsToOthers(rights: readonly ZoneRight[], organisation: number, name: string): boolean {
  const owner = readKey(name)?.owner
  return (
    owner !== undefined &&
    rights.some(right => covers(right.owners, owner)) &&
    !rights.some(right => right.organisation === organisation && covers(right.owners, owner))
  )
}

/**
 * The zone's own name, wildcards, name servers and delegations want a second person; so does a name that an organisation asks for and was not given,
 * in a zone where rights were given at all. Null organisation: asked for by an officer of ours.
 */
export function wantsSecond(name: string, zone: string, rights: readonly ZoneRight[], organisation: number | null): boolean {
  const key = readKey(name)
  if (key === null || key.owner === nameOf(zone) || key.owner.startsWith('*.') || key.type === 'NS' || key.type === 'DS') return true
  return organisation !== null && rights.length > 0 && !isGranted(rights, organisation, name)
}
