// Deciding on a visit: window, doors and racks, escort; refusing, calling off, another time; and what is owed afterwards.
import type { Instant } from '../domain/call.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import { may } from '../domain/policy.ts'
import type { VisitRecord } from '../domain/visit-record.ts'
import { codesOf, hashOf, newNonce, saltOf } from './codes.ts'
import { WHY } from './reasons.ts'
import type { Told, VisitRoom } from './room.ts'
import { blockOf, freezesOver, insideOf, windowMistake } from './rules.ts'
import type { VisitNotice } from './sources.ts'

export interface Grant {
  readonly from: Instant
  readonly until: Instant
  readonly doors: readonly string[]
  readonly racks: readonly string[]
  /** Person of the house. */
  readonly escort: number
  /** Why in spite of a freeze. */
  readonly override?: string | undefined
}

export interface Approving {
  approve(id: number, grant: Grant, viewer: Viewer, seen?: number): Promise<Outcome<VisitRecord>>
  change(id: number, grant: Grant & { readonly reason: string }, viewer: Viewer, seen?: number): Promise<Outcome<VisitRecord>>
  refuse(id: number, reason: string, viewer: Viewer): Promise<Outcome<VisitRecord>>
  cancel(id: number, reason: string, viewer: Viewer): Promise<Outcome<VisitRecord>>
  report(id: number, text: string, viewer: Viewer): Promise<Outcome<VisitRecord>>
}

/** Codes are drawn anew when two people would share one: a short code has 39 bits. */
const DRAWS = 5

const isOwn = ({ requester, owes }: VisitRecord, viewer: Viewer): boolean =>
  // Who let somebody in at the door does not approve it afterwards either.
  (requester.person !== null && requester.person === viewer.person) ||
  (requester.account !== null && requester.account === viewer.account && owes !== 'report')

