// The answer to a field of terms: which version of them was agreed to, and when.
import type { Instant } from './call.ts'
import type { LeafField } from './form.ts'
import type { Value } from './form-values.ts'
import { otherTerms, wrongShape } from './form-words.ts'
import { wallTime } from './words/time.ts'

/** `at`: local date and time as a form has it (`2026-11-20T14:05`); empty until the desk has taken it. */
export type TermsAnswer = { readonly version: string; readonly at: string }

/** Now, as a form has it. */
export function localMoment(at: Instant, zone: string): string {
  const { year, month, day, hour, minute } = wallTime(at, zone)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/

export const isTerms = (answer: unknown): answer is TermsAnswer =>
  typeof answer === 'object' &&
  answer !== null &&
  'version' in answer &&
  typeof answer.version === 'string' &&
  'at' in answer &&
  typeof answer.at === 'string'

/** `now`: the desk takes it at this moment, whatever the sender says; what was agreed to before keeps its time. */
export function readTerms(field: LeafField, raw: unknown, before: unknown, now: string | undefined): Value {
  if (raw === undefined || raw === null) return { value: undefined, reasons: [] }
  const { version, at = '' } = (typeof raw === 'object' ? raw : {}) as { readonly version?: unknown; readonly at?: unknown }
  if (typeof version !== 'string' || typeof at !== 'string') return { value: undefined, reasons: [wrongShape(field)] }
  if (version !== field.version) return { value: undefined, reasons: [otherTerms(field)] }
  const agreed = isTerms(before) && before.version === version && MOMENT.test(before.at) ? before.at : undefined
  return { value: { version, at: agreed ?? now ?? (MOMENT.test(at) ? at : '') }, reasons: [] }
}
