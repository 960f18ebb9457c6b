// One ticket on a page: asked once, then changing with the stream; an action that came too late says since when things are otherwise.
import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useCallback, useEffect, useRef } from 'preact/hooks'
import type { TicketAction } from '../../../daemon/domain/ticket-action.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { type Answer, api } from '../../api.ts'
import { setNow } from '../../live/clock.ts'
import { now, store, useTopic } from '../../live/index.ts'
import { dateShort } from '../../words/say.ts'

export type Shown =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'ready'; readonly view: TicketView }

export interface OpenTicket {
  readonly shown: Shown
  /** Sequence number up to which this viewer has seen the ticket when an action of theirs came too late; null: no conflict. */
  readonly conflict: number | null
  settle(): void
  act(action: TicketAction): Promise<Answer<TicketView>>
  /** Asks the daemon for the ticket as it is for this viewer. */
  ask(): Promise<void>
}

const urlOf = (number: string): string => `/api/v1/tickets/${encodeURIComponent(number)}`

export function useTicket(number: string): OpenTicket {
  useTopic(`ticket:${number}`)
  const view = store.desk.view(number)
  const problem = useSignal<Problem | null>(null)
  const conflict = useSignal<number | null>(null)
  const asking = useRef(false)

  const put = useCallback((is: TicketView): void => {
    // Who may not watch the hardware hears the daemon's clock from here first.
    setNow(is.clockAt)
    problem.value = null
    store.desk.put(is)
  }, [])

  const ask = useCallback(async (): Promise<void> => {
    if (asking.current) return
    asking.current = true
    const answer = await api.get<TicketView>(urlOf(number))
    asking.current = false
    if (answer.ok) put(answer.value)
    else if (store.desk.view(number).peek() === null || answer.problem.status === 404 || answer.problem.status === 403) problem.value = answer.problem
  }, [number])

  useEffect(() => void ask(), [number])

  // Another day began: its working windows are known to the daemon alone.
  const stale = useComputed(() => {
    const is = view.value
    return is !== null && is.endedAt === null && dateShort(now.value) !== dateShort(is.clockAt)
  })
  useSignalEffect(() => {
    if (!stale.value) return
    const timer = setTimeout(() => void ask(), 150)
    return () => clearTimeout(timer)
  })

  const act = async (action: TicketAction): Promise<Answer<TicketView>> => {
    const before = view.peek()?.seq ?? 0
    // Named, so that who comes a moment too late is told instead of acting on what is no longer so.
    const answer = await api.post<TicketView>(`${urlOf(number)}/do?seq=${before}`, action)
    if (answer.ok) put(answer.value)
    else if (answer.problem.status === 409) {
      conflict.value = before
      await ask()
    }
    return answer
  }

  const is = view.value
  return {
    shown: problem.value !== null ? { kind: 'failed', problem: problem.value } : is === null ? { kind: 'waiting' } : { kind: 'ready', view: is },
    conflict: conflict.value,
    settle: () => {
      conflict.value = null
    },
    act,
    ask,
  }
}
