// The days of a month as weeks from Monday, dates as the calendar names them: `2026-11-20`. Pure.

const DAY = 86_400_000
const at = (date: string): number => Date.parse(`${date}T00:00:00Z`)
export const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** `2026-11` from an address; null when it is none. */
export const readMonth = (text: string | null): string | null => {
  const [, year = '', month = ''] = /^(\d{4})-(\d{2})$/.exec(text ?? '') ?? []
  return Number(year) >= 2000 && Number(year) <= 2199 && Number(month) >= 1 && Number(month) <= 12 ? `${year}-${month}` : null
}

/** `by` months on, or back. */
export function moveMonth(month: string, by: number): string {
  const [year = 0, no = 1] = month.split('-').map(Number)
  const index = year * 12 + no - 1 + by
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** Weeks of seven dates, Monday first; the first and last may reach into the neighbours. */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const first = at(`${month}-01`)
  const start = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY
  const end = at(`${moveMonth(month, 1)}-01`)
  const weeks: string[][] = []
  for (let week = start; week < end; week += 7 * DAY) weeks.push(Array.from({ length: 7 }, (_, i) => dateOf(week + i * DAY)))
  return weeks
}

/** The days before and after, for the arrow keys. */
export const moveDay = (date: string, by: number): string => dateOf(at(date) + by * DAY)

/** `08:00` → `08.00`. */
export const pointed = (time: string): string => time.replace(':', '.')
export const hoursOf = (blocks: readonly { readonly from: string; readonly until: string }[]): string =>
  blocks.map(one => `${pointed(one.from)}–${pointed(one.until)}`).join(', ')
