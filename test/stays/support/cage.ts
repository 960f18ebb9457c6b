// A cage to play stays in: the real desk, the real place and planner on real records and a real telemetry store, readings and a clock we turn.
import { join } from 'node:path'
import type { Severity } from '../../../daemon/domain/alarm.ts'
import { done } from '../../../daemon/domain/outcome.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import type { StayView } from '../../../daemon/domain/stay.ts'
import { followedBy } from '../../../daemon/following.ts'
import { type Layer, openLayer } from '../../../daemon/place/layer.ts'
import { openPlantAnswers, type PlantAnswers } from '../../../daemon/plant-answers.ts'
import type { ServiceDesk } from '../../../daemon/service-desk.ts'
import { openStaying, papersOf, promisedBy, readingsOf, type Staying } from '../../../daemon/staying.ts'
import type { Stays } from '../../../daemon/stays/stays.ts'
import type { Records } from '../../../daemon/store/records.ts'
import { openTelemetry } from '../../../daemon/store/telemetry/telemetry.ts'
import { must, quiet } from '../../store/support/must.ts'
import { DAY, type GroundOptions, MINUTE, never, openGround } from '../../support/desk-ground.ts'
import { signMinutes } from './signing.ts'

export { DAY, MINUTE, never }

export interface Piece {
  readonly model?: string
  readonly serial?: string
  readonly quantity?: number
  readonly height?: number
  readonly depth?: 'full' | 'half'
  readonly weight?: number
  readonly power?: number
  readonly supplies?: number
}

export interface Cage {
  readonly records: Records
  readonly desk: ServiceDesk
  readonly staying: Staying
  readonly stays: Stays
  readonly place: Layer
  readonly plant: PlantAnswers
  readonly clock: { now: number }
  readonly alarms: Map<string, { readonly severity: Severity; readonly text: { readonly id: string; readonly en: string } }>
  /** Devices asked out of turn. */
  readonly polled: string[]
  as(login: string): Promise<Viewer>
  /** A colocation request handed in. The ticket's number. */
  filed(pieces: readonly Piece[], given?: { readonly login?: string; readonly answers?: Readonly<Record<string, unknown>> }): Promise<string>
  /** A reading of a point of the demonstration: `pdu-a5-a/outlet.8.power`. */
  read(point: string, value: number | null, at?: number): Promise<void>
  /** The minutes of the ticket, drawn up and signed by all: their number. */
  signed(ticket: string, requester?: string): Promise<string>
  /** Reserved, in, installed on those outlets, verified or accepted, minutes signed: the first stay of the ticket in custody. */
  kept(ticket: string, rack: string, outlets: readonly (readonly [feed: 'A' | 'B', point: string])[]): Promise<StayView>
  close(): Promise<void>
}

