// From the first word to the number of the register: drafts, what is wrong with them, handing in.
import type { Answers, FormMistake } from '../../domain/form.ts'
import { check } from '../../domain/form-check.ts'
import { done, failed, type Outcome, refused } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import type { Service } from '../../domain/service.ts'
import { DAEMON, type TicketChannel, type TicketFact, type TicketKind, ticketNumber } from '../../domain/ticket.ts'
import type { TicketDraft, TicketFrame } from '../../domain/ticket-record.ts'
import { decide, errorsOf } from './decide.ts'
import { prefill } from './prefill.ts'
import { put } from './put.ts'
import { WHY } from './reasons.ts'
import type { Loaded, Room } from './room.ts'
import { BEGIN } from './state.ts'
import { addressed, messagesOf, tellings } from './tell.ts'

export interface NewTicket {
  readonly service: string
  readonly kind: TicketKind
  readonly about?: string | undefined
  readonly channel?: TicketChannel | undefined
  readonly organisation?: number | undefined
  readonly requester?: { readonly person: number } | { readonly name: string; readonly email: string; readonly phone: string } | undefined
  readonly title?: string | undefined
  readonly products?: readonly string[] | undefined
  readonly answers?: Readonly<Record<string, unknown>> | undefined
}

export interface DraftChange {
  readonly title?: string | undefined
  readonly products?: readonly string[] | undefined
  readonly answers: Readonly<Record<string, unknown>>
}

export interface Filing {
  open(given: NewTicket, viewer: Viewer): Promise<Outcome<{ readonly number: string }>>
  save(number: string, given: DraftChange, viewer: Viewer): Promise<Outcome<{ readonly mistakes: readonly FormMistake[]; readonly savedAt: number }>>
  remove(number: string, viewer: Viewer): Promise<Outcome<{ readonly number: string }>>
  submit(number: string, viewer: Viewer): Promise<Outcome<{ readonly number: string }>>
}

const ID: { readonly pattern: string; readonly year: number } = { pattern: 'ticket', year: 0 }
const isOfficer = (viewer: Viewer): boolean => may(viewer, 'ticket.work')

