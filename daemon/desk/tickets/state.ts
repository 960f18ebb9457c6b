// What a ticket has come to, worked out from its events: nothing else is remembered, nothing can disagree.
import type { Instant } from '../../domain/call.ts'
import type { Answers } from '../../domain/form.ts'
import { type LetterMark, NO_LETTER } from '../../domain/letter-mark.ts'
import type { Service, Step, StepKind } from '../../domain/service.ts'
import type { Difficulty } from '../../domain/standard.ts'
import { ENDED, type Level, type PauseReason, type Priority, type TicketEvent, type TicketStatus } from '../../domain/ticket.ts'
import type { DocumentState } from '../../domain/ticket-view.ts'

export interface Named {
  readonly person: number
  readonly name: string
}

export interface Task {
  readonly id: number
  readonly title: string
  readonly person: number | null
  readonly due: Instant | null
  readonly doneAt: Instant | null
}

export interface TicketState {
  readonly status: TicketStatus
  /** Index in the service's steps; null as long as it is a draft. Stays where it was when the ticket ends. */
  readonly step: number | null
  /** Who was named for this step: by a disposition, or by taking it. Null: the chair as such. */
  readonly turn: Named | null
  /** Who does the work, once an order named one. */
  readonly assignee: Named | null
  /** Who handed it on at which step; the way back. */
  readonly trail: readonly { readonly step: number; readonly by: Named | null }[]
  readonly title: string
  readonly products: readonly string[]
  readonly answers: Answers
  readonly filedAt: Instant | null
  readonly received: Instant | null
  readonly slot: string | null
  readonly endedAt: Instant | null
  readonly changedAt: Instant
  readonly impact: Level | null
  readonly urgency: Level | null
  readonly priority: Priority
  readonly overridden: boolean
  readonly difficulty: Difficulty | null
  readonly phase: string | null
  readonly pause: PauseReason | null
  readonly promised: Instant | null
  readonly agreed: Instant | null
  readonly urgent: boolean
  /** Keys of the steps that the urgent path went past and nobody has ratified yet. */
  readonly owed: readonly string[]
  readonly report: { readonly text: string; readonly recommendation: string; readonly at: Instant; readonly by: string } | null
  readonly minutes: { readonly document: number; readonly number: string; readonly state: DocumentState } | null
  /** In the agenda book: as it came in, and as its papers went out. */
  readonly incoming: number | null
  readonly agenda: number | null
  readonly tasks: readonly Task[]
  readonly watchers: readonly number[]
  /** Of the letter it came with. */
  readonly letter: LetterMark
  /** Of the files that count, one by one. */
  readonly slots: readonly string[]
  readonly struck: readonly { readonly attachment: number; readonly at: Instant; readonly by: string; readonly reason: string }[]
  readonly evaluated: boolean
  /** Whom the escalations told, by step and before or after. */
  readonly escalated: readonly string[]
  readonly seq: number
}

export const BEGIN: TicketState = {
  status: 'draft',
  step: null,
  turn: null,
  assignee: null,
  trail: [],
  title: '',
  products: [],
  answers: {},
  filedAt: null,
  received: null,
  slot: null,
  endedAt: null,
  changedAt: 0,
  impact: null,
  urgency: null,
  priority: 'medium',
  overridden: false,
  difficulty: null,
  phase: null,
  pause: null,
  promised: null,
  agreed: null,
  urgent: false,
  owed: [],
  report: null,
  minutes: null,
  incoming: null,
  agenda: null,
  tasks: [],
  watchers: [],
  letter: NO_LETTER,
  slots: [],
  struck: [],
  evaluated: false,
  escalated: [],
  seq: 0,
}

type Procedure = Pick<Service, 'steps'>

export const fold = (events: readonly TicketEvent[], service: Procedure, from: TicketState = BEGIN): TicketState =>
  events.reduce((state, event) => apply(state, event, service), from)

export const stepOf = (state: TicketState, { steps }: Procedure): Step | null => (state.step === null ? null : (steps[state.step] ?? null))
export const nextStep = (state: TicketState, { steps }: Procedure): Step | null => (state.step === null ? null : (steps[state.step + 1] ?? null))
export const isOpen = ({ status }: TicketState): boolean => status !== 'draft' && !ENDED.has(status)
const indexOf = ({ steps }: Procedure, kind: StepKind): number => steps.findIndex(step => step.kind === kind)
/** Whether the desk has looked at what was handed in: it has gone on from there. */
export function isTakenUp(state: TicketState, service: Procedure): boolean {
  const kind = stepOf(state, service)?.kind
  return isOpen(state) && state.status !== 'returned' && kind !== undefined && kind !== 'submit' && kind !== 'verify'
}
/** Whether the ticket stands before the step of work. */
export const beforeWork = (state: TicketState, service: Procedure): boolean => state.step === null || state.step < indexOf(service, 'work')

export function apply(state: TicketState, event: TicketEvent, service: Procedure): TicketState {
  const next = { ...state, ...change(state, event, service), seq: event.seq, changedAt: Math.max(state.changedAt, event.at) }
  if (next.step === state.step) return next
  // A step that begins anew is reminded of anew.
  const key = stepOf(next, service)?.key ?? ''
  return { ...next, escalated: next.escalated.filter(told => !told.startsWith(`${key}/`)) }
}

