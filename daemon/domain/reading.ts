// Readings travel in batches of typed arrays: one allocation for hundreds, transferred between threads without copying.

/** What became of one poll. */
export const POLL_STATUS = [
  'answered',
  'partial',
  'timeout',
  'refused',
  'unreachable',
  'wrongCredential',
  'garbage',
  'hostKeyChanged',
  'hostKeyUnknown',
] as const
export type PollStatus = (typeof POLL_STATUS)[number]

/**
 * Readings and poll reports in the order they came.
 * `value` NaN: the device answered and said it has no value.
 */
export interface Batch {
  /** Running number of the sender; acknowledged when the store has it. */
  readonly sequence: number
  readonly points: Uint32Array
  readonly values: Float64Array
  /** Milliseconds since 1970 when the answer came, one for each reading. */
  readonly at: Float64Array
  readonly polls: PollReports
}

/** Parallel columns, one row a poll. */
export interface PollReports {
  /** Device number in the records. */
  readonly devices: Uint32Array
  /** Milliseconds since 1970 at the end of the poll. */
  readonly at: Float64Array
  /** Milliseconds from the first PDU to the last answer. */
  readonly duration: Float32Array
  /** Index into POLL_STATUS. */
  readonly status: Uint8Array
  readonly pdus: Uint16Array
  readonly timeouts: Uint16Array
  /** Milliseconds the poll began after it was due. */
  readonly lag: Float32Array
}
