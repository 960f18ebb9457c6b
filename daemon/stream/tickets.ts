// Tickets on the live stream: each page gets what its own viewer may see, and what it missed when it comes back. Knows no socket.
import type { Viewer } from '../domain/people.ts'
import type { TicketHead, TicketView } from '../domain/ticket-view.ts'
import type { Frame, Topic } from './contract.ts'
import type { FeedOpener, FeedPage } from './feed.ts'

/** A ticket that changed; whose business it is the desk says. */
export interface ChangedTicket {
  readonly head: Pick<TicketHead, 'id'>
  /** The head as this viewer may have it; null: it is none of his business. */
  headFor(viewer: Viewer): TicketHead | null
  /** Of a draft that was thrown away: whether it was this viewer's business. */
  readonly wasFor?: (viewer: Viewer) => boolean
}

export interface DeskSource {
  /** As they are now; drafts that were thrown away are known as such for a while. */
  changed(ids: readonly number[]): Promise<readonly ChangedTicket[]>
  /** Null: there is none, or none for this viewer. */
  view(number: string, viewer: Viewer): Promise<TicketView | null>
  /** Told the ids of tickets as soon as they were written. Returns how to stop. */
  onChange(tell: (ids: readonly number[]) => void): () => void
}

interface Follow {
  readonly topic: Topic
  /** Of one ticket; null: the list. */
  ticket: { readonly id: number; readonly number: string } | null
  /** What the page has; its next frame goes on from there. */
  since: number
  /** Up to where it was looked through for what is the page's business: mostly nothing is. */
  looked: number
}

type Body = Pick<Frame, 'tickets' | 'ticket' | 'became' | 'gone'>

/** Changed tickets kept for pages that come back; who missed more asks anew. */
const KEPT = 5_000

const isTicketTopic = (topic: Topic): boolean => topic === 'tickets' || topic.startsWith('ticket:')

export const ticketFeed =
  (desk: DeskSource): FeedOpener =>
  ({ epoch, clock, log }) => {
    const pages = new Map<FeedPage, Map<Topic, Follow>>()
    /** In the order of their last change. */
    const changed = new Map<number, { readonly ticket: ChangedTicket; readonly revision: number }>()
    const waiting = new Set<number>()
    let revision = 1
    let horizon = 0
    let busy = false
    const stop = desk.onChange(ids => {
      for (const id of ids) waiting.add(id)
    })

    const frameOf = (topic: Topic, since: number, full: boolean, body: Body): Frame => ({
      topic,
      epoch,
      since: full ? 0 : since,
      revision,
      full,
      now: clock(),
      ...body,
    })

    /** Brings what changed to the newest revision. */
    async function gather(): Promise<boolean> {
      if (waiting.size === 0) return false
      const ids = [...waiting]
      waiting.clear()
      try {
        const tickets = await desk.changed(ids)
        revision++
        for (const ticket of tickets) {
          changed.delete(ticket.head.id)
          changed.set(ticket.head.id, { ticket, revision })
        }
      } catch (error) {
        // Told again with the next beat: nothing that was written is kept from the pages for good.
        for (const id of ids) waiting.add(id)
        throw error
      }
      for (const [id, { revision: when }] of changed) {
        if (changed.size <= KEPT) break
        changed.delete(id)
        horizon = Math.max(horizon, when)
      }
      return true
    }

    /** Null: nothing of it is this viewer's business. */
    function newsFor(viewer: Viewer, since: number): Pick<Body, 'tickets' | 'gone'> | null {
      const tickets: TicketHead[] = []
      const gone: number[] = []
      for (const { ticket, revision: when } of changed.values()) {
        if (when <= since) continue
        const head = ticket.headFor(viewer)
        if (head !== null) tickets.push(head)
        else if (ticket.wasFor?.(viewer) === true) gone.push(ticket.head.id)
      }
      if (tickets.length + gone.length === 0) return null
      return { ...(tickets.length === 0 ? {} : { tickets }), ...(gone.length === 0 ? {} : { gone: { tickets: gone } }) }
    }

    async function serve(page: FeedPage, follow: Follow): Promise<void> {
      const { topic, ticket, since, looked } = follow
      // Before it is read: what is written meanwhile comes with the next beat.
      const is = revision
      const send = (body: Body): void => {
        page.send({ ...frameOf(topic, since, false, body), revision: is })
        follow.since = is
      }
      if (ticket === null) {
        const news = newsFor(page.viewer, looked)
        if (news !== null) send(news)
      } else {
        const news = changed.get(ticket.id)
        const view = news !== undefined && news.revision > since ? await desk.view(ticket.number, page.viewer) : null
        if (view !== null) send({ ticket: view })
        else if (news !== undefined && news.revision > since) {
          const number = news.ticket.headFor(page.viewer)?.number ?? null
          if (number !== null ? number !== ticket.number : news.ticket.wasFor?.(page.viewer) === true) send({ became: number })
        }
      }
      follow.looked = is
    }

    return {
      owns: isTicketTopic,
      needs: 'ticket.read',
      async follow(page, topic, have) {
        const fits = have !== null && have.epoch === epoch && have.revision <= revision && have.revision >= horizon
        const follows = pages.get(page) ?? new Map<Topic, Follow>()
        if (topic === 'tickets') {
          const news = fits ? newsFor(page.viewer, have.revision) : {}
          const from = news === null && have !== null ? have.revision : revision
          pages.set(page, follows.set(topic, { topic, ticket: null, since: from, looked: revision }))
          if (news !== null) page.send(frameOf(topic, fits ? have.revision : 0, !fits, news))
          return null
        }
        const number = topic.slice(topic.indexOf(':') + 1)
        // Before it is read: what is written meanwhile comes with the next beat. And nothing is told it before its beginning.
        const since = revision
        const follow: Follow = { topic, ticket: null, since: 0, looked: Number.POSITIVE_INFINITY }
        pages.set(page, follows.set(topic, follow))
        let view: TicketView | null = null
        try {
          view = await desk.view(number, page.viewer)
        } finally {
          if (view === null && follows.get(topic) === follow) follows.delete(topic)
        }
        if (view === null) return 'notFound'
        // It left meanwhile.
        if (pages.get(page)?.get(topic) !== follow) return null
        follow.ticket = { id: view.id, number }
        follow.since = since
        follow.looked = since
        page.send({ ...frameOf(topic, 0, true, { ticket: view }), revision: since })
        return null
      },
      leave(page, topic) {
        pages.get(page)?.delete(topic)
      },
      gone(page) {
        pages.delete(page)
      },
      following: page => pages.get(page)?.size ?? 0,
      async flush() {
        if (busy) return
        busy = true
        try {
          await gather()
          for (const [page, follows] of pages) {
            if (page.owes()) continue
            for (const follow of follows.values()) if (follow.looked < revision) await serve(page, follow)
          }
        } catch (error) {
          log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'tickets could not be told to the pages; tried again')
        } finally {
          busy = false
        }
      },
      close: stop,
    }
  }
