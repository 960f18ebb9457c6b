// What the daemon and its pages say to each other over the live socket. Types only; nothing of it exists at run time.
//
// A page follows topics. The first frame of a topic is full; every later one holds what changed between two revisions.
// After a broken connection the page follows again with the revision it has and gets only what it missed: state is merged by
// "newest wins", so a slow or absent page may skip any number of frames and still ends with the truth.
import type { Alarm, LimitSource } from '../domain/alarm.ts'
import type { WorkOrderView } from '../domain/care.ts'
import type { AssetView } from '../domain/care-sent.ts'
import type { Identity, Kind, Place } from '../domain/device.ts'
import type { CertificateView, ChangeRow, ChangeView, HostView, ProvisioningView, WebsiteRow, ZoneView } from '../domain/hosting-view.ts'
import type { Layout } from '../domain/inventory.ts'
import type { OpeningView } from '../domain/opening.ts'
import type { Application, Office, Organisation, Person, Team } from '../domain/people.ts'
import type { Point, PointNo, Text } from '../domain/point.ts'
import type { DemoScenario } from '../domain/scenario.ts'
import type { AccountRow, AuditRow, OwnSession } from '../domain/signin.ts'
import type { ReservationView, StayView } from '../domain/stay.ts'
import type { TenancyView } from '../domain/tenancy.ts'
import type { AgendaEntry, DeskSummary } from '../domain/ticket-record.ts'
import type { TicketHead, TicketView } from '../domain/ticket-view.ts'
import type { Fact, TimelineView } from '../domain/timeline.ts'
import type { VisitView } from '../domain/visit.ts'
import type { Why } from '../domain/why.ts'

/** A row of one of the registers of people, by the path of its register; its id on the stream is `people/7`. */
export interface RegisterRow {
  readonly of: 'organisations' | 'people' | 'offices' | 'teams' | 'applications'
  readonly row: Organisation | Person | Office | Team | Application
  /** It is in the register no more. */
  readonly left: boolean
}

/**
 * Lists that a page keeps whole, each row by its id, as its viewer may have it:
 * - `visits`: those not over, and those that ended today.
 * - `openings`: the newest of the doors.
 * - `reservations`, `stays`: colocation, reservations that hold and equipment that has not left.
 * - `care`: work orders that are not over, and those of late; `assets`: what is kept up, with its plans.
 * - `sessions`: where the viewer is signed in.
 * - `calendars`: which version each is at.
 * - `counts`: one row of the viewer's own numbers of tickets.
 * And lists too long for that, which pages ask for page by page: of these only the rows that are new or changed since the page follows. A full frame
 * carries none: what was missed the page asks anew.
 * - `people`: the registers; `accounts`; `agenda`: the agenda book; `websites` by their name; `changes` by their number.
 * - `hosts`, `zones`: whole, by id and name; `certificates`: whole, by `<website>` or, of none, by fingerprint; `provisioning`: one row, whether changes may be
 *   applied at all.
 */
export interface RowsOf {
  visits: VisitView
  openings: OpeningView
  reservations: ReservationView
  stays: StayView
  care: WorkOrderView
  assets: AssetView
  sessions: OwnSession
  calendars: { readonly version: number }
  counts: Pick<DeskSummary, 'inbox' | 'mine' | 'drafts' | 'late' | 'breached'>
  people: RegisterRow
  accounts: AccountRow
  agenda: AgendaEntry
  websites: WebsiteRow
  changes: ChangeRow
  hosts: HostView
  zones: ZoneView
  certificates: CertificateView
  provisioning: ProvisioningView
}
export type RowTopic = keyof RowsOf

/**
 * - `site`: layout, devices, open and recent alarms with the points they are about (names and units, no values), health, demonstration.
 *   Every page follows it.
 * - `overview`: values of every point the layout names (wallboard, floor plan).
 * - `device:<id>`: points of one device with their values.
 * - `rack:<id>`: values of everything in one rack, of its feeds and its sensors.
 * - `devices`: one telling value of each device, for the list.
 * - `tickets`: heads of tickets as they change, those the viewer may see, and which drafts were thrown away. A full frame carries no heads: the page
 *   asks its list anew.
 * - `ticket:<number>`: one ticket whole, as the viewer may see it, each time it changes; of a draft, at last, what became of it.
 * - `change:<number>`: one change of websites, hosts or zones whole, with its plan and its journal, each time something is written of it.
 * - lists of rows, see `RowsOf`.
 * - `tenancy`: what stands in the racks for the viewer's own organisations, whole each time it changes.
 * - `timeline:site`, `timeline:<rack, alarm, ...>/<id>`: facts of the last hour, and each as it happens or is told better. Older ones a page asks for.
 * - `audit`: entries of the trail as they are written, newest first; a full frame carries the newest hundred. The revision is the entry's number.
 */
