// What explains that a door opened: who is here on which visit, and whose card it is. For the doors.
import type { Instant } from '../domain/call.ts'
import type { Presence } from '../domain/visit.ts'
import type { Badge, VisitRecord } from '../domain/visit-record.ts'
import { wallTime } from '../domain/words/time.ts'
import type { VisitRoom } from './room.ts'

const KIND: Readonly<Record<VisitRecord['kind'], Presence['kind']>> = {
  planned: 'visit',
  walkIn: 'visit',
  emergency: 'emergency',
  maintenance: 'maintenance',
}

/** People who were inside at that moment, by what stands on the visit. */
const insideAt = ({ visitors }: VisitRecord, at: Instant) =>
  visitors.filter(({ inAt, outAt, state }) => inAt !== null && inAt <= at && (state === 'inside' || (outAt !== null && outAt > at)))

export function presenceOf(visit: VisitRecord, at: Instant): Presence {
  const here = insideAt(visit, at)
  return {
    kind: KIND[visit.kind],
    visit: visit.id,
    number: visit.number,
    doors: new Set(visit.doors),
    from: visit.from,
    until: visit.until,
    inside: here.length,
    badges: new Set(here.flatMap(({ badge }) => (badge === null ? [] : [badge]))),
  }
}

/** Whether a standing badge opens at that moment; a visitor badge while it is with somebody. */
export function opens(badge: Badge, at: Instant, zone: string): boolean {
  if (badge.state !== 'active') return false
  if (badge.kind === 'visitor') return badge.handed !== null
  if ((badge.from !== null && at < badge.from) || (badge.until !== null && at > badge.until)) return false
  if (badge.hours === null) return true
  const { hour, minute } = wallTime(at, zone)
  const now = hour * 60 + minute
  // From 22.00 to 06.00 goes over midnight.
  const { from, until } = badge.hours
  return from <= until ? now >= from && now < until : now >= from || now < until
}

/** A card that opens a door all day long is written down once an hour. */
const HOUR = 3_600_000

export interface Presences {
  /** Visits that somebody may be here on at that moment: allowed and within their window, or with somebody inside. */
  presences(at: Instant): Promise<readonly Presence[]>
  /** Whose card it is, and whether it opens at that moment (never when it is on the block list); null: no card of ours. Notes that it was used. */
  badgeOf(card: string, at: Instant): Promise<{ readonly badge: Badge; readonly opens: boolean; readonly doors: ReadonlySet<string> } | null>
}

export function openPresences({ sources, zone }: VisitRoom): Presences {
  const { visits, badges, layout } = sources
  async function used(card: string, at: Instant): Promise<void> {
    const badge = await badges.byCard(card)
    if (badge === null || badge.state !== 'active' || (badge.usedAt !== null && at - badge.usedAt < HOUR)) return
    await badges.putBadge({ ...badge, usedAt: at, revision: badge.revision + 1 })
  }
  return {
    async presences(at) {
      const near = await visits.page({ from: at - 31 * 86_400_000, until: at + 3_600_000, states: ['approved', 'inside', 'ended'], limit: 5_000 })
      return near.map(visit => presenceOf(visit, at)).filter(({ from, until, inside }) => inside > 0 || (from <= at && at <= until))
    },
    async badgeOf(card, at) {
      const badge = await badges.byCard(card)
      if (badge === null) return null
      await used(card, at)
      const plan = layout()
      const doors = plan.doors.filter(
        ({ id, room, zone: kind }) => badge.doors.includes(id) || badge.rooms.includes(room) || badge.zones.includes(kind),
      )
      const blocked = (await badges.blocks()).some(one => one.card === card)
      return { badge, opens: !blocked && opens(badge, at, zone()), doors: new Set(doors.map(({ id }) => id)) }
    },
  }
}
