// A ticket in the middle of its procedure, for the pages: the real service of the catalogue and the real clock, events told by the story.

import { readCalendars } from '../../daemon/desk/calendars/shelf.ts'
import { readCatalogue } from '../../daemon/desk/catalogue-read.ts'
import { fromTicket } from '../../daemon/desk/clock/from-ticket.ts'
import { ticketClock } from '../../daemon/desk/clock/ticket-clock.ts'
import { workingTime } from '../../daemon/desk/clock/working.ts'
import type { Service } from '../../daemon/domain/service.ts'
import type { Actor, TicketEvent, TicketFact } from '../../daemon/domain/ticket.ts'
import type { TicketView } from '../../daemon/domain/ticket-view.ts'

/** `wib('20 14.05.32')` of November 2026. */
export const wib = (text: string): number => {
  const [day = '', time = ''] = text.split(' ')
  const [h = '00', m = '00', s = '00'] = time.split('.')
  return Date.parse(`2026-11-${day.padStart(2, '0')}T${h}:${m}:${s}+07:00`)
}

export const NOW = wib('20 14.05.32')

const person = (id: number, name: string, position: string, organisation = 1): Actor => ({ account: id, person: id, name, position, organisation })
const DEWI = person(11, 'Dewi Saputri', 'Petugas service desk')
const HASAN = person(12, 'Ir. Hasan Basri', 'Kepala Dinas')
const RINI = person(13, 'Rini Marlina, M.Kom.', 'Kepala Bidang e-Government')
const YULIA = person(14, 'Yulia Handayani', 'Pranata Komputer')
const FAJAR = person(15, 'Drs. Fajar Nugroho', 'Sekretaris', 7)

let catalogue: Promise<readonly Service[]> | null = null
export async function serviceOf(key: string): Promise<Service> {
  catalogue ??= readCatalogue([]).then(({ services }) => services)
  const found = (await catalogue).find(service => service.key === key)
  if (found === undefined) throw new Error(`the catalogue has no ${key}`)
  return found
}

const calendars = readCalendars()
if (!calendars.ok) throw new Error(calendars.failure.message)
const desk = calendars.value.find(calendar => calendar.key === 'desk')
if (desk === undefined) throw new Error('there is no calendar of the desk')
const DESK = workingTime(desk)

/** Events in their order, counted. */
export const eventsOf = (told: readonly (readonly [at: string, by: Actor, fact: TicketFact])[]): TicketEvent[] =>
  told.map(([at, by, fact], i) => ({ ...fact, seq: i + 1, at: wib(at), by }) as TicketEvent)

export const told: readonly (readonly [string, Actor, TicketFact])[] = [
  ['19 16.42', FAJAR, { kind: 'created', channel: 'portal' }],
  ['19 16.42', FAJAR, { kind: 'submitted', received: wib('20 08.00'), slot: null }],
  ['20 08.31', DEWI, { kind: 'returned', reason: 'Foto pelat nama kedua perangkat belum ada.' }],
  ['20 13.05', FAJAR, { kind: 'attached', attachment: 3, name: 'foto-pelat-nama.pdf', slot: null, visibility: 'public' }],
  ['20 13.05', FAJAR, { kind: 'resubmitted' }],
  ['20 13.12', DEWI, { kind: 'note', text: 'Rak A4 sedang dibersihkan, jangan dipakai dulu.', visibility: 'internal', channel: 'portal' }],
  ['20 13.15', FAJAR, { kind: 'note', text: 'Apakah kabel daya kami bawa sendiri?', visibility: 'public', channel: 'email' }],
  ['20 13.20', DEWI, { kind: 'rated', impact: 'medium', urgency: 'medium', priority: 'medium' }],
  ['20 13.21', DEWI, { kind: 'verified', note: '' }],
  [
    '20 13.43',
    HASAN,
    {
      kind: 'disposed',
      step: 'dispose-kadis',
      to: { person: 13, name: RINI.name, position: RINI.position },
      note: 'Tindak lanjuti sesuai standar pelayanan.',
    },
  ],
  [
    '20 13.54',
    RINI,
    {
      kind: 'disposed',
      step: 'dispose-kabid',
      to: { person: 14, name: YULIA.name, position: YULIA.position },
      note: 'Mohon dicarikan rak dengan jalur A dan B, hindari A4 sampai pendinginan dibersihkan.',
    },
  ],
]

