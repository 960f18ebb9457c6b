// Keeping a place: judged by the readings of now, one officer after the other, U by U blocked in the records; extended, given back, run out.
import type { Instant } from '../domain/call.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Obstacle } from '../domain/placement.ts'
import type { PlacementView, ReservationView, ReservedPlace, StayFace, StayItemView, StayView } from '../domain/stay.ts'
import { type ObstacleNames, obstacleWords } from '../domain/words/obstacle-words.ts'
import { requestFor } from './asked.ts'
import { type GivingBack, isOver } from './giving-back.ts'
import { WHY } from './reasons.ts'
import { type StayRoom, type Table, withItems } from './room.ts'
import { settingsOf } from './settings.ts'

const DAY = 86_400_000

export interface Wanted {
  readonly rack: string
  readonly places: readonly { readonly item: number; readonly u: number; readonly face: StayFace }[]
}

/** Without a place, or standing and to be moved. */
const placeable = ({ state, reservation }: StayItemView): boolean => reservation === null && (state === 'asked' || state === 'inCustody')

const overlap = (one: Pick<ReservedPlace, 'u' | 'height' | 'face'>, other: Pick<ReservedPlace, 'u' | 'height' | 'face'>): boolean =>
  one.u < other.u + other.height && other.u < one.u + one.height && (one.face === 'both' || other.face === 'both' || one.face === other.face)