export function openFiling(room: Room): Filing {
  const { tickets, people, services, clock } = room.sources

  /** Who asks and for whom: a requester for himself, an officer for anybody. */
  async function asker(given: NewTicket, viewer: Viewer) {
    const wanted = isOfficer(viewer) && given.requester !== undefined ? given.requester : { person: viewer.person }
    const person = 'person' in wanted ? ((await people.personsById([wanted.person]))[0] ?? null) : null
    if ('person' in wanted && person === null) return failed('invalid', 'The requester is not in the register of people.')
    const organisationId =
      given.organisation ??
      (isOfficer(viewer) ? person?.organisation : (viewer.organisations.find(id => id === person?.organisation) ?? viewer.organisations[0]))
    if (organisationId === undefined) return failed('invalid', 'Name the organisation that asks.')
    if (!may(viewer, 'ticket.file', { organisation: organisationId })) return failed('forbidden', 'You may file only for your own organisation.')
    const [organisation] = await people.organisationsById([organisationId])
    if (organisation === undefined || organisation.goneAt !== null) return failed('invalid', 'The organisation is not in the register.')
    const requester =
      person === null && 'name' in wanted
        ? { person: null, name: wanted.name, email: wanted.email, phone: wanted.phone }
        : { person: person?.id ?? null, name: person?.name ?? viewer.name, email: person?.email ?? '', phone: person?.mobile ?? '' }
    return done({ person, organisation, requester })
  }

  /** A change begins with what the closed ticket asked for; a complaint only names it. */
  async function original(given: NewTicket, viewer: Viewer): Promise<Outcome<Loaded | null>> {
    if (given.about === undefined)
      return given.kind === 'change' ? failed('invalid', 'A request for change names the ticket it is about.') : done(null)
    const found = await room.see(given.about, viewer)
    if (!found.ok) return found
    if (found.value.frame.number === null) return refused('conflict', WHY.draft)
    if (given.kind === 'change' && found.value.state.status !== 'closed') return refused('conflict', WHY.open)
    return found
  }

  return {
    async open(given, viewer) {
      const about = await original(given, viewer)
      if (!about.ok) return about
      const found = services.service(given.service)
      if (!found.ok) return found
      const { service, version } = found.value
      const asking = await asker(given, viewer)
      if (!asking.ok) return asking
      const { person, organisation, requester } = asking.value
      if (service.users.length > 0 && !service.users.includes(organisation.kind) && !isOfficer(viewer))
        return refused('invalid', {
          id: `Layanan ${service.name.id} tidak tersedia untuk instansi Anda.`,
          en: `The service ${service.name.en} is not for organisations such as yours.`,
        })
      const at = clock()
      const inherited = given.kind === 'change' && about.value?.frame.service === service.key ? about.value.state : null
      const first: Answers = { ...prefill(service.form, person, organisation), ...(inherited?.answers ?? {}) }
      const products = (given.products ?? inherited?.products ?? []).filter(key => service.products.some(product => product.key === key))
      const answers = check(service.form, { ...first, ...given.answers }, isOfficer(viewer) ? 'officer' : 'requester', {
        partial: true,
        products,
        was: first,
      }).answers
      const draft: TicketDraft = { title: given.title ?? inherited?.title ?? '', products, answers, savedAt: at }
      const frame: Omit<TicketFrame, 'id'> = {
        number: null,
        kind: given.kind,
        service: service.key,
        version,
        organisation: organisation.id,
        requester,
        channel: isOfficer(viewer) ? (given.channel ?? 'portal') : 'portal',
        about: about.value?.frame.id ?? null,
        createdAt: at,
        createdBy: viewer.account,
      }
      const seats = await room.seats(service, at)
      const blank = { frame: { ...frame, id: 0 }, draft, events: [], service, state: BEGIN }
      const actor = await room.actor(viewer, blank, seats)
      const written = await tickets.commit({ draws: [ID] }, ({ numbers: [id = 0] }) => {
        const loaded: Loaded = { ...blank, frame: { ...frame, id } }
        const moved = room.move(loaded, [{ kind: 'created', channel: frame.channel }], actor, at)
        return { tickets: [room.written(loaded, moved, { organisation: organisation.name, seats, draft })], audit: [] }
      })
      return written.ok ? done({ number: `D-${written.value.tickets[0]?.frame.id ?? 0}` }) : written
    },

    async save(number, { title, products, answers }, viewer) {
      const found = await room.see(number, viewer)
      if (!found.ok) return found
      const { frame, state, service, draft } = found.value
      const returned = state.status === 'returned'
      if (state.status !== 'draft' && !returned) return refused('conflict', WHY.notDraft)
      const permission = returned ? 'ticket.answer' : 'ticket.file'
      if (!may(viewer, permission, { organisation: frame.organisation })) return failed('forbidden', 'You may not write on this request.')
      const before = draft ?? { title: state.title, products: state.products, answers: state.answers, savedAt: 0 }
      const chosen = (products ?? before.products).filter(key => service.products.some(product => product.key === key))
      const checked = check(service.form, answers, isOfficer(viewer) && !returned ? 'officer' : 'requester', {
        partial: true,
        products: chosen,
        was: before.answers,
      })
      const at = clock()
      const next: TicketDraft = { title: title ?? before.title, products: chosen, answers: checked.answers, savedAt: at }
      const seats = await room.seats(service, at)
      const organisation = await room.organisationName(frame.organisation)
      const written = await tickets.commit({ draws: [] }, () => {
        const moved = room.move(found.value, [], DAEMON, at)
        return { tickets: [room.written(found.value, moved, { organisation, seats, draft: next })], audit: [] }
      })
      return written.ok ? done({ mistakes: checked.mistakes, savedAt: at }) : written
    },

    async remove(number, viewer) {
      const found = await room.see(number, viewer)
      if (!found.ok) return found
      if (found.value.state.status !== 'draft') return refused('conflict', WHY.notDraft)
      await tickets.removeDraft(found.value.frame.id)
      return done({ number })
    },

    async submit(number, viewer) {
      const found = await room.see(number, viewer)
      if (!found.ok) return found
      return found.value.state.status === 'returned' ? resubmit(room, found.value, viewer) : submit(room, found.value, viewer)
    },
  }
}

/** The answer to a return: the same as the action of that name. */
async function resubmit(room: Room, loaded: Loaded, viewer: Viewer): Promise<Outcome<{ readonly number: string }>> {
  const context = await room.context(loaded, viewer)
  const facts = decide(loaded.state, { kind: 'resubmit' }, viewer, context)
  if (!facts.ok) return facts
  const written = await put(room, loaded, facts.value, { by: context.actor, action: 'resubmit', draft: null })
  return written.ok ? done({ number: loaded.frame.number ?? '' }) : written
}

const titleOf = (service: Service, products: readonly string[]): string => {
  const names = service.products.filter(({ key }) => products.includes(key)).map(({ name }) => name.id)
  const [only] = names
  return names.length === 1 && service.products.length > 1 ? `${service.name.id}: ${only ?? ''}` : service.name.id
}