const HASH = 'd2b3a1f0c9e84756b1a2c3d4e5f60718293a4b5c6d7e8f900112233445566778'

/** As the one who must give the order sees it; `over` for other moments and other eyes. */
export async function ticketStory(over: Partial<TicketView> = {}, at = NOW): Promise<TicketView> {
  const service = await serviceOf('colocation')
  const events = over.events ?? eventsOf(told)
  const past = fromTicket({ service, products: ['colocation'], events, calendars: [{ version: 1, since: 0 }] })
  const clock = ticketClock({ service, events: past, calendar: () => DESK, now: at })
  const step = clock.steps.find(one => one.state === 'running' || one.state === 'paused') ?? null
  const definition = service.steps.find(one => one.key === step?.key)
  const last = events.at(-1)
  return {
    id: 412,
    number: 'T-2026-0412',
    kind: 'request',
    service: service.key,
    serviceName: service.name,
    title: 'Kolokasi 2 server aplikasi kepegawaian',
    organisation: 7,
    organisationName: 'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Daerah',
    application: null,
    kept: null,
    requester: { person: 15, name: 'Drs. Fajar Nugroho' },
    channel: 'portal',
    status: 'open',
    step:
      definition === undefined
        ? null
        : { key: definition.key, label: definition.label, index: service.steps.indexOf(definition), of: service.steps.length - 1 },
    turn: definition === undefined ? null : { chair: definition.owner, person: 14, name: YULIA.name },
    priority: 'medium',
    pause: null,
    filedAt: wib('19 16.42'),
    changedAt: last?.at ?? at,
    endedAt: null,
    stepDue: step?.due ?? null,
    due: clock.whole.due,
    lateness: 'soon',
    watchers: [11],
    seq: last?.seq ?? 0,
    serviceVersion: 3,
    serviceDefinition: service,
    products: ['colocation'],
    answers: {
      name: 'Drs. Fajar Nugroho',
      nip: '196908171994031005',
      position: 'Sekretaris',
      devices: [{ brand: 'Dell PowerEdge R660xs', units: 2, weight: 21.5, power: 450 }],
      redundantFeed: true,
    },
    difficulty: 'medium',
    urgent: false,
    owed: [],
    vacant: false,
    impact: 'medium',
    urgency: 'medium',
    reach: { by: 'email', unbound: [] },
    contact: { email: 'fajar@bkpsdmd.example.go.id', phone: '0811 7170 001' },
    savedAt: null,
    letter: { number: '', date: '' },
    phase: null,
    events,
    clock,
    clockAt: at,
    today: DESK.dayAt(at).open,
    attachments: [
      { id: 1, name: 'surat-permohonan.pdf', type: 'application/pdf', size: 214_000, sha256: HASH, slot: 'letter', visibility: 'public', at: wib('19 16.40'), by: FAJAR.name, scan: 'clean' },
      { id: 3, name: 'foto-pelat-nama.pdf', type: 'application/pdf', size: 1_204_000, sha256: HASH.split('').reverse().join(''), slot: null, visibility: 'public', at: wib('20 13.05'), by: FAJAR.name, scan: 'unchecked' },
    ],
    documents: [
      { id: 1, kind: 'form', title: 'Formulir kolokasi', number: null, state: 'returned', at: wib('19 16.42'), sha256: HASH, pages: 2, code: '7K4P219MXQ', signatures: [] },
    ],
    tasks: [],
    links: [],
    actions: [
      { kind: 'dispose', why: null },
      { kind: 'sendBack', why: null },
      { kind: 'pause', why: null },
      { kind: 'override', why: null },
      { kind: 'agree', why: { id: 'Belum melewati batas waktu: tidak perlu kesepakatan baru.', en: 'It is not past its promise: no new agreement is needed.' } },
      { kind: 'note', why: null },
      { kind: 'watch', why: null },
      { kind: 'attach', why: null },
    ],
    receivers: [
      { person: 11, name: DEWI.name, position: 'Petugas service desk', standIn: false, running: 3 },
      { person: 21, name: 'Rizky Ananda', position: 'Petugas service desk', standIn: false, running: 1 },
      { person: 22, name: 'Bambang Sutrisno', position: 'Petugas service desk', standIn: true, running: 0 },
    ],
    ...over,
  }
} // biome-ignore format: one file a line
