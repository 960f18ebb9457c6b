// A cage to play stays in: the real desk, the real place and planner on real records and a real telemetry store, readings and a clock we turn.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { believable } from '../../../daemon/desk/demonstration/answers.ts'
import { onePage } from '../../../daemon/desk/demonstration/pdf.ts'
import type { Severity } from '../../../daemon/domain/alarm.ts'
import { Inventory } from '../../../daemon/domain/inventory.ts'
import { done } from '../../../daemon/domain/outcome.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import type { StayView } from '../../../daemon/domain/stay.ts'
import { followedBy } from '../../../daemon/following.ts'
import { seedDemonstration } from '../../../daemon/people/demonstration.ts'
import { type Layer, openLayer } from '../../../daemon/place/layer.ts'
import { openPlantAnswers, type PlantAnswers } from '../../../daemon/plant-answers.ts'
import { openServiceDesk, type ServiceDesk } from '../../../daemon/service-desk.ts'
import { viewerAt } from '../../../daemon/signin/viewer.ts'
import { openStaying, papersOf, promisedBy, readingsOf, type Staying } from '../../../daemon/staying.ts'
import type { Stays } from '../../../daemon/stays/stays.ts'
import type { Records } from '../../../daemon/store/records.ts'
import { openTelemetry } from '../../../daemon/store/telemetry/telemetry.ts'
import { recordsIn, tempFolder } from '../../store/support/folder.ts'
import { must, quiet } from '../../store/support/must.ts'
import { signMinutes } from './signing.ts'

/** Friday, 20 November 2026, 09:00 in Jakarta: a working day. */
const FRIDAY = Date.UTC(2026, 10, 20, 2)
export const MINUTE = 60_000
export const DAY = 86_400_000

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

export async function openCage({ now = FRIDAY, folder = tempFolder() }: { readonly now?: number; readonly folder?: string } = {}): Promise<Cage> {
  const clock = { now }
  const records = await recordsIn(folder, () => clock.now)
  if ((await records.people.organisations.all()).length === 0)
    await seedDemonstration(
      { ...records.people, addAccount: ({ person, login }) => records.accounts.add({ person, login, password: null, mustChange: false }) },
      () => clock.now,
    )
  const file = fileURLToPath(new URL('../../../collectors/simulator/demo.yaml', import.meta.url))
  const base = Inventory.parse(parse(readFileSync(file, 'utf8')))
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
  const desk = must(
    await openServiceDesk({
      records,
      data: folder,
      catalogue: [],
      calendar: 'desk',
      language: 'id',
      base: () => 'https://layanan.example',
      runsOn: () => [],
      deviceName: id => id,
      carriers: () => [],
      scan: null,
      seal: null,
      following: followedBy(records.audit.together, () => [staying]),
      ...papersOf({ records, place, language: 'id' }),
      most: 25 * 1_048_576,
      clock: () => clock.now,
      log: quiet,
    }),
  )
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
    async as(login) {
      const account = await records.accounts.byLogin(login)
      if (account === null) throw new Error(`nobody is called ${login}`)
      const [person] = await records.people.personsById([account.person])
      if (person === undefined) throw new Error(`${login} is nobody`)
      const offices = await records.people.officesOf(person.id)
      return viewerAt(
        { account: { id: account.id, mustChange: false }, person, offices, secondFactor: true },
        { via: 'session', scopes: null, provenAt: clock.now },
        'off',
        clock.now,
      )
    },
    async filed(pieces, { login = 'pemohon-dinkes', answers = {} } = {}) {
      const viewer = await cage.as(login)
      const title = 'Kolokasi server'
      const { number } = must(await desk.desk.open({ service: 'colocation', kind: 'request', products: ['colocation'], title }, viewer))
      const { items } = must(await desk.desk.attach(number, letter(), { slot: 'application-letter', visibility: 'public' }, viewer))
      const { service } = (await desk.desk.room.load(number)) ?? never(number)
      const filled = believable(service.form, ['colocation'], {
        persona: {
          name: viewer.name,
          nip: '197605242001122001',
          position: 'Kepala Bidang',
          echelon: 'III',
          unit: 'Sekretariat',
          address: 'Komplek Perkantoran',
          mobile: '081200000001',
          email: 'pemohon@demo.example',
        },
        subject: 'SIMRS',
        domain: 'simrs.babelprov.go.id',
        date: new Date(clock.now + 7 * 3_600_000).toISOString().slice(0, 10),
        files: [items[0]?.id ?? 0],
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
      must(await desk.desk.save(number, { answers: { ...filled }, products: ['colocation'], title }, viewer))
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

async function* letter() {
  yield done({ name: 'surat-permohonan.pdf', content: Readable.from([onePage('Surat permohonan')]) })
}
export const never = (what: string): never => {
  throw new Error(`there is no ${what}`)
}
