// What every errand carries: its stop and its log. Nothing is fetched from a global.

export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
  child(fields: object): Log
}

export interface Call {
  readonly signal: AbortSignal
  readonly log: Log
}

/** Milliseconds since 1970, UTC. */
export type Instant = number

/** Told the time rather than asking for it, so that tests turn the clock. */
export type Clock = () => Instant
