// The stays: everything that is done with them, in one place that routes, the stream and the planner ask.
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Reservation } from '../domain/placement.ts'
import { may } from '../domain/policy.ts'
import type { ReservationView, StayView } from '../domain/stay.ts'
import type { TenancyView } from '../domain/tenancy.ts'
import { openCustody } from './custody.ts'
import { openGivingBack } from './giving-back.ts'
import { openGoods } from './goods.ts'
import { openInstalling } from './installing.ts'
import { WHY } from './reasons.ts'
import { openReserving } from './reserving.ts'
import { openRoom } from './room.ts'
import type { StaySources } from './sources.ts'
import { tenancyOf } from './tenancy.ts'
import { stayFor } from './views.ts'

export type Stays = ReturnType<typeof openStays>

/** As the planner counts it. */
export const promised = ({ id, rack, places, weight, watts, feeds, ports, addresses }: ReservationView, tenant: string): Reservation => ({
  id: String(id),
  rack,
  tenant,
  places,
  weight,
  watts,
  feeds,
  ports,
  addresses,
})

export function openStays(sources: StaySources) {
  const room = openRoom(sources)
  const { books, clock } = sources
  const givingBack = openGivingBack(room)
  const reserving = openReserving(room, givingBack)
  const custody = openCustody(room)

  const seen = (stay: StayView | null, what: string, viewer: Viewer): Outcome<StayView> => {
    const shown = stay === null ? null : stayFor(stay, viewer)
    return shown === null ? refused('notFound', WHY.notFound(what)) : done(shown)
  }
  const rows = (stays: readonly StayView[], viewer: Viewer): ReadonlyMap<string, StayView> =>
    new Map(
      stays.flatMap(stay => {
        const shown = stayFor(stay, viewer)
        return shown === null || shown.state === 'gone' ? [] : [[String(stay.id), shown] as const]
      }),
    )
  const byId = (list: readonly ReservationView[]) => new Map(list.map(one => [String(one.id), one]))

  // Asked for by every page of a tenant each second: read once, until something of it changes.
  let kept: Promise<readonly StayView[]> | null = null
  room.onChange(() => {
    kept = null
  })
  const live = (): Promise<readonly StayView[]> => {
    kept ??= books.live()
    kept.catch(() => {
      kept = null
    })
    return kept
  }

  return {
    room,
    /** What stands in the racks for the viewer's organisations; staff are no tenants but by an office of their own. */
    async tenancy(viewer: Viewer): Promise<TenancyView> {
      const organisations = may(viewer, 'stay.read') ? viewer.organisations : []
      const { current, layout, openAlarms } = sources
      return tenancyOf({ stays: await live(), organisations, layout: layout(), current, alarms: openAlarms() })
    },
    follow: givingBack.follow,
    ...reserving,
    ...openGoods(room),
    ...openInstalling(room),
    ...custody,
    list: async (viewer: Viewer): Promise<readonly StayView[]> => [...rows(await books.live(), viewer).values()],
    one: async (id: number, viewer: Viewer): Promise<Outcome<StayView>> => seen(await books.stay(id), String(id), viewer),
    reservations: (): Promise<readonly ReservationView[]> => books.held(),
    /** Once a minute. */
    async tick(): Promise<void> {
      await reserving.sweep(clock())
      await custody.watch(clock())
    },

    /** For the live stream. */
    streams: {
      stays: {
        topic: 'stays' as const,
        onChange: (tell: (ids: readonly string[]) => void) => room.onChange(({ stays }) => tell([...stays].map(String))),
        all: async (viewer: Viewer) => rows(await books.live(), viewer),
        some: async (ids: readonly string[], viewer: Viewer) => rows(await books.stays(ids.map(Number)), viewer),
      },
      reservations: {
        topic: 'reservations' as const,
        onChange: (tell: (ids: readonly string[]) => void) => room.onChange(({ reservations }) => tell([...reservations].map(String))),
        all: async () => byId(await books.held()),
        some: async (ids: readonly string[]) => byId((await books.reservations(ids.map(Number))).filter(({ state }) => state === 'held')),
      },
    },
  }
}
