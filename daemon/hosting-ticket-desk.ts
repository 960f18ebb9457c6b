// What tickets ask of hosts and zones: read from the desk, drafted over the ground there is, made into changes on the word of the dispositions.
import { dataOf } from '../provisioning/dns/rdata.ts'
import type { Desk } from './desk/desk.ts'
import { stepOf } from './desk/tickets/state.ts'
import type { Call, Clock } from './domain/call.ts'
import type { ChangePurpose, Hand, State } from './domain/change.ts'
import type { Answers, Words } from './domain/form.ts'
import type { TicketHosting } from './domain/hosting-ticket-view.ts'
import type { WebsiteView } from './domain/hosting-view.ts'
import { done, type Outcome, refused } from './domain/outcome.ts'
import type { Viewer } from './domain/people.ts'
import { isOpenBlocking, textOf } from './hosting/answers.ts'
import { type Ground, type HostingDraft, hostingDraft } from './hosting/drafts.ts'
import { type RecordSet, type RecordsDraft, recordNames, recordsDraft, recordsWanted } from './hosting/records.ts'
import { responsibleFor } from './hosting/responsible.ts'
import { DOMAIN, HOSTING, type HostingTicket, isOurs, wordOf } from './hosting/standing.ts'
import { type WebsiteWish, websiteWish } from './hosting/wish.ts'
import { type Changes, rowOf } from './hosting-changes.ts'
import type { AskedWebsite, Websites } from './hosting-websites.ts'
import type { TicketHostingDesk } from './http/routes/ticket-hosting.ts'
import type { Records } from './store/records.ts'
import type { WebsiteRecord } from './store/websites.ts'

export interface TicketDesk extends TicketHostingDesk {
  find(number: string): Promise<HostingTicket | null>
  /** The website as a ticket's answers give it, new or as one that is there becomes; null: it asks for none. */
  asked(number: string): Promise<Outcome<AskedWebsite | null>>
  /** On whose word a change may be made for a ticket; refused with the reason as long as nobody gave it. */
  word(wish: { readonly ticket: string; readonly purpose: ChangePurpose; readonly organisation: number | null }): Promise<Outcome<Hand>>
  /** What of a ticket no plan makes. */
  byHand(ticket: HostingTicket): Promise<readonly Words[]>
  /** What a domain ticket names, as `www.example.go.id. A`. */
  names(ticket: HostingTicket): Promise<readonly string[]>
  /** To whom credentials of a website may go. */
  responsible(website: Pick<WebsiteRecord, 'name' | 'organisation'>): Promise<WebsiteView['responsible']>
}

export interface TicketDeskOptions {
  readonly desk: Pick<Desk, 'room'>
  readonly records: Pick<Records, 'hosts' | 'zones' | 'websites' | 'changes' | 'people' | 'desk'>
  readonly changes: () => Pick<Changes, 'ask' | 'row'>
  readonly websites: () => Pick<Websites, 'change'>
  /** RRsets as the zone's server has them. */
  readonly read: (zone: string, names: readonly string[], call: Call) => Promise<Outcome<ReadonlyMap<string, State | null>>>
  /** The next free addresses of each network, besides those in `taken`. */
  readonly free: (taken: readonly string[]) => readonly { readonly address: string; readonly network: string }[]
  readonly clock: Clock
  readonly log: Call['log']
}

/** A zone that does not answer is not waited for longer, ms. */
const LATE = 8_000

