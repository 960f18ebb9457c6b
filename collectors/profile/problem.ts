// What is wrong with a profile, and where.

export interface Problem {
  readonly file: string
  readonly line: number
  /** Path to the place, as `tables.2.points.0.unit`. */
  readonly key: string
  readonly reason: string
  readonly remedy: string
}

/** A key path in the file. */
export type Path = readonly (string | number)[]

/** A problem whose line is not known yet. */
export interface Found {
  readonly path: Path
  readonly reason: string
  readonly remedy: string
}

/** One line for people. */
export const sayProblem = (problem: Problem): string =>
  `${problem.file}:${problem.line}: ${problem.key === '' ? '' : `${problem.key}: `}${problem.reason}${problem.remedy === '' ? '' : ` — ${problem.remedy}`}`
