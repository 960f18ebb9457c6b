// Care put together: the register and its work, with the readings that judge a test and the gate that lets people in for it.
import type { Alarms } from './alarm/open.ts'
import { type Care, openCare } from './care/care.ts'
import { demonstrationCare } from './care/demonstration.ts'
import { openCarePrints } from './care/prints.ts'
import type { CareFiles } from './care/sources.ts'
import { careReadings, type ReadingOptions } from './caring-readings.ts'
import type { Call, Clock, Instant } from './domain/call.ts'
import type { Inventory } from './domain/inventory.ts'
import type { Viewer } from './domain/people.ts'
import { wallTime } from './domain/words/time.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { Route } from './http/route.ts'
import { careRoutes } from './http/routes/care.ts'
import { careLogPaper } from './paper/kinds/care-log.ts'
import type { Office } from './premises.ts'
import type { Records } from './store/records.ts'
import type { RowSource } from './stream/rows.ts'
import type { Visits } from './visits/visits.ts'

export interface Caring {
  readonly care: Care
  readonly rows: RowSource<'care'>
  readonly assets: RowSource<'assets'>
  readonly routes: readonly Route[]
  /** A register for the demonstration; nothing where there is one. */
  play(): Promise<void>
  /** One sentence each; empty when all is well. */
  troubles(): readonly string[]
  close(): Promise<void>
}

export interface CaringOptions {
  readonly records: Pick<Records, 'care' | 'audit'>
  readonly visits: Pick<Visits, 'enter'>
  readonly alarms: Pick<Alarms, 'system' | 'open'>
  readonly inventory: () => Inventory
  readonly fleet: Pick<Fleet, 'byId'>
  readonly model: ReadingOptions['model']
  readonly telemetry: ReadingOptions['telemetry']
  readonly office: Pick<Office, 'frame' | 'render'>
  readonly files: CareFiles
  readonly clock: Clock
  readonly log: Call['log']
}

const MINUTE = 60_000
const OWN = 'suar/-/'

export function openCaring({ records, visits, alarms, inventory, fleet, model, telemetry, office, files, clock, log }: CaringOptions): Caring {
  const raised = new Map<string, string>()
  const care = openCare({
    books: records.care,
    log,
    together: records.audit.together,
    append: records.audit.append,
    layout: inventory,
    isDevice: id => fleet.byId(id) !== undefined,
    readings: careReadings({ model, telemetry, inventory, log }),
    files,
    async enter(purpose, doors, { people, hours }, viewer) {
      const entered = await visits.enter(
        {
          ...{
            kind: 'maintenance',
            site: siteOf(doors),
            doors,
            racks: [],
            purpose,
            until: clock() + hours * 60 * MINUTE,
            escort: null,
            organisation: null,
          },
          ...{ visitors: people.map(one => ({ ...one, identity: '', mobile: '', badge: '' })), goods: [], accepted: true },
        },
        viewer,
      )
      return entered.ok ? { ok: true, value: { id: entered.value.id, number: entered.value.number } } : entered
    },
    alarm(code, state) {
      // The alarm room is told of changes only.
      const says = JSON.stringify(state)
      if (raised.get(code) === says) return
      raised.set(code, says)
      alarms.system(code, state)
    },
    alarmed: () => alarms.open().flatMap(({ key }) => (key.startsWith(`${OWN}care.`) ? [key.slice(OWN.length)] : [])),
    clock,
  })

  function siteOf(doors: readonly string[]): string {
    const plan = inventory()
    const room = plan.doors.find(({ id }) => id === doors[0])?.room
    return plan.rooms.find(({ id }) => id === room)?.site ?? plan.site.id
  }

  let trouble: string | null = null
  let turn: Promise<void> | null = null
  const tick = () => {
    turn ??= care
      .tick()
      .then(
        () => {
          trouble = null
        },
        (error: unknown) => {
          trouble = 'Maintenance is not looked after: the log says why.'
          log.error({ error: String(error) }, 'maintenance could not be looked after')
        },
      )
      .finally(() => {
        turn = null
      })
  }
  tick()
  const timer = setInterval(tick, MINUTE)
  const prints = openCarePrints({
    register: care.register,
    between: async (from, to) => await care.views(await care.between(from, to)),
    live: async () => [...(await care.stream.all()).values()],
    layout: inventory,
    office: () => office,
    paper: careLogPaper,
    clock,
  })
  const day = (at: Instant): string => {
    const { year, month, day } = wallTime(at, inventory().site.timezone)
    return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  }

  return {
    care,
    rows: care.stream,
    assets: care.assetStream,
    routes: careRoutes({ ...care, ...prints }),
    async play() {
      if ((await care.assets()).length > 0) return
      const now = clock()
      const days = (n: number) => day(now + n * 24 * 60 * MINUTE)
      for (const { asset, plans } of demonstrationCare(days, wallTime(now, inventory().site.timezone).year)) {
        const place = asset.device === null ? undefined : fleet.byId(asset.device)?.device.place
        const room = place?.room ?? inventory().racks.find(({ id }) => id === place?.rack)?.room ?? inventory().rooms[0]?.id ?? null
        const known = asset.device !== null && fleet.byId(asset.device) === undefined ? { ...asset, device: null } : asset
        const entered = await care.putAsset(0, { ...known, room }, DEMONSTRATION)
        if (!entered.ok) {
          log.warn({ asset: asset.name, reason: entered.failure.message }, 'an asset of the demonstration could not be entered')
          continue
        }
        for (const plan of plans) {
          const read = known.device !== null
          const made = await care.putPlan(
            0,
            { ...plan, asset: entered.value.id, test: read ? plan.test : null, hours: read ? plan.hours : null },
            DEMONSTRATION,
          )
          if (!made.ok) log.warn({ plan: plan.title, reason: made.failure.message }, 'a plan of the demonstration could not be made')
        }
      }
    },
    troubles: () => (trouble === null ? [] : [trouble]),
    async close() {
      clearInterval(timer)
      await turn
    },
  }
}

/** Who enters the demonstration's register: the daemon itself. */
const DEMONSTRATION: Viewer = {
  ...{ account: 0, person: 0, name: 'Suar', roles: ['admin'], organisations: [], positions: [] },
  ...{ via: 'session', scopes: null, pending: null, provenAt: 0 },
}
