// A CNAME stands alone at its name (RFC 1034, 3.6.2): seen in a plan before a server would leave it out silently.
import type { Call } from '../../daemon/domain/call.ts'
import type { PlanStep } from '../../daemon/domain/change.ts'
import { done, type FieldError, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import type { ZoneHands } from '../hands.ts'
import { RRSET_TYPES } from './rrset.ts'
import { keyText, readKey } from './state.ts'

/** `invalid` when after any of the steps, in their order, a CNAME would have company; says at which name. */
export async function besideOf(zone: ZoneHands, steps: readonly PlanStep[], call: Call): Promise<Outcome<void>> {
  const owners = new Set(steps.flatMap(({ name, before, after }) => (before === null && after !== null ? [readKey(name)?.owner ?? ''] : [])))
  if (owners.size === 0) return done(undefined)
  const names = [...owners].flatMap(owner => RRSET_TYPES.map(type => keyText({ owner, type })))
  const there = await zone.read(names, call)
  if (!there.ok) return there

  const types = new Map<string, Set<string>>()
  for (const [name, state] of there.value) {
    const key = readKey(name)
    if (key !== null && state !== null) types.set(key.owner, (types.get(key.owner) ?? new Set()).add(key.type))
  }
  const errors: FieldError[] = []
  for (const { name, after } of steps) {
    const key = readKey(name)
    if (key === null || !owners.has(key.owner)) continue
    const at = types.get(key.owner) ?? new Set<string>()
    types.set(key.owner, at)
    if (after === null) at.delete(key.type)
    else at.add(key.type)
    if (after === null || !at.has('CNAME') || at.size === 1) continue
    const others = [...at].filter(type => type !== key.type).join(', ')
    const words = {
      id: `${name} tidak dapat berdampingan dengan ${others} di nama itu; hapus ${others} lebih dahulu`,
      en: `${name} cannot stand beside ${others} at that name; remove ${others} first`,
    }
    errors.push({ field: name, reason: words.en, words })
  }
  if (errors.length === 0) return done(undefined)
  return refused('invalid', { id: errors.map(({ words }) => words?.id).join('; '), en: errors.map(({ words }) => words?.en).join('; ') }, errors)
}
