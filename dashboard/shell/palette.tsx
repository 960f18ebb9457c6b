// The command palette: pages, alarms, racks, devices and actions by a few letters of their names.
import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Dialog, Icon } from '../parts/index.ts'
import { t } from '../words/index.ts'
import { type Entry, findEntries } from './palette-entries.ts'
import { closePalette } from './palette-state.ts'

export default function Palette() {
  const query = useSignal('')
  const at = useSignal(0)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const found = useComputed(() => findEntries(query.value))
  const { palette } = t.value
  useEffect(() => field.current?.focus(), [])

  const run = (entry: Entry | undefined): void => {
    if (entry === undefined) return
    closePalette()
    entry.run()
  }
  const move = (by: number): void => {
    const all = found.peek().length
    if (all === 0) return
    at.value = (at.peek() + by + all) % all
    list.current?.children[at.peek()]?.scrollIntoView({ block: 'nearest' })
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter') run(found.peek()[at.peek()])
    else return
    event.preventDefault()
  }

  const entries = found.value
  return (
    <Dialog title={palette.title} onClose={closePalette} class="palette">
      <div class="palettefield">
        <Icon name="search" class="dim" />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label={palette.title}
          aria-expanded={true}
          aria-controls="palette-list"
          aria-activedescendant={entries.length > 0 ? `palette-${at.value}` : undefined}
          placeholder={t.value.shell.search}
          autocomplete="off"
          spellcheck={false}
          onInput={event => {
            query.value = event.currentTarget.value
            at.value = 0
          }}
          onKeyDown={onKey}
        />
        <span class="kbd">Esc</span>
      </div>
      <div id="palette-list" class="list" role="listbox" aria-label={palette.title} ref={list}>
        {entries.map((entry, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and its keys choose
          <div
            key={entry.key}
            id={`palette-${i}`}
            role="option"
            aria-selected={i === at.value}
            tabIndex={-1}
            onClick={() => run(entry)}
            onPointerMove={() => {
              at.value = i
            }}
          >
            <Icon name={entry.icon} class={entry.tone ?? 'dim'} />
            <span class="ell">{entry.label}</span>
            <span class="dim small ell">{entry.note}</span>
            <span class="dim tiny group">{entry.group}</span>
          </div>
        ))}
      </div>
      {entries.length === 0 ? (
        <div class="empty">
          <b>{palette.empty}</b>
          {palette.emptyHint}
        </div>
      ) : null}
      <footer class="dim small">
        <span>{palette.keys}</span>
        <span role="status">{palette.result(entries.length)}</span>
      </footer>
    </Dialog>
  )
}
