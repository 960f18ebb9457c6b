// News of a list that was asked for page by page: rows on it change in place, others are only counted, and come when somebody wants to see them.
import { useEffect, useRef } from 'preact/hooks'
import type { RowsOf, RowTopic } from '../../daemon/stream/contract.ts'
import { store, useTopic } from '../live/index.ts'
import { t } from '../words/index.ts'
import './news.css'

const NONE: ReadonlyMap<string, never> = new Map<string, never>()

/**
 * What the stream told of such a list by id, and how often the page must ask anew because it missed some. `asked`: another value whenever the page
 * asks; `since` then has only what came after.
 */
export function useNewsOf<T extends RowTopic>(topic: T, asked: string) {
  useTopic(topic)
  const rows: ReadonlyMap<string, RowsOf[T]> = store.rows(topic).value ?? NONE
  const anew = store.rowsAnew(topic).value
  return { rows, anew, since: useSince(rows, `${asked} ${anew}`) }
}

/** Of these those that came, or changed, after the page last asked. */
export function useSince<R>(rows: ReadonlyMap<string, R>, asked: string): ReadonlyMap<string, R> {
  const base = useRef({ asked, rows })
  if (base.current.asked !== asked) base.current = { asked, rows }
  const before = base.current.rows
  return before === rows ? NONE : new Map([...rows].filter(([id, row]) => before.get(id) !== row))
}

/** `empty`: where nothing stands nothing shifts, and what is new is shown without being asked for. */
export function NewsLine({ text, empty = false, onShow }: { readonly text: string | null; readonly empty?: boolean; readonly onShow: () => void }) {
  useEffect(() => {
    if (empty && text !== null) onShow()
  }, [empty, text])
  return (
    <div aria-live="polite" class="newsline">
      {text === null || empty ? null : (
        <button type="button" class="newsbtn" onClick={onShow}>
          {text}
          <span class="textbtn">{t.value.tickets.inbox.show}</span>
        </button>
      )}
    </div>
  )
}
