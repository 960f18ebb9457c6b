// The live stream: who follows what, one frame a beat for each topic, and slow pages brought to the newest instead of being queued for.
import type { Server as HttpServer, IncomingHttpHeaders } from 'node:http'
import { type DefaultEventsMap, Server, type Socket } from 'socket.io'
import { z } from 'zod'
import type { Call, Clock } from '../domain/call.ts'
import type { Viewer } from '../domain/people.ts'
import { may } from '../domain/policy.ts'
import type { ClientToServer, Frame, Have, ServerToClient, Topic } from './contract.ts'
import type { FeedOpener, FeedPage } from './feed.ts'
import type { Model } from './model.ts'

/** Milliseconds between frames: well under the half second a reading may take to the pixel. */
const BEAT = 200
/** Packets a page may owe before frames to it are skipped. */
const MAY_OWE = 8
/** Topics one page may follow at a time. */
const MAY_FOLLOW = 64

const TopicShape = z
  .string()
  .regex(
    /^(site|overview|devices|(device|rack):[a-z0-9][a-z0-9.-]{0,62}|audit|tenancy|visits|openings|reservations|stays|care|assets|sessions|calendars|counts|people|accounts|agenda|websites|changes|change:C-\d{4}-\d{4,8}|hosts|zones|certificates|provisioning|tickets|ticket:(T-\d{4}-\d{4,12}|D-\d{1,15})|timeline:(site|(room|rack|door|device)\/[a-z0-9][a-z0-9.-]{0,62}|(visit|alarm)\/\d{1,15}))$/,
  ) as unknown as z.ZodType<Topic>
const HaveShape = z.strictObject({ epoch: z.string().max(64), revision: z.number().int().nonnegative() }).nullable()

interface Page {
  viewer: Viewer | null
  /** Revision up to which this page was served, by topic, for those that must catch up by themselves. */
  behind: Map<Topic, number>
}
type PageSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, Page>

export interface Hub {
  /** Tells the pages what changed; called by its own beat, and by tests. */
  flush(): void
  figures(): { readonly pages: number; readonly frames: number; readonly skipped: number }
  /** Cuts the pages of these viewers at once. */
  disconnect(whose: (viewer: Viewer) => boolean): void
  /** Asks again who every page belongs to: who is signed out, or may other things than before, is cut and comes back as what they are now. */
  review(): Promise<void>
  close(): Promise<void>
}

export interface HubOptions {
  readonly http: HttpServer
  readonly model: Model
  readonly epoch: string
  readonly clock: Clock
  readonly log: Call['log']
  /** Whether a browser on this origin may connect. */
  readonly allowed: (origin: string | undefined, host: string | undefined) => boolean
  /** Who the page belongs to, by the headers of its connection; null: nobody who is signed in. */
  readonly viewerOf: (headers: IncomingHttpHeaders, address: string) => Promise<Viewer | null>
  /** Topics that every page gets by itself. */
  readonly feeds?: readonly FeedOpener[]
}

/** What decides about a page. */
const rights = (viewer: Viewer | null): string =>
  viewer === null
    ? ''
    : JSON.stringify([viewer.account, viewer.session, viewer.roles, viewer.organisations, viewer.positions, viewer.scopes, viewer.pending])