/** On to the next step; whoever was named for this one is remembered for the way back. */
function onward(state: TicketState, event: TicketEvent, turn: Named | null): Partial<TicketState> {
  const { step, trail } = state
  const by = event.by.person === null ? null : { person: event.by.person, name: event.by.name }
  return { step: step === null ? null : step + 1, turn, trail: step === null ? trail : [...trail, { step, by }] }
}

function change(state: TicketState, event: TicketEvent, service: Procedure): Partial<TicketState> {
  switch (event.kind) {
    case 'submitted':
      return {
        status: 'open',
        step: Math.max(0, indexOf(service, 'submit')) + 1,
        filedAt: event.at,
        received: event.received,
        slot: event.slot,
        incoming: event.agenda ?? null,
      }
    case 'amended':
      return {
        answers: event.answers,
        ...(event.products === undefined ? {} : { products: event.products }),
        ...(event.title === undefined ? {} : { title: event.title }),
        ...(event.letter === undefined ? {} : { letter: event.letter }),
      }
    case 'verified':
      return onward(state, event, null)
    case 'registered':
      return { answers: { ...state.answers, [event.field]: event.application } }
    case 'returned':
      return { status: 'returned' }
    case 'resubmitted':
      return { status: 'open' }
    case 'disposed': {
      const to = { person: event.to.person, name: event.to.name }
      const ordered = service.steps[state.step ?? -1]?.kind === 'order'
      return { ...onward(state, event, to), ...(ordered ? { assignee: to } : {}) }
    }
    case 'sentBack': {
      const step = service.steps.findIndex(({ key }) => key === event.step)
      if (step < 0) return {}
      const before = state.trail.findLast(made => made.step === step)
      return { step, turn: before?.by ?? null, trail: state.trail.filter(made => made.step < step) }
    }
    case 'taken': {
      const named = { person: event.person, name: event.name }
      return { turn: named, ...(beforeWork(state, service) ? {} : { assignee: named }) }
    }
    case 'urgent': {
      const work = indexOf(service, 'work')
      const to = { person: event.to.person, name: event.to.name }
      const passed = service.steps.slice(state.step ?? 0, work).filter(({ kind }) => kind === 'dispose' || kind === 'order')
      return { step: work, turn: to, assignee: to, urgent: true, owed: passed.map(({ key }) => key), priority: 'critical', overridden: true }
    }
    case 'ratified':
      return { owed: state.owed.filter(key => key !== event.step) }
    case 'phase':
      return { phase: event.phase }
    case 'worked':
      return onward(state, event, state.assignee)
    case 'reported':
      return {
        ...onward(state, event, state.assignee),
        report: { text: event.text, recommendation: event.recommendation, at: event.at, by: event.by.name },
      }
    case 'minuted':
      return { minutes: { document: event.document, number: event.number, state: 'draft' } }
    case 'document':
      return ofDocument(state, event, service)
    case 'archived':
      return { status: 'closed', endedAt: event.at, agenda: event.agenda, turn: null }
    case 'paused':
      return { status: 'paused', pause: event.reason }
    case 'resumed':
      return { status: 'open', pause: null }
    case 'rejected':
    case 'cancelled':
    case 'merged':
      return { status: event.kind, endedAt: event.at, pause: null, turn: null }
    case 'rated':
      return { impact: event.impact, urgency: event.urgency, ...(state.overridden ? {} : { priority: event.priority }) }
    case 'overridden':
      return { priority: event.priority, overridden: true }
    case 'difficulty':
      return { difficulty: event.level }
    case 'promised':
      return { promised: event.due }
    case 'agreed':
      // A new date is a new promise: of it people are told as of the first.
      return { agreed: event.due, escalated: state.escalated.filter(told => !told.startsWith(`${WHOLE_TICKET}/`)) }
    case 'escalated':
      return { escalated: [...state.escalated, escalationKey(event.step, event.before)] }
    case 'attached':
      return event.slot === null ? {} : { slots: [...state.slots, event.slot] }
    case 'struck': {
      const one = state.slots.indexOf(event.slot ?? '')
      return {
        slots: one < 0 ? state.slots : state.slots.toSpliced(one, 1),
        struck: [...state.struck, { attachment: event.attachment, at: event.at, by: event.by.name, reason: event.reason }],
      }
    }
    case 'task':
      return { tasks: [...state.tasks, { id: event.task, title: event.title, person: event.person, due: event.due, doneAt: null }] }
    case 'taskDone':
      return { tasks: state.tasks.map(task => (task.id === event.task ? { ...task, doneAt: event.at } : task)) }
    case 'watched':
      return { watchers: event.on ? [...new Set([...state.watchers, event.person])] : state.watchers.filter(person => person !== event.person) }
    case 'evaluated':
      return { evaluated: true }
    case 'created':
    case 'note':
    case 'replied':
    case 'absorbed':
    case 'linked':
      return {}
  }
}

/** In the place of a step's key. */
export const WHOLE_TICKET = 'whole'
export const escalationKey = (step: string, before: boolean): string => `${step}/${before ? 'before' : 'after'}`

/** The minutes that came back signed by all end their step; those that were made void are drawn up anew. */
function ofDocument(state: TicketState, event: TicketEvent & { readonly kind: 'document' }, service: Procedure): Partial<TicketState> {
  if (state.minutes?.document !== event.document) return {}
  if (event.state === 'void') return { minutes: null }
  const minutes = { ...state.minutes, state: event.state as DocumentState }
  const here = stepOf(state, service)?.kind === 'minutes'
  return event.state === 'returned' && here ? { ...onward(state, event, state.assignee), minutes } : { minutes }
}
