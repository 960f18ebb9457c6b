// May this viewer do that to the ticket now? One answer for the page that offers it and for the desk that does it.
import type { Instant } from '../../domain/call.ts'
import type { Answers, FormMistake, Words } from '../../domain/form.ts'
import type { Viewer } from '../../domain/people.ts'
import { may, type Permission } from '../../domain/policy.ts'
import type { Service, StepKind } from '../../domain/service.ts'
import { type Actor, type Level, type Priority, SIGNED_FORM } from '../../domain/ticket.ts'
import type { TicketAction } from '../../domain/ticket-action.ts'
import type { TicketDraft, TicketFrame } from '../../domain/ticket-record.ts'
import { WHY } from './reasons.ts'
import { beforeWork, isOpen, stepOf, type TicketState } from './state.ts'

/** Who sits on a chair at a moment, as it stands on paper: "Plh. Kepala Bidang …". */
export interface Holder {
  readonly person: number
  readonly name: string
  readonly position: string
  readonly standIn: boolean
}

export type Matrix = Readonly<Record<Level, Readonly<Record<Level, Priority>>>>

/** What a decision needs to know besides the ticket itself, looked up before. */
export interface Context {
  readonly at: Instant
  readonly frame: TicketFrame
  readonly service: Service
  /** Who acts, with the office acted by. */
  readonly actor: Actor
  /** Of the chair whose turn it is. */
  readonly holders: readonly Holder[]
  /** To whom it may go next. */
  readonly receivers: readonly Holder[]
  /** Who may be given the work. */
  readonly workers: readonly Holder[]
  /** People an action names. */
  readonly named: (person: number) => Holder | null
  /** How a chair is called. */
  readonly chair: (key: string) => string
  /** Whether who asked is of the echelon that the form wants. */
  readonly signerReaches: boolean
  readonly mistakes: { readonly requester: readonly FormMistake[]; readonly officer: readonly FormMistake[] }
  /** What was filled in and cleaned, by the requester in answer to a return, or by the officer; null: nothing new. */
  readonly filled: { readonly requester: Pick<TicketDraft, 'title' | 'products' | 'answers' | 'letter'> | null; readonly officer: Answers | null }
  readonly breached: boolean
  readonly matrix: Matrix
  /** By whose decree the viewer verifies; null: in no team. */
  readonly team: { readonly id: number; readonly name: string; readonly decree: string } | null
  readonly into: { readonly id: number; readonly organisation: number; readonly open: boolean } | null
  /** Drawn when it is written. */
  readonly drawn: { readonly document: number; readonly minutes: string; readonly agenda: number }
}

export type Kind = TicketAction['kind']
/** `hidden`: nothing this viewer would ever do here. Words: not yet, and why. Null: go ahead. */
export type Answer = Words | 'hidden' | null
type Guard = (state: TicketState, viewer: Viewer, context: Context) => Answer

const about = ({ frame }: Context) => ({ organisation: frame.organisation })
const can = (viewer: Viewer, permission: Permission, context: Context): boolean => may(viewer, permission, about(context))

/** Nobody works on what is not handed in, is over, with the requester, or paused. */
function running(state: TicketState): Words | null {
  if (state.status === 'draft') return WHY.draft
  if (state.status === 'returned') return WHY.returned
  if (state.status === 'paused') return WHY.paused
  return isOpen(state) ? null : WHY.ended
}

/** Whether the viewer may act for the chair: holds it now, own or as a stand-in, or was named where nobody holds it. */
function hasTurn(state: TicketState, viewer: Viewer, { service, holders }: Context): boolean {
  const step = stepOf(state, service)
  if (step === null) return false
  return viewer.positions.includes(step.owner) || (holders.length === 0 && state.turn?.person === viewer.person)
}

const atStep =
  (permission: Permission, ...kinds: readonly StepKind[]): Guard =>
  (state, viewer, context) => {
    if (!can(viewer, permission, context)) return 'hidden'
    const step = stepOf(state, context.service)
    if (!isOpen(state) || step === null) return 'hidden'
    if (!kinds.includes(step.kind)) {
      const wanted = context.service.steps.findLast(({ kind }) => kinds.includes(kind))
      const behind = wanted === undefined || context.service.steps.indexOf(wanted) < (state.step ?? 0)
      return behind ? 'hidden' : WHY.needsStep(step.label)
    }
    return running(state)
  }

/** A step of the desk: whoever holds the chair, unless a colleague has it in hand. */
const desk =
  (kind: StepKind): Guard =>
  (state, viewer, context) => {
    const answer = atStep('ticket.work', kind)(state, viewer, context)
    if (answer !== null) return answer
    const owner = stepOf(state, context.service)?.owner ?? ''
    if (state.turn !== null && state.turn.person !== viewer.person) return WHY.takenBy(state.turn.name)
    if (state.turn?.person === viewer.person || viewer.positions.includes(owner)) return null
    return context.holders.length === 0 ? WHY.vacant(context.chair(owner)) : WHY.notYourTurn(context.chair(owner))
  }