export function openHub({ http, model, epoch, clock, log, allowed, viewerOf, feeds: openers = [] }: HubOptions): Hub {
  const feeds = openers.map(open => open({ epoch, clock, log }))
  const io = new Server<ClientToServer, ServerToClient, DefaultEventsMap, Page>(http, {
    transports: ['websocket', 'polling'],
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 16_384,
    serveClient: false,
    pingInterval: 10_000,
    pingTimeout: 15_000,
    allowRequest: (request, decide) => decide(null, allowed(request.headers.origin, request.headers.host)),
  })
  // The revision up to which a topic's common frames run; a page that joins between two frames fits the next one.
  const served = new Map<Topic, number>()
  const slow = new Set<PageSocket>()
  let frames = 0
  let skipped = 0

  const followers = (topic: Topic) => io.sockets.adapter.rooms.get(topic)?.size ?? 0
  // engine.io queues here what its transport cannot take yet; its types keep the queue to themselves.
  const owes = (socket: PageSocket) => (socket.conn as unknown as { readonly writeBuffer: readonly unknown[] }).writeBuffer.length > MAY_OWE

  /** Whoever enters is told what it misses up to the current revision; then the common frames fit. */
  const enter = (socket: PageSocket, topic: Topic, have: Have | null): void => {
    if (!served.has(topic)) served.set(topic, model.revision)
    const frame = model.frame(topic, have, clock())
    if (frame !== null) {
      socket.emit('frame', frame)
      frames++
    }
    void socket.join(topic)
  }

  io.use((socket, next) => {
    viewerOf(socket.handshake.headers, socket.handshake.address).then(viewer => {
      socket.data.viewer = viewer
      next(viewer === null ? new Error('signedOut') : undefined)
    }, next)
  })
  io.on('connection', socket => {
    socket.data.behind = new Map()
    const { viewer } = socket.data
    const page: FeedPage | null =
      viewer === null
        ? null
        : {
            viewer,
            owes: () => owes(socket),
            send: frame => {
              socket.emit('frame', frame)
              frames++
            },
          }
    socket.on('follow', (rawTopic: unknown, rawHave: unknown, rawAnswer: unknown) => {
      const answer = typeof rawAnswer === 'function' ? (rawAnswer as (reason: string | null) => void) : () => undefined
      const topic = TopicShape.safeParse(rawTopic)
      const have = HaveShape.safeParse(rawHave ?? null)
      if (!topic.success || !have.success) return answer('malformed')
      const feed = feeds.find(one => one.owns(topic.data))
      if (feed !== undefined) {
        if (page === null || !may(viewer, feed.needs)) return answer('forbidden')
        if (feeds.reduce((sum, one) => sum + one.following(page), 0) > MAY_FOLLOW) return answer('tooMany')
        feed.follow(page, topic.data, have.data).then(answer, (error: unknown) => {
          log.warn({ topic: topic.data, reason: String(error) }, 'a topic could not be followed')
          answer('busy')
        })
        return
      }
      if (!may(viewer, 'watch.read')) return answer('forbidden')
      if (!model.exists(topic.data)) return answer('notFound')
      if (socket.rooms.size > MAY_FOLLOW) return answer('tooMany')
      answer(null)
      enter(socket, topic.data, have.data)
    })
    socket.on('leave', (rawTopic: unknown) => {
      const topic = TopicShape.safeParse(rawTopic)
      if (!topic.success) return
      const feed = feeds.find(one => one.owns(topic.data))
      if (feed !== undefined) return page === null ? undefined : feed.leave(page, topic.data)
      socket.data.behind.delete(topic.data)
      void socket.leave(topic.data)
    })
    socket.on('disconnect', () => {
      slow.delete(socket)
      if (page === null) return
      for (const feed of feeds) feed.gone(page)
    })
    socket.on('error', error => log.warn({ reason: String(error) }, 'a page said what cannot be read'))
  })

  /** Takes a page that does not keep up out of the common frames; it gets its own, newest one when it has drained. */
  const setAside = (): void => {
    for (const socket of io.sockets.sockets.values()) {
      if (slow.has(socket) || !owes(socket)) continue
      slow.add(socket)
      for (const room of socket.rooms) {
        if (room === socket.id) continue
        const topic = room as Topic
        socket.data.behind.set(topic, served.get(topic) ?? 0)
        void socket.leave(topic)
      }
    }
  }
  const takeBack = (): void => {
    for (const socket of slow) {
      if (owes(socket)) {
        skipped++
        continue
      }
      slow.delete(socket)
      for (const [topic, revision] of socket.data.behind) {
        enter(socket, topic, { epoch, revision })
      }
      socket.data.behind.clear()
    }
  }

  const flush = (): void => {
    const revision = model.advance()
    setAside()
    for (const [topic, since] of served) {
      if (followers(topic) === 0) {
        served.delete(topic)
        continue
      }
      const frame: Frame | null = model.frame(topic, { epoch, revision: since }, clock())
      if (frame === null) continue
      served.set(topic, revision)
      io.to(topic).emit('frame', frame)
      frames++
    }
    takeBack()
    for (const feed of feeds) void feed.flush()
  }

  const cut = (socket: PageSocket): void => {
    socket.disconnect(true)
  }
  const review = async (): Promise<void> => {
    const now = async (socket: PageSocket): Promise<void> => {
      const viewer = await viewerOf(socket.handshake.headers, socket.handshake.address)
      if (viewer === null || rights(viewer) !== rights(socket.data.viewer)) cut(socket)
      else socket.data.viewer = viewer
    }
    await Promise.all([...io.sockets.sockets.values()].map(now))
  }

  const beat = setInterval(flush, BEAT)
  return {
    flush,
    disconnect(whose) {
      for (const socket of io.sockets.sockets.values()) if (socket.data.viewer !== null && whose(socket.data.viewer)) cut(socket)
    },
    review,
    figures: () => ({ pages: io.sockets.sockets.size, frames, skipped }),
    close: async () => {
      clearInterval(beat)
      for (const feed of feeds) feed.close()
      await io.close()
    },
  }
}
