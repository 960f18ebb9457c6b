// The service desk put together: catalogue, calendars, tickets, papers and files, with its routes and what the stream and the channels ask of it.
import { join } from 'node:path'
import { type Attaching, taking } from './desk/attachments/attaching.ts'
import type { AttachmentFiles } from './desk/attachments/files.ts'
import { SHOWN } from './desk/attachments/kind.ts'
import { openScan, type ScanSettings } from './desk/attachments/scan.ts'
import { openCalendars } from './desk/calendars/calendars.ts'
import { readCalendars } from './desk/calendars/shelf.ts'
import { openCatalogue } from './desk/catalogue.ts'
import { siteCatalogue } from './desk/catalogue-read.ts'
import { playDemonstration } from './desk/demonstration/demonstration.ts'
import { type Desk, openDesk } from './desk/desk.ts'
import type { Seal } from './desk/documents/papers.ts'
import { type Monitoring, openOutages } from './desk/outages.ts'
import { openFilledPrinting } from './desk/papers/filled.ts'
import { openPrinting } from './desk/papers/print.ts'
import type { Sources } from './desk/sources.ts'
import { deskFeeds } from './desk-feeds.ts'
import { type AgencyView, agencyView } from './domain/agency.ts'
import type { Call, Clock } from './domain/call.ts'
import type { Places } from './domain/form-place.ts'
import { openListeners } from './domain/listeners.ts'
import { done, type Outcome } from './domain/outcome.ts'
import type { DeskCommit } from './domain/ticket-record.ts'
import type { Lang } from './domain/words/lang.ts'
import { wallTime } from './domain/words/time.ts'
import type { Route } from './http/route.ts'
import { agendaRoutes } from './http/routes/agenda.ts'
import { applicationRoutes } from './http/routes/applications.ts'
import { calendarRoutes } from './http/routes/calendar.ts'
import { cataloguePaperRoutes, catalogueRoutes } from './http/routes/catalogue.ts'
import { documentRoutes } from './http/routes/documents.ts'
import { filledPaperRoutes } from './http/routes/filled.ts'
import { outageRoutes } from './http/routes/outages.ts'
import { ticketRoutes } from './http/routes/tickets.ts'
import { type Minimised, minimising } from './minimised.ts'
import { openNotices } from './notices.ts'
import { insteadOf } from './paper/frame.ts'
import { agendaPaper } from './paper/kinds/agenda.ts'
import { agreementPaper } from './paper/kinds/agreement.ts'
import { approvalPaper } from './paper/kinds/approval.ts'
import { archivePaper } from './paper/kinds/archive.ts'
import { dispositionPaper } from './paper/kinds/disposition.ts'
import { letterPaper } from './paper/kinds/letter.ts'
import { minutesPaper } from './paper/kinds/minutes.ts'
import { notesPaper } from './paper/kinds/notes.ts'
import { removalPaper } from './paper/kinds/removal.ts'
import { reportPaper } from './paper/kinds/report.ts'
import { wipePaper } from './paper/kinds/wipe.ts'
import { openPaper } from './paper/open.ts'
import { inspectScan } from './paper/scan.ts'
import { bind, brokenAt } from './paper/signing.ts'
import { newCode, readCode } from './paper/verify.ts'
import type { Office } from './premises.ts'
import { openFiles } from './store/files.ts'
import type { Records } from './store/records.ts'
import type { FeedOpener } from './stream/feed.ts'

export interface ServiceDesk {
  readonly desk: Desk
  readonly routes: readonly Route[]
  readonly feeds: readonly FeedOpener[]
  /** Who runs it, as pages say it. */
  readonly agency: AgencyView
  /** Whether the desk's calendar works at that moment. */
  working(at: number): boolean
  /** One sentence each; empty when all is well. */
  troubles(): readonly string[]
  /** Calendar, letterhead and press, for the papers of other rooms. */
  readonly office: Office
  /** Files that other rooms keep among the attachments, judged as those; `shown`: types that a browser may show. */
  readonly files: Pick<Attaching, 'take'> & Pick<AttachmentFiles, 'stream'> & { shown(type: string): boolean }
  /** Plays the demonstration's tickets in the background, into a desk that has none; `then` follows when they are there. */
  play(then: () => Promise<void>): void
  close(): Promise<void>
}