async function submit(room: Room, loaded: Loaded, viewer: Viewer): Promise<Outcome<{ readonly number: string }>> {
  const { tickets, people, notices, clock } = room.sources
  const { frame, service, draft } = loaded
  if (loaded.state.status !== 'draft' || draft === null) return refused('conflict', WHY.notDraft)
  if (!may(viewer, 'ticket.file', { organisation: frame.organisation })) return failed('forbidden', 'You may not hand this request in.')
  // A service with one product leaves nothing to choose.
  const products = draft.products.length === 0 && service.products.length === 1 ? service.products.map(({ key }) => key) : draft.products
  const checked = check(service.form, draft.answers, 'requester', { products, was: draft.answers })
  const errors = errorsOf(checked.mistakes)
  if (products.length === 0)
    errors.unshift({ field: 'products', reason: 'choose at least one', words: { id: 'pilih paling sedikit satu', en: 'choose at least one' } })
  if (errors.length > 0) return refused('invalid', WHY.mistakes(errors.length), errors)

  const at = clock()
  const received = room.timing.received(at)
  const today = room.timing.dateOf(at)
  const year = Number(today.slice(0, 4))
  const title = draft.title.trim() || titleOf(service, products)
  const seats = await room.seats(service, at)
  const actor = await room.actor(viewer, loaded, seats)
  const organisation = await room.organisationName(frame.organisation)
  const about = frame.about === null ? null : await room.loadById(frame.about)
  const aboutOrganisation = about === null ? '' : await room.organisationName(about.frame.organisation)
  const factsWith = (slot: string | null): TicketFact[] => [
    { kind: 'amended', answers: checked.answers, products, title, side: 'requester' },
    { kind: 'submitted', received, slot },
    ...(about === null
      ? []
      : [{ kind: 'linked' as const, ticket: about.frame.id, as: frame.kind === 'request' ? ('related' as const) : frame.kind }]),
  ]
  // Whom to tell does not hang on the number or the slot: it is looked up before the transaction.
  const dry = room.move(loaded, factsWith(null), actor, at)
  const letters = await addressed(people, frame, tellings({ frame, service, moved: dry, seats }))

  const written = await tickets.commit(
    {
      draws: [
        { pattern: 'T', year },
        { pattern: 'agenda/in', year },
      ],
      ledger: { service: service.key, from: today },
    },
    ({ numbers: [no = 0, entry = 0], ledger }) => {
      const { slot, day } = room.timing.slot(service, received, ledger)
      const numbered = { ...frame, number: ticketNumber(year, no), ...(frame.createdBy === null ? { createdBy: viewer.account } : {}) }
      const facts = factsWith(slot)
      const { clock: reckoned } = room.move(loaded, facts, actor, at)
      const due = reckoned?.whole.due ?? null
      const moved = room.move(loaded, due === null ? facts : [...facts, { kind: 'promised', due }], actor, at)
      // What is told says the true day and deadline.
      const told = letters.map(letter =>
        letter.figures['received'] === undefined
          ? letter
          : { ...letter, kind: slot === null ? ('received' as const) : ('overload' as const), figures: { ...letter.figures, slot, due } },
      )
      const linked =
        about === null ? [] : [linkBack(room, about, { id: frame.id, kind: frame.kind }, { actor, at, organisation: aboutOrganisation, seats })]
      return {
        tickets: [room.written(loaded, moved, { organisation, seats, frame: numbered, draft: null }), ...linked],
        slot: { service: service.key, day },
        agenda: [
          {
            year,
            direction: 'in',
            no: entry,
            at,
            ticket: frame.id,
            ticketNumber: numbered.number,
            letter: '',
            from: organisation,
            to: room.sources.services.agency.name,
            subject: title,
          },
        ],
        messages: messagesOf(notices, told, { frame: numbered, service, moved }),
        audit: [
          {
            at,
            actor: actor.name,
            action: 'ticket.submit',
            subject: numbered.number,
            detail: { account: viewer.account, service: service.key, version: frame.version },
          },
        ],
      }
    },
  )
  return written.ok ? done({ number: written.value.tickets[0]?.frame.number ?? '' }) : written
}

function linkBack(
  room: Room,
  about: Loaded,
  { id, kind }: { readonly id: number; readonly kind: TicketKind },
  {
    actor,
    at,
    organisation,
    seats,
  }: {
    readonly actor: Parameters<Room['move']>[2]
    readonly at: number
    readonly organisation: string
    readonly seats: Parameters<Room['written']>[2]['seats']
  },
) {
  const moved = room.move(about, [{ kind: 'linked', ticket: id, as: kind === 'request' ? 'related' : kind }], actor, at)
  return room.written(about, moved, { organisation, seats, draft: about.draft })
}
