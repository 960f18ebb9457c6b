// What stands on each paper of a ticket, taken from its events, its clock and the officials of its day.
import type { Agency } from '../../domain/agency.ts'
import type { Instant } from '../../domain/call.ts'
import { applicationName } from '../../domain/form-application.ts'
import { isMarked, letterDate, markOfForm } from '../../domain/letter-mark.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { CivilDate, Paper } from '../../domain/paper.ts'
import type { PaperFrame, Signatory } from '../../domain/paper-input.ts'
import type { Person } from '../../domain/people.ts'
import type { AttachmentRow, DocumentRow } from '../../domain/ticket-record.ts'
import { standardText, workText } from '../../domain/words/clock-words.ts'
import { datePlain } from '../../domain/words/terbilang.ts'
import { dateTime } from '../../domain/words/time.ts'
import { formOf } from '../papers/form.ts'
import { letterOf } from '../papers/letter.ts'
import type { Loaded, Room } from '../tickets/room.ts'
import { aboutOf } from './about.ts'
import { leavingPaper } from './leaving.ts'
import { CHANNELS, PRIORITY, VERDICT } from './office-words.ts'
import type { DocumentSources } from './papers.ts'
import { signedParties, signersOf } from './parties.ts'
import { keptUntil } from './retention.ts'
import { askedOf, notesOf, timelineOf } from './timeline.ts'

export interface Composer {
  frame(row: Pick<DocumentRow, 'number' | 'code' | 'at'>): PaperFrame
  dateOf(at: Instant): CivilDate
  paper(loaded: Loaded, row: DocumentRow, others: readonly DocumentRow[]): Promise<Outcome<Paper>>
  title(kind: DocumentRow['kind'], loaded: Loaded): string
}

