// A yard to play visits in: the real desk, the real premises on real records, the demonstration's people and plan, a clock we turn.
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { believable, completed } from '../../../daemon/desk/demonstration/answers.ts'
import { onePage } from '../../../daemon/desk/demonstration/pdf.ts'
import type { Severity } from '../../../daemon/domain/alarm.ts'
import { Inventory } from '../../../daemon/domain/inventory.ts'
import { done } from '../../../daemon/domain/outcome.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import type { DoorAnswer, VisitDetail } from '../../../daemon/domain/visit.ts'
import { followedBy } from '../../../daemon/following.ts'
import { seedDemonstration } from '../../../daemon/people/demonstration.ts'
import { CLOSED, type Office, openPremises, type Premises } from '../../../daemon/premises.ts'
import { openServiceDesk, type ServiceDesk } from '../../../daemon/service-desk.ts'
import { viewerAt } from '../../../daemon/signin/viewer.ts'
import type { Records } from '../../../daemon/store/records.ts'
import type { DoorAct } from '../../../daemon/visits/door.ts'
import { recordsIn, tempFolder } from '../../store/support/folder.ts'
import { must, quiet } from '../../store/support/must.ts'

/** Friday, 20 November 2026, 09:00 in Jakarta: a working day. */
const FRIDAY = Date.UTC(2026, 10, 20, 2)
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

export interface Person {
  readonly name: string
  readonly identity: string
  readonly company?: string
}

export interface Yard {
  readonly folder: string
  readonly records: Records
  readonly premises: Premises
  readonly visits: Premises['visits']
  readonly desk: ServiceDesk
  readonly clock: { now: number }
  /** Alarms that stand, by code. */
  readonly alarms: Map<string, { readonly severity: Severity; readonly text: { readonly id?: string; readonly en: string } }>
  readonly inventory: Inventory
  as(login: string): Promise<Viewer>
  person(login: string): Promise<number>
  /** Local time of the site as a form has it. */
  local(at: number): string
  /** A draft of a request for a visit, filled in. */
  draft(given?: Wish): Promise<string>
  /** Handed in. The ticket's number. */
  filed(given?: Wish): Promise<string>
  /** Handed in, through all dispositions. */
  ordered(given?: Wish): Promise<string>
  /** Handed in and approved by the head of division: from now, or from `from`. */
  approved(given?: Wish & { readonly escort?: string }): Promise<VisitDetail>
  /** One act at the door, told at once unless `at` says otherwise. */
  door(act: Partial<DoorAct> & Pick<DoorAct, 'kind' | 'visit' | 'visitor'>, login?: string): Promise<DoorAnswer>
  /** The visit that a ticket asked for. */
  of(ticket: string): Promise<VisitDetail>
  codeOf(visit: number, visitor: number): Promise<{ readonly qr: string; readonly short: string }>
  close(): Promise<void>
}

export interface Wish {
  readonly login?: string
  readonly people?: readonly Person[]
  readonly from?: number
  readonly until?: number
  readonly goods?: readonly { readonly direction: string; readonly kind: string; readonly serial: string }[]
  readonly answers?: Readonly<Record<string, unknown>>
}

export const AGUS: Person = { name: 'Agus Setiawan', identity: '1971030605810417', company: 'Dinas Kesehatan' }
export const LESTARI: Person = { name: 'Lestari Maharani', identity: '1971035207922291', company: 'PT Medika Data' }

