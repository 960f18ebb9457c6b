// The audit trail on the live stream: each page gets what was written since the entry it has, the newest when that is too much. Knows no socket.
import type { AuditRow } from '../domain/signin.ts'
import type { Frame } from './contract.ts'
import type { FeedOpener, FeedPage } from './feed.ts'

export interface TrailSource {
  /** The newest entry; null of an empty trail. */
  head(): Promise<{ readonly seq: number } | null>
  /** Newest first. */
  page(query: { readonly size: number }): Promise<readonly AuditRow[]>
}

/** Entries in one frame: who missed more begins anew with the newest, and asks for older ones as for any. */
const MOST = 100

export const trailFeed =
  (trail: TrailSource): FeedOpener =>
  ({ epoch, clock, log }) => {
    /** The last entry that each page was told. The number of an entry is the revision: it only grows, over restarts too. */
    const told = new Map<FeedPage, number>()
    let busy = false

    function send(page: FeedPage, since: number, full: boolean, entries: readonly AuditRow[], revision: number): void {
      page.send({ topic: 'audit', epoch, since: full ? 0 : since, revision, full, now: clock(), audit: entries } satisfies Frame)
      told.set(page, revision)
    }

    /** What comes after `since`; `newest` are those at hand, newest first. */
    function serve(page: FeedPage, since: number, newest: readonly AuditRow[]): void {
      const revision = newest[0]?.seq ?? 0
      if (revision <= since) return
      const missed = newest.filter(({ seq }) => seq > since)
      // The one before is not at hand: some between may be missing.
      const gap = missed.length === newest.length && revision - since > newest.length
      send(page, since, gap, missed, revision)
    }

    return {
      owns: topic => topic === 'audit',
      needs: 'audit.read',
      async follow(page, _topic, have) {
        // Nothing is told it before its beginning.
        told.set(page, Number.POSITIVE_INFINITY)
        const newest = await trail.page({ size: MOST })
        if (!told.has(page)) return null
        const is = newest[0]?.seq ?? 0
        if (have === null || have.epoch !== epoch || have.revision > is) send(page, 0, true, newest, is)
        else {
          told.set(page, have.revision)
          serve(page, have.revision, newest)
        }
        return null
      },
      leave: page => void told.delete(page),
      gone: page => void told.delete(page),
      following: page => (told.has(page) ? 1 : 0),
      close: () => told.clear(),
      async flush() {
        if (busy || told.size === 0) return
        busy = true
        try {
          const is = (await trail.head())?.seq ?? 0
          const behind = [...told].filter(([page, since]) => since < is && !page.owes())
          if (behind.length === 0) return
          const least = Math.min(...behind.map(([, since]) => since))
          const newest = await trail.page({ size: Math.min(MOST, is - least) })
          // Whoever left meanwhile is told nothing more.
          for (const [page, since] of behind) if (told.get(page) === since) serve(page, since, newest)
        } catch (error) {
          log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the trail could not be told to the pages; tried again')
        } finally {
          busy = false
        }
      },
    }
  }
