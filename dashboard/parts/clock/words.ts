// Time of the service clock in words: an hour is an hour of work, a day is a working day, and neither is turned into the other.
import type { Measured } from '../../../daemon/domain/clock.ts'
import type { Standard } from '../../../daemon/domain/standard.ts'
import * as words from '../../../daemon/domain/words/clock-words.ts'
import { lang } from '../../words/index.ts'
import { countdown } from '../../words/say.ts'
import { when } from '../../words/when.ts'
import { isOver, type Reckoned, remainingAt, runs } from './remaining.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Milliseconds of working time: `47 mnt`, `1 j 31 mnt`, `37 j`. */
export const worked = (ms: number): string => words.workText(ms, lang.value)

/** `15 menit`, `3–5 hari kerja`. */
export const standardText = (standard: Standard): string => words.standardText(standard, lang.value)
/** Several run one after the other: `3–5 hari kerja + 5–15 hari kerja`. */
export const standardsText = (standards: readonly Standard[]): string => standards.map(standardText).join(' + ')

/** Days, weeks and months are counted, not run down. */
const counted = (standards: readonly Standard[]): boolean => standards.some(({ unit }) => unit !== 'minute' && unit !== 'hour')

/** What is left of a step or of the whole, or how far it is over; '' without a deadline. A colon only while it runs. */
export function leftText(reckoned: Reckoned, step: Measured, now: number): string {
  const left = remainingAt(reckoned, step, now)
  if (left === null) return ''
  if (isOver(reckoned, step, now)) return left > -MINUTE && step.due !== null ? when(step.due) : worked(left)
  if (counted(step.standards) && step.remainingDays !== null && step.remainingDays > 0)
    return words.inUnits(step.remainingDays, 'workday', lang.value)
  return left < HOUR && runs(reckoned, step, now) ? countdown(left / 1000) : worked(left)
}
