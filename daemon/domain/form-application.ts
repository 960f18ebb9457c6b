// The answer to a field that asks for an application: one of the register by its number, or a name that is not in the register (yet).
import type { Answer, Answers, Form, LeafField } from './form.ts'

/** `name` as it was when it was answered: papers keep it. */
export type ApplicationAnswer = { readonly id: number; readonly name: string }

/** Two spellings of one name are one application. */
export const sameName = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()

export const isApplication = (answer: unknown): answer is ApplicationAnswer =>
  typeof answer === 'object' &&
  answer !== null &&
  'id' in answer &&
  typeof answer.id === 'number' &&
  'name' in answer &&
  typeof answer.name === 'string'

/** Null: nothing was answered. */
export const applicationName = (answer: Answer | undefined): string | null =>
  isApplication(answer) ? answer.name : typeof answer === 'string' && answer !== '' ? answer : null

/** The field that says which application a request is about: at most one, and in no group. */
export function applicationField({ sections }: Pick<Form, 'sections'>): LeafField | null {
  for (const { fields } of sections) for (const field of fields) if (field.type === 'application') return field
  return null
}

/** Number in the register; null: none is asked for, or what was answered is not in it. */
export function applicationOf(form: Pick<Form, 'sections'>, answers: Answers): number | null {
  const field = applicationField(form)
  const answer = field === null ? undefined : answers[field.key]
  return isApplication(answer) ? answer.id : null
}

/** What is to be entered into the register once the desk has looked at it; null: nothing. */
export function newApplication(form: Pick<Form, 'sections'>, answers: Answers): { readonly field: string; readonly name: string } | null {
  const field = applicationField(form)
  const answer = field === null ? undefined : answers[field.key]
  return field?.creates === true && typeof answer === 'string' && answer !== '' ? { field: field.key, name: answer } : null
}
