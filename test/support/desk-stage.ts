// A stage for the desk's pages: the real desk on real records behind the real front, with a clock we turn and people who take turns.

import type { z } from 'zod'
import { DeskChannels } from '../../daemon/channels/settings.ts'
import { openCorrespondence } from '../../daemon/correspondence.ts'
import { openFilledPrinting } from '../../daemon/desk/papers/filled.ts'
import { deskFeeds } from '../../daemon/desk-feeds.ts'
import { agencyView } from '../../daemon/domain/agency.ts'
import type { Viewer } from '../../daemon/domain/people.ts'
import type { Route } from '../../daemon/http/route.ts'
import { agendaRoutes } from '../../daemon/http/routes/agenda.ts'
import { calendarRoutes } from '../../daemon/http/routes/calendar.ts'
import { catalogueRoutes } from '../../daemon/http/routes/catalogue.ts'
import { documentRoutes } from '../../daemon/http/routes/documents.ts'
import { filledPaperRoutes } from '../../daemon/http/routes/filled.ts'
import { ticketRoutes } from '../../daemon/http/routes/tickets.ts'
import { render } from '../../daemon/paper/render.ts'
import { ticketFeed } from '../../daemon/stream/tickets.ts'
import { FRIDAY, type House, openHouse } from '../desk/tickets/support/house.ts'
import { tempFolder } from '../store/support/folder.ts'
import { must, quiet } from '../store/support/must.ts'
import { openStage, type Stage } from './stage.ts'

export interface DeskStage {
  readonly url: string
  readonly stage: Stage
  readonly house: House
  /** From the next request on this person of the demonstration sits there. */
  sit(login: string): Promise<Viewer>
  close(): Promise<void>
}

/** `now`: the desk's clock; it runs on with the machine's, and `house.clock.now` turns it. */
export async function openDeskStage({
  now = FRIDAY,
  as = 'petugas',
  routes = [],
  channels = {},
  dashboard,
}: {
  readonly now?: number
  readonly as?: string
  readonly routes?: readonly Route[]
  /** `desk.channels` of the settings: by default the desk has none. */
  readonly channels?: z.input<typeof DeskChannels>
  readonly dashboard?: string
} = {}): Promise<DeskStage> {
  const house = await openHouse(tempFolder(), { now })
  const { desk, catalogue, calendars, records } = house
  const correspondence = must(
    await openCorrespondence({ settings: DeskChannels.parse(channels), records, desk, language: 'id', clock: () => house.clock.now, log: quiet }),
  )
  const stage = await openStage({
    session: { agency: agencyView(catalogue.agency) },
    ...(dashboard === undefined ? {} : { dashboard }),
    clock: () => house.clock.now,
    as: await house.as(as),
    feeds: [ticketFeed(desk.stream), ...deskFeeds({ desk, entry: records.desk.agenda.entry, calendars, onCalendar: house.onCalendar })],
    routes: [
      ...routes,
      ...correspondence.routes,
      ...ticketRoutes(desk),
      ...documentRoutes(desk),
      ...filledPaperRoutes(
        openFilledPrinting({ agency: catalogue.agency, view: desk.view, render, zone: () => 'Asia/Jakarta', clock: () => house.clock.now }),
      ),
      ...agendaRoutes(desk),
      ...calendarRoutes(calendars),
      ...catalogueRoutes({
        services: () => catalogue.services,
        service: catalogue.service,
        serviceVersion: catalogue.version,
        catalogueTroubles: () => catalogue.troubles,
      }),
    ],
  })
  return {
    url: stage.url,
    stage,
    house,
    async sit(login) {
      const viewer = await house.as(login)
      stage.signIn(viewer)
      return viewer
    },
    async close() {
      await stage.close()
      await correspondence.close()
      await house.close()
    },
  }
}
