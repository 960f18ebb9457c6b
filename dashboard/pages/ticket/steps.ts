// The steps of a ticket for its chain: which are done and by whom, which one runs, which are still to come. Pure.
import type { StepClock } from '../../../daemon/domain/clock.ts'
import type { Step } from '../../../daemon/domain/service.ts'
import type { TicketEvent } from '../../../daemon/domain/ticket.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'

export interface ChainStep {
  readonly step: Step
  readonly state: 'done' | 'now' | 'todo' | 'skipped'
  /** Who did it or has it; null: the chair. */
  readonly who: string | null
  readonly clock: StepClock | null
}

type Kind = TicketEvent['kind']

/** The event that ends a step of each kind. */
const ENDS: Readonly<Record<Step['kind'], Kind>> = {
  submit: 'submitted',
  verify: 'verified',
  dispose: 'disposed',
  order: 'disposed',
  work: 'worked',
  report: 'reported',
  minutes: 'minuted',
  archive: 'archived',
}

type Stepped = Pick<TicketView, 'serviceDefinition' | 'step' | 'status' | 'endedAt' | 'turn' | 'clock' | 'events'>

export function chainOf(view: Stepped): readonly ChainStep[] {
  const steps = view.serviceDefinition.steps.filter(step => step.kind !== 'submit')
  const at = steps.findIndex(step => step.key === view.step?.key)
  return steps.map((step, i) => {
    const clock = view.clock?.steps.find(one => one.key === step.key) ?? null
    const ended = view.status === 'closed' || (clock?.ended ?? null) !== null || (at >= 0 && i < at)
    const state = ended ? 'done' : view.endedAt !== null ? 'skipped' : i === at ? 'now' : 'todo'
    return { step, state, who: state === 'now' ? (view.turn?.name ?? null) || null : state === 'done' ? whoDid(view.events, step) : null, clock }
  })
}

function whoDid(events: readonly TicketEvent[], step: Step): string | null {
  const kind = ENDS[step.kind]
  const event = events.findLast(one => one.kind === kind && (one.kind !== 'disposed' || one.step === step.key))
  return event?.by.name ?? null
}
