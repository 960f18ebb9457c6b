// A desk to play stories at: the records on a real file, the shipped catalogue and calendar, the demonstration's people, a clock we turn.
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Calendars, openCalendars } from '../../../../daemon/desk/calendars/calendars.ts'
import { readCalendars } from '../../../../daemon/desk/calendars/shelf.ts'
import { type Catalogue, openCatalogue } from '../../../../daemon/desk/catalogue.ts'
import { believable, completed } from '../../../../daemon/desk/demonstration/answers.ts'
import { onePage } from '../../../../daemon/desk/demonstration/pdf.ts'
import { type Desk, openDesk } from '../../../../daemon/desk/desk.ts'
import type { Seal } from '../../../../daemon/desk/documents/papers.ts'
import type { Sources } from '../../../../daemon/desk/sources.ts'
import { openListeners } from '../../../../daemon/domain/listeners.ts'
import { done } from '../../../../daemon/domain/outcome.ts'
import type { Viewer } from '../../../../daemon/domain/people.ts'
import type { TicketAction } from '../../../../daemon/domain/ticket-action.ts'
import type { DeskNotice } from '../../../../daemon/domain/ticket-record.ts'
import type { TicketView } from '../../../../daemon/domain/ticket-view.ts'
import { insteadOf } from '../../../../daemon/paper/frame.ts'
import { agendaPaper } from '../../../../daemon/paper/kinds/agenda.ts'
import { agreementPaper } from '../../../../daemon/paper/kinds/agreement.ts'
import { approvalPaper } from '../../../../daemon/paper/kinds/approval.ts'
import { archivePaper } from '../../../../daemon/paper/kinds/archive.ts'
import { dispositionPaper } from '../../../../daemon/paper/kinds/disposition.ts'
import { letterPaper } from '../../../../daemon/paper/kinds/letter.ts'
import { minutesPaper } from '../../../../daemon/paper/kinds/minutes.ts'
import { notesPaper } from '../../../../daemon/paper/kinds/notes.ts'
import { removalPaper } from '../../../../daemon/paper/kinds/removal.ts'
import { reportPaper } from '../../../../daemon/paper/kinds/report.ts'
import { wipePaper } from '../../../../daemon/paper/kinds/wipe.ts'
import { render } from '../../../../daemon/paper/render.ts'
import { inspectScan } from '../../../../daemon/paper/scan.ts'
import { bind, brokenAt } from '../../../../daemon/paper/signing.ts'
import { newCode, readCode } from '../../../../daemon/paper/verify.ts'
import { seedDemonstration } from '../../../../daemon/people/demonstration.ts'
import { viewerAt } from '../../../../daemon/signin/viewer.ts'
import { openFiles } from '../../../../daemon/store/files.ts'
import type { Records } from '../../../../daemon/store/records.ts'
import { recordsIn } from '../../../store/support/folder.ts'
import { must, quiet } from '../../../store/support/must.ts'

/** Friday, 20 November 2026, 09:00 in Jakarta: a working day. */
export const FRIDAY = Date.UTC(2026, 10, 20, 2)
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

export interface House {
  readonly desk: Desk
  readonly catalogue: Catalogue
  readonly records: Records
  readonly sources: Sources
  readonly calendars: Calendars
  readonly onCalendar: (tell: (key: string) => void) => () => void
  readonly clock: { now: number }
  readonly told: DeskNotice[]
  readonly changed: number[]
  as(login: string): Promise<Viewer>
  person(login: string): Promise<number>
  /** Files a request with believable answers; gives its number in the register. */
  filed(service: string, login?: string, more?: { products?: readonly string[]; answers?: Record<string, unknown> }): Promise<string>
  draft(service: string, login?: string, more?: { products?: readonly string[]; answers?: Record<string, unknown> }): Promise<string>
  do(number: string, login: string, action: TicketAction): Promise<TicketView>
  /** Ticks what officers tick. */
  complete(number: string, login?: string): Promise<void>
  close(): Promise<void>
}

async function* letters() {
  yield done({ name: 'surat-permohonan.pdf', content: Readable.from([onePage('Surat permohonan')]) })
}

