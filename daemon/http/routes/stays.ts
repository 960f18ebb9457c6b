// /api/v1/placements, /reservations, /stays: where a request fits, what is kept for it, and the equipment of others from its arrival to its leaving.
import { z } from 'zod'
import { PointRef } from '../../domain/inventory.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { MEDIUM_KINDS, WIPE_CHECKS, WIPE_METHODS } from '../../domain/stay.ts'
import { type Route, route } from '../route.ts'

interface Wanted {
  readonly rack: string
  readonly places: readonly { readonly item: number; readonly u: number; readonly face: 'front' | 'rear' | 'both' }[]
}

interface Received {
  readonly serial: string
  readonly damaged: boolean
  readonly note: string
  readonly photos: readonly number[]
  readonly without?: string | undefined
}

interface Installed {
  readonly psus: { feed: 'A' | 'B' | 'C' | 'D'; outlet?: string | undefined; power?: PointRef | undefined }[]
  readonly port: PointRef | null
}

export interface StayDesk {
  view(ticket: string, moving?: readonly number[]): Promise<Outcome<unknown>>
  reserve(ticket: string, wanted: Wanted, viewer: Viewer): Promise<Outcome<unknown>>
  reservations(): Promise<unknown>
  release(id: number, reason: string, viewer: Viewer): Promise<Outcome<unknown>>
  extend(id: number, until: number, reason: string, viewer: Viewer): Promise<Outcome<unknown>>
  receive(id: number, item: number, given: Received, viewer: Viewer): Promise<Outcome<unknown>>
  unlisted(id: number, given: { readonly serial: string; readonly note: string }, viewer: Viewer): Promise<Outcome<unknown>>
  install(id: number, item: number, given: Installed, viewer: Viewer, address: string): Promise<Outcome<unknown>>
  ports(id: number, item: number): Promise<Outcome<unknown>>
  verify(id: number, item: number, viewer: Viewer): Promise<Outcome<unknown>>
  accept(id: number, item: number, reason: string, viewer: Viewer): Promise<Outcome<unknown>>
  custody(id: number, viewer: Viewer): Promise<Outcome<unknown>>
  leave(id: number, items: readonly number[], reason: string, viewer: Viewer): Promise<Outcome<unknown>>
  out(id: number, item: number, given: Received, viewer: Viewer, address: string): Promise<Outcome<unknown>>
  media(id: number, item: number, said: z.output<typeof MediaSaid>, viewer: Viewer): Promise<Outcome<unknown>>
  list(viewer: Viewer): Promise<unknown>
  one(id: number, viewer: Viewer): Promise<Outcome<unknown>>
}

const Ticket = z.strictObject({ ticket: z.string().regex(/^T-\d{4}-\d{4,12}$/, 'a ticket is written T-2026-0001') })
const Named = z.strictObject({ id: z.coerce.number().int().positive() })
const said = z.string().trim().min(3, 'say it in a few words').max(500)
/** Milliseconds since 1970, in this century. */
const at = z.int().positive().max(Date.UTC(2100, 0))
const rackId = z.string().min(1).max(64)
const Items = z
  .string()
  .regex(/^\d{1,4}(,\d{1,4}){0,99}$/, 'numbers with commas between')
  .transform(list => list.split(',').map(Number))
const Place = z.strictObject({ item: z.int().positive(), u: z.int().min(1, 'U are counted from 1').max(60), face: z.enum(['front', 'rear', 'both']) })

const Piece = z.strictObject({ id: z.coerce.number().int().positive(), item: z.coerce.number().int().positive() })
const serial = z.string().trim().min(1, 'read the serial on the piece').max(80)
const Goods = z.strictObject({
  serial,
  damaged: z.boolean().default(false),
  note: z.string().trim().max(1000).default(''),
  photos: z.array(z.int().positive()).max(40).default([]),
})
const Psu = z.strictObject({ feed: z.enum(['A', 'B', 'C', 'D']), outlet: z.string().min(1).max(60).optional(), power: PointRef.optional() })

const word = z.string().trim().min(1, 'must not be empty').max(120)
const MediaSaid = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('wiped'),
    wipe: z.strictObject({
      medium: z.enum(MEDIUM_KINDS),
      make: z.string().trim().max(120).default(''),
      serial,
      method: z.enum(WIPE_METHODS),
      technique: word,
      tool: word,
      check: z.enum(WIPE_CHECKS),
      passed: z.boolean(),
      note: z.string().trim().max(500).default(''),
    }),
  }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('kept'), reason: said }),
])

