// Bringing a ticket to the table: its record, its service as it stood, who sits on which chair now; and writing it back.
import type { Instant } from '../../domain/call.ts'
import type { TicketClock } from '../../domain/clock.ts'
import type { Answers, FileKind } from '../../domain/form.ts'
import { isApplication } from '../../domain/form-application.ts'
import { type CheckOptions, check } from '../../domain/form-check.ts'
import { localMoment } from '../../domain/form-terms.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { throughOf, type Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import { ECHELONS, type Echelon, echelonReaches } from '../../domain/roles.ts'
import type { Service } from '../../domain/service.ts'
import type { Actor, TicketEvent, TicketFact } from '../../domain/ticket.ts'
import type { AttachmentRow, TicketDraft, TicketFrame, TicketWrite } from '../../domain/ticket-record.ts'
import { kindOfType } from '../attachments/kind.ts'
import type { Seat, Sources } from '../sources.ts'
import { claimsOf } from './claims.ts'
import { rowOf, textsOf } from './describe.ts'
import type { Context, Holder, Matrix } from './guards.ts'
import { apply, fold, nextStep, stepOf, type TicketState } from './state.ts'
import { type Marks, openTiming, type Timing } from './timing.ts'

export interface Loaded {
  readonly frame: TicketFrame
  readonly draft: TicketDraft | null
  readonly events: readonly TicketEvent[]
  readonly service: Service
  readonly state: TicketState
}

/** Who may be asked to do something at this moment. */
export interface Seats {
  readonly chairs: ReadonlyMap<string, readonly Holder[]>
  readonly officers: readonly Holder[]
  readonly approvers: readonly Holder[]
}

/** A ticket with new facts, worked out to the end. */
export interface Moved {
  readonly state: TicketState
  readonly events: readonly TicketEvent[]
  readonly added: readonly TicketEvent[]
  readonly clock: TicketClock | null
  readonly marks: Marks
}

export interface Room {
  readonly timing: Timing
  readonly sources: Sources
  load(number: string): Promise<Loaded | null>
  loadById(id: number): Promise<Loaded | null>
  /** `notFound` also for what exists but is none of the viewer's business: its existence is not told. */
  see(number: string, viewer: Viewer): Promise<Outcome<Loaded>>
  seats(service: Service, at: Instant): Promise<Seats>
  actor(viewer: Viewer, loaded: Loaded, seats: Seats): Promise<Actor>
  context(loaded: Loaded, viewer: Viewer, extra?: Partial<Context>): Promise<Context>
  chairTitle(chair: string): string
  move(loaded: Loaded, facts: readonly TicketFact[], by: Actor, at: Instant): Moved
  written(
    loaded: Loaded,
    moved: Moved,
    more: {
      readonly organisation: string
      readonly seats: Seats
      readonly frame?: TicketFrame
      readonly draft?: TicketDraft | null
      readonly attachments?: readonly AttachmentRow[]
      readonly detached?: readonly number[]
    },
  ): TicketWrite
  organisationName(id: number): Promise<string>
  /** Names by number: those of the organisation, and what the answers name already, also when it has left the register. */
  applications(organisation: number, ...answered: readonly Answers[]): Promise<ReadonlyMap<number, string>>
  /** What a form is read with that somebody sends at that moment. */
  sent(at: Instant): Pick<CheckOptions, 'places' | 'now'>
  /** What is attached to a ticket and counts, and what each of it is. */
  files(loaded: Pick<Loaded, 'frame' | 'state'>): Promise<ReadonlyMap<number, FileKind>>
  matrix(): Promise<Matrix>
}

const NOT_FOUND = (number: string) => failed('notFound', `There is no ticket ${number}.`)

/** Impact by urgency (SL3), until the site sets `desk.priority`. */
const MATRIX: Matrix = {
  low: { low: 'low', medium: 'low', high: 'medium' },
  medium: { low: 'low', medium: 'medium', high: 'high' },
  high: { low: 'medium', medium: 'high', high: 'critical' },
}

const PREFIX = { definitive: '', plh: 'Plh. ', plt: 'Plt. ' } as const

