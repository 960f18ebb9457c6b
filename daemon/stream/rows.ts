// Lists that are whole on every page that shows them: a page gets the rows its viewer may see, then each row as it changes. Knows no socket.
import type { Viewer } from '../domain/people.ts'
import { type Permission, reach } from '../domain/policy.ts'
import type { Frame, RowsOf, RowTopic } from './contract.ts'
import type { FeedOpener, FeedPage } from './feed.ts'

export interface RowSource<T extends RowTopic = RowTopic> {
  readonly topic: T
  /** Each viewer has rows of his own: which others there are is not told to anybody. */
  readonly own?: true
  /** All rows of now by their id, as this viewer may have them. */
  all(viewer: Viewer): Promise<ReadonlyMap<string, RowsOf[T]>>
  /** The rows with these ids as this viewer may have them; what is missing is none of his business, or is over. */
  some(ids: readonly string[], viewer: Viewer): Promise<ReadonlyMap<string, RowsOf[T]>>
  /** Told the ids of rows as soon as they were written. Returns how to stop. */
  onChange(tell: (ids: readonly string[]) => void): () => void
}

/** What a viewer must be allowed at all to follow a list; which rows are whose, its source says. */
export const ROW_NEEDS: Readonly<Record<RowTopic, Permission>> = {
  visits: 'visit.read',
  openings: 'door.read',
  reservations: 'plant.read',
  stays: 'stay.read',
  care: 'care.read',
  assets: 'care.read',
  sessions: 'account.own',
  calendars: 'calendar.read',
  counts: 'ticket.read',
  people: 'people.read',
  accounts: 'account.manage',
  agenda: 'agenda.read',
  websites: 'website.read',
  changes: 'change.read',
  hosts: 'host.read',
  zones: 'host.read',
  certificates: 'host.read',
  provisioning: 'host.read',
}

/** Changes kept for pages that come back; who missed more gets the whole list. */
const KEPT = 5_000

export const rowFeed =
  <T extends RowTopic>(source: RowSource<T>): FeedOpener =>
  ({ epoch, clock, log }) => {
    const since = new Map<FeedPage, number>()
    /** Of pages that have a part of the list: which rows, and how many frames. Which others there are, and how often they change, is not told. */
    const parts = new Map<FeedPage, { ids: Set<string>; frames: number }>()
    const partOf = (page: FeedPage) =>
      source.own !== true && reach(page.viewer, ROW_NEEDS[source.topic]) === 'all' ? null : (parts.get(page) ?? { ids: new Set<string>(), frames: 0 })
    /** The revision of each row's last change, in the order of the changes. */
    const changed = new Map<string, number>()
    let revision = 1
    let horizon = 1
    let busy = false
    const stop = source.onChange(ids => {
      if (ids.length === 0) return
      revision++
      for (const id of ids) {
        changed.delete(id)
        changed.set(id, revision)
      }
      for (const [id, when] of changed) {
        if (changed.size <= KEPT) break
        changed.delete(id)
        horizon = when
      }
    })

    const frameOf = (from: number, full: boolean, to: number, rows: Frame['rows']): Frame => ({
      topic: source.topic,
      epoch,
      since: full ? 0 : from,
      revision: to,
      full,
      now: clock(),
      ...(rows === undefined ? {} : { rows }),
    })

    const forget = (page: FeedPage): void => {
      since.delete(page)
      parts.delete(page)
    }

    async function whole(page: FeedPage): Promise<void> {
      // Before it is read: what is written meanwhile comes with the next beat.
      const is = revision
      const rows = await source.all(page.viewer)
      if (!since.has(page)) return
      since.set(page, is)
      const part = partOf(page)
      if (part !== null) parts.set(page, { ids: new Set(rows.keys()), frames: part.frames + 1 })
      page.send(frameOf(0, true, part === null ? is : part.frames + 1, { put: Object.fromEntries(rows), gone: [] }))
    }

    async function serve(page: FeedPage, from: number): Promise<void> {
      if (from < horizon) return await whole(page)
      const is = revision
      const ids = [...changed].filter(([, when]) => when > from).map(([id]) => id)
      const rows = await source.some(ids, page.viewer)
      if (since.get(page) !== from) return
      since.set(page, is)
      const part = partOf(page)
      if (part !== null) return servePart(page, part, ids, rows)
      page.send(frameOf(from, false, is, { put: Object.fromEntries(rows), gone: ids.filter(id => !rows.has(id)) }))
    }

    function servePart(
      page: FeedPage,
      { ids: had, frames }: { ids: Set<string>; frames: number },
      ids: readonly string[],
      rows: ReadonlyMap<string, RowsOf[T]>,
    ) {
      const gone = ids.filter(id => had.has(id) && !rows.has(id))
      if (rows.size === 0 && gone.length === 0) return
      for (const id of gone) had.delete(id)
      for (const id of rows.keys()) had.add(id)
      parts.set(page, { ids: had, frames: frames + 1 })
      page.send(frameOf(frames, false, frames + 1, { put: Object.fromEntries(rows), gone }))
    }

    return {
      owns: topic => topic === source.topic,
      needs: ROW_NEEDS[source.topic],
      async follow(page, _topic, have) {
        const part = partOf(page)
        // Counted on from what the page has: it takes nothing that looks older, also on a new line.
        if (part !== null && have?.epoch === epoch) parts.set(page, { ids: part.ids, frames: Math.max(part.frames, have.revision) })
        const fits = part === null && have !== null && have.epoch === epoch && have.revision <= revision && have.revision >= horizon
        since.set(page, fits ? have.revision : 0)
        if (!fits) await whole(page)
        return null
      },
      leave: forget,
      gone: forget,
      following: page => (since.has(page) ? 1 : 0),
      async flush() {
        if (busy) return
        busy = true
        try {
          for (const [page, from] of since) if (from < revision && !page.owes()) await serve(page, from)
        } catch (error) {
          log.warn(
            { topic: source.topic, reason: error instanceof Error ? error.message : String(error) },
            'rows could not be told to the pages; tried again',
          )
        } finally {
          busy = false
        }
      },
      close: stop,
    }
  }

/** Of a list that pages ask for page by page: nothing at first, then what is written. */
export const newsFeed = <T extends RowTopic>(source: Omit<RowSource<T>, 'all'>): FeedOpener => rowFeed<T>({ ...source, all: async () => new Map() })
