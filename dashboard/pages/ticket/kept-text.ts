// What one types on a ticket stays in this browser until it is sent: another's action, an ended session or a closed tab lose nothing.
import { useEffect, useRef, useState } from 'preact/hooks'
import { keep, kept } from '../../kept.ts'

/** Where it is kept. */
export const textName = (number: string, what: string): string => `suar.text.${number}.${what}`

export interface KeptText {
  readonly text: string
  readonly set: (text: string) => void
  readonly clear: () => void
}

/** A text of a ticket by name (`dispose`, `note` …). */
export function useKeptText(number: string, what: string): KeptText {
  const name = textName(number, what)
  const [text, setText] = useState(() => kept(name) ?? '')
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null)
  const newest = useRef(text)
  const write = (): void => {
    if (pending.current !== null) clearTimeout(pending.current)
    pending.current = null
    keep(name, newest.current === '' ? null : newest.current)
  }
  // Leaving the page within the pause of the typing must not lose its last words.
  useEffect(() => () => (pending.current === null ? undefined : write()), [name])
  return {
    text,
    set: to => {
      newest.current = to
      setText(to)
      pending.current ??= setTimeout(write, 300)
    },
    clear: () => {
      newest.current = ''
      setText('')
      write()
    },
  }
}
