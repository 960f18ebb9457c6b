// Buttons, tabs, choices, meters: what a page is worked with.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Icon } from './icons.tsx'
import type { Tone } from './tone.ts'

interface ButtonProps {
  readonly children: ComponentChildren
  readonly onClick?: () => void
  readonly kind?: 'plain' | 'primary' | 'ghost' | 'danger'
  readonly type?: 'button' | 'submit'
  /** Key that does the same, shown in the button. */
  readonly kbd?: string
  readonly disabled?: boolean
  readonly pressed?: boolean
  readonly label?: string
}

export function Button({ children, onClick, kind = 'plain', type = 'button', kbd, disabled = false, pressed, label }: ButtonProps) {
  return (
    <button
      type={type}
      class={`btn ${kind === 'plain' ? '' : kind}`}
      onClick={onClick}
      disabled={disabled}
      aria-pressed={pressed}
      aria-label={label}
      aria-keyshortcuts={kbd}
    >
      {children}
      {kbd === undefined ? null : <span class="kbd">{kbd}</span>}
    </button>
  )
}

/** A button whose errand takes a while: cannot be pressed twice. */
export function BusyButton({ onClick, children, ...rest }: Omit<ButtonProps, 'onClick'> & { readonly onClick: () => Promise<void> }) {
  const [busy, setBusy] = useState(false)
  const press = (): void => {
    if (busy) return
    setBusy(true)
    void onClick().finally(() => setBusy(false))
  }
  return (
    <Button {...rest} onClick={press} disabled={busy || rest.disabled === true}>
      {children}
    </Button>
  )
}

export interface Choice<Key extends string> {
  readonly key: Key
  readonly label: string
  readonly count?: number | undefined
  /** A tab with a URL of its own is a link. */
  readonly href?: string
}

interface ChoiceProps<Key extends string> {
  readonly label: string
  readonly choices: readonly Choice<Key>[]
  readonly chosen: Key
  readonly onChoose?: (key: Key) => void
}

/** Parts of a page, each with its URL (`href`) or chosen in place. */
export function Tabs<Key extends string>({ label, choices, chosen, onChoose }: ChoiceProps<Key>) {
  return (
    <nav class="tabs" aria-label={label}>
      {choices.map(one => {
        const inside = (
          <>
            {one.label}
            {one.count === undefined ? null : <span>{one.count}</span>}
          </>
        )
        const current = one.key === chosen ? ('page' as const) : undefined
        return one.href === undefined ? (
          <button key={one.key} type="button" aria-current={current} onClick={() => onChoose?.(one.key)}>
            {inside}
          </button>
        ) : (
          <a key={one.key} href={one.href} aria-current={current}>
            {inside}
          </a>
        )
      })}
    </nav>
  )
}

/** One of a few, side by side. */
export function Segmented<Key extends string>({ label, choices, chosen, onChoose }: ChoiceProps<Key>) {
  return (
    <fieldset class="seg" aria-label={label}>
      {choices.map(one => (
        <button key={one.key} type="button" aria-pressed={one.key === chosen} onClick={() => onChoose?.(one.key)}>
          {one.label}
        </button>
      ))}
    </fieldset>
  )
}

interface MeterProps {
  /** Parts of the whole, 0 … 1. */
  readonly value: number
  /** What would come on top if the other side failed: hatched. */
  readonly takeover?: number
  /** A limit as a tick. */
  readonly mark?: number
  readonly tone?: Tone
  readonly label: string
}

const percent = (part: number): string => `${Math.min(100, Math.max(0, part * 100)).toFixed(1)}%`

export function Meter({ value, takeover = 0, mark, tone = 'ok', label }: MeterProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the browser's meter cannot show a takeover and a tick
    <div class={`meter ${tone}`} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(value * 100)}>
      <i style={{ width: percent(value) }} />
      {takeover > 0 ? <i class="would" style={{ left: percent(value), width: percent(Math.min(takeover, 1 - value)) }} /> : null}
      {mark === undefined ? null : <span class="mark" style={{ left: percent(mark) }} />}
    </div>
  )
}

/** A search field with its name for those who do not see the glass. */
export function SearchField({ label, value, onInput }: { readonly label: string; readonly value: string; readonly onInput: (text: string) => void }) {
  return (
    <label class="input searchfield">
      <Icon name="search" />
      <span class="sr">{label}</span>
      <input type="search" value={value} placeholder={label} onInput={event => onInput(event.currentTarget.value)} />
    </label>
  )
}
