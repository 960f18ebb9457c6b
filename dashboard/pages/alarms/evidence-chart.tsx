// Readings around the moment an alarm was raised, with its limit and where it clears.
import { useMemo } from 'preact/hooks'
import type { Alarm } from '../../../daemon/domain/alarm.ts'
import type { PointView } from '../../../daemon/stream/contract.ts'
import { Chart } from '../../charts/chart.tsx'
import type { Limit, Mark } from '../../charts/limits.ts'
import { useTracks } from '../../charts/tracks.ts'
import { nowExact } from '../../live/index.ts'
import { t } from '../../words/index.ts'
import { clockShort, measured } from '../../words/say.ts'

const HOUR = 3_600_000

/** From an hour before it was raised (more for a long one) to its end, or to now while it stands. At most a week. */
function around(alarm: Pick<Alarm, 'raisedAt' | 'clearedAt'>, now: number): { readonly from: number; readonly to: number; readonly live: boolean } {
  const end = alarm.clearedAt ?? now
  const lasted = Math.min(end - alarm.raisedAt, 7 * 24 * HOUR)
  const before = Math.max(HOUR / 2, Math.min(lasted, 6 * HOUR))
  const shownEnd = alarm.raisedAt + lasted
  const from = Math.floor((alarm.raisedAt - before) / 10_000) * 10_000
  return {
    from,
    to: Math.ceil((alarm.clearedAt === null ? shownEnd : shownEnd + before / 2) / 10_000) * 10_000,
    live: alarm.clearedAt === null && end === now && lasted === end - alarm.raisedAt,
  }
}

export function EvidenceChart({ alarm, point }: { readonly alarm: Alarm; readonly point: PointView }) {
  const words = t.value.pages
  const range = useMemo(() => around(alarm, nowExact()), [alarm.id, alarm.clearedAt])
  const points = useMemo(() => [point], [point])
  const state = useTracks([point.no], range, { live: range.live, buckets: 400 })
  const { condition } = alarm
  const limits = useMemo<readonly Limit[]>(
    () =>
      condition.kind === 'above' || condition.kind === 'below'
        ? [
            {
              value: condition.limit,
              side: condition.kind === 'above' ? 'high' : 'low',
              severity: alarm.severity === 'critical' ? 'critical' : 'warning',
              label: words.alarms.limit(measured(condition.limit, point.quantity)),
            },
          ]
        : [],
    [alarm.severity, condition, point, words],
  )
  const marks = useMemo<readonly Mark[]>(
    () => [{ at: alarm.raisedAt, label: words.chart.alarmAt(clockShort(alarm.raisedAt)), severity: alarm.severity }],
    [alarm.id, words],
  )
  return (
    <Chart points={points} state={state} range={range} live={range.live} label={words.alarms.evidence} limits={limits} marks={marks} height={190} />
  )
}
