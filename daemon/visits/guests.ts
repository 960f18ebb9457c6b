// Guests of the demonstration's operator panel: one who is inside with a card, one who does not go in time. Through the room itself, as at the desk.
import { randomUUID } from 'node:crypto'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { VisitView } from '../domain/visit.ts'
import { type Playing, seatOf } from './demonstration.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const WELCOME = { name: 'Rizki Ananda', company: 'PT Jaringan Nusantara', identity: '1971041507920012', mobile: '0812-0000-0121' }
const LATE = { name: 'Bayu Pratama', company: 'PT Sinar Kabel', identity: '1971042201880031', mobile: '0812-0000-0122' }

export interface Guests {
  /** Card of a visitor who is inside and may go through that door; when there is none somebody comes. */
  cardAt(door: string): Promise<Outcome<string>>
  /** Somebody comes for a minute and stays; ended, the same goes out. */
  overstay(begins: boolean): Promise<Outcome<unknown>>
}

export function openGuests({ visits, records, inventory, staff, clock }: Omit<Playing, 'log'>): Guests {
  let late: number | null = null

  async function guard(): Promise<Outcome<Viewer>> {
    const found = await seatOf('noc', records, clock())
    return found === null ? failed('notFound', 'Nobody sits at the guard\u2019s desk.') : done(found)
  }

  async function letIn(who: typeof WELCOME, door: string, until: number, viewer: Viewer): Promise<Outcome<VisitView>> {
    const [badge] = (await visits.book(viewer)).badges
    if (badge === undefined) return failed('full', 'No visitor badge is free: check somebody out first.')
    let last: Outcome<VisitView> = failed('full', 'Nobody can walk with one more guest.')
    for (const { person } of await staff(clock())) {
      last = await visits.enter(
        {
          ...{ kind: 'walkIn', site: inventory().site.id, doors: [door], racks: [], purpose: 'Pemeriksaan kabel jaringan', until, escort: person },
          ...{ organisation: null, visitors: [{ ...who, badge }], goods: [], accepted: true },
        },
        viewer,
      )
      if (last.ok || last.failure.kind !== 'conflict') return last
    }
    return last
  }

  return {
    async cardAt(door) {
      const desk = await guard()
      if (!desk.ok) return desk
      const now = clock()
      const here = await visits.list({ from: now - 31 * 24 * HOUR, until: now + MINUTE, states: ['inside'] }, desk.value)
      const cardOf = (visit: VisitView) => visit.visitors.find(({ state, badge }) => state === 'inside' && badge !== null)?.badge ?? null
      const card = here.filter(({ doors, overstay }) => doors.includes(door) && !overstay).flatMap(visit => cardOf(visit) ?? [])[0]
      if (card !== undefined) return done(card)
      const came = await letIn(WELCOME, door, now + HOUR, desk.value)
      if (!came.ok) return came
      const given = cardOf(came.value)
      return given === null ? failed('invalid', `Visit ${came.value.number} has no card.`) : done(given)
    },
    async overstay(begins) {
      const desk = await guard()
      if (!desk.ok) return desk
      if (begins) {
        const door = inventory().doors[0]?.id
        if (door === undefined) return failed('notFound', 'The site has no door.')
        const came = await letIn(LATE, door, clock() + MINUTE, desk.value)
        if (came.ok) late = came.value.id
        return came
      }
      if (late === null) return done(undefined)
      const visit = late
      late = null
      return await visits.tell([{ client: randomUUID(), kind: 'out', visit, visitor: 1, at: clock() }], clock(), desk.value)
    },
  }
}
