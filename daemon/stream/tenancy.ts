// The tenant's view on the live stream: each page gets its own organisations', whole, when it is another than what the page has. Knows no socket.
import type { Viewer } from '../domain/people.ts'
import type { TenancyView } from '../domain/tenancy.ts'
import type { Frame } from './contract.ts'
import type { FeedOpener, FeedPage } from './feed.ts'

export interface TenancySource {
  /** As this viewer may have it: of the viewer's own organisations and of nobody else. */
  view(viewer: Viewer): Promise<TenancyView>
}

/** Readings come every few seconds: oftener is nothing new, ms. */
const LOOK = 1_000

export const tenancyFeed =
  (source: TenancySource): FeedOpener =>
  ({ epoch, clock, log }) => {
    // Counted by page: how often others' racks change is nobody's business.
    const pages = new Map<FeedPage, { revision: number; sent: string; looked: number }>()
    let busy = false

    async function serve(page: FeedPage, full: boolean): Promise<void> {
      const before = pages.get(page)
      if (before === undefined) return
      before.looked = clock()
      const tenancy = await source.view(page.viewer)
      const is = JSON.stringify(tenancy)
      if (!pages.has(page) || (!full && is === before.sent)) return
      const since = full ? 0 : before.revision
      before.revision++
      before.sent = is
      const frame: Frame = { topic: 'tenancy', epoch, since, revision: before.revision, full, now: clock(), tenancy }
      page.send(frame)
    }

    return {
      owns: topic => topic === 'tenancy',
      needs: 'stay.read',
      async follow(page, _topic, have) {
        // Counted on from what the page has: it takes nothing that looks older, also on a new line.
        const told = have?.epoch === epoch ? have.revision : 0
        pages.set(page, { revision: Math.max(told, pages.get(page)?.revision ?? 0), sent: '', looked: 0 })
        await serve(page, true)
        return null
      },
      leave: page => void pages.delete(page),
      gone: page => void pages.delete(page),
      following: page => (pages.has(page) ? 1 : 0),
      async flush() {
        if (busy) return
        busy = true
        try {
          for (const [page, { looked }] of pages) if (!page.owes() && clock() - looked >= LOOK) await serve(page, false)
        } catch (error) {
          log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'racks could not be told to their tenants; tried again')
        } finally {
          busy = false
        }
      },
      close: () => pages.clear(),
    }
  }
