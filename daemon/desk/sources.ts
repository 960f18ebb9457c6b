// What the desk wants of the house: records, people, catalogue, calendars, files, papers, and somebody to tell.
import type { Agency } from '../domain/agency.ts'
import type { Clock, Instant, Log } from '../domain/call.ts'
import type { Places } from '../domain/form-place.ts'
import type { Outcome, Together } from '../domain/outcome.ts'
import type { Application, Office, Organisation, Person, Team } from '../domain/people.ts'
import type { Role } from '../domain/roles.ts'
import type { ServiceVersion } from '../domain/service.ts'
import type {
  AgendaEntry,
  AgendaPage,
  AttachmentRow,
  Chat,
  DeskCommit,
  DeskNotice,
  DeskSummary,
  DocumentRow,
  Draw,
  EnteredApplication,
  Ledger,
  Onlooker,
  OutMessage,
  Place,
  ReplyTemplate,
  SavedView,
  TicketFilter,
  TicketFrame,
  TicketQuery,
  TicketRecord,
  TicketRow,
  WantedApplication,
} from '../domain/ticket-record.ts'
import type { Reach, TicketHead, TicketPage } from '../domain/ticket-view.ts'
import type { AttachmentFiles } from './attachments/files.ts'
import type { Scan } from './attachments/scan.ts'
import type { Calendars } from './calendars/calendars.ts'
import type { DocumentSources } from './documents/papers.ts'

export interface TicketBooks {
  find(number: string): Promise<TicketRecord | null>
  byId(id: number): Promise<TicketRecord | null>
  frames(ids: readonly number[]): Promise<ReadonlyMap<number, TicketFrame>>
  row(id: number): Promise<TicketRow | null>
  attachments(ticket: number): Promise<readonly AttachmentRow[]>
  attachment(id: number): Promise<AttachmentRow | null>
  about(id: number): Promise<readonly TicketFrame[]>
  due(now: Instant, limit: number): Promise<readonly number[]>
  /** One transaction; `write` is pure and may be asked once only. */
  commit(
    needs: {
      readonly draws: readonly Draw[]
      readonly ledger?: { readonly service: string; readonly from: string }
      readonly applications?: readonly WantedApplication[]
    },
    write: (drawn: {
      readonly numbers: readonly number[]
      readonly ledger: Ledger
      readonly applications: readonly EnteredApplication[]
    }) => DeskCommit,
  ): Promise<Outcome<DeskCommit>>
  removeDraft(id: number, audit?: DeskCommit['audit'][number]): Promise<boolean>
}

export interface TicketLists {
  page(query: TicketQuery, who: Onlooker): Promise<TicketPage>
  all(filter: TicketFilter, who: Onlooker, most: number): Promise<readonly TicketHead[]>
  summary(who: Onlooker): Promise<DeskSummary>
  running(people: readonly number[]): Promise<ReadonlyMap<number, number>>
  drafts(account: number): Promise<number>
  openIds(): Promise<readonly number[]>
  rows(ids: readonly number[]): Promise<readonly TicketRow[]>
  /** Places taken on these dates, both included. */
  slots(from: string, until: string): Promise<readonly (Place & { readonly taken: number })[]>
  /** When the open tickets within reach are due. */
  dues(from: Instant, until: Instant, who: Onlooker): Promise<readonly Instant[]>
}

export interface DocumentBooks {
  of(ticket: number): Promise<readonly DocumentRow[]>
  byId(id: number): Promise<DocumentRow | null>
  byCode(code: string): Promise<DocumentRow | null>
}

export interface AgendaBook {
  page(query: {
    readonly year: number
    readonly direction?: 'in' | 'out' | undefined
    readonly search: string
    readonly page: number
    readonly size: number
  }): Promise<AgendaPage>
  entry(of: Pick<AgendaEntry, 'year' | 'direction' | 'no'>): Promise<AgendaEntry | null>
  incoming(ticket: number): Promise<AgendaEntry | null>
  year(year: number, direction: 'in' | 'out'): Promise<readonly AgendaEntry[]>
}

export interface Shelf {
  views(account: number): Promise<readonly SavedView[]>
  saveView(account: number, view: Omit<SavedView, 'id'>): Promise<Outcome<SavedView>>
  removeView(account: number, id: number): Promise<boolean>
  templates(): Promise<readonly ReplyTemplate[]>
  saveTemplate(template: Omit<ReplyTemplate, 'id'>): Promise<Outcome<ReplyTemplate>>
  removeTemplate(id: number): Promise<boolean>
}

export interface Seat {
  readonly person: Person
  readonly office: Office
}

export interface People {
  personsById(ids: readonly number[]): Promise<readonly Person[]>
  organisationsById(ids: readonly number[]): Promise<readonly Organisation[]>
  /** Those of an organisation that stand in the register. */
  applicationsOf(organisation: number): Promise<readonly Application[]>
  /** Also those that have left. */
  applicationsById(ids: readonly number[]): Promise<readonly Application[]>
  /** Teams by decree that the person belongs to at that moment. */
  teamsOf(person: number, at: Instant): Promise<readonly Team[]>
  personsByNip(nips: readonly string[]): Promise<readonly Person[]>
  /** Who sits in the chair at that moment, stand-ins first. */
  holdersOf(chair: string, at: Instant): Promise<readonly Seat[]>
  withRole(role: Role, at: Instant, organisation?: number): Promise<readonly Seat[]>
  personsByEmail(email: string): Promise<readonly Person[]>
  /** In any way of writing it; of those who are still there. */
  personsByMobile(number: string): Promise<readonly Person[]>
}

export interface Services {
  readonly agency: Agency
  readonly services: readonly ServiceVersion[]
  service(key: string): Outcome<ServiceVersion>
  version(key: string, version: number): Promise<Outcome<ServiceVersion>>
}

/** Puts a notice into the messages that carry it; none where the person has no address. Pure: it is asked within a transaction. */
export interface Notices {
  compose(notice: DeskNotice): readonly OutMessage[]
  reach(to: Pick<DeskNotice['to'], 'email' | 'chats'>): Reach
}

/** Chats that people have bound; they are told there what no letter can tell them. */
export interface Chats {
  chatsOfAll(people: readonly number[]): Promise<ReadonlyMap<number, readonly Chat[]>>
}

/** What was written in the trail of one thing of a register, oldest first. */
export type Trail = (what: 'application', id: number) => Promise<readonly TrailEntry[]>
export interface TrailEntry {
  readonly at: Instant
  readonly actor: string
  readonly action: string
  readonly detail: unknown
}

export interface Settings {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
}

export interface Sources {
  readonly tickets: TicketBooks
  readonly lists: TicketLists
  readonly documents: DocumentBooks
  readonly agenda: AgendaBook
  readonly shelf: Shelf
  readonly people: People
  /** Absent: nobody has any. */
  readonly chats?: Chats
  readonly services: Services
  readonly calendars: Pick<Calendars, 'time' | 'versions'>
  readonly attachments: { readonly files: AttachmentFiles; readonly scan: Scan /** Octets of one file. */; readonly most: number }
  readonly documentRoom: DocumentSources
  /** The desk's working calendar. */
  readonly calendar: string
  readonly notices: Notices
  readonly settings: Settings
  readonly trail: Trail
  readonly together: Together
  readonly clock: Clock
  readonly log: Log
  /** What of the site may be asked for; absent: nobody says. */
  readonly places?: () => Places
}
