// Into the rack: the piece becomes equipment of the inventory under its tenant, in one transaction with its stay; then the readings are looked at.

import type { Equipment, PointRef } from '../domain/inventory.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { PortChoice, StayItemView, StayView } from '../domain/stay.ts'
import { askedOf, convinces, evidenceOf, saysTheSame } from './evidence.ts'
import { isOver, without } from './giving-back.ts'
import { byOf, pieceOf } from './goods.ts'
import { WHY } from './reasons.ts'
import { type Doer, type StayRoom, type Told, withItems } from './room.ts'

export interface Installed {
  readonly psus: Equipment['psus']
  readonly port: PointRef | null
}

/** Stands in its rack, moved perhaps, and nothing has shown yet that it runs. */
const waits = ({ state, verifiedAt, accepted }: StayItemView): boolean =>
  state === 'installed' || (state === 'inCustody' && verifiedAt === null && accepted === null)

export function openInstalling(room: StayRoom) {
  const { books, clock, layout, change, known, poll, portsAt } = room.sources

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

  /** Whose pieces hang on which ports, by our own books; that one's own left out. */
  async function plugged(own: { readonly stay: number; readonly item: number }): Promise<ReadonlyMap<string, string>> {
    const live = await books.live()
    return new Map(
      live.flatMap(({ id, items, organisation }) =>
        items.flatMap(({ id: no, port, name, state }) =>
          port === null || state === 'gone' || (id === own.stay && no === own.item)
            ? []
            : [[`${port.device}/${port.key}`, `${name} (${organisation.short})`] as const],
        ),
      ),
    )
  }

  const asLooked = (stay: StayView, item: StayItemView) => ({
    psus: layout().equipment.find(({ id }) => id === item.equipment)?.psus ?? [],
    port: item.port,
    rack: item.rack ?? '',
    organisation: stay.organisation.id,
    began: item.began ?? item.in?.at ?? item.installedAt ?? clock(),
    now: clock(),
  })

  async function looked(stay: StayView, item: StayItemView): Promise<StayItemView> {
    const given = asLooked(stay, item)
    const evidence = await evidenceOf(room.sources, given)
    const verified = convinces(evidence)
    return {
      ...item,
      evidence,
      verifiedAt: verified ? given.now : null,
      state: item.state === 'installed' && verified ? 'verified' : item.state,
    }
  }

  /** Its evidence as it is now, kept on the stay. Within `whole`. */
  async function written(stay: StayView, item: StayItemView, by: Doer, told: Told): Promise<Outcome<StayView>> {
    const next = await room.writeStay(withItems(stay, [item]), told)
    const evidence = item.evidence.map(({ kind, state }) => `${kind} ${state}`)
    if (next.ok) await room.note(by, 'stay.verify', stay.ticket, { stay: stay.id, item: item.id, evidence })
    return next
  }

  const standing = ({ equipment, state }: StayItemView): boolean => equipment !== null && state !== 'gone'

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
      const port = given.port === null ? null : `${given.port.device}/${given.port.key}`
      const other = port === null ? undefined : (await plugged({ stay: id, item: no })).get(port)
      if (port !== null && other !== undefined) return refused('conflict', WHY.portTaken(port, other))

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
            began: moving ? reservation.madeAt : (item.in?.at ?? at),
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
    /** Ports that the piece may hang on in the rack it is to stand in. */
    async ports(id: number, no: number): Promise<Outcome<{ readonly items: readonly PortChoice[] }>> {
      const piece = await pieceOf(room, id, no)
      if (!piece.ok) return piece
      const { item } = piece.value
      const reservation = item.reservation === null ? null : await books.reservation(item.reservation)
      const rack = reservation?.rack ?? item.rack
      const taken = await plugged({ stay: id, item: no })
      const items = rack === null ? [] : portsAt(rack).map(port => ({ ...port, taken: taken.get(`${port.device}/${port.key}`) ?? null }))
      return done({ items })
    },
    /** Asks the devices that could tell, out of turn, and looks at what they say; it stays on the stay. */
    async verify(id: number, no: number, viewer: Viewer): Promise<Outcome<StayView>> {
      const piece = await pieceOf(room, id, no)
      if (!piece.ok) return piece
      const { stay, item } = piece.value
      if (!standing(item)) return refused('conflict', WHY.state(item.name, item.state))
      // What the minutes quote is not written over by what a later day says.
      if (!waits(item)) return refused('conflict', WHY.proven(item.name))
      // Who does not answer has no reading of now: the evidence itself says so.
      await Promise.all(askedOf(room.sources, asLooked(stay, item)).map(poll))
      return await room.whole(async told => {
        const now = await pieceOf(room, id, no)
        if (!now.ok) return now
        // Seen meanwhile by the round.
        if (!waits(now.value.item)) return done(now.value.stay)
        return await written(now.value.stay, await looked(now.value.stay, now.value.item), viewer, told)
      })
    },
    /** What waits for its evidence is looked at as its readings come; written when it says something else than before. */
    async look(): Promise<void> {
      for (const { id, items } of await books.live())
        for (const { id: no } of items.filter(waits))
          await room.whole(async told => {
            const piece = await pieceOf(room, id, no)
            if (!piece.ok || !waits(piece.value.item)) return done(null)
            const { stay, item } = piece.value
            const next = await looked(stay, item)
            return saysTheSame(item.evidence, next.evidence) ? done(null) : await written(stay, next, null, told)
          })
    },
    accept: (id: number, no: number, reason: string, viewer: Viewer): Promise<Outcome<StayView>> =>
      room.whole(async told => {
        const piece = await pieceOf(room, id, no)
        if (!piece.ok) return piece
        const { stay, item } = piece.value
        if (!waits(item)) return refused('conflict', WHY.state(item.name, item.state))
        const seen = await looked(stay, item)
        const accepted: StayItemView = {
          ...seen,
          state: item.state === 'installed' ? 'verified' : item.state,
          accepted: { by: viewer.name, at: clock(), reason },
        }
        const next = await room.writeStay(withItems(stay, [accepted]), told)
        if (next.ok) await room.note(viewer, 'stay.accept', stay.ticket, { stay: id, item: no, reason })
        return next
      }),
  }
}