export async function openHouse(
  folder: string,
  { now = FRIDAY, people = true, seal = null }: { now?: number; people?: boolean; seal?: Seal | null } = {},
): Promise<House> {
  const clock = { now }
  const records = await recordsIn(folder, () => clock.now)
  if (people)
    await seedDemonstration(
      {
        ...records.people,
        addAccount: ({ person, login }) => records.accounts.add({ person, login, password: null, mustChange: false }),
      },
      () => clock.now,
    )
  const catalogue = must(await openCatalogue({ folders: [], versions: records.services }, quiet))
  const calendarChanges = openListeners<[key: string]>(quiet)
  const calendars = must(
    await openCalendars({
      books: records.calendars,
      trail: records.audit,
      shipped: must(readCalendars()),
      clock: () => clock.now,
      onChange: ({ calendar }) => calendarChanges.tell(calendar.key),
    }),
  )
  const told: DeskNotice[] = []
  const changed: number[] = []
  const files = must(await openFiles(join(folder, 'attachments')))
  const sources: Sources = {
    ...records.desk,
    lists: records.desk.list,
    people: records.people,
    chats: records.messages,
    services: catalogue,
    calendars,
    calendar: 'desk',
    notices: {
      reach: ({ email }) => ({ by: email === '' ? null : 'email', unbound: [] }),
      compose: notice => {
        told.push(notice)
        return [
          { id: notice.id, channel: 'email', to: notice.to.email, ticket: notice.ticket.number, payload: { kind: notice.kind }, dueAt: notice.at },
        ]
      },
    },
    settings: records.settings,
    trail: records.audit.of,
    clock: () => clock.now,
    log: quiet,
    documentRoom: {
      papers: {
        minutes: minutesPaper,
        disposition: dispositionPaper,
        notes: notesPaper,
        report: reportPaper,
        archive: archivePaper,
        agreement: agreementPaper,
        agenda: agendaPaper,
        letter: letterPaper,
        approval: approvalPaper,
        removal: removalPaper,
        wipe: wipePaper,
        render,
        insteadOf,
        bind,
        brokenAt,
        newCode: () => newCode(),
        inspect: inspectScan,
        readCode,
        seal,
      },
      files: must(await openFiles(join(folder, 'documents'))),
      base: () => 'https://layanan.example',
      language: 'id',
    },
    attachments: { files, scan: async () => 'unchecked', most: 25 * 1_048_576 },
  }
  const desk = openDesk(sources)

  const person = async (login: string): Promise<number> => {
    const account = await records.accounts.byLogin(login)
    if (account === null) throw new Error(`nobody is called ${login}`)
    return account.person
  }
  const as = async (login: string): Promise<Viewer> => {
    const account = await records.accounts.byLogin(login)
    if (account === null) throw new Error(`nobody is called ${login}`)
    const [found] = await records.people.personsById([account.person])
    if (found === undefined) throw new Error(`${login} is nobody`)
    const offices = await records.people.officesOf(found.id)
    return viewerAt(
      { account: { id: account.id, mustChange: false }, person: found, offices, secondFactor: true },
      { via: 'session', scopes: null, provenAt: clock.now },
      'off',
      clock.now,
    )
  }

  desk.stream.onChange(tickets => changed.push(...tickets))

  const house: House = {
    desk,
    sources,
    catalogue,
    calendars,
    onCalendar: calendarChanges.onChange,
    records,
    clock,
    told,
    changed,
    as,
    person,
    async draft(service, login = 'pemohon', { products, answers = {} } = {}) {
      const viewer = await as(login)
      const [found] = await records.people.personsById([viewer.person])
      const definition = must(catalogue.service(service)).service
      const chosen = products ?? definition.products.slice(0, 1).map(({ key }) => key)
      const { number } = must(await desk.open({ service, kind: 'request', products: chosen }, viewer))
      const { items } = must(await desk.attach(number, letters(), { slot: definition.papers[0]?.key ?? null, visibility: 'public' }, viewer))
      const letter = items[0]?.id ?? 0
      const date = new Date(clock.now + 7 * DAY).toISOString().slice(0, 10)
      const persona = {
        name: found?.name ?? '',
        nip: found?.nip ?? '197605242001122001',
        position: found?.position ?? '',
        echelon: 'III',
        unit: found?.unit || 'Sekretariat',
        address: 'Komplek Perkantoran',
        mobile: '081200000001',
        email: 'pemohon@demo.example',
      }
      const filled = believable(definition.form, chosen, {
        persona,
        subject: 'SIMPEG',
        domain: 'simpeg.babelprov.go.id',
        date,
        files: [letter],
        answers,
      })
      must(await desk.save(number, { answers: { ...filled }, products: chosen }, viewer))
      return number
    },
    async filed(service, login = 'pemohon', more = {}) {
      return must(await desk.submit(await house.draft(service, login, more), await as(login))).number
    },
    do: async (number, login, action) => must(await desk.act(number, action, await as(login))),
    async complete(number, login = 'petugas') {
      const view = must(await desk.view(number, await as(login)))
      await house.do(number, login, { kind: 'officerFields', answers: { ...completed(view.serviceDefinition.form, view.answers) } })
    },
    close: () => records.close(),
  }
  return house
}
