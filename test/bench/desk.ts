// The desk with ten thousand tickets: lists, searches, one ticket's view, and numbers drawn by two at once.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCalendars } from '../../daemon/desk/calendars/calendars.ts'
import { readCalendars } from '../../daemon/desk/calendars/shelf.ts'
import { openCatalogue } from '../../daemon/desk/catalogue.ts'
import { type Loaded, openRoom } from '../../daemon/desk/tickets/room.ts'
import { BEGIN } from '../../daemon/desk/tickets/state.ts'
import { openViewing } from '../../daemon/desk/tickets/viewing.ts'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import type { Viewer } from '../../daemon/domain/people.ts'
import { type Actor, PRIORITIES, type TicketFact, ticketNumber } from '../../daemon/domain/ticket.ts'
import { TICKET_SORTS, TICKET_VIEWS, type TicketWrite } from '../../daemon/domain/ticket-record.ts'
import { SILENT } from '../../daemon/log.ts'
import { seedDemonstration } from '../../daemon/people/demonstration.ts'
import { openRecords } from '../../daemon/store/records.ts'
import { type Bench, type Figure, main, median } from './run.ts'

const COUNT = 10_000
const NOW = Date.UTC(2026, 10, 20, 4)
const HOUR = 3_600_000
const SUBJECTS = ['kepegawaian', 'rekam medis', 'antrean', 'anggaran', 'perizinan', 'gizi', 'kependudukan', 'musrenbang', 'penerimaan siswa', 'aset']

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}
const p95 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN

