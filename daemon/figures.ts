// Figures of every room for /metrics, under names that Prometheus users expect.
import type { Alarms } from './alarm/open.ts'
import { SEVERITIES } from './domain/alarm.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { Figure } from './http/metrics.ts'
import type { Poller } from './poll/poller.ts'
import type { Telemetry } from './store/telemetry/telemetry.ts'
import type { Hub } from './stream/hub.ts'

export interface FigureSources {
  readonly fleet: Fleet
  readonly alarms: Alarms
  readonly poller: Poller
  readonly telemetry: Telemetry
  readonly hub: Hub
}

const one = (name: string, help: string, value: number): Figure => ({ name, help, values: [{ value }] })

export function figuresOf({ fleet, alarms, poller, telemetry, hub }: FigureSources): Figure[] {
  const members = [...fleet.members()]
  const open = alarms.open()
  const poll = poller.figures()
  const store = telemetry.stats()
  const pages = hub.figures()
  return [
    {
      name: 'suar_devices',
      help: 'Devices by state',
      values: (['new', 'up', 'down'] as const).map(status => ({
        labels: { status },
        value: members.filter(member => member.status === status).length,
      })),
    },
    one(
      'suar_points',
      'Points of all devices',
      members.reduce((sum, member) => sum + member.points.length, 0),
    ),
    {
      name: 'suar_alarms_open',
      help: 'Open alarms that are not suppressed, by severity',
      values: SEVERITIES.map(severity => ({
        labels: { severity },
        value: open.filter(alarm => !alarm.suppressed && alarm.severity === severity).length,
      })),
    },
    one('suar_alarms_suppressed', 'Open alarms explained by another', open.filter(alarm => alarm.suppressed).length),
    one('suar_polls_total', 'Polls finished', poll.polls),
    one('suar_poll_pdus_total', 'Requests sent by polls', poll.pdus),
    one('suar_poll_timeouts_total', 'Requests without an answer in time', poll.timeouts),
    one('suar_poll_late_total', 'Polls left out because the one before still ran', poll.late),
    one('suar_poll_faults_total', 'Mistakes of collectors, contained', poll.faults),
    one('suar_poll_lag_seconds', 'Begun after due, 95th percentile of the last minute', poll.lagP95 / 1000),
    one('suar_poll_discoveries_total', 'Devices looked at for their points', poll.discoveries),
    one('suar_readings_total', 'Readings taken', poll.readings),
    {
      name: 'suar_collector',
      help: 'Figures of each collector in its own words',
      values: Object.entries(poll.collectors).flatMap(([collector, figures]) =>
        Object.entries(figures).map(([figure, value]) => ({ labels: { collector, figure }, value })),
      ),
    },
    one('suar_store_behind', 'Readings waiting for the journal', store.behind),
    one('suar_store_journal_bytes', 'Size of the journal', store.journalBytes),
    one('suar_store_disk_bytes', 'Size of the telemetry store', store.diskBytes),
    one('suar_store_series', 'Series in the telemetry store', store.series),
    one('suar_pages', 'Pages connected', pages.pages),
    one('suar_frames_total', 'Frames sent to pages', pages.frames),
    one('suar_frames_skipped_total', 'Beats for which a page was too slow', pages.skipped),
  ]
}
