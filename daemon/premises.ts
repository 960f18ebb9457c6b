// The premises: who may come in, who is inside, and whose card opens what. Between the desk, which is asked, and the doors, which open.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Alarms } from './alarm/open.ts'
import type { Call, Clock, Instant } from './domain/call.ts'
import type { Places } from './domain/form-place.ts'
import type { Inventory } from './domain/inventory.ts'
import { done, failed, type Outcome } from './domain/outcome.ts'
import type { Paper, PrintedPaper } from './domain/paper.ts'
import type { Lang } from './domain/words/lang.ts'
import type { Follower } from './following.ts'
import type { Route } from './http/route.ts'
import { badgeRoutes } from './http/routes/badges.ts'
import { gateRoutes } from './http/routes/gate.ts'
import { visitRoutes } from './http/routes/visits.ts'
import type { Minimised } from './minimised.ts'
import type { Frame } from './paper/frame.ts'
import { evacuationPaper } from './paper/kinds/evacuation.ts'
import { visitLogPaper } from './paper/kinds/visit-log.ts'
import { openRound } from './round.ts'
import type { Records } from './store/records.ts'
import type { RowSource } from './stream/rows.ts'
import { visitNotices } from './visit-notices.ts'
import { playVisits } from './visits/demonstration.ts'
import { type Guests, openGuests } from './visits/guests.ts'
import { type Mark, withoutVisitors } from './visits/identity.ts'
import { placesOf } from './visits/places.ts'
import { openPrints } from './visits/prints.ts'
import type { Staff } from './visits/sources.ts'
import { openVisits, type Visits } from './visits/visits.ts'

/** As a follower of tickets: a visit that one asks for is made, changed and ended with it. */
export interface Premises extends Follower {
  readonly visits: Visits
  readonly rows: RowSource<'visits'>
  readonly routes: readonly Route[]
  /**
   * For the desk's forms: what of the answers may be kept (of identity numbers the last characters; the rest is remembered as a hash with the
   * ticket), and which rooms and racks may be asked for.
   */
  readonly forms: { readonly minimised: Minimised; readonly places: () => Places }
  /** Some visits of these days, for the demonstration; nothing where there are badges already. */
  play(): Promise<void>
  /** Whom the operator panel of the demonstration lets in. */
  readonly guests: Guests
  /** One sentence each; empty when all is well. */
  troubles(): readonly string[]
  close(): Promise<void>
}

/** What the desk lends once it is open. */
export interface Office {
  /** The end of the working day that is, or comes next. */
  closes(at: Instant): Instant
  frame(at: Instant): Frame
  render(paper: Paper): Promise<Outcome<PrintedPaper>>
}

/** Before the desk is open. */
export const CLOSED: Office = {
  closes: at => at,
  frame: () => {
    throw new Error('a paper was asked for before the desk was open')
  },
  render: async () => failed('busy', 'The desk is not open yet.'),
}

export interface PremisesOptions {
  readonly records: Records
  readonly alarms: Pick<Alarms, 'system' | 'open'>
  readonly inventory: () => Inventory
  readonly office: () => Office
  readonly carriers: () => readonly string[]
  readonly base: () => string
  readonly language: Lang
  readonly clock: Clock
  readonly log: Call['log']
}

/** Who has stayed too long is told of within this, ms. */
const ROUND = 10_000
/** Alarms of Suar itself have this before their code. */
const OWN = 'suar/-/'

export async function openPremises(options: PremisesOptions): Promise<Outcome<Premises>> {
  const { records, alarms, inventory, office, carriers, base, language, clock, log } = options
  const key = await records.messages.key('visits')
  if (!key.ok) return key
  const zone = () => inventory().site.timezone

  async function staff(at: Instant): Promise<readonly Staff[]> {
    const seats = [...(await records.people.withRole('officer', at)), ...(await records.people.withRole('noc', at))]
    const byPerson = new Map(seats.map(({ person }) => [person.id, { person: person.id, name: person.name }]))
    return [...byPerson.values()].toSorted((one, other) => one.name.localeCompare(other.name))
  }

  const visits = openVisits({
    visits: records.visits,
    badges: records.badges,
    together: records.audit.together,
    append: records.audit.append,
    settings: records.settings,
    ticket: records.desk.tickets.byId,
    ticketBy: records.desk.tickets.find,
    forgetPeople: ticket => records.desk.forget(ticket, withoutVisitors),
    async organisation(id) {
      const [found] = await records.people.organisationsById([id])
      return found === undefined ? null : { id, name: found.name }
    },
    shorts: async ids => (await records.people.organisationsById(ids)).map(({ short }) => short),
    staff,
    layout: inventory,
    workdayAfter: at => office().closes(at),
    notify: visitNotices({ records, carriers, base, zone, language, clock }),
    alarm: alarms.system,
    alarmed: () => alarms.open().flatMap(({ key }) => (key.startsWith(`${OWN}visit.`) ? [key.slice(OWN.length)] : [])),
    key: key.value,
    clock,
    log,
  })

  /** Of identity numbers in what somebody is writing at this moment: remembered by whatever commit of the desk comes of it. */
  const marking = new AsyncLocalStorage<readonly Mark[]>()
  const round = openRound({ every: ROUND, work: visits.tick, trouble: 'Visits are not looked after: the log says why.', log })
  const prints = openPrints({ visits, inventory, office, papers: { log: visitLogPaper, evacuation: evacuationPaper }, clock })

  return done({
    visits,
    rows: visits.stream,
    // The gate first: its paths look like the number of a visit.
    routes: [...gateRoutes({ ...visits, ...prints }), ...visitRoutes({ ...visits, ...prints }), ...badgeRoutes(visits.badges)],
    async follow(written) {
      const told = new Set<number>()
      await visits.remember(written, marking.getStore() ?? [])
      for (const ticket of written) {
        const followed = await visits.follow(ticket, told)
        if (!followed.ok) return followed
      }
      return done(() => visits.room.tell([...told]))
    },
    forms: {
      minimised: {
        keeping(given, work) {
          const { answers, marks } = visits.minimise(given)
          return marking.run(marks, () => work(answers))
        },
      },
      places: () => placesOf(inventory(), 'all'),
    },
    guests: openGuests({ visits, records, inventory, staff, clock }),
    play: () => playVisits({ visits, records, inventory, staff, clock, log }),
    troubles: round.troubles,
    async close() {
      visits.close()
      await round.close()
    },
  })
}
