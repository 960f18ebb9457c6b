// Sizes, days and times of hosting in the viewer's words.

import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { dayNow } from '../../words/when.ts'
import type { Tone } from '../tone.ts'
import { daysUntil } from './days.ts'

/** MiB as people read them: `512 MiB`, `1,5 GiB`. */
export function mebibytes(mib: number): string {
  const words = t.value.hosting
  return mib < 1024 ? words.mib(number(mib)) : words.gib(number(mib / 1024, mib % 1024 === 0 || mib >= 102_400 ? 0 : 1))
}

/** Under a tenth left it is nearly full. */
export const toneOfUse = (used: number | null, quota: number): Tone =>
  used === null ? 'unknown' : used >= quota ? 'crit' : used >= quota * 0.9 ? 'warn' : 'ok'

/** Whole days from now until then; negative: it is over. */
export const daysLeft = (until: number): number => daysUntil(until, dayNow.value)

export const toneOfDays = (days: number): 'crit' | 'warn' | 'ok' => (days < 7 ? 'crit' : days < 21 ? 'warn' : 'ok')

/** Of a step or a run: tenths of a second up to a minute, then minutes and seconds. */
export function took(ms: number): string {
  if (ms < 100) return `< ${t.value.hosting.seconds(number(0.1, 1))}`
  if (ms < 60_000) return t.value.hosting.seconds(number(ms / 1000, 1))
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
