// Ground for stories of the desk and what follows its tickets: real records with the demonstration's people and plan, the real desk, a clock we turn.
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { believable } from '../../daemon/desk/demonstration/answers.ts'
import { onePage } from '../../daemon/desk/demonstration/pdf.ts'
import { Inventory } from '../../daemon/domain/inventory.ts'
import { done } from '../../daemon/domain/outcome.ts'
import type { Viewer } from '../../daemon/domain/people.ts'
import { seedDemonstration } from '../../daemon/people/demonstration.ts'
import { openServiceDesk, type ServiceDesk, type ServiceDeskOptions } from '../../daemon/service-desk.ts'
import { viewerAt } from '../../daemon/signin/viewer.ts'
import type { Records } from '../../daemon/store/records.ts'
import { recordsIn, tempFolder } from '../store/support/folder.ts'
import { must, quiet } from '../store/support/must.ts'

/** Friday, 20 November 2026, 09:00 in Jakarta: a working day. */
const FRIDAY = Date.UTC(2026, 10, 20, 2)
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

export interface Ground {
  readonly folder: string
  readonly records: Records
  readonly inventory: Inventory
  readonly clock: { now: number }
  as(login: string): Promise<Viewer>
  person(login: string): Promise<number>
  /** Local time of the site as a form has it. */
  local(at: number): string
  desk(more: Partial<ServiceDeskOptions>): Promise<ServiceDesk>
  /** A draft with the letter and every answer that its form wants. Its number. */
  draft(desk: ServiceDesk, viewer: Viewer, asked: Asked): Promise<string>
}

export interface Asked {
  readonly service: string
  readonly product: string
  readonly title: string
  /** Local date things begin. */
  readonly date: string
  readonly answers: Readonly<Record<string, unknown>>
}

export interface GroundOptions {
  readonly now?: number
  readonly folder?: string
}

export async function openGround({ now = FRIDAY, folder = tempFolder() }: GroundOptions = {}): Promise<Ground> {
  const clock = { now }
  const records = await recordsIn(folder, () => clock.now)
  if ((await records.people.organisations.all()).length === 0)
    await seedDemonstration(
      { ...records.people, addAccount: ({ person, login }) => records.accounts.add({ person, login, password: null, mustChange: false }) },
      () => clock.now,
    )
  const file = fileURLToPath(new URL('../../collectors/simulator/demo.yaml', import.meta.url))
  const accountOf = async (login: string) => (await records.accounts.byLogin(login)) ?? never(`account of ${login}`)
  return {
    folder,
    records,
    inventory: Inventory.parse(parse(readFileSync(file, 'utf8'))),
    clock,
    async as(login) {
      const account = await accountOf(login)
      const [person] = await records.people.personsById([account.person])
      const offices = await records.people.officesOf(account.person)
      return viewerAt(
        { account: { id: account.id, mustChange: false }, person: person ?? never(login), offices, secondFactor: true },
        { via: 'session', scopes: null, provenAt: clock.now },
        'off',
        clock.now,
      )
    },
    person: async login => (await accountOf(login)).person,
    local: at => new Date(at + 7 * HOUR).toISOString().slice(0, 16),
    desk: async more =>
      must(
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
          most: 25 * 1_048_576,
          clock: () => clock.now,
          log: quiet,
          ...more,
        }),
      ),
    async draft({ desk }, viewer, { service, product, title, date, answers }) {
      const { number } = must(await desk.open({ service, kind: 'request', products: [product], title }, viewer))
      const { items } = must(await desk.attach(number, letter(), { slot: 'application-letter', visibility: 'public' }, viewer))
      const loaded = (await desk.room.load(number)) ?? never(number)
      const filled = believable(loaded.service.form, [product], {
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
        date,
        files: [items[0]?.id ?? 0],
        answers,
      })
      must(await desk.save(number, { answers: { ...filled }, products: [product], title }, viewer))
      return number
    },
  }
}

async function* letter() {
  yield done({ name: 'surat-permohonan.pdf', content: Readable.from([onePage('Surat permohonan')]) })
}
export const never = (what: string): never => {
  throw new Error(`there is no ${what}`)
}
