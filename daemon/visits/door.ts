// At the door: who comes in, goes out, is turned away, and with what. One way for what is done at once and for what a device tells later.
import type { Instant } from '../domain/call.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { DoorActKind, DoorAnswer } from '../domain/visit.ts'
import type { Badge, VisitorRecord, VisitRecord } from '../domain/visit-record.ts'
import { hashOf, saltOf } from './codes.ts'
import { identityHash } from './identity.ts'
import { WHY } from './reasons.ts'
import type { Told, VisitRoom } from './room.ts'
import { blockOf, EARLY, goodsLeft, guestsOf, insideOf, samePerson } from './rules.ts'

export interface DoorAct {
  /** The device's own number of it: told twice it is done once. */
  readonly client: string
  readonly kind: DoorActKind
  readonly visit: number
  /** Of goods: the line of the list; else of the list of visitors. */
  readonly visitor: number
  /** What was scanned or typed; absent: found by name. */
  readonly code?: string | undefined
  /** By the device's clock, ms. */
  readonly at: Instant
  readonly badge?: string | undefined
  /** The visitor tapped that the rules and secrecy are accepted. */
  readonly accepted?: boolean | undefined
  /** The guard compared the last characters of the card. */
  readonly matched?: boolean | undefined
  /** The whole number, where the guard typed it: compared and forgotten. */
  readonly identity?: string | undefined
  readonly reason?: string | undefined
  /** The device could not tell it at once. */
  readonly kept?: boolean | undefined
}

export interface Door {
  /** Which visitor a code is of; what is wrong with it is said as the door would. */
  look(code: string, viewer: Viewer): Promise<Outcome<{ readonly visit: number; readonly visitor: number; readonly wrong: Words | null }>>
  /** `sentAt`: the device's clock when it told. Each act has its own answer; nothing is lost for another's sake. */
  tell(acts: readonly DoorAct[], sentAt: Instant, viewer: Viewer): Promise<Outcome<readonly DoorAnswer[]>>
}

type Words = { readonly id: string; readonly en: string }
/** What there is to say although it was done; `refused`: it was not, and what was noted of it stays. */
type Said = (Words & { readonly refused?: true }) | null
/** Later than this by the device's own clock it was not told at once. */
const AT_ONCE = 20_000
const HALF_DAY = 12 * 3_600_000
/** Wrong codes within five minutes, of one account. */
const MOST_TRIES = 10
const TRIES_FOR = 5 * 60_000

const whyNot = (outcome: Outcome<unknown>): Words | null =>
  outcome.ok ? null : (outcome.failure.words ?? { id: outcome.failure.message, en: outcome.failure.message })

