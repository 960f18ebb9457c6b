// What is not to be kept in clear does not come into the desk: identity numbers on forms.
import type { Desk } from './desk/desk.ts'

export interface Minimised {
  /** Does `work` with answers as they may be kept. What is remembered of the rest is written with the ticket that it writes, or nothing of both. */
  keeping<T>(answers: Readonly<Record<string, unknown>>, work: (answers: Readonly<Record<string, unknown>>) => Promise<T>): Promise<T>
}

/** The desk as strangers' words reach it: what is not to be kept of them does not come in. */
export function minimising(desk: Desk, { keeping }: Minimised): Desk {
  return {
    ...desk,
    open: (given, viewer) =>
      given.answers === undefined ? desk.open(given, viewer) : keeping(given.answers, answers => desk.open({ ...given, answers }, viewer)),
    save: (number, given, viewer, seen) => keeping(given.answers, answers => desk.save(number, { ...given, answers }, viewer, seen)),
    act: (number, action, viewer, seen) =>
      action.kind === 'officerFields'
        ? keeping(action.answers, answers => desk.act(number, { ...action, answers: { ...answers } } as typeof action, viewer, seen))
        : desk.act(number, action, viewer, seen),
  }
}
