// From the first word to the number of the register: drafts, what is wrong with them, handing in.
import { isDeepStrictEqual } from 'node:util'
import type { Instant } from '../../domain/call.ts'
import type { Answers, FormMistake } from '../../domain/form.ts'
import { check } from '../../domain/form-check.ts'
import type { LetterMark } from '../../domain/letter-mark.ts'
import { done, failed, type Outcome, refused } from '../../domain/outcome.ts'
import { throughOf, type Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import { isFor } from '../../domain/service-users.ts'
import { DAEMON, type TicketChannel, type TicketKind } from '../../domain/ticket.ts'
import type { TicketDraft, TicketFrame } from '../../domain/ticket-record.ts'
import { carried, prefill } from './prefill.ts'
import { WHY } from './reasons.ts'
import type { Loaded, Room } from './room.ts'
import { BEGIN } from './state.ts'
import { resubmit, submit } from './submitting.ts'

export interface NewTicket {
  readonly service: string
  /** A draft that came in by mail or chat: it goes on under this service, with its letter and files. */
  readonly from?: string | undefined
  readonly kind: TicketKind
  readonly about?: string | undefined
  readonly channel?: TicketChannel | undefined
  readonly organisation?: number | undefined
  readonly requester?: { readonly person: number } | { readonly name: string; readonly email: string; readonly phone: string } | undefined
  readonly title?: string | undefined
  readonly products?: readonly string[] | undefined
  readonly answers?: Readonly<Record<string, unknown>> | undefined
  readonly letter?: LetterMark | undefined
}

export interface DraftChange {
  readonly title?: string | undefined
  readonly products?: readonly string[] | undefined
  readonly answers: Readonly<Record<string, unknown>>
  readonly letter?: LetterMark | undefined
}

export interface Filing {
  open(given: NewTicket, viewer: Viewer): Promise<Outcome<{ readonly number: string }>>
  /** `seen`: when the draft was saved that this is written upon, 0 without one. `stale`: it is another by now, and stays. */
  save(number: string, given: DraftChange, viewer: Viewer, seen?: Instant): Promise<Outcome<Saved>>
  remove(number: string, viewer: Viewer): Promise<Outcome<{ readonly number: string }>>
  submit(number: string, viewer: Viewer, seen?: Instant): Promise<Outcome<{ readonly number: string }>>
}

export interface Saved {
  readonly mistakes: readonly FormMistake[]
  readonly savedAt: Instant
}

/** Of one account: nobody writes more at a time, a program that runs wild would. */
const MOST_DRAFTS = 200
/** Of a save that meets others. */
const TRIES = 5
const ID: { readonly pattern: string; readonly year: number } = { pattern: 'ticket', year: 0 }
const lettered = (letter: LetterMark | undefined): Pick<TicketDraft, 'letter'> => (letter === undefined ? {} : { letter })
const sameDraft = (one: TicketDraft, other: TicketDraft): boolean => isDeepStrictEqual({ ...one, savedAt: 0 }, { ...other, savedAt: 0 })
const isOfficer = (viewer: Viewer): boolean => may(viewer, 'ticket.work')

export function openFiling(room: Room): Filing {
  const { tickets, lists, people, services, clock } = room.sources

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

  /** The draft that an officer takes up, for whoever wrote. */
  async function arrived({ from }: NewTicket, viewer: Viewer): Promise<Outcome<Loaded | null>> {
    if (from === undefined) return done(null)
    const found = await room.see(from, viewer)
    if (!found.ok) return found
    const { frame } = found.value
    return frame.number === null && frame.createdBy === null ? found : refused('conflict', WHY.takenUp)
  }

  /** A file that is added meanwhile does not cost what was typed. */
  async function save(number: string, given: DraftChange, viewer: Viewer, seen: Instant | undefined, tries: number): Promise<Outcome<Saved>> {
    const { title, products, answers, letter } = given
    const found = await room.see(number, viewer)
    if (!found.ok) return found
    const { frame, state, service, draft } = found.value
    const returned = state.status === 'returned'
    if (state.status !== 'draft' && !returned) return refused('conflict', WHY.notDraft)
    const permission = returned ? 'ticket.answer' : 'ticket.file'
    if (!may(viewer, permission, { organisation: frame.organisation })) return failed('forbidden', 'You may not write on this request.')
    const before = draft ?? { title: state.title, products: state.products, answers: state.answers, letter: state.letter, savedAt: 0 }
    const chosen = (products ?? before.products).filter(key => service.products.some(product => product.key === key))
    const checked = check(service.form, answers, isOfficer(viewer) && !returned ? 'officer' : 'requester', {
      partial: true,
      products: chosen,
      was: before.answers,
      files: await room.files(found.value),
      applications: await room.applications(frame.organisation, state.answers),
      ...room.sent(clock()),
    })
    const at = Math.max(clock(), before.savedAt + 1)
    const next: TicketDraft = {
      title: title ?? before.title,
      products: chosen,
      answers: checked.answers,
      ...lettered(letter ?? before.letter),
      savedAt: at,
    }
    if (seen !== undefined && seen !== before.savedAt)
      // Sent again because the answer was lost: it stands as it was sent.
      return sameDraft(next, before) ? done({ mistakes: checked.mistakes, savedAt: before.savedAt }) : refused('stale', WHY.stale)
    const seats = await room.seats(service, at)
    const organisation = await room.organisationName(frame.organisation)
    const written = await tickets.commit({ draws: [] }, () => {
      const moved = room.move(found.value, [], DAEMON, at)
      return { tickets: [room.written(found.value, moved, { organisation, seats, draft: next })], audit: [] }
    })
    if (written.ok) return done({ mistakes: checked.mistakes, savedAt: at })
    return written.failure.kind === 'conflict' && tries < TRIES ? save(number, given, viewer, seen, tries + 1) : written
  }

  return {
    async open(given, viewer) {
      if ((await lists.drafts(viewer.account)) >= MOST_DRAFTS) return refused('conflict', WHY.drafts(MOST_DRAFTS))
      const about = await original(given, viewer)
      if (!about.ok) return about
      const taken = await arrived(given, viewer)
      if (!taken.ok) return taken
      const found = services.service(given.service)
      if (!found.ok) return found
      const { service, version } = found.value
      const asking = await asker(given, viewer)
      if (!asking.ok) return asking
      const { person, organisation, requester } = asking.value
      if (!isFor(service, organisation.kind) && !isOfficer(viewer))
        return refused('invalid', {
          id: `Layanan ${service.name.id} tidak tersedia untuk instansi Anda.`,
          en: `The service ${service.name.en} is not for organisations such as yours.`,
        })
      const at = clock()
      const inherited = given.kind === 'change' && about.value?.frame.service === service.key ? about.value.state : null
      const first: Answers = { ...prefill(service.form, person, organisation), ...carried(service.form, inherited?.answers ?? {}) }
      const products = (given.products ?? inherited?.products ?? []).filter(key => service.products.some(product => product.key === key))
      const answers = check(service.form, { ...first, ...given.answers }, isOfficer(viewer) ? 'officer' : 'requester', {
        partial: true,
        products,
        was: first,
        applications: await room.applications(organisation.id, inherited?.answers ?? {}),
        ...room.sent(at),
      }).answers
      const draft: TicketDraft = {
        title: given.title ?? inherited?.title ?? '',
        products,
        answers,
        ...lettered(given.letter ?? taken.value?.draft?.letter),
        savedAt: at,
      }
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
      if (taken.value !== null) {
        const { frame: was, state } = taken.value
        const mine: Loaded = { ...taken.value, frame: { ...was, ...frame, channel: was.channel, createdAt: was.createdAt }, service }
        const by = await room.actor(viewer, mine, seats)
        const moved = room.move(mine, [{ kind: 'taken', person: viewer.person, name: by.name }], by, at)
        const kept = await tickets.commit({ draws: [] }, () => ({
          tickets: [room.written({ ...mine, state }, moved, { organisation: organisation.name, seats, draft })],
          audit: [
            {
              at,
              actor: by.name,
              action: 'ticket.adopt',
              subject: `D-${was.id}`,
              detail: { account: viewer.account, ...throughOf(viewer), service: service.key },
            },
          ],
        }))
        return kept.ok ? done({ number: `D-${was.id}` }) : kept
      }
      const blank = { frame: { ...frame, id: 0 }, draft, events: [], service, state: BEGIN }
      const actor = await room.actor(viewer, blank, seats)
      const written = await tickets.commit({ draws: [ID] }, ({ numbers: [id = 0] }) => {
        const loaded: Loaded = { ...blank, frame: { ...frame, id } }
        const moved = room.move(loaded, [{ kind: 'created', channel: frame.channel }], actor, at)
        return { tickets: [room.written(loaded, moved, { organisation: organisation.name, seats, draft })], audit: [] }
      })
      return written.ok ? done({ number: `D-${written.value.tickets[0]?.frame.id ?? 0}` }) : written
    },

    save: (number, given, viewer, seen) => save(number, given, viewer, seen, 1),

    async remove(number, viewer) {
      const found = await room.see(number, viewer)
      if (!found.ok) return found
      if (found.value.state.status !== 'draft') return refused('conflict', WHY.notDraft)
      const { id, channel, requester } = found.value.frame
      // One's own draft is one's own affair; what somebody wrote or said to the desk is not, and who threw it away is known.
      const audit = {
        at: clock(),
        actor: viewer.name,
        action: 'ticket.discard',
        subject: number,
        detail: { account: viewer.account, ...throughOf(viewer), from: requester.email || requester.name },
      }
      const gone = await tickets.removeDraft(id, ...(channel === 'portal' ? [] : [audit]))
      return gone ? done({ number }) : refused('conflict', WHY.notDraft)
    },

    async submit(number, viewer, seen) {
      const found = await room.see(number, viewer)
      if (!found.ok) return found
      if (seen !== undefined && seen !== (found.value.draft?.savedAt ?? 0)) return refused('stale', WHY.stale)
      return found.value.state.status === 'returned' ? resubmit(room, found.value, viewer) : submit(room, found.value, viewer)
    },
  }
}
