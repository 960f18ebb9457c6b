// Names of chairs, people and states of a ticket, and the sentence that says what is awaited.

import type { Step } from '../../../daemon/domain/service.ts'
import type { TicketHead, TicketView } from '../../../daemon/domain/ticket-view.ts'
import { useDerived } from '../../live/derived.ts'
import { now } from '../../live/index.ts'
import { chairName, chairShort } from '../../parts/clock/chairs.ts'
import { isOver, remainingAt, type Urgency, urgencyOf } from '../../parts/clock/remaining.ts'
import { leftText } from '../../parts/clock/words.ts'
import { viewer } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { moment, text } from '../../words/say.ts'

/** A step as people call it: `Disposisi Kadis`. */
export function stepName({ kind, owner }: Pick<Step, 'kind' | 'owner'>): string {
  const { stepNames } = t.value.tickets
  return kind === 'dispose' ? stepNames.dispose(chairShort(owner)) : stepNames[kind]
}

/** Whether it waits for the viewer: named, or any holder of the chair. */
export function isMine(head: Pick<TicketHead, 'turn' | 'organisation' | 'endedAt'>): boolean {
  const is = viewer.value
  const { turn } = head
  if (is === null || turn === null || head.endedAt !== null) return false
  if (turn.person !== null) return turn.person === is.person
  return turn.chair === 'requester'
    ? is.organisations.includes(head.organisation) && is.roles.includes('requester')
    : is.positions.includes(turn.chair)
}

/** Who has it, in words. */
export const turnName = (head: Pick<TicketHead, 'turn'>): string => {
  const { turn } = head
  return turn === null ? '' : turn.name === '' ? chairName(turn.chair) : turn.name
}

export interface Sentence {
  readonly text: string
  readonly urgency: Urgency
}

/** What is awaited, of whom, and how much of the step's time is left. */
function sentenceOf(view: TicketView, at: number): Sentence {
  const { sentence, awaited, pauses } = t.value.tickets
  const fine = (said: string): Sentence => ({ text: said, urgency: 'fine' })
  const ended = view.endedAt === null ? '' : moment(view.endedAt, at)
  const mine = isMine(view)
  switch (view.status) {
    case 'draft':
      return fine(sentence.draft)
    case 'returned':
      return fine(mine ? sentence.returnedMine : sentence.returned)
    case 'paused':
      return fine(sentence.paused(view.pause === null ? '' : pauses[view.pause]))
    case 'rejected':
    case 'cancelled':
    case 'closed':
      return fine(sentence[view.status](ended))
    case 'merged':
      return fine(sentence.merged(view.links.find(link => link.as === 'into')?.number ?? ''))
    case 'open': {
      const definition = view.serviceDefinition.steps.find(step => step.key === view.step?.key)
      const what = definition === undefined ? text(view.step?.label ?? { id: '', en: '' }) : awaited[definition.kind]
      const said = view.vacant
        ? sentence.nobody(what, chairName(view.turn?.chair ?? ''))
        : mine
          ? sentence.mine(what)
          : sentence.other(what, turnName(view))
      const step = view.clock?.steps.find(one => one.key === view.step?.key)
      if (step === undefined) return fine(said)
      const left = remainingAt(view, step, at)
      if (left === null) return fine(said)
      const time = leftText(view, step, at)
      return { text: `${said}, ${isOver(view, step, at) ? sentence.over(time) : sentence.left(time)}`, urgency: urgencyOf(view, step, at) }
    }
  }
}

/** The sentence, running with the clock. */
export const useSentence = (view: TicketView) => useDerived(() => sentenceOf(view, now.value), [view])

/** Whether the viewer follows it. */
export const isWatching = (head: Pick<TicketHead, 'watchers'>): boolean => {
  const is = viewer.value
  return is !== null && head.watchers.includes(is.person)
}