export function openApproving(room: VisitRoom): Approving {
  const { visits, badges, layout, staff, key, clock, notify, ticket: ticketOf } = room.sources
  const salt = saltOf(key)

  async function brought(id: number, seen: number | undefined): Promise<Outcome<VisitRecord>> {
    const visit = await visits.find(id)
    if (visit === null) return refused('notFound', WHY.notFound(String(id)))
    return seen !== undefined && seen !== visit.revision ? refused('stale', WHY.changed) : done(visit)
  }

  /** The doors with their rooms, and the racks, as the inventory of the visit's site has them. */
  function placed(visit: VisitRecord, { doors, racks }: Pick<Grant, 'doors' | 'racks'>): Outcome<Pick<VisitRecord, 'doors' | 'racks' | 'rooms'>> {
    const plan = layout()
    const rooms = new Set(plan.rooms.filter(one => (one.site ?? plan.site.id) === visit.site).map(({ id }) => id))
    if (doors.length === 0) return refused('invalid', WHY.noPlace)
    const through = new Set<string>()
    for (const id of doors) {
      const door = plan.doors.find(one => one.id === id && rooms.has(one.room))
      if (door === undefined) return refused('invalid', WHY.unknownDoor(id))
      through.add(door.room)
    }
    for (const id of racks) {
      const rack = plan.racks.find(one => one.id === id && rooms.has(one.room))
      if (rack === undefined) return refused('invalid', WHY.unknownRack(id))
      through.add(rack.room)
    }
    return done({ doors: [...new Set(doors)], racks: [...new Set(racks)], rooms: [...through] })
  }

  async function escorted(visit: VisitRecord, person: number, at: Instant): Promise<Outcome<VisitRecord['escort']>> {
    const found = (await staff(at)).find(one => one.person === person)
    if (found === undefined) return refused('invalid', WHY.escortUnknown)
    if (visit.requester.person === person && visit.kind === 'planned') return refused('invalid', WHY.escortVisits)
    return done({ person, name: found.name })
  }

  async function decided(visit: VisitRecord, grant: Grant, viewer: Viewer, at: Instant): Promise<Outcome<VisitRecord>> {
    const { longest } = await room.settings()
    const wrong = windowMistake(grant, { now: at, longest })
    if (wrong !== null) return wrong
    const place = placed(visit, grant)
    if (!place.ok) return place
    const escort = await escorted(visit, grant.escort, at)
    if (!escort.ok) return escort
    const next: VisitRecord = { ...visit, ...place.value, from: grant.from, until: grant.until, escort: escort.value }
    const blocks = await badges.blocks()
    for (const visitor of next.visitors) {
      const block = blockOf(blocks, visitor)
      if (block !== null) return refused('forbidden', WHY.blocked(visitor.name, block.reason))
    }
    const [freeze] = freezesOver(await badges.freezes(), next)
    const override = grant.override?.trim() ?? ''
    if (freeze !== undefined && (override === '' || !viewer.roles.includes('approver')))
      return refused('conflict', WHY.frozen(freeze.reason, freeze.from, freeze.until, room.zone()))
    return done({ ...next, approved: { by: { person: viewer.person, name: viewer.name }, at, override: freeze === undefined ? null : override } })
  }

  /** Each visitor who may still come has codes from now on; who has been in keeps the spent one. */
  async function withCodes(visit: VisitRecord): Promise<VisitRecord> {
    const kept: { readonly hash: string; readonly visitor: number }[] = []
    const visitors: VisitRecord['visitors'][number][] = []
    for (const visitor of visit.visitors) {
      if (visitor.state === 'refused') {
        visitors.push(visitor)
        continue
      }
      let nonce = visitor.nonce ?? newNonce()
      for (let draw = 0; ; draw++) {
        const { qr, short } = codesOf(key, visit.id, visitor.id, nonce)
        const hashes = (await Promise.all([hashOf(qr, salt), hashOf(short, salt)])).filter(hash => hash !== null)
        const taken = (await Promise.all(hashes.map(hash => visits.byCode(hash)))).some(
          one => one !== null && (one.visit !== visit.id || one.visitor !== visitor.id),
        )
        if (taken && draw < DRAWS) {
          nonce = newNonce()
          continue
        }
        for (const hash of hashes) kept.push({ hash, visitor: visitor.id })
        break
      }
      visitors.push({ ...visitor, nonce })
    }
    await visits.setCodes(visit.id, kept)
    return { ...visit, visitors }
  }

  function tellThem(visit: VisitRecord, kind: 'approved' | 'changed'): readonly VisitNotice[] {
    const about = { visit, ticket: visit.ticket?.number ?? null }
    const codes = visit.visitors
      .filter(one => one.nonce !== null && one.spent === null)
      .map(({ id, name, nonce }) => `${name}: ${codesOf(key, visit.id, id, nonce ?? '').short}`)
      .join('\n')
    const { person } = visit.requester
    return [
      ...(person === null || visit.kind !== 'planned'
        ? []
        : [{ id: `visit-${visit.id}-${kind}-${visit.revision}`, kind, person, text: codes, ...about }]),
      ...(visit.escort === null
        ? []
        : [
            {
              id: `visit-${visit.id}-escort-${visit.revision}`,
              kind: 'escort' as const,
              person: visit.escort.person,
              text: visit.visitors.map(({ name }) => name).join(', '),
              ...about,
            },
          ]),
    ]
  }

  const orderedYet = async (visit: VisitRecord): Promise<boolean> => {
    if (visit.ticket === null) return true
    const record = await ticketOf(visit.ticket.id)
    return record?.events.some(event => event.kind === 'urgent' || (event.kind === 'disposed' && event.step === 'order')) ?? false
  }

  return {
    approve: (id, grant, viewer, seen) =>
      room.whole(async told => {
        const at = clock()
        const found = await brought(id, seen)
        if (!found.ok) return found
        const visit = found.value
        const owed = visit.owes === 'approval'
        if (visit.state !== 'requested' && !owed) return refused('conflict', WHY.not(visit.state))
        if (isOwn(visit, viewer)) return refused('forbidden', WHY.own)
        // An approver may at any time; an officer once the dispositions have come to him.
        if (!viewer.roles.includes('approver') && !(await orderedYet(visit))) return refused('conflict', NOT_ORDERED)
        if (owed) {
          const by = { person: viewer.person, name: viewer.name }
          const next: VisitRecord = { ...visit, owes: null, owedBy: null, approved: { by, at, override: null } }
          return room.write(next, { by: viewer, at, kind: 'approved', detail: { afterwards: true }, action: 'visit.approve' }, told)
        }
        const granted = await decided(visit, grant, viewer, at)
        if (!granted.ok) return granted
        const next = await withCodes({ ...granted.value, state: 'approved' })
        const detail = {
          from: next.from,
          until: next.until,
          doors: next.doors.join(' '),
          racks: next.racks.join(' '),
          escort: next.escort?.name ?? '',
          override: next.approved?.override ?? null,
        }
        const written = await room.write(next, { by: viewer, at, kind: 'approved', detail, action: 'visit.approve' }, told)
        if (written.ok) await notify(tellThem(written.value, 'approved'))
        return written
      }),

    change: (id, { reason, ...grant }, viewer, seen) =>
      room.whole(async told => {
        const at = clock()
        const found = await brought(id, seen)
        if (!found.ok) return found
        const visit = found.value
        if (visit.state !== 'approved' && visit.state !== 'inside') return refused('conflict', WHY.not(visit.state))
        if (isOwn(visit, viewer)) return refused('forbidden', WHY.own)
        const granted = await decided(visit, grant, viewer, at)
        if (!granted.ok) return granted
        const next = await withCodes(granted.value)
        const detail = {
          reason,
          wasFrom: visit.from,
          wasUntil: visit.until,
          from: next.from,
          until: next.until,
          doors: next.doors.join(' '),
          racks: next.racks.join(' '),
          escort: next.escort?.name ?? '',
        }
        const written = await room.write(next, { by: viewer, at, kind: 'changed', detail, action: 'visit.change' }, told)
        if (written.ok) await notify(tellThem(written.value, 'changed'))
        return written
      }),

    refuse: (id, reason, viewer) => ending(id, 'refused', reason, viewer),
    cancel: (id, reason, viewer) => ending(id, 'cancelled', reason, viewer),

    report: (id, text, viewer) =>
      room.whole(async told => {
        const found = await brought(id, undefined)
        if (!found.ok) return found
        const visit = found.value
        if (visit.owes !== 'report') return refused('conflict', WHY.not(visit.state))
        return room.write(
          { ...visit, owes: null, owedBy: null, report: text },
          { by: viewer, at: clock(), kind: 'report', detail: { text }, action: 'visit.report' },
          told,
        )
      }),
  }

  function ending(id: number, end: 'refused' | 'cancelled', reason: string, viewer: Viewer): Promise<Outcome<VisitRecord>> {
    return room.whole(async (told: Told) => {
      const at = clock()
      const found = await brought(id, undefined)
      if (!found.ok) return found
      const visit = found.value
      if (!may(viewer, end === 'refused' ? 'visit.approve' : 'visit.file', { organisation: visit.organisation?.id ?? null }))
        return refused('notFound', WHY.notFound(String(id)))
      if (insideOf(visit) > 0) return refused('conflict', WHY.stillInside)
      const open = end === 'refused' ? visit.state === 'requested' : visit.state === 'requested' || visit.state === 'approved'
      if (!open) return refused('conflict', WHY.not(visit.state))
      await visits.setCodes(id, [])
      const written = await room.write(
        { ...visit, state: end, approved: null, endedAt: at },
        { by: viewer, at, kind: end, detail: { reason }, action: `visit.${end}` },
        told,
      )
      if (written.ok && visit.requester.person !== null && visit.requester.person !== viewer.person)
        await notify([
          { id: `visit-${id}-${end}`, kind: end, person: visit.requester.person, visit, ticket: visit.ticket?.number ?? null, text: reason },
        ])
      return written
    })
  }
}

const NOT_ORDERED = {
  id: 'Disposisi tiket ini belum sampai ke pelaksana. Tunggu disposisi, atau pejabat penyetuju menyetujuinya langsung.',
  en: 'The dispositions of this ticket have not come to the executor yet. Wait for them, or an approver allows it at once.',
}
