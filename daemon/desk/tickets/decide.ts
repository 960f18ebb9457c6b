// What an action comes to: the facts it adds to the ticket, or why it cannot be. Pure; whoever writes them down asks here first.
import type { FormMistake, Words } from '../../domain/form.ts'
import { done, type FieldError, type Outcome, refused } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import type { Step } from '../../domain/service.ts'
import type { TicketFact } from '../../domain/ticket.ts'
import type { TicketAction } from '../../domain/ticket-action.ts'
import { type Answer, type Context, GUARDS, type Holder, type Kind } from './guards.ts'
import { WHY } from './reasons.ts'
import { nextStep, stepOf, type TicketState } from './state.ts'

type Facts = Outcome<readonly TicketFact[]>
type Decide<K extends Kind> = (action: Extract<TicketAction, { kind: K }>, state: TicketState, viewer: Viewer, context: Context) => Facts

const facts = (...made: TicketFact[]): Facts => done(made)
const no = (words: Words, kind: 'invalid' | 'conflict' | 'forbidden' | 'notFound' = 'conflict', errors?: readonly FieldError[]) =>
  refused(kind, words, errors)
const FORBIDDEN: Words = { id: 'Tindakan ini tidak tersedia bagi Anda pada tiket ini.', en: 'You may not do this to this ticket now.' }

/** `conflict`: not now, and why; `forbidden`: not this viewer; `invalid`: not so. */
export function decide(state: TicketState, action: TicketAction, viewer: Viewer, context: Context): Facts {
  const answer = allowed(action.kind, state, viewer, context)
  if (answer === 'hidden') return no(FORBIDDEN, 'forbidden')
  if (answer !== null) return no(answer, 'conflict', mistakesOf(action.kind, context))
  const made = DECIDE[action.kind] as (action: TicketAction, state: TicketState, viewer: Viewer, context: Context) => Facts
  return made(action, state, viewer, context)
}

export const allowed = (kind: Kind, state: TicketState, viewer: Viewer, context: Context): Answer => GUARDS[kind](state, viewer, context)

/** All mistakes at once, each at its field. */
export const errorsOf = (mistakes: readonly FormMistake[]): FieldError[] =>
  mistakes.map(({ path, reason }) => ({ field: path, reason: reason.en, words: reason }))

function mistakesOf(kind: Kind, { mistakes }: Context): readonly FieldError[] | undefined {
  const found = kind === 'verify' ? mistakes.officer : kind === 'resubmit' ? mistakes.requester : []
  return found.length === 0 ? undefined : errorsOf(found)
}

const receiver = (holder: Holder) => ({ person: holder.person, name: holder.name, position: holder.position })
const worker = (person: number, { workers }: Context): Holder | undefined => workers.find(holder => holder.person === person)
const ownerOf = (step: Step | null, { chair }: Context): string => chair(step?.owner ?? '')

