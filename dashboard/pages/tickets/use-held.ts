// Messages that wait for a person: asked for once, again when the line came back or when the daemon's troubles about messages change.
import { useComputed, useSignalEffect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { HeldAnswer, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { store } from '../../live/index.ts'
import { may } from '../../signin/session.ts'

export type HeldGot =
  | { readonly kind: 'refused' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly answer: HeldAnswer }
  | { readonly kind: 'failed'; readonly problem: Problem }

export interface HeldList {
  readonly got: HeldGot
  readonly retry: () => void
  /** It was let through: it leaves the list without asking anew. */
  readonly without: (id: number) => void
}

/** Troubles come as sentences; a number in one of these is how many are held. */
const ABOUT = /\bmessages\b/

/** Also for those who may not: they ask nothing. */
export function useHeld(): HeldList {
  const sees = may('agenda.read')
  const [got, setGot] = useState<HeldGot>({ kind: 'waiting' })
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (!sees) return
    let gone = false
    void api.get<HeldAnswer>('/api/v1/desk/held').then(answer => {
      if (!gone) setGot(answer.ok ? { kind: 'ready', answer: answer.value } : { kind: 'failed', problem: answer.problem })
    })
    return () => {
      gone = true
    }
  }, [sees, turn])
  const news = useComputed(() => {
    const troubles = store.health.value?.troubles.map(({ en }) => en).filter(one => ABOUT.test(one)) ?? null
    return troubles === null ? null : `${store.desk.anew.value} ${troubles.join()}`
  })
  const heard = useRef<string | null>(null)
  useSignalEffect(() => {
    const is = news.value
    if (is === null || is === heard.current) return
    const first = heard.current === null
    heard.current = is
    if (!first) setTurn(n => n + 1)
  })
  return {
    got: sees ? got : { kind: 'refused' },
    retry: () => setTurn(n => n + 1),
    without: id =>
      setGot(was => (was.kind === 'ready' ? { ...was, answer: { ...was.answer, items: was.answer.items.filter(one => one.id !== id) } } : was)),
  }
}
