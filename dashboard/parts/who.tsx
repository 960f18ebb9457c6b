// Who acts: until there is a sign-in, a name asked once and kept in this browser.
import { type ReadonlySignal, signal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import { keep, kept } from '../kept.ts'
import { t } from '../words/index.ts'
import { Dialog } from './overlay.tsx'

const KEY = 'suar.operator'
const name = signal<string | null>(kept(KEY))
let answer: ((name: string | null) => void) | null = null
const asking = signal(false)

/** The operator's name, or null before it was asked. */
export const operator: ReadonlySignal<string | null> = name

/** Asks for the name when it is not known (or `again`); null when the viewer turned away. */
export function whoActs(again = false): Promise<string | null> {
  const known = name.peek()
  if (known !== null && !again) return Promise.resolve(known)
  answer?.(null)
  asking.value = true
  return new Promise(resolve => {
    answer = resolve
  })
}

function settle(to: string | null): void {
  asking.value = false
  if (to !== null) {
    keep(KEY, to)
    name.value = to
  }
  answer?.(to)
  answer = null
}

/** `Rangga Pratama` → `RP`. */
export const initials = (of: string): string =>
  of
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => word.slice(0, 1).toUpperCase())
    .filter((_, i, all) => i === 0 || i === all.length - 1)
    .join('')

/** The question itself; once, in the shell. */
export const WhoDialog = () => (asking.value ? <Question /> : null)

function Question() {
  const { who, shell } = t.value
  const field = useRef<HTMLInputElement>(null)
  const [missing, setMissing] = useState(false)
  const submit = (event: Event): void => {
    event.preventDefault()
    const given = field.current?.value.trim() ?? ''
    if (given === '') {
      setMissing(true)
      field.current?.focus()
    } else settle(given)
  }
  return (
    <Dialog title={who.title} onClose={() => settle(null)}>
      <form onSubmit={submit} noValidate>
        <h2>{who.title}</h2>
        <div class="body">
          <p>{who.why}</p>
          <div class={`field ${missing ? 'error' : ''}`}>
            <label for="operator-name">{who.name}</label>
            <input
              id="operator-name"
              class="input"
              ref={field}
              defaultValue={name.peek() ?? ''}
              maxLength={80}
              autocomplete="name"
              aria-invalid={missing}
              aria-describedby="operator-missing"
            />
            <p class="err" id="operator-missing" role="alert">
              {missing ? who.missing : ''}
            </p>
          </div>
        </div>
        <footer>
          <button type="button" class="btn ghost" onClick={() => settle(null)}>
            {shell.cancel}
          </button>
          <button type="submit" class="btn primary">
            {shell.save}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
