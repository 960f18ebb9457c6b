// Into the rack: the piece becomes equipment of the inventory under its tenant, in one transaction with its stay; then the readings are looked at.

import type { Equipment, PointRef } from '../domain/inventory.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { StayItemView, StayView } from '../domain/stay.ts'
import { convinces, evidenceOf } from './evidence.ts'
import { isOver, without } from './giving-back.ts'
import { byOf, pieceOf } from './goods.ts'
import { WHY } from './reasons.ts'
import { type StayRoom, withItems } from './room.ts'

export interface Installed {
  readonly psus: Equipment['psus']
  readonly port: PointRef | null
}

/** Readings of the time before say what an outlet gave when nothing hung on it, ms. */
const BEFORE = 3_600_000
const LONGEST = 14 * 86_400_000

export function openInstalling(room: StayRoom) {
  const { books, clock, layout, change, known } = room.sources

  function mistake(rack: string, own: string, { psus, port }: Installed) {
    const plan = layout()
    const feeds = plan.racks.find(({ id }) => id === rack)?.feeds ?? []
    for (const { feed, power } of psus) {
      const node = plan.power.find(({ id }) => id === feeds.find(({ name }) => name === feed)?.node)
      if (!feeds.some(({ name }) => name === feed)) return refused('invalid', WHY.noFeed(feed))
      if (power === undefined) continue
      if (power.device !== node?.device) return refused('invalid', WHY.otherOutlet(`${power.device}/${power.key}`, feed))
      const other = plan.equipment.find(
        one => one.id !== own && one.psus.some(psu => psu.power?.device === power.device && psu.power.key === power.key),
      )
      if (other !== undefined) return refused('conflict', WHY.outletTaken(`${power.device}/${power.key}`, other.name))
    }
    if (port !== null && !known(port)) return refused('invalid', WHY.noPoint(`${port.device}/${port.key}`))
    return null
  }

  async function looked(stay: StayView, item: StayItemView): Promise<StayItemView> {
    const standing = layout().equipment.find(({ id }) => id === item.equipment)
    const now = clock()
    const came = item.moved.at(-1)?.at ?? item.in?.at ?? item.installedAt ?? now
    const evidence = await evidenceOf(room.sources, {
      psus: standing?.psus ?? [],
      port: item.port,
      rack: item.rack ?? '',
      organisation: stay.organisation.id,
      since: Math.max(came - BEFORE, now - LONGEST),
      now,
    })
    const verified = convinces(evidence)
    return {
      ...item,
      evidence,
      verifiedAt: verified ? now : null,
      state: item.state === 'installed' && verified ? 'verified' : item.state,
    }
  }

  return {
    async install(id: number, no: number, given: Installed, viewer: Viewer, address: string): Promise<Outcome<StayView>> {
      const piece = await pieceOf(room, id, no)
      if (!piece.ok) return piece
      const { stay, item } = piece.value
      const moving = item.state === 'inCustody' && item.reservation !== null
      if (item.state !== 'arrived' && !moving) return refused('conflict', WHY.state(item.name, item.state))
      const reservation = item.reservation === null ? null : await books.reservation(item.reservation)
      if (reservation === null) return refused('conflict', WHY.state(item.name, item.state))
      if (reservation.state !== 'held') return refused('conflict', WHY.notHeld(reservation))
      const ticket = await room.sources.ticketBy(stay.ticket)
      if (ticket !== null && isOver(ticket.events)) return refused('conflict', WHY.ended(stay.ticket))
      const at = clock()
      if (reservation.expiresAt <= at) return refused('conflict', WHY.expired(reservation.expiresAt, room.zone()))
      const place = reservation.places.find(one => one.item === no)
      if (place === undefined) return refused('conflict', WHY.state(item.name, item.state))
      const equipment = item.equipment ?? `${stay.ticket.toLowerCase()}-${no}`
      const wrong = mistake(reservation.rack, equipment, given)
      if (wrong !== null) return wrong

      const told = { reservations: new Set<number>(), stays: new Set<number>() }
      let left: StayView = stay
      const entry = {
        id: equipment,
        name: item.name,
        rack: reservation.rack,
        u: place.u,
        height: place.height,
        face: place.face,
        tenant: stay.organisation.short,
        weight: item.weight,
        agreed: item.agreed,
        make: item.make,
        serial: item.serial,
        ...(item.asset === '' ? {} : { asset: item.asset }),
        psus: given.psus,
      }
      const written = await change([{ put: 'equipment', entry }], {
        over: null,
        by: byOf(viewer, address),
        from: stay.ticket,
        async also() {
          const used = await room.writeReservation(without(reservation, item, 'used'), told)
          if (!used.ok) return used
          const stands: StayItemView = {
            ...item,
            state: moving ? item.state : 'installed',
            rack: reservation.rack,
            u: place.u,
            face: place.face,
            reservation: null,
            equipment,
            port: given.port,
            installedAt: at,
            verifiedAt: null,
            evidence: [],
            accepted: null,
            moved: moving && item.rack !== null && item.u !== null ? [...item.moved, { at, rack: item.rack, u: item.u }] : item.moved,
          }
          const next = await room.writeStay(withItems(stay, [stands]), told)
          if (!next.ok) return next
          left = next.value
          await room.note(viewer, moving ? 'stay.move' : 'stay.install', stay.ticket, { stay: id, item: no, equipment, rack: entry.rack, u: entry.u })
          return next
        },
      })
      if (!written.ok) return written
      room.tell(told)
      return done(left)
    },
    /** Looks at the readings anew; what they say stays on the stay. */
    verify: (id: number, no: number, viewer: Viewer): Promise<Outcome<StayView>> =>
      room.whole(async told => {
        const piece = await pieceOf(room, id, no)
        if (!piece.ok) return piece
        const { stay, item } = piece.value
        if (item.equipment === null || item.state === 'gone') return refused('conflict', WHY.state(item.name, item.state))
        const next = await room.writeStay(withItems(stay, [await looked(stay, item)]), told)
        if (next.ok) {
          const states = next.value.items.find(one => one.id === no)?.evidence.map(({ kind, state }) => `${kind} ${state}`)
          await room.note(viewer, 'stay.verify', stay.ticket, { stay: id, item: no, evidence: states })
        }
        return next
      }),
    accept: (id: number, no: number, reason: string, viewer: Viewer): Promise<Outcome<StayView>> =>
      room.whole(async told => {
        const piece = await pieceOf(room, id, no)
        if (!piece.ok) return piece
        const { stay, item } = piece.value
        if (item.state !== 'installed') return refused('conflict', WHY.state(item.name, item.state))
        const seen = await looked(stay, item)
        const accepted: StayItemView = { ...seen, state: 'verified', accepted: { by: viewer.name, at: clock(), reason } }
        const next = await room.writeStay(withItems(stay, [accepted]), told)
        if (next.ok) await room.note(viewer, 'stay.accept', stay.ticket, { stay: id, item: no, reason })
        return next
      }),
  }
}