export function openComposer(room: Room, sources: DocumentSources): Composer {
  const { papers, base, language, annexes = async () => [] } = sources
  const { people, tickets, services } = room.sources
  const agency: Agency = services.agency
  const zone = () => room.timing.time().calendar.timezone

  const dateOf = (at: Instant): CivilDate => {
    const [year = 0, month = 0, day = 0] = new Intl.DateTimeFormat('sv-SE', { timeZone: zone(), dateStyle: 'short' })
      .format(at)
      .split('-')
      .map(Number)
    return { year, month, day }
  }
  const frame: Composer['frame'] = ({ number, code, at }) => ({
    letterhead: agency.letterhead,
    author: agency.name,
    place: agency.place,
    language,
    zone: zone(),
    date: dateOf(at),
    at,
    number,
    verification: { url: `${base().replace(/\/+$/, '')}/verify/${code}`, code },
  })

  const signatory = (person: Person | null, more: Partial<Signatory> = {}): Signatory => ({
    name: person?.name ?? null,
    nip: person?.nip ?? null,
    position: person?.position ?? '',
    unit: person?.unit ?? '',
    rank: person?.rank ?? '',
    instead: null,
    stamp: false,
    ...more,
  })
  const personOf = async (id: number | null): Promise<Person | null> => (id === null ? null : ((await people.personsById([id]))[0] ?? null))
  /** Who wrote it: the one who worked on it, else who asks for the paper. */
  const officer = async ({ state }: Loaded): Promise<Signatory> => signatory(await personOf(state.assignee?.person ?? null))
  const filesOf = (attachments: readonly AttachmentRow[]) => new Map(attachments.map(({ id, name }) => [id, name]))

  async function minutes({ frame: { requester, number, organisation }, service, state }: Loaded, row: DocumentRow): Promise<Outcome<Paper>> {
    if (service.minutes === null) return failed('invalid', 'The service has no minutes.')
    const made = frame(row)
    const office = await room.organisationName(organisation)
    const parties: Signatory[] = []
    for (const [i, { who }] of service.minutes.parties.entries()) {
      const signed = row.signatures.find(({ party }) => party === i)
      const person = who === 'requester' ? await personOf(requester.person) : ((await people.holdersOf(who, row.at))[0]?.person ?? null)
      parties.push({
        ...signatory(person),
        name: signed?.name ?? null,
        nip: signed?.nip ?? null,
        position: signed?.position ?? '',
        unit: who === 'requester' ? person?.unit || office : (person?.unit ?? agency.short),
        instead: signed === undefined || signed.at === null ? null : papers.insteadOf(signed.method, signed.at, made),
        stamp: who === 'requester',
      })
    }
    const products = service.products.filter(({ key }) => state.products.includes(key)).map(({ name }) => name[language])
    const domain = state.answers['domain']
    const about = applicationName(state.answers['application']) ?? (typeof domain === 'string' ? domain : state.title)
    return papers.minutes(made, {
      minutes: service.minutes,
      parties,
      values: {
        ticket: number ?? '',
        products: products.join(', ') || service.name[language],
        application: about,
        requester: requester.name,
        organisation: office,
        service: service.name[language],
        title: state.title,
        recommendation: state.report?.recommendation ?? '',
        no: row.number?.split('/')[0] ?? '',
      },
      annexes: number === null ? [] : await annexes(number),
    })
  }

  async function report(loaded: Loaded, row: DocumentRow): Promise<Outcome<Paper>> {
    const { frame: ticket, service, state, events } = loaded
    if (state.report === null || state.filedAt === null) return failed('conflict', 'The report has not been written yet.')
    const attachments = (await tickets.attachments(ticket.id)).filter(({ id }) => !state.struck.some(one => one.attachment === id))
    const clock = room.timing.clock(service, state.products, events, row.at)
    const requester = await personOf(ticket.requester.person)
    const steps = (clock?.steps ?? []).flatMap(measured => {
      const step = service.steps.find(({ key }) => key === measured.key)
      if (step === undefined || measured.started === null) return []
      return [
        {
          step: step.label[language],
          owner: step.owner === 'requester' ? 'Pemohon' : room.chairTitle(step.owner),
          standard: measured.standards.map(one => standardText(one, language)).join(' + ') || '–',
          used: workText(measured.used, language),
          verdict: measured.standards.length === 0 ? '–' : VERDICT[measured.verdict],
        },
      ]
    })
    const due = clock?.promised?.due ?? null
    return done(
      papers.report(frame(row), {
        ticket: ticket.number ?? '',
        service: service.name[language],
        products: service.products.filter(({ key }) => state.products.includes(key)).map(({ name }) => name[language]),
        requester: {
          name: ticket.requester.name,
          position: requester?.position ?? '',
          organisation: await room.organisationName(ticket.organisation),
        },
        application: await aboutOf(people, loaded, row.at),
        channel: CHANNELS[ticket.channel] ?? ticket.channel,
        filed: state.filedAt,
        received: state.received,
        asked: askedOf(service.form, state.answers, filesOf(attachments), language),
        timeline: timelineOf(events, service),
        result: state.report.text,
        recommendation: state.report.recommendation,
        clock: steps,
        verdict: `${due === null ? '' : `Dijanjikan selesai ${dateTime(due, zone(), language)}. `}Sampai laporan ini: ${VERDICT[clock?.whole.verdict ?? 'onTime']}, waktu kerja terpakai ${workText(clock?.whole.used ?? 0, language)}.`,
        attachments: attachments.filter(({ visibility }) => visibility === 'public').map(({ name, sha256 }) => ({ name, sha256 })),
        signer: await officer(loaded),
      }),
    )
  }

  async function disposition({ frame: ticket, service, state, events }: Loaded, row: DocumentRow): Promise<Paper> {
    const requester = await personOf(ticket.requester.person)
    const letter = isMarked(state.letter) ? state.letter : markOfForm(service.form, state.answers)
    return papers.disposition(frame(row), {
      ticket: ticket.number ?? '',
      service: service.name[language],
      from: { name: ticket.requester.name, position: requester?.position ?? '', organisation: await room.organisationName(ticket.organisation) },
      channel: CHANNELS[ticket.channel] ?? ticket.channel,
      letter: isMarked(letter) ? { number: letter.number, date: letterDate(letter) } : null,
      received: state.received,
      agenda: state.incoming === null ? null : String(state.incoming),
      priority: PRIORITY[state.priority] ?? state.priority,
      subject: state.title,
      orders: events.flatMap(event =>
        event.kind === 'disposed'
          ? [{ from: { name: event.by.name, position: event.by.position }, to: event.to, note: event.note, at: event.at }]
          : [],
      ),
    })
  }

  /** Catatan: what was written down during the work, for those who work there. */
  async function notes(loaded: Loaded, row: DocumentRow): Promise<Outcome<Paper>> {
    const { frame: ticket, service, events } = loaded
    const lines = notesOf(events, service, language)
    if (lines.length === 0) return failed('conflict', 'Nothing has been noted yet.')
    return done(
      papers.notes(frame(row), {
        ticket: ticket.number ?? '',
        service: service.name[language],
        requester: ticket.requester.name,
        organisation: await room.organisationName(ticket.organisation),
        notes: lines,
        signer: await officer(loaded),
      }),
    )
  }

  async function archive(loaded: Loaded, row: DocumentRow, others: readonly DocumentRow[]): Promise<Outcome<Paper>> {
    const { frame: ticket, service, state } = loaded
    if (state.endedAt === null || state.filedAt === null) return failed('conflict', 'The ticket is not closed yet.')
    return done(
      papers.archive(frame(row), {
        ticket: ticket.number ?? '',
        service: service.name[language],
        requester: ticket.requester.name,
        organisation: await room.organisationName(ticket.organisation),
        application: await aboutOf(people, loaded, row.at),
        filed: state.filedAt,
        closed: state.endedAt,
        agenda: state.agenda === null ? '–' : String(state.agenda),
        documents: others
          .filter(({ state: is, kind }) => is !== 'void' && kind !== 'archive')
          .map(({ title, number, at, pages, sha256 }) => ({ title, number, date: datePlain(dateOf(at)), pages, sha256 })),
        keptUntil: keptUntil(agency, ticket.service, dateOf(state.endedAt)),
        signer: await officer(loaded),
      }),
    )
  }

  async function agreement({ frame: ticket, service, state, events }: Loaded, row: DocumentRow): Promise<Outcome<Paper>> {
    const agreed = events.findLast(event => event.kind === 'agreed')
    if (agreed?.kind !== 'agreed') return failed('conflict', 'Nothing has been agreed yet.')
    const said = (at: Instant | null) => (at === null ? '–' : dateTime(at, zone(), language))
    const made = frame(row)
    return papers.agreement(made, {
      ticket: ticket.number ?? '',
      service: service.name[language],
      promised: said(state.promised),
      agreed: said(agreed.due),
      reason: agreed.reason,
      minutes: state.minutes?.number ?? null,
      parties: signedParties(row, made, papers),
    })
  }

  /** Surat: to who asked, as he was on its day, under the official who signs it. */
  async function reply({ frame: ticket, service, events }: Loaded, row: DocumentRow): Promise<Outcome<Paper>> {
    const said = events.findLast(event => event.kind === 'replied' && event.document === row.id)
    const [signed] = row.signatures
    if (said?.kind !== 'replied' || signed === undefined) return failed('conflict', 'The letter has not been written yet.')
    const made = frame(row)
    const [chair = ''] = signersOf('reply', service)
    const official = (await people.holdersOf(chair, row.at))[0]?.person ?? null
    const requester = await personOf(ticket.requester.person)
    const { name, nip, position, at, method } = signed
    return done(
      papers.letter(made, {
        subject: said.subject,
        enclosures: null,
        to: [requester?.position || ticket.requester.name, await room.organisationName(ticket.organisation)],
        text: said.text,
        signer: signatory(official, { name, nip, position, instead: at === null ? null : papers.insteadOf(method, at, made) }),
        copies: said.copies,
      }),
    )
  }

  async function form({ frame: ticket, service, state, events }: Loaded, row: DocumentRow): Promise<Paper> {
    const verified = events.find(({ kind }) => kind === 'verified')
    const person = await personOf(verified?.by.person ?? null)
    const header = {
      ticket: ticket.number,
      date: state.received === null ? null : datePlain(dateOf(state.received)),
      officer: verified === undefined ? null : { name: verified.by.name, nip: person?.nip ?? null },
      products: state.products,
      files: filesOf(await tickets.attachments(ticket.id)),
    }
    return { ...formOf(service, state.answers, header, { agency, language, at: row.at }), verification: frame(row).verification }
  }

  return {
    frame,
    dateOf,
    title: (kind, { service }) =>
      ({
        form: service.form.title[language],
        disposition: 'Lembar disposisi',
        notes: 'Catatan penanganan layanan',
        report: 'Laporan penanganan layanan',
        minutes: service.minutes?.title[language] ?? 'Berita acara',
        agreement: 'Kesepakatan penyelesaian layanan',
        letter: service.form.letter?.subject[language] ?? 'Surat permohonan',
        reply: 'Surat balasan',
        archive: 'Lembar arsip',
        removal: 'Berita acara pengeluaran perangkat',
        wipe: 'Sertifikat sanitasi media penyimpanan',
      })[kind],
    async paper(loaded, row, others) {
      switch (row.kind) {
        case 'minutes':
          return minutes(loaded, row)
        case 'report':
          return report(loaded, row)
        case 'disposition':
          return done(await disposition(loaded, row))
        case 'notes':
          return notes(loaded, row)
        case 'archive':
          return archive(loaded, row, others)
        case 'agreement':
          return agreement(loaded, row)
        case 'form':
          return done(await form(loaded, row))
        case 'reply':
          return reply(loaded, row)
        case 'removal':
        case 'wipe':
          return leavingPaper(row.kind, row, { sources, frame: frame(row), ticket: loaded.frame.number })
        case 'letter': {
          const made = letterOf(loaded.service, loaded.state.answers, loaded.state.products, { agency, language, at: row.at })
          return made === null ? failed('conflict', 'The form of this service has no letter.') : done(made)
        }
      }
    },
  }
}
