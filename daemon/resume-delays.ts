// After a start the delays of alarms go on where they were: a limit that has been exceeded for nine of its ten minutes is not counted anew.
import type { Alarms } from './alarm/open.ts'
import type { Interrupted } from './alarm/resume.ts'
import type { Call, Clock } from './domain/call.ts'
import type { Telemetry } from './store/telemetry/telemetry.ts'

/** Rows of a point that are asked at most: a delay of an hour reading by reading, a longer one in spans. */
const ROWS = 1000

export interface Delays {
  readonly alarms: Pick<Alarms, 'interrupted' | 'resume'>
  readonly telemetry: Pick<Telemetry, 'history'>
  readonly latest: Awaited<ReturnType<Telemetry['latest']>>
  readonly clock: Clock
  readonly log: Call['log']
}

/** Reads back only the points that were beyond a limit when Suar stopped. A store that cannot answer is told of, and delays begin anew. */
export async function resumeDelays({ alarms, telemetry, latest, clock, log }: Delays): Promise<void> {
  const byStart = new Map<number, Interrupted[]>()
  for (const one of alarms.interrupted(latest)) {
    // One question for all of one length: the beginnings differ by no more than the moments at which they were read.
    const start = Math.floor(one.from / 60_000) * 60_000
    byStart.set(start, [...(byStart.get(start) ?? []), one])
  }
  for (const [from, points] of byStart) {
    const past = await telemetry.history(
      points.map(({ no }) => no),
      from,
      clock() + 1,
      ROWS,
    )
    if (past.ok) for (const [i, series] of past.value.series.entries()) alarms.resume(points[i]!, { ...series, step: past.value.step })
    else log.warn({ points: points.length, reason: past.failure.message }, 'delays of alarms begin anew: the readings of before cannot be read')
  }
}
