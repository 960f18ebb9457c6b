// From ticket to visit: a ticket whose form asks for one makes it, changes it and ends it, in the transaction that writes the ticket.
import type { Instant } from '../domain/call.ts'
import type { Answers } from '../domain/form.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { TicketStatus } from '../domain/ticket.ts'
import type { TicketRecord, TicketWrite } from '../domain/ticket-record.ts'
import type { VisitorRecord, VisitRecord } from '../domain/visit-record.ts'
import { type Asked, askedOf, asksForVisit } from './asked.ts'
import { numberOf } from './numbering.ts'
import { WHY } from './reasons.ts'
import type { Detail, Told, VisitRoom } from './room.ts'
import { blockOf, insideOf, samePerson, visitorsMistake, windowMistake } from './rules.ts'

const ENDS: Readonly<Partial<Record<TicketStatus, 'refused' | 'cancelled'>>> = { rejected: 'refused', cancelled: 'cancelled', merged: 'cancelled' }

/** All answers as they stand by the ticket's events. */
const answersOf = ({ events }: TicketRecord): Answers => events.findLast(event => event.kind === 'amended')?.answers ?? {}

type Visitors = VisitRecord['visitors']
type Goods = VisitRecord['goods']

const nextId = (known: readonly { readonly id: number }[]): number => Math.max(0, ...known.map(({ id }) => id)) + 1
/** Was here once and is not asked for any more: stays for the guest book, and gets no code. */
const isDropped = ({ state, inAt, nonce }: VisitorRecord): boolean => state === 'refused' && inAt !== null && nonce === null

/** As the list is from now on. Who was here already stays on it with their number: the guest book names them by it. */
function visitorsOf(asked: Asked, known: Visitors = []): Visitors {
  let fresh = nextId(known)
  const listed = asked.visitors.map((visitor): VisitorRecord => {
    const before = known.find(one => samePerson(one, visitor))
    if (before !== undefined && before.inAt !== null) return { ...before, state: 'out', nonce: null, spent: null }
    return {
      ...visitor,
      id: before?.id ?? fresh++,
      state: 'expected',
      inAt: null,
      outAt: null,
      badge: null,
      acceptedAt: null,
      nonce: null,
      spent: null,
    }
  })
  const gone = known
    .filter(({ id, inAt }) => inAt !== null && listed.every(one => one.id !== id))
    .map((one): VisitorRecord => ({ ...one, state: 'refused', nonce: null }))
  return [...listed, ...gone].toSorted((one, other) => one.id - other.id)
}

/** Likewise: what was carried in or out stays. */
function goodsOf(asked: Asked, known: Goods = []): Goods {
  let fresh = nextId(known)
  const left = [...known]
  const listed = asked.goods.map(one => {
    const at = left.findIndex(({ direction, kind, serial }) => direction === one.direction && kind === one.kind && serial === one.serial)
    const [before] = at === -1 ? [] : left.splice(at, 1)
    return before ?? { ...one, id: fresh++, inAt: null, outAt: null }
  })
  return [...listed, ...left.filter(({ inAt, outAt }) => inAt !== null || outAt !== null)].toSorted((one, other) => one.id - other.id)
}

/** By the form's own words: the rooms and racks of the visit are those that were allowed. */
const samePlace = (visit: VisitRecord, { site, asked }: Asked): boolean =>
  visit.site === site &&
  visit.asked.room === asked.room &&
  visit.asked.touched.length === asked.touched.length &&
  visit.asked.touched.every((one, i) => one === asked.touched[i])

/** Whether what was allowed is still what is asked for. */
function sameRequest(visit: VisitRecord, asked: Asked): boolean {
  const listed = visit.visitors.filter(one => !isDropped(one))
  const goods = goodsOf(asked, visit.goods)
  return (
    listed.length === asked.visitors.length &&
    asked.visitors.every(one => listed.some(other => samePerson(one, other))) &&
    goods.length === visit.goods.length &&
    goods.every(({ id }) => visit.goods.some(one => one.id === id)) &&
    visit.purpose === asked.purpose &&
    samePlace(visit, asked)
  )
}

export interface Following {
  /** Within the transaction of a ticket's commit. Refuses what may not be asked for. */
  follow(write: Pick<TicketWrite, 'frame' | 'events' | 'row'>, told: Told): Promise<Outcome<void>>
}

