// Colocation in the records: stays and reservations as a whole, with the columns they are looked for by, and every U that is held.
import type { ReservationView, StayItemView, StayView } from '../domain/stay.ts'
import { nextNumber } from './numbers.ts'
import type { Db, Schema } from './schema.ts'

export interface StayStore {
  /** The next number: drawn within the transaction that uses it. */
  draw(of: 'reservation' | 'stay'): Promise<number>
  reservation(id: number): Promise<ReservationView | null>
  reservations(ids: readonly number[]): Promise<readonly ReservationView[]>
  reservationsOf(ticket: string): Promise<readonly ReservationView[]>
  /** Those that hold, the oldest first. */
  held(): Promise<readonly ReservationView[]>
  /**
   * Writes the reservation, new or over the one before, and with it the U that it holds: all of them, or none once it holds no more.
   * `changed`: it is another by now; `taken`: a U of it belongs to that other reservation. Within a transaction, which is then to be given up.
   */
  putReservation(reservation: ReservationView): Promise<'written' | 'changed' | { readonly taken: number }>
  stay(id: number): Promise<StayView | null>
  stays(ids: readonly number[]): Promise<readonly StayView[]>
  stayOf(ticket: string): Promise<StayView | null>
  /** Those that are not gone. */
  live(): Promise<readonly StayView[]>
  /** Writes the stay, new or over the one before. False: it is another by now. */
  putStay(stay: StayView): Promise<boolean>
}

const reservationOf = ({ document }: Pick<Schema['reservations'], 'document'>): ReservationView => JSON.parse(document) as ReservationView
/** What pieces written by earlier releases know nothing of. */
const UNTOLD: Pick<StayItemView, 'leaving' | 'media' | 'began'> = { leaving: null, media: null, began: null }
const stayOf = ({ document }: Pick<Schema['stays'], 'document'>): StayView => {
  const stay = JSON.parse(document) as StayView
  return { ...stay, items: stay.items.map(item => ({ ...UNTOLD, ...item })) }
}

/** Each face of each U, once. */
function unitsHeld({ rack, places, id }: Pick<ReservationView, 'rack' | 'places' | 'id'>): Schema['reserved_units'][] {
  const held: Schema['reserved_units'][] = []
  for (const { u, height, face } of places)
    for (let at = u; at < u + height; at++)
      for (const one of face === 'both' ? (['front', 'rear'] as const) : [face]) held.push({ rack, u: at, face: one, reservation: id })
  return held
}

export function stayStore(db: Db): StayStore {
  const reservations = () => db.selectFrom('reservations').select('document')
  const stays = () => db.selectFrom('stays').select('document')

  async function write(reservation: ReservationView): Promise<boolean> {
    const { id, ticket, rack, state, expiresAt, revision } = reservation
    const row = { ticket, rack, state, expires_at: expiresAt, revision, document: JSON.stringify(reservation) }
    if (revision === 1) {
      await db
        .insertInto('reservations')
        .values({ id, ...row })
        .execute()
      return true
    }
    const { numUpdatedRows } = await db
      .updateTable('reservations')
      .set(row)
      .where('id', '=', id)
      .where('revision', '=', revision - 1)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  return {
    draw: of => db.transaction().execute(trx => nextNumber(trx, { pattern: of, year: 0 })),
    async reservation(id) {
      const row = await reservations().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : reservationOf(row)
    },
    async reservations(ids) {
      return ids.length === 0 ? [] : (await reservations().where('id', 'in', ids).execute()).map(reservationOf)
    },
    async reservationsOf(ticket) {
      return (await reservations().where('ticket', '=', ticket).orderBy('id').execute()).map(reservationOf)
    },
    async held() {
      return (await reservations().where('state', '=', 'held').orderBy('id').execute()).map(reservationOf)
    },
    async putReservation(reservation) {
      if (!(await write(reservation))) return 'changed'
      await db.deleteFrom('reserved_units').where('reservation', '=', reservation.id).execute()
      if (reservation.state !== 'held') return 'written'
      for (const unit of unitsHeld(reservation)) {
        const taken = await db
          .selectFrom('reserved_units')
          .select('reservation')
          .where('rack', '=', unit.rack)
          .where('u', '=', unit.u)
          .where('face', '=', unit.face)
          .executeTakeFirst()
        if (taken !== undefined) return { taken: taken.reservation }
        await db.insertInto('reserved_units').values(unit).execute()
      }
      return 'written'
    },

    async stay(id) {
      const row = await stays().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : stayOf(row)
    },
    async stays(ids) {
      return ids.length === 0 ? [] : (await stays().where('id', 'in', ids).execute()).map(stayOf)
    },
    async stayOf(ticket) {
      const row = await stays().where('ticket', '=', ticket).executeTakeFirst()
      return row === undefined ? null : stayOf(row)
    },
    async live() {
      return (await stays().where('state', '!=', 'gone').orderBy('id').execute()).map(stayOf)
    },
    async putStay(stay) {
      const { id, ticket, organisation, state, until, revision } = stay
      const row = { ticket, organisation: organisation.id, state, until_at: until, revision, document: JSON.stringify(stay) }
      if (revision === 1) {
        await db
          .insertInto('stays')
          .values({ id, ...row })
          .execute()
        return true
      }
      const { numUpdatedRows } = await db
        .updateTable('stays')
        .set(row)
        .where('id', '=', id)
        .where('revision', '=', revision - 1)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
  }
}
