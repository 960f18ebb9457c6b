// Custody: begins when the minutes are signed, is reminded of before its end, and is left piece by piece; what draws more than agreed is told.
import type { Instant } from '../domain/call.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import { isKept, type StayItemView, type StayState, type StayView } from '../domain/stay.ts'
import { without } from './giving-back.ts'
import { WHY } from './reasons.ts'
import { type Doer, type StayRoom, type Told, withItems } from './room.ts'
import { settingsOf } from './settings.ts'

const DAY = 86_400_000
const MINUTE = 60_000
/** Nothing of the way in is left to do for it. */
const SETTLED: ReadonlySet<StayState> = new Set(['verified', 'inCustody', 'leaving', 'gone'])
/** Alarm codes of those who draw too much: this, and the number of the stay. */
const OVER = 'stay.over.'

const monthsAfter = (at: Instant, months: number): Instant => {
  const date = new Date(at)
  return date.setUTCMonth(date.getUTCMonth() + months)
}

/** In the house, in custody or not: a piece that came to the door may go home again. */
const isHere = ({ state, in: came }: StayItemView): boolean => state === 'inCustody' || (came !== null && state !== 'leaving' && state !== 'gone')

export function openCustody(room: StayRoom) {
  const { books, clock, settings, papersOf, layout, current, notify, alarm, alarmed } = room.sources
  /** Since when a piece has drawn too much. */
  const over = new Map<string, Instant>()

  /** Within `whole`: what is verified is in custody from now on, if the minutes are signed. */
  async function begin(stay: StayView, by: Doer, told: Told): Promise<Outcome<StayView>> {
    const ready = stay.items.filter(({ state }) => state === 'verified')
    const waits = stay.items.find(({ state }) => !SETTLED.has(state))
    if (ready.length === 0 || waits !== undefined) {
      const item = waits ?? stay.items[0]
      return refused('conflict', WHY.state(item?.name ?? stay.ticket, item?.state ?? stay.state))
    }
    const minutes = (await papersOf(stay.ticket)).find(({ kind, signed }) => kind === 'minutes' && signed)
    if (minutes === undefined) return refused('conflict', WHY.unsigned(stay.ticket))
    const at = clock()
    const table = await room.load(stay.ticket)
    const months = table.ok ? table.value.asked.months : null
    const next = await room.writeStay(
      {
        ...withItems(
          stay,
          ready.map((item): StayItemView => ({ ...item, state: 'inCustody' })),
        ),
        from: stay.from ?? at,
        until: stay.until ?? (months === null ? null : monthsAfter(at, months)),
        minutes: { ...stay.minutes, in: minutes.number },
      },
      told,
    )
    if (next.ok)
      await room.note(by, 'stay.custody', stay.ticket, { stay: stay.id, minutes: minutes.number, items: ready.length, until: next.value.until })
    return next
  }

  async function remind(stay: StayView, now: Instant): Promise<void> {
    const { reminds } = await settingsOf(settings)
    if (stay.until === null || stay.until - reminds * DAY > now) return
    const { ticket, until, organisation } = stay
    await notify([{ id: `stay-${stay.id}-ending-${until}`, kind: 'ending', ticket, until, organisation: organisation.id, text: '' }])
  }

  /** W of its outlets; null: not all of them are read. */
  function drawn(item: StayItemView): number | null {
    const psus = layout().equipment.find(({ id }) => id === item.equipment)?.psus ?? []
    let watts = 0
    for (const { power } of psus) {
      const reading = power === undefined ? null : current(power)
      if (reading === null || reading.value === null) return null
      watts += reading.value
    }
    return psus.length === 0 ? null : watts
  }

  async function weigh(stay: StayView, now: Instant): Promise<void> {
    const { over: tolerated, overFor } = await settingsOf(settings)
    const code = `${OVER}${stay.id}`
    const heavy: string[] = []
    for (const item of stay.items) {
      const key = `${stay.id}/${item.id}`
      const watts = isKept(item) ? drawn(item) : null
      if (watts === null || watts <= item.agreed * (1 + tolerated / 100)) {
        over.delete(key)
        continue
      }
      const since = over.get(key) ?? now
      over.set(key, since)
      if (now - since >= overFor * MINUTE) heavy.push(`${item.name} ${Math.round(watts)} W > ${Math.round(item.agreed)} W`)
    }
    const stood = alarmed().includes(code)
    if (heavy.length === 0) {
      if (stood) alarm(code, null)
      return
    }
    if (stood) return
    const said = heavy.join(', ')
    alarm(code, {
      severity: 'warning',
      text: {
        id: `Daya titipan ${stay.organisation.short} melebihi kesepakatan: ${said}`,
        en: `Equipment of ${stay.organisation.short} draws more than agreed: ${said}`,
      },
    })
    const { ticket, organisation, id } = stay
    await notify([{ id: `stay-${id}-over-${Math.floor(now / DAY)}`, kind: 'over', ticket, until: now, organisation: organisation.id, text: said }])
  }

  return {
    custody: (id: number, viewer: Viewer): Promise<Outcome<StayView>> =>
      room.whole(async told => {
        const stay = await books.stay(id)
        return stay === null ? refused('notFound', WHY.notFound(String(id))) : await begin(stay, viewer, told)
      }),
    leave: (id: number, items: readonly number[], reason: string, viewer: Viewer): Promise<Outcome<StayView>> =>
      room.whole(async told => {
        const stay = await books.stay(id)
        if (stay === null) return refused('notFound', WHY.notFound(String(id)))
        const leaving: StayItemView[] = []
        for (const no of items) {
          const item = stay.items.find(one => one.id === no)
          if (item === undefined) return refused('notFound', WHY.noItem(no))
          if (!isHere(item) || (item.state === 'inCustody' && item.reservation !== null)) return refused('conflict', WHY.state(item.name, item.state))
          const reservation = item.reservation === null ? null : await books.reservation(item.reservation)
          if (reservation?.state === 'held') {
            const less = await room.writeReservation(without(reservation, item, 'released'), told)
            if (!less.ok) return less
          }
          leaving.push({
            ...item,
            state: 'leaving',
            reservation: null,
            leaving: { at: clock(), by: viewer.name, reason, from: item.state, rack: item.rack, u: item.u },
          })
        }
        const next = await room.writeStay(withItems(stay, leaving), told)
        if (next.ok) await room.note(viewer, 'stay.leave', stay.ticket, { stay: id, items, reason })
        return next
      }),
    /** Custody that may begin begins; ends are reminded of; who draws too much is told. */
    async watch(now: Instant): Promise<void> {
      const live = await books.live()
      for (const code of alarmed())
        if (code.startsWith(OVER) && !live.some(({ id }) => code === `${OVER}${id}`)) {
          alarm(code, null)
          for (const key of over.keys()) if (key.startsWith(`${code.slice(OVER.length)}/`)) over.delete(key)
        }
      for (const stay of live) {
        const waits = stay.items.some(({ state }) => state === 'verified')
        if (waits && (await papersOf(stay.ticket)).some(({ kind, signed }) => kind === 'minutes' && signed))
          await room.whole(async told => {
            const is = await books.stay(stay.id)
            const begun = is === null ? null : await begin(is, null, told)
            // What is not all verified yet waits for the next round.
            return begun?.ok === true ? begun : done(null)
          })
        await remind(stay, now)
        await weigh(stay, now)
      }
    },
  }
}
