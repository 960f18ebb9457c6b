// A feed: topics that each page gets by itself, because what may be seen differs from viewer to viewer. Knows no socket.
import type { Clock, Log } from '../domain/call.ts'
import type { Viewer } from '../domain/people.ts'
import type { Permission } from '../domain/policy.ts'
import type { Frame, Have, Topic } from './contract.ts'

export interface FeedPage {
  readonly viewer: Viewer
  send(frame: Frame): void
  /** Has not taken what it was sent before: gets nothing now, and the newest later. */
  owes(): boolean
}

/** Opened by the hub, which closes it. */
export type FeedOpener = (given: { readonly epoch: string; readonly clock: Clock; readonly log: Log }) => Feed

export interface Feed {
  readonly owns: (topic: Topic) => boolean
  /** What a viewer must be allowed at all; whose thing it is the feed asks itself. */
  readonly needs: Permission
  /** Null, or why not. */
  follow(page: FeedPage, topic: Topic, have: Have | null): Promise<string | null>
  leave(page: FeedPage, topic: Topic): void
  gone(page: FeedPage): void
  /** Topics that the page follows here. */
  following(page: FeedPage): number
  /** Tells the pages what changed since the last time; called by the hub's beat, and by tests. */
  flush(): Promise<void>
  close(): void
}
