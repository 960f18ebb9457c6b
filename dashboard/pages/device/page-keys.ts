// Single keys a page listens to while it is shown; silent while somebody types or a dialog is open.
import { useEffect, useRef } from 'preact/hooks'
import { onAcknowledgeKey } from '../../shell/keys.ts'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** `keys` by the name the browser gives them (`j`, `p`, `Escape`). */
export function usePageKeys(keys: Readonly<Record<string, () => void>>): void {
  const now = useRef(keys)
  now.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
      const what = now.current[event.key]
      if (what === undefined || document.querySelector('dialog[open]') !== null) return
      event.preventDefault()
      what()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

/** What `a` acknowledges while the page is shown; always what it shows now, not what it showed a paint ago. */
export function useAcknowledgeKey(what: () => void): void {
  const now = useRef(what)
  now.current = what
  useEffect(() => onAcknowledgeKey(() => now.current()), [])
}
