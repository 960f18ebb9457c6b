// From changes to their tickets and back: a proof ends the work, a failure is noted, credentials go out; a ticket that came to nothing lets its changes go.
import type { Desk } from './desk/desk.ts'
import type { Call } from './domain/call.ts'
import type { Change } from './domain/change.ts'
import { done, type Outcome } from './domain/outcome.ts'
import type { Viewer } from './domain/people.ts'
import { ENDED } from './domain/ticket.ts'
import type { Lang } from './domain/words/lang.ts'
import type { Follower } from './following.ts'
import { textOf } from './hosting/answers.ts'
import { DOMAIN, type HostingTicket } from './hosting/standing.ts'
import { lettingGo, type Telling, tellingsOf } from './hosting/told.ts'
import type { Changes } from './hosting-changes.ts'
import type { Handovers } from './hosting-handovers.ts'
import type { TicketDesk } from './hosting-ticket-desk.ts'
import type { Records } from './store/records.ts'

export interface TicketErrands extends Follower {
  /** Listens from now on, and goes through what was not told before the daemon went. */
  begin(): Promise<void>
  /** One sentence each; empty when all is well. */
  troubles(): readonly string[]
  /** Waits for the errands under way. */
  settled(): Promise<void>
}

export interface TicketErrandsOptions {
  readonly desk: Pick<Desk, 'proven' | 'remark'>
  readonly tickets: Pick<TicketDesk, 'find' | 'byHand' | 'responsible' | 'names'>
  readonly records: Pick<Records, 'changes' | 'websites' | 'handovers' | 'terms' | 'zones' | 'accounts' | 'desk'>
  readonly changes: Pick<Changes, 'act' | 'onState'>
  readonly handovers: Pick<Handovers, 'make'>
  readonly zone: () => string
  readonly language: Lang
  readonly log: Call['log']
}

/** Somebody writes on the ticket at the same moment. */
const TRIES = 5

const FOR_EVER = '9999-12-31'
const AFTER_WORK: ReadonlySet<string> = new Set(['report', 'minutes', 'archive'])

/** As whoever holds the key of this machine: what is done on nobody's word but a ticket's own. */
const SUAR: Viewer = {
  ...{ account: 0, person: 0, name: 'Suar', roles: ['admin'], organisations: [], positions: [] },
  ...{ via: 'session', scopes: null, pending: null, provenAt: 0 },
}

const SAYS = {
  id: {
    withdrawn: (ticket: string) => `Tiket ${ticket} dibatalkan.`,
    nobody: (website: string) =>
      `Kata sandi basis data situs ${website} belum diserahkan: penanggung jawab pada formulir tidak ada di daftar orang, atau belum punya akun. Daftarkan, lalu serahkan dari halaman situs.`,
  },
  en: {
    withdrawn: (ticket: string) => `Ticket ${ticket} came to nothing.`,
    nobody: (website: string) =>
      `The password of the database of ${website} was not handed over: who answers for it on the form is not in the register, or has no account. Register the person, then hand it over from the website’s page.`,
  },
} as const

