// In without a ticket: a walk-in that is approved afterwards, an emergency that enters first, the house's own maintenance.
import type { Instant } from '../domain/call.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { VisitRecord } from '../domain/visit-record.ts'
import { identityHash, lastOf } from './identity.ts'
import { numberOf } from './numbering.ts'
import { WHY } from './reasons.ts'
import type { VisitRoom } from './room.ts'
import { blockOf, guestsOf, samePerson, visitorsMistake, windowMistake } from './rules.ts'

export interface Entry {
  readonly kind: 'walkIn' | 'emergency' | 'maintenance'
  readonly site: string
  readonly doors: readonly string[]
  readonly racks: readonly string[]
  readonly purpose: string
  readonly until: Instant
  readonly escort: number | null
  readonly organisation: number | null
  readonly visitors: readonly {
    readonly name: string
    readonly company: string
    readonly identity: string
    readonly mobile: string
    readonly badge: string
  }[]
  readonly goods: readonly { readonly direction: 'in' | 'out' | 'both'; readonly kind: string; readonly serial: string }[]
  /** All of them tapped that the rules and secrecy are accepted. */
  readonly accepted: boolean
}

/** In at once. What is owed for it, and until when, stands on the visit. */
export function openEntering(room: VisitRoom) {
  const { visits, badges, layout, staff, organisation, key, clock, workdayAfter } = room.sources

  return (entry: Entry, viewer: Viewer): Promise<Outcome<VisitRecord>> =>
    room.whole(async told => {
      const at = clock()
      const { longest, guests } = await room.settings()
      const wrong = windowMistake({ from: at, until: entry.until }, { now: at, longest })
      if (wrong !== null) return wrong
      const people = entry.visitors.map(({ name, identity }) => ({
        name: name.trim().replaceAll(/\s+/g, ' '),
        last: lastOf(identity),
        hash: lastOf(identity) === null ? null : identityHash(key, identity),
      }))
      const bad = visitorsMistake(people)
      if (bad !== null) return bad
      const plan = layout()
      if (![plan.site, ...plan.sites].some(({ id }) => id === entry.site)) return refused('invalid', WHY.unknownSite(entry.site))
      const rooms = new Set(plan.rooms.filter(one => (one.site ?? plan.site.id) === entry.site).map(({ id }) => id))
      if (entry.doors.length === 0) return refused('invalid', WHY.noPlace)
      const doors = plan.doors.filter(door => rooms.has(door.room))
      const unknown = entry.doors.find(id => !doors.some(door => door.id === id))
      if (unknown !== undefined) return refused('invalid', WHY.unknownDoor(unknown))
      const lost = entry.racks.find(id => !plan.racks.some(rack => rack.id === id && rooms.has(rack.room)))
      if (lost !== undefined) return refused('invalid', WHY.unknownRack(lost))

      const live = await visits.live()
      const blocks = await badges.blocks()
      for (const person of people) {
        const block = blockOf(blocks, person)
        if (block !== null) return refused('forbidden', WHY.blocked(person.name, block.reason))
        const elsewhere = live.find(other => other.visitors.some(one => one.state === 'inside' && samePerson(one, person)))
        if (elsewhere !== undefined) return refused('conflict', WHY.inElsewhere(person.name, elsewhere.number))
      }
      let escort: VisitRecord['escort'] = null
      if (entry.escort !== null) {
        const found = (await staff(at)).find(one => one.person === entry.escort)
        if (found === undefined) return refused('invalid', WHY.escortUnknown)
        // In an emergency nobody counts first.
        if (entry.kind === 'walkIn' && guestsOf(found.person, live) + people.length > guests)
          return refused('conflict', WHY.escortFull(found.name, guests))
        escort = { person: found.person, name: found.name }
      } else if (entry.kind === 'walkIn') return refused('invalid', WHY.noEscort)
      if (entry.kind === 'walkIn' && !entry.accepted) return refused('invalid', WHY.accept)

      const cards = entry.visitors.map(({ badge }) => badge.trim())
      for (const [i, card] of cards.entries()) {
        if (card === '') continue
        const badge = await badges.byCard(card)
        if (badge === null || badge.kind !== 'visitor') return refused('invalid', WHY.badgeUnknown(card))
        if (badge.state !== 'active') return refused('conflict', WHY.badgeDead(card))
        if (badge.handed !== null) return refused('conflict', WHY.badgeOut(card, badge.handed.name))
        if (cards.indexOf(card) !== i) return refused('conflict', WHY.badgeOut(card, people[cards.indexOf(card)]?.name ?? ''))
      }

      const { id, number } = await numberOf(visits, at, room.zone())
      const owes = entry.kind === 'walkIn' ? 'approval' : entry.kind === 'emergency' ? 'report' : null
      const visit: VisitRecord = {
        id,
        number,
        kind: entry.kind,
        state: 'inside',
        organisation: entry.organisation === null ? null : await organisation(entry.organisation),
        ticket: null,
        site: entry.site,
        rooms: [...new Set(doors.filter(door => entry.doors.includes(door.id)).map(door => door.room))],
        doors: [...new Set(entry.doors)],
        racks: [...new Set(entry.racks)],
        purpose: entry.purpose,
        asked: { room: '', touched: [] },
        from: at,
        until: entry.until,
        escort,
        requester: { person: viewer.person, account: viewer.account, name: viewer.name },
        approved: null,
        owes,
        owedBy: owes === null ? null : workdayAfter(at),
        report: null,
        visitors: entry.visitors.map(({ company, mobile }, i) => ({
          ...(people[i] ?? { name: '', last: null, hash: null }),
          id: i + 1,
          company: company.trim(),
          mobile: mobile.trim(),
          state: 'inside',
          inAt: at,
          outAt: null,
          badge: cards[i] === '' ? null : (cards[i] ?? null),
          acceptedAt: entry.accepted ? at : null,
          nonce: null,
          spent: null,
        })),
        goods: entry.goods.map((one, i) => ({ ...one, id: i + 1, inAt: one.direction === 'out' ? null : at, outAt: null })),
        endedAt: null,
        anonymisedAt: null,
        revision: 0,
        changedAt: at,
      }
      const detail = { kind: entry.kind, people: visit.visitors.length, doors: visit.doors.join(' '), owes }
      const written = await room.write(visit, { by: viewer, at, kind: 'in', detail, action: 'visit.enter' }, told)
      if (!written.ok) return written
      for (const visitor of visit.visitors) {
        await visits.enter({ visit: id, visitor: visitor.id, inAt: at, inBy: viewer.name, badge: visitor.badge })
        const badge = visitor.badge === null ? null : await badges.byCard(visitor.badge)
        if (badge !== null)
          await badges.putBadge({
            ...badge,
            usedAt: at,
            handed: { visit: id, number: visit.number, visitor: visitor.id, name: visitor.name, at },
            revision: badge.revision + 1,
          })
      }
      return done(written.value)
    })
}
