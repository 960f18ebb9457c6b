// The agenda book, the calendars and each viewer's numbers of tickets on the live stream.
import type { Calendars } from './desk/calendars/calendars.ts'
import type { Desk } from './desk/desk.ts'
import type { Viewer } from './domain/people.ts'
import type { AgendaEntry } from './domain/ticket-record.ts'
import type { RowsOf } from './stream/contract.ts'
import type { FeedOpener } from './stream/feed.ts'
import { newsFeed, rowFeed } from './stream/rows.ts'

export interface DeskFeedsOptions {
  readonly desk: Pick<Desk, 'summary' | 'stream'>
  readonly entry: (of: Pick<AgendaEntry, 'year' | 'direction' | 'no'>) => Promise<AgendaEntry | null>
  readonly calendars: Pick<Calendars, 'list'>
  readonly onCalendar: (tell: (key: string) => void) => () => void
}

/** Numbers are counted when the desk was quiet for so long, and at the latest after so long, ms: each costs a look through all that is open. */
const QUIET = 500
const LATEST = 3_000

export function deskFeeds({ desk, entry, calendars, onCalendar }: DeskFeedsOptions): readonly FeedOpener[] {
  const versions = (): ReadonlyMap<string, RowsOf['calendars']> =>
    new Map(calendars.list().map(({ calendar, version }) => [calendar.key, { version }]))
  const counts = async (viewer: Viewer): Promise<ReadonlyMap<string, RowsOf['counts']>> => {
    const { inbox, mine, drafts, late, breached } = await desk.summary(viewer)
    return new Map([['own', { inbox, mine, drafts, late, breached }]])
  }
  return [
    newsFeed({
      topic: 'agenda',
      async some(ids) {
        const found = new Map<string, AgendaEntry>()
        for (const id of ids) {
          const [year, direction, no] = id.split('/')
          const row = await entry({ year: Number(year), direction: direction === 'out' ? 'out' : 'in', no: Number(no) })
          if (row !== null) found.set(id, row)
        }
        return found
      },
      onChange: desk.stream.onAgenda,
    }),
    rowFeed({
      topic: 'calendars',
      all: async () => versions(),
      some: async ids => new Map([...versions()].filter(([key]) => ids.includes(key))),
      onChange: tell => onCalendar(key => tell([key])),
    }),
    rowFeed({
      topic: 'counts',
      own: true,
      all: counts,
      some: (_ids, viewer) => counts(viewer),
      onChange(tell) {
        let timer: NodeJS.Timeout | null = null
        let since = 0
        const stop = desk.stream.onChange(() => {
          if (timer === null) since = Date.now()
          else clearTimeout(timer)
          timer = setTimeout(
            () => {
              timer = null
              tell(['own'])
            },
            Math.max(0, Math.min(QUIET, since + LATEST - Date.now())),
          )
        })
        return () => {
          stop()
          if (timer !== null) clearTimeout(timer)
        }
      },
    }),
  ]
}
