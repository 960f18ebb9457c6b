// Care: the register of assets, plans, and work orders from their writing to their result.
import type { Instant } from '../domain/call.ts'
import type { WorkOrderView } from '../domain/care.ts'
import { done } from '../domain/outcome.ts'
import { dateLong } from '../domain/words/time.ts'
import { openAhead } from './ahead.ts'
import { stateOfWork } from './due.ts'
import { openCareFiles } from './files.ts'
import { openRegister } from './register.ts'
import { openCareRoom, SHOWN } from './room.ts'
import type { CareSources } from './sources.ts'
import { openWork } from './work.ts'

export type Care = ReturnType<typeof openCare>

const code = (order: number): string => `care.overdue.${order}`
const byId = <T extends { readonly id: number }>(list: readonly T[]): ReadonlyMap<string, T> => new Map(list.map(one => [String(one.id), one]))

export function openCare(sources: CareSources) {
  const { books, together, clock } = sources
  const room = openCareRoom(sources)
  const { zone } = room
  const ahead = openAhead(room)
  const register = openRegister(room, ahead)

  /** States by the hour, as they were told last. */
  const told = new Map<number, string>()
  async function watch(now: Instant): Promise<void> {
    const live = await books.live(now - SHOWN)
    const overdue = live.filter(one => stateOfWork(one, now) === 'overdue')
    for (const { id, number, title, asset, dueAt: due } of overdue)
      sources.alarm(code(id), {
        severity: 'warning',
        text: {
          id: `${title} (${asset.name}) terlambat: jatuh tempo ${dateLong(due, zone(), 'id')}, ${number}`,
          en: `${title} (${asset.name}) is overdue: was due ${dateLong(due, zone(), 'en')}, ${number}`,
        },
      })
    const codes = new Set(overdue.map(({ id }) => code(id)))
    for (const one of sources.alarmed()) if (!codes.has(one)) sources.alarm(one, null)
    const changed = live.filter(one => told.has(one.id) && told.get(one.id) !== stateOfWork(one, now)).map(({ id }) => id)
    told.clear()
    for (const one of live) told.set(one.id, stateOfWork(one, now))
    room.tell(changed)
  }
  const work = openWork(room, ahead, () => watch(clock()))
  const { attach, content, withdraw } = openCareFiles(room)
  /** What each plan's next time was when it was told last: a counter moves it. */
  let foretold = ''
  async function retell(): Promise<void> {
    const assets = (await register.views(await books.assets())).filter(({ meters }) => meters.length > 0)
    const says = JSON.stringify(assets.map(({ plans, meters }) => [plans, meters.map(({ hours, perDay }) => [hours, perDay?.toFixed(2)])]))
    if (says !== foretold) room.tellAssets(assets.map(({ id }) => id))
    foretold = says
  }

  return {
    ...work,
    ...{ attach, content, withdraw },
    putAsset: register.putAsset,
    dropAsset: register.dropAsset,
    putPlan: register.putPlan,
    dropPlan: register.dropPlan,

    /** Once a minute. */
    async tick(): Promise<void> {
      const now = clock()
      const made = await together(async () => done(await ahead.generate(now)))
      const orders = made.ok ? made.value : []
      room.tell(orders)
      if (orders.length > 0) room.tellAssets((await books.orders(orders)).map(({ asset }) => asset.id))
      await retell()
      await watch(now)
    },

    assets: books.assets,
    plans: books.plans,
    /** The register as pages have it. */
    register: async () => await register.views(await books.assets()),
    /** For the timeline, and for papers. */
    between: books.between,
    views: room.views,
    stream: {
      topic: 'care' as const,
      onChange: room.listen('orders'),
      all: async (): Promise<ReadonlyMap<string, WorkOrderView>> => byId(await room.views(await books.live(clock() - SHOWN))),
      some: async (ids: readonly string[]) => byId(await room.views(await books.orders(ids.map(Number)))),
    },
    assetStream: {
      topic: 'assets' as const,
      onChange: room.listen('assets'),
      all: async () => byId(await register.views(await books.assets())),
      some: async (ids: readonly string[]) => byId(await register.views((await books.assets()).filter(({ id }) => ids.includes(String(id))))),
    },
  }
}
