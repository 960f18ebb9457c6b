// Language and theme, side by side: the same in the menu and on pages without a rail.
import { Segmented } from '../parts/controls.tsx'
import { setTheme, type Theme, theme } from '../theme.ts'
import { type Lang, lang, setLang, t } from '../words/index.ts'

export function Looks({ onLang = setLang }: { readonly onLang?: (to: Lang) => void }) {
  const { shell } = t.value
  return (
    <>
      <div class="menurow">
        <span>{shell.language}</span>
        <Segmented<Lang>
          label={shell.language}
          chosen={lang.value}
          onChoose={onLang}
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
    </>
  )
}