export async function openCage(given: GroundOptions = {}): Promise<Cage> {
  const ground = await openGround(given)
  const { folder, records, inventory: base, clock } = ground
  const place = must(await openLayer({ base, source: 'site.yaml', store: records, clock: () => clock.now, log: quiet }))
  const telemetry = must(await openTelemetry({ folder: join(folder, 'telemetry'), log: quiet }))
  const numbers = new Map<string, number>()
  const latest = new Map<number, { readonly value: number | null; readonly at: number }>()
  const pointOf = ({ device, key }: { readonly device: string; readonly key: string }) => {
    const no = numbers.get(`${device}/${key}`)
    return no === undefined ? undefined : { no, device, key, states: null }
  }
  const plant = openPlantAnswers({
    layout: () => place.inventory,
    point: ref => pointOf(ref) as never,
    value: no => latest.get(no) ?? null,
    history: (points, from, to, buckets) => telemetry.history(points, from, to, buckets),
    days: { put: async () => undefined, since: async () => [] },
    devices: () => [],
    reservations: () => promisedBy(records),
    clock: () => clock.now,
  })
  const alarms: Cage['alarms'] = new Map()
  const polled: string[] = []
  const staying = openStaying({
    records,
    place,
    plant,
    alarms: {
      system: (code, state) => void (state === null ? alarms.delete(code) : alarms.set(code, state as never)),
      open: () =>
        [...alarms].map(([code, { severity, text }]) => ({
          key: `suar/-/${code}`,
          device: null,
          point: null,
          severity,
          raisedAt: clock.now,
          condition: { kind: 'system', code, text },
        })) as never,
    },
    readings: readingsOf({
      model: {
        pointsOf: device =>
          new Map(
            [...numbers].flatMap(([name, no]) =>
              name.startsWith(`${device}/`) ? [[name.slice(device.length + 1), { no, cadence: 'fast' as const }]] : [],
            ),
          ),
        value: no => latest.get(no) ?? null,
      },
      telemetry,
      poll: async device => {
        polled.push(device)
        return done(undefined)
      },
      switchesAt: rack => base.devices.filter(one => one.kind === 'switch' && one.place?.rack === rack),
      clock: () => clock.now,
    }),
    names: () => ({ layout: place.inventory, device: () => null, point: () => null }),
    carriers: () => ['email'],
    base: () => 'https://layanan.example',
    language: 'id',
    clock: () => clock.now,
    log: quiet,
  })
  const desk = await ground.desk({
    following: followedBy(records.audit.together, () => [staying]),
    ...papersOf({ records, place, language: 'id' }),
  })
  const cage: Cage = {
    records,
    desk,
    staying,
    stays: staying.stays,
    place,
    plant,
    clock,
    alarms,
    polled,
    as: ground.as,
    async filed(pieces, { login = 'pemohon-dinkes', answers = {} } = {}) {
      const viewer = await cage.as(login)
      const number = await ground.draft(desk, viewer, {
        service: 'colocation',
        product: 'colocation',
        title: 'Kolokasi server',
        date: ground.local(clock.now).slice(0, 10),
        answers: {
          site: 'dc',
          redundantFeed: true,
          duration: 12,
          devices: pieces.map(piece => ({
            kind: 'server',
            model: 'Dell PowerEdge R760',
            serial: 'SN-1',
            quantity: 1,
            height: 2,
            depth: 'full',
            weight: 28,
            power: 400,
            supplies: 2,
            connector: 'C13',
            asset: '1.3.2.05.01.01.005.00012',
            ...piece,
          })),
          ports: [{ count: 2, speed: '1G' }],
          addresses: [],
          ...answers,
        },
      })
      return must(await desk.desk.submit(number, viewer)).number
    },
    async read(point, value, at = clock.now) {
      const no = numbers.get(point) ?? numbers.size + 1
      numbers.set(point, no)
      if (at >= (latest.get(no)?.at ?? 0)) latest.set(no, { value, at })
      await telemetry.append({ points: Uint32Array.of(no), values: Float64Array.of(value ?? Number.NaN), at: Float64Array.of(at) })
    },
    signed: (ticket, login) => signMinutes(cage, ticket, login),
    async kept(ticket, rack, outlets) {
      const officer = await cage.as('petugas')
      const seen = must(await cage.stays.view(ticket))
      const offer = seen.placement?.offers.find(one => one.rack === rack) ?? never(`an offer of ${rack}`)
      const places = offer.places.map(({ item, u, face }) => ({ item: seen.items[item] ?? 0, u, face }))
      const { stay } = must(await cage.stays.reserve(ticket, { rack, places }, officer))
      for (const [i, item] of stay.items.entries()) {
        must(await cage.stays.receive(stay.id, item.id, { serial: item.serial, damaged: false, note: '', photos: [] }, officer))
        const psus = outlets.slice(i * 2, i * 2 + 2).map(([feed, point]) => {
          const [device = '', key = ''] = point.split('/')
          return { feed, power: { device, key } }
        })
        must(await cage.stays.install(stay.id, item.id, { psus, port: null }, officer, '127.0.0.1'))
        must(await cage.stays.accept(stay.id, item.id, 'diperiksa di tempat', officer))
      }
      await cage.signed(ticket)
      return must(await cage.stays.custody(stay.id, officer))
    },
    async close() {
      await desk.close()
      await staying.close()
      await telemetry.close()
      await records.close()
    },
  }
  return cage
}
