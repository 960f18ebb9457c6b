// How a visit looks to whom: field by field, so that nothing slips out with a new one. A requester has those of the own organisation only.
import type { Instant } from '../domain/call.ts'
import type { Viewer } from '../domain/people.ts'
import { may, reach } from '../domain/policy.ts'
import type { VisitDetail, VisitView } from '../domain/visit.ts'
import type { VisitEvent, VisitEventKind, VisitRecord } from '../domain/visit-record.ts'
import { masked } from './identity.ts'
import type { VisitRoom } from './room.ts'
import { conflictsOf, goodsLeft, insideOf } from './rules.ts'

export const sees = (viewer: Viewer, visit: VisitRecord): boolean => may(viewer, 'visit.read', { organisation: visit.organisation?.id ?? null })

/** As staff know it, or as those know it who asked. */
const isStaff = (viewer: Viewer): boolean => reach(viewer, 'visit.read') === 'all'

export function viewOf(visit: VisitRecord, viewer: Viewer, now: Instant): VisitView {
  const staff = isStaff(viewer)
  const { id, number, kind, state, organisation, ticket, site, rooms, doors, racks, purpose, from, until, escort, visitors, goods, owes, revision } =
    visit
  return {
    id,
    number,
    kind,
    state,
    organisation,
    ticket: ticket?.number ?? null,
    site,
    rooms,
    doors,
    racks,
    purpose,
    from,
    until,
    escort,
    visitors: visitors.map(visitor => ({
      id: visitor.id,
      name: visitor.name,
      identity: visitor.last === null || visitor.last === '' ? null : masked(visitor.last),
      company: visitor.company,
      state: visitor.state,
      inAt: visitor.inAt,
      outAt: visitor.outAt,
      badge: staff ? visitor.badge : null,
      acceptedAt: visitor.acceptedAt,
    })),
    goods: goods.map(one => ({ id: one.id, direction: one.direction, kind: one.kind, serial: one.serial, inAt: one.inAt, outAt: one.outAt })),
    overstay: visit.until < now && insideOf(visit) > 0,
    owes,
    left: insideOf(visit) === 0 ? goodsLeft(visit).map(({ kind: what, serial }) => `${what} ${serial}`.trim()) : [],
    revision,
  }
}

/** What a requester is told of each event. Not: badges, reports, why in spite of a freeze, what guards noted of somebody. */
const TOLD: Readonly<Record<VisitEventKind, readonly string[]>> = {
  requested: ['ticket'],
  amended: ['people', 'from', 'until', 'wasApproved'],
  approved: ['from', 'until', 'doors', 'racks', 'escort', 'afterwards'],
  refused: ['reason', 'ticket'],
  cancelled: ['reason', 'ticket'],
  changed: ['reason', 'wasFrom', 'wasUntil', 'from', 'until', 'doors', 'racks', 'escort'],
  in: ['name', 'visitor'],
  out: ['name', 'visitor', 'goodsLeft'],
  turnedAway: ['name', 'visitor'],
  codeAgain: ['name', 'spentAt'],
  goods: ['goods', 'way'],
  offline: ['name', 'visitor'],
  report: [],
  ended: [],
  expired: [],
  overstay: ['people', 'until'],
  settled: [],
  anonymised: ['people'],
}

const toldOf = (kind: VisitEventKind, detail: VisitEvent['detail']): VisitEvent['detail'] =>
  Object.fromEntries(Object.entries(detail).filter(([key]) => TOLD[kind].includes(key)))

const OPEN: ReadonlySet<VisitRecord['state']> = new Set(['requested', 'approved'])

function allowed(visit: VisitRecord, viewer: Viewer): VisitDetail['may'] {
  const about = { organisation: visit.organisation?.id ?? null }
  const actions: VisitDetail['may'][number][] = []
  const own = visit.requester.person !== null && visit.requester.person === viewer.person
  const decides = may(viewer, 'visit.approve') && !own
  if (decides && (visit.state === 'requested' || visit.owes === 'approval')) actions.push('approve')
  if (decides && visit.state === 'requested') actions.push('refuse')
  if (decides && (visit.state === 'approved' || visit.state === 'inside')) actions.push('change')
  if (OPEN.has(visit.state) && insideOf(visit) === 0 && may(viewer, 'visit.file', about)) actions.push('cancel')
  if (visit.owes === 'report' && may(viewer, 'visit.guard')) actions.push('report')
  if (visit.kind === 'planned' && (visit.state === 'approved' || visit.state === 'inside') && may(viewer, 'visit.file', about)) actions.push('codes')
  return actions
}

export async function detailOf(room: VisitRoom, visit: VisitRecord, viewer: Viewer): Promise<VisitDetail> {
  const { visits, badges, clock } = room.sources
  const now = clock()
  const staff = isStaff(viewer)
  const { guests } = await room.settings()
  const asks = staff && (OPEN.has(visit.state) || visit.state === 'inside')
  const conflicts = asks
    ? conflictsOf(visit, { others: await visits.live(), freezes: await badges.freezes(), blocks: await badges.blocks(), guests })
    : []
  return {
    ...viewOf(visit, viewer, now),
    requester: visit.requester.name,
    asked: visit.asked,
    approved: visit.approved === null ? null : { by: visit.approved.by.name, at: visit.approved.at, override: visit.approved.override },
    owedBy: visit.owedBy,
    report: staff ? visit.report : null,
    conflicts,
    trace: (await visits.trace(visit.id)).map(({ seq, at, by, kind, detail }) => ({
      seq,
      at,
      by,
      kind,
      detail: staff ? detail : toldOf(kind, detail),
    })),
    may: allowed(visit, viewer),
  }
}
