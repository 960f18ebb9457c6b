// One change of hosting on the live stream: whole, with its journal, each time something is written of it. Knows no socket.
import type { ChangeView } from '../domain/hosting-view.ts'
import type { Viewer } from '../domain/people.ts'
import type { Frame, Topic } from './contract.ts'
import type { FeedOpener, FeedPage } from './feed.ts'

export interface ChangeSource {
  /** As this viewer may have it, with what he may do next; null: there is none. */
  view(number: string, viewer: Viewer): Promise<ChangeView | null>
  /** Told the numbers of changes as soon as something was written of them. Returns how to stop. */
  onChange(tell: (numbers: readonly string[]) => void): () => void
}

interface Follow {
  readonly topic: Topic
  readonly number: string
  revision: number
  stale: boolean
}

const HEAD = 'change:'

export const changeFeed =
  (source: ChangeSource): FeedOpener =>
  ({ epoch, clock, log }) => {
    const pages = new Map<FeedPage, Map<Topic, Follow>>()
    let busy = false
    const stop = source.onChange(numbers => {
      const told = new Set(numbers)
      for (const follows of pages.values()) for (const follow of follows.values()) if (told.has(follow.number)) follow.stale = true
    })

    /** False: there is no such change. */
    async function serve(page: FeedPage, follow: Follow, full: boolean): Promise<boolean> {
      // Before it is read: what is written meanwhile comes with the next beat.
      follow.stale = false
      const change = await source.view(follow.number, page.viewer)
      if (change === null) return false
      if (pages.get(page)?.get(follow.topic) !== follow) return true
      const since = full ? 0 : follow.revision
      follow.revision++
      const frame: Frame = { topic: follow.topic, epoch, since, revision: follow.revision, full, now: clock(), change }
      page.send(frame)
      return true
    }

    return {
      owns: topic => topic.startsWith(HEAD),
      needs: 'change.read',
      async follow(page, topic, have) {
        const follows = pages.get(page) ?? new Map<Topic, Follow>()
        pages.set(page, follows)
        // Counted on from what the page has: it takes nothing that looks older, also on a new line.
        const told = have?.epoch === epoch ? have.revision : 0
        const revision = Math.max(told, follows.get(topic)?.revision ?? 0)
        const follow: Follow = { topic, number: topic.slice(HEAD.length), revision, stale: false }
        follows.set(topic, follow)
        if (await serve(page, follow, true)) return null
        if (follows.get(topic) === follow) follows.delete(topic)
        return 'notFound'
      },
      leave: (page, topic) => void pages.get(page)?.delete(topic),
      gone: page => void pages.delete(page),
      following: page => pages.get(page)?.size ?? 0,
      async flush() {
        if (busy) return
        busy = true
        try {
          for (const [page, follows] of pages) {
            if (page.owes()) continue
            for (const follow of follows.values()) if (follow.stale) await told(page, follow)
          }
        } finally {
          busy = false
        }
      },
      close: stop,
    }

    async function told(page: FeedPage, follow: Follow): Promise<void> {
      try {
        await serve(page, follow, false)
      } catch (error) {
        follow.stale = true
        log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'a change could not be told to the pages; tried again')
      }
    }
  }
