// What one types on a ticket stays in this browser until it is sent: another's action, an ended session or a closed tab lose nothing.
import { useState } from 'preact/hooks'
import { keep, kept } from '../../kept.ts'

/** Where it is kept. */
export const textName = (number: string, what: string): string => `suar.text.${number}.${what}`

export interface KeptText {
  readonly text: string
  readonly set: (text: string) => void
  readonly clear: () => void
}

/** A text of a ticket by name (`dispose`, `note` …). Kept with every letter: who leaves at once must not lose the last words. */
export function useKeptText(number: string, what: string): KeptText {
  const name = textName(number, what)
  const [text, setText] = useState(() => kept(name) ?? '')
  const set = (to: string): void => {
    keep(name, to === '' ? null : to)
    setText(to)
  }
  return { text, set, clear: () => set('') }
}
