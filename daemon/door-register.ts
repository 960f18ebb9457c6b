// Who may be where, for the doors: visits and badges as they stand, asked anew when something of them has changed.
import type { Clock, Instant } from './domain/call.ts'
import type { Inventory } from './domain/inventory.ts'
import type { Badge, VisitRecord } from './domain/visit-record.ts'
import type { CardWord, Register } from './doors/register.ts'
import type { Records } from './store/records.ts'
import { opens, presenceOf } from './visits/presence.ts'

/** Visits that began longer ago explain nothing any more. */
const BACK = 31 * 86_400_000
const AHEAD = 86_400_000
const MOST = 5_000
/** Asked again at least so often: visits also begin and end by the clock alone. */
const FRESH = 1_000

export interface RegisterSources {
  readonly records: Pick<Records, 'visits' | 'badges'>
  readonly inventory: () => Pick<Inventory, 'doors' | 'site'>
  readonly clock: Clock
  /** Told when visits or badges have changed. */
  readonly onChange: (changed: () => void) => void
}

export function openRegister({ records, inventory, clock, onChange }: RegisterSources): () => Promise<Register> {
  let known: { readonly register: Promise<Register>; readonly at: number } | null = null
  onChange(() => {
    known = null
  })

  async function look(): Promise<Register> {
    const now = clock()
    const [visits, badges, blocks, passes] = await Promise.all([
      records.visits.page({ from: now - BACK, until: now + AHEAD, states: ['approved', 'inside', 'ended'], limit: MOST }),
      records.badges.badges(),
      records.badges.blocks(),
      records.visits.passes(now - BACK, now + AHEAD, MOST),
    ])
    const { doors, site } = inventory()
    const byCard = new Map(badges.map(badge => [badge.card, badge]))
    const keptOut = new Set(blocks.map(block => block.card))
    const fits = (badge: Badge, door: string | null): boolean => {
      const place = doors.find(({ id }) => id === door)
      return place !== undefined && (badge.doors.includes(place.id) || badge.rooms.includes(place.room) || badge.zones.includes(place.zone))
    }
    const passesOf = Map.groupBy(passes, pass => pass.visit)
    const passesWith = Map.groupBy(passes, pass => pass.badge ?? '')
    const byId = new Map(visits.map(visit => [visit.id, visit]))
    const byDoor = new Map<string, VisitRecord[]>()
    for (const visit of visits)
      for (const door of visit.doors) {
        const there = byDoor.get(door)
        if (there === undefined) byDoor.set(door, [visit])
        else there.push(visit)
      }
    /** By every time that somebody was in, not only the last. */
    const presence = (visit: VisitRecord, at: Instant) => {
      const inside = (passesOf.get(visit.id) ?? []).filter(({ inAt, outAt }) => inAt <= at && (outAt === null || outAt > at))
      const badges = new Set(inside.flatMap(({ badge }) => badge ?? []))
      return { ...presenceOf(visit, at), inside: new Set(inside.map(({ visitor }) => visitor)).size, badges }
    }
    return {
      presences: (at, door) =>
        (byDoor.get(door) ?? []).map(visit => presence(visit, at)).filter(({ from, until, inside }) => inside > 0 || (from <= at && at <= until)),
      card(card, door, at): CardWord {
        const badge = byCard.get(card)
        if (keptOut.has(card)) return { kind: 'fault', fault: 'blocked' }
        if (badge === undefined) return { kind: 'fault', fault: 'unknown' }
        if (badge.kind === 'visitor') {
          if (badge.state !== 'active') return { kind: 'fault', fault: 'revoked' }
          // Also of one that was handed back meanwhile: the visit knows who wore it then.
          const worn = passesWith.get(card)?.find(({ visit, inAt, outAt }) => byId.has(visit) && inAt <= at && (outAt === null || outAt > at))
          return worn === undefined ? { kind: 'fault', fault: 'notNow' } : { kind: 'visit', visit: worn.visit }
        }
        if (badge.state !== 'active') return { kind: 'fault', fault: 'revoked' }
        if (!fits(badge, door)) return { kind: 'fault', fault: 'notHere' }
        return opens(badge, at, site.timezone) ? { kind: 'badge', badge: badge.id, holder: badge.holder } : { kind: 'fault', fault: 'notNow' }
      },
    }
  }

  return () => {
    if (known === null || clock() - known.at >= FRESH || clock() < known.at) {
      const register = look()
      const mine = { register, at: clock() }
      known = mine
      register.catch(() => {
        if (known === mine) known = null
      })
    }
    return known.register
  }
}
