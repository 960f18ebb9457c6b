// What goes on in the rooms, put together: limits while people work there, what is kept up, and the timeline of all that happened.
import type { Alarms } from './alarm/open.ts'
import { type CaringOptions, openCaring } from './caring.ts'
import type { Config } from './config.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { Route } from './http/route.ts'
import { timelineRoutes } from './http/routes/timeline.ts'
import type { Place } from './place.ts'
import type { Records } from './store/records.ts'
import type { FeedOpener } from './stream/feed.ts'
import type { Model } from './stream/model.ts'
import { rowFeed } from './stream/rows.ts'
import { timelineFeed } from './stream/timeline.ts'
import { openTimelineAnswers } from './timeline-answers.ts'
import { openVisitMode, type VisitMode, type VisitModeOptions } from './visit-mode.ts'
import type { Visits } from './visits/visits.ts'

interface Stirring {
  onChange(tell: () => void): () => void
}

export interface Rooms {
  /** People work behind that door, or in that room, at the moment. */
  readonly visited: VisitMode['visited']
  readonly rows: readonly FeedOpener[]
  /** The timeline on the stream; `doors` tell when one opened. */
  timeline(doors: Stirring): FeedOpener
  readonly routes: readonly Route[]
  /** One sentence each; empty when all is well. */
  troubles(): readonly string[]
  close(): Promise<void>
}

export interface RoomsOptions {
  readonly config: Pick<Config, 'alarms' | 'demonstration'>
  readonly records: Records
  readonly place: Place
  readonly visits: Visits
  readonly alarms: VisitModeOptions['alarms'] & Pick<Alarms, 'onChange'>
  readonly relax: VisitModeOptions['relax']
  readonly fleet: Fleet
  readonly model: Model
  readonly telemetry: CaringOptions['telemetry']
  readonly desk: Pick<CaringOptions, 'office' | 'files'> & { readonly desk: { readonly stream: Stirring } }
  readonly clock: VisitModeOptions['clock']
  readonly log: VisitModeOptions['log']
}

/** The demonstration has visitors inside at all hours, and its operator panel shows within a minute what breaks. */
const SOON = { delay: 15, share: 0 }
/** Facts of an hour at most. */
const MOST = 500

export async function openRooms({
  config,
  records,
  place,
  visits,
  alarms,
  relax,
  fleet,
  model,
  telemetry,
  desk,
  clock,
  log,
}: RoomsOptions): Promise<Rooms> {
  const inventory = () => place.inventory
  const shared = { records, visits, alarms, inventory, fleet, model, clock }
  const visiting = await openVisitMode({
    ...shared,
    relax,
    by: config.demonstration.enabled ? SOON : config.alarms.visited,
    log: log.child({ room: 'visits' }),
  })
  const caring = openCaring({ ...shared, telemetry, office: desk.office, files: desk.files, log: log.child({ room: 'care' }) })
  if (config.demonstration.enabled) await caring.play()
  const happened = openTimelineAnswers({ records, place, fleet, model, care: caring.care, clock })
  return {
    visited: visiting.visited,
    rows: [rowFeed(caring.rows), rowFeed(caring.assets)],
    timeline: doors =>
      timelineFeed({
        since: (of, since) => happened.timeline({ of, since, size: MOST }),
        onChange(tell) {
          const stops = [alarms, visits.stream, desk.desk.stream, caring.rows, place, records.happenings, records.placeNotes, doors].map(one =>
            one.onChange(tell),
          )
          return () => {
            for (const stop of stops) stop()
          }
        },
      }),
    routes: [...visiting.routes, ...caring.routes, ...timelineRoutes(happened)],
    troubles: () => [...caring.troubles(), ...[visiting.trouble()].filter(trouble => trouble !== null)],
    async close() {
      await caring.close()
      await visiting.close()
    },
  }
}