async function timed(count: number, errand: (i: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  for (let i = 0; i < count; i++) {
    const begun = performance.now()
    await errand(i)
    took.push(performance.now() - begun)
  }
  return took
}

/** Records with so many tickets of the service bus, three in four of them in the archive, filed up to `now`. */
export async function openFilled(folder: string, count: number, now: number) {
  const clock = () => now
  const year = new Date(now).getUTCFullYear()
  const records = must(await openRecords({ folder, log: SILENT, clock }))
  await seedDemonstration(
    { ...records.people, addAccount: ({ person, login }) => records.accounts.add({ person, login, password: null, mustChange: false }) },
    clock,
  )
  const services = must(await openCatalogue({ folders: [], versions: records.services }, SILENT))
  const calendars = must(await openCalendars({ books: records.calendars, trail: records.audit, shipped: must(readCalendars()), clock }))
  const room = openRoom({
    tickets: records.desk.tickets,
    lists: records.desk.list,
    documents: records.desk.documents,
    agenda: records.desk.agenda,
    shelf: records.desk.shelf,
    people: records.people,
    services,
    calendars,
    calendar: 'desk',
    notices: { compose: () => [] },
    settings: records.settings,
    clock,
    log: SILENT,
  } as unknown as Parameters<typeof openRoom>[0])
  const viewing = openViewing(room)

  const organisations = await records.people.organisations.all()
  const { service, version } = must(services.service('splp'))
  const seats = await room.seats(service, now)
  const actor: Actor = { account: 1, person: 1, name: 'Petugas', position: 'Petugas', organisation: 1 }
  const officer = seats.chairs.get('petugas') ?? []
  const write = (i: number): TicketWrite => {
    const organisation = organisations[i % organisations.length]
    const filed = now - (count - i) * HOUR * 0.7
    const subject = SUBJECTS[i % SUBJECTS.length] ?? ''
    const frame = {
      id: i + 1,
      number: ticketNumber(year, i + 1),
      kind: 'request' as const,
      service: service.key,
      version,
      organisation: organisation?.id ?? 1,
      requester: { person: 12 + (i % 7), name: `Pemohon ${i % 7}`, email: '', phone: '' },
      channel: 'portal' as const,
      about: null,
      createdAt: filed,
      createdBy: i % 9,
    }
    const to = (chair: string) => {
      const sitting = seats.chairs.get(chair) ?? []
      const one = sitting[i % Math.max(1, sitting.length)]
      return { person: one?.person ?? 1, name: one?.name ?? '', position: one?.position ?? '' }
    }
    const whole: TicketFact[] = [
      {
        kind: 'amended',
        answers: { needs: `Integrasi data ${subject} nomor ${i} dengan layanan pusat` },
        side: 'requester',
        products: ['feasibility'],
        title: `Integrasi ${subject} ${i}`,
      },
      { kind: 'submitted', received: filed, slot: null },
      { kind: 'promised', due: filed + 120 * HOUR },
      { kind: 'rated', impact: 'medium', urgency: 'medium', priority: PRIORITIES[i % 4] ?? 'medium' },
      { kind: 'note', text: `Catatan internal ${subject} rak ${i % 40}`, visibility: 'internal', channel: 'portal' },
      { kind: 'verified', note: '' },
      { kind: 'disposed', step: 'dispose-kadis', to: to('kabid'), note: 'Tindak lanjuti.' },
      { kind: 'disposed', step: 'dispose-kabid', to: to('prakom'), note: 'Mohon ditelaah.' },
      { kind: 'disposed', step: 'order', to: to('petugas'), note: 'Kerjakan.' },
      { kind: 'worked', note: 'Selesai.' },
      { kind: 'reported', text: 'Layak.', recommendation: 'Gunakan API.' },
      { kind: 'minuted', document: i + 1, number: `${i + 1}/BA` },
      { kind: 'document', document: i + 1, title: 'BA', state: 'returned' },
      { kind: 'archived', agenda: i + 1 },
    ]
    // Three in four are over, the others stand everywhere on their way.
    const facts = i % 4 > 0 ? whole : whole.slice(0, 3 + (i % 9))
    const loaded: Loaded = { frame, draft: null, events: [], service, state: BEGIN }
    return room.written(loaded, room.move(loaded, [{ kind: 'created', channel: 'portal' }, ...facts], actor, filed), {
      organisation: organisation?.name ?? '',
      seats,
    })
  }
  const begun = performance.now()
  // The registers go on where these end.
  const draws = Array.from({ length: 250 }, () => [
    { pattern: 'ticket', year: 0 },
    { pattern: 'T', year },
  ]).flat()
  for (let from = 0; from < count; from += 250)
    must(await records.desk.tickets.commit({ draws }, () => ({ tickets: Array.from({ length: 250 }, (__, i) => write(from + i)), audit: [] })))
  const filled = performance.now() - begun
  return { records, viewing, organisations, officer, filled }
}

async function measure(folder: string): Promise<Figure[]> {
  const { records, viewing, organisations, officer, filled } = await openFilled(folder, COUNT, NOW)
  await using _ = { [Symbol.asyncDispose]: () => records.close() }

  const viewer = (roles: Viewer['roles'], given: Partial<Viewer>): Viewer => ({
    account: 1, person: officer[0]?.person ?? 1, name: '', roles, organisations: [], positions: [], via: 'session', scopes: null, pending: null, provenAt: 0, ...given,
  }) // biome-ignore format: who asks
  const askers = [
    viewer(['officer'], { positions: ['petugas'] }),
    viewer(['approver'], { person: 2, positions: ['kabid'] }),
    viewer(['auditor'], { person: 10 }),
    viewer(['requester'], { person: 12, organisations: [organisations[4]?.id ?? 1] }),
  ]
  const lists = await timed(200, i => {
    const view = TICKET_VIEWS[i % TICKET_VIEWS.length] ?? 'all'
    const sort = TICKET_SORTS[(i >> 1) % TICKET_SORTS.length] ?? '-changed'
    return viewing.page({ view, sort, search: '', page: 1 + (i % 5) * 20, size: 50 }, askers[i % askers.length] ?? viewer(['auditor'], {}))
  })
  const words = ['integrasi kepegawaian', 'T-2026-04', 'rak 12', 'rekam med', 'gizi pusat 77', 'anggaran', 'pemohon 3', '9999']
  const searches = await timed(200, i =>
    viewing.page(
      { view: 'all', sort: '-changed', search: words[i % words.length] ?? '', page: 1, size: 50 },
      askers[i % askers.length] ?? viewer(['auditor'], {}),
    ),
  )
  const views = await timed(200, i => viewing.view(ticketNumber(2026, 1 + ((i * 47) % COUNT)), askers[0] ?? viewer(['auditor'], {})))
  const summaries = await timed(50, i => viewing.summary(askers[i % askers.length] ?? viewer(['auditor'], {})))

  const drawn: number[] = []
  const draw = async () => {
    for (let i = 0; i < 500; i++)
      must(
        await records.desk.tickets.commit({ draws: [{ pattern: 'bench', year: 2026 }] }, ({ numbers: [no = 0] }) => {
          drawn.push(no)
          return { tickets: [], audit: [] }
        }),
      )
  }
  const drawing = performance.now()
  await Promise.all([draw(), draw()])
  const numbers = performance.now() - drawing
  const gaps = drawn.toSorted((a, b) => a - b).filter((no, i) => no !== i + 1).length

  return [
    { name: `a list of ${COUNT} tickets, p95`, value: p95(lists), unit: 'ms', goal: 100 },
    { name: 'a list, median', value: median(lists), unit: 'ms' },
    { name: 'a full text search, p95', value: p95(searches), unit: 'ms', goal: 150 },
    { name: 'a full text search, median', value: median(searches), unit: 'ms' },
    { name: 'one ticket with its clock and actions, p95', value: p95(views), unit: 'ms' },
    { name: 'counts for the bell and the wall, p95', value: p95(summaries), unit: 'ms' },
    { name: '1000 numbers by two at once', value: numbers, unit: 'ms' },
    { name: 'gaps or doubles among them', value: gaps, unit: '', goal: 0 },
    { name: 'a ticket written, in batches of 250', value: filled / COUNT, unit: 'ms' },
  ]
}

const bench: Bench = {
  name: 'desk',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'suar-bench-desk-'))
    try {
      return await measure(folder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

export default bench
await main(import.meta, bench)
