// What all parts of care share: its books with who is told, and orders and assets as pages have them.
import type { Instant } from '../domain/call.ts'
import type { CareFile, WorkOrder, WorkOrderView } from '../domain/care.ts'
import type { Asset } from '../domain/care-sent.ts'
import { openListeners } from '../domain/listeners.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import { wallTime } from '../domain/words/time.ts'
import { stateOfWork } from './due.ts'
import { WHY } from './reasons.ts'
import type { CareSources, KeptFile } from './sources.ts'

export type CareRoom = ReturnType<typeof openCareRoom>

/** Those that ended stay on the pages for so long. */
export const SHOWN = 90 * 86_400_000

type NewOrder = Pick<WorkOrder, 'plan' | 'turn' | 'title' | 'dueAt' | 'test' | 'hours'> &
  Partial<Pick<WorkOrder, 'fault' | 'urgency'>> & { readonly checklist: readonly string[] }

const shownFile = ({ work: _work, sha256: _sha, ...file }: KeptFile): CareFile => file

export function openCareRoom(sources: CareSources) {
  const { books, layout, clock, log } = sources
  const told = { orders: openListeners<[ids: readonly string[]]>(log), assets: openListeners<[ids: readonly string[]]>(log) }
  const tellIn = (what: keyof typeof told) => (ids: readonly number[]) => {
    if (ids.length > 0) told[what].tell(ids.map(String))
  }
  const tell = tellIn('orders')
  const tellAssets = tellIn('assets')
  const zone = (): string => layout().site.timezone
  const assetOf = async (id: number): Promise<Asset | undefined> => (await books.assets()).find(one => one.id === id)

  async function views(orders: readonly WorkOrder[]): Promise<readonly WorkOrderView[]> {
    const files = Map.groupBy(await books.files(orders.map(({ id }) => id)), ({ work }) => work)
    return orders.map(order => {
      const { turn: _turn, ...rest } = order
      return { ...rest, state: stateOfWork(order, clock()), files: (files.get(order.id) ?? []).map(shownFile) }
    })
  }

  async function viewOf(order: WorkOrder): Promise<WorkOrderView> {
    const [view] = await views([order])
    if (view === undefined) throw new Error('one order has one view')
    return view
  }

  /** The next of what the records have; refused when somebody was faster. */
  async function write(order: WorkOrder): Promise<Outcome<WorkOrder>> {
    const written = await books.putOrder({ ...order, revision: order.revision + 1 })
    return written === null ? WHY.changed() : done(written)
  }

  return {
    sources,
    zone,
    assetOf,
    tell,
    tellAssets,
    listen: (what: keyof typeof told) => told[what].onChange,

    views,
    viewOf,
    write,

    /** Null: that turn of the plan has one already. */
    async newOrder({ id, name, kind }: Asset, given: NewOrder): Promise<WorkOrder | null> {
      const year = wallTime(clock(), zone()).year
      return await books.putOrder({
        ...{ fault: '', urgency: null },
        ...given,
        ...{ id: 0, number: `WO-${year}-${String(await books.draw(year)).padStart(4, '0')}`, asset: { id, name, kind }, state: 'open' },
        ...{ from: null, until: null, by: null, result: null, note: '', run: null, battery: null, visit: null, revision: 1 },
        checklist: given.checklist.map(text => ({ text, done: false })),
      })
    },

    /** Calls off what is open of them; their ids. */
    async callOff(orders: readonly WorkOrder[], now: Instant): Promise<Outcome<readonly number[]>> {
      for (const order of orders) {
        const written = await write({ ...order, state: 'cancelled', until: now })
        if (!written.ok) return written
      }
      return done(orders.map(({ id }) => id))
    },
  }
}
