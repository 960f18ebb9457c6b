// What the API asks about the plant: the pure room of the plant over the layout, the latest readings, telemetry's past and what is reserved.
import type { Clock, Instant, Log } from './domain/call.ts'
import type { CapacityForecast, CapacityView } from './domain/capacity.ts'
import type { Layout, PointRef } from './domain/inventory.ts'
import { done, failed, type Outcome } from './domain/outcome.ts'
import type { Reservation } from './domain/placement.ts'
import type { PowerView, Readings } from './domain/plant.ts'
import { stateOf } from './domain/state.ts'
import { numberOf, openZone } from './domain/zone.ts'
import type { PlantDesk } from './http/routes/plant.ts'
import { addressesOf } from './plant/addresses.ts'
import { capacityOf } from './plant/capacity.ts'
import { energyReport } from './plant/energy.ts'
import { whatIf } from './plant/failover.ts'
import { type Daily, forecast } from './plant/forecast.ts'
import { type Ground, groundOf } from './plant/ground.ts'
import { loadOf } from './plant/load.ts'
import { cutOff, darkDevices, type Wired } from './plant/network.ts'
import { openPlant, type Plant } from './plant/plant.ts'
import { redundancyOf } from './plant/redundancy.ts'
import { survey } from './plant/survey.ts'
import { trace } from './plant/trace.ts'
import { openPast, type PastSources } from './plant-past.ts'
import { refsOfLayout } from './stream/topics.ts'

export interface PlantSources extends PastSources {
  layout(): Layout | null
  value(no: number): { readonly value: number | null; readonly at: number } | null
  /** Every device with its network parents and where it answers. */
  devices(): readonly (Wired & { readonly name: string; readonly host: string })[]
  /** Units taken by site and day (midnight UTC). */
  readonly days: {
    put(days: readonly { readonly site: string; readonly day: Instant; readonly used: number; readonly total: number }[]): Promise<void>
    since(day: Instant): Promise<readonly { readonly site: string; readonly day: Instant; readonly used: number }[]>
  }
  /** What is promised and not there yet. */
  reservations(): Promise<readonly Reservation[]>
  readonly clock: Clock
}

export interface PlantAnswers extends PlantDesk {
  /** The plant as it is now, made ready for placing things. */
  ground(): Promise<Outcome<Ground>>
  /** Counts the units of today, now and every hour, until it is ended. */
  counting(log: Log): () => void
}

/** Pages that ask at once get one answer. Less than the three seconds that a page waits after a change: what it asks then must hold the change. */
const KEPT = 2_000
/** What was read longer ago is not what is, ms. */
const STALE = 3_600_000
const DAYS_KEPT = 3_600_000
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Days of units that a forecast looks back. */
const UNITS_BACK = 180

