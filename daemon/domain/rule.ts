// Rules: when a point's reading is an alarm, and how grave.

export const SEVERITIES = ['critical', 'warning', 'unknown'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Why an alarm is raised; all that rules of a profile can say. */
export type AlarmRule =
  /** Beyond a fixed limit for `delay` seconds; clears when back by `hysteresis` (canonical unit). */
  | {
      readonly kind: 'above' | 'below'
      readonly limit: number
      readonly hysteresis: number
      readonly delay: number
      readonly severity: Exclude<Severity, 'unknown'>
    }
  /** Beyond the limits that came with the point (device's own columns or profile). */
  | { readonly kind: 'limits'; readonly hysteresis: number; readonly delay: number }
  /** The state's normal form is warning or critical for `delay` seconds. */
  | { readonly kind: 'state'; readonly delay: number }