/** A step of the leadership: only who sits on the chair at this moment. */
const leader: Guard = (state, viewer, context) => {
  const answer = atStep('ticket.dispose', 'dispose', 'order')(state, viewer, context)
  if (answer !== null) return answer
  const owner = stepOf(state, context.service)?.owner ?? ''
  if (hasTurn(state, viewer, context)) return null
  return context.holders.length === 0 && state.turn === null ? WHY.vacant(context.chair(owner)) : WHY.notYourTurn(context.chair(owner))
}

const whileOpen =
  (permission: Permission): Guard =>
  (state, viewer, context) =>
    can(viewer, permission, context) && isOpen(state) ? null : 'hidden'

const signature: Guard = (state, _viewer, { service: { form }, signerReaches }) => {
  if (state.slots.includes(SIGNED_FORM)) return null
  if (form.signer.wetStamp) return WHY.stamp
  return form.signer.echelon === null || signerReaches ? null : WHY.signer(form.signer.echelon)
}

const all =
  (...guards: readonly Guard[]): Guard =>
  (state, viewer, context) => {
    for (const guard of guards) {
      const answer = guard(state, viewer, context)
      if (answer !== null) return answer
    }
    return null
  }

export const GUARDS: Readonly<Record<Kind, Guard>> = {
  verify: all(desk('verify'), signature, (_state, _viewer, { mistakes }) => (mistakes.officer.length > 0 ? WHY.officerFields : null)),
  return: desk('verify'),
  resubmit: (state, viewer, context) => {
    if (!can(viewer, 'ticket.answer', context) || state.status !== 'returned') return 'hidden'
    return context.mistakes.requester.length > 0 ? WHY.mistakes(context.mistakes.requester.length) : null
  },
  dispose: leader,
  sendBack: all(leader, (state, _viewer, { service }) => {
    const before = service.steps[(state.step ?? 0) - 1]
    return before === undefined || before.kind === 'submit' ? WHY.first : null
  }),
  take: (state, viewer, context) => {
    const step = stepOf(state, context.service)
    if (!can(viewer, 'ticket.work', context) || !isOpen(state) || step === null) return 'hidden'
    if (step.kind === 'dispose' || step.kind === 'order') return context.holders.length === 0 ? null : 'hidden'
    return state.turn?.person === viewer.person && context.workers.length < 2 ? 'hidden' : null
  },
  urgent: (state, viewer, context) => {
    if (!can(viewer, 'ticket.work', context) && !can(viewer, 'ticket.dispose', context)) return 'hidden'
    if (!isOpen(state) || state.urgent || !beforeWork(state, context.service)) return 'hidden'
    return running(state)
  },
  ratify: (state, viewer, { service, chair }) => {
    if (state.owed.length === 0 || !isOpen(state)) return 'hidden'
    const owner = service.steps.find(({ key }) => key === state.owed[0])?.owner ?? ''
    if (!may(viewer, 'ticket.dispose')) return 'hidden'
    return viewer.positions.includes(owner) ? null : WHY.notYourTurn(chair(owner))
  },
  phase: (state, viewer, context) => {
    if (context.service.phases.length === 0) return 'hidden'
    return all(desk('work'))(state, viewer, context)
  },
  work: desk('work'),
  report: desk('report'),
  minutes: all(desk('minutes'), state => (state.minutes === null ? null : WHY.minutesThere)),
  archive: all(desk('archive'), state => (state.owed.length > 0 ? WHY.owed : null)),
  pause: all(whileOpen('ticket.work'), running),
  resume: (state, viewer, context) => (can(viewer, 'ticket.work', context) && state.status === 'paused' ? null : 'hidden'),
  rate: whileOpen('ticket.work'),
  override: whileOpen('ticket.override'),
  difficulty: whileOpen('ticket.work'),
  agree: all(whileOpen('ticket.work'), (_state, _viewer, { breached }) => (breached ? null : 'hidden')),
  reject: (state, viewer, context) => {
    const kind = stepOf(state, context.service)?.kind
    if (kind === 'verify') return desk('verify')(state, viewer, context)
    return kind === 'dispose' || kind === 'order' ? leader(state, viewer, context) : 'hidden'
  },
  cancel: (state, viewer, context) => {
    if (!can(viewer, 'ticket.answer', context) || !isOpen(state)) return 'hidden'
    return beforeWork(state, context.service) ? null : WHY.work
  },
  merge: whileOpen('ticket.work'),
  note: (state, viewer, context) => (can(viewer, 'ticket.note', context) && state.status !== 'draft' ? null : 'hidden'),
  officerFields: whileOpen('ticket.work'),
  task: whileOpen('ticket.work'),
  taskDone: (state, viewer, context) =>
    can(viewer, 'ticket.work', context) && isOpen(state) && state.tasks.some(({ doneAt }) => doneAt === null) ? null : 'hidden',
  watch: (state, viewer, context) => (can(viewer, 'ticket.read', context) && state.status !== 'draft' ? null : 'hidden'),
  evaluate: (state, viewer, context) => {
    if (!can(viewer, 'ticket.answer', context) || context.service.evaluation.length === 0) return 'hidden'
    return state.status !== 'closed' || state.evaluated ? 'hidden' : null
  },
}