export async function openYard({ now = FRIDAY, folder = tempFolder() }: { readonly now?: number; readonly folder?: string } = {}): Promise<Yard> {
  const clock = { now }
  const records = await recordsIn(folder, () => clock.now)
  await seedDemonstration(
    { ...records.people, addAccount: ({ person, login }) => records.accounts.add({ person, login, password: null, mustChange: false }) },
    () => clock.now,
  )
  const file = fileURLToPath(new URL('../../../collectors/simulator/demo.yaml', import.meta.url))
  const inventory = Inventory.parse(parse(readFileSync(file, 'utf8')))
  const alarms: Yard['alarms'] = new Map()
  let office: Office | null = null
  const premises = must(
    await openPremises({
      records,
      alarms: {
        system: (code, state) => void (state === null ? alarms.delete(code) : alarms.set(code, state)),
        open: () => [],
      },
      inventory: () => inventory,
      office: () => office ?? CLOSED,
      carriers: () => ['email'],
      base: () => 'https://layanan.example',
      language: 'id',
      clock: () => clock.now,
      log: quiet,
    }),
  )
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
      following: followedBy(records.audit.together, () => [premises]),
      ...premises.forms,
      most: 25 * 1_048_576,
      clock: () => clock.now,
      log: quiet,
    }),
  )
  office = desk.office
  const accountOf = async (login: string) => {
    const account = await records.accounts.byLogin(login)
    if (account === null) throw new Error(`nobody is called ${login}`)
    return account
  }
  const local = (at: number) => new Date(at + 7 * HOUR).toISOString().slice(0, 16)

  const yard: Yard = {
    folder,
    records,
    premises,
    visits: premises.visits,
    desk,
    clock,
    alarms,
    inventory,
    local,
    async as(login) {
      const account = await accountOf(login)
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
    person: async login => (await accountOf(login)).person,
    async draft({ login = 'pemohon-dinkes', people = [AGUS, LESTARI], from = clock.now, until = from + 4 * HOUR, goods = [], answers = {} } = {}) {
      const viewer = await yard.as(login)
      const { number } = must(
        await desk.desk.open({ service: 'dc-access', kind: 'request', products: ['access'], title: 'Ganti modul memori' }, viewer),
      )
      const { items } = must(await desk.desk.attach(number, letter(), { slot: 'application-letter', visibility: 'public' }, viewer))
      const { service } = (await desk.desk.room.load(number)) ?? never(number)
      const filled = believable(service.form, ['access'], {
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
        date: local(from).slice(0, 10),
        files: [items[0]?.id ?? 0],
        answers: {
          site: 'dc',
          room: 'Ruang Server',
          purpose: 'Ganti modul memori server E-Resep',
          touched: ['A5'],
          entry: local(from),
          leave: local(until),
          visitors: people.map(({ name, identity, company = 'Dinas Kesehatan' }) => ({ name, identity, company, mobile: '081200000002' })),
          goods,
          ...answers,
        },
      })
      must(await desk.desk.save(number, { answers: { ...filled }, products: ['access'], title: 'Ganti modul memori' }, viewer))
      return number
    },
    async filed(given = {}) {
      return must(await desk.desk.submit(await yard.draft(given), await yard.as(given.login ?? 'pemohon-dinkes'))).number
    },
    async ordered(given = {}) {
      const number = await yard.filed(given)
      const act = async (login: string, action: Parameters<typeof desk.desk.act>[1]) =>
        void must(await desk.desk.act(number, action, await yard.as(login)))
      const view = must(await desk.desk.view(number, await yard.as('petugas')))
      await act('petugas', { kind: 'officerFields', answers: { ...completed(view.serviceDefinition.form, view.answers) } })
      await act('petugas', { kind: 'verify', note: '' })
      await act('kadis', { kind: 'dispose', to: await yard.person('kabid'), note: 'Mohon ditindaklanjuti.' })
      await act('kabid', { kind: 'dispose', to: await yard.person('prakom'), note: 'Mohon dikerjakan.' })
      await act('prakom', { kind: 'dispose', to: await yard.person('petugas'), note: 'Mohon dampingi.' })
      return number
    },
    async approved(given = {}) {
      const number = await yard.filed(given)
      const approver = await yard.as('kabid')
      const visit = must(await premises.visits.ofTicket(number, approver))
      const { from, until } = visit
      const escort = await yard.person(given.escort ?? 'petugas')
      return must(await premises.visits.approve(visit.id, { from, until, doors: ['d1'], racks: ['a5'], escort }, approver))
    },
    async door(act, login = 'noc') {
      const answers = must(
        await premises.visits.tell(
          [{ client: crypto.randomUUID(), at: clock.now, matched: true, accepted: true, ...act }],
          clock.now,
          await yard.as(login),
        ),
      )
      return answers[0] ?? never('an answer')
    },
    of: async ticket => must(await premises.visits.ofTicket(ticket, await yard.as('petugas'))),
    async codeOf(visit, visitor) {
      const { items } = must(await premises.visits.codes(visit, await yard.as('petugas')))
      return items.find(one => one.visitor === visitor) ?? never(`a code of ${visitor}`)
    },
    async close() {
      await desk.close()
      await premises.close()
      await records.close()
    },
  }
  return yard
}

async function* letter() {
  yield done({ name: 'surat-permohonan.pdf', content: Readable.from([onePage('Surat permohonan')]) })
}
const never = (what: string): never => {
  throw new Error(`there is no ${what}`)
}

/** What a refusal says; empty when there is none. */
export const wordsOf = (outcome: { ok: boolean; failure?: { words?: { id: string }; message: string } }): string =>
  outcome.ok ? '' : (outcome.failure?.words?.id ?? outcome.failure?.message ?? '')
