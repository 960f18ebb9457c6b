// A working calendar: hours of each weekday, ranges with hours of their own (Ramadan), holidays with their source, exceptions, and the intake window.
import { z } from 'zod'
import type { Instant } from './call.ts'

/** A local date, `2026-11-20`, in the years a daemon may live to see. */
export const DateKey = z.iso.date().refine(date => date >= '2000-01-01' && date <= '2199-12-31', 'a date between 2000 and 2199')
export type DateKey = z.output<typeof DateKey>

/** Local time of day, `08:00`; `24:00` is the end of the day. */
const Time = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time is written 08:00')

/** Minutes since local midnight. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** From `from` up to, not including, `until`. What goes beyond midnight is written as two blocks on two days. */
export const Block = z.strictObject({ from: Time, until: Time }).refine(({ from, until }) => minuteOf(from) < minuteOf(until), {
  message: 'a block ends after it begins; beyond midnight write two',
  path: ['until'],
})
export type Block = z.output<typeof Block>

const Blocks = z
  .array(Block)
  .min(1)
  .max(24)
  .refine(blocks => blocks.every((block, i) => i === 0 || minuteOf(blocks[i - 1]?.until ?? '24:00') <= minuteOf(block.from)), {
    message: 'blocks stand in order and do not overlap',
  })

/** In the order of `Date.getUTCDay()`. */
export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

/** Hours by weekday; a weekday that is not named is free. */
export const Week = z.strictObject({
  monday: Blocks.optional(),
  tuesday: Blocks.optional(),
  wednesday: Blocks.optional(),
  thursday: Blocks.optional(),
  friday: Blocks.optional(),
  saturday: Blocks.optional(),
  sunday: Blocks.optional(),
})
export type Week = z.output<typeof Week>

/** National holiday, *cuti bersama*, a day of the region. */
const HOLIDAY_KINDS = ['national', 'joint-leave', 'regional'] as const
export const Holiday = z.strictObject({
  date: DateKey,
  name: z.string().trim().min(1).max(200),
  kind: z.enum(HOLIDAY_KINDS).default('national'),
  /** The decree it stands in. */
  source: z.string().trim().max(200).default(''),
})
export type Holiday = z.output<typeof Holiday>

/** Days with a week of their own, first and last included: Ramadan. */
export const DateRange = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    from: DateKey,
    until: DateKey,
    week: Week,
    source: z.string().trim().max(200).default(''),
    /** The dates are reckoned, not decided. */
    estimate: z.boolean().default(false),
  })
  .refine(({ from, until }) => from <= until, { message: 'a range ends on or after the day it begins', path: ['until'] })
export type DateRange = z.output<typeof DateRange>

const Reason = z.string().trim().min(3, 'say why').max(300)
/** What one date does against all rules: works though it is free, is closed though it works, has other hours. */
export const Exception = z.discriminatedUnion('kind', [
  /** Without blocks: the hours of that weekday, or of the first working day of the week. */
  z.strictObject({ kind: z.literal('open'), date: DateKey, blocks: Blocks.nullable().default(null), reason: Reason }),
  z.strictObject({ kind: z.literal('closed'), date: DateKey, reason: Reason }),
  z.strictObject({ kind: z.literal('hours'), date: DateKey, blocks: Blocks, reason: Reason }),
])
export type Exception = z.output<typeof Exception>

/** A year whose holidays are known from an official list; every other year is an estimate. */
export const OfficialYear = z.strictObject({ year: z.int().min(2000).max(2199), source: z.string().trim().min(1).max(300) })
export type OfficialYear = z.output<typeof OfficialYear>

export const CalendarKey = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a key has lower-case letters, digits and hyphens')

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/**
 * `intake`: when requests are taken in on a working day; outside it they count as received at its next opening. Null: whenever there is work.
 * `breaksStopClock`: whether the clock stands between two blocks of a day; by default it runs from the first block to the end of the last.
 * `dayOne`: which working day is the first of a standard in days.
 */