const WHY = {
  noTicket: (number: string): Words => ({ id: `Tidak ada tiket ${number}.`, en: `There is no ticket ${number}.` }),
  nothing: (number: string): Words => ({ id: `Tiket ${number} tidak meminta situs atau nama.`, en: `Ticket ${number} asks for no website or name.` }),
  notIts: (number: string): Words => ({
    id: `Tiket ${number} dari instansi lain: perubahan ini bukan untuknya.`,
    en: `Ticket ${number} is of another organisation: this change is not its own.`,
  }),
  noWebsite: (number: string): Words => ({
    id: `Tidak ditemukan situs yang dimaksud ${number}: periksa nama domain pada formulirnya.`,
    en: `The website that ${number} means was not found: look at the domain name on its form.`,
  }),
  still: (text: Words): Words => ({ id: `Masih harus diputuskan: ${text.id}`, en: `Still to be decided: ${text.en}` }),
  byForm: {
    id: 'Situs baru dibuat lewat isian situs: semua isiannya dilihat dahulu.',
    en: 'A new website is made by its form: all of it is looked at first.',
  } satisfies Words,
  noChange: {
    id: 'Semuanya sudah seperti yang diminta: tidak ada yang diubah.',
    en: 'All is as it was asked for: nothing to change.',
  } satisfies Words,
}

const OF_WEBSITE = new Set(['change', 'suspend', 'resume', 'remove'])
const isOfOne = (ticket: HostingTicket): boolean => ticket.kind === 'change' || OF_WEBSITE.has(textOf(ticket.answers, 'action') ?? '')

