// What of the visits a site sets for itself: how long, how many, how long kept.
import { z } from 'zod'
import { GUESTS, LONGEST } from '../domain/visit.ts'

export const VisitSettings = z.strictObject({
  /** Days a visit may last. */
  longest: z.int().min(1).max(90).default(LONGEST),
  /** Guests of one escort at a time. */
  guests: z.int().min(1).max(50).default(GUESTS),
  /** Days after a visit until its people's data are taken away. */
  retention: z.int().min(30).max(3650).default(365),
  /** Days without use after which a standing badge is taken away. */
  dormant: z.int().min(30).max(3650).default(365),
  /** Days between two reviews of the standing badges. */
  review: z.int().min(7).max(730).default(90),
})
export type VisitSettings = z.output<typeof VisitSettings>

const KEY = 'visits'

export const settingsOf = async (settings: { get(key: string): Promise<unknown> }): Promise<VisitSettings> => {
  const read = VisitSettings.safeParse((await settings.get(KEY)) ?? {})
  return read.success ? read.data : VisitSettings.parse({})
}

export const setSettings = (settings: { set(key: string, value: unknown): Promise<void> }, value: VisitSettings): Promise<void> =>
  settings.set(KEY, value)
