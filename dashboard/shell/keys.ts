// Keys that work everywhere: `/` and Ctrl-K search, `g` and a letter goes to a page, `a` acknowledges what the page offers.
import { navOf } from '../pages.ts'
import { go } from '../router.ts'
import { may, me } from '../signin/session.ts'
import { openPalette } from './palette-state.ts'

let acknowledgeHere: (() => void) | null = null

/** A page says what `a` acknowledges while it is shown; call the result when it no longer does. */
export function onAcknowledgeKey(what: () => void): () => void {
  acknowledgeHere = what
  return () => {
    if (acknowledgeHere === what) acknowledgeHere = null
  }
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

export function startKeys(): void {
  let went = Number.NEGATIVE_INFINITY
  addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      if (me.peek() !== null && document.querySelector('dialog[open]') === null) openPalette()
      return
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
    if (document.querySelector('dialog[open]') !== null || me.peek() === null) return
    const afterG = performance.now() - went < 1200
    went = Number.NEGATIVE_INFINITY
    if (event.key === '/') {
      event.preventDefault()
      openPalette()
    } else if (afterG) {
      const to = navOf(may).find(one => one.letter === event.key.toLowerCase())
      if (to !== undefined) {
        event.preventDefault()
        go(to.href)
      }
    } else if (event.key === 'g') went = performance.now()
    else if (event.key === 'a' && acknowledgeHere !== null) {
      event.preventDefault()
      acknowledgeHere()
    }
  })
}