export function openTicketDesk({ desk, records, changes, websites, read, free, clock, log }: TicketDeskOptions): TicketDesk {
  const { room } = desk

  async function find(number: string): Promise<HostingTicket | null> {
    const loaded = await room.load(number)
    if (loaded === null) return null
    const { frame, state, service, events } = loaded
    if (frame.number === null) return null
    const about = frame.about === null ? null : ((await records.desk.tickets.frames([frame.about])).get(frame.about)?.number ?? null)
    const step = stepOf(state, service)
    return {
      ...{ number: frame.number, kind: frame.kind, service: frame.service, organisation: frame.organisation, about, events },
      ...{ status: state.status, answers: state.answers, step: step === null ? null : { kind: step.kind, label: step.label } },
    }
  }
  const known = async (number: string): Promise<Outcome<HostingTicket>> => {
    const ticket = await find(number)
    if (ticket === null) return refused('notFound', WHY.noTicket(number))
    return isOurs(ticket) && ticket.kind !== 'complaint' ? done(ticket) : refused('notFound', WHY.nothing(number))
  }

  /** `but`: what the ticket itself has made already stands in nobody's way. */
  async function ground(but: ReadonlySet<string>): Promise<Ground> {
    const hosts = await records.hosts.all()
    const all = await records.websites.all()
    return {
      hosts: hosts.flatMap(({ id, name, address, facts, trouble }) => {
        if (facts === null || trouble !== null) return []
        const { listen, nginx, apache, php, mariadb, postgresql, systemd } = facts as unknown as Omit<Ground['hosts'][number], 'id' | 'name'> & {
          readonly listen: { readonly address: string }
        }
        const reached = listen.address === '*' || listen.address === '0.0.0.0' ? address : listen.address
        return [{ id, name, address: reached, nginx, apache, php, mariadb, postgresql, systemd }]
      }),
      zones: (await records.zones.all()).map(({ name }) => name),
      websites: new Map(all.flatMap(({ name, wanted, state }) => (but.has(name) ? [] : [[name, state === 'removed' ? [] : wanted.domains]]))),
    }
  }

  /** The one it was made for, else the one that has its name. */
  async function meant(ticket: HostingTicket): Promise<{ readonly website: WebsiteRecord; readonly original: Answers | null } | null> {
    const own = (record: WebsiteRecord | null | undefined) =>
      record !== null &&
      record !== undefined &&
      record.organisation === ticket.organisation &&
      record.state !== 'removed' &&
      record.state !== 'making'
        ? record
        : null
    const before = ticket.about === null ? [] : await records.changes.ofTickets([ticket.about])
    for (const { change } of before.toReversed()) {
      const website = change.website === null ? null : own(await records.websites.find(change.website))
      if (website !== null && ticket.about !== null) return { website, original: (await find(ticket.about))?.answers ?? null }
    }
    const domain = textOf(ticket.answers, 'domain')?.toLowerCase() ?? ''
    const website = own((await records.websites.all()).find(({ wanted, state }) => state !== 'removed' && wanted.domains.some(one => one === domain)))
    return website === null ? null : { website, original: null }
  }

  /** Given out, or wanted by a change that is not through. */
  async function taken(): Promise<readonly string[]> {
    const books = [...(await records.hosts.things('address')).keys()]
    const coming = (await records.changes.unfinished()).flatMap(({ change }) =>
      change.wanted.flatMap(({ resource, name, state }) => (resource === 'address' && state !== null ? [name] : [])),
    )
    const websitesOf = (await records.websites.all()).flatMap(({ wanted }) => wanted.addresses.map(({ address }) => address))
    return [...new Set([...books, ...coming, ...websitesOf])]
  }

  async function namesOf(ticket: HostingTicket): Promise<RecordsDraft> {
    const zones = (await records.zones.all()).map(({ name }) => name)
    const next = free(await taken())
    const standing = new Map<string, RecordSet | null>()
    const call: Call = { signal: AbortSignal.timeout(LATE), log }
    const look = async (addresses: readonly string[]) => {
      for (const [zone, some] of recordNames(ticket.answers, zones, addresses)) {
        const fresh = some.filter(name => !standing.has(name))
        const found = fresh.length === 0 ? null : await read(zone, fresh, call)
        if (found?.ok === true) for (const [name, state] of found.value) standing.set(name, state as RecordSet | null)
      }
    }
    await look(next.map(({ address }) => address))
    // The names of the addresses that it leads to now.
    await look([...standing.values()].flatMap(set => (set?.type === 'A' || set?.type === 'AAAA' ? set.data : [])))
    const given = new Map<string, string>()
    for (const [address, one] of await records.hosts.things('address'))
      if (one.kind === 'ours' && typeof one.state['name'] === 'string') given.set(address, one.state['name'])
    return recordsDraft(ticket.answers, { zones, standing, free: next, given, dataOf })
  }

  type Drafted =
    | { readonly kind: 'website'; readonly draft: HostingDraft }
    | { readonly kind: 'change'; readonly website: WebsiteRecord; readonly wish: WebsiteWish }
    | { readonly kind: 'change'; readonly website: null; readonly wish: null }
    | { readonly kind: 'records'; readonly draft: RecordsDraft }

  async function drafted(ticket: HostingTicket): Promise<Drafted> {
    if (ticket.service === DOMAIN) return { kind: 'records', draft: await namesOf(ticket) }
    const own = (await records.changes.ofTickets([ticket.number])).flatMap(({ change: { website } }) => (website === null ? [] : [website]))
    const there = await ground(new Set(own))
    if (!isOfOne(ticket)) return { kind: 'website', draft: hostingDraft(ticket.answers, there) }
    const found = await meant(ticket)
    if (found === null) return { kind: 'change', website: null, wish: null }
    return { kind: 'change', website: found.website, wish: websiteWish(ticket.answers, found.website.wanted, found.original, there) }
  }

  const organisationName = async (id: number): Promise<string> => (await records.people.organisationsById([id]))[0]?.name ?? ''

  return {
    find,
    async asked(number) {
      const found = await known(number)
      if (!found.ok) return found
      const ticket = found.value
      const one = ticket.service === HOSTING ? await drafted(ticket) : null
      if (one === null || one.kind === 'records' || (one.kind === 'change' && one.wish === null)) return done(null)
      const { website, open, refused: no } = one.kind === 'website' ? one.draft : one.wish
      const { organisation } = ticket
      return done({
        organisation,
        website: (website ?? {}) as Readonly<Record<string, unknown>>,
        organisationName: await organisationName(organisation),
        open: [...no.map(words => ({ field: 'ticket', words })), ...open.map(({ field, words }) => ({ field, words }))],
      })
    },
    async word({ ticket: number, purpose, organisation }) {
      const ticket = await find(number)
      if (ticket === null) return refused('notFound', WHY.noTicket(number))
      if (organisation !== null && organisation !== ticket.organisation) return refused('conflict', WHY.notIts(number))
      const word = wordOf(ticket)
      if (!word.ok || purpose !== 'create' || ticket.service !== HOSTING || isOfOne(ticket)) return word
      // Names that lead elsewhere are refused where the website is made: here only what the ticket itself lacks.
      const [lack] = hostingDraft(ticket.answers, { hosts: [], zones: [], websites: new Map() }).refused
      return lack === undefined ? word : refused('conflict', lack)
    },
    async byHand(ticket) {
      return ticket.service === HOSTING && !isOfOne(ticket) ? hostingDraft(ticket.answers, { hosts: [], zones: [], websites: new Map() }).byHand : []
    },
    async names(ticket) {
      const zones = (await records.zones.all()).map(({ name }) => name)
      return [...recordNames(ticket.answers, zones).values()].flat()
    },
    async responsible({ name, organisation }) {
      const { items } = await records.changes.page({ website: name, page: 1, size: 500 })
      const made = items.findLast(({ change }) => change.ticket !== null)?.change.ticket ?? null
      const answers = made === null ? null : ((await find(made))?.answers ?? null)
      return await responsibleFor({ organisation, answers, at: clock() }, records.people)
    },

    async hosting(number) {
      const found = await known(number)
      if (!found.ok) return found
      const ticket = found.value
      const word = wordOf(ticket)
      const one = await drafted(ticket)
      const made = (await records.changes.ofTickets([number])).map(rowOf).toReversed()
      const why = word.ok ? null : (word.failure.words ?? { id: word.failure.message, en: word.failure.message })
      const view: TicketHosting = {
        ...{ ticket: number, kind: one.kind, why, changes: made, purpose: 'create', website: null, draft: null, differences: [] },
        ...{ open: [], refused: [], byHand: [], records: [], addresses: [], until: null },
      }
      if (one.kind === 'records') return done({ ...view, ...one.draft, purpose: 'dns' })
      if (one.kind === 'website') {
        const { website, ...rest } = one.draft
        return done({ ...view, ...rest, draft: website, website: typeof website['name'] === 'string' ? website['name'] : null })
      }
      if (one.wish === null) return done({ ...view, purpose: 'edit', refused: [WHY.noWebsite(number)] })
      const { website, ...rest } = one.wish
      return done({ ...view, ...rest, draft: website as unknown as Record<string, unknown> | null, website: one.website.name })
    },

    async request(number, { reason }, viewer: Viewer) {
      const found = await known(number)
      if (!found.ok) return found
      const ticket = found.value
      const word = wordOf(ticket)
      if (!word.ok) return word
      const one = await drafted(ticket)
      if (one.kind === 'website') return refused('conflict', WHY.byForm)
      if (one.kind === 'change' && one.wish === null) return refused('conflict', WHY.noWebsite(number))
      const { open, refused: no } = one.kind === 'records' ? one.draft : one.wish
      const [lack] = no
      if (lack !== undefined) return refused('conflict', lack)
      const still = open.find(isOpenBlocking)
      if (still !== undefined) return refused('conflict', WHY.still(still.words))
      if (one.kind === 'change') {
        const { purpose, website } = one.wish
        return await websites().change(one.website.name, { purpose, ticket: number, reason, ...(website === null ? {} : { website }) }, viewer)
      }
      const wanted = recordsWanted(one.draft, textOf(ticket.answers, 'action') ?? 'create')
      if (wanted.length === 0) return refused('conflict', WHY.noChange)
      const names = [...new Set(one.draft.records.flatMap(({ name, follows }) => (follows ? [] : [(name.split(' ')[0] ?? '').replace(/\.$/, '')])))]
      const what = `${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}`
      const asked = await changes().ask(
        {
          ...{ purpose: 'dns', ticket: number, organisation: ticket.organisation, website: null, reason, wanted },
          title: { id: `Ubah DNS ${what}`, en: `Change DNS ${what}` },
        },
        viewer,
      )
      if (!asked.ok) return asked
      const row = await changes().row(asked.value.number)
      return row === null ? refused('notFound', WHY.noTicket(number)) : done(row)
    },
  }
}