export type Topic =
  | 'site'
  | 'overview'
  | 'devices'
  | `device:${string}`
  | `rack:${string}`
  | 'tickets'
  | `ticket:${string}`
  | `change:${string}`
  | 'audit'
  | 'tenancy'
  | `timeline:${string}`
  | RowTopic

export interface DeviceView {
  readonly id: string
  readonly name: string
  readonly kind: Kind
  readonly address: string
  readonly via: 'snmp' | 'ssh' | 'host'
  readonly place: Place | null
  readonly tenant: string | null
  readonly power: readonly string[]
  readonly network: readonly string[]
  /** Its network parents are told by LLDP; nobody drew them. */
  readonly networkObserved?: true
  readonly identity: Identity | null
  /** `new`: not answered yet since it was added. */
  readonly status: 'new' | 'up' | 'down'
  readonly statusSince: number
  /** Of the last poll that failed; worded by why-words.ts. */
  readonly why: Why | null
  readonly lastSeen: number | null
  readonly points: number
  /** Shown in the list. */
  readonly headline: PointNo | null
}

export interface PointView extends Pick<Point, 'key' | 'label' | 'quantity' | 'unit' | 'cadence' | 'source' | 'profile' | 'limits' | 'states'> {
  readonly no: PointNo
  readonly device: string
  readonly scale: number
  readonly offset: number
  /** Limits that alarms go by, and who set them. */
  readonly alarmLimits: {
    readonly low: number | null
    readonly high: number | null
    readonly hysteresis: number
    readonly delay: number
    readonly from: LimitSource
  } | null
}

/** Parallel columns. `values` null: the device says it has none. `at`: milliseconds since 1970. */
export interface Values {
  readonly nos: readonly PointNo[]
  readonly values: readonly (number | null)[]
  readonly at: readonly number[]
}

export interface HealthView {
  readonly startedAt: number
  /** Points that got a reading within three of their cycles, and all points. */
  readonly fresh: number
  readonly points: number
  readonly pollsPerSecond: number
  /** Milliseconds, 95th percentile over the last minute: begun after due. */
  readonly lag: number
  readonly timeouts: number
  readonly storeBehind: number
  /** Problems of Suar itself, for people; empty when well. */
  readonly troubles: readonly Text[]
}

export type { DemoScenario }

export interface DemoView {
  readonly scenarios: readonly DemoScenario[]
}

export interface Frame {
  readonly topic: Topic
  /** Changes when the daemon restarts: revisions of different epochs do not compare. */
  readonly epoch: string
  /** What the page must have for this frame to fit; a full frame fits always. */
  readonly since: number
  readonly revision: number
  readonly full: boolean
  /** Milliseconds since 1970 on the daemon's clock, so that pages show ages by it. */
  readonly now: number
  readonly layout?: Layout
  readonly devices?: readonly DeviceView[]
  readonly points?: readonly PointView[]
  readonly alarms?: readonly Alarm[]
  readonly values?: Values
  readonly health?: HealthView
  readonly demo?: DemoView | null
  readonly tickets?: readonly TicketHead[]
  /** With what this viewer may do next. */
  readonly ticket?: TicketView
  /** Of a draft: its number since it was handed in; null: it was thrown away. Nothing more comes. */
  readonly became?: string | null
  /** With what this viewer may do next. */
  readonly change?: ChangeView
  readonly audit?: readonly AuditRow[]
  readonly tenancy?: TenancyView
  /** `during`: those among the facts of the last hour. */
  readonly timeline?: Pick<TimelineView, 'span' | 'during'> & { readonly put: readonly Fact[]; readonly gone: readonly string[] }
  /** Of a list of rows: those that are new or changed, by id, and those that the viewer has no more. */
  readonly rows?: { readonly put: Readonly<Record<string, RowsOf[RowTopic]>>; readonly gone: readonly string[] }
  readonly gone?: {
    readonly devices?: readonly string[]
    readonly points?: readonly PointNo[]
    readonly alarms?: readonly number[]
    /** Drafts that were thrown away. */
    readonly tickets?: readonly number[]
  }
}

/** What a page has of a topic already. */
export interface Have {
  readonly epoch: string
  readonly revision: number
}

export interface ServerToClient {
  frame(frame: Frame): void
}

export interface ClientToServer {
  follow(topic: Topic, have: Have | null, refused: (reason: string | null) => void): void
  leave(topic: Topic): void
}