export function openReserving(room: StayRoom, { giveBack, notice, drop }: GivingBack) {
  const { books, layout, placement, standing, clock, settings, notify, ticketBy } = room.sources

  const names = (): ObstacleNames => {
    const plan = layout()
    const nameIn = (list: readonly { readonly id: string; readonly name: string }[]) => (id: string) => list.find(one => one.id === id)?.name ?? id
    return { rack: nameIn(plan.racks), node: nameIn(plan.power), room: nameIn(plan.rooms), site: nameIn([plan.site, ...plan.sites]) }
  }

  /** The places as they are to be, or the first thing that is wrong with them. */
  async function checked({ stay }: Table, { rack: id, places }: Wanted): Promise<Outcome<readonly ReservedPlace[]>> {
    const rack = layout().racks.find(one => one.id === id)
    if (rack === undefined) return refused('notFound', WHY.noRack(id))
    const found: ReservedPlace[] = []
    for (const { item: no, u, face } of places) {
      const item = stay.items.find(one => one.id === no)
      if (item === undefined) return refused('invalid', WHY.noItem(no))
      if (found.some(one => one.item === no)) return refused('invalid', WHY.itemTwice(item.name))
      if (!placeable(item)) return refused('conflict', WHY.kept(item.name))
      if (u + item.height - 1 > rack.units) return refused('invalid', WHY.outside(item.name, rack.units))
      if (item.depth === 'full' && face !== 'both') return refused('invalid', WHY.face(item.name))
      const place = { item: no, name: item.name, u, height: item.height, face }
      const beside = found.find(one => overlap(one, place))
      if (beside !== undefined) return refused('invalid', WHY.onTop(item.name, beside.name))
      found.push(place)
    }
    for (const other of await books.held())
      if (other.rack === id && other.places.some(one => found.some(place => overlap(one, place))))
        return refused('conflict', WHY.taken(other, room.zone()))
    for (const place of found) {
      const name = standing(id, place)
      if (name !== null) return refused('conflict', WHY.stands(name))
    }
    return done(found)
  }

  async function reserve(ticket: string, wanted: Wanted, viewer: Viewer): Promise<Outcome<PlacementView>> {
    const made = await room.inTurn(async (): Promise<Outcome<StayView>> => {
      const table = await room.load(ticket)
      if (!table.ok) return table
      const { record, asked, stay } = table.value
      if (isOver(record.events)) return refused('conflict', WHY.ended(ticket))
      const places = await checked(table.value, wanted)
      if (!places.ok) return places
      const items = places.value.map(({ item }) => stay.items.find(({ id }) => id === item)).filter(item => item !== undefined)
      const request = requestFor(asked, stay, items)
      const judged = await placement(request)
      if (!judged.ok) return judged
      const offer = judged.value.offers.find(({ rack }) => rack === wanted.rack)
      if (offer === undefined) {
        const why: readonly Obstacle[] = judged.value.refused.find(({ rack }) => rack === wanted.rack)?.why ?? []
        const said = names()
        return refused(
          'conflict',
          WHY.unfit(
            said.rack(wanted.rack),
            why.map(one => obstacleWords(one, said)),
          ),
        )
      }
      const at = clock()
      const { holds } = await settingsOf(settings)
      return await room.whole(async told => {
        const reservation: ReservationView = {
          id: await books.draw('reservation'),
          ticket,
          organisation: { id: stay.organisation.id, name: stay.organisation.name },
          rack: wanted.rack,
          places: places.value,
          feeds: offer.feeds,
          watts: request.items.reduce((sum, { watts }) => sum + watts, 0),
          weight: request.items.reduce((sum, { weight }) => sum + weight, 0),
          ports: request.items.reduce((sum, { ports }) => sum + ports, 0),
          addresses: request.items.reduce((sum, { addresses }) => sum + addresses, 0),
          state: 'held',
          madeAt: at,
          madeBy: viewer.name,
          expiresAt: at + holds * DAY,
          reason: null,
          revision: 0,
        }
        const written = await room.writeReservation(reservation, told)
        if (!written.ok) return written
        const kept = places.value.map((place): StayItemView => {
          const item = stay.items.find(({ id }) => id === place.item) as StayItemView
          // What stands already keeps its place until it is moved.
          if (item.state === 'inCustody') return { ...item, reservation: reservation.id }
          const state = item.in === null ? 'reserved' : 'arrived'
          return { ...item, state, rack: wanted.rack, u: place.u, face: place.face, reservation: reservation.id }
        })
        const next = await room.writeStay(withItems(stay, kept), told)
        if (!next.ok) return next
        await room.note(viewer, 'stay.reserve', ticket, {
          reservation: reservation.id,
          rack: wanted.rack,
          places: places.value.map(({ u, height, face }) => `U${u}+${height} ${face}`),
          watts: reservation.watts,
          until: reservation.expiresAt,
        })
        return next
      })
    })
    return made.ok ? await view(ticket) : made
  }

  async function held(id: number): Promise<Outcome<ReservationView>> {
    const reservation = await books.reservation(id)
    if (reservation === null) return refused('notFound', WHY.noReservation(id))
    if (reservation.state !== 'held') return refused('conflict', WHY.notHeld(reservation))
    return done(reservation)
  }

  /** `moving`: pieces that stand and are to stand elsewhere. */
  async function view(ticket: string, moving: readonly number[] = []): Promise<Outcome<PlacementView>> {
    const table = await room.load(ticket)
    if (!table.ok) return table
    const { asked, stay } = table.value
    const open = stay.items.filter(item => placeable(item) && (moving.length === 0 ? item.state === 'asked' : moving.includes(item.id)))
    const judged = open.length === 0 ? null : await placement(requestFor(asked, stay, open))
    if (judged !== null && !judged.ok) return judged
    return done({
      stay,
      site: asked.site,
      redundantFeed: asked.redundantFeed,
      placement: judged?.value ?? null,
      items: open.map(({ id }) => id),
      reservations: await books.reservationsOf(ticket),
    })
  }

  return {
    view,
    reserve,
    release: (id: number, reason: string, viewer: Viewer) =>
      room.whole(async told => {
        const found = await held(id)
        return found.ok ? await giveBack(found.value, { state: 'released', reason, by: viewer }, told) : found
      }),
    extend: (id: number, until: Instant, reason: string, viewer: Viewer) =>
      room.whole(async told => {
        const found = await held(id)
        if (!found.ok) return found
        if (found.value.expiresAt <= clock()) return refused('conflict', WHY.expired(found.value.expiresAt, room.zone()))
        if (until <= found.value.expiresAt) return refused('invalid', WHY.sooner)
        const written = await room.writeReservation({ ...found.value, expiresAt: until, reason }, told)
        if (written.ok) await room.note(viewer, 'stay.extend', found.value.ticket, { reservation: id, until, reason })
        return written
      }),
    /** Tells of those that end soon and ends those whose time, or whose ticket, is over; each by itself. */
    async sweep(now: Instant): Promise<void> {
      const { warns } = await settingsOf(settings)
      for (const one of await books.held()) {
        const ticket = await ticketBy(one.ticket)
        if (ticket !== null && isOver(ticket.events)) await room.whole(told => drop(one.ticket, null, null, told))
        else if (one.expiresAt <= now)
          await room.whole(async told => {
            const found = await held(one.id)
            if (!found.ok || found.value.expiresAt > now) return done(null)
            await notify([notice(one, 'expired')])
            return await giveBack(found.value, { state: 'expired', reason: null, by: null }, told)
          })
        else if (one.expiresAt - warns * DAY <= now) await notify([notice(one, 'expiring')])
      }
    },
  }
}
