// The language of the page and its catalogue. Components that read `t.value` are drawn again when the language changes.
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Lang } from '../../daemon/domain/words/format.ts'
import { keep, kept } from '../kept.ts'
import { en } from './en.ts'
import { id, type Words } from './id.ts'

export type { Lang } from '../../daemon/domain/words/format.ts'
export type { Words } from './id.ts'

const chosen = signal<Lang>(kept('suar.language') === 'en' ? 'en' : 'id')

export const lang: ReadonlySignal<Lang> = chosen
/** The catalogue in the viewer's language. */
export const t: ReadonlySignal<Words> = computed(() => (chosen.value === 'en' ? en : id))

export function setLang(to: Lang): void {
  keep('suar.language', to)
  chosen.value = to
}

/** As the account says, where this browser has not been told otherwise. */
export function followLang(to: Lang): void {
  if (kept('suar.language') === null) chosen.value = to
}

effect(() => {
  document.documentElement.lang = chosen.value
})