const DECIDE: { readonly [K in Kind]: Decide<K> } = {
  verify: ({ note }, _state, _viewer, { team }) => facts({ kind: 'verified', note, ...(team === null ? {} : { team }) }),
  return: ({ reason }) => facts({ kind: 'returned', reason }),
  resubmit: (_action, _state, _viewer, { filled: { requester } }) =>
    requester === null
      ? facts({ kind: 'resubmitted' })
      : facts(
          {
            kind: 'amended',
            answers: requester.answers,
            products: requester.products,
            title: requester.title,
            side: 'requester',
            ...(requester.letter === undefined ? {} : { letter: requester.letter }),
          },
          { kind: 'resubmitted' },
        ),

  dispose: ({ to, note }, state, _viewer, context) => {
    const holder = context.receivers.find(({ person }) => person === to)
    if (holder === undefined) return no(WHY.notReceiver(ownerOf(nextStep(state, context.service), context)), 'invalid')
    return facts({ kind: 'disposed', step: stepOf(state, context.service)?.key ?? '', to: receiver(holder), note })
  },
  sendBack: ({ note }, state, _viewer, { service }) => {
    const before = service.steps[(state.step ?? 0) - 1]
    return before === undefined ? no(WHY.first) : facts({ kind: 'sentBack', step: before.key, note })
  },
  take: ({ person }, state, viewer, context) => {
    const step = stepOf(state, context.service)
    const wanted = person ?? viewer.person
    if (step?.kind === 'dispose' || step?.kind === 'order') {
      const holder = context.named(wanted)
      return holder === null ? no(WHY.notReceiver(ownerOf(step, context)), 'invalid') : facts({ kind: 'taken', person: wanted, name: holder.name })
    }
    const holder = worker(wanted, context)
    return holder === undefined ? no(WHY.notOfficer, 'invalid') : facts({ kind: 'taken', person: wanted, name: holder.name })
  },
  urgent: ({ to, reason }, _state, _viewer, context) => {
    const holder = worker(to, context)
    return holder === undefined ? no(WHY.notOfficer, 'invalid') : facts({ kind: 'urgent', reason, to: receiver(holder) })
  },
  ratify: ({ note }, state) => {
    const [step] = state.owed
    return step === undefined ? no(WHY.nothingOwed) : facts({ kind: 'ratified', step, note })
  },

  phase: ({ phase, note }, _state, _viewer, { service }) =>
    service.phases.some(({ key }) => key === phase) ? facts({ kind: 'phase', phase, note }) : no(WHY.noPhase, 'invalid'),
  work: ({ note }) => facts({ kind: 'worked', note }),
  report: ({ text, recommendation }) => facts({ kind: 'reported', text, recommendation }),
  minutes: (_action, _state, _viewer, { drawn }) => facts({ kind: 'minuted', document: drawn.document, number: drawn.minutes }),
  archive: (_action, _state, _viewer, { drawn }) => facts({ kind: 'archived', agenda: drawn.agenda }),

  pause: ({ reason, note }) => facts({ kind: 'paused', reason, note }),
  resume: ({ note }) => facts({ kind: 'resumed', note }),
  rate: ({ impact, urgency }, _state, _viewer, { matrix }) => facts({ kind: 'rated', impact, urgency, priority: matrix[impact][urgency] }),
  override: ({ priority, reason }) => facts({ kind: 'overridden', priority, reason }),
  difficulty: ({ level, reason }) => facts({ kind: 'difficulty', level, reason }),
  agree: ({ due, reason, signer }, _state, _viewer, { at }) => (due <= at ? no(WHY.past, 'invalid') : facts({ kind: 'agreed', due, reason, signer })),

  reject: ({ reason }) => facts({ kind: 'rejected', reason }),
  cancel: ({ reason }) => facts({ kind: 'cancelled', reason }),
  merge: (_action, _state, _viewer, { into, frame }) => {
    if (into === null || !into.open) return no(WHY.noTarget, 'invalid')
    if (into.id === frame.id) return no(WHY.itself, 'invalid')
    return into.organisation === frame.organisation ? facts({ kind: 'merged', into: into.id }) : no(WHY.otherOwner, 'invalid')
  },

  note: ({ text, visibility }, _state, viewer) =>
    visibility === 'internal' && !may(viewer, 'ticket.internal')
      ? no(FORBIDDEN, 'forbidden')
      : facts({ kind: 'note', text, visibility, channel: 'portal' }),
  officerFields: ({ letter }, state, _viewer, { mistakes, filled }) =>
    mistakes.officer.length > 0
      ? no(WHY.mistakes(mistakes.officer.length), 'invalid', errorsOf(mistakes.officer))
      : facts({ kind: 'amended', answers: filled.officer ?? state.answers, side: 'officer', ...(letter === undefined ? {} : { letter }) }),
  task: ({ title, person, due }, state, _viewer, context) =>
    person !== null && context.named(person) === null
      ? no(WHY.notOfficer, 'invalid')
      : facts({ kind: 'task', task: state.tasks.length + 1, title, person, due }),
  taskDone: ({ task, note }, state) =>
    state.tasks.some(({ id, doneAt }) => id === task && doneAt === null) ? facts({ kind: 'taskDone', task, note }) : no(WHY.noTask, 'notFound'),
  watch: ({ on }, _state, viewer) => facts({ kind: 'watched', person: viewer.person, on }),
  evaluate: ({ scores, comment }, _state, _viewer, { service }) =>
    scores.length === service.evaluation.length
      ? facts({ kind: 'evaluated', scores, comment })
      : no(WHY.scores(service.evaluation.length), 'invalid'),
}