export function openTicketErrands(options: TicketErrandsOptions): TicketErrands {
  const { desk, tickets, records, changes, handovers, zone, language } = options
  const log = options.log.child({ room: 'hosting' })
  const says = SAYS[language]
  let under: Promise<void> = Promise.resolve()
  const troubled = new Set<string>()

  /** One after the other: two that tell of one ticket do not get in each other's way. */
  function soon(ticket: string, work: () => Promise<void>): void {
    under = under.then(work).then(
      () => void troubled.delete(ticket),
      (error: unknown) => {
        troubled.add(ticket)
        log.error({ ticket, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'a ticket was not told of its changes')
      },
    )
  }

  async function say(ticket: string, telling: Telling): Promise<Outcome<void>> {
    if (telling.kind === 'note') return await desk.remark(ticket, telling.text)
    const { by, at, note } = telling
    const account = by.account === 0 ? null : await records.accounts.one(by.account)
    return await desk.proven(ticket, { account: by.account, person: account?.person ?? null, name: by.name }, at, note)
  }

  async function tell(number: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      const ticket = await tickets.find(number)
      if (ticket === null) return
      const own = (await records.changes.ofTickets([number])).map(({ change }) => change)
      if (own.length === 0) return await prolonged(ticket)
      const came = ENDED.has(ticket.status) && ticket.status !== 'closed'
      if (came) return await letGo(number, own)
      await given(ticket, own)
      const options = { zone: zone(), language }
      const [next, ...more] = tellingsOf(ticket, own, await tickets.byHand(ticket), options)
      if (next === undefined) return
      const said = await say(number, next)
      if (!said.ok && tries >= TRIES) throw new Error(said.failure.message)
      // What comes next is worked out anew: the ticket has one more event now.
      if (said.ok && more.length === 0) return
    }
  }

  async function letGo(number: string, own: readonly Change[]): Promise<void> {
    for (const change of own) {
      const kind = lettingGo(change)
      if (kind === null) continue
      const gone = await changes.act(change.number, { kind, reason: says.withdrawn(number) }, SUAR)
      if (gone.ok) log.info({ ticket: number, change: change.number, kind }, 'a change was let go with its ticket')
      else log.warn({ ticket: number, change: change.number, reason: gone.failure.message }, 'a change was not let go with its ticket')
    }
  }

  /** What follows from a proof besides: until when the names are for, and the passwords. */
  async function given(ticket: HostingTicket, own: readonly Change[]): Promise<void> {
    const proven = own.filter(({ state }) => state === 'verified')
    for (const change of proven) await kept(ticket, change)
    for (const website of new Set(proven.flatMap(one => (one.website === null ? [] : [one.website])))) await handed(ticket, website, proven)
  }

  /** Of names alone, and only of those on which no other change had the last word since. */
  async function kept(ticket: HostingTicket, { number, website, wanted }: Change): Promise<void> {
    if (ticket.service !== DOMAIN || website !== null) return
    const own: Change['wanted'][number][] = []
    for (const one of wanted) if (one.resource === 'rrset' && (await records.zones.lastOf(one.place.id, one.name)) === number) own.push(one)
    const until = textOf(ticket.answers, 'validity')
    const there = own.flatMap(({ name, state }) => (state === null ? [] : [name]))
    const gone = own.flatMap(({ name, state }) => (state === null || until === null ? [name] : []))
    if (gone.length > 0) await records.terms.lift(gone)
    if (until !== null) await term(ticket, until, await notLonger(there, ticket.number, until))
  }

  /** Nothing had to be changed, and the names go on: what was asked for was a later day. */
  async function prolonged(ticket: HostingTicket): Promise<void> {
    const until = textOf(ticket.answers, 'validity')
    if (ticket.service !== DOMAIN || until === null || ticket.step === null || !AFTER_WORK.has(ticket.step.kind)) return
    const asked = await tickets.names(ticket)
    const termed = (await records.terms.until(FOR_EVER)).filter(({ organisation }) => organisation === ticket.organisation)
    const known = asked.filter(name => termed.some(({ names }) => names.includes(name)))
    await term(ticket, until, await notLonger(known, ticket.number, until))
  }
  async function term({ number, organisation }: HostingTicket, until: string, names: readonly string[]): Promise<void> {
    if (names.length > 0) await records.terms.put({ ticket: number, organisation, until, names })
  }
  /** Without those that another ticket has prolonged beyond that day: told again, an earlier one does not take them back. */
  async function notLonger(names: readonly string[], ticket: string, until: string): Promise<readonly string[]> {
    const others = (await records.terms.until(FOR_EVER)).filter(one => one.ticket !== ticket && one.until > until)
    return names.filter(name => !others.some(one => one.names.includes(name)))
  }

  /** To who answers for it technically, else structurally: once, as soon as there is a database that was proven. */
  async function handed(ticket: HostingTicket, name: string, proven: readonly Change[]): Promise<void> {
    const website = await records.websites.find(name)
    const makes = proven.some(one => one.website === name && 'plan' in one && one.plan.steps.some(isNewDatabase))
    if (website === null || website.wanted.database === null || !makes) return
    if ((await records.handovers.ofWebsite(name)).length > 0) return
    const answering = await tickets.responsible(website)
    for (const kind of ['technical', 'structural'] as const)
      for (const one of answering) {
        if (one.kind !== kind || one.person === null || (await records.accounts.ofPerson(one.person)) === null) continue
        const made = await handovers.make(name, { kind: 'database', to: one.person }, SUAR)
        if (made.ok) return
        log.warn({ website: name, reason: made.failure.message }, 'credentials were not handed over')
      }
    const text = says.nobody(name)
    if (!ticket.events.some(event => event.kind === 'note' && event.text === text)) await desk.remark(ticket.number, text)
  }

  return {
    follow: written =>
      Promise.resolve(
        done(() => {
          // A draft has no number, and what is only looked up costs nothing.
          for (const { frame } of written) if (frame.number !== null) again(frame.number)
        }),
      ),
    async begin() {
      changes.onState(change => {
        if (change.ticket !== null) again(change.ticket)
      })
      const open = await records.desk.tickets.frames(await records.desk.list.openIds())
      const numbers = [...open.values()].flatMap(({ number }) => (number === null ? [] : [number]))
      const told = (await records.changes.ofTickets(numbers)).flatMap(({ change: { ticket } }) => (ticket === null ? [] : [ticket]))
      const waiting = (await records.changes.unfinished()).flatMap(({ change: { ticket } }) => (ticket === null ? [] : [ticket]))
      for (const ticket of new Set([...told, ...waiting])) again(ticket)
    },
    troubles: () => (troubled.size === 0 ? [] : ['Tickets were not told of their changes: the log says why.']),
    async settled() {
      // Each may lead to another.
      for (let seen: Promise<void> | null = null; seen !== under; ) {
        seen = under
        await seen
      }
    },
  }

  function again(ticket: string): void {
    soon(ticket, () => tell(ticket))
  }
}

const isNewDatabase = ({ resource, before, after }: { readonly resource: string; readonly before: unknown; readonly after: unknown }): boolean =>
  (resource === 'mariadb' || resource === 'postgresql') && before === null && after !== null
