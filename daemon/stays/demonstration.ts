// Stays of the demonstration: what stands in its racks for other organisations is in custody, as if it had been taken over when Suar came.
import type { Clock } from '../domain/call.ts'
import type { Layout } from '../domain/inventory.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import type { StayItemView, StayView } from '../domain/stay.ts'
import type { StayRoom } from './room.ts'

const DAY = 86_400_000
/** W, where nothing was agreed. */
const AGREED = 800

interface Playing {
  readonly room: StayRoom
  readonly organisations: () => Promise<readonly { readonly id: number; readonly name: string; readonly short: string; readonly kind: string }[]>
  readonly clock: Clock
}

const itemOf = (one: Layout['equipment'][number], no: number, at: number): StayItemView => ({
  id: no,
  name: one.name,
  make: one.make ?? '',
  serial: one.serial ?? '',
  asset: one.asset ?? '',
  height: one.height,
  depth: one.face === 'both' ? 'full' : 'half',
  weight: one.weight ?? 0,
  agreed: one.agreed ?? one.nameplate ?? AGREED,
  supplies: one.psus.length,
  state: 'inCustody',
  rack: one.rack,
  u: one.u,
  face: one.face,
  reservation: null,
  equipment: one.id,
  port: null,
  in: null,
  out: null,
  leaving: null,
  media: null,
  began: null,
  installedAt: at,
  verifiedAt: at,
  evidence: [],
  accepted: null,
  moved: [],
})

/** Only where there are no stays yet. They come from no ticket: `before-<organisation>` stands in its place. */
export async function playStays({ room, organisations, clock }: Playing): Promise<Outcome<unknown>> {
  const { books, layout } = room.sources
  if ((await books.live()).length > 0) return done(null)
  const at = clock() - 200 * DAY
  const all = await organisations()
  return await room.whole(async told => {
    for (const { id, name, short, kind } of all) {
      const pieces = layout().equipment.filter(one => one.tenant === short && one.psus.length > 0)
      if (kind === 'own' || pieces.length === 0) continue
      const stay: StayView = {
        id: 0,
        ticket: `before-${id}`,
        organisation: { id, name, short },
        state: 'inCustody',
        items: pieces.map((one, i) => itemOf(one, i + 1, at)),
        unlisted: [],
        from: at,
        until: at + 365 * DAY,
        minutes: { in: null, out: null },
        revision: 0,
      }
      const written = await room.writeStay(stay, told)
      if (!written.ok) return written
    }
    await room.note(null, 'stay.takeOver', 'stays', { stays: told.stays.size })
    return done(null)
  })
}
