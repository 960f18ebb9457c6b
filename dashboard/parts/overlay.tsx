// What lies above the page: dialog, drawer, toast. The browser's own dialog keeps focus inside and gives it back.
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../words/index.ts'
import { Icon } from './icons.tsx'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
  readonly class?: string
}

/** Modal: Esc and the scrim close it. Give a `<form>` as content for one that asks. */
export function Dialog({ title, onClose, children, class: more = '' }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (dialog === null) return
    if (!dialog.open) dialog.showModal()
    return () => dialog.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it by the browser's own hand; the click is only on the scrim
    <dialog
      ref={ref}
      class={`dialog ${more}`}
      aria-label={title}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClick={event => {
        if (event.target === ref.current) onClose()
      }}
    >
      {children}
    </dialog>
  )
}

interface DrawerProps {
  readonly title: ComponentChildren
  readonly label: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** Beside the page on a desk, over it on a phone; the page stays usable. Esc closes it. */
export function Drawer({ title, label, onClose, children }: DrawerProps) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) onClose()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [onClose])
  return (
    <aside class="panel drawer" aria-label={label}>
      <header>
        <h2>{title}</h2>
        <div class="end">
          <button type="button" class="iconbtn" aria-label={t.value.shell.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
      </header>
      <div class="body">{children}</div>
    </aside>
  )
}

export interface Toast {
  readonly id: number
  readonly tone: 'done' | 'failed'
  readonly title: string
  readonly detail: string
}

const shown = signal<readonly Toast[]>([])
let count = 0

/** Says briefly that something was done, or why not; failures stay longer. */
export function toast(tone: Toast['tone'], title: string, detail = ''): void {
  const one: Toast = { id: ++count, tone, title, detail }
  shown.value = [...shown.value.slice(-3), one]
  setTimeout(() => dismiss(one.id), tone === 'done' ? 5_000 : 12_000)
}

const dismiss = (id: number): void => {
  shown.value = shown.value.filter(one => one.id !== id)
}

/** Where toasts appear; once, in the shell. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.value.map(one => (
        <div class="toast" key={one.id}>
          <Icon name={one.tone === 'done' ? 'check' : 'crit'} class={one.tone === 'done' ? '' : 'crit'} />
          <div class="grow">
            <b>{one.title}</b>
            {one.detail === '' ? null : <p>{one.detail}</p>}
          </div>
          <button type="button" class="iconbtn" aria-label={t.value.shell.close} onClick={() => dismiss(one.id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  )
}
