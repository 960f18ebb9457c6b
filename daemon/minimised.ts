// What is not to be kept in clear does not come into the desk: identity numbers on forms.
import type { Desk } from './desk/desk.ts'

export interface Minimised {
  /** Answers as they may be kept, and what is remembered of them beside the ticket. */
  of(answers: Readonly<Record<string, unknown>>): {
    readonly answers: Readonly<Record<string, unknown>>
    remember(ticket: string): Promise<void>
  }
}

/** The desk as strangers' words reach it: what is not to be kept of them does not come in. */
export function minimising(desk: Desk, minimised: Minimised): Desk {
  return {
    ...desk,
    async open(given, viewer) {
      if (given.answers === undefined) return desk.open(given, viewer)
      const { answers, remember } = minimised.of(given.answers)
      const opened = await desk.open({ ...given, answers }, viewer)
      if (opened.ok) await remember(opened.value.number)
      return opened
    },
    async save(number, given, viewer, seen) {
      const { answers, remember } = minimised.of(given.answers)
      const saved = await desk.save(number, { ...given, answers }, viewer, seen)
      if (saved.ok) await remember(number)
      return saved
    },
    async act(number, action, viewer, seen) {
      if (action.kind !== 'officerFields') return desk.act(number, action, viewer, seen)
      const { answers, remember } = minimised.of(action.answers)
      const acted = await desk.act(number, { ...action, answers: { ...answers } }, viewer, seen)
      if (acted.ok) await remember(number)
      return acted
    },
  }
}