export const stayRoutes = (desk: StayDesk): Route[] => [
  route({
    method: 'get',
    path: '/placements/:ticket',
    needs: 'plant.read',
    summary:
      'Racks that fit what a colocation ticket asks for, best first, by the readings of now; those that do not with every reason; what is kept',
    params: Ticket,
    query: z.strictObject({ move: Items.optional() }),
    handle: ({ params, query }) => desk.view(params.ticket, query.move),
  }),
  route({
    method: 'post',
    path: '/placements/:ticket/reserve',
    needs: 'reservation.make',
    summary: 'Keep these U of a rack with power and ports for the ticket: 409 says by whom they were taken meanwhile, or why the rack does not do',
    params: Ticket,
    body: z.strictObject({ rack: rackId, places: z.array(Place).min(1).max(60) }),
    handle: ({ params, body, viewer }) => desk.reserve(params.ticket, body, viewer),
  }),
  route({
    method: 'get',
    path: '/reservations',
    needs: 'plant.read',
    summary: 'Reservations that hold',
    async handle() {
      return done({ items: await desk.reservations() })
    },
  }),
  route({
    method: 'post',
    path: '/reservations/:id/release',
    needs: 'reservation.make',
    summary: 'Give a reservation back, with the reason',
    params: Named,
    body: z.strictObject({ reason: said }),
    handle: ({ params, body, viewer }) => desk.release(params.id, body.reason, viewer),
  }),
  route({
    method: 'post',
    path: '/reservations/:id/extend',
    needs: 'reservation.make',
    summary: 'Keep it longer, with the reason',
    params: Named,
    body: z.strictObject({ until: at, reason: said }),
    handle: ({ params, body, viewer }) => desk.extend(params.id, body.until, body.reason, viewer),
  }),
  route({
    method: 'get',
    path: '/stays',
    needs: 'stay.read',
    summary: "Equipment of others in the racks; requesters have their own organisations', from the minutes of custody on",
    async handle({ viewer }) {
      return done({ items: await desk.list(viewer) })
    },
  }),
  route({
    method: 'get',
    path: '/stays/:id',
    needs: 'stay.read',
    summary: 'One stay with its pieces and their evidence',
    params: Named,
    handle: ({ params, viewer }) => desk.one(params.id, viewer),
  }),
  route({
    method: 'post',
    path: '/stays/:id/items/:item/receive',
    needs: 'stay.work',
    summary: 'A piece has come in: its serial as read, damage, photographs; compared with the form',
    params: Piece,
    body: Goods,
    handle: ({ params, body, viewer }) => desk.receive(params.id, params.item, body, viewer),
  }),
  route({
    method: 'post',
    path: '/stays/:id/unlisted',
    needs: 'stay.work',
    summary: 'Something came that is not on the list',
    params: Named,
    body: z.strictObject({ serial, note: said }),
    handle: ({ params, body, viewer }) => desk.unlisted(params.id, body, viewer),
  }),
  route({
    method: 'post',
    path: '/stays/:id/items/:item/install',
    needs: 'stay.work',
    summary: 'It stands in the U that are kept for it, or was moved there: into the inventory with its outlets and its port',
    params: Piece,
    body: z.strictObject({ psus: z.array(Psu).max(8).default([]), port: PointRef.nullable().default(null) }),
    handle: ({ params, body, viewer, caller }) => desk.install(params.id, params.item, body, viewer, caller.address),
  }),
  route({
    method: 'get',
    path: '/stays/:id/items/:item/ports',
    needs: 'stay.work',
    summary: 'Ports of the switches that serve the rack of a piece, which carry already, and whose pieces hang on which',
    params: Piece,
    handle: ({ params }) => desk.ports(params.id, params.item),
  }),
  route({
    method: 'post',
    path: '/stays/:id/items/:item/verify',
    needs: 'stay.work',
    summary: 'What the readings say of the installation: outlet power, port, inlet air, visit; seen, not yet, or not to be measured here',
    params: Piece,
    handle: ({ params, viewer }) => desk.verify(params.id, params.item, viewer),
  }),
  route({
    method: 'post',
    path: '/stays/:id/items/:item/accept',
    needs: 'stay.work',
    summary: 'Accept the installation without evidence, with the reason',
    params: Piece,
    body: z.strictObject({ reason: said }),
    handle: ({ params, body, viewer }) => desk.accept(params.id, params.item, body.reason, viewer),
  }),
  route({
    method: 'post',
    path: '/stays/:id/custody',
    needs: 'stay.work',
    summary: 'Custody begins: the minutes are signed; from now on the organisation sees its equipment',
    params: Named,
    handle: ({ params, viewer }) => desk.custody(params.id, viewer),
  }),
  route({
    method: 'post',
    path: '/stays/:id/leave',
    needs: 'stay.work',
    summary: 'These pieces are to leave',
    params: Named,
    body: z.strictObject({ items: z.array(z.int().positive()).min(1).max(100), reason: said }),
    handle: ({ params, body, viewer }) => desk.leave(params.id, body.items, body.reason, viewer),
  }),
  route({
    method: 'post',
    path: '/stays/:id/items/:item/media',
    needs: 'stay.work',
    summary: 'What becomes of the data on a piece that leaves: a medium wiped (NIST SP 800-88), no media in it, or left as they are with the reason',
    params: Piece,
    body: MediaSaid,
    handle: ({ params, body, viewer }) => desk.media(params.id, params.item, body, viewer),
  }),
  route({
    method: 'post',
    path: '/stays/:id/items/:item/out',
    needs: 'stay.work',
    summary: 'A piece has left: out of the rack and of the inventory. 409 says which paper is owed; `without`: why it leaves without it',
    params: Piece,
    body: Goods.extend({ without: said.optional() }),
    handle: ({ params, body, viewer, caller }) => desk.out(params.id, params.item, body, viewer, caller.address),
  }),
]
