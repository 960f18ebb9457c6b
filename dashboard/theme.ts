// Light, dark, or as the system says; kept in this browser. The wall is always dark.
import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { keep, kept } from './kept.ts'
import { path } from './router.ts'

export type Theme = 'system' | 'light' | 'dark'

const was = kept('suar.theme')
const chosen = signal<Theme>(was === 'light' || was === 'dark' ? was : 'system')
export const theme: ReadonlySignal<Theme> = chosen

export function setTheme(to: Theme): void {
  keep('suar.theme', to === 'system' ? null : to)
  chosen.value = to
}

effect(() => {
  const shown = path.value === '/wall' ? 'dark' : chosen.value
  if (shown === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = shown
})
