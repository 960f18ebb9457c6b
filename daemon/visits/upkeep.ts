// What time does to visits: they end, run over, are owed something, are forgotten; badges that nobody uses go.
import type { Severity } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import { done } from '../domain/outcome.ts'
import type { VisitRecord } from '../domain/visit-record.ts'
import { dateTime } from '../domain/words/time.ts'
import type { VisitRoom } from './room.ts'
import { goodsLeft, insideOf } from './rules.ts'
import type { VisitNotice } from './sources.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Of an alarm about goods: afterwards it is somebody's affair to find them, not the wall's. */
const GOODS_FOR = 30 * DAY
const NOBODY = { name: '', badge: null, mobile: '', company: '', last: null, hash: null, nonce: null } as const

export function openUpkeep(room: VisitRoom) {
  const { visits, badges, alarm, alarmed, notify, clock, together, append, log } = room.sources
  /** Codes of the alarms that stand. */
  const raised = new Set<string>()
  let daily = 0
  let begun = false
  let timer: NodeJS.Timeout | null = null
  let closed = false

  function say(code: string, state: { readonly severity: Severity; readonly text: { readonly id: string; readonly en: string } } | null): void {
    if (state === null) {
      if (!raised.delete(code)) return
    } else raised.add(code)
    alarm(code, state)
  }

  async function windows(now: Instant, live: readonly VisitRecord[]): Promise<void> {
    for (const { id, until, state } of live) {
      if (until > now || (state !== 'approved' && state !== 'requested')) continue
      await room.whole(async told => {
        const visit = await visits.find(id)
        if (visit === null || visit.until > now || insideOf(visit) > 0 || (visit.state !== 'approved' && visit.state !== 'requested'))
          return done(undefined)
        const came = visit.visitors.some(({ inAt }) => inAt !== null)
        await visits.setCodes(id, [])
        const kind = came ? 'ended' : 'expired'
        const written = await room.write({ ...visit, state: kind, endedAt: now }, { by: null, at: now, kind, action: `visit.${kind}` }, told)
        return written.ok ? done(undefined) : written
      })
    }
  }

  async function overstays(now: Instant, live: readonly VisitRecord[]): Promise<void> {
    const over = live.filter(visit => visit.until < now && insideOf(visit) > 0)
    const codes = new Set(over.map(({ id }) => `visit.overstay.${id}`))
    for (const code of raised) if (code.startsWith('visit.overstay.') && !codes.has(code)) say(code, null)
    for (const visit of over) {
      const n = insideOf(visit)
      const code = `visit.overstay.${visit.id}`
      const zone = room.zone()
      if (!raised.has(code))
        await room.whole(async told => {
          const known = (await visits.trace(visit.id)).some(event => event.kind === 'overstay' && event.at >= visit.until)
          if (known) return done(undefined)
          await visits.note(visit.id, { at: now, by: 'Suar', kind: 'overstay', detail: { people: n, until: visit.until } })
          told.add(visit.id)
          if (visit.escort !== null)
            await notify([
              {
                id: `visit-${visit.id}-overstay-${visit.until}`,
                kind: 'overstay',
                person: visit.escort.person,
                visit,
                ticket: visit.ticket?.number ?? null,
                text: String(n),
              },
            ])
          return done(undefined)
        })
      const text = {
        id: `Kunjungan ${visit.number} melewati batas ${dateTime(visit.until, zone, 'id')}: ${n} orang masih di dalam`,
        en: `Visit ${visit.number} has overstayed ${dateTime(visit.until, zone, 'en')}: ${n} still inside`,
      }
      say(code, { severity: now - visit.until > HOUR ? 'critical' : 'warning', text })
    }
  }

  async function owed(now: Instant): Promise<void> {
    const late = await visits.owing(now)
    const codes = new Set(late.map(({ id }) => `visit.owed.${id}`))
    for (const code of raised) if (code.startsWith('visit.owed.') && !codes.has(code)) say(code, null)
    for (const visit of late) {
      const text =
        visit.owes === 'approval'
          ? { id: `Kunjungan langsung ${visit.number} belum disetujui`, en: `Walk-in ${visit.number} has not been approved` }
          : { id: `Laporan masuk darurat ${visit.number} belum dibuat`, en: `The report of emergency entry ${visit.number} is missing` }
      const fresh = !raised.has(`visit.owed.${visit.id}`)
      say(`visit.owed.${visit.id}`, { severity: 'warning', text })
      if (fresh && visit.requester.person !== null)
        await notify([{ id: `visit-${visit.id}-owed`, kind: 'owed', person: visit.requester.person, visit, ticket: null, text: visit.owes ?? '' }])
    }
  }

  async function goods(now: Instant): Promise<void> {
    const ended = await visits.page({ from: now - GOODS_FOR, states: ['ended'], limit: 2_000 })
    const left = ended.filter(visit => goodsLeft(visit).length > 0 && visit.anonymisedAt === null)
    const codes = new Set(left.map(({ id }) => `visit.goods.${id}`))
    for (const code of raised) if (code.startsWith('visit.goods.') && !codes.has(code)) say(code, null)
    for (const visit of left) {
      const what = goodsLeft(visit)
        .map(({ kind, serial }) => `${kind} ${serial}`.trim())
        .join(', ')
      say(`visit.goods.${visit.id}`, {
        severity: 'warning',
        text: { id: `Barang kunjungan ${visit.number} belum dicatat keluar: ${what}`, en: `Goods of visit ${visit.number} not signed out: ${what}` },
      })
    }
  }

  /** An alarm ends with what it tells of, not with the next round. */
  async function over(ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      if (!['overstay', 'owed', 'goods'].some(kind => raised.has(`visit.${kind}.${id}`))) continue
      const visit = await visits.find(id)
      if (visit === null || insideOf(visit) === 0 || visit.until >= clock()) say(`visit.overstay.${id}`, null)
      if (visit === null || visit.owes === null) say(`visit.owed.${id}`, null)
      if (visit === null || goodsLeft(visit).length === 0) say(`visit.goods.${id}`, null)
    }
  }

  /** To the moment at which the next of those who are inside should be out: nobody waits for a round to learn of it. */
  function arm(live: readonly VisitRecord[], now: Instant): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const next = Math.min(...live.filter(visit => visit.until > now && insideOf(visit) > 0).map(({ until }) => until))
    if (closed || next - now > HOUR) return
    timer = setTimeout(() => look([]), next - now + 1)
    timer.unref()
  }
  /** At this moment; `ids`: what has changed. What cannot be looked at now the next round looks at. */
  function look(ids: readonly number[]): void {
    const now = clock()
    const looking = async () => {
      if (closed) return
      await over(ids)
      const live = await visits.live()
      await overstays(now, live)
      arm(live, now)
    }
    looking().catch((error: unknown) => log.error({ error: String(error) }, 'visits are looked at again with the next round'))
  }
  room.onChange(look)

  /**
   * Names and numbers go, also from the ticket that asked; that there was a visit, when, whose and for what, stays. Papers that somebody signed
   * are the agency's archive and go by its rule.
   */
  async function forget(now: Instant): Promise<number> {
    const { retention } = await room.settings()
    let count = 0
    for (const { id } of await visits.ripe(now - retention * DAY, 200)) {
      const forgotten = await room.whole(async told => {
        const visit = await visits.find(id)
        if (visit === null || visit.anonymisedAt !== null) return done(false)
        const bare: VisitRecord = {
          ...visit,
          anonymisedAt: now,
          visitors: visit.visitors.map(visitor => ({ ...visitor, ...NOBODY })),
          report: null,
        }
        await visits.forgetTrace(id)
        await visits.forgetMailings(id)
        await visits.setCodes(id, [])
        const forgot = visit.ticket === null ? {} : await room.sources.forgetPeople(visit.ticket.id)
        if (visit.ticket !== null) await visits.forgetIdentities({ ticket: visit.ticket.id })
        const detail = { people: visit.visitors.length, ticket: visit.ticket?.number ?? null, ...forgot }
        const written = await room.write(bare, { by: null, at: now, kind: 'anonymised', detail, action: 'visit.anonymise' }, told)
        return written.ok ? done(true) : written
      })
      if (forgotten.ok && forgotten.value) count++
    }
    await visits.forgetAnswers(now - 90 * DAY)
    await visits.forgetIdentities({ before: now - (retention + 366) * DAY })
    return count
  }

  async function sleepers(now: Instant): Promise<void> {
    const { dormant } = await room.settings()
    for (const badge of await badges.badges()) {
      if (badge.kind !== 'standing' || badge.state !== 'active') continue
      const since = Math.max(badge.usedAt ?? 0, badge.addedAt)
      if (now - since < dormant * DAY) continue
      const removed = await together(async () => {
        await badges.putBadge({ ...badge, state: 'dormant', revision: badge.revision + 1 })
        await append('Suar', 'badge.dormant', badge.card, { badge: badge.id, usedAt: badge.usedAt, days: dormant })
        return done(undefined)
      })
      if (removed.ok)
        await tellManagers({
          id: `badge-${badge.id}-dormant-${now}`,
          kind: 'dormant',
          visit: null,
          ticket: null,
          text: `${badge.card} ${badge.holder}`,
        })
    }
  }

  async function reviews(now: Instant): Promise<void> {
    const { review } = await room.settings()
    const standing = (await badges.badges()).filter(({ kind, state }) => kind === 'standing' && state === 'active')
    const oldest = Math.min(...standing.map(({ reviewedAt, addedAt }) => reviewedAt ?? addedAt))
    const late = standing.length > 0 && now - oldest > review * DAY
    say(
      'visit.review',
      late
        ? {
            severity: 'warning',
            text: {
              id: `Tinjauan berkala hak akses tetap sudah lewat ${review} hari`,
              en: `The review of standing access is overdue: more than ${review} days`,
            },
          }
        : null,
    )
  }

  async function tellManagers(notice: Omit<VisitNotice, 'person'>): Promise<void> {
    for (const { person } of (await room.sources.staff(clock())).slice(0, 20)) await notify([{ ...notice, id: `${notice.id}-${person}`, person }])
  }

  return {
    /** Every few seconds; with what was there before a restart too, for it asks the records each time. */
    async tick(now: Instant = clock()): Promise<void> {
      // Those that stood before a restart end like any other.
      if (!begun) for (const code of alarmed()) raised.add(code)
      begun = true
      const live = await visits.live()
      await windows(now, live)
      const left = await visits.live()
      await overstays(now, left)
      arm(left, now)
      await owed(now)
      await goods(now)
      if (now - daily < DAY && now >= daily) return
      daily = now
      await forget(now)
      await sleepers(now)
      await reviews(now)
    },
    forget,
    close(): void {
      closed = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
