// A time standard as official documents write it: "30 menit", "3-5 hari kerja", "1 s.d 3 bulan".
import { z } from 'zod'

/** Minutes and hours run inside working windows; the others count working days or calendar periods. The two kinds are never mixed. */
export const UNITS = ['minute', 'hour', 'workday', 'week', 'month'] as const
export type StandardUnit = (typeof UNITS)[number]

export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const
export type Difficulty = (typeof DIFFICULTIES)[number]

/** More than this is a slip of the pen, not a promise: some ten years of days, weeks or months. */
const MOST: Readonly<Record<StandardUnit, number>> = { minute: 10_000, hour: 10_000, workday: 2_500, week: 520, month: 120 }

/** `min` = `max` for a plain figure. Breach is only past `max`; the difficulty picks the target in between. */
export const Standard = z
  .strictObject({ min: z.number().positive(), max: z.number().positive(), unit: z.enum(UNITS) })
  .refine(({ min, max }) => min <= max, { message: 'min must not be above max', path: ['min'] })
  .refine(({ max, unit }) => max <= MOST[unit], { message: 'longer than any promise', path: ['max'] })
export type Standard = z.output<typeof Standard>