export interface ServiceDeskOptions {
  readonly records: Records
  /** The data folder: files lie in `attachments` and `documents` below it. */
  readonly data: string
  /** The site's own folders of the catalogue; none: `catalogue` in the data folder, if there is one. */
  readonly catalogue: readonly string[]
  /** Key of the desk's working calendar. */
  readonly calendar: string
  readonly language: Lang
  /** Where pages are reached from outside. */
  readonly base: () => string
  readonly carriers: () => readonly string[]
  readonly scan: ScanSettings | null
  readonly seal: Seal | null
  /** What services run on, as the site says. */
  readonly runsOn: Monitoring['runsOn']
  readonly deviceName: Monitoring['deviceName']
  /** What belongs to a ticket elsewhere in the house is written with it, or nothing of both is. */
  readonly following?: (work: () => Promise<Outcome<DeskCommit>>) => Promise<Outcome<DeskCommit>>
  /** Takes out of a form's answers what is not to be kept in clear. */
  readonly minimised?: Minimised
  /** Rooms and racks that forms may ask for. */
  readonly places?: () => Places
  /** Behind the minutes of a ticket. */
  readonly annexes?: NonNullable<Sources['documentRoom']['annexes']>
  /** What of a ticket's equipment leaves. */
  readonly leaving?: NonNullable<Sources['documentRoom']['leaving']>
  /** Octets of one attachment. */
  readonly most: number
  readonly clock: Clock
  readonly log: Call['log']
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export async function openServiceDesk(options: ServiceDeskOptions): Promise<Outcome<ServiceDesk>> {
  const { records, data, clock, log, language, base, following, minimised } = options
  await using doors = new AsyncDisposableStack()
  const folders = options.catalogue.length > 0 ? options.catalogue : siteCatalogue(data, undefined)
  const catalogue = await openCatalogue({ folders, versions: records.services }, log)
  if (!catalogue.ok) return catalogue
  const shipped = readCalendars()
  if (!shipped.ok) return shipped
  const calendarChanges = openListeners<[key: string]>(log)
  const calendars = await openCalendars({
    books: records.calendars,
    trail: records.audit,
    shipped: shipped.value,
    clock,
    onChange: ({ calendar }) => calendarChanges.tell(calendar.key),
  })
  if (!calendars.ok) return calendars
  const attachments = await openFiles(join(data, 'attachments'))
  if (!attachments.ok) return attachments
  const papers = await openFiles(join(data, 'documents'))
  if (!papers.ok) return papers
  const press = doors.adopt(openPaper({ log }), press => press.close())

  const sources: Sources = {
    tickets:
      following === undefined
        ? records.desk.tickets
        : { ...records.desk.tickets, commit: (needs, write) => following(() => records.desk.tickets.commit(needs, write)) },
    lists: records.desk.list,
    documents: records.desk.documents,
    agenda: records.desk.agenda,
    shelf: records.desk.shelf,
    people: records.people,
    chats: records.messages,
    services: catalogue.value,
    calendars: calendars.value,
    calendar: options.calendar,
    notices: openNotices({ carriers: options.carriers, base, language, zone: calendars.value.time(options.calendar).calendar.timezone }),
    attachments: { files: attachments.value, scan: openScan(options.scan, log), most: options.most },
    documentRoom: {
      ...(options.annexes === undefined ? {} : { annexes: options.annexes }),
      ...(options.leaving === undefined ? {} : { leaving: options.leaving }),
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
        render: paper => press.render(paper),
        insteadOf,
        bind,
        brokenAt,
        newCode: () => newCode(),
        inspect: inspectScan,
        readCode,
        seal: options.seal,
      },
      files: papers.value,
      base,
      language,
    },
    settings: records.settings,
    trail: records.audit.of,
    together: records.desk.together,
    ...(options.places === undefined ? {} : { places: options.places }),
    clock,
    log,
  }
  const desk = minimised === undefined ? openDesk(sources) : minimising(openDesk(sources), minimised)
  const stop = new AbortController()
  let playing: Promise<void> = Promise.resolve()
  doors.defer(async () => {
    stop.abort()
    await playing
  })