export function openPlantAnswers(sources: PlantSources): PlantAnswers {
  const { clock, point } = sources
  const past = openPast(sources)
  let refs: { readonly of: Layout; readonly list: readonly PointRef[] } | null = null
  let made: { readonly of: Layout; readonly reserved: string; readonly until: number; readonly plant: Outcome<Plant> } | null = null
  let forecasts: { readonly of: Layout; readonly until: number; readonly found: readonly CapacityForecast[] } | null = null

  const refsOf = (layout: Layout): readonly PointRef[] => {
    if (refs?.of !== layout) refs = { of: layout, list: refsOfLayout(layout) }
    return refs.list
  }

  const latest: Readings = ref => {
    const no = point(ref)?.no
    const reading = no === undefined ? null : sources.value(no)
    return reading === null || reading.value === null || clock() - reading.at > STALE ? null : { value: reading.value, at: reading.at }
  }

  /** Transfer switches that say which source they carry. */
  function selected(layout: Layout): ReadonlyMap<string, string> {
    const found = new Map<string, string>()
    for (const node of layout.power) {
      const ref = [node.measures['state'] ?? []].flat()[0]
      if (node.kind !== 'ats' || ref === undefined) continue
      const [view, reading] = [point(ref), latest(ref)]
      if (view === undefined || reading === null) continue
      const { meaning } = stateOf(view.states ?? [], reading.value)
      const source = meaning === 'sourceA' ? node.from[0] : meaning === 'sourceB' ? node.from[1] : undefined
      if (source !== undefined) found.set(node.id, source)
    }
    return found
  }

  async function plant(): Promise<Outcome<Plant>> {
    const layout = sources.layout()
    if (layout === null) return failed('busy', 'The layout is not loaded yet: try again in a moment.')
    const reservations = await sources.reservations()
    const reserved = JSON.stringify(reservations)
    if (made !== null && made.of === layout && made.reserved === reserved && clock() < made.until) return made.plant
    const peaks = await past.peaks(refsOf(layout))
    const now = clock()
    const peak: Readings = ref => {
      const value = peaks.get(point(ref)?.no ?? -1)
      return value === undefined ? null : { value, at: now }
    }
    const opened = openPlant(layout, reservations, latest, peak, selected(layout))
    made = { of: layout, reserved, until: now + KEPT, plant: opened }
    return opened
  }

  const over = async <T>(work: (plant: Plant) => T | Promise<T>): Promise<Outcome<T>> => {
    const opened = await plant()
    return opened.ok ? done(await work(opened.value)) : opened
  }

  async function forecastsOf(plant: Plant, capacity: ReturnType<typeof capacityOf>): Promise<readonly CapacityForecast[]> {
    const { layout, feeds, nodes } = plant.graph
    if (forecasts !== null && forecasts.of === layout && clock() < forecasts.until) return forecasts.found
    const powerOf = (racks: (rack: Layout['racks'][number]) => boolean): PointRef[] => {
      const fed = new Set(
        layout.racks.flatMap((rack, no) =>
          racks(rack) ? feeds[no]!.map(({ node }) => rack.feeds.find(feed => `feed:${rack.id}:${feed.name}` === nodes[node]!.id)?.node) : [],
        ),
      )
      return layout.power.filter(node => fed.has(node.id)).flatMap(node => node.measures['power'] ?? [])
    }
    const found: CapacityForecast[] = []
    const put = (of: CapacityForecast['of'], id: string, full: number, days: readonly Daily[]): void => {
      const sorted = days.toSorted((a, b) => a.day - b.day)
      found.push({ of, id, full, forecast: forecast(sorted, full, clock()), days: sorted })
    }
    for (const { id, power, freePower } of capacity.sites) {
      if (power.value === null || freePower === null) continue
      const rooms = new Set(capacity.racks.filter(rack => rack.site === id).map(rack => rack.rack))
      const full = power.value + freePower
      put('power', id, full, await past.days(powerOf(rack => rooms.has(rack.id))))
    }
    for (const { room, spare } of capacity.cooling)
      if (spare !== null) put('cooling', room, spare, await past.days(powerOf(rack => rack.room === room)))
    const counted = Map.groupBy(await sources.days.since(clock() - UNITS_BACK * DAY), ({ site }) => site)
    for (const { id, units } of capacity.sites)
      put(
        'units',
        id,
        units.total,
        (counted.get(id) ?? []).map(({ day, used }) => ({ day, value: used })),
      )
    forecasts = { of: layout, until: clock() + DAYS_KEPT, found }
    return found
  }

  return {
    power: () =>
      over(({ graph, now }): PowerView => {
        const shown = graph.nodes.map((_, i) => i).filter(i => !IN_RACKS.has(graph.kinds[i]!))
        return {
          nodes: shown.map(i => graph.nodes[i]!),
          edges: shown.flatMap(i =>
            Array.from(graph.from.at.subarray(graph.from.start[i]!, graph.from.start[i + 1]!), (source, preference) => ({
              from: graph.nodes[source]!.id,
              to: graph.nodes[i]!.id,
              preference,
            })),
          ),
          loads: shown.map(i => loadOf(now.flow, i)),
        }
      }),
    trace: node =>
      over(({ graph, now }) => {
        const found = trace(graph, node)
        if (found === null) return null
        const ids = new Set([...found.up.nodes, ...found.down.nodes].map(({ id }) => id))
        return { ...found, loads: [...ids].map(id => loadOf(now.flow, graph.index.get(id)!)) }
      }),
    async whatIf(gone, when) {
      const what = await over(({ now, peak }) => whatIf((when === 'now' ? now : peak).failover, gone))
      const layout = sources.layout()
      if (!what.ok || layout === null) return what.ok ? done({ ...what.value, cutOff: [] }) : what
      const devices = sources.devices()
      const names = new Map(devices.map(({ id, name }) => [id, name]))
      const out = cutOff(devices, darkDevices(what.value, layout))
      return done({ ...what.value, cutOff: out.map(device => ({ device, name: names.get(device) ?? device })) })
    },
    capacity: () =>
      over(async (plant): Promise<CapacityView> => {
        const capacity = capacityOf(plant)
        const { networks, equipment } = plant.graph.layout
        const addresses = addressesOf(networks, equipment, sources.devices())
        return { ...capacity, survey: survey(plant.peak.failover), forecasts: await forecastsOf(plant, capacity), addresses }
      }),
    redundancy: () => over(({ peak }) => redundancyOf(peak.failover)),
    async energy(month) {
      const layout = sources.layout()
      if (layout === null) return failed('busy', 'The layout is not loaded yet: try again in a moment.')
      const zone = openZone(layout.site.timezone)
      const [year, number] = month.split('-').map(Number)
      const start = (m: number) => zone.at(numberOf(new Date(Date.UTC(year!, m, 1)).toISOString().slice(0, 10)), 0)
      const [from, to] = [start(number! - 1), Math.min(start(number!), clock())]
      if (to <= from) return failed('invalid', `The month ${month} has not begun yet. Ask for one that has.`)
      const found = await past.energy(refsOf(layout), from, to)
      return done(energyReport(layout, ref => found.get(point(ref)?.no ?? -1) ?? null, from, to))
    },
    ground: () => over(groundOf),
    counting(log) {
      const count = async (): Promise<void> => {
        const found = await over(capacityOf)
        if (!found.ok) return log.warn({ reason: found.failure.message }, 'the units of the racks were not counted')
        const day = Math.floor(clock() / DAY) * DAY
        await sources.days.put(found.value.sites.map(({ id, units }) => ({ site: id, day, used: units.total - units.free, total: units.total })))
      }
      const guarded = (): void => {
        count().catch((error: unknown) => log.error({ error: String(error) }, 'counting the units of the racks failed'))
      }
      guarded()
      const hourly = setInterval(guarded, HOUR)
      hourly.unref()
      return () => clearInterval(hourly)
    },
  }
}

const IN_RACKS: ReadonlySet<string> = new Set(['rackFeed', 'outlet', 'psu', 'item'])
