// A day of a list from outside, before it is checked.

/** A line as it stands there, not yet checked. */
export interface Entry {
  readonly line: number
  readonly date: string
  readonly name: string
  /** Empty: told from the name. */
  readonly kind: string
  readonly source: string
}

export interface Mistake {
  readonly line: number
  readonly reason: string
}

export interface Entries {
  readonly entries: readonly Entry[]
  readonly mistakes: readonly Mistake[]
}
