// How often the live connection came back: what arrived meanwhile is in the history, so charts ask for it again.
import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { live } from '../live/index.ts'
import { history } from './book.ts'

const count = signal(0)
let away = false

effect(() => {
  const { kind } = live.link.value
  if (kind === 'lost') away = true
  else if (kind === 'live' && away) {
    away = false
    history.doubt()
    count.value = count.peek() + 1
  }
})

export const returned: ReadonlySignal<number> = count