export function openRoom(sources: Sources): Room {
  const { tickets, people, services, clock } = sources
  const timing = openTiming({ calendars: sources.calendars, key: sources.calendar })
  const chairTitle = (chair: string) => services.agency.chairs[chair]?.title.id ?? chair

  const dress = async (record: Awaited<ReturnType<typeof tickets.byId>>): Promise<Loaded | null> => {
    if (record === null) return null
    const version = await services.version(record.frame.service, record.frame.version)
    if (!version.ok) throw new Error(`ticket ${record.frame.id} was filed on a service that is gone: ${version.failure.message}`)
    const { service } = version.value
    return { ...record, service, state: fold(record.events, service) }
  }
  const load = async (number: string) => dress(await tickets.find(number))

  const holderOf = ({ person, office }: Seat): Holder => ({
    person: person.id,
    name: person.name,
    position:
      office.kind === 'definitive'
        ? person.position || chairTitle(office.position ?? office.role)
        : `${PREFIX[office.kind]}${chairTitle(office.position ?? office.role)}`,
    standIn: office.kind !== 'definitive',
  })
  const holders = (seats: readonly Seat[]): Holder[] => {
    const byPerson = new Map<number, Holder>()
    for (const seat of seats) if (!byPerson.has(seat.person.id)) byPerson.set(seat.person.id, holderOf(seat))
    return [...byPerson.values()]
  }

  const teamOf = async (person: number, at: Instant): Promise<Context['team']> => {
    const [team] = await people.teamsOf(person, at)
    return team === undefined ? null : { id: team.id, name: team.name, decree: team.decree }
  }

  const room: Room = {
    timing,
    sources,
    chairTitle,
    load,
    loadById: async id => dress(await tickets.byId(id)),
    async see(number, viewer) {
      const loaded = await load(number)
      if (loaded === null) return NOT_FOUND(number)
      return sees(viewer, loaded.frame) ? done(loaded) : NOT_FOUND(number)
    },
    async seats(service, at) {
      const keys = [...new Set(service.steps.map(({ owner }) => owner))].filter(owner => owner !== 'requester')
      const chairs = new Map<string, Holder[]>()
      for (const key of keys) chairs.set(key, holders(await people.holdersOf(key, at)))
      return { chairs, officers: holders(await people.withRole('officer', at)), approvers: holders(await people.withRole('approver', at)) }
    },
    async actor(viewer, { service, state }, seats) {
      const [person] = await people.personsById([viewer.person])
      const chair = stepOf(state, service)?.owner ?? ''
      const held = viewer.positions.includes(chair) ? seats.chairs.get(chair)?.find(holder => holder.person === viewer.person) : undefined
      const other = [...seats.chairs.values(), seats.officers, seats.approvers].flat().find(holder => holder.person === viewer.person)
      return {
        account: viewer.account,
        person: viewer.person,
        name: person?.name ?? viewer.name,
        position: held?.position ?? (person?.position || other?.position || ''),
        organisation: person?.organisation ?? null,
        ...throughOf(viewer),
      }
    },
    async context(loaded, viewer, extra = {}) {
      const at = clock()
      const { frame, service, state, draft } = loaded
      const seats = await room.seats(service, at)
      const step = stepOf(state, service)
      const next = nextStep(state, service)
      const chairOf = (key: string | undefined): readonly Holder[] => (key === undefined ? [] : (seats.chairs.get(key) ?? []))
      const orElse = (found: readonly Holder[], other: readonly Holder[]) => (found.length > 0 ? found : other)
      const deskOwner = step?.kind === 'dispose' || step?.kind === 'order' ? undefined : step?.owner
      const workOwner = service.steps.find(({ kind }) => kind === 'work')?.owner
      const everybody = [...seats.chairs.values(), seats.officers, seats.approvers].flat()
      const requester = frame.requester.person === null ? undefined : (await people.personsById([frame.requester.person]))[0]
      const wanted = service.form.signer.echelon
      const filled =
        draft === null || state.status !== 'returned'
          ? null
          : check(service.form, draft.answers, 'requester', {
              products: draft.products,
              was: state.answers,
              files: await room.files(loaded),
              applications: await room.applications(frame.organisation, state.answers),
              ...room.sent(at),
            })
      const clockNow = timing.clock(service, state.products, loaded.events, at)
      const due = clockNow?.agreed?.due ?? clockNow?.promised?.due ?? clockNow?.whole.due ?? null
      return {
        at,
        frame,
        service,
        actor: await room.actor(viewer, loaded, seats),
        holders: chairOf(step?.owner),
        receivers:
          next === null ? [] : orElse(chairOf(next.owner), next.kind === 'dispose' || next.kind === 'order' ? seats.approvers : seats.officers),
        workers: orElse(chairOf(deskOwner === 'requester' ? undefined : (deskOwner ?? workOwner)), seats.officers),
        named: person => everybody.find(holder => holder.person === person) ?? null,
        chair: chairTitle,
        signerReaches: wanted === null || echelonReaches(signerEchelon(state.answers) ?? requester?.echelon ?? 'none', wanted),
        mistakes: {
          requester: filled?.mistakes ?? [],
          officer:
            step?.kind === 'verify' ? check(service.form, state.answers, 'officer', { products: state.products, was: state.answers }).mistakes : [],
        },
        filled: {
          requester:
            draft === null || filled === null
              ? null
              : {
                  title: draft.title,
                  products: draft.products,
                  answers: filled.answers,
                  ...(draft.letter === undefined ? {} : { letter: draft.letter }),
                },
          officer: null,
        },
        breached: due !== null && due < at,
        matrix: await room.matrix(),
        team: step?.kind === 'verify' ? await teamOf(viewer.person, at) : null,
        into: null,
        drawn: { document: 0, minutes: '', agenda: 0 },
        ...extra,
      }
    },
    move({ service, state, events }, facts, by, at) {
      const added = facts.map((fact, i): TicketEvent => ({ ...fact, seq: state.seq + i + 1, at, by }))
      const all = [...events, ...added]
      const moved = added.reduce((was, event) => apply(was, event, service), state)
      const now = Math.max(at, clock())
      const told = timing.clock(service, moved.products, all, now)
      return { state: moved, events: all, added, clock: told, marks: timing.marks(told, moved, now) }
    },
    written(loaded, moved, { organisation, seats, frame = loaded.frame, draft: next, attachments = [], detached = [] }) {
      const { service } = loaded
      const draft = next === undefined ? loaded.draft : next
      const chair = stepOf(moved.state, service)?.owner ?? ''
      const sitting = seats.chairs.get(chair) ?? []
      const title = draft !== null && moved.state.status === 'draft' ? draft.title : moved.state.title
      const described = {
        frame,
        service,
        state: moved.state,
        marks: moved.marks,
        organisation,
        holder: sitting.length === 1 ? (sitting[0]?.name ?? null) : null,
        title,
        changedAt: Math.max(moved.state.changedAt, draft?.savedAt ?? 0, frame.createdAt),
      }
      return {
        frame,
        ...(next === undefined ? {} : { draft: next, over: loaded.draft?.savedAt ?? null }),
        expected: loaded.state.seq,
        events: moved.added,
        row: rowOf(described),
        texts: textsOf(described, moved.events),
        claims: claimsOf(service, moved.state.answers, frame.organisation),
        attachments,
        detached,
      }
    },
    async files({ frame, state }) {
      const struck = new Set(state.struck.map(({ attachment }) => attachment))
      const rows = (await tickets.attachments(frame.id)).filter(({ id }) => !struck.has(id))
      return new Map(rows.map(({ id, type }) => [id, kindOfType(type)]))
    },
    async organisationName(id) {
      const [organisation] = await people.organisationsById([id])
      return organisation?.name ?? ''
    },
    async applications(organisation, ...answered) {
      const named = answered.flatMap(answers => Object.values(answers).filter(isApplication))
      const standing = (await people.applicationsOf(organisation)).map(({ id, name }) => [id, name] as const)
      return new Map([...named.map(({ id, name }) => [id, name] as const), ...standing])
    },
    sent(at) {
      const places = sources.places?.()
      return { now: localMoment(at, timing.time().calendar.timezone), ...(places === undefined ? {} : { places }) }
    },
    async matrix() {
      const set = await sources.settings.get('desk.priority')
      return isMatrix(set) ? set : MATRIX
    },
  }
  return room
}

/** Of who answers for the form with name and rank, where the form asks for it. */
function signerEchelon({ signer }: Answers): Echelon | undefined {
  const held = typeof signer === 'object' && signer !== null && 'echelon' in signer ? signer['echelon'] : undefined
  return ECHELONS.find(echelon => echelon === held)
}

/** A draft is its writer's, or the desk's where it came in by itself; what was handed in is its organisation's and the house's. */
export function sees(viewer: Viewer, frame: TicketFrame): boolean {
  if (frame.number !== null) return may(viewer, 'ticket.read', { organisation: frame.organisation })
  return frame.createdBy === null ? may(viewer, 'ticket.work') : frame.createdBy === viewer.account
}

const LEVELS = ['low', 'medium', 'high'] as const
const isMatrix = (value: unknown): value is Matrix =>
  typeof value === 'object' &&
  value !== null &&
  LEVELS.every(impact => {
    const row = (value as Record<string, unknown>)[impact]
    return typeof row === 'object' && row !== null && LEVELS.every(urgency => typeof (row as Record<string, unknown>)[urgency] === 'string')
  })
