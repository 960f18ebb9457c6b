// A standard's figure by difficulty: easy takes the least, medium the middle rounded up to whole units, hard the most.
import type { Difficulty, Standard, StandardUnit } from '../../domain/standard.ts'

/** Without a difficulty nothing sooner than the most was promised. */
export function figureOf({ min, max }: Standard, difficulty: Difficulty | null): number {
  if (difficulty === null || difficulty === 'hard') return max
  return difficulty === 'easy' ? min : Math.min(max, Math.ceil((min + max) / 2))
}

/** Minutes and hours run in working time; the others are counted. */
export const isTime = (unit: StandardUnit): unit is 'minute' | 'hour' => unit === 'minute' || unit === 'hour'

export const millisecondsOf = (figure: number, unit: 'minute' | 'hour'): number => Math.round(figure * (unit === 'hour' ? 3_600_000 : 60_000))
