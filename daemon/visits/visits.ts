// The visits: everything that is done with them, in one place that routes, the stream, the desk and the doors ask.
import type { Instant } from '../domain/call.ts'
import type { Places } from '../domain/form-place.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import { throughOf, type Viewer } from '../domain/people.ts'
import { may, reach } from '../domain/policy.ts'
import type { TicketWrite } from '../domain/ticket-record.ts'
import type { DoorBook, VisitCode, VisitDetail, VisitState, VisitView } from '../domain/visit.ts'
import type { VisitRecord } from '../domain/visit-record.ts'
import { wallTime } from '../domain/words/time.ts'
import { type Grant, openApproving } from './approving.ts'
import { instantOf } from './asked.ts'
import { openBadges } from './badges.ts'
import { openBooks } from './books.ts'
import { codesOf, ROUNDS, saltOf } from './codes.ts'
import { openDoor } from './door.ts'
import { type Entry, openEntering } from './entering.ts'
import { openFollowing } from './following.ts'
import { type Mark, minimiseAnswers, namesVisitors } from './identity.ts'
import { placesOf } from './places.ts'
import { openPresences } from './presence.ts'
import { WHY } from './reasons.ts'
import { openRoom } from './room.ts'
import { EARLY } from './rules.ts'
import type { VisitSources } from './sources.ts'
import { openUpkeep } from './upkeep.ts'
import { detailOf, sees, viewOf } from './views.ts'

export type Visits = ReturnType<typeof openVisits>

const DAY = 86_400_000
/** Of a list, or of the calendar. */
const MOST = 2_000
/** Those that ended stay on the pages until the day is over. */
const LIVE: readonly VisitState[] = ['requested', 'approved', 'inside']

export interface VisitListing {
  readonly from: Instant
  readonly until: Instant
  readonly site?: string | undefined
  readonly room?: string | undefined
  readonly states?: readonly VisitState[] | undefined
}

