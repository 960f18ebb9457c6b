// The one live connection of this page and what comes through it. Pages import from here.
import { computed, effect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { io } from 'socket.io-client'
import type { RowTopic, Topic } from '../../daemon/stream/contract.ts'
import { expired, may, me, recheck } from '../signin/session.ts'
import { setNow, startClock } from './clock.ts'
import { useDerived } from './derived.ts'
import { openLive, type TopicStatus } from './socket.ts'
import { createStore } from './store.ts'

export { now, nowExact } from './clock.ts'
export type { TopicStatus } from './socket.ts'
export { type Live, staleAfter } from './store.ts'

export const store = createStore()
export const live = openLive(
  io({ autoConnect: false, transports: ['websocket', 'polling'], reconnectionDelay: 500, reconnectionDelayMax: 5000 }),
  store,
  setNow,
  () => void turnedAway(),
)

/** Whom the line belongs to, by account and roles; null: nobody, or somebody who must first do something else. */
const line = computed(() => {
  const viewer = me.value
  return viewer === null || viewer.pending !== null || expired.value ? null : `${viewer.account} ${viewer.roles.join()}`
})
const watches = computed(() => line.value !== null && may('watch.read'))

/** The session may have ended (then a dialog asks) or the roles have changed (then the line is opened anew as what one is now). */
async function turnedAway(): Promise<void> {
  const is = await recheck()
  if (is === 'here') live.open()
  else if (is === 'unknown') setTimeout(() => void turnedAway(), 3_000)
}

/** Opens the page's connection as soon as somebody is signed in, and closes it with the session. */
export function startLive(): void {
  startClock()
  effect(() => (line.value === null ? live.rest() : live.open()))
  // Whoever may watch the hardware follows the site on every page, and one value of each device: what the live mark beats by.
  effect(() => {
    if (!watches.value) return
    const leave = [live.follow('site'), live.follow('devices')]
    return () => {
      for (const one of leave) one()
    }
  })
  addEventListener('offline', live.lost)
  addEventListener('online', () => {
    if (line.peek() !== null) live.retry()
  })
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

/** A list of rows by id, live while the component is mounted; null until it came. */
export function useRows<T extends RowTopic>(topic: T) {
  const status = useTopic(topic)
  return { status, rows: useDerived(() => store.rows(topic).value, [topic]) }
}

/** One device, changing with it; null when there is none of that id. */
export const useDevice = (id: string) => useDerived(() => store.devices.value.get(id) ?? null, [id])