export const CalendarFields = z.strictObject({
  key: CalendarKey,
  name: z.strictObject({ id: z.string().trim().min(1).max(120), en: z.string().trim().min(1).max(120) }),
  timezone: z.string().refine(isZone, 'an IANA time zone, such as Asia/Jakarta'),
  intake: Block.nullable().default(null),
  week: Week,
  ranges: z.array(DateRange).max(100).default([]),
  holidays: z.array(Holiday).max(5_000).default([]),
  exceptions: z.array(Exception).max(2_000).default([]),
  breaksStopClock: z.boolean().default(false),
  dayOne: z
    .discriminatedUnion('rule', [
      z.strictObject({ rule: z.literal('next') }),
      /** The same day, when it began before `before`. */
      z.strictObject({ rule: z.literal('same'), before: Time }),
    ])
    .default({ rule: 'next' }),
  years: z.array(OfficialYear).max(200).default([]),
})

export const Calendar = CalendarFields.superRefine(({ week, ranges, holidays, exceptions, years }, context) => {
  const twice = (path: string, keys: readonly string[]) => {
    for (const [i, key] of keys.entries())
      if (keys.indexOf(key) < i) context.addIssue({ code: 'custom', path: [path, i], message: `${key} stands here twice` })
  }
  if (WEEKDAYS.every(day => week[day] === undefined))
    context.addIssue({ code: 'custom', path: ['week'], message: 'a week has at least one working day' })
  const sorted = ranges.toSorted((one, other) => (one.from < other.from ? -1 : 1))
  for (const [i, range] of sorted.entries()) {
    const before = sorted[i - 1]
    if (before !== undefined && before.until >= range.from)
      context.addIssue({ code: 'custom', path: ['ranges', ranges.indexOf(range)], message: `${range.name} overlaps ${before.name}` })
  }
  twice(
    'holidays',
    holidays.map(({ date, name }) => `${date} ${name}`),
  )
  twice(
    'exceptions',
    exceptions.map(({ date }) => date),
  )
  twice(
    'years',
    years.map(({ year }) => String(year)),
  )
})
export type Calendar = z.output<typeof Calendar>

/** A calendar as it stood from `since` on. An edit makes a new version; the old ones stay, because promises were made by them. */
export interface CalendarVersion {
  /** Counted from 1 for each calendar. */
  readonly version: number
  readonly since: Instant
  readonly by: string
  readonly reason: string
  readonly calendar: Calendar
}

export const DAY_KINDS = ['working', 'free', 'holiday', 'closed', 'extra', 'special'] as const
/** One date by all rules: `extra` works by exception, `special` has other hours by exception, `free` is no working day of the week. */
export interface CalendarDay {
  readonly date: DateKey
  readonly kind: (typeof DAY_KINDS)[number]
  readonly blocks: readonly Block[]
  /** Why: holidays' names, the exception's reason, the range's name. */
  readonly notes: readonly string[]
  /** Milliseconds the clock runs. */
  readonly working: number
}

/** A year of a calendar, for its page. */
export interface CalendarYear {
  readonly key: string
  readonly version: number
  readonly year: number
  /** Null: no official list yet, the year is an estimate ("perkiraan"). */
  readonly official: OfficialYear | null
  readonly days: readonly CalendarDay[]
  readonly months: readonly { readonly month: number; readonly workingDays: number; readonly working: number }[]
}

/** How a list from outside would change a calendar. */
export interface ImportPreview {
  readonly years: readonly number[]
  readonly added: readonly Holiday[]
  readonly changed: readonly { readonly was: Holiday; readonly is: Holiday }[]
  readonly removed: readonly Holiday[]
  readonly same: number
  /** Lines that were not understood; with any of them nothing is taken over. */
  readonly mistakes: readonly { readonly line: number; readonly reason: string }[]
}