export function openDoor(room: VisitRoom): Door {
  const { visits, badges, key, clock } = room.sources
  const salt = saltOf(key)
  const tries = new Map<number, Instant[]>()

  const tired = (account: number, now: Instant): Outcome<never> | null => {
    const recent = (tries.get(account) ?? []).filter(at => now - at < TRIES_FOR)
    tries.set(account, recent)
    if (recent.length < MOST_TRIES) return null
    const after = Math.ceil((TRIES_FOR - (now - (recent[0] ?? now))) / 1000)
    const { failure } = refused('tooMany', WHY.tries(after))
    return { ok: false, failure: { ...failure, after } }
  }

  /** What keeps this person from coming in at this moment; null: nothing. */
  async function mayEnter(visit: VisitRecord, visitor: VisitorRecord, at: Instant): Promise<Outcome<never> | null> {
    const zone = room.zone()
    if (visit.state !== 'approved' && visit.state !== 'inside') return refused('conflict', WHY.notApproved(visit.state))
    // Somebody was let in by a guard who had no line: that does not open it for others.
    if (visit.kind === 'planned' && visit.approved === null) return refused('conflict', WHY.notApproved('cancelled'))
    if (visitor.state === 'refused') return refused('conflict', WHY.turnedAway(visitor.name))
    if (visitor.state === 'inside') return refused('conflict', WHY.inAlready(visitor.name, visitor.inAt ?? at, zone))
    if (at < visit.from - EARLY) return refused('conflict', WHY.early(visit.from, zone))
    if (at > visit.until) return refused('conflict', WHY.late(visit.until, zone))
    const block = blockOf(await badges.blocks(), visitor)
    if (block !== null) return refused('forbidden', WHY.blocked(visitor.name, block.reason))
    const live = await visits.live()
    const elsewhere = live.find(other => other.id !== visit.id && other.visitors.some(one => one.state === 'inside' && samePerson(one, visitor)))
    if (elsewhere !== undefined) return refused('conflict', WHY.inElsewhere(visitor.name, elsewhere.number))
    const { guests } = await room.settings()
    if (visit.escort !== null && guestsOf(visit.escort.person, live) >= guests) return refused('conflict', WHY.escortFull(visit.escort.name, guests))
    return null
  }

  /** The visitor badge that is to be handed out; null: none was asked for. */
  async function badgeFor(card: string | undefined): Promise<Outcome<Badge | null>> {
    if (card === undefined || card.trim() === '') return done(null)
    const badge = await badges.byCard(card.trim())
    if (badge === null || badge.kind !== 'visitor') return refused('invalid', WHY.badgeUnknown(card.trim()))
    if (badge.state !== 'active') return refused('conflict', WHY.badgeDead(badge.card))
    const kept = (await badges.blocks()).find(one => one.card === badge.card)
    if (kept !== undefined) return refused('forbidden', WHY.blocked(badge.card, kept.reason))
    if (badge.handed !== null) return refused('conflict', WHY.badgeOut(badge.card, badge.handed.name))
    return done(badge)
  }

  const put = (visit: VisitRecord, visitor: VisitorRecord): VisitRecord => ({
    ...visit,
    visitors: visit.visitors.map(one => (one.id === visitor.id ? visitor : one)),
  })

  async function enter(visit: VisitRecord, visitor: VisitorRecord, act: DoorAct, { at, later, viewer, told }: Doing): Promise<Outcome<Said>> {
    const spent = act.code !== undefined && visitor.spent !== null ? WHY.spent(visitor.name, visitor.spent.at, visitor.spent.by, room.zone()) : null
    if (visitor.spent !== null && spent !== null) {
      // Whoever shows a code that has been used may be another person: who and when is said, and stands in the trace.
      const { at: spentAt, by: spentBy } = visitor.spent
      await visits.note(visit.id, { at, by: viewer.name, kind: 'codeAgain', detail: { name: visitor.name, spentAt, spentBy } })
      told.add(visit.id)
      if (!later) return done({ ...spent, refused: true })
    }
    if (later && visitor.state === 'inside') return done(spent ?? WHY.inAlready(visitor.name, visitor.inAt ?? at, room.zone()))
    const otherCard = act.identity !== undefined && visitor.hash !== null && identityHash(key, act.identity) !== visitor.hash
    if (otherCard && !later) return refused('forbidden', WHY.otherCard(visitor.name))
    const wrong = await mayEnter(visit, visitor, at)
    // Without a line the guard could not know. Whoever went in is inside: that is written, and told.
    if (wrong !== null && !later) return wrong
    if (!later && act.matched !== true && act.identity === undefined && visitor.last !== null) return refused('invalid', WHY.match)
    if (!later && act.accepted !== true && visitor.acceptedAt === null) return refused('invalid', WHY.accept)
    const badge = await badgeFor(act.badge)
    if (!badge.ok && !later) return badge
    const card = badge.ok ? (badge.value?.card ?? null) : (act.badge ?? null)
    const next: VisitorRecord = {
      ...visitor,
      state: 'inside',
      inAt: at,
      outAt: null,
      badge: card,
      acceptedAt: act.accepted === true ? at : visitor.acceptedAt,
      spent: visitor.spent ?? { at, by: viewer.name },
    }
    const trouble = (otherCard ? WHY.otherCard(visitor.name) : null) ?? spent ?? whyNot(wrong ?? done(null)) ?? whyNot(badge)
    const detail = { name: visitor.name, visitor: visitor.id, badge: card, byCode: act.code !== undefined, later, trouble: trouble?.en ?? null }
    const written = await room.write(
      { ...put(visit, next), state: 'inside', endedAt: null },
      { by: viewer, at, kind: later ? 'offline' : 'in', detail, action: 'visit.in' },
      told,
    )
    if (!written.ok) return written
    await visits.enter({ visit: visit.id, visitor: visitor.id, inAt: at, inBy: viewer.name, badge: card })
    if (badge.ok && badge.value !== null)
      await badges.putBadge({
        ...badge.value,
        usedAt: at,
        handed: { visit: visit.id, number: visit.number, visitor: visitor.id, name: visitor.name, at },
        revision: badge.value.revision + 1,
      })
    return done(trouble)
  }

  async function leave(visit: VisitRecord, visitor: VisitorRecord, { at, later, viewer, told }: Doing): Promise<Outcome<Said>> {
    if (visitor.state !== 'inside') return later ? done(WHY.notInside(visitor.name)) : refused('conflict', WHY.notInside(visitor.name))
    const outAt = Math.max(at, visitor.inAt ?? at)
    const next = put(visit, { ...visitor, state: 'out', outAt })
    const empty = insideOf(next) === 0
    const left = empty ? goodsLeft(next) : []
    // Of several days it goes on: others may come, and they may come back.
    const nobodyComes = next.visitors.every(one => one.state === 'out' || one.state === 'refused')
    const over = visit.kind !== 'planned' || outAt >= visit.until || (nobodyComes && visit.until - outAt < HALF_DAY)
    const state = !empty ? 'inside' : over ? 'ended' : 'approved'
    const detail = {
      name: visitor.name,
      visitor: visitor.id,
      later,
      goodsLeft: left.map(({ kind, serial }) => `${kind} ${serial}`.trim()).join(', ') || null,
    }
    const written = await room.write(
      { ...next, state, endedAt: state === 'ended' ? outAt : null },
      { by: viewer, at: outAt, kind: 'out', detail, action: 'visit.out' },
      told,
    )
    if (!written.ok) return written
    await visits.leave(visit.id, visitor.id, outAt, viewer.name)
    if (visitor.badge !== null) {
      const badge = await badges.byCard(visitor.badge)
      if (badge !== null && badge.handed?.visit === visit.id && badge.handed.visitor === visitor.id)
        await badges.putBadge({ ...badge, handed: null, usedAt: outAt, revision: badge.revision + 1 })
    }
    return done(left.length === 0 ? null : GOODS_LEFT(left.map(({ kind, serial }) => `${kind} ${serial}`.trim()).join(', ')))
  }

  async function goods(visit: VisitRecord, act: DoorAct, { at, viewer, told }: Doing): Promise<Outcome<Said>> {
    const line = visit.goods.find(one => one.id === act.visitor)
    if (line === undefined) return refused('notFound', WHY.notFound(`${visit.number} #${act.visitor}`))
    const next = { ...line, ...(act.kind === 'goodsIn' ? { inAt: line.inAt ?? at } : { outAt: line.outAt ?? at }) }
    const detail = { goods: `${line.kind} ${line.serial}`.trim(), way: act.kind === 'goodsIn' ? 'in' : 'out' }
    const written = await room.write(
      { ...visit, goods: visit.goods.map(one => (one.id === line.id ? next : one)) },
      { by: viewer, at, kind: 'goods', detail, action: 'visit.goods' },
      told,
    )
    return written.ok ? done(null) : written
  }

  async function turnAway(visit: VisitRecord, visitor: VisitorRecord, act: DoorAct, { at, viewer, told }: Doing): Promise<Outcome<Said>> {
    if (visitor.state === 'inside') return refused('conflict', WHY.inAlready(visitor.name, visitor.inAt ?? at, room.zone()))
    const next = put(visit, { ...visitor, state: 'refused' })
    const detail = { name: visitor.name, visitor: visitor.id, reason: act.reason ?? '' }
    const written = await room.write(next, { by: viewer, at, kind: 'turnedAway', detail, action: 'visit.turnAway' }, told)
    return written.ok ? done(null) : written
  }

  async function act(given: DoorAct, doing: Omit<Doing, 'told'>): Promise<Outcome<DoorAnswer>> {
    return await room.whole<DoorAnswer>(async told => {
      const before = await visits.answered(given.client)
      if (before !== undefined) return done(before as DoorAnswer)
      const visit = await visits.find(given.visit)
      if (visit === null) return refused('notFound', WHY.notFound(String(given.visit)))
      const visitor = visit.visitors.find(({ id }) => id === given.visitor)
      const whole = { ...doing, told }
      if (given.kind === 'goodsIn' || given.kind === 'goodsOut') return answered(given, await goods(visit, given, whole), doing)
      if (visitor === undefined) return refused('notFound', WHY.notFound(`${visit.number} #${given.visitor}`))
      if (given.code !== undefined) {
        const hash = await hashOf(given.code, salt)
        const found = hash === null ? null : await visits.byCode(hash)
        const fits = found !== null && found.visit === visit.id && found.visitor === visitor.id
        // A visit that was called off meanwhile has no codes any more; the device had looked at its book.
        if (!fits && !doing.later) return refused('forbidden', WHY.unknownCode)
      }
      if (given.kind === 'in') return answered(given, await enter(visit, visitor, given, whole), doing)
      if (given.kind === 'out') return answered(given, await leave(visit, visitor, whole), doing)
      return answered(given, await turnAway(visit, visitor, given, whole), doing)
    })
  }

  async function answered(given: DoorAct, outcome: Outcome<Said>, { at, later }: Pick<Doing, 'at' | 'later'>): Promise<Outcome<DoorAnswer>> {
    if (!outcome.ok) return outcome
    const said = outcome.value
    const words = said === null ? null : { id: said.id, en: said.en }
    const answer: DoorAnswer = { client: given.client, ok: said?.refused !== true, words, conflict: later && words !== null }
    // Nothing was done: the same may be tried again.
    if (answer.ok) await visits.answer(given.client, at, answer)
    return done(answer)
  }

  return {
    async look(code, viewer) {
      const now = clock()
      const wait = tired(viewer.account, now)
      if (wait !== null) return wait
      const hash = await hashOf(code, salt)
      const found = hash === null ? null : await visits.byCode(hash)
      const visit = found === null ? null : await visits.find(found.visit)
      const visitor = visit?.visitors.find(({ id }) => id === found?.visitor)
      if (visit == null || visitor === undefined) {
        tries.set(viewer.account, [...(tries.get(viewer.account) ?? []), now])
        return refused('notFound', WHY.unknownCode)
      }
      const spent =
        visitor.spent !== null && visitor.state !== 'inside'
          ? refused('conflict', WHY.spent(visitor.name, visitor.spent.at, visitor.spent.by, room.zone()))
          : null
      const wrong = visitor.state === 'inside' ? null : (spent ?? (await mayEnter(visit, visitor, now)))
      return done({ visit: visit.id, visitor: visitor.id, wrong: wrong === null ? null : whyNot(wrong) })
    },

    async tell(acts, sentAt, viewer) {
      const now = clock()
      // The device's clock may be wrong; how long ago it was by that clock is right.
      const skew = now - sentAt
      const answers: DoorAnswer[] = []
      for (const given of acts.toSorted((one, other) => one.at - other.at)) {
        const at = Math.min(now, given.at + skew)
        const later = given.kept === true || sentAt - given.at > AT_ONCE
        const outcome = await act(given, { at, later, viewer })
        answers.push(outcome.ok ? outcome.value : { client: given.client, ok: false, words: whyNot(outcome), conflict: later })
      }
      return done(answers)
    },
  }
}

interface Doing {
  readonly at: Instant
  /** Told when the line was back. */
  readonly later: boolean
  readonly viewer: Viewer
  readonly told: Told
}

const GOODS_LEFT = (what: string): Words => ({
  id: `Barang belum dicatat keluar: ${what}.`,
  en: `Goods not signed out: ${what}.`,
})
