// The live socket: follows topics while someone looks, follows again after a break with what the page has, and says since when it is cut.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Socket } from 'socket.io-client'
import type { ClientToServer, ServerToClient, Topic } from '../../daemon/stream/contract.ts'
import type { Store } from './store.ts'

export type Link = { readonly kind: 'connecting' } | { readonly kind: 'live' } | { readonly kind: 'lost'; readonly since: number }

/** `waiting` until the first frame; `refused` with the daemon's reason (not allowed, unknown). */
export type TopicStatus = { readonly kind: 'waiting' } | { readonly kind: 'ready' } | { readonly kind: 'refused'; readonly reason: string }

interface Followed {
  count: number
  readonly status: Signal<TopicStatus>
  leaving: ReturnType<typeof setTimeout> | null
  /** A follow is under way: further gaps wait for its answer. */
  asking: boolean
}

/** Milliseconds a topic is kept after its page is left, so that going back is instant. */
const LINGER = 8_000

/** Milliseconds until the daemon is asked again for what it could not give just then. */
const AGAIN = 2_000

/**
 * `onNow`: told the daemon's clock with every frame. `onTurnedAway`: the daemon does not know who we are, or cut the line itself; the socket
 * then stays closed until `open`.
 */
export function openLive(
  socket: Socket<ServerToClient, ClientToServer>,
  store: Store,
  onNow: (now: number) => void,
  onTurnedAway: () => void = () => undefined,
) {
  const link = signal<Link>({ kind: 'connecting' })
  const topics = new Map<Topic, Followed>()

  function ask(topic: Topic, followed: Followed): void {
    if (!socket.connected || followed.asking) return
    followed.asking = true
    socket.emit('follow', topic, store.have(topic), reason => {
      followed.asking = false
      if (reason === 'busy') setTimeout(() => topics.get(topic) === followed && ask(topic, followed), AGAIN)
      else if (reason !== null) followed.status.value = { kind: 'refused', reason }
    })
  }

  socket.on('connect', () => {
    link.value = { kind: 'live' }
    for (const [topic, followed] of topics) {
      followed.asking = false
      ask(topic, followed)
    }
  })
  const lost = (): void => {
    if (link.peek().kind !== 'lost') link.value = { kind: 'lost', since: Date.now() }
  }
  socket.on('disconnect', reason => {
    if (reason === 'io client disconnect') return
    lost()
    if (reason === 'io server disconnect') onTurnedAway()
  })
  socket.on('connect_error', error => {
    lost()
    if (error.message === 'signedOut') onTurnedAway()
  })

  socket.on('frame', frame => {
    onNow(frame.now)
    const followed = topics.get(frame.topic)
    if (followed === undefined) return
    const fits = store.apply(frame)
    if (fits === 'gap') return ask(frame.topic, followed)
    if (followed.status.peek().kind !== 'ready') followed.status.value = { kind: 'ready' }
  })

  /** Follows a topic until the returned function is called; any number of parts may follow the same one. */
  function follow(topic: Topic): () => void {
    let followed = topics.get(topic)
    if (followed === undefined) {
      followed = { count: 0, status: signal<TopicStatus>({ kind: 'waiting' }), leaving: null, asking: false }
      topics.set(topic, followed)
      ask(topic, followed)
    }
    if (followed.leaving !== null) clearTimeout(followed.leaving)
    followed.leaving = null
    followed.count++
    const mine = followed
    let done = false
    return () => {
      if (done) return
      done = true
      mine.count--
      if (mine.count > 0) return
      mine.leaving = setTimeout(() => {
        topics.delete(topic)
        if (socket.connected) socket.emit('leave', topic)
        store.forget(topic)
      }, LINGER)
    }
  }

  return {
    link: link as ReadonlySignal<Link>,
    follow,
    /** null when nobody follows it. */
    status: (topic: Topic): ReadonlySignal<TopicStatus> | null => topics.get(topic)?.status ?? null,
    /** Tries to connect at once instead of waiting for the next turn. */
    retry: (): void => void socket.connect(),
    open: (): void => void socket.connect(),
    /** Closes the line while nobody is signed in: nothing is lost by that. */
    rest: (): void => {
      socket.disconnect()
      link.value = { kind: 'connecting' }
    },
    lost,
    close: (): void => void socket.close(),
  }
}