  const guarded = (work: () => Promise<unknown>, what: string) => () => {
    work().catch((error: unknown) => log.error({ error: String(error) }, what))
  }
  const reckon = guarded(desk.reckon, 'the deadlines could not be reckoned anew')
  calendarChanges.onChange(reckon)
  if (calendars.value.renewed) reckon()
  const minute = setInterval(guarded(desk.tick, 'the reminders failed'), MINUTE)
  doors.defer(() => clearInterval(minute))

  // Once a day: what was thrown away with its draft, or was received and never became anything.
  let swept = 0
  const sweep = guarded(async () => {
    if (clock() - swept < DAY) return
    swept = clock()
    for (const [what, files, books] of [
      ['attachments', attachments.value, [records.desk.tickets, records.care]],
      ['documents', papers.value, [records.desk.documents]],
    ] as const) {
      const gone = await files.sweep(clock() - DAY, async hashes => {
        const kept = await Promise.all(books.map(book => book.referred(hashes)))
        return new Set(kept.flatMap(some => [...some]))
      })
      if (gone.files > 0) log.info({ what, ...gone }, 'files that nothing refers to were taken away')
    }
  }, 'the upkeep of files failed')
  const hourly = setInterval(sweep, HOUR)
  doors.defer(() => clearInterval(hourly))

  const outages = openOutages({
    book: records.outages,
    monitoring: { runsOn: options.runsOn, deviceName: options.deviceName, down: records.alarms.down },
    catalogue: catalogue.value,
    time: () => calendars.value.time(options.calendar),
    audit: records.audit,
    making: language => ({ agency: catalogue.value.agency, language, at: clock() }),
    render: paper => press.render(paper),
    clock,
  })

  const kept = doors.move()
  return done({
    desk,
    feeds: deskFeeds({ desk, entry: records.desk.agenda.entry, calendars: calendars.value, onCalendar: calendarChanges.onChange }),
    routes: [
      ...ticketRoutes(desk),
      ...applicationRoutes(desk),
      ...outageRoutes(outages),
      ...documentRoutes(desk),
      ...agendaRoutes(desk),
      ...calendarRoutes(calendars.value),
      ...catalogueRoutes({
        services: () => catalogue.value.services,
        service: catalogue.value.service,
        serviceVersion: catalogue.value.version,
        catalogueTroubles: () => catalogue.value.troubles,
      }),
      ...filledPaperRoutes(
        openFilledPrinting({
          agency: catalogue.value.agency,
          view: desk.view,
          render: paper => press.render(paper),
          zone: () => calendars.value.time(options.calendar).calendar.timezone,
          clock,
        }),
      ),
      ...cataloguePaperRoutes(
        openPrinting({
          catalogue: catalogue.value,
          render: paper => press.render(paper),
          clock,
          async holder(chair) {
            const [seat] = await records.people.holdersOf(chair, clock())
            return seat === undefined ? null : { name: seat.person.name, rank: seat.person.rank, nip: seat.person.nip }
          },
        }),
      ),
    ],
    agency: agencyView(catalogue.value.agency),
    working: at => calendars.value.time(options.calendar).nextWorking(at) === at,
    troubles: () => catalogue.value.troubles,
    office: {
      closes(at) {
        const time = calendars.value.time(options.calendar)
        return time.dayAt(time.nextWorking(at)).closes
      },
      frame(at) {
        const { agency } = catalogue.value
        const zone = calendars.value.time(options.calendar).calendar.timezone
        const { year, month, day } = wallTime(at, zone)
        return {
          letterhead: agency.letterhead,
          author: agency.name,
          place: agency.place,
          language,
          zone,
          date: { year, month, day },
          at,
          number: null,
          verification: null,
        }
      },
      render: paper => press.render(paper),
    },
    files: { take: taking(sources.attachments), stream: attachments.value.stream, shown: type => SHOWN.has(type) },
    play(then) {
      const played = playDemonstration({
        ...sources,
        organisations: records.people.organisations,
        accountOf: async person => (await records.accounts.ofPerson(person))?.id ?? null,
        written: desk.stream.tell,
        signal: stop.signal,
      })
      playing = played.then(
        async count => {
          log.info({ tickets: count }, 'the demonstration has its tickets')
          if (!stop.signal.aborted) await then()
        },
        (error: unknown) => log.error({ error: String(error) }, 'the tickets of the demonstration could not be played'),
      )
    },
    close: () => kept.disposeAsync(),
  })
}
