// Name, theme and language of the viewer, in a small menu.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon, initials, operator, Segmented, whoActs } from '../parts/index.ts'
import { setTheme, type Theme, theme } from '../theme.ts'
import { type Lang, lang, setLang, t } from '../words/index.ts'

export function Preferences({ compact = false }: { readonly compact?: boolean }) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const { shell } = t.value
  const name = operator.value

  useEffect(() => {
    if (!open) return
    const away = (event: Event): void => {
      const outside = event.target instanceof Node && box.current?.contains(event.target) === false
      if (outside || (event instanceof KeyboardEvent && event.key === 'Escape')) setOpen(false)
    }
    addEventListener('pointerdown', away)
    addEventListener('keydown', away)
    return () => {
      removeEventListener('pointerdown', away)
      removeEventListener('keydown', away)
    }
  }, [open])

  return (
    <div class={compact ? 'prefs compact' : 'prefs me'} ref={box}>
      <button
        type="button"
        class="prefs-open"
        aria-expanded={open}
        aria-label={compact ? shell.preferences : undefined}
        onClick={() => setOpen(!open)}
      >
        <span class={name === null ? 'avatar soft' : 'avatar'}>{name === null ? <Icon name="person" /> : initials(name)}</span>
        {compact ? null : (
          <span class="stack names">
            <b class="ell">{name ?? shell.nobody}</b>
            <span class="tiny dim ell">{shell.operator}</span>
          </span>
        )}
      </button>
      {open ? (
        <div class="menu">
          <div class="menurow">
            <span>{shell.language}</span>
            <Segmented<Lang>
              label={shell.language}
              chosen={lang.value}
              onChoose={setLang}
              choices={[
                { key: 'id', label: 'Indonesia' },
                { key: 'en', label: 'English' },
              ]}
            />
          </div>
          <div class="menurow">
            <span>{shell.theme}</span>
            <Segmented<Theme>
              label={shell.theme}
              chosen={theme.value}
              onChoose={setTheme}
              choices={[
                { key: 'system', label: shell.themeSystem },
                { key: 'light', label: shell.themeLight },
                { key: 'dark', label: shell.themeDark },
              ]}
            />
          </div>
          <button type="button" class="btn" onClick={() => void whoActs(true)}>
            {shell.changeName}
          </button>
        </div>
      ) : null}
    </div>
  )
}