export function openFollowing(room: VisitRoom): Following {
  const { visits, badges, ticket: ticketOf, layout, organisation } = room.sources

  async function check(asked: Asked, at: Instant): Promise<Outcome<never> | null> {
    const { longest } = await room.settings()
    const wrong = windowMistake(asked, { now: at, longest }) ?? visitorsMistake(asked.visitors)
    if (wrong !== null) return wrong
    const unread = asked.visitors.find(({ last }) => last === null)
    if (unread !== undefined) return refused('invalid', WHY.identity(unread.name))
    const blocks = await badges.blocks()
    for (const visitor of asked.visitors) {
      if (blockOf(blocks, visitor) !== null) return refused('forbidden', WHY.barred(visitor.name))
    }
    return null
  }

  async function create(record: TicketRecord, asked: Asked, at: Instant, told: Told): Promise<Outcome<void>> {
    const { frame, events } = record
    const wrong = await check(asked, at)
    if (wrong !== null) return wrong
    const { id, number } = await numberOf(visits, at, room.zone())
    const by = events.at(-1)?.by
    const visit: VisitRecord = {
      id,
      number,
      kind: 'planned',
      state: 'requested',
      organisation: await organisation(frame.organisation),
      ticket: { id: frame.id, number: frame.number ?? '' },
      site: asked.site,
      rooms: asked.rooms,
      doors: [],
      racks: asked.racks,
      purpose: asked.purpose,
      asked: asked.asked,
      from: asked.from,
      until: asked.until,
      escort: null,
      requester: { person: frame.requester.person, account: frame.createdBy, name: frame.requester.name },
      approved: null,
      owes: null,
      owedBy: null,
      report: null,
      visitors: visitorsOf(asked),
      goods: goodsOf(asked),
      endedAt: null,
      anonymisedAt: null,
      revision: 0,
      changedAt: at,
    }
    const doer = by === undefined ? null : { name: by.name, account: by.account ?? 0, person: by.person ?? 0, via: 'session' as const }
    const written = await room.write(
      visit,
      { by: doer, at, kind: 'requested', detail: { ticket: frame.number ?? '' }, action: 'visit.request' },
      told,
    )
    return written.ok ? done(undefined) : written
  }

  async function amend(visit: VisitRecord, asked: Asked, at: Instant, told: Told): Promise<Outcome<void>> {
    if (visit.state !== 'requested' && visit.state !== 'approved') return done(undefined)
    const moved = visit.from !== asked.from || visit.until !== asked.until
    const same = sameRequest(visit, asked)
    if (visit.state === 'approved' && same) return done(undefined)
    if (same && !moved) return done(undefined)
    const wrong = await check(asked, at)
    if (wrong !== null) return wrong
    if (visit.site !== asked.site && visit.visitors.some(({ inAt }) => inAt !== null)) return refused('conflict', WHY.siteBegun)
    // What was allowed was something else: it is asked for anew, and the codes that were given are worth nothing.
    await visits.setCodes(visit.id, [])
    const next: VisitRecord = {
      ...visit,
      state: 'requested',
      approved: null,
      ...(samePlace(visit, asked) ? {} : { site: asked.site, rooms: asked.rooms, doors: [], racks: asked.racks, asked: asked.asked }),
      purpose: asked.purpose,
      from: asked.from,
      until: asked.until,
      visitors: visitorsOf(asked, visit.visitors),
      goods: goodsOf(asked, visit.goods),
    }
    const detail: Detail = { people: asked.visitors.length, from: next.from, until: next.until, wasApproved: visit.state === 'approved' }
    const written = await room.write(next, { by: null, at, kind: 'amended', detail, action: 'visit.amend' }, told)
    return written.ok ? done(undefined) : written
  }

  return {
    async follow({ frame, events, row }, told) {
      if (frame.number === null || events.length === 0) return done(undefined)
      const known = await visits.ofTicket(frame.id)
      const handedIn = events.some(({ kind }) => kind === 'submitted' || kind === 'resubmitted')
      if (known === null && !handedIn) return done(undefined)
      const record = await ticketOf(frame.id)
      if (record === null) return done(undefined)
      const at = events.at(-1)?.at ?? room.sources.clock()
      const end = ENDS[row.head.status]
      if (known !== null && end !== undefined) {
        if (known.state !== 'requested' && known.state !== 'approved') return done(undefined)
        if (insideOf(known) > 0) return done(undefined)
        await visits.setCodes(known.id, [])
        const written = await room.write(
          { ...known, state: end, approved: null, endedAt: at },
          { by: null, at, kind: end, detail: { ticket: frame.number }, action: `visit.${end}` },
          told,
        )
        return written.ok ? done(undefined) : written
      }
      if (!handedIn && !events.some(({ kind }) => kind === 'amended')) return done(undefined)
      const answers = answersOf(record)
      if (!asksForVisit(answers)) return done(undefined)
      const asked = askedOf(answers, { layout: layout(), zone: room.zone(), marks: await visits.identities(frame.id) })
      return known === null ? create(record, asked, at, told) : amend(known, asked, at, told)
    },
  }
}
