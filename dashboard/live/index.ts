// The one live connection of this page and what comes through it. Pages import from here.
import { useEffect, useState } from 'preact/hooks'
import { io } from 'socket.io-client'
import type { Topic } from '../../daemon/stream/contract.ts'
import { setNow, startClock } from './clock.ts'
import { useDerived } from './derived.ts'
import { openLive, type TopicStatus } from './socket.ts'
import { createStore } from './store.ts'

export { now, nowExact } from './clock.ts'
export type { TopicStatus } from './socket.ts'
export { type Live, staleAfter } from './store.ts'

export const store = createStore()
export const live = openLive(io({ transports: ['websocket', 'polling'], reconnectionDelay: 500, reconnectionDelayMax: 5000 }), store, setNow)

/** Opens the page's connection: every page follows the site. */
export function startLive(): void {
  startClock()
  live.follow('site')
  // One value of each device, on every page: what the live mark beats by, whatever else the page follows.
  live.follow('devices')
  addEventListener('offline', live.lost)
  addEventListener('online', live.retry)
}

const WAITING: TopicStatus = { kind: 'waiting' }

/** Follows a topic while the component is mounted and says whether it has come, is awaited or was refused. */
export function useTopic(topic: Topic): TopicStatus {
  const [shown, show] = useState<{ topic: Topic; status: TopicStatus }>({ topic, status: WAITING })
  useEffect(() => {
    const leave = live.follow(topic)
    const stop = live.status(topic)?.subscribe(status => show({ topic, status }))
    return () => {
      stop?.()
      leave()
    }
  }, [topic])
  return shown.topic === topic ? shown.status : WAITING
}

/** One device, changing with it; null when there is none of that id. */
export const useDevice = (id: string) => useDerived(() => store.devices.value.get(id) ?? null, [id])