export function openVisits(sources: VisitSources) {
  const room = openRoom(sources)
  const { visits, badges, clock, key } = sources
  const approving = openApproving(room)
  const door = openDoor(room)
  const enter = openEntering(room)
  const following = openFollowing(room)
  const upkeep = openUpkeep(room)
  const books = openBooks(room)
  const presences = openPresences(room)
  const salt = saltOf(key)

  const told = async (outcome: Outcome<VisitRecord>, viewer: Viewer): Promise<Outcome<VisitDetail>> =>
    outcome.ok ? done(await detailOf(room, outcome.value, viewer)) : outcome

  async function seen(id: number, viewer: Viewer): Promise<Outcome<VisitRecord>> {
    const visit = await visits.find(id)
    return visit === null || !sees(viewer, visit) ? refused('notFound', WHY.notFound(String(id))) : done(visit)
  }

  /** Midnight before, in the site's zone. */
  const today = (now: Instant): Instant => {
    const { year, month, day } = wallTime(now, room.zone())
    return instantOf(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T00:00`, room.zone())
  }

  const rowsFor = (all: readonly VisitRecord[], viewer: Viewer, now: Instant): ReadonlyMap<string, VisitView> =>
    new Map(all.filter(visit => sees(viewer, visit)).map(visit => [String(visit.id), viewOf(visit, viewer, now)]))

  const shown = (visit: VisitRecord, now: Instant): boolean => LIVE.includes(visit.state) || (visit.endedAt ?? 0) >= today(now)

  return {
    room,
    ...presences,
    follow: following.follow,
    tick: upkeep.tick,
    close: upkeep.close,
    badges: openBadges(room),

    /** Answers of a form as they may be kept, and what is to be remembered of them with the ticket they are written to. */
    minimise: (answers: Readonly<Record<string, unknown>>) => minimiseAnswers(key, answers),
    /** Within the transaction of a commit of the desk: of its tickets that name visitors. */
    async remember(written: readonly Pick<TicketWrite, 'frame' | 'draft' | 'events'>[], marks: readonly Mark[]): Promise<void> {
      const named = ({ draft, events }: (typeof written)[number]) =>
        namesVisitors(draft?.answers) || events.some(event => event.kind === 'amended' && namesVisitors(event.answers))
      for (const ticket of marks.length === 0 ? [] : written.filter(named))
        await visits.markIdentities(
          marks.map(mark => ({ ...mark, ticket: ticket.frame.id })),
          clock(),
        )
    },

    /** For the live stream. */
    stream: {
      topic: 'visits' as const,
      onChange: (tell: (ids: readonly string[]) => void) => room.onChange(ids => tell(ids.map(String))),
      async all(viewer: Viewer) {
        const now = clock()
        const live = await visits.live()
        const over = await visits.page({ from: today(now) - 31 * DAY, states: ['ended', 'refused', 'cancelled', 'expired'], limit: MOST })
        return rowsFor([...live, ...over.filter(visit => shown(visit, now))], viewer, now)
      },
      async some(ids: readonly string[], viewer: Viewer) {
        const now = clock()
        return rowsFor(
          (await visits.some(ids.map(Number))).filter(visit => shown(visit, now)),
          viewer,
          now,
        )
      },
    },

    async list({ from, until, site, room: wanted, states }: VisitListing, viewer: Viewer): Promise<readonly VisitView[]> {
      const scope = reach(viewer, 'visit.read')
      const found = await visits.page({ from, until, site, states, ...(scope === 'all' ? {} : { organisations: scope }), limit: MOST })
      const now = clock()
      return found
        .filter(visit => sees(viewer, visit) && (wanted === undefined || visit.rooms.includes(wanted)))
        .map(visit => viewOf(visit, viewer, now))
    },
    async one(id: number, viewer: Viewer): Promise<Outcome<VisitDetail>> {
      const found = await seen(id, viewer)
      return found.ok ? done(await detailOf(room, found.value, viewer)) : found
    },
    async ofTicket(number: string, viewer: Viewer): Promise<Outcome<VisitDetail>> {
      const ticket = await sources.ticketBy(number)
      const visit = ticket === null ? null : await visits.ofTicket(ticket.frame.id)
      return visit === null || !sees(viewer, visit) ? refused('notFound', WHY.notFound(number)) : done(await detailOf(room, visit, viewer))
    },
    async codes(id: number, viewer: Viewer): Promise<Outcome<{ readonly items: readonly VisitCode[] }>> {
      const found = await seen(id, viewer)
      if (!found.ok) return found
      const visit = found.value
      if (!may(viewer, 'visit.file', { organisation: visit.organisation?.id ?? null })) return refused('notFound', WHY.notFound(String(id)))
      if (visit.state !== 'approved' && visit.state !== 'inside') return refused('conflict', WHY.notApproved(visit.state))
      const items = visit.visitors.flatMap(({ id: visitor, name, nonce, spent, state }) =>
        nonce === null || state === 'refused' ? [] : [{ visitor, name, ...codesOf(key, id, visitor, nonce), spentAt: spent?.at ?? null }],
      )
      return done({ items })
    },

    approve: async (id: number, grant: Grant, viewer: Viewer, revision?: number) =>
      told(await approving.approve(id, grant, viewer, revision), viewer),
    change: async (id: number, grant: Grant & { readonly reason: string }, viewer: Viewer, revision?: number) =>
      told(await approving.change(id, grant, viewer, revision), viewer),
    refuse: async (id: number, reason: string, viewer: Viewer) => told(await approving.refuse(id, reason, viewer), viewer),
    cancel: async (id: number, reason: string, viewer: Viewer) => told(await approving.cancel(id, reason, viewer), viewer),
    report: async (id: number, text: string, viewer: Viewer) => told(await approving.report(id, text, viewer), viewer),
    enter: async (entry: Entry, viewer: Viewer) => told(await enter(entry, viewer), viewer),

    look: door.look,
    tell: door.tell,
    /** Today's visits with the hashes of their codes, for a guard's device; those of tomorrow's early morning among them. */
    async book(viewer: Viewer): Promise<DoorBook> {
      const now = clock()
      const live = (await visits.live()).filter(
        visit => visit.state === 'inside' || (visit.state === 'approved' && visit.from - EARLY < today(now) + 30 * 3_600_000),
      )
      const byId = new Map(live.map(visit => [visit.id, visit]))
      const codes: Record<string, DoorBook['codes'][string]> = {}
      for (const { hash, visit, visitor } of await visits.codes([...byId.keys()]))
        codes[hash] = { visit, visitor, spentAt: byId.get(visit)?.visitors.find(({ id }) => id === visitor)?.spent?.at ?? null }
      const free = (await badges.badges()).filter(({ kind, state, handed }) => kind === 'visitor' && state === 'active' && handed === null)
      return { at: now, salt, rounds: ROUNDS, visits: live.map(visit => viewOf(visit, viewer, now)), codes, badges: free.map(({ card }) => card) }
    },
    /** Who can walk with guests, and what there is to choose from at each site. */
    async choices() {
      const plan = sources.layout()
      const siteOf = (id: string) => plan.rooms.find(one => one.id === id)?.site ?? plan.site.id
      return {
        escorts: await sources.staff(clock()),
        sites: [plan.site, ...plan.sites].map(({ id, name, kind }) => ({ id, name, kind })),
        rooms: plan.rooms.map(({ id, name }) => ({ id, name, site: siteOf(id) })),
        doors: plan.doors.map(({ id, name, room: of }) => ({ id, name, room: of, site: siteOf(of) })),
        racks: plan.racks.map(({ id, name, room: of }) => ({ id, name, room: of, site: siteOf(of) })),
      }
    },

    /** What of the site may be asked for: rooms that have a door; of racks a requester those of the own organisations. */
    async places(viewer: Viewer): Promise<Places> {
      const scope = reach(viewer, 'visit.read')
      return placesOf(sources.layout(), scope === 'all' ? 'all' : await sources.shorts(scope))
    },

    inside: async () => books.inside(clock()),
    log: books.log,
    async export(site: string, from: Instant, until: Instant, viewer: Viewer): Promise<Outcome<{ readonly name: string; readonly content: string }>> {
      const lines = await books.log(site, from, until)
      await sources.append(viewer.name, 'visit.export', site, { account: viewer.account, ...throughOf(viewer), rows: lines.length, from, until })
      return done({
        name: `buku-tamu-${site}-${wallTime(from, room.zone()).year}-${String(wallTime(from, room.zone()).month).padStart(2, '0')}.csv`,
        content: books.csv(lines),
      })
    },
    async muster(
      here: readonly { readonly visit: number; readonly visitor: number }[],
      viewer: Viewer,
    ): Promise<Outcome<{ readonly missing: readonly string[] }>> {
      const inside = await books.inside(clock())
      const missing = inside.filter(one => !here.some(({ visit, visitor }) => visit === one.visit && visitor === one.visitor))
      await sources.append(viewer.name, 'visit.muster', 'visits', {
        account: viewer.account,
        ...throughOf(viewer),
        inside: inside.length,
        missing: missing.map(({ number, visitor }) => `${number}/${visitor}`),
      })
      return done({ missing: missing.map(({ name }) => name) })
    },
  }
}
