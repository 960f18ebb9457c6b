// Tickets and hosting tied together: what they ask for, on whose word it is done, what they are told of it, and what is handed to whom.
import type { Desk } from './desk/desk.ts'
import type { Call, Clock } from './domain/call.ts'
import { done } from './domain/outcome.ts'
import type { Lang } from './domain/words/lang.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { Follower } from './following.ts'
import type { Changes } from './hosting-changes.ts'
import type { Handovers } from './hosting-handovers.ts'
import type { HandsKeeper } from './hosting-hands.ts'
import { hostingNotices } from './hosting-notices.ts'
import { freeAddresses } from './hosting-pools.ts'
import { openTerms } from './hosting-terms.ts'
import { openTicketDesk, type TicketDesk } from './hosting-ticket-desk.ts'
import { openTicketErrands } from './hosting-ticket-errands.ts'
import type { Websites } from './hosting-websites.ts'
import type { Place } from './place.ts'
import type { HandoverRecord } from './store/handovers.ts'
import type { Records } from './store/records.ts'

/** What hosting wants of the desk and the site, where there is a desk. */
export interface TicketSide {
  readonly desk: Pick<Desk, 'room' | 'proven' | 'remark'>
  readonly place: Pick<Place, 'inventory'>
  readonly fleet: Pick<Fleet, 'members'>
  readonly carriers: () => readonly string[]
  readonly language: Lang
}

export interface HostingTickets extends Follower {
  readonly desk: TicketDesk
  /** The link on its way, within the writing of its handover. */
  send(handover: HandoverRecord, link: string): Promise<void>
  begin(): Promise<void>
  tick(): Promise<void>
  troubles(): readonly string[]
  close(): Promise<void>
}

export interface HostingTicketsOptions extends TicketSide {
  readonly records: Records
  /** They open after it, and are asked later. */
  readonly changes: () => Changes
  readonly websites: () => Websites
  readonly handovers: () => Handovers
  readonly keeper: Pick<HandsKeeper, 'handsFor'>
  readonly base: () => string
  readonly zone: () => string
  readonly clock: Clock
  readonly log: Call['log']
}

/** Addresses of one network that one form may ask for. */
const MOST = 30

export function openHostingTickets(options: HostingTicketsOptions): HostingTickets {
  const { desk, place, fleet, records, changes, websites, handovers, keeper, zone, language, clock, log } = options
  const notices = hostingNotices(options)
  const tickets = openTicketDesk({
    desk,
    records,
    changes,
    websites,
    async read(name, names, call) {
      const opened = await keeper.handsFor(null).zone(name, call)
      return opened.ok ? await opened.value.read(names, call) : opened
    },
    free(taken) {
      const devices = [...fleet.members()].map(({ device }) => ({ id: device.id, name: device.name, host: device.address.host }))
      return freeAddresses({ layout: place.inventory, devices, taken }, MOST)
    },
    clock,
    log,
  })
  const errands = openTicketErrands({
    desk,
    tickets,
    records,
    changes: { act: (...given) => changes().act(...given), onState: tell => changes().onState(tell) },
    handovers: { make: (...given) => handovers().make(...given) },
    zone,
    language,
    log,
  })
  const terms = openTerms({
    terms: records.terms,
    zone,
    async tell(term, days, noted) {
      await records.audit.together(async () => {
        await notices.term(term, days)
        await noted()
        return done(undefined)
      })
    },
    clock,
  })
  return {
    desk: tickets,
    send: notices.handover,
    follow: errands.follow,
    begin: errands.begin,
    tick: terms.tick,
    troubles: errands.troubles,
    close: errands.settled,
  }
}
