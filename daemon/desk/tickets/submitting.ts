// Handing in: what is checked, the number of the register, the day with room, the promise, and who is told; and the answer to a return.
import { check } from '../../domain/form-check.ts'
import { isMarked, type LetterMark, markOfForm, NO_LETTER } from '../../domain/letter-mark.ts'
import { done, failed, type Outcome, refused } from '../../domain/outcome.ts'
import { throughOf, type Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import type { Service } from '../../domain/service.ts'
import { type TicketFact, type TicketKind, ticketNumber } from '../../domain/ticket.ts'
import type { TicketDraft } from '../../domain/ticket-record.ts'
import { decide, errorsOf } from './decide.ts'
import { put } from './put.ts'
import { WHY } from './reasons.ts'
import type { Loaded, Room } from './room.ts'
import { addressed, messagesOf, tellings } from './tell.ts'

/** The answer to a return: the same as the action of that name. */
export async function resubmit(room: Room, loaded: Loaded, viewer: Viewer): Promise<Outcome<{ readonly number: string }>> {
  const context = await room.context(loaded, viewer)
  const facts = decide(loaded.state, { kind: 'resubmit' }, viewer, context)
  if (!facts.ok) return facts
  const written = await put(room, loaded, facts.value, { by: context.actor, action: 'resubmit', draft: null })
  return written.ok ? done({ number: loaded.frame.number ?? '' }) : written
}

/** What was typed of it; else what the form's own letter says. */
function letterOf({ form }: Pick<Service, 'form'>, { letter, answers }: Pick<TicketDraft, 'letter' | 'answers'>): LetterMark | undefined {
  const typed = letter ?? NO_LETTER
  const made = markOfForm(form, answers)
  const mark = { number: typed.number || made.number, date: typed.date || made.date }
  return isMarked(mark) ? mark : letter
}

const titleOf = (service: Service, products: readonly string[]): string => {
  const names = service.products.filter(({ key }) => products.includes(key)).map(({ name }) => name.id)
  const [only] = names
  return names.length === 1 && service.products.length > 1 ? `${service.name.id}: ${only ?? ''}` : service.name.id
}

export async function submit(room: Room, loaded: Loaded, viewer: Viewer): Promise<Outcome<{ readonly number: string }>> {
  const { tickets, notices, clock } = room.sources
  const { frame, service, draft } = loaded
  if (loaded.state.status !== 'draft' || draft === null) return refused('conflict', WHY.notDraft)
  if (!may(viewer, 'ticket.file', { organisation: frame.organisation })) return failed('forbidden', 'You may not hand this request in.')
  // A service with one product leaves nothing to choose.
  const products = draft.products.length === 0 && service.products.length === 1 ? service.products.map(({ key }) => key) : draft.products
  const checked = check(service.form, draft.answers, 'requester', {
    products,
    was: draft.answers,
    files: await room.files(loaded),
    applications: await room.applications(frame.organisation),
    ...room.sent(clock()),
  })
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
  const letter = letterOf(service, { ...draft, answers: checked.answers })
  const factsWith = (slot: string | null, agenda: number): TicketFact[] => [
    { kind: 'amended', answers: checked.answers, products, title, side: 'requester', ...(letter === undefined ? {} : { letter }) },
    { kind: 'submitted', received, slot, agenda },
    ...(about === null
      ? []
      : [{ kind: 'linked' as const, ticket: about.frame.id, as: frame.kind === 'request' ? ('related' as const) : frame.kind }]),
  ]
  // Whom to tell does not hang on the number or the slot: it is looked up before the transaction.
  const dry = room.move(loaded, factsWith(null, 0), actor, at)
  const letters = await addressed(room.sources, frame, tellings({ frame, service, moved: dry, seats }))

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
      const facts = factsWith(slot, entry)
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
            letter: letter?.number ?? '',
            dated: letter?.date ?? '',
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
            detail: { account: viewer.account, ...throughOf(viewer), service: service.key, version: frame.version },
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
  return room.written(about, moved, { organisation, seats })
}
