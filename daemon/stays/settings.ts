// What of colocation a site sets for itself: how long a place is kept, when somebody is reminded.
import { z } from 'zod'

const StaySettings = z.strictObject({
  /** Days a reservation holds. */
  holds: z.int().min(1).max(180).default(14),
  /** Days before the end of a reservation, and of a stay, that those concerned are told. */
  warns: z.int().min(1).max(60).default(3),
  reminds: z.int().min(1).max(180).default(30),
  /** How far above what was agreed, %, for how long, minutes, until it is an alarm. */
  over: z.number().min(0).max(100).default(5),
  overFor: z.int().min(1).max(1440).default(10),
})
export type StaySettings = z.output<typeof StaySettings>

export const settingsOf = async (settings: { get(key: string): Promise<unknown> }): Promise<StaySettings> => {
  const read = StaySettings.safeParse((await settings.get('stays')) ?? {})
  return read.success ? read.data : StaySettings.parse({})
}
