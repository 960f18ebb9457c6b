// Care put together: the register and its work, with the readings that judge a test and the gate that lets people in for it.
import type { Alarms } from './alarm/open.ts'
import { type Care, openCare } from './care/care.ts'
import { demonstrationCare } from './care/demonstration.ts'
import type { GensetSample } from './care/genset.ts'
import type { Call, Clock, Instant } from './domain/call.ts'
import { writeCsv } from './domain/csv.ts'
import type { Inventory } from './domain/inventory.ts'
import type { Viewer } from './domain/people.ts'
import { stateOf } from './domain/state.ts'
import { dateTime, wallTime } from './domain/words/time.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { Route } from './http/route.ts'
import { careRoutes } from './http/routes/care.ts'
import type { Records } from './store/records.ts'
import type { Telemetry } from './store/telemetry/telemetry.ts'
import type { PointView } from './stream/contract.ts'
import type { Model } from './stream/model.ts'
import type { RowSource } from './stream/rows.ts'
import type { Visits } from './visits/visits.ts'

export interface Caring {
  readonly care: Care
  readonly rows: RowSource<'care'>
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
  readonly model: Pick<Model, 'pointsOf'>
  readonly telemetry: Pick<Telemetry, 'history'>
  readonly clock: Clock
  readonly log: Call['log']
}

const MINUTE = 60_000
const OWN = 'suar/-/'
/** A run test is short: its readings as they came. */
const BUCKETS = 2_000

export function openCaring({ records, visits, alarms, inventory, fleet, model, telemetry, clock, log }: CaringOptions): Caring {
  const raised = new Map<string, string>()
  const care = openCare({
    books: records.care,
    together: records.audit.together,
    append: records.audit.append,
    layout: inventory,
    isDevice: id => fleet.byId(id) !== undefined,
    readings: (device, from, to) => gensetReadings(device, from, to),
    capacity: device => inventory().power.find(node => node.device === device && node.kind === 'genset')?.capacity ?? null,
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

  /** Each moment at which anything of it was read. */
  async function gensetReadings(device: string, from: Instant, to: Instant): Promise<readonly GensetSample[]> {
    const points = [...model.pointsOf(device).values()]
    const find = (fits: (point: PointView) => boolean) => points.find(fits)
    const engine = find(({ states }) => states?.some(({ meaning }) => meaning === 'starting' || meaning === 'startFailed') ?? false)
    const frequency = find(({ key, quantity }) => quantity === 'frequency' && key.startsWith('output'))
    const voltage = find(({ key, quantity }) => quantity === 'voltage' && key === 'output.L1.voltage')
    const power = find(({ key }) => key === 'output.power')
    const fuel = find(({ quantity, key }) => quantity === 'level' && key.startsWith('fuel'))
    const asked = [engine, frequency, voltage, power, fuel].filter(point => point !== undefined)
    const told = await telemetry.history(
      asked.map(({ no }) => no),
      from,
      to,
      BUCKETS,
    )
    if (!told.ok) {
      log.warn({ device, reason: told.failure.message }, 'a run test could not be read')
      return []
    }
    const samples = new Map<Instant, Map<number, number>>()
    for (const { point, at, mean } of told.value.series)
      for (const [i, when] of at.entries()) {
        const value = mean[i]
        if (typeof value !== 'number' || when < from) continue
        // Of one poll: moments of its points differ by little.
        const second = Math.round(when / 1000) * 1000
        samples.set(second, (samples.get(second) ?? new Map<number, number>()).set(point, value))
      }
    let last: { running: boolean } & Record<'frequency' | 'voltage' | 'power' | 'fuel', number | null> = {
      running: false,
      frequency: null,
      voltage: null,
      power: null,
      fuel: null,
    }
    return [...samples]
      .sort(([one], [other]) => one - other)
      .map(([at, values]) => {
        const of = (point: PointView | undefined, was: number | null) => (point === undefined ? null : (values.get(point.no) ?? was))
        const state = engine === undefined ? undefined : values.get(engine.no)
        const meaning = state === undefined || engine?.states == null ? null : stateOf(engine.states, Math.round(state)).meaning
        const hertz = of(frequency, last.frequency)
        const running =
          meaning === null
            ? state === undefined && engine !== undefined
              ? last.running
              : (hertz ?? 0) > 5
            : meaning === 'running' || meaning === 'starting'
        const level = of(fuel, last.fuel)
        last = { running, frequency: hertz, voltage: of(voltage, last.voltage), power: of(power, last.power), fuel: level }
        return { at, ...last, fuel: level === null ? null : level / 100 }
      })
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
  const day = (at: Instant): string => {
    const { year, month, day } = wallTime(at, inventory().site.timezone)
    return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  }

  return {
    care,
    rows: care.stream,
    routes: careRoutes({
      ...care,
      async register() {
        const plans = await care.plans()
        return { assets: await care.assets(), plans: await Promise.all(plans.map(async plan => ({ ...plan, next: await care.next(plan) }))) }
      },
      async export(table) {
        const name = `perawatan-${table}-${day(clock())}.csv`
        return { name, content: Buffer.from(table === 'assets' ? await assetsTable() : await ordersTable()) }
      },
    }),
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
          const made = await care.putPlan(0, { ...plan, asset: entered.value.id, test: known.device === null ? null : plan.test }, DEMONSTRATION)
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

  async function assetsTable(): Promise<string> {
    const rooms = new Map(inventory().rooms.map(({ id, name }) => [id, name]))
    return writeCsv(
      ['jenis', 'nama', 'ruang', 'merek', 'nomor seri', 'kode barang', 'perangkat', 'penyedia', 'kontrak sampai', 'catatan'],
      (await care.assets()).map(one => [
        one.kind,
        one.name,
        rooms.get(one.room ?? '') ?? '',
        one.make,
        one.serial,
        one.kib,
        one.device ?? '',
        one.vendor,
        one.contract ?? '',
        one.note,
      ]),
    )
  }
  async function ordersTable(): Promise<string> {
    const zone = inventory().site.timezone
    const time = (at: Instant | null) => (at === null ? '' : dateTime(at, zone, 'id'))
    return writeCsv(
      ['nomor', 'aset', 'pekerjaan', 'keadaan', 'jatuh tempo', 'mulai', 'selesai', 'oleh', 'hasil', 'kunjungan', 'catatan'],
      [...(await care.stream.all()).values()].map(one => [
        ...[one.number, one.asset.name, one.title, one.state, time(one.dueAt), time(one.from), time(one.until), one.by ?? ''],
        ...[one.result ?? '', one.visit?.number ?? '', one.note],
      ]),
    )
  }
}

/** Who enters the demonstration's register: the daemon itself. */
const DEMONSTRATION: Viewer = {
  ...{ account: 0, person: 0, name: 'Suar', roles: ['admin'], organisations: [], positions: [] },
  ...{ via: 'session', scopes: null, pending: null, provenAt: 0 },
}
