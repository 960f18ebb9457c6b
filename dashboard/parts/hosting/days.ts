// Whole days between two instants. Pure.
const DAY = 86_400_000

/** Negative: it is over. */
export const daysUntil = (until: number, now: number): number => Math.floor((until - now) / DAY)
