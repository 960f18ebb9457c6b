// A yard to play visits in: the real desk, the real premises on real records, the demonstration's people and plan, a clock we turn.
import { completed } from '../../../daemon/desk/demonstration/answers.ts'
import type { Severity } from '../../../daemon/domain/alarm.ts'
import type { Inventory } from '../../../daemon/domain/inventory.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import type { DoorAnswer, VisitDetail } from '../../../daemon/domain/visit.ts'
import { followedBy } from '../../../daemon/following.ts'
import { CLOSED, type Office, openPremises, type Premises } from '../../../daemon/premises.ts'
import type { ServiceDesk } from '../../../daemon/service-desk.ts'
import type { Records } from '../../../daemon/store/records.ts'
import type { DoorAct } from '../../../daemon/visits/door.ts'
import { must, quiet } from '../../store/support/must.ts'
import { DAY, type GroundOptions, HOUR, MINUTE, never, openGround } from '../../support/desk-ground.ts'

export { DAY, HOUR, MINUTE }

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

export async function openYard(given: GroundOptions = {}): Promise<Yard> {
  const ground = await openGround(given)
  const { folder, records, inventory, clock } = ground
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
  const desk = await ground.desk({ following: followedBy(records.audit.together, () => [premises]), ...premises.forms })
  office = desk.office
  const yard: Yard = {
    folder,
    records,
    premises,
    visits: premises.visits,
    desk,
    clock,
    alarms,
    inventory,
    local: ground.local,
    as: ground.as,
    person: ground.person,
    async draft({ login = 'pemohon-dinkes', people = [AGUS, LESTARI], from = clock.now, until = from + 4 * HOUR, goods = [], answers = {} } = {}) {
      const { local } = ground
      return ground.draft(desk, await ground.as(login), {
        service: 'dc-access',
        product: 'access',
        title: 'Ganti modul memori',
        date: local(from).slice(0, 10),
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

/** What a refusal says; empty when there is none. */
export const wordsOf = (outcome: { ok: boolean; failure?: { words?: { id: string }; message: string } }): string =>
  outcome.ok ? '' : (outcome.failure?.words?.id ?? outcome.failure?.message ?? '')
